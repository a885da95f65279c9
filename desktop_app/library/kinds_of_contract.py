"""Reads the kind of every field from the contract: types decide, and for a few fields their name."""

from typing import Any, get_args

from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER, Kind
from guideline_core.case import Case, Date, LongText, ShortText, field_classes
from guideline_core.space import is_yes_no, literal_values

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


def kinds_form() -> dict[str, Any]:
    """All kinds, and the values of choices, as plain data; what no step asks has none."""
    asked = [path for path in field_classes() if path not in EDITED_IN_THE_LETTER]
    values = {path: list(literal_values(path) or ()) for path in asked if kind_of(path) is Kind.CHOICE}
    return {"kinds": {path: kind_of(path).value for path in asked}, "values": values}


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


def _options(path: str) -> tuple[Any, ...]:
    """The types that a field takes, None aside, each with its constraints."""
    model: Any = Case
    *groups, name = path.split(".")
    for group in groups:
        model = model.model_fields[group].annotation
    return tuple(option for option in get_args(model.model_fields[name].annotation) if option is not type(None))
