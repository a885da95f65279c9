"""From a case to the words of the rules: which raw answers it holds, and which of its fields stand behind each."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from guideline_core.case import Case, field_classes
from guideline_core.fields import PRESUPPOSED, FieldClass
from guideline_core.space import (
    AGE,
    ANSWERED_FIELDS,
    HISTOLOGY_KEYS,
    LESION_KEYS,
    REGION,
    Raw,
    Space,
    Thresholds,
    answered_subject,
    plain_subjects,
)

_MULTIPLE = ("lesion.differential", "pathology.histology_differential")
_SINGLE_ENTITIES = ("lesion.entity", "pathology.histology")
_GRADES = ("uncertain", "grade_1", "grade_2", "grade_3")
_GRADE_OF = {
    "lesion.entity": "lesion.chondrosarcoma_grade",
    "pathology.histology": "pathology.histological_grade",
}


@dataclass(frozen=True)
class Catalogue:
    """What the answers need of entities and bones: classes and grades of entities, regions of bones."""

    class_of_entity: Mapping[str, str]
    grade_of_entity: Mapping[str, str]
    region_of_bone: Mapping[str, str]


@dataclass(frozen=True)
class CaseAnswers:
    """The raw answers of one case, and for each raw key the fields (with their values) that gave it."""

    raw: Raw
    fields: Mapping[str, tuple[tuple[str, Any], ...]]
    stated: frozenset[str]


@cache
def rule_paths() -> tuple[str, ...]:
    """The fields that reach a rule, in the order of the contract."""
    return tuple(path for path, field_class in field_classes().items() if field_class is not FieldClass.LETTER)


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Age in completed years; whoever is born on 29 February has a birthday on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def collect(case: Case, catalogue: Catalogue, thresholds: Thresholds, day: datetime.date) -> CaseAnswers:
    """Read from the case what the rules can see of it on the reference date."""
    given = dict(_given(case))
    raw: Raw = {}
    fields: dict[str, tuple[tuple[str, Any], ...]] = {}

    def note(key: str, value: Any, *paths: str) -> None:
        raw[key] = value
        fields[key] = tuple((path, given[path]) for path in paths if path in given)

    for path in _plain_paths() & given.keys():
        note(path, _word(given[path]), path)
    for path, presupposed in PRESUPPOSED.items():
        if given.get(path) is True and presupposed not in given:
            note(presupposed, "yes", path)
    _note_age(given, thresholds, day, note)
    _note_site(given, catalogue, note)
    _note_lesion(given, catalogue, raw, note)
    _note_measurements(given, thresholds, note)
    return CaseAnswers(raw, fields, frozenset(given))


def _given(case: Case) -> list[tuple[str, Any]]:
    """Every answer of the case that reaches a rule, by path."""
    found = []
    for name in case.model_fields_set:
        value = getattr(case, name)
        if isinstance(value, str):
            found.append((name, value))
        elif value is not None and hasattr(value, "model_fields_set"):
            found.extend(_given_in(value, f"{name}."))
    return found


def _given_in(group: Any, prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in group.model_fields_set:
        value = getattr(group, name)
        if hasattr(value, "model_fields_set"):
            found.extend(_given_in(value, f"{prefix}{name}."))
        elif value is not None and f"{prefix}{name}" in _rule_path_set():
            found.append((f"{prefix}{name}", value))
    return found


@cache
def _rule_path_set() -> frozenset[str]:
    return frozenset(rule_paths())


@cache
def _plain_paths() -> frozenset[str]:
    return frozenset(subject.name for subject in plain_subjects())


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _note_age(given: Mapping[str, Any], thresholds: Thresholds, day: datetime.date, note: Any) -> None:
    birth_date, years = given.get("patient.birth_date"), given.get("patient.age_years")
    if birth_date is not None:
        years = age_on(birth_date, day)
    if years is not None:
        group = "child" if years < thresholds.child_below_years else "adult"
        note(AGE, group, "patient.birth_date" if birth_date is not None else "patient.age_years")


def _note_site(given: Mapping[str, Any], catalogue: Catalogue, note: Any) -> None:
    bone = given.get("lesion.bone")
    if bone is not None:
        note(REGION, catalogue.region_of_bone[bone], "lesion.bone")
    elif "lesion.region" in given:
        note(REGION, given["lesion.region"], "lesion.region")


def _note_lesion(given: Mapping[str, Any], catalogue: Catalogue, raw: Raw, note: Any) -> None:
    for path in (*LESION_KEYS, *HISTOLOGY_KEYS):
        if path not in given:
            continue
        value = given[path]
        if path in _MULTIPLE:
            note(path, frozenset(catalogue.class_of_entity[name] for name in value), path)
        elif path in _SINGLE_ENTITIES:
            note(path, catalogue.class_of_entity[value], path)
            grade = catalogue.grade_of_entity.get(value)
            if grade is not None and _GRADES.index(grade) > _GRADES.index(given.get(_GRADE_OF[path], "uncertain")):
                note(_GRADE_OF[path], grade, path)  # the entity names the heavier grade of the two
        else:
            note(path, _word(value), path)


def _note_measurements(given: Mapping[str, Any], thresholds: Thresholds, note: Any) -> None:
    for path in ANSWERED_FIELDS:
        if path in given:
            note(answered_subject(path), "yes", path)
    if len(given.get("resection.size_mm", ())) == 3:
        note("resection_size_in_three_dimensions", "yes", "resection.size_mm")
    biopsy_date, mri_date = given.get("biopsy.date"), given.get("imaging.mri.date")
    if biopsy_date is not None and mri_date is not None and biopsy_date < mri_date:
        note("biopsy_dated_before_mri", "yes", "biopsy.date", "imaging.mri.date")
    response = _response(given, thresholds.good_response_below_viable_percent)
    if response is not None:
        note("response", response, "resection.viable_tumour_percent", "resection.response_percent")


def _response(given: Mapping[str, Any], limit: float) -> str | None:
    """Good below the limit of viable tumour, poor above it, `at_threshold` exactly on it (AMB-53)."""
    viable = given.get("resection.viable_tumour_percent")
    if viable is None and "resection.response_percent" in given:
        viable = 100 - given["resection.response_percent"]
    if viable is None:
        return None
    if viable == limit:
        return "at_threshold"
    return "good" if viable < limit else "poor"


def all_raw_keys(space: Space) -> tuple[str, ...]:
    """Every raw key of a space, each once."""
    return tuple(dict.fromkeys(key for subject in space.subjects.values() for key in subject.keys))
