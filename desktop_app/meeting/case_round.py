"""Through which cases a meeting goes: those in the windows of the program, and the recent ones of the store. No Qt."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

RECENT_TAKEN = 9
"""How many recent cases go along: as many as the menu shows."""


@dataclass(frozen=True, slots=True)
class RoundCase:
    """A case of the round: its number (none as long as it is kept nowhere), and when it was changed last."""

    number: str
    changed: datetime.datetime | None = None


def cases_of_round(in_windows: Iterable[str], recent: Iterable[RoundCase]) -> tuple[RoundCase, ...]:
    """Each case once, by number; a case that has no number yet comes last.

    `in_windows` are the numbers of the cases in windows, `recent` the kept cases, the one that was changed last first.
    """
    kept = list(recent)
    dates = {each.number: each.changed for each in kept}
    numbers = dict.fromkeys([*in_windows, *(each.number for each in kept[:RECENT_TAKEN])])
    return tuple(RoundCase(number, dates.get(number)) for number in sorted(numbers, key=_by_year_and_place))


def _by_year_and_place(number: str) -> tuple[bool, int, int]:
    year, _, place = number.partition("-")
    return not number, int(year or 0), int(place or 0)
