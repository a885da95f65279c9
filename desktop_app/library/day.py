"""The day of a plan beside the day of the clock: what is said where they differ, or where the clock cannot be right.

A plan is made for a day, and age and advice are of that day. Whoever reads a plan takes it for today's, so it says when
it is not.
"""

import datetime
from typing import NamedTuple

from desktop_app.library.phrases import Phrases


class Today(NamedTuple):
    """The present day as the clock has it, and whether that can be."""

    date: datetime.date
    is_doubted: bool = False


class OtherDay(NamedTuple):
    """What stands in the head of a plan or paper that is not known to be of today."""

    title: str
    text: str


LONGEST_LIFE_YEARS = 10
"""So long after its year an edition of the guideline may be the one in use; a clock that is further on is doubted."""


def today_of(date: datetime.date, year_of_edition: int, last_kept: datetime.datetime | None = None) -> Today:
    """The present day. A clock from before the edition, long after it, or from before the day of the last kept answer,
    is wrong."""
    is_early = last_kept is not None and date < last_kept.astimezone().date()
    is_near = year_of_edition <= date.year <= year_of_edition + LONGEST_LIFE_YEARS
    return Today(date, is_early or not is_near)


def other_day(planned_for: datetime.date, now: Today, phrases: Phrases) -> OtherDay | None:
    """What is to be said of a plan; None where it is of today."""
    if planned_for == now.date and not now.is_doubted:
        return None
    kind = "clock" if now.is_doubted else "other"
    days = {"day": phrases.date(planned_for), "today": phrases.date(now.date)}
    return OtherDay(*(phrases.get("plan", "day", kind, key).format(**days) for key in ("title", "text")))
