"""From what is typed to an answer and back: dates, numbers, BSN, text. Without Qt.

Reading gives an answer, or a problem (a key of the phrases: wizard.yaml, problem) with the text left as it is. Nothing
is guessed while one types: a year of two digits or a number with letters is no answer yet.
"""

import datetime
import math
import re
from dataclasses import dataclass

from desktop_app.library.phrases import number_text
from desktop_app.wizard.date_entry import NoDate, read_date
from guideline_core.fields import AnswerKind

BSN_DIGITS = 9
MOST_NUMBERS = 3
MOST_DECIMALS = 6
_NUMBER = re.compile(rf"\d{{1,9}}(?:[.,]\d{{1,{MOST_DECIMALS}}})?")
_WHOLE = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a text says: an answer (None when the text is empty), or a problem."""

    value: object = None
    problem: str | None = None


def read_entry(kind: AnswerKind, text: str) -> Entry:
    """Read a text as an answer of this kind."""
    stripped = text.strip()
    return _READERS[kind](stripped) if stripped else Entry()


def _read_date(text: str) -> Entry:
    """A whole date; half of one, or one with a year of two digits, is no answer yet."""
    try:
        return Entry(read_date(text))
    except NoDate as refused:
        return Entry(problem=refused.problem)


def _read_whole(text: str) -> Entry:
    return Entry(int(text)) if _WHOLE.fullmatch(text) and text.isascii() else Entry(problem="whole_number")


def _read_number(text: str) -> Entry:
    number = _number(text)
    return Entry(number) if number is not None else Entry(problem="number")


def _number(text: str) -> float | None:
    """A number with comma or point; a whole one without a broken part stays whole."""
    if not _NUMBER.fullmatch(text) or not text.isascii():
        return None
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() and math.isfinite(number) else number


def _read_numbers(text: str) -> Entry:
    """One to three numbers with ×, x, * or spaces between them."""
    parts = [part for part in re.split(r"\s*[x×*;]\s*|\s+", text.lower().removesuffix("mm").strip()) if part]
    numbers = [_number(part) for part in parts]
    if None in numbers or not numbers:
        return Entry(problem="numbers")
    return Entry(tuple(numbers)) if len(numbers) <= MOST_NUMBERS else Entry(problem="too_many_numbers")


def _read_bsn(text: str) -> Entry:
    """Nine digits, with or without points and spaces; the 11-test itself is the contract's. A leading zero is typed,
    never added: eight digits can as well be nine of which one was forgotten, and one in eleven of these would pass."""
    digits = re.sub(r"[\s.]", "", text)
    if not digits.isascii() or not digits.isdigit():
        return Entry(problem="bsn_digits")
    if len(digits) == BSN_DIGITS:
        return Entry(digits)
    if len(digits) == BSN_DIGITS - 1:
        return Entry(problem="bsn_leading_zero")
    return Entry(problem="bsn_unfinished" if len(digits) < BSN_DIGITS else "bsn_too_long")


def _read_text(text: str) -> Entry:
    return Entry(text)


_READERS = {
    AnswerKind.DATE: _read_date,
    AnswerKind.WHOLE_NUMBER: _read_whole,
    AnswerKind.NUMBER: _read_number,
    AnswerKind.NUMBERS: _read_numbers,
    AnswerKind.BSN: _read_bsn,
    AnswerKind.SHORT_TEXT: _read_text,
    AnswerKind.LONG_TEXT: _read_text,
}


def entry_text(kind: AnswerKind, value: object, language: str) -> str:
    """An answer as it stands in its input."""
    if value is None:
        return ""
    if kind is AnswerKind.DATE and isinstance(value, datetime.date):
        return date_text(value, language)
    if kind is AnswerKind.NUMBERS and isinstance(value, tuple | list):
        return " × ".join(number_text(number, language) for number in value)
    if kind in (AnswerKind.NUMBER, AnswerKind.WHOLE_NUMBER) and isinstance(value, int | float):
        return number_text(value, language)
    return str(value)


def date_text(date: datetime.date, language: str) -> str:
    """A date as it is typed: 23-11-2026; in English 2026-11-23, for there the order of day and month differs."""
    return f"{date:%d-%m-}{date.year:04}" if language == "nl" else date.isoformat()
