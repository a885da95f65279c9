"""From a case to the words of the rules: which raw answers it holds, and which of its fields stand behind each."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from guideline_core.age import age_on
from guideline_core.answer_types import Answers
from guideline_core.case import Case
from guideline_core.compiled import Catalogue, Thresholds
from guideline_core.contract import fields
from guideline_core.fields import PRESUPPOSED, AnswerKind
from guideline_core.graded_names import LOW_GRADE, NAMES_BESIDE
from guideline_core.plan import Answer
from guideline_core.subjects import (
    AGE,
    ANSWERED_FIELDS,
    HISTOLOGY_KEYS,
    LESION_KEYS,
    PREGNANCY_AGE,
    RECENT_WHO_EDITION,
    REGION,
    SKULL_BASE_NAMED,
    THICK_SLICES,
    answered_subject,
    plain_subjects,
)

COUNT, OTHER_SITES = "lesion.count", "lesion.other_sites"
_GRADES = ("uncertain", "grade_1", "grade_2", "grade_3")
_GRADE_OF = {one: grade for grade, (one, _) in NAMES_BESIDE.items()}

WHO_YEARS = {1: 1972, 2: 1993, 3: 2002, 4: 2013, 5: 2020}
"""The years of the editions of the WHO classification that holds bone tumours; a later number is a later year."""

RawAnswer = str | frozenset[str]
GivenAnswers = Mapping[str, Answer]
"""The answers of a case that reach a rule, by path."""


@dataclass(frozen=True)
class CaseAnswers:
    """The raw answers of one case, and for each raw key the fields (with their values) that gave it."""

    raw: Mapping[str, RawAnswer]
    fields: Mapping[str, tuple[tuple[str, Answer], ...]]
    stated: frozenset[str]


def collect(case: Case, catalogue: Catalogue, thresholds: Thresholds, day: datetime.date) -> CaseAnswers:
    """Read from the case what the rules can see of it on the reference date."""
    given = dict(_given_in(case, ""))
    collecting = _Collecting(given)
    collecting.note_plain_answers()
    collecting.note_age(thresholds, day)
    collecting.note_site(catalogue)
    collecting.note_lesion(catalogue)
    collecting.note_count()
    collecting.note_measurements(thresholds)
    return CaseAnswers(collecting.raw, collecting.fields, frozenset(collecting.given))


def _given_in(group: Answers, prefix: str) -> Iterator[tuple[str, Answer]]:
    """Every answer in a group that reaches a rule, by path."""
    for name in group.model_fields_set:
        value = getattr(group, name)
        path = f"{prefix}{name}"
        if isinstance(value, Answers):
            yield from _given_in(value, f"{path}.")
        elif value is not None and path in _paths_that_reach_a_rule():
            yield path, value


@cache
def _paths_that_reach_a_rule() -> frozenset[str]:
    return frozenset(path for path, field in fields().items() if field.reaches_a_rule)


@cache
def _plain_paths() -> frozenset[str]:
    return frozenset(subject.name for subject in plain_subjects())


@cache
def _kinds_of_lesion_answers() -> Mapping[str, AnswerKind]:
    return {path: fields()[path].kind for path in (*LESION_KEYS, *HISTOLOGY_KEYS)}


class _Collecting:
    """The raw answers read so far from what a case holds."""

    def __init__(self, given: GivenAnswers) -> None:
        self.given = given
        self.raw: dict[str, RawAnswer] = {}
        self.fields: dict[str, tuple[tuple[str, Answer], ...]] = {}

    def _note(self, key: str, value: RawAnswer, *paths: str) -> None:
        self.raw[key] = value
        self.fields[key] = tuple((path, self.given[path]) for path in paths if path in self.given)

    def note_count(self) -> None:
        """Another site is another lesion: there are several, said or not."""
        if self.given.get(OTHER_SITES) and COUNT not in self.given:
            self.given = {**self.given, COUNT: "multiple"}
            self._note(COUNT, "multiple", COUNT)

    def note_plain_answers(self) -> None:
        """Answers that are subjects in their own right, and what a yes among them presupposes."""
        for path in _plain_paths() & self.given.keys():
            self._note(path, _word(self.given[path]), path)
        for path, presupposed in PRESUPPOSED.items():
            if self.given.get(path) is True and presupposed not in self.given:
                self._note(presupposed, "yes", path)

    def note_age(self, thresholds: Thresholds, day: datetime.date) -> None:
        """Child or adult; a birth date takes precedence over an age in years."""
        for path in ("patient.birth_date", "patient.age_years"):
            given = self.given.get(path)
            if given is not None:
                years = age_on(given, day) if isinstance(given, datetime.date) else cast(int, given)
                self._note(AGE, "child" if years < thresholds.child_below_years else "adult", path)
                if not thresholds.pregnancy_asked_from_years <= years <= thresholds.pregnancy_asked_up_to_years:
                    self._note(PREGNANCY_AGE, "no", path)
                return

    def note_site(self, catalogue: Catalogue) -> None:
        """The region: that of the bone, else the one that was given."""
        bone = self.given.get("lesion.bone")
        if bone is not None:
            self._note(REGION, catalogue.region_of_bone[str(bone)], "lesion.bone")
        elif "lesion.region" in self.given:
            self._note(REGION, str(self.given["lesion.region"]), "lesion.region")
        if self.raw.get(REGION) == "skull_base":
            self._note(SKULL_BASE_NAMED, "yes", "lesion.bone", "lesion.region")

    def note_lesion(self, catalogue: Catalogue) -> None:
        """What was said of the lesion, entities by their class."""
        for path, kind in _kinds_of_lesion_answers().items():
            value = self.given.get(path)
            if value is None:
                continue
            if isinstance(value, tuple):
                self._note(path, frozenset(catalogue.class_of_entity[str(name)] for name in value), path)
            elif kind is AnswerKind.ENTITY:
                self._note(path, catalogue.class_of_entity[str(value)], path)
                self._note_grade(path, catalogue.grade_of_entity.get(str(value)))
            else:
                self._note(path, _word(value), path)
        for grade in NAMES_BESIDE:
            field = catalogue.graded_names.leaving_low_grade(grade, self.raw, catalogue.grade_of_entity)
            if field is not None:
                self._note(grade, LOW_GRADE, field)

    def _note_grade(self, path: str, grade: str | None) -> None:
        """The grade that the name of an entity holds, where it is heavier than the one that was given."""
        given = self.given.get(_GRADE_OF[path], "uncertain")
        if grade is not None and _GRADES.index(grade) > _GRADES.index(str(given)):
            self._note(_GRADE_OF[path], grade, path)

    def note_measurements(self, thresholds: Thresholds) -> None:
        """Fields that count once they are filled in, and what follows from numbers and dates."""
        given = self.given
        for path in ANSWERED_FIELDS:
            if path in given:
                self._note(answered_subject(path), "yes", path)
        sizes = given.get("resection.size_mm")
        if isinstance(sizes, tuple) and len(sizes) == 3:
            self._note("resection_size_in_three_dimensions", "yes", "resection.size_mm")
        if is_recent_who_edition(str(given.get("pathology.who_edition", "")), thresholds.who_edition_from_year):
            self._note(RECENT_WHO_EDITION, "yes", "pathology.who_edition")
        for path, name in THICK_SLICES.items():
            thickness = given.get(path)
            if isinstance(thickness, int | float) and thickness > thresholds.ct_slice_at_most_mm:
                self._note(name, "yes", path)
        biopsy, mri = given.get("biopsy.date"), given.get("imaging.mri.date")
        if isinstance(biopsy, datetime.date) and isinstance(mri, datetime.date) and biopsy < mri:
            self._note("biopsy_dated_before_mri", "yes", "biopsy.date", "imaging.mri.date")
        pet_ct = given.get("imaging.pet_ct.date")
        if isinstance(biopsy, datetime.date) and isinstance(pet_ct, datetime.date) and biopsy < pet_ct:
            self._note("pet_ct_dated_after_biopsy", "yes", "biopsy.date", "imaging.pet_ct.date")
        response = _response(given, thresholds.good_response_below_viable_percent)
        if response is not None:
            self._note("response", response, "resection.viable_tumour_percent", "resection.response_percent")


def is_recent_who_edition(text: str, from_year: int) -> bool:
    """Whether a WHO classification, as it was typed, is one of this year or later; by its year, else by its number.

    >>> [is_recent_who_edition(text, 2020) for text in ("WHO 2013 (4e editie)", "5th edition", "WHO 2026", "WHO")]
    [False, True, True, False]
    """
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    if year is not None:
        return int(year[0]) >= from_year
    number = re.search(r"\b(\d{1,2})(?:e|de|ste|st|nd|rd|th)?\s+ed", text.lower())
    return number is not None and WHO_YEARS.get(int(number[1]), from_year) >= from_year


def _word(value: Answer) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _response(given: GivenAnswers, limit: float) -> str | None:
    """Good below the limit of viable tumour, poor above it, `at_threshold` exactly on it (AMB-53)."""
    viable, response = given.get("resection.viable_tumour_percent"), given.get("resection.response_percent")
    if viable is None and isinstance(response, int | float):
        viable = 100 - response
    if not isinstance(viable, int | float):
        return None
    if viable == limit:
        return "at_threshold"
    return "good" if viable < limit else "poor"
