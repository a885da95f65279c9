"""The order of the questions: which step each stands on, what is open, what can change nothing, where to go next.

Pure functions of case and plan, without Qt. The pages show what is decided here; step list, Back and Next ask it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from guideline_core.fields import IMPLIED

if TYPE_CHECKING:  # the order of the questions is known before the model of a case is loaded
    from guideline_core.case import Case
    from guideline_core.compiled import Catalogue
    from guideline_core.edition_facts import AlertFacts
    from guideline_core.plan import Plan
    from guideline_core.question_places import QuestionPlaces

STEPS = ("patient", "complaints", "lesion", "imaging", "consultation", "pathology", "resection", "letter")


class StepState(Enum):
    """How far a step is."""

    OPEN = "open"  # an answer on it can still change the plan, or the letter needs one
    COMPLETE = "complete"  # it has answers, and none that matters is missing
    NOT_NEEDED = "not_needed"  # it has no answers, and none can change anything now


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions under one short heading; `details` can stay folded away until they are wanted."""

    name: str
    fields: tuple[str, ...]
    details: tuple[str, ...] = ()

    @property
    def all_fields(self) -> tuple[str, ...]:
        """Questions and details, in reading order."""
        return self.fields + self.details


def _under(group: str, names: str) -> tuple[str, ...]:
    return tuple(f"{group}.{name}" for name in names.split())


SECTIONS: Mapping[str, tuple[Section, ...]] = {
    "patient": (
        Section("identity", _under("patient", "family_name given_name birth_date age_years sex bsn patient_number")),
        Section("contact", _under("patient", "address phone email general_practitioner")),
        Section("situation", ("phase", "setting", "reference_date")),
    ),
    "complaints": (
        Section("complaints", _under("complaints", "persistent_pain night_pain swelling")),
        Section("history", _under("history", "cancer radiotherapy hereditary_syndrome")),
    ),
    "lesion": (
        Section("suspicion", _under("lesion", "suspected origin")),
        Section("category", _under("lesion", "category category_by basis")),
        Section("diagnosis", _under("lesion", "entity differential chondrosarcoma_grade")),
        Section(
            "site",
            (
                *_under(
                    "lesion", "bone region side bone_part count other_sites soft_tissue_extension pathological_fracture"
                ),
                "patient_factors.spinal_cord_compression",
            ),
        ),
        Section(
            "certainty",
            _under(
                "lesion",
                "diagnosis_in_doubt reassessed_by_expertise_centre uncertain_after_reassessment"
                " radiologically_unequivocal",
            ),
        ),
        Section("description", _under("lesion", "incidental size_mm description")),
    ),
    "imaging": (
        Section("xray", _under("imaging.xray", "done two_views normal"), details=_under("imaging.xray", "date place")),
        Section(
            "mri",
            (
                *_under("imaging.mri", "done contrast dwi t1_long_axis_whole_bone not_possible contrast_not_possible"),
                "lesion.mri_supports_chondrosarcoma",
            ),
            details=_under("imaging.mri", "date place"),
        ),
        Section(
            "ct_local",
            _under("imaging.ct_local", "done contrast"),
            details=_under("imaging.ct_local", "date place slice_mm"),
        ),
        Section(
            "ct_thorax",
            _under("imaging.ct_thorax", "done contrast"),
            details=_under("imaging.ct_thorax", "date place slice_mm"),
        ),
        Section("pet_ct", _under("imaging.pet_ct", "done"), details=_under("imaging.pet_ct", "date place")),
        Section(
            "after_reassessment",
            _under("imaging.after_reassessment", "done"),
            details=_under("imaging.after_reassessment", "date place"),
        ),
        Section(
            "whole_body_mri",
            ("imaging.whole_body_mri_indicated_individually", "context.research", "imaging.whole_body_mri.done"),
            details=_under("imaging.whole_body_mri", "date place"),
        ),
        Section(
            "precautions",
            (
                *_under(
                    "patient_factors",
                    "severe_renal_insufficiency contrast_allergy non_removable_metal_implant pregnancy",
                ),
                *_under("imaging", "gadolinium_planned iv_contrast_ct_planned"),
            ),
        ),
        Section("imaging_other", _under("imaging", "declared_complete other")),
    ),
    "consultation": (
        Section(
            "expertise_centre",
            _under(
                "consultation",
                "expertise_centre_consulted expertise_centre_supports_princess_maxima expertise_centre_asks_pet_ct"
                " committee_consulted",
            ),
            details=_under("consultation", "centre contact date"),
        ),
        Section(
            "referral",
            _under(
                "consultation",
                "referred referred_to arranged_by_phone imaging_place_agreed information_sent patient_informed",
            ),
        ),
        Section("mdo", _under("mdo", "discussed with_expertise_centre")),
        Section(
            "biopsy",
            (
                *_under("biopsy", "status in_or_with_expertise_centre route_agreed repeat_considered repeat_agreed"),
                "consultation.accepts_without_contrast_mri",
                "biopsy.date",
            ),
        ),
        Section(
            "treatment",
            (
                *_under("treatment", "planned outside_expertise_centre low_complexity_surgery"),
                "consultation.agrees_to_local_treatment",
                *_under("patient_factors", "limited_frail_elderly terminal_phase"),
                "treatment.earlier_unplanned_surgery",
            ),
        ),
    ),
    "pathology": (
        Section("diagnosis_made", _under("pathology", "diagnosis histology histology_differential histological_grade")),
        Section(
            "tissue",
            (*_under("pathology", "specimen who_edition"), *_under("biopsy", "frozen_tissue decalcification")),
        ),
        Section("stains", _under("pathology", "h3_g34w h3_k36m")),
        Section(
            "molecular",
            (
                *_under(
                    "pathology",
                    "molecular_purpose molecular_method molecular_result_known laboratory_iso_accredited"
                    " laboratory_in_expertise_centre unexplained_case predictive_test_discussed ngs_in_study",
                ),
                "disease.extent",
            ),
        ),
    ),
    "resection": (
        Section("resection", _under("resection", "performed neoadjuvant_chemotherapy tract_removed")),
        Section(
            "specimen", _under("resection", "margin resection_plane_mm osteotomy_plane_mm size_mm extension_described")
        ),
        Section("response", _under("resection", "viable_tumour_percent response_percent slab_embedded")),
    ),
    "letter": (
        Section("question", _under("letter", "question")),
        Section(
            "clinical",
            _under("letter", "history examination medication allergies told_to_patient appointments remarks"),
        ),
        Section("images", _under("images", "sent_by sent_on received_confirmed")),
    ),
}
"""Every field of the contract once, in reading order, but for field_kinds.EDITED_IN_THE_LETTER; section names are keys
of the phrases (wizard.yaml)."""

