"""From typed text to answers and back."""

import datetime

import pytest

from desktop_app.library.compilation import kinds_form
from desktop_app.library.field_kinds import FieldKinds
from desktop_app.wizard.entry import Entry, entry_text, read_entry
from desktop_app.wizard.flow import STEPS, fields_of
from guideline_core.contract import fields
from guideline_core.fields import AnswerKind

FEBRUARY = datetime.date(2010, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "1-2-2010",
        "01-02-2010",
        "1/2/2010",
        "1.2.2010",
        "1 2 2010",
        "01022010",
        "2010-02-01",
        " 1-2-2010 ",
        "1 - 2 - 2010",
    ],
)
def test_dates(text):
    assert read_entry(AnswerKind.DATE, text) == Entry(FEBRUARY)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1", "date_unfinished"),
        ("1-2-", "date_unfinished"),
        ("1-2-10", "date_unfinished"),
        ("31-2-2010", "date_impossible"),
        ("99-99-2010", "date_impossible"),
        ("1-1-0001", "date_too_early"),
        ("morgen", "date_form"),
        ("<b", "date_form"),
        ("1-2-2010 10:00", "date_form"),
        ("\u202e1-2-2010", "date_form"),
    ],
)
def test_what_is_no_date(text, problem):
    assert read_entry(AnswerKind.DATE, text) == Entry(problem=problem)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("1,5", 1.5), ("1.5", 1.5), ("12,0", 12), ("007", 7)])
def test_numbers(text, number):
    assert read_entry(AnswerKind.NUMBER, text) == Entry(number)


@pytest.mark.parametrize(
    "text", ["x", "-1", "1e9", "1,", "NaN", "inf", "½", "\uff11\uff12", "1.000,5", "9" * 200, "<b"]
)
def test_what_is_no_number(text):
    assert read_entry(AnswerKind.NUMBER, text) == Entry(problem="number")


def test_whole_numbers():
    assert read_entry(AnswerKind.WHOLE_NUMBER, "0") == Entry(0)
    assert read_entry(AnswerKind.WHOLE_NUMBER, "1,5") == Entry(problem="whole_number")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("45", (45,)),
        ("45 × 30 × 20", (45, 30, 20)),
        ("45x30", (45, 30)),
        ("45 30,5 20 mm", (45, 30.5, 20)),
        ("4*3", (4, 3)),
    ],
)
def test_several_numbers(text, numbers):
    assert read_entry(AnswerKind.NUMBERS, text) == Entry(numbers)


@pytest.mark.parametrize(("text", "problem"), [("1 2 3 4", "too_many_numbers"), ("groot", "numbers"), ("x", "numbers")])
def test_what_is_no_size(text, problem):
    assert read_entry(AnswerKind.NUMBERS, text) == Entry(problem=problem)


@pytest.mark.parametrize("text", ["123456782", "1234.56.782", " 123 456 782 "])
def test_bsn(text):
    assert read_entry(AnswerKind.BSN, text) == Entry("123456782")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("1234", "bsn_unfinished"), ("12345678", "bsn_unfinished"), ("1234567890", "bsn_too_long"), ("12a", "bsn_digits")],
)
def test_what_is_no_bsn(text, problem):
    assert read_entry(AnswerKind.BSN, text) == Entry(problem=problem)


@pytest.mark.parametrize(
    "kind",
    [
        AnswerKind.DATE,
        AnswerKind.NUMBER,
        AnswerKind.NUMBERS,
        AnswerKind.BSN,
        AnswerKind.SHORT_TEXT,
        AnswerKind.LONG_TEXT,
    ],
)
def test_empty_is_no_answer_and_no_problem(kind):
    assert read_entry(kind, "  ") == Entry()
    assert entry_text(kind, None, "nl") == ""


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AnswerKind.DATE, FEBRUARY),
        (AnswerKind.NUMBER, 1.5),
        (AnswerKind.WHOLE_NUMBER, 0),
        (AnswerKind.NUMBERS, (45, 30.5)),
        (AnswerKind.SHORT_TEXT, "عمر <b"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_shown_reads_back_as_the_same(kind, value, language):
    assert read_entry(kind, entry_text(kind, value, language)) == Entry(value)


def test_dutch_form():
    assert entry_text(AnswerKind.DATE, FEBRUARY, "nl") == "01-02-2010"
    assert entry_text(AnswerKind.NUMBER, 1.5, "nl") == "1,5"


def test_every_field_has_a_kind():
    kinds = {path: fields()[path].kind for step in STEPS for path in fields_of(step)}
    assert kinds["lesion.size_mm"] is AnswerKind.NUMBERS
    assert kinds["resection.margin"] is AnswerKind.CHOICE
    assert kinds["imaging.mri.date"] is AnswerKind.DATE
    assert kinds["letter.history"] is AnswerKind.LONG_TEXT
    assert kinds["patient.address"] is AnswerKind.SHORT_TEXT
    kept = FieldKinds(kinds_form(fields()))
    numbers = [path for path, kind in kinds.items() if kind in (AnswerKind.NUMBER, AnswerKind.NUMBERS)]
    assert numbers and all(kept.unit(path) for path in numbers)
