"""Brings a patient that was found in a file into a case: fills what is empty, and never silently replaces an answer."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop_app.library.clean_text import one_line
from guideline_core.age import age_on
from guideline_core.case import Case, Patient
from guideline_core.contract import fields
from guideline_core.fields import Identity


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer of the case, or a text that is no answer yet, that the file has otherwise."""

    field: str
    typed: object
    found: object

    @property
    def found_field(self) -> str:
        """Where the file says it: of an age, by the birth date."""
        return "patient.birth_date" if isinstance(self.found, datetime.date) else self.field

    @property
    def may_be_somebody_else(self) -> bool:
        """Whether the difference is one between persons rather than between two ways of writing."""
        return fields()[self.found_field].identity is Identity.TELLS_APART


def merge_patient(
    case: Case, found: Patient, day: datetime.date, raws: Mapping[str, str] | None = None
) -> tuple[tuple[Conflict, ...], Case]:
    """The conflicts, and the case with what was found where nothing was answered.

    `day` is the reference date of the plan: on it an age that was typed is compared with a birth date that was found.
    `raws` are the texts by path that are no answer yet: they were typed too.
    """
    conflicts: list[Conflict] = []
    taken: dict[str, object] = {}
    for name in Patient.model_fields:
        typed, new, raw = getattr(case.patient, name), getattr(found, name), (raws or {}).get(f"patient.{name}")
        if new is None:
            continue
        if raw is not None:
            conflicts.append(Conflict(f"patient.{name}", raw, new))
            continue
        if name == "birth_date" and _age_differs(case, found, day, conflicts):
            continue
        if typed is None:
            taken[name] = new
        elif _plain(typed) != _plain(new):
            conflicts.append(Conflict(f"patient.{name}", typed, new))
    return tuple(conflicts), _with(case, taken)


def take_found(case: Case, conflicts: Collection[Conflict]) -> Case:
    """The case with what the file says for these conflicts, which the user has chosen."""
    taken: dict[str, object] = {}
    for each in conflicts:
        if isinstance(each.found, datetime.date):
            taken |= {"birth_date": each.found, "age_years": None}  # a birth date tells the age
        else:
            taken[each.field.removeprefix("patient.")] = each.found
    return _with(case, taken)


def _age_differs(case: Case, found: Patient, day: datetime.date, conflicts: list[Conflict]) -> bool:
    """Whether the case has an age, and no birth date, with which the birth date that was found disagrees."""
    typed, born = case.patient.age_years, found.birth_date
    if typed is None or case.patient.birth_date is not None or born is None or age_on(born, day) == typed:
        return False
    conflicts.append(Conflict("patient.age_years", typed, born))
    return True


def _plain(value: object) -> object:
    """An answer without differences that are none: blanks and capitals."""
    return one_line(value).casefold() if isinstance(value, str) else value


def _with(case: Case, answers: dict[str, object]) -> Case:
    patient = {**case.patient.model_dump(exclude_none=True), **answers}
    return case.model_copy(update={"patient": Patient.model_validate(patient)})