NEEDED_FOR_LETTER = {
    "patient": ("patient.family_name", "patient.birth_date"),
    "letter": ("letter.question",),
}
"""What no rule needs and a referral letter does: without it its step stays open."""

MAY_BE_SKIPPED = ("imaging", "consultation", "pathology", "resection")
"""Next passes these by when they are not needed; the others always hold something that a letter wants."""


# --- where things stand -----------------------------------------------------------------------------------------------


def fields_of(step: str) -> tuple[str, ...]:
    """The fields of a step, in reading order."""
    return tuple(path for section in SECTIONS[step] for path in section.all_fields)


@cache
def _steps_by_field() -> Mapping[str, str]:
    return {path: step for step in STEPS for path in fields_of(step)}


def plain_path(path: str) -> str:
    """The field of a path: `imaging.other[1].date` stands in `imaging.other`."""
    return path.partition("[")[0]


def step_of(path: str) -> str:
    """The step on which a field stands; raises KeyError for what is no field."""
    return _steps_by_field()[plain_path(path)]


def is_answered(path: str, case: "Case") -> bool:
    """Whether a field has an answer."""
    return case.answer_at(path) is not None


# --- what an answer can still do --------------------------------------------------------------------------------------


def _reaches_a_rule(path: str) -> bool:
    # The contract reads the model of a case; the order of the steps is known before that is loaded.
    from guideline_core.contract import fields

    return fields()[path].reaches_a_rule


