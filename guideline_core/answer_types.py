"""What a case is made of: groups of answers, the types of answer, and the marks that each field carries."""

import datetime
import re
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from guideline_core.fields import DECIMALS, AnswerKind, FieldClass, Identity

FACT, EVENT, EXCEPTION = FieldClass.FACT, FieldClass.EVENT, FieldClass.EXCEPTION
DEFAULT, LETTER = FieldClass.DEFAULT, FieldClass.LETTER
TELLS_APART, IDENTIFIES = Identity.TELLS_APART, Identity.IDENTIFIES

MAXIMUM_AGE_YEARS = 130
BSN_LENGTHS = (8, 9)
"""How many digits a citizen service number (BSN) is written with; of eight the leading zero was left out."""
_CALENDAR_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Answers(BaseModel):
    """A group of answers: immutable, no unknown keys, null counts as not given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, given: object) -> object:
        if isinstance(given, dict):
            return {key: value for key, value in given.items() if value is not None}
        return given


def _iso_date(value: object) -> object:
    """Accept a date, or text in the form 2026-11-23; a number or another notation is refused, not guessed. A date of
    weeks (2026-W12-1) is another notation, though Python reads it as ISO."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and _CALENDAR_DATE.fullmatch(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date_form", "a date in the form 2026-11-23 is expected")


def _passes_eleven_test(value: str) -> str:
    """A citizen service number (BSN) in nine digits; refuses one that fails the 11-test, or has fewer than eight
    digits: only one leading zero is ever left out. The message never repeats the number."""
    # It loads ssl and more than a plan needs, and most cases have no number.
    from stdnum.nl import bsn

    if sum(sign.isdigit() for sign in value) not in BSN_LENGTHS:
        raise PydanticCustomError("bsn_length", "a number of eight or nine digits is expected")
    if not bsn.is_valid(value):
        raise PydanticCustomError("bsn", "the number does not pass the 11-test")
    return str(bsn.compact(value))


def _says_something(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("missing", "a reason is expected")
    return value


def _as_it_is_shown(value: object) -> object:
    """A number with as many decimals as are shown, and never -0."""
    return round(value, DECIMALS) + 0.0 if isinstance(value, float) else value


def _a_whole_number(value: object) -> object:
    """Refuse true and 1.0, which Python takes for 1."""
    if type(value) is not int:
        raise PydanticCustomError("whole_number", "a whole number is expected")
    return value


SchemaVersion = Annotated[Literal[1], BeforeValidator(_a_whole_number)]
YesNo = Annotated[StrictBool, AnswerKind.YES_NO]
Date = Annotated[datetime.date, BeforeValidator(_iso_date), AnswerKind.DATE]
ShortText = Annotated[str, StringConstraints(max_length=400), AnswerKind.SHORT_TEXT]
LongText = Annotated[str, StringConstraints(max_length=100_000), AnswerKind.LONG_TEXT]
Bsn = Annotated[str, StringConstraints(max_length=20), AfterValidator(_passes_eleven_test), AnswerKind.BSN]
Reason = Annotated[ShortText, AfterValidator(_says_something), Field(json_schema_extra={"pattern": r"\S"})]

MOST_LISTED = 50
"""How many other examinations or other sites one case lists: a letter has a line for each, and no patient has more that
a reader would look through. Without an end, a small file would make a letter of thousands of pages."""
MOST_LINES = 5_000
"""How many lines, as typed, all texts of one case have together: some 100 pages of a letter. Without an end, a file
of 1 MB would make ten thousand."""

Number = StrictFloat | StrictInt
Years = Annotated[StrictInt, Field(ge=0, le=MAXIMUM_AGE_YEARS), AnswerKind.WHOLE_NUMBER]
_SHOWN = BeforeValidator(_as_it_is_shown)
Percentage = Annotated[Number, Field(ge=0, le=100), _SHOWN, AnswerKind.NUMBER]
Millimetres = Annotated[Number, Field(ge=0, le=2000), _SHOWN, AnswerKind.NUMBER]
SliceMillimetres = Annotated[Number, Field(gt=0, le=20), _SHOWN, AnswerKind.NUMBER]
Size = Annotated[tuple[Millimetres, ...], Field(min_length=1, max_length=3), AnswerKind.NUMBERS]

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
EntityId = Annotated[Identifier, AnswerKind.ENTITY]
EntityIds = Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=30), AnswerKind.ENTITIES]
BoneId = Annotated[Identifier, AnswerKind.BONE]
ActionId = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9_]+$", max_length=80)]
