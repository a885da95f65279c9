"""The normal forms of Unicode, for texts of any origin: putting accents in their order takes ever longer for each that
stands on the same letter, and keeps the whole program waiting. No writing has more than a handful."""

import unicodedata
from functools import cache
from typing import Literal

MOST_ACCENTS = 30
"""So many accents stay on one letter, as in the stream-safe texts of Unicode."""
CUT = "…"
"""What stands in the place of the others, so that it is seen that there were more."""
_FIRST_ACCENT = "\N{COMBINING GRAVE ACCENT}"


def normalized(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    """The text in a normal form, with no more accents on one letter than any writing has.

    >>> normalized("NFC", "e\u0301")
    'é'
    >>> len(normalized("NFD", "e" + "\u0301" * 50_000))
    32
    """
    if max(text, default="") >= _FIRST_ACCENT:
        text = _with_few_accents(text)
    return unicodedata.normalize(form, text)


def _with_few_accents(text: str) -> str:
    """Accents are counted as they will stand apart, so that a normal form of the result has no more of them."""
    kept: list[str] = []
    accents = 0
    for sign in text:
        own, is_letter = _accents_of(sign)
        before = 0 if is_letter else accents
        accents = before + own
        if accents <= MOST_ACCENTS:
            kept.append(sign)
        elif before <= MOST_ACCENTS:
            kept.append(CUT)
    return "".join(kept)


@cache
def _accents_of(sign: str) -> tuple[int, bool]:
    """How many accents a sign becomes, and whether a letter stands before them."""
    parts = unicodedata.normalize("NFKD", sign)
    return sum(map(bool, map(unicodedata.combining, parts))), not unicodedata.combining(parts[0])