def why_not(
    path: str, case: "Case", plan: "Plan", places: "QuestionPlaces", alerts: Mapping[str, "AlertFacts"]
) -> str | None:
    """Why a question is dimmed (a key of wizard.yaml, why_not); None when it is not. What is answered never is."""
    if is_answered(path, case):
        return None
    reason = places.denied(path, case.answer_at)
    if reason is not None or not _reaches_a_rule(path):
        return reason
    asked = {question.field for question in plan.open_questions}
    if asked & {path, places.asked_as(path)} or places.is_told_in_letter(path, case.answer_at):
        return None
    if plan.scope == "other_guideline":
        return "other_guideline"
    if any(alerts[alert.id].keeps_open == path for alert in plan.alerts):
        return None
    reason = places.settled(path, case.answer_at)
    if reason is not None or places.of(path).always_in_place:
        return reason
    return places.comes_after(path, case.answer_at, plan.lesion.tissue_taken) or "not_needed"


def details_wanted(section: Section, case: "Case") -> bool:
    """Whether the details of a section (date, place) stand open: there is something to say, or something was said."""
    if not section.details:
        return False
    if any(is_answered(path, case) for path in section.details):
        return True
    first = section.fields[-1] if section.name == "whole_body_mri" else section.fields[0]
    if case.answer_at(first) is True:
        return True
    return any(case.answer_at(path) is True and path in IMPLIED for path in section.fields)


def cleared_by(path: str, value: object, case: "Case", catalogue: "Catalogue") -> tuple[str, ...]:
    """The answers that an answer makes void, to be cleared with it: what was said of an MRI that was not made."""
    if value is False:
        return tuple(
            other for other, presupposed in IMPLIED.items() if presupposed == path and case.answer_at(other) is True
        )
    region = case.lesion.region
    if path == "lesion.bone" and isinstance(value, str) and region not in (None, catalogue.region_of_bone.get(value)):
        return ("lesion.region",)
    return ()


# --- how far, and where next ------------------------------------------------------------------------------------------


def next_question(plan: "Plan") -> str | None:
    """The question that the plan asks first; None when no answer can change the plan, or it was not worked out yet."""
    return plan.open_questions[0].field if plan.open_questions else None


def states(case: "Case", plan: "Plan") -> dict[str, StepState]:
    """How far each step is; `plan` is a full plan of this case."""
    asked = {step_of(question.field) for question in plan.open_questions}
    return {step: _state(step, case, plan, asked) for step in STEPS}


def _state(step: str, case: "Case", plan: "Plan", asked: Iterable[str]) -> StepState:
    if step in asked:
        return StepState.OPEN
    has_answers = any(is_answered(path, case) for path in fields_of(step) if path != "setting")
    if _letter_wanted(plan) and not all(is_answered(path, case) for path in NEEDED_FOR_LETTER.get(step, ())):
        return StepState.OPEN
    return StepState.COMPLETE if has_answers else StepState.NOT_NEEDED


def _letter_wanted(plan: "Plan") -> bool:
    return plan.referral.decision != "none"


def next_step(current: str, found: Mapping[str, StepState]) -> str | None:
    """The step that Next goes to, with the states of all steps; None from the last."""
    later = STEPS[STEPS.index(current) + 1 :]
    return next((step for step in later if not _passed_by(step, found)), None)


def previous_step(current: str, found: Mapping[str, StepState], visited: Iterable[str] = ()) -> str | None:
    """The step that Back goes to: the one visited before, else the one before in order; None from the first."""
    for step in reversed(tuple(visited)):
        if step != current:
            return step
    earlier = reversed(STEPS[: STEPS.index(current)])
    return next((step for step in earlier if not _passed_by(step, found)), None)


def _passed_by(step: str, found: Mapping[str, StepState]) -> bool:
    return step in MAY_BE_SKIPPED and found.get(step) is StepState.NOT_NEEDED


def harm_at(path: str, case: "Case", plan: "Plan", alerts: Mapping[str, "AlertFacts"]) -> tuple[str, ...]:
    """The alerts to tell at this question: harm that its answer does, or did."""
    if not is_answered(path, case):
        return ()
    told = (alert for alert in plan.alerts if alerts[alert.id].interrupts_at == path and alert.certainty == "definite")
    return tuple(alert.id for alert in told if alert.severity in ("stop", "caution"))
