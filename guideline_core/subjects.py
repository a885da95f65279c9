"""The subjects: what a rule can depend on, each with a short list of values and the raw answers that decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from guideline_core.contract import Field, fields
from guideline_core.fields import AnswerKind, FieldClass
from guideline_core.keys import Region

RawAnswers = Mapping[str, object]
"""Answers in the words of the rules, by raw key: a word or a set of words. A key that is absent or None was not
answered."""

NATURE = "nature"
ENTITY_BESIDE = "entity_beside"
"""The tumour that counts beside the one that is meant: what the microscope shows beside the image."""
NOTHING_BESIDE = "none"
DISAGREEMENT = "image_and_tissue_disagree"
HIGH_GRADE_UNNAMED = "high_grade_without_a_name"
"""Whether grade 2 or 3 was seen under the microscope and no tumour was named or weighed there."""
TISSUE_LIGHTER = "tissue_lighter_than_image"
NO_HISTOLOGY = "none"
UNTOLD_HISTOLOGY = "histology_cannot_be_told"
"""Whether it was answered that what the microscope shows cannot be told."""
AGE, REGION = "age_group", "region"
FIELD_OF_KEY = {AGE: "patient.birth_date", REGION: "lesion.bone"}
SUBJECTS_BEHIND: Mapping[str, tuple[str, ...]] = {
    "category": (NATURE,),
    "suspected": (NATURE,),
    "entity": (NATURE, ENTITY_BESIDE),
    "every_entity": (NATURE, ENTITY_BESIDE),
}
"""The subjects behind what a condition asks of the lesion; behind anything else is the subject of that name."""
LESION_KEYS = (
    "lesion.suspected",
    "lesion.basis",
    "lesion.category_by",
    "lesion.category",
    "lesion.entity",
    "lesion.differential",
    "pathology.histology",
    "pathology.histology_differential",
)
TUMOUR_KEYS = LESION_KEYS[4:]
"""The answers that name tumours."""
NAMING_KEYS = LESION_KEYS[3:]
"""The answers about the lesion that say what it is, so that a tumour is suspected."""
TISSUE_KEYS = (
    "biopsy.status",
    "pathology.diagnosis",
    "resection.performed",
    "treatment.earlier_unplanned_surgery",
    "pathology.specimen",
)
"""The events that can take tissue; by which values they did is said by the edition (definition `tissue_taken`)."""
HISTOLOGY_KEYS = ("pathology.histology", "pathology.histology_differential")
ANSWERED_FIELDS = (
    "resection.size_mm",
    "resection.margin",
    "resection.resection_plane_mm",
    "resection.osteotomy_plane_mm",
    "pathology.specimen",
)
THICK_SLICES = {
    "imaging.ct_local.slice_mm": "ct_local_slices_too_thick",
    "imaging.ct_thorax.slice_mm": "ct_thorax_slices_too_thick",
}
"""For each slice thickness the subject "thicker than the guideline asks"."""
DEFAULTS = {
    "patient.sex": "unknown",
    "lesion.count": "solitary",
    "lesion.origin": "uncertain",  # not an established metastasis
    "lesion.basis": "radiological",
    "lesion.category_by": "radiologist",
    "phase": "work_up",
    "setting": "primary_care",
}
PREGNANCY_AGE = "age_at_which_pregnancy_is_asked"
SKULL_BASE_NAMED = "skull_base_named"
RECENT_WHO_EDITION = "typed_by_recent_who_edition"
UNEQUIVOCAL = "lesion.radiologically_unequivocal"
ORIGIN = "lesion.origin"
CONTRADICTED = "contradicted"
"""The value of the origin where it cannot stand beside a tumour that another answer names."""
GRADE_ON_IMAGING = "lesion.chondrosarcoma_grade"
GRADE_OF_TISSUE = "pathology.histological_grade"
GRADE_KEYS = (GRADE_ON_IMAGING, GRADE_OF_TISSUE)
NAMES_READ = "names_read"
"""The key of the rows by which names were read beside their grade."""
BESIDE_KEYS = (*HISTOLOGY_KEYS, "pathology.diagnosis", "lesion.entity", *GRADE_KEYS)
"""The answers that decide which tumour counts beside the one that is meant; the first of them settles it."""
AFTER_TISSUE = (GRADE_OF_TISSUE, "pathology.h3_g34w", "pathology.h3_k36m")
_HANDLED_APART = frozenset(
    {"patient.birth_date", "patient.age_years", "lesion.bone", "lesion.region", *LESION_KEYS}
    | set(ANSWERED_FIELDS)
    | {
        "pathology.who_edition",
        "imaging.mri.date",
        "imaging.pet_ct.date",
        "biopsy.date",
        "resection.viable_tumour_percent",
        "resection.response_percent",
    }
) - {"lesion.basis", "lesion.category_by", "resection.margin", "pathology.specimen"}


@dataclass(frozen=True)
class Subject:
    """Something that a rule can depend on: its values, the raw keys that decide it, and the class of its field."""

    name: str
    values: tuple[str, ...]
    keys: tuple[str, ...]
    field_class: FieldClass

    def set_of(self, values: Iterable[str]) -> int:
        """These values as a bit mask over `values`.

        >>> Subject("age_group", ("child", "adult"), ("age_group",), FieldClass.FACT).set_of(["adult"])
        2
        """
        return sum(1 << self.values.index(value) for value in set(values))

    @property
    def everything(self) -> int:
        """The mask of all values."""
        return (1 << len(self.values)) - 1


def subjects_behind(name: str) -> tuple[str, ...]:
    """The subjects of which a condition asks by this name.

    >>> subjects_behind("category"), subjects_behind("age_group")
    (('nature',), ('age_group',))
    """
    return SUBJECTS_BEHIND.get(name, (name,))


def answered_subject(field: str) -> str:
    """Name of the subject "this field was filled in"."""
    return f"answered({field})"


def sure_subject(word: str) -> str:
    """Name of the subject "the answers make this definition certain"."""
    return f"surely({word})"


def word_of_sure(subject: str) -> str | None:
    """The definition of which a subject says that the answers make it certain; None for any other subject.

    >>> word_of_sure(sure_subject("child")), word_of_sure("age_group")
    ('child', None)
    """
    return subject.removeprefix("surely(").removesuffix(")") if subject.startswith("surely(") else None


@cache
def plain_subjects() -> tuple[Subject, ...]:
    """The subjects that are fields of the contract themselves."""
    plain = (field for path, field in fields().items() if field.reaches_a_rule and path not in _HANDLED_APART)
    return tuple(_plain_subject(field) for field in plain if field.values or field.kind is AnswerKind.YES_NO)


def _plain_subject(field: Field) -> Subject:
    path, field_class = field.path, field.field_class
    values = field.values or ("no", "yes")
    if path == UNEQUIVOCAL:
        return Subject(path, values, (path, "mdo.with_expertise_centre"), field_class)
    if path == ORIGIN:
        keys = (path, *TUMOUR_KEYS, "pathology.diagnosis")
        return Subject(path, (*values, CONTRADICTED), keys, field_class)
    if path in AFTER_TISSUE:
        return Subject(path, ("none", *values), (path, *TISSUE_KEYS, *HISTOLOGY_KEYS), field_class)
    if field_class in (FieldClass.EVENT, FieldClass.EXCEPTION):
        values = ("unanswered", *values)
    return Subject(path, values, (path,), field_class)


@cache
def derived_subjects() -> tuple[Subject, ...]:
    """The subjects that follow from one or more fields, save those that need the entity catalogue."""
    event = FieldClass.EVENT
    return (
        Subject(AGE, ("child", "adult"), (AGE,), FieldClass.FACT),
        Subject(REGION, get_args(Region), (REGION,), FieldClass.FACT),
        Subject("category_conflict", ("no", "yes"), (*LESION_KEYS, "pathology.diagnosis", GRADE_ON_IMAGING), event),
        Subject(TISSUE_LIGHTER, ("no", "yes"), (*LESION_KEYS, "pathology.diagnosis", *GRADE_KEYS), event),
        Subject(DISAGREEMENT, ("no", "yes"), (*NAMING_KEYS, *GRADE_KEYS), event),
        Subject(UNTOLD_HISTOLOGY, ("no", "yes"), HISTOLOGY_KEYS[:1], event),
        Subject(HIGH_GRADE_UNNAMED, ("no", "yes"), (GRADE_OF_TISSUE, *HISTOLOGY_KEYS), event),
        Subject("category_given", ("no", "yes"), ("lesion.category",), event),
        Subject(PREGNANCY_AGE, ("yes", "no"), (PREGNANCY_AGE,), event),
        Subject(SKULL_BASE_NAMED, ("no", "yes"), (SKULL_BASE_NAMED,), event),
        Subject(RECENT_WHO_EDITION, ("no", "yes"), (RECENT_WHO_EDITION,), event),
        Subject("biopsy_dated_before_mri", ("no", "yes"), ("biopsy_dated_before_mri",), event),
        Subject("pet_ct_dated_after_biopsy", ("no", "yes"), ("pet_ct_dated_after_biopsy",), event),
        *(Subject(name, ("no", "yes"), (name,), event) for name in THICK_SLICES.values()),
        Subject("resection_size_in_three_dimensions", ("no", "yes"), ("resection_size_in_three_dimensions",), event),
        Subject("response", ("not_measured", "good", "at_threshold", "poor"), ("response",), event),
        *(
            Subject(answered_subject(field), ("no", "yes"), (answered_subject(field),), event)
            for field in ANSWERED_FIELDS
        ),
    )
