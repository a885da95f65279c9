"""The round of a meeting: its cases, their order, and the case that is shown now. No Qt."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RECENT_TAKEN = 9
"""How many recent cases go along: as many as the menu shows."""


@dataclass(frozen=True, slots=True)
class RoundCase:
    """A case of the round: its number (empty while it is not saved), and when it was changed last."""

    number: str
    changed: datetime.datetime | None = None


class Round:
    """The cases of one meeting, and the one that is shown."""

    def __init__(self, cases: Sequence[RoundCase], first: str) -> None:
        """Begin at the case with this number; raises ValueError when no case has it."""
        self._cases = tuple(cases)
        self._index = [each.number for each in self._cases].index(first)

    @property
    def current(self) -> RoundCase:
        """The case that is shown."""
        return self._cases[self._index]

    @property
    def place(self) -> int:
        """The place of that case; the first is 1."""
        return self._index + 1

    @property
    def count(self) -> int:
        """How many cases there are."""
        return len(self._cases)

    def step(self, by: int) -> bool:
        """Go so many cases on or back. False, and no change, when that is before the first or after the last case."""
        is_there = 0 <= self._index + by < len(self._cases)
        self._index += by if is_there else 0
        return is_there


def cases_of_round(in_windows: Iterable[str], recent: Iterable[RoundCase]) -> tuple[RoundCase, ...]:
    """Each case once, by number; a case that has no number yet comes last.

    `in_windows` are the numbers of the cases in windows; `recent` are the saved cases, last changed first.
    """
    saved = list(recent)
    dates = {each.number: each.changed for each in saved}
    numbers = dict.fromkeys([*in_windows, *(each.number for each in saved[:RECENT_TAKEN])])
    return tuple(RoundCase(number, dates.get(number)) for number in sorted(numbers, key=_by_year_and_place))


def _by_year_and_place(number: str) -> tuple[bool, int, int]:
    year, _, place = number.partition("-")
    return not number, int(year or 0), int(place or 0)
