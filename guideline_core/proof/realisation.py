"""From a complete case, as a solver finds it, to a case that a person could have entered.

Facts have no value "not answered", so every one of them is stated; events, exceptions and defaults are stated unless
the complete case has them as not answered. A few natures arise only while an answer is open (a lesion whose category
cannot be told and that is malignant after all): then the answers are stated that leave the least open, and the plan
says "depends".
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from guideline_core.case import Case
from guideline_core.compiled import Thresholds
from guideline_core.contract import nested
from guideline_core.evaluation import CompleteCase
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING
from guideline_core.lesion import NOT_SUSPECTED
from guideline_core.proof.lesion_realisation import LESION_GROUP, LESION_SUBJECTS, Answers, LesionRealiser
from guideline_core.space import Space
from guideline_core.subjects import (
    AFTER_TISSUE,
    AGE,
    ANSWERED_FIELDS,
    DEFAULTS,
    ORIGIN,
    PREGNANCY_AGE,
    RECENT_WHO_EDITION,
    REGION,
    SKULL_BASE_NAMED,
    THICK_SLICES,
    answered_subject,
    plain_subjects,
)
from guideline_core.weighing import GRADE_FIELDS

_FILLED_IN: Mapping[str, object] = {
    "resection.size_mm": [40],
    "resection.resection_plane_mm": 12,
    "resection.osteotomy_plane_mm": 30,
}
_TAKEN_APART = (ORIGIN, "lesion.category_by", "lesion.basis", "resection.margin", "pathology.specimen")


def evaluable(found: Mapping[str, str]) -> dict[str, str]:
    """A complete case with the words that conditions use for its nature: category, entity, suspected."""
    nature = found["nature"]
    if nature == NOT_SUSPECTED:
        return {**found, "suspected": "no", "category": "none", "entity": "none"}
    category, entity = nature.split("/")
    return {**found, "suspected": "yes", "category": category, "entity": entity}


def _facts_before_their_event(complete: CompleteCase) -> Iterator[str]:
    """Facts that can still turn out to be so, but whose answer yes would bring along an event that has not happened."""
    for path, event in IMPLIED.items():
        if complete[path] == "yes" != complete[event]:
            yield path
    for path, event in JUDGED_IN_MEETING.items():
        if complete[path] == "yes" and complete[event] == "unanswered":
            yield path


@dataclass
class Realiser:
    """Turns complete cases of one space into cases."""

    space: Space
    thresholds: Thresholds
    lesions: LesionRealiser

    def case(self, complete: CompleteCase, wanted: Collection[str] | None = None) -> Case:
        """The case that states a complete case; with `wanted` only what these subjects need."""
        return Case.model_validate(nested(self.answers(complete, wanted)))

    def answers(self, complete: CompleteCase, wanted: Collection[str] | None = None) -> Answers:
        """The answers that state a complete case, by path, in the order of the contract."""
        subjects = set(self.space.subjects) if wanted is None else set(wanted)
        if subjects & {*LESION_SUBJECTS, "lesion.category_by", *AFTER_TISSUE, *GRADE_FIELDS}:
            subjects |= set(LESION_GROUP)
        found = {
            **self._plain_answers(complete, subjects),
            **self._age_and_region(complete, subjects),
            **self._measured(complete, subjects),
        }
        if "nature" in subjects:
            found |= self.lesions.answers(complete)
            found = {path: answer for path, answer in found.items() if answer is not None}
        for path in _facts_before_their_event(complete):
            found.pop(path, None)
        return found

    @staticmethod
    def _plain_answers(complete: CompleteCase, subjects: Collection[str]) -> Answers:
        found: Answers = {}
        for subject in plain_subjects():
            name, value = subject.name, complete[subject.name]
            unanswered = value == "unanswered" or (name in AFTER_TISSUE and value == "none")
            if name in subjects and not unanswered and name not in _TAKEN_APART and DEFAULTS.get(name) != value:
                found[name] = {"yes": True, "no": False}.get(value, value)
        return found

    def _age_and_region(self, complete: CompleteCase, subjects: set[str]) -> Answers:
        found: Answers = {}
        if AGE in subjects:
            found["patient.age_years"] = self._age(complete)
        left_open = complete[REGION] == "skull_base" and complete[SKULL_BASE_NAMED] == "no"
        if subjects & {REGION, SKULL_BASE_NAMED} and not left_open:
            found["lesion.region"] = complete[REGION]
        return found

    def _age(self, complete: CompleteCase) -> int:
        """An age in its group at which pregnancy is asked, or is not."""
        limits = self.thresholds
        if complete[AGE] == "child":
            return (
                limits.child_below_years - 4
                if complete[PREGNANCY_AGE] == "yes"
                else limits.pregnancy_asked_from_years - 4
            )
        return (
            limits.child_below_years + 22
            if complete[PREGNANCY_AGE] == "yes"
            else limits.pregnancy_asked_up_to_years + 4
        )

    def _measured(self, complete: CompleteCase, subjects: Collection[str]) -> Answers:
        """Dates, sizes and percentages of which only one thing counts."""
        given = {name for name in subjects if complete.get(name) == "yes"}
        found = {name: value for name, value in _FILLED_IN.items() if answered_subject(name) in given}
        if "resection_size_in_three_dimensions" in given:
            found["resection.size_mm"] = [40, 30, 20]
        for name in set(ANSWERED_FIELDS) - set(_FILLED_IN):
            if answered_subject(name) in given:
                found[name] = complete[name]
        if RECENT_WHO_EDITION in given:
            found["pathology.who_edition"] = str(self.thresholds.who_edition_from_year)
        for path, name in THICK_SLICES.items():
            if name in given:
                found[path] = self.thresholds.ct_slice_at_most_mm * 3
        if "biopsy_dated_before_mri" in given:
            found |= {"biopsy.date": "2026-10-01", "imaging.mri.date": "2026-10-08"}
        if "pet_ct_dated_after_biopsy" in given:
            found |= {"biopsy.date": "2026-10-01", "imaging.pet_ct.date": "2026-10-08"}
        limit = self.thresholds.good_response_below_viable_percent
        viable = {"good": limit / 2, "at_threshold": limit, "poor": limit * 5}
        if "response" in subjects and complete["response"] in viable:
            found["resection.viable_tumour_percent"] = viable[complete["response"]]
        return found
