"""The gate for text that reaches paper or clipboard: composed characters, no control characters, nothing invisible."""

import unicodedata

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LINE_ENDS = str.maketrans(
    {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\N{LINE SEPARATOR}": "\n", "\N{PARAGRAPH SEPARATOR}": "\n"}
)
# Cc control, Cf format (with the marks that turn the reading direction), Cs surrogate, Co private use, Cn unassigned.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
UNKNOWN = frozenset({"Co", "Cn"})
RIGHT_TO_LEFT = frozenset({"R", "AL"})

PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "\N{SINGLE LOW-9 QUOTATION MARK}": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "•": "-",
        "·": "-",
        "×": "x",
        "…": "...",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
    }
)


def cleaned(text: str) -> str:
    """The text with composed characters, line ends as \\n, tabs as blanks; what cannot be seen is removed."""
    one_kind = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(LINE_ENDS).replace("\t", "    "))
    if one_kind.isascii() and one_kind.isprintable():  # the usual case, and by far the quickest
        return one_kind
    return "".join(map(_visible, one_kind))


def _visible(character: str) -> str:
    if character in "\n\N{NO-BREAK SPACE}" or character.isprintable():
        return character
    category = unicodedata.category(character)
    if category in INVISIBLE:
        return ""
    return REPLACEMENT if category in UNKNOWN else " "


def one_line(text: str) -> str:
    """The text of a short field on one line: whatever was pasted into it, it cannot push page 1 away."""
    return " ".join(text.split())


def plain(text: str) -> str:
    """Cleaned text with typewriter punctuation, for text fields that know little else."""
    return cleaned(text).translate(PLAIN)


def runs_right_to_left(text: str) -> bool:
    """Whether some of it is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text)
