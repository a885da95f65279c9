"""Changes the answers of a case, and tells what changed: pure functions, without Qt.

They stand apart from the document, because they need the model of a case, which is loaded after the window appears.
"""

import datetime
from collections.abc import Mapping

from desktop_app.case.refused import AnswerRefused
from guideline_core.answer_types import Answers
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults, Fault
from guideline_core.case_reading.reading import check_case
from guideline_core.compiled import Catalogue
from guideline_core.contract import fields, put


def changed_case(case: Case, values: Mapping[str, object], catalogue: Catalogue, day: datetime.date) -> Case:
    """The case with some answers given or cleared (None), checked as a file would be; raises AnswerRefused."""
    given = case.model_dump(exclude_unset=True)
    for path, value in values.items():
        put(given, path, _plain(value))
    try:
        return check_case(given, catalogue, day).without_age_beside_birth_date()
    except CaseFaults as refused:
        fault = _new_fault(case, refused, next(iter(values)), catalogue, day)
    if fault is not None:
        raise AnswerRefused(fault.path, fault.code, fault.details)
    return Case.model_validate(given).without_age_beside_birth_date()


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


def _plain(value: object) -> object:
    """A list as a list, with its groups as plain data, as a file has them."""
    if isinstance(value, tuple | list):
        return [item.model_dump(exclude_unset=True) if isinstance(item, Answers) else item for item in value]
    return value


def answered_paths(case: Case) -> tuple[str, ...]:
    """Every field that has an answer, in the order of the contract."""
    return tuple(path for path in fields() if case.answer_at(path) is not None)


def differing_paths(before: Case, after: Case) -> tuple[str, ...]:
    """The fields at which two cases have other answers."""
    return tuple(path for path in fields() if before.answer_at(path) != after.answer_at(path))
