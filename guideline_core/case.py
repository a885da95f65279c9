"""The case: every answer that a clinician can give, each of them optional.

Absent or null means *not known yet*; that differs from `uncertain`, which is an answer. Each field says in its
annotation what an unanswered field means (`FieldClass`); engine, proofs and wizard read it there.
"""

import datetime
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from guideline_core.fields import FieldClass

FACT, EVENT, EXCEPTION = FieldClass.FACT, FieldClass.EVENT, FieldClass.EXCEPTION
DEFAULT, LETTER = FieldClass.DEFAULT, FieldClass.LETTER

MAXIMUM_AGE_YEARS = 130


def _iso_date(value: object) -> object:
    """Accept a date, or text in the form 2026-11-23; a number or another notation is refused, not guessed."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date_form", "a date in the form 2026-11-23 is expected")


def _passes_eleven_test(value: str) -> str:
    """Refuse a citizen service number (BSN) that fails the 11-test; the message never repeats the number."""
    from stdnum.nl import bsn  # imported when a number is given: most cases have none

    if not bsn.is_valid(value):
        raise PydanticCustomError("bsn", "the number does not pass the 11-test")
    return str(bsn.compact(value))


Date = Annotated[datetime.date, BeforeValidator(_iso_date)]
ShortText = Annotated[str, StringConstraints(max_length=400)]
LongText = Annotated[str, StringConstraints(max_length=100_000)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Number = StrictFloat | StrictInt
Percentage = Annotated[Number, Field(ge=0, le=100)]
Millimetres = Annotated[Number, Field(ge=0, le=2000)]
Bsn = Annotated[str, StringConstraints(max_length=20), AfterValidator(_passes_eleven_test)]

Grade = Literal["grade_1", "grade_2", "grade_3"]
Category = Literal[
    "do_not_touch",
    "benign_indolent",
    "benign_active",
    "benign_unspecified",
    "intermediate",
    "malignant",
    "uncertain",
]
Region = Literal["long_bone", "skull_base", "thoracic_wall", "pelvis", "spine", "other"]


class Answers(BaseModel):
    """A group of answers: immutable, no unknown keys, null counts as not given."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, given: Any) -> Any:
        if isinstance(given, dict):
            return {key: value for key, value in given.items() if value is not None}
        return given


class Patient(Answers):
    """Who it is about. Of all this only age reaches a rule."""

    birth_date: Annotated[Date | None, FACT] = None
    age_years: Annotated[Annotated[StrictInt, Field(ge=0, le=MAXIMUM_AGE_YEARS)] | None, FACT] = None
    sex: Annotated[Literal["male", "female", "other", "unknown"] | None, LETTER] = None
    given_name: Annotated[ShortText | None, LETTER] = None
    family_name: Annotated[ShortText | None, LETTER] = None
    bsn: Annotated[Bsn | None, LETTER] = None
    patient_number: Annotated[ShortText | None, LETTER] = None
    address: Annotated[ShortText | None, LETTER] = None
    phone: Annotated[ShortText | None, LETTER] = None
    email: Annotated[ShortText | None, LETTER] = None
    general_practitioner: Annotated[ShortText | None, LETTER] = None


class Complaints(Answers):
    """What the patient notices around a bone or joint."""

    persistent_pain: Annotated[StrictBool | None, FACT] = None
    night_pain: Annotated[StrictBool | None, FACT] = None
    swelling: Annotated[StrictBool | None, FACT] = None


