"""The answers about imaging: what was made and how, and what is planned."""

from typing import Annotated

from pydantic import Field

from guideline_core.answer_types import (
    EVENT,
    EXCEPTION,
    FACT,
    LETTER,
    MOST_LISTED,
    Answers,
    Date,
    LongText,
    ShortText,
    SliceMillimetres,
    YesNo,
)
from guideline_core.fields import AnswerKind


class XRay(Answers):
    """The radiographs."""

    done: Annotated[YesNo | None, EVENT] = None
    two_views: Annotated[YesNo | None, EVENT] = None
    normal: Annotated[YesNo | None, EVENT] = None
    date: Annotated[Date | None, LETTER] = None
    place: Annotated[ShortText | None, LETTER] = None


class Mri(Answers):
    """The MRI of the lesion."""

    done: Annotated[YesNo | None, EVENT] = None
    contrast: Annotated[YesNo | None, EVENT] = None
    dwi: Annotated[YesNo | None, EVENT] = None
    t1_long_axis_whole_bone: Annotated[YesNo | None, EVENT] = None
    not_possible: Annotated[YesNo | None, EXCEPTION] = None
    contrast_not_possible: Annotated[YesNo | None, EXCEPTION] = None
    date: Annotated[Date | None, EVENT] = None
    place: Annotated[ShortText | None, LETTER] = None


class Examination(Answers):
    """An examination that only counts as done or not done."""

    done: Annotated[YesNo | None, EVENT] = None
    date: Annotated[Date | None, LETTER] = None
    place: Annotated[ShortText | None, LETTER] = None


class PetCt(Answers):
    """The PET/CT; a biopsy before it changes what it shows."""

    done: Annotated[YesNo | None, EVENT] = None
    date: Annotated[Date | None, EVENT] = None
    place: Annotated[ShortText | None, LETTER] = None


class ComputedTomography(Examination):
    """A CT; made with contrast it counts as done, and the plan says that none is asked for."""

    contrast: Annotated[YesNo | None, EVENT] = None
    slice_mm: Annotated[SliceMillimetres | None, EVENT] = None


class OtherExamination(Answers):
    """Imaging on which no rule turns, such as a bone scan."""

    what: Annotated[ShortText | None, LETTER] = None
    date: Annotated[Date | None, LETTER] = None
    place: Annotated[ShortText | None, LETTER] = None
    result: Annotated[LongText | None, LETTER] = None


Examinations = Annotated[tuple[OtherExamination, ...], Field(max_length=MOST_LISTED), AnswerKind.EXAMINATIONS]


class Imaging(Answers):
    """All imaging, made and planned."""

    xray: XRay = XRay()
    mri: Mri = Mri()
    ct_local: ComputedTomography = ComputedTomography()
    ct_thorax: ComputedTomography = ComputedTomography()
    pet_ct: PetCt = PetCt()
    whole_body_mri: Examination = Examination()
    after_reassessment: Examination = Examination()
    other: Annotated[Examinations | None, LETTER] = None
    whole_body_mri_indicated_individually: Annotated[YesNo | None, FACT] = None
    gadolinium_planned: Annotated[YesNo | None, EVENT] = None
    iv_contrast_ct_planned: Annotated[YesNo | None, EVENT] = None
    declared_complete: Annotated[YesNo | None, EXCEPTION] = None
