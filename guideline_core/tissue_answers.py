"""The answers about tissue: the biopsy, what the pathologist sees, and the resection."""

from typing import Annotated, Final, Literal

from guideline_core.answer_types import (
    EVENT,
    EXCEPTION,
    FACT,
    Answers,
    Date,
    EntityId,
    EntityIds,
    Millimetres,
    Percentage,
    ShortText,
    Size,
    YesNo,
)
from guideline_core.keys import Grade

REVIEWED: Final = ("confirmed_by_expertise_centre", "reviewed_by_committee")
"""The answers on the diagnosis that say that a centre or the national committee established it."""


class Biopsy(Answers):
    """The biopsy: considered or performed, and how."""

    status: Annotated[Literal["not_considered", "considered", "performed"] | None, EVENT] = None
    date: Annotated[Date | None, EVENT] = None
    in_or_with_expertise_centre: Annotated[YesNo | None, EVENT] = None
    route_agreed: Annotated[YesNo | None, EVENT] = None
    repeat_considered: Annotated[YesNo | None, EVENT] = None
    repeat_agreed: Annotated[YesNo | None, EVENT] = None
    frozen_tissue: Annotated[YesNo | None, EVENT] = None
    decalcification: Annotated[Literal["edta", "acid", "none"] | None, EVENT] = None


class Pathology(Answers):
    """What the pathologist knows and is asked."""

    diagnosis: Annotated[
        Literal["none", "outside_expertise_centre", "confirmed_by_expertise_centre", "reviewed_by_committee"] | None,
        EVENT,
    ] = None
    histology: Annotated[EntityId | None, FACT] = None
    histology_differential: Annotated[EntityIds | None, FACT] = None
    histological_grade: Annotated[Grade | None, FACT] = None
    specimen: Annotated[Literal["needle_biopsy", "curettage", "excision", "resection"] | None, EVENT] = None
    who_edition: Annotated[ShortText | None, EVENT] = None
    h3_g34w: Annotated[Literal["positive", "negative"] | None, FACT] = None
    h3_k36m: Annotated[Literal["positive", "negative"] | None, FACT] = None
    molecular_purpose: Annotated[Literal["none", "diagnostic", "predictive", "both"] | None, EVENT] = None
    molecular_method: Annotated[Literal["targeted", "rna_fusion_panel", "broad_ngs", "uncertain"] | None, EVENT] = None
    molecular_result_known: Annotated[YesNo | None, EVENT] = None
    predictive_test_discussed: Annotated[YesNo | None, EVENT] = None
    ngs_in_study: Annotated[YesNo | None, EVENT] = None
    laboratory_iso_accredited: Annotated[YesNo | None, EVENT] = None
    laboratory_in_expertise_centre: Annotated[YesNo | None, EVENT] = None
    unexplained_case: Annotated[YesNo | None, EXCEPTION] = None


class Resection(Answers):
    """The resection and what the pathologist measured on the specimen."""

    performed: Annotated[YesNo | None, EVENT] = None
    neoadjuvant_chemotherapy: Annotated[YesNo | None, FACT] = None
    tract_removed: Annotated[YesNo | None, EVENT] = None
    viable_tumour_percent: Annotated[Percentage | None, EVENT] = None
    response_percent: Annotated[Percentage | None, EVENT] = None
    size_mm: Annotated[Size | None, EVENT] = None
    margin: Annotated[Literal["R0", "R1", "R2"] | None, FACT] = None
    resection_plane_mm: Annotated[Millimetres | None, EVENT] = None
    osteotomy_plane_mm: Annotated[Millimetres | None, EVENT] = None
    extension_described: Annotated[YesNo | None, EVENT] = None
    slab_embedded: Annotated[YesNo | None, EVENT] = None
