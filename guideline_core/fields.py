"""What can be said of the fields of a case without its model: how an unanswered one is read, and what answers imply.

Apart from the model, because the window needs this before it needs a case.
"""

from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from guideline_core.case import Case


class FieldClass(Enum):
    """What an unanswered field means to the rules."""

    FACT = "fact"  # it can still be anything
    EVENT = "event"  # it has not happened yet
    EXCEPTION = "exception"  # it was not stated
    DEFAULT = "default"  # a stated default holds
    LETTER = "letter"  # no rule reads it


IMPLIED = {
    "imaging.xray.two_views": "imaging.xray.done",
    "imaging.xray.normal": "imaging.xray.done",
    "imaging.mri.contrast": "imaging.mri.done",
    "imaging.mri.dwi": "imaging.mri.done",
    "imaging.mri.t1_long_axis_whole_bone": "imaging.mri.done",
    "imaging.ct_local.contrast": "imaging.ct_local.done",
    "imaging.ct_thorax.contrast": "imaging.ct_thorax.done",
    "lesion.uncertain_after_reassessment": "lesion.reassessed_by_expertise_centre",
}
"""Yes to the first presupposes yes to the second: two views a radiograph, contrast an MRI, and so on."""

JUDGED_IN_MEETING = {"lesion.radiologically_unequivocal": "mdo.with_expertise_centre"}
"""Yes to the first is a judgement of the second; where the second was denied, the judgement does not count (AMB-18)."""

PRESUPPOSED = IMPLIED | JUDGED_IN_MEETING


def answer_at(case: "Case", path: str) -> Any:
    """Return the answer of a case at a path such as `imaging.mri.contrast`; None when it was not given."""
    value: Any = case
    for name in path.split("."):
        value = getattr(value, name)
    return value


def without_age_beside_birth_date(case: "Case") -> "Case":
    """The same case with the birth date alone where it has both: a birth date stays true, an age does not."""
    patient = case.patient
    if patient.birth_date is None or patient.age_years is None:
        return case
    left = {name: getattr(patient, name) for name in patient.model_fields_set - {"age_years"}}
    return case.model_copy(update={"patient": type(patient)(**left)})
