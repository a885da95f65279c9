"""The answers of a case and how they change: pure, without Qt. `document` holds them, and tells who shows them."""

import datetime
import json
from collections.abc import Mapping
from typing import NamedTuple

from desktop_app.case.refused import AnswerRefused
from guideline_core.answer_types import Answers
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults, Fault
from guideline_core.case_reading.reading import check_case
from guideline_core.compiled import Catalogue
from guideline_core.contract import fields, put

NO_ANSWER_OF_THE_USER = ("setting", "reference_date")
"""What a new case can hold before the user answers anything."""


class State(NamedTuple):
    """What a step on the undo stack replaces: all answers, and all texts that are no answer yet."""

    case: Case
    raws: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered or typed yet."""
        return not self.raws and set(answered_paths(self.case)) <= set(NO_ANSWER_OF_THE_USER)

    def with_answers(
        self,
        values: Mapping[str, object],
        raws: Mapping[str, str | None],
        catalogue: Catalogue,
        day: datetime.date,
    ) -> "State":
        """The state with other answers; each takes the place of the text at its path. Raises AnswerRefused."""
        texts = {path: text for path, text in self.raws.items() if path not in values}
        texts |= {path: _storable(text) for path, text in raws.items() if text is not None}
        return State(changed_case(self.case, values, catalogue, day), texts)

    def differences(self, before: "State | None") -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths at which this state has other answers than one before it, and those at which it has other texts."""
        if before is None:
            return answered_paths(self.case), tuple(self.raws)
        texts = dict.fromkeys([*before.raws, *self.raws])
        changed = tuple(path for path in texts if before.raws.get(path) != self.raws.get(path))
        return differing_paths(before.case, self.case), changed

    def number_of_lines(self, path: str) -> int:
        """How many lines of a list there are at a path, whether they can be read yet or not."""
        try:
            lines = json.loads(self.raws[path]) if path in self.raws else self.case.answer_at(path)
        except ValueError:  # a damaged text, which shows nothing
            return 0
        return len(lines) if isinstance(lines, list | tuple) else 0


def state_of(case: Case | None, raws: Mapping[str, str]) -> State:
    """A state with this case, or with an empty one."""
    return State(Case() if case is None else case, raws)


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


def _storable(text: str) -> str:
    """The text without lone surrogates, which can be pasted but cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")
