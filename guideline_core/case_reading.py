"""Reads a case from JSON text: a valid Case comes out, or every fault at once, each with its path and what was
expected.

A fault is data without language (a code and its details), so that window and command line can say it in Dutch or
English.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from pydantic import ValidationError

from guideline_core.answers import Catalogue, age_on
from guideline_core.case import MAXIMUM_AGE_YEARS, Case
from guideline_core.fields import IMPLIED, answer_at
from guideline_core.space import is_yes_no, literal_values

LARGEST_BYTES = 5_000_000
"""A larger file is no case: whoever opens a file refuses it before reading it whole."""

ENTITY_FIELDS = ("lesion.entity", "pathology.histology")
ENTITY_LIST_FIELDS = ("lesion.differential", "pathology.histology_differential")
_PRIVATE = ("patient.", "letter.")
_LONGEST_REPEATED = 60

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a case: where, what (a code), and what its message needs to be helpful."""

    path: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


class CaseFaults(Exception):
    """Everything that is wrong with a case; its text names paths and codes only, never an answer."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.path or 'case'}: {fault.code}" for fault in self.faults))


def read_case(text: bytes, catalogue: Catalogue, today: datetime.date) -> Case:
    """Read one case; raises CaseFaults with all that is wrong. The catalogue is that of the edition under which it is
    read."""
    given, faults = _read_json(text)
    return _checked(given, faults, catalogue, today)


def check_case(given: object, catalogue: Catalogue, today: datetime.date) -> Case:
    """Make a case of plain data that was read elsewhere (a form, a saved case); raises CaseFaults like read_case."""
    return _checked(given, [], catalogue, today)


def _checked(given: object, faults: list[Fault], catalogue: Catalogue, today: datetime.date) -> Case:
    if not isinstance(given, dict):
        raise CaseFaults([Fault("", "not_an_object", {"found": _kind_of(given)})])
    try:
        case = Case.model_validate(given)
    except ValidationError as error:
        faults = [*faults, *(_with_catalogue(fault, catalogue) for fault in _shape_faults(error, given))]
        case = _case_of_the_rest(given, error)
    faults = [*faults, *_meaning_faults(case, catalogue, case.reference_date or today)]
    if faults:
        raise CaseFaults(_in_order(faults, given))
    return case


# --- JSON -------------------------------------------------------------------------------------------------------------


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys stood in it twice."""

    repeated: tuple[str, ...] = ()


class _NoNumber:
    """Stands for NaN, Infinity or a number too large for a computer, which JSON or a case cannot hold."""

    def __init__(self, written: str) -> None:
        self.written = written


