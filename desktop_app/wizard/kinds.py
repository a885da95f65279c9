"""What kind of answer each field takes, read from the contract, so that each gets an input that fits. Without Qt."""

from enum import Enum
from functools import cache
from typing import Any, get_args

from guideline_core.case import Case, Date, LongText, ShortText
from guideline_core.space import is_yes_no, literal_values


class Kind(Enum):
    """The kinds of input."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    NUMBERS = "numbers"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    BSN = "bsn"
    ENTITY = "entity"
    ENTITIES = "entities"
    BONE = "bone"
    EXAMINATIONS = "examinations"


_NAMED = {
    "patient.bsn": Kind.BSN,
    "patient.age_years": Kind.WHOLE_NUMBER,
    "lesion.entity": Kind.ENTITY,
    "pathology.histology": Kind.ENTITY,
    "lesion.differential": Kind.ENTITIES,
    "pathology.histology_differential": Kind.ENTITIES,
    "lesion.bone": Kind.BONE,
    "imaging.other": Kind.EXAMINATIONS,
}

_TYPED_AS = {
    Date: Kind.DATE,
    ShortText: Kind.SHORT_TEXT,
    LongText: Kind.LONG_TEXT,
}

_CHOSEN = (Kind.YES_NO, Kind.CHOICE)


@cache
def kind_of(path: str) -> Kind:
    """The kind of a field of the contract."""
    if path in _NAMED:
        return _NAMED[path]
    if is_yes_no(path):
        return Kind.YES_NO
    if literal_values(path) is not None:
        return Kind.CHOICE
    for option in _options(path):
        if option in _TYPED_AS:
            return _TYPED_AS[option]
        if "tuple[" in str(option):
            return Kind.NUMBERS
    return Kind.NUMBER


def is_chosen(path: str) -> bool:
    """Whether the answer is picked from a few, so that the cursor can move on by itself."""
    return kind_of(path) in _CHOSEN


def _options(path: str) -> tuple[Any, ...]:
    """The types that a field takes, None aside, each with its constraints."""
    model: Any = Case
    *groups, name = path.split(".")
    for group in groups:
        model = model.model_fields[group].annotation
    return tuple(option for option in get_args(model.model_fields[name].annotation) if option is not type(None))


def unit_of(path: str) -> str | None:
    """The unit of a number: a key of the phrases; None when it has none."""
    if path == "patient.age_years":
        return "years"
    if kind_of(path) not in (Kind.NUMBER, Kind.NUMBERS):
        return None
    return "percent" if path.endswith("_percent") else "millimetres"
