"""What the doctor ticks for the sheet for the patient."""

from dataclasses import dataclass
from enum import StrEnum


class Suspicion(StrEnum):
    """How certain the doctor chose to be; each is a text of its own."""

    FINDING = "finding"
    TUMOUR_OPEN = "tumour_open"
    PROBABLY_BENIGN = "probably_benign"
    MAY_BE_CANCER = "may_be_cancer"
    PROVEN_CANCER = "proven_cancer"


class Reader(StrEnum):
    """For whom the sheet is written."""

    PATIENT = "patient"
    PARENTS = "parents"


@dataclass(frozen=True, slots=True)
class PatientSheetChoices:
    """What the doctor has ticked. By default nothing: the sheet then says almost nothing."""

    reader: Reader = Reader.PATIENT
    with_name: bool = False
    suspicion: Suspicion | None = None
    with_place: bool = False
    steps: frozenset[str] = frozenset()
    with_destination: bool = False
    with_urgency: bool = False
    with_biopsy_reason: bool = False
    with_contact: bool = False
    with_website: bool = False
