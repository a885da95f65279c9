"""Changes the answers of a case, and tells what changed: pure functions, without Qt.

They stand apart from the document, because they need the model of a case, which is loaded after the window appears.
"""

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

from desktop_app.case.refused import AnswerRefused
from guideline_core.answers import Catalogue
from guideline_core.case import Answers, Case, field_classes
from guideline_core.case_reading import CaseFaults, Fault, check_case
from guideline_core.fields import answer_at, without_age_beside_birth_date


def changed_case(case: Case, values: Mapping[str, object], catalogue: Catalogue, day: datetime.date) -> Case:
    """The case with some answers given or cleared (None), checked as a file would be; raises AnswerRefused."""
    given = case.model_dump(exclude_unset=True)
    for path, value in values.items():
        _put(given, path.split("."), value)
    try:
        return without_age_beside_birth_date(check_case(given, catalogue, day))
    except CaseFaults as refused:
        fault = _new_fault(case, refused, next(iter(values)), catalogue, day)
    if fault is not None:
        raise AnswerRefused(fault.path, fault.code, fault.details)
    return without_age_beside_birth_date(Case.model_validate(given))


def _new_fault(case: Case, refused: CaseFaults, path: str, catalogue: Catalogue, day: datetime.date) -> Fault | None:
    """The fault that the new answer caused; an old fault, which came with the passing of time, blocks no answer."""
    old: set[tuple[str, str]] = set()
    try:
        check_case(case.model_dump(exclude_unset=True), catalogue, day)
    except CaseFaults as known:
        old = {(fault.path, fault.code) for fault in known.faults}
    new = [fault for fault in refused.faults if (fault.path, fault.code) not in old]
    new.sort(key=lambda fault: fault.path != path)
    return new[0] if new else None


def _put(given: dict[str, Any], names: list[str], value: object) -> None:  # Any: as pydantic dumps a case
    """Put a value at a path; None removes it, together with groups that become empty."""
    name, rest = names[0], names[1:]
    if rest:
        inside = given.setdefault(name, {})
        _put(inside, rest, value)
        value = inside or None
    if value is None:
        given.pop(name, None)
    else:
        given[name] = _plain(value)


def _plain(value: object) -> object:
    """A list as a list, with its groups as plain data, as a file has them."""
    if isinstance(value, tuple | list):
        return [item.model_dump(exclude_unset=True) if isinstance(item, Answers) else item for item in value]
    return value


@cache
def _fields() -> tuple[str, ...]:
    """Every field of the contract; cached, because every answer needs it."""
    return tuple(field_classes())


def answered_paths(case: Case) -> tuple[str, ...]:
    """Every field that has an answer, in the order of the contract."""
    return tuple(path for path in _fields() if answer_at(case, path) is not None)


def differing_paths(before: Case, after: Case) -> tuple[str, ...]:
    """The fields at which two cases differ."""
    return tuple(path for path in _fields() if answer_at(before, path) != answer_at(after, path))