def _read_json(text: bytes) -> tuple[object, list[Fault]]:
    """The data of a JSON text, and what is wrong in it that does not stop the reading."""
    if len(text) > LARGEST_BYTES:
        raise CaseFaults([Fault("", "too_large", {"megabytes": LARGEST_BYTES // 1_000_000})])
    try:
        decoded = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFaults([Fault("", "not_utf8", {"byte": error.start + 1})]) from None
    if not decoded.strip():
        raise CaseFaults([Fault("", "empty")])
    try:
        given = json.loads(decoded, object_pairs_hook=_object, parse_constant=_NoNumber, parse_float=_number)
    except json.JSONDecodeError as error:
        raise CaseFaults([Fault("", "broken_json", {"line": error.lineno, "column": error.colno})]) from None
    except RecursionError:
        raise CaseFaults([Fault("", "nested_too_deeply")]) from None
    except ValueError:  # Python refuses to read a whole number of thousands of digits
        raise CaseFaults([Fault("", "number_too_long")]) from None
    faults: list[Fault] = []
    return _without_no_numbers(given, (), faults), faults


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        made.repeated = tuple(dict.fromkeys(key for key in keys if keys.count(key) > 1))
    return made


def _number(written: str) -> object:
    number = float(written)
    return _NoNumber(written) if number in (float("inf"), float("-inf")) else number


def _without_no_numbers(given: Any, path: Path, faults: list[Fault]) -> Any:
    """The same data with null for each number that is none; notes these and repeated keys as faults."""
    if isinstance(given, _NoNumber):
        faults.append(Fault(_text_of(path), "not_a_number"))
        return None
    if isinstance(given, list):
        return [_without_no_numbers(item, (*path, place), faults) for place, item in enumerate(given)]
    if isinstance(given, _Object):
        faults += (Fault(_text_of((*path, key)), "repeated_key") for key in given.repeated)
        for key, item in given.items():
            if not isinstance(item, str):
                given[key] = _without_no_numbers(item, (*path, key), faults)
    return given


def _kind_of(given: object) -> str:
    if given is None:
        return "null"
    for kinds, name in (((bool,), "yes_no"), ((int, float), "number"), ((str,), "text"), ((list,), "list")):
        if isinstance(given, kinds):
            return name
    return "object"


# --- shape: keys, kinds of values -------------------------------------------------------------------------------------


def _shape_faults(error: ValidationError, given: dict[str, Any]) -> list[Fault]:
    """What pydantic found, in the words of the contract: one fault a place."""
    found: dict[str, Fault] = {}
    for item in error.errors(include_url=False):
        path, value = _place_of(item["loc"], given)
        if item["type"] == "too_short" and value:
            continue  # only because items of the list were refused, each with a fault of its own
        if item["type"] == "missing" and path[-1:] != item["loc"][-1:]:
            path = (*path, item["loc"][-1])  # what is not there cannot be followed
        text = _text_of(path)
        fault = _shape_fault(item["type"], text, path, value, item.get("ctx", {}))
        # A field that takes whole and broken numbers reports twice; a range says more than a kind.
        if text not in found or found[text].code == "wrong_kind":
            found[text] = fault
    return list(found.values())


def _place_of(location: tuple[str | int, ...], given: Any) -> tuple[Path, Any]:
    """The path through the data; pydantic's own marks for the members of a union are left out."""
    path: Path = ()
    value = given
    for step in location:
        if isinstance(value, dict) and step in value:
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            continue
        path = (*path, step)
    return path, value


def _text_of(path: Iterable[str | int]) -> str:
    """A path as it is written: lesion.differential[1]."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{_shortened(step)}" if text else _shortened(step)
    return text


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_REPEATED else f"{text[:_LONGEST_REPEATED]}…"


def _shape_fault(kind: str, text: str, path: Path, value: object, context: Mapping[str, Any]) -> Fault:
    if kind == "extra_forbidden":
        return _unknown_key(text, path)
    if text == "schema_version":
        return Fault(text, "unknown_schema_version", {"known": [Case.SCHEMA_VERSION]})
    simple = {"missing": "missing", "bsn": "bsn", "date_form": "date_form", "string_unicode": "not_text"}
    if kind in simple:
        return Fault(text, simple[kind])
    if kind == "literal_error":
        allowed = list(literal_values(_field_of(path)) or ())
        return Fault(text, "not_allowed", {"allowed": allowed, **_repeated(text, value, allowed)})
    if kind == "string_pattern_mismatch" and _field_of(path) == "letter.left_out.action":
        return Fault(text, "not_an_action")
    if kind == "string_pattern_mismatch" or (kind == "string_too_long" and _is_identifier(path)):
        return Fault(text, "not_an_id", _repeated(text, value, ()))
    if kind in _LIMITS:
        return Fault(text, _LIMITS[kind], {name: limit for name, limit in context.items() if name in _LIMIT_NAMES})
    return Fault(text, "wrong_kind", {"expected": _expected_kind(path, kind), "found": _kind_of(value)})


_LIMITS = {
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "greater_than": "out_of_range",
    "string_too_long": "text_too_long",
    "too_long": "list_length",
    "too_short": "list_length",
}
_LIMIT_NAMES = ("ge", "le", "gt", "max_length", "min_length")


def _repeated(text: str, value: object, known: Iterable[str]) -> dict[str, str]:
    """The value that was given and a close one that exists; what can identify a person is never repeated."""
    if not isinstance(value, str) or text.startswith(_PRIVATE):
        return {}
    return {"given": _shortened(value), **_suggestion(value, known)}


def _suggestion(given: str, known: Iterable[str]) -> dict[str, str]:
    import difflib  # only when something is wrong

    options = list(known)
    folded = given.strip().lower().replace("-", "_").replace(" ", "_")[:_LONGEST_REPEATED]
    close = difflib.get_close_matches(folded, options, n=1)
    return {"suggestion": close[0]} if close else {}


def _unknown_key(text: str, path: Path) -> Fault:
    """A key that the contract does not have: a close one of its group, or the group in which it does stand."""
    group, name = path[:-1], str(path[-1])
    siblings = list(_fields_of(group))
    found = _suggestion(name, siblings)
    if not found:
        elsewhere = [full for full in _all_paths() if full.rpartition(".")[2] == name]
        found = {"elsewhere": elsewhere[0]} if elsewhere else {}
    return Fault(text, "unknown_key", found)


def _fields_of(group: Path) -> Iterable[str]:
    model = _model_at(group)
    return () if model is None else model.model_fields


def _model_at(path: Path) -> Any:
    """The group of answers at a path, also one in a list."""
    model: Any = Case
    for step in path:
        if isinstance(step, int):
            continue
        info = model.model_fields.get(step)
        if info is None:
            return None
        model = next((kind for kind in _parts_of(info.annotation) if hasattr(kind, "model_fields")), None)
        if model is None:
            return None
    return model


def _parts_of(annotation: Any) -> Iterator[Any]:
    """A type and everything of which it is composed."""
    from typing import get_args

    yield annotation
    for part in get_args(annotation):
        yield from _parts_of(part)


def _all_paths() -> Iterator[str]:
    from guideline_core.case import field_classes

    yield from field_classes()


def _field_of(path: Path) -> str:
    return ".".join(step for step in path if isinstance(step, str))


def _is_identifier(path: Path) -> bool:
    return _field_of(path) in (*ENTITY_FIELDS, *ENTITY_LIST_FIELDS, "lesion.bone")


def _expected_kind(path: Path, kind: str) -> str:
    """What kind of value a place takes: a key of the phrases."""
    if not path or kind in ("model_type", "model_attributes_type"):
        return "object"
    if kind == "bool_type" or (
        _model_at(path) is None and not isinstance(path[-1], int) and is_yes_no(_field_of(path))
    ):
        return "yes_no"
    kinds = {"tuple_type": "list", "int_type": "whole_number", "int_from_float": "whole_number"}
    if kind in kinds:
        wanted = kinds[kind]
        return "number" if wanted == "whole_number" and path != ("patient", "age_years") else wanted
    return "number" if kind.startswith(("float", "finite", "int")) else "text"


def _case_of_the_rest(given: dict[str, Any], error: ValidationError) -> Case:
    """The case that is left when the faulty answers are taken out, so that the rest can be checked as well."""
    rest = _copied(given)
    for item in error.errors(include_url=False):
        path, _ = _place_of(item["loc"], given)
        _remove(rest, path)
    try:
        return Case.model_validate(rest)
    except ValidationError:  # taking one answer out made another wrong: what is left says enough
        return Case()


def _copied(given: Any) -> Any:
    if isinstance(given, dict):
        return {key: _copied(item) for key, item in given.items()}
    return [_copied(item) for item in given] if isinstance(given, list) else given


def _remove(given: dict[str, Any], path: Path) -> None:
    """Take out the answer at a path; of a list the whole answer, for its length may matter."""
    steps = [str(step) for step in takewhile(lambda step: isinstance(step, str), path)]
    inside: Any = given
    for step in steps[:-1]:
        inside = inside.get(step) if isinstance(inside, dict) else None
    if isinstance(inside, dict) and steps:
        inside.pop(steps[-1], None)


# --- meaning: answers that cannot be, or not together -----------------------------------------------------------------


def _meaning_faults(case: Case, catalogue: Catalogue, day: datetime.date) -> list[Fault]:
    checks: tuple[Callable[[], Iterator[Fault]], ...] = (
        lambda: _age_faults(case, day),
        lambda: _name_faults(case, catalogue),
        lambda: _region_faults(case, catalogue),
        lambda: _grade_faults(case, catalogue),
        lambda: _presupposed_faults(case),
        lambda: _response_faults(case),
    )
    return [fault for check in checks for fault in check()]


def _age_faults(case: Case, day: datetime.date) -> Iterator[Fault]:
    """An age without a date of its own may be one year behind the birth date: a birthday went by since it was stated,
    and the birth date counts. Any other difference is an error; so is any at all where the case names its date."""
    birth_date, years = case.patient.birth_date, case.patient.age_years
    if birth_date is None:
        return
    if birth_date > day:
        yield Fault("patient.birth_date", "born_after_reference_date", {"reference_date": day.isoformat()})
        return
    age = age_on(birth_date, day)
    if age > MAXIMUM_AGE_YEARS:
        yield Fault("patient.birth_date", "too_old", {"years": MAXIMUM_AGE_YEARS})
    elif years is not None and years != age and not (case.reference_date is None and years == age - 1):
        details = {"years": years, "age": age, "reference_date": day.isoformat(), "other": "patient.birth_date"}
        yield Fault("patient.age_years", "age_and_birth_date_disagree", details)


def _name_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    """Tumours and bones that the catalogue does not have."""
    for path, name in _entities_named(case):
        if name not in catalogue.class_of_entity:
            yield Fault(path, "unknown_entity", _repeated(path, name, catalogue.class_of_entity))
    bone = case.lesion.bone
    if bone is not None and bone not in catalogue.region_of_bone:
        yield Fault("lesion.bone", "unknown_bone", _repeated("lesion.bone", bone, catalogue.region_of_bone))


def _with_catalogue(fault: Fault, catalogue: Catalogue) -> Fault:
    """A name that is not even spelled like an id is an unknown tumour or bone too, and may be close to one."""
    if fault.code != "not_an_id":
        return fault
    is_bone = fault.path == "lesion.bone"
    known = catalogue.region_of_bone if is_bone else catalogue.class_of_entity
    given = str(fault.details.get("given", ""))
    return Fault(fault.path, "unknown_bone" if is_bone else "unknown_entity", _repeated(fault.path, given, known))


def _entities_named(case: Case) -> Iterator[tuple[str, str]]:
    for path in ENTITY_FIELDS:
        name = answer_at(case, path)
        if name is not None:
            yield path, name
    for path in ENTITY_LIST_FIELDS:
        for place, name in enumerate(answer_at(case, path) or ()):
            yield f"{path}[{place}]", name


def _region_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    bone, region = case.lesion.bone, case.lesion.region
    known = catalogue.region_of_bone.get(bone) if bone is not None else None
    if region is not None and known is not None and known != region:
        details = {"given": region, "bone": bone, "expected": known, "other": "lesion.bone"}
        yield Fault("lesion.region", "region_contradicts_bone", details)


def _grade_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    """A grade on imaging that the named entity rules out, such as grade 2 of a chondrosarcoma grade 1: which of
    the two is meant decides on the staging, so it is asked and not guessed."""
    own = catalogue.grade_of_entity.get(case.lesion.entity or "")
    stated = case.lesion.chondrosarcoma_grade
    if own is not None and stated not in (None, "uncertain", own):
        yield Fault("lesion.chondrosarcoma_grade", "grade_contradicts_entity", {"other": "lesion.entity"})


def _presupposed_faults(case: Case) -> Iterator[Fault]:
    """Two views of a radiograph that was not made, and their like."""
    for path, presupposed in IMPLIED.items():
        if answer_at(case, path) is True and answer_at(case, presupposed) is False:
            yield Fault(path, "contradicts", {"other": presupposed})


def _response_faults(case: Case) -> Iterator[Fault]:
    viable, response = case.resection.viable_tumour_percent, case.resection.response_percent
    if viable is not None and response is not None and abs(viable + response - 100) > 1e-6:
        details = {"other": "resection.viable_tumour_percent", "sum": 100}
        yield Fault("resection.response_percent", "do_not_add_up", details)


def _in_order(faults: list[Fault], given: dict[str, Any]) -> list[Fault]:
    """Faults in the order in which their places stand in the text."""
    place: dict[str, int] = {}

    def walk(data: Any, path: Path) -> None:
        place.setdefault(_text_of(path), len(place))
        items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for step, item in items:
            walk(item, (*path, step))

    walk(given, ())
    return sorted(faults, key=lambda fault: place.get(fault.path, len(place)))