class Lesion(Answers):
    """What is known or suspected of the lesion itself."""

    suspected: Annotated[StrictBool | None, FACT] = None
    basis: Annotated[Literal["clinical", "radiological", "histological"] | None, DEFAULT] = None
    origin: Annotated[Literal["primary", "metastasis", "uncertain"] | None, DEFAULT] = None
    category_by: Annotated[Literal["radiologist", "expertise_centre", "other"] | None, DEFAULT] = None
    count: Annotated[Literal["solitary", "multiple"] | None, LETTER] = None
    category: Annotated[Category | None, FACT] = None
    entity: Annotated[Identifier | None, FACT] = None
    differential: Annotated[Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=30)] | None, FACT] = None
    chondrosarcoma_grade: Annotated[Literal["grade_1", "grade_2", "grade_3", "uncertain"] | None, FACT] = None
    bone: Annotated[Identifier | None, FACT] = None
    region: Annotated[Region | None, FACT] = None
    side: Annotated[Literal["left", "right", "midline"] | None, LETTER] = None
    bone_part: Annotated[
        Literal["proximal", "shaft", "distal", "epiphysis", "metaphysis", "diaphysis", "apophysis", "whole"] | None,
        LETTER,
    ] = None
    size_mm: Annotated[Annotated[tuple[Millimetres, ...], Field(min_length=1, max_length=3)] | None, LETTER] = None
    soft_tissue_extension: Annotated[StrictBool | None, LETTER] = None
    description: Annotated[LongText | None, LETTER] = None
    diagnosis_in_doubt: Annotated[StrictBool | None, FACT] = None
    reassessed_by_expertise_centre: Annotated[StrictBool | None, EVENT] = None
    uncertain_after_reassessment: Annotated[StrictBool | None, FACT] = None
    mri_supports_chondrosarcoma: Annotated[StrictBool | None, FACT] = None
    radiologically_unequivocal: Annotated[StrictBool | None, FACT] = None
    incidental: Annotated[StrictBool | None, LETTER] = None
    pathological_fracture: Annotated[StrictBool | None, LETTER] = None


class XRay(Answers):
    """The radiographs."""

    done: Annotated[StrictBool | None, EVENT] = None
    two_views: Annotated[StrictBool | None, EVENT] = None
    normal: Annotated[StrictBool | None, EVENT] = None
    date: Annotated[Date | None, LETTER] = None
    place: Annotated[ShortText | None, LETTER] = None


class Mri(Answers):
    """The MRI of the lesion."""

    done: Annotated[StrictBool | None, EVENT] = None
    contrast: Annotated[StrictBool | None, EVENT] = None
    dwi: Annotated[StrictBool | None, EVENT] = None
    t1_long_axis_whole_bone: Annotated[StrictBool | None, EVENT] = None
    not_possible: Annotated[StrictBool | None, EXCEPTION] = None
    date: Annotated[Date | None, EVENT] = None
    place: Annotated[ShortText | None, LETTER] = None


class Examination(Answers):
    """An examination of which only that it was done counts."""

    done: Annotated[StrictBool | None, EVENT] = None
    date: Annotated[Date | None, LETTER] = None
    place: Annotated[ShortText | None, LETTER] = None


class ComputedTomography(Examination):
    """A CT; made with contrast it counts as done, and the plan says that none is asked for."""

    contrast: Annotated[StrictBool | None, EVENT] = None
    slice_mm: Annotated[Annotated[Number, Field(gt=0, le=20)] | None, LETTER] = None


class OtherExamination(Answers):
    """Imaging on which no rule turns, such as a bone scan."""

    what: Annotated[ShortText | None, LETTER] = None
    date: Annotated[Date | None, LETTER] = None
    place: Annotated[ShortText | None, LETTER] = None
    result: Annotated[LongText | None, LETTER] = None


class Imaging(Answers):
    """All imaging, made and planned."""

    xray: XRay = XRay()
    mri: Mri = Mri()
    ct_local: ComputedTomography = ComputedTomography()
    ct_thorax: ComputedTomography = ComputedTomography()
    pet_ct: Examination = Examination()
    whole_body_mri: Examination = Examination()
    other: Annotated[tuple[OtherExamination, ...] | None, LETTER] = None
    whole_body_mri_indicated_individually: Annotated[StrictBool | None, FACT] = None
    gadolinium_planned: Annotated[StrictBool | None, EVENT] = None
    iv_contrast_ct_planned: Annotated[StrictBool | None, EVENT] = None
    declared_complete: Annotated[StrictBool | None, EXCEPTION] = None


