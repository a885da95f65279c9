"""Whether what the doctor chose to tell the patient contradicts the plan or the tissue: said beside the choice, and the
choice stays the doctor's. To tell less than is known is no contradiction; to tell something else is."""

from typing import TYPE_CHECKING

from desktop_app.papers.patient_choices import Suspicion
from guideline_core.case import Case
from guideline_core.lesion import BENIGN_CATEGORIES, HEAVIEST_KIND
from guideline_core.plan import Plan

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition

NOT_KNOWN_YET = (Suspicion.FINDING, Suspicion.TUMOUR_OPEN, Suspicion.MAY_BE_CANCER)
"""What says that nobody knows for sure."""


def tissue_category(case: Case, edition: "OpenedEdition") -> str | None:
    """Benign, intermediate or malignant, as the edition has the established histology; None without one."""
    entity = edition.lists.entities.get(case.pathology.histology or "")
    return entity.category if entity is not None else None


def contradiction(suspicion: Suspicion | None, plan: Plan, case: Case, tissue_category: str | None) -> str | None:
    """What is contradicted, as a key of the phrases (window, patient_sheet, contradiction); None when nothing is.

    `tissue_category` is that of the established histology: benign, intermediate, malignant; None without one.
    """
    if suspicion is None:
        return None
    if case.pathology.diagnosis == "none":
        tissue_category = None
    if suspicion is Suspicion.PROVEN_CANCER:
        return _of_proof(tissue_category)
    if tissue_category == HEAVIEST_KIND and suspicion in NOT_KNOWN_YET:
        return "tissue_is_malignant"
    is_benign = _is_benign(plan)
    if suspicion is Suspicion.PROBABLY_BENIGN and not is_benign:
        return "plan_is_not_benign"
    if suspicion is Suspicion.MAY_BE_CANCER and is_benign:
        return "plan_is_benign"
    return None


def _of_proof(tissue_category: str | None) -> str | None:
    if tissue_category is None:
        return "no_tissue"
    return None if tissue_category == HEAVIEST_KIND else "tissue_is_not_malignant"


def _is_benign(plan: Plan) -> bool:
    """Whether the plan holds the lesion for benign, however the open answers turn out."""
    possible = plan.lesion.possible
    return plan.scope == "in_scope" and bool(possible) and all(each in BENIGN_CATEGORIES for each in possible)
