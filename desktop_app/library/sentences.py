"""How words stand in a sentence."""

import json
import re
from collections.abc import Mapping

_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""The characters that a terminal or a window obeys instead of showing them: they move the cursor, set colours and
titles, turn the direction of what follows, or end a line. Tab and line feed are left."""


_CODE = re.compile(r"\\u[0-9a-f]{4}")


def inside_a_sentence(label: str) -> str:
    """A label with a small first letter, unless it begins with an abbreviation or a code."""
    return label if label[1:2].isupper() or not label[1:2].isalpha() else label[:1].lower() + label[1:]


def sentence_case(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def shown(text: str) -> str:
    """A text that came from outside, with what would be obeyed as it is written in JSON.

    >>> shown("a\\x1b[2Jb")
    'a\\\\u001b[2Jb'
    """
    return _OBEYED.sub(lambda sign: json.dumps(sign[0])[1:-1], text)


def shown_in_line(text: str) -> str:
    """The same of a text that stands in one line: it can begin no other line, which would read as a word of ours.

    >>> shown_in_line("a\\nb\\tc")
    'a\\\\nb\\\\tc'
    """
    return shown(text).replace("\n", "\\n").replace("\t", "\\t")


def obeyed_in(text: str) -> list[int]:
    """The places in a text of signs that would be obeyed."""
    return [sign.start() for sign in _OBEYED.finditer(text)]


def code_in(text: str) -> str:
    """The first code in a text that stands for a sign that would be obeyed; empty when there is none.

    >>> code_in(shown("a\\u202eb"))
    '\\\\u202e'
    """
    found = _CODE.search(text)
    return found[0] if found and _OBEYED.match(chr(int(found[0][2:], 16))) else ""


def filled(words: str, details: Mapping[str, object]) -> str:
    """A phrase with its braces filled in; what is not known shows as three dots rather than as an error."""
    return words.format_map(_Known(details))


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
