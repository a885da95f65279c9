"""The case: every answer that a clinician can give, each of them optional.

Absent or null means *not known yet*; that differs from `uncertain`, which is an answer. Each field carries marks: what
an unanswered field means (`FieldClass`) and whether it says who the patient is (`Identity`); `contract` reads them.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from guideline_core.answer_types import (
    DEFAULT,
    EVENT,
    EXCEPTION,
    FACT,
    IDENTIFIES,
    LETTER,
    MOST_LISTED,
    TELLS_APART,
    ActionId,
    Answers,
    BoneId,
    Bsn,
    Date,
    EntityId,
    EntityIds,
    LongText,
    Reason,
    SchemaVersion,
    ShortText,
    Size,
    Years,
    YesNo,
)
from guideline_core.fields import AnswerKind
from guideline_core.imaging_answers import Imaging
from guideline_core.keys import Category, Destination, Region, Setting, Side
from guideline_core.tissue_answers import Biopsy, Pathology, Resection


class Patient(Answers):
    """Who it is about. Of all this only age and sex reach a rule."""

    birth_date: Annotated[Date | None, FACT, TELLS_APART] = None
    age_years: Annotated[Years | None, FACT] = None
    sex: Annotated[Literal["male", "female", "other", "unknown"] | None, DEFAULT] = None
    given_name: Annotated[ShortText | None, LETTER, IDENTIFIES] = None
    family_name: Annotated[ShortText | None, LETTER, TELLS_APART] = None
    bsn: Annotated[Bsn | None, LETTER, TELLS_APART] = None
    patient_number: Annotated[ShortText | None, LETTER, TELLS_APART] = None
    address: Annotated[ShortText | None, LETTER, IDENTIFIES] = None
    phone: Annotated[ShortText | None, LETTER, IDENTIFIES] = None
    email: Annotated[ShortText | None, LETTER, IDENTIFIES] = None
    general_practitioner: Annotated[ShortText | None, LETTER, IDENTIFIES] = None


class Complaints(Answers):
    """What the patient notices around a bone or joint."""

    persistent_pain: Annotated[YesNo | None, FACT] = None
    night_pain: Annotated[YesNo | None, FACT] = None
    swelling: Annotated[YesNo | None, FACT] = None


class OtherSite(Answers):
    """Another place at which there is a lesion too: a bone of the catalogue, or in words."""

    bone: Annotated[BoneId | None, LETTER] = None
    side: Annotated[Side | None, LETTER] = None
    text: Annotated[ShortText | None, LETTER] = None


Sites = Annotated[tuple[OtherSite, ...], Field(max_length=MOST_LISTED), AnswerKind.SITES]


class Lesion(Answers):
    """What is known or suspected of the lesion itself."""

    suspected: Annotated[YesNo | None, FACT] = None
    basis: Annotated[Literal["clinical", "radiological", "histological"] | None, DEFAULT] = None
    origin: Annotated[Literal["primary", "metastasis", "uncertain"] | None, DEFAULT] = None
    category_by: Annotated[Literal["radiologist", "expertise_centre", "other"] | None, DEFAULT] = None
    count: Annotated[Literal["solitary", "multiple"] | None, DEFAULT] = None
    category: Annotated[Category | None, FACT] = None
    entity: Annotated[EntityId | None, FACT] = None
    differential: Annotated[EntityIds | None, FACT] = None
    chondrosarcoma_grade: Annotated[Literal["grade_1", "grade_2", "grade_3", "uncertain"] | None, FACT] = None
    bone: Annotated[BoneId | None, FACT] = None
    region: Annotated[Region | None, FACT] = None
    side: Annotated[Side | None, LETTER] = None
    bone_part: Annotated[
        Literal["proximal", "shaft", "distal", "epiphysis", "metaphysis", "diaphysis", "apophysis", "whole"] | None,
        LETTER,
    ] = None
    other_sites: Annotated[Sites | None, DEFAULT] = None
    size_mm: Annotated[Size | None, LETTER] = None
    soft_tissue_extension: Annotated[YesNo | None, LETTER] = None
    description: Annotated[LongText | None, LETTER] = None
    diagnosis_in_doubt: Annotated[YesNo | None, FACT] = None
    reassessed_by_expertise_centre: Annotated[YesNo | None, EVENT] = None
    uncertain_after_reassessment: Annotated[YesNo | None, FACT] = None
    mri_supports_chondrosarcoma: Annotated[YesNo | None, FACT] = None
    radiologically_unequivocal: Annotated[YesNo | None, FACT] = None
    incidental: Annotated[YesNo | None, LETTER] = None
    pathological_fracture: Annotated[YesNo | None, EXCEPTION] = None


class PatientFactors(Answers):
    """What in this patient bears on examinations and on the place of treatment."""

    severe_renal_insufficiency: Annotated[YesNo | None, FACT] = None
    contrast_allergy: Annotated[YesNo | None, FACT] = None
    non_removable_metal_implant: Annotated[YesNo | None, FACT] = None
    limited_frail_elderly: Annotated[YesNo | None, EXCEPTION] = None
    terminal_phase: Annotated[YesNo | None, EXCEPTION] = None
    spinal_cord_compression: Annotated[YesNo | None, EXCEPTION] = None
    pregnancy: Annotated[YesNo | None, FACT] = None


class Consultation(Answers):
    """Contact with an expertise centre; consulted means that advice was received."""

    expertise_centre_consulted: Annotated[YesNo | None, EVENT] = None
    expertise_centre_supports_princess_maxima: Annotated[YesNo | None, EXCEPTION] = None
    expertise_centre_asks_pet_ct: Annotated[YesNo | None, EXCEPTION] = None
    accepts_without_contrast_mri: Annotated[YesNo | None, EXCEPTION] = None
    agrees_to_local_treatment: Annotated[YesNo | None, EXCEPTION] = None
    committee_consulted: Annotated[YesNo | None, EVENT] = None
    referred: Annotated[YesNo | None, EVENT] = None
    referred_to: Annotated[Destination | None, EVENT] = None
    arranged_by_phone: Annotated[YesNo | None, EVENT] = None
    imaging_place_agreed: Annotated[YesNo | None, EVENT] = None
    information_sent: Annotated[YesNo | None, EVENT] = None
    patient_informed: Annotated[YesNo | None, EVENT] = None
    centre: Annotated[ShortText | None, LETTER] = None
    contact: Annotated[ShortText | None, LETTER] = None
    date: Annotated[Date | None, LETTER] = None


class Mdo(Answers):
    """The multidisciplinary meeting."""

    discussed: Annotated[YesNo | None, EVENT] = None
    with_expertise_centre: Annotated[YesNo | None, EVENT] = None


class Context(Answers):
    """Circumstances outside the patient."""

    research: Annotated[YesNo | None, EXCEPTION] = None


class Disease(Answers):
    """How far the disease has spread."""

    extent: Annotated[Literal["localised", "advanced", "metastatic"] | None, FACT] = None


class Treatment(Answers):
    """Treatment that is planned or was done before the tumour was known."""

    planned: Annotated[YesNo | None, EVENT] = None
    outside_expertise_centre: Annotated[YesNo | None, FACT] = None
    low_complexity_surgery: Annotated[YesNo | None, FACT] = None
    earlier_unplanned_surgery: Annotated[YesNo | None, EXCEPTION] = None


class History(Answers):
    """History that the letter shows; only earlier cancer reaches a rule."""

    cancer: Annotated[YesNo | None, EXCEPTION] = None
    radiotherapy: Annotated[YesNo | None, LETTER] = None
    hereditary_syndrome: Annotated[YesNo | None, LETTER] = None


class Images(Answers):
    """How the images reach the centre."""

    sent_by: Annotated[ShortText | None, LETTER] = None
    sent_on: Annotated[Date | None, LETTER] = None
    received_confirmed: Annotated[YesNo | None, LETTER] = None


class LeftOut(Answers):
    """A recommendation that the letter leaves out, and why. The reason stays with the case: no letter shows it."""

    action: ActionId
    reason: Reason


LeftOutList = Annotated[tuple[LeftOut, ...], Field(max_length=200), AnswerKind.LEFT_OUT]


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
    left_out: Annotated[LeftOutList | None, LETTER] = None


class Case(Answers):
    """One patient with a (suspected) primary bone tumour, as far as it is known."""

    SCHEMA_VERSION: ClassVar[int] = 1

    schema_version: SchemaVersion = 1
    reference_date: Annotated[Date | None, LETTER] = None
    patient: Patient = Patient()
    setting: Annotated[Setting | None, DEFAULT] = None
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

    def answer_at(self, path: str) -> object:
        """The answer at a path such as `imaging.mri.contrast`; None when it was not given."""
        value: object = self
        for name in path.split("."):
            value = getattr(value, name)
        return value

    def without_age_beside_birth_date(self) -> Self:
        """The same case with the birth date alone where it has both: a birth date stays true, an age does not."""
        patient = self.patient
        if patient.birth_date is None or patient.age_years is None:
            return self
        left = {name: getattr(patient, name) for name in patient.model_fields_set - {"age_years"}}
        return self.model_copy(update={"patient": Patient(**left)})
