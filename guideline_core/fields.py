"""What can be said about a field of a case: the marks in the model, and which answers imply others.

Separate from the model, because the window needs this before it loads the model; `contract` reads the marks.
"""

from enum import Enum

DECIMALS = 6
"""As many decimals of a number count as are shown: what is printed as 10 counts as 10."""


class FieldClass(Enum):
    """What an unanswered field means to the rules."""

    FACT = "fact"  # it can still be anything
    EVENT = "event"  # it has not happened yet
    EXCEPTION = "exception"  # it was not stated
    DEFAULT = "default"  # a stated default holds
    LETTER = "letter"  # no rule reads it


class AnswerKind(Enum):
    """What kind of answer a field takes, so that each gets an input that fits."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    NUMBERS = "numbers"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    BSN = "bsn"
    ENTITY = "entity"
    ENTITIES = "entities"
    BONE = "bone"
    EXAMINATIONS = "examinations"
    SITES = "sites"
    LEFT_OUT = "left_out"


class Identity(Enum):
    """What a field says about who the patient is; most fields say nothing and carry no such mark."""

    TELLS_APART = "tells_apart"  # two patients who differ in it are two persons
    IDENTIFIES = "identifies"  # it leads to the patient, but can change or be written in two ways


FREE_TEXT = (
    AnswerKind.SHORT_TEXT,
    AnswerKind.LONG_TEXT,
    AnswerKind.BSN,
    AnswerKind.EXAMINATIONS,
    AnswerKind.SITES,
    AnswerKind.LEFT_OUT,
)
"""Kinds that are typed freely, so that they can hold anything, including a name."""

NAMING = (AnswerKind.ENTITY, AnswerKind.ENTITIES, AnswerKind.BONE)
"""Kinds that name entries of the catalogue."""

LISTS = (AnswerKind.EXAMINATIONS, AnswerKind.SITES)
"""Kinds that are lists of groups of answers."""

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
