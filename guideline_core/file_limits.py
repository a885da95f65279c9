"""How large, how deep and how full a file from outside may be: the one place that says so, for every reader.

A limit is checked before a file is parsed, on its bytes. So no file is too deep for the functions that walk through its
data, and none takes more memory or time than its limit allows. No limit comes near what a real file holds: the fullest
case that the contract takes has some 1,500 values, 6 deep.
"""

import re
from typing import Literal, NamedTuple

MEGABYTE = 1_000_000
FAULTS_TOLD = 200
"""So many faults of one file are told; whoever meets more has another file than is expected."""

Excess = Literal["too_large", "nested_too_deeply", "too_many_values"]
"""Which limit a file exceeds."""


class FileLimits(NamedTuple):
    """The limits of one kind of file."""

    largest: int
    """In bytes."""
    depth: int
    """How many groups and lists may stand within each other."""
    values: int
    """How many answers, groups and items of lists it may hold together."""

    @property
    def megabytes(self) -> int:
        """The largest size, as it is told."""
        return self.largest // MEGABYTE


CASE = FileLimits(5 * MEGABYTE, 50, 10_000)
FHIR = FileLimits(20 * MEGABYTE, 100, 400_000)
SETTINGS = FileLimits(1 * MEGABYTE, 20, 1_000)
WINDOW_PLACE = FileLimits(10_000, 5, 100)
CENTRES = FileLimits(1 * MEGABYTE, 10, 20_000)
HEADINGS = FileLimits(1 * MEGABYTE, 10, 1_000)
EDITION_FILE = FileLimits(2 * MEGABYTE, 30, 50_000)
EDITION_FILES = 200
"""How many files an edition may have; that of 2026 has 24."""
CONDITION_DEPTH = 60
"""How deep brackets, `not` and definitions may stand within each other in one condition; that of 2026 has 30."""
CONDITION_PARTS = 5_000
"""Of how many parts a condition may be made, with those of its definitions; that of 2026 has 653 in its longest."""
LETTER_BYTES = 20 * MEGABYTE
"""Of a letter as PDF. Ours have some 100 kB, and twenty times that with a large logo."""
FILES_IN_LETTER = 1_000
"""How many files may be attached to a letter; ours have one, and a record put together from letters has some tens."""
LOGO_BYTES = 20 * MEGABYTE

_TOKENS = re.compile(rb'"(?>[^"\\]+|\\.)*+"?|[\[\]{},]', re.DOTALL)
"""The texts of JSON, whose signs mean nothing, and the signs outside of them."""
_OPENING, _CLOSING, _COMMA = b"[{", b"]}", ord(",")


def json_excess(content: bytes, limits: FileLimits) -> Excess | None:
    """Which limit this JSON exceeds, if any; what is no JSON is measured all the same."""
    if len(content) > limits.largest:
        return "too_large"
    depth = values = 0
    for token in _TOKENS.finditer(content):
        sign = content[token.start()]
        if sign in _OPENING:
            depth, values = depth + 1, values + 1
        elif sign in _CLOSING:
            depth -= 1
        elif sign == _COMMA:
            values += 1
        if depth > limits.depth:
            return "nested_too_deeply"
        if values > limits.values:
            return "too_many_values"
    return None
