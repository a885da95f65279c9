"""The shape of a case: keys and kinds of values. What pydantic found is said in the words of the contract."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import takewhile

from pydantic import ValidationError

from guideline_core.case import Case
from guideline_core.case_reading.faults import Fault, Path, shortened, suggestion, written
from guideline_core.contract import fields, groups, values_at
from guideline_core.fields import FREE_TEXT, NAMING, AnswerKind
from guideline_core.file_limits import FAULTS_TOLD

_LIMITS = {
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "string_too_long": "text_too_long",
    "too_long": "list_length",
    "too_short": "list_length",
}
_LIMIT_NAMES = ("ge", "le", "gt", "max_length", "min_length")
_SIMPLE = {
    **{code: code for code in ("missing", "bsn", "bsn_length", "date_form")},
    "string_unicode": "not_text",
}


def shape_faults(error: ValidationError, given: Mapping[str, object]) -> tuple[list[Fault], int]:
    """What pydantic found: one fault for each place, as many as are told; and how many places more have one."""
    found: dict[str, Fault] = {}
    untold: set[str] = set()
    for item in error.errors(include_url=False):
        path, value = _place_of(item["loc"], given)
        if item["type"] == "too_short" and value:
            continue  # only because items of the list were refused, each with a fault of its own
        if item["type"] == "missing" and path[-1:] != item["loc"][-1:]:
            path = (*path, item["loc"][-1])  # what is not there cannot be followed
        text = written(path)
        if text not in found and len(found) == FAULTS_TOLD:
            untold.add(text)
            continue
        fault = _shape_fault(item["type"], path, value, item.get("ctx", {}))
        # A field that takes whole and broken numbers reports twice; a range says more than a kind.
        if text not in found or found[text].code == "wrong_kind":
            found[text] = fault
    return list(found.values()), len(untold)


def _place_of(location: tuple[str | int, ...], given: object) -> tuple[Path, object]:
    """The path through the data; pydantic's own marks for the members of a union are left out."""
    path: Path = ()
    value = given
    for step in location:
        inside = _inside(value, step)
        if inside is None:
            continue
        value = inside[0]
        path = (*path, step)
    return path, value


def _inside(value: object, step: str | int) -> tuple[object] | None:
    """What stands in data under one key or number; None when there is nothing."""
    if isinstance(value, dict) and step in value:
        return (value[step],)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return (value[step],)
    return None


def _shape_fault(kind: str, path: Path, value: object, context: Mapping[str, object]) -> Fault:
    text, field = written(path), _field_of(path)
    if kind == "extra_forbidden":
        return Fault(text, "unknown_key", _what_was_meant(path))
    if text == "schema_version":
        return Fault(text, "unknown_schema_version", {"known": [Case.SCHEMA_VERSION]})
    if kind in _SIMPLE:
        return Fault(text, _SIMPLE[kind])
    if kind == "literal_error":
        allowed = list(values_at(field))
        return Fault(text, "not_allowed", {"allowed": allowed, **repeated(field, value, allowed)})
    if kind == "string_pattern_mismatch" and field == "letter.left_out.action":
        return Fault(text, "not_an_action")
    if kind == "string_pattern_mismatch" or (kind == "string_too_long" and _takes_an_id(field)):
        return Fault(text, "not_an_id", repeated(field, value, ()))
    if kind in _LIMITS:
        return Fault(text, _LIMITS[kind], {name: limit for name, limit in context.items() if name in _LIMIT_NAMES})
    return Fault(text, "wrong_kind", {"expected": _expected_kind(path, kind), "found": kind_of(value)})


def repeated(field: str, value: object, known: Iterable[str]) -> dict[str, str]:
    """The details that repeat a refused value and suggest one that exists. None where answers say who the patient is:
    a refused value can be anything, even the name of a person."""
    if not isinstance(value, str) or _is_private(field):
        return {}
    return {"given": shortened(value), **suggestion(value, known)}


def _is_private(field: str) -> bool:
    known = fields().get(field)
    return known is None or known.kind in FREE_TEXT or field.partition(".")[0] in _groups_that_identify()


@cache
def _groups_that_identify() -> frozenset[str]:
    """The groups in which some answer says who the patient is."""
    return frozenset(path.partition(".")[0] for path, field in fields().items() if field.identity is not None)


def _what_was_meant(path: Path) -> dict[str, str]:
    """For an unknown key: a similar key of its group, or the group that does have it."""
    group, name = _field_of(path[:-1]), str(path[-1])
    found = suggestion(name, groups()[group].model_fields if group in groups() else ())
    if not found:
        elsewhere = [field.path for field in fields().values() if field.name == name]
        found = {"elsewhere": elsewhere[0]} if elsewhere else {}
    return found


def _field_of(path: Path) -> str:
    """The field, or the group of fields, that stands at a path."""
    return ".".join(step for step in path if isinstance(step, str))


def _takes_an_id(field: str) -> bool:
    known = fields().get(field)
    return known is not None and known.kind in NAMING


def _expected_kind(path: Path, kind: str) -> str:
    """What kind of value a place takes: a key of the phrases."""
    if not path or kind in ("model_type", "model_attributes_type"):
        return "object"
    field = fields().get(_field_of(path))
    if kind == "bool_type" or (field is not None and field.kind is AnswerKind.YES_NO):
        return "yes_no"
    if kind == "tuple_type":
        return "list"
    if kind in ("int_type", "int_from_float") and field is not None and field.kind is AnswerKind.WHOLE_NUMBER:
        return "whole_number"
    return "number" if kind.startswith(("float", "finite", "int")) else "text"


def kind_of(given: object) -> str:
    """What kind of value was given: a key of the phrases."""
    if given is None:
        return "null"
    for kinds, name in (((bool,), "yes_no"), ((int, float), "number"), ((str,), "text"), ((list,), "list")):
        if isinstance(given, kinds):
            return name
    return "object"


def case_of_the_rest(given: Mapping[str, object], error: ValidationError) -> Case:
    """The case without its faulty answers, so that the rest can be checked as well."""
    rest = _copied(given)
    for item in error.errors(include_url=False):
        path, _ = _place_of(item["loc"], given)
        _remove(rest, path)
    try:
        return Case.model_validate(rest)
    except ValidationError:  # taking one answer out made another wrong: what is left says enough
        return Case()


def _copied(given: object) -> object:
    if isinstance(given, dict):
        return {key: _copied(item) for key, item in given.items()}
    return [_copied(item) for item in given] if isinstance(given, list) else given


def _remove(given: object, path: Path) -> None:
    """Take out the answer at a path; of a list the whole answer, because its length may matter."""
    *way, last = tuple(takewhile(lambda step: isinstance(step, str), path)) or ("",)
    for step in way:
        given = given.get(step) if isinstance(given, dict) else None
    if isinstance(given, dict):
        given.pop(last, None)