class PatientFactors(Answers):
    """What in this patient bears on examinations and on the place of treatment."""

    severe_renal_insufficiency: Annotated[StrictBool | None, FACT] = None
    contrast_allergy: Annotated[StrictBool | None, FACT] = None
    non_removable_metal_implant: Annotated[StrictBool | None, FACT] = None
    limited_frail_elderly: Annotated[StrictBool | None, FACT] = None
    terminal_phase: Annotated[StrictBool | None, FACT] = None
    spinal_cord_compression: Annotated[StrictBool | None, FACT] = None
    pregnancy: Annotated[StrictBool | None, FACT] = None


class Consultation(Answers):
    """Contact with an expertise centre; consulted means that advice was received."""

    expertise_centre_consulted: Annotated[StrictBool | None, EVENT] = None
    expertise_centre_supports_princess_maxima: Annotated[StrictBool | None, EXCEPTION] = None
    expertise_centre_asks_pet_ct: Annotated[StrictBool | None, EXCEPTION] = None
    accepts_without_contrast_mri: Annotated[StrictBool | None, EXCEPTION] = None
    committee_consulted: Annotated[StrictBool | None, EVENT] = None
    referred: Annotated[StrictBool | None, EVENT] = None
    centre: Annotated[ShortText | None, LETTER] = None
    contact: Annotated[ShortText | None, LETTER] = None
    date: Annotated[Date | None, LETTER] = None


class Mdo(Answers):
    """The multidisciplinary meeting."""

    discussed: Annotated[StrictBool | None, EVENT] = None
    with_expertise_centre: Annotated[StrictBool | None, EVENT] = None


class Biopsy(Answers):
    """The biopsy: considered or performed, and how."""

    status: Annotated[Literal["not_considered", "considered", "performed"] | None, EVENT] = None
    date: Annotated[Date | None, EVENT] = None
    in_or_with_expertise_centre: Annotated[StrictBool | None, EVENT] = None
    route_agreed: Annotated[StrictBool | None, EVENT] = None
    frozen_tissue: Annotated[StrictBool | None, EVENT] = None
    decalcification: Annotated[Literal["edta", "acid", "none"] | None, EVENT] = None


class Pathology(Answers):
    """What the pathologist knows and is asked."""

    diagnosis: Annotated[Literal["none", "outside_expertise_centre", "confirmed_by_expertise_centre"] | None, EVENT] = (
        None
    )
    histology: Annotated[Identifier | None, FACT] = None
    histology_differential: Annotated[
        Annotated[tuple[Identifier, ...], Field(min_length=1, max_length=30)] | None, FACT
    ] = None
    histological_grade: Annotated[Grade | None, FACT] = None
    specimen: Annotated[Literal["needle_biopsy", "curettage", "excision", "resection"] | None, EVENT] = None
    who_edition: Annotated[ShortText | None, EVENT] = None
    h3_g34w: Annotated[Literal["positive", "negative"] | None, FACT] = None
    h3_k36m: Annotated[Literal["positive", "negative"] | None, FACT] = None
    molecular_purpose: Annotated[Literal["none", "diagnostic", "predictive"] | None, EVENT] = None
    molecular_method: Annotated[Literal["targeted", "rna_fusion_panel", "broad_ngs", "uncertain"] | None, EVENT] = None
    laboratory_iso_accredited: Annotated[StrictBool | None, EVENT] = None
    laboratory_in_expertise_centre: Annotated[StrictBool | None, EVENT] = None
    unexplained_case: Annotated[StrictBool | None, EXCEPTION] = None


class Context(Answers):
    """Circumstances outside the patient."""

    research: Annotated[StrictBool | None, EXCEPTION] = None


class Disease(Answers):
    """How far the disease has spread."""

    extent: Annotated[Literal["localised", "advanced", "metastatic"] | None, FACT] = None


class Treatment(Answers):
    """Treatment that is planned or was done before the tumour was known."""

    planned: Annotated[StrictBool | None, EVENT] = None
    outside_expertise_centre: Annotated[StrictBool | None, FACT] = None
    low_complexity_surgery: Annotated[StrictBool | None, FACT] = None
    earlier_unplanned_surgery: Annotated[StrictBool | None, EXCEPTION] = None


