"""The gates for text that leaves the program: `cleaned` for paper, `plain` for text fields of a health record.

Cleaned text has composed characters, no control characters and nothing invisible. Plain text has, beyond that, only
ASCII and the letters of Latin-1, which every field of a health record shows as they were sent.
"""

import unicodedata

from desktop_app.library.normal_form import normalized

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LINE_ENDS = str.maketrans(
    {"\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\N{LINE SEPARATOR}": "\n", "\N{PARAGRAPH SEPARATOR}": "\n"}
)
# Cc control, Cf format (with the marks that turn the reading direction), Cs surrogate, Co private use, Cn unassigned.
INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
UNKNOWN = frozenset({"Co", "Cn"})

PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "\N{SINGLE LOW-9 QUOTATION MARK}": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "\N{MINUS SIGN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "•": "-",
        "·": "-",
        "×": "x",
        "÷": "/",
        "±": "+/-",
        "≤": "<=",
        "≥": ">=",
        "→": "->",
        "☐": "[ ]",
        "°": " gr.",
        "µ": "u",
        "μ": "u",
        "€": "EUR ",
        "Œ": "OE",
        "œ": "oe",
        "Ł": "L",
        "ł": "l",
        "Đ": "D",
        "đ": "d",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
UNWRITABLE = "?"


def cleaned(text: str) -> str:
    """The text with composed characters, line ends as \\n, tabs as blanks; what cannot be seen is removed, and so are
    accents on one letter beyond what any writing has."""
    seen = text.replace("\r\n", "\n").translate(LINE_ENDS).replace("\t", "    ")
    if not seen.isprintable():
        seen = "".join(map(_visible, seen))  # before the accents: what cannot be seen does not stand between them
    return normalized("NFC", seen)


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


def short_line(text: str, limit: int) -> str:
    """One line of at most so many characters, for the head of a letter; that it was cut is seen."""
    line = one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def plain(text: str) -> str:
    """Cleaned text in ASCII and the letters of Latin-1; what cannot be written so becomes a question mark."""
    known = cleaned(text).translate(PLAIN)
    return known if known.isascii() else "".join(map(_latin, known))


def _latin(character: str) -> str:
    """A character as it is, by its nearest letters (ş as s, ² as 2), or as a question mark."""
    if _is_plain(character):
        return character
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    bare = bare.replace("\N{FRACTION SLASH}", "/")
    if not bare:
        return ""  # an accent without a letter
    return bare if all(map(_is_plain, bare)) else UNWRITABLE


def _is_plain(character: str) -> bool:
    return character.isascii() or (character <= "ÿ" and character.isalpha())
