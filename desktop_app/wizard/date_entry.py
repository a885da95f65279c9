"""Reads a date as people type it: in numbers or with the name of a month. Without Qt.

A year of two digits is no answer while one types (1-3-20 may become 1-3-2010); `completed` reads it once the line is
left.
"""

import datetime
import re
from collections.abc import Iterator

EARLIEST_YEAR = 1900
MONTHS = (
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "mrt", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september", "sept"),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
"""What the months are called, Dutch and English in either language of the screen; three letters are enough."""

_DAY, _MONTH, _YEAR, _SEPARATOR = r"(\d{1,2})", r"([a-z]{3,}\.?)", r"(\d{4}|\d{2})", r"\s*[-/.\s]\s*"
_DAY_FIRST = (
    re.compile(rf"{_DAY}{_SEPARATOR}{_DAY}{_SEPARATOR}{_YEAR}", re.ASCII),
    re.compile(rf"{_DAY}(?:{_SEPARATOR})?{_MONTH}(?:{_SEPARATOR})?{_YEAR}", re.ASCII),
    re.compile(rf"(\d\d)(\d\d){_YEAR}", re.ASCII),
)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s*{_DAY}(?:\s*,\s*|\s+){_YEAR}", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_UNFINISHED = re.compile(r"[\d\s./,-]*([a-z]*)[\d\s./,-]*", re.ASCII)

_Parts = tuple[str, int, int]
"""The year as it is written, month and day."""


class NoDate(Exception):
    """The text is no date (yet); `problem` says why (a key of the phrases: wizard.yaml, problem)."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def read_date(text: str) -> datetime.date:
    """The date that a text says, with a year of four digits; raises NoDate."""
    parts = _parts(text)
    if parts is None or len(parts[0]) < 4:
        raise NoDate("date_unfinished" if parts or _may_become_a_date(text) else "date_form")
    year, month, day = parts
    try:
        date = datetime.date(int(year), month, day)
    except ValueError:
        raise NoDate("date_impossible") from None
    if date.year < EARLIEST_YEAR:
        raise NoDate("date_too_early")
    return date


def completed(text: str, day: datetime.date, *, is_past: bool) -> datetime.date | None:
    """The date that a text with a year of two digits means on a day: the nearest one, of the past only where
    `is_past`. None where the year has not two digits, or no such date exists."""
    parts = _parts(text)
    if parts is None or len(parts[0]) != 2:
        return None
    dates = [date for date in _in_each_century(parts, day.year) if date <= day or not is_past]
    return min(dates, key=lambda date: abs(date - day), default=None)


def _in_each_century(parts: _Parts, near: int) -> Iterator[datetime.date]:
    year, month, day = parts
    for century in range(near // 100 - 1, near // 100 + 2):
        try:
            yield datetime.date(century * 100 + int(year), month, day)
        except ValueError:  # 29 February is not in every century, and 31 February in none
            continue


def _parts(text: str) -> _Parts | None:
    """Year, month and day of a whole date in any notation; the order of numbers is day, month, year."""
    written = text.strip().lower()
    for notation in _DAY_FIRST:
        if match := notation.fullmatch(written):
            day, month, year = match.groups()
            return _with_month(year, month, day)
    if match := _MONTH_FIRST.fullmatch(written):
        month, day, year = match.groups()
        return _with_month(year, month, day)
    if match := _ISO.fullmatch(written):
        return match[1], int(match[2]), int(match[3])
    return None


def _with_month(year: str, month: str, day: str) -> _Parts | None:
    number = int(month) if month.isdigit() else _month_of(month.removesuffix("."))
    return (year, number, int(day)) if number is not None else None


def _month_of(written: str) -> int | None:
    meant = (number for number, names in enumerate(MONTHS, 1) if any(name.startswith(written) for name in names))
    return next(meant, None)


def _may_become_a_date(text: str) -> bool:
    """Whether there is nothing in a text but numbers and the beginning of one month."""
    match = _UNFINISHED.fullmatch(text.strip().lower())
    return match is not None and (not match[1] or _month_of(match[1]) is not None)