class History(Answers):
    """History that no rule of the guideline reads; the letter shows it."""

    cancer: Annotated[StrictBool | None, LETTER] = None
    radiotherapy: Annotated[StrictBool | None, LETTER] = None
    hereditary_syndrome: Annotated[StrictBool | None, LETTER] = None


class Resection(Answers):
    """The resection and what the pathologist measured on the specimen."""

    performed: Annotated[StrictBool | None, EVENT] = None
    neoadjuvant_chemotherapy: Annotated[StrictBool | None, FACT] = None
    viable_tumour_percent: Annotated[Percentage | None, EVENT] = None
    response_percent: Annotated[Percentage | None, EVENT] = None
    size_mm: Annotated[Annotated[tuple[Millimetres, ...], Field(min_length=1, max_length=3)] | None, EVENT] = None
    margin: Annotated[Literal["R0", "R1", "R2"] | None, FACT] = None
    resection_plane_mm: Annotated[Millimetres | None, EVENT] = None
    osteotomy_plane_mm: Annotated[Millimetres | None, EVENT] = None
    extension_described: Annotated[StrictBool | None, EVENT] = None
    slab_embedded: Annotated[StrictBool | None, EVENT] = None


class Images(Answers):
    """How the images reach the centre."""

    sent_by: Annotated[ShortText | None, LETTER] = None
    sent_on: Annotated[Date | None, LETTER] = None
    received_confirmed: Annotated[StrictBool | None, LETTER] = None


def _says_something(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("missing", "a reason is expected")
    return value


class LeftOut(Answers):
    """A recommendation that the letter leaves out, and why. The reason stays with the case: no letter shows it."""

    action: Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9_]+$", max_length=80)]
    reason: Annotated[ShortText, AfterValidator(_says_something), Field(json_schema_extra={"pattern": r"\S"})]


class LetterText(Answers):
    """Free text for the letter: what only the doctor knows."""

    question: Annotated[LongText | None, LETTER] = None
    history: Annotated[LongText | None, LETTER] = None
    examination: Annotated[LongText | None, LETTER] = None
    medication: Annotated[LongText | None, LETTER] = None
    allergies: Annotated[LongText | None, LETTER] = None
    told_to_patient: Annotated[LongText | None, LETTER] = None
    appointments: Annotated[LongText | None, LETTER] = None
    remarks: Annotated[LongText | None, LETTER] = None
    left_out: Annotated[Annotated[tuple[LeftOut, ...], Field(max_length=200)] | None, LETTER] = None


class Case(Answers):
    """One patient with a (suspected) primary bone tumour, as far as it is known."""

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: Literal[1] = 1
    reference_date: Annotated[Date | None, LETTER] = None
    patient: Patient = Patient()
    setting: Annotated[Literal["primary_care", "hospital", "expertise_centre"] | None, DEFAULT] = None
    phase: Annotated[
        Literal["first_presentation", "work_up", "after_biopsy", "after_resection", "follow_up"] | None, DEFAULT
    ] = None
    complaints: Complaints = Complaints()
    lesion: Lesion = Lesion()
    imaging: Imaging = Imaging()
    patient_factors: PatientFactors = PatientFactors()
    consultation: Consultation = Consultation()
    mdo: Mdo = Mdo()
    biopsy: Biopsy = Biopsy()
    pathology: Pathology = Pathology()
    context: Context = Context()
    disease: Disease = Disease()
    treatment: Treatment = Treatment()
    history: History = History()
    resection: Resection = Resection()
    images: Images = Images()
    letter: LetterText = LetterText()


def _walk(model: type[Answers], prefix: str) -> Iterator[tuple[str, FieldClass]]:
    for name, info in model.model_fields.items():
        nested = info.annotation
        if isinstance(nested, type) and issubclass(nested, Answers):
            yield from _walk(nested, f"{prefix}{name}.")
        else:
            for mark in info.metadata:
                if isinstance(mark, FieldClass):
                    yield f"{prefix}{name}", mark


def field_classes() -> dict[str, FieldClass]:
    """Every field of the contract by its full path, with its class, in the order of the model."""
    return dict(_walk(Case, ""))
