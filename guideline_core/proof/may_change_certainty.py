"""What may change once the answers make certain whether a biopsy is advised against, and what is waived for it."""

from collections.abc import Mapping

from guideline_core.proof.effects import Effects, changes

_STEPS = changes(
    """
    mdo.discuss mdo.core_disciplines biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre
    biopsy.differential_diagnosis_first biopsy.agree_route pathology.send_material_directly pathology.frozen_tissue
    pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
    pathology.who_classification pathology.correlate_with_radiology pathology.record_additional_tests
    alert.biopsy_before_mri
    """
)
"""What goes with a biopsy that is considered, and ends once it is certain that it is advised against."""

_NAMED = _STEPS | changes("refer.other_specialty")
"""The same, and what goes with a tumour that is surely the one that was named."""

_BIOPSY = changes(
    """
    biopsy.image_guided_needle biopsy.minimal_contamination biopsy.adequate_tissue alert.biopsy_of_do_not_touch
    """
)
"""How a biopsy is done well, once it may go ahead after all."""

_WAIVED = changes("imaging.declare_complete imaging.xray_two_views imaging.ct_local_unenhanced staging.fdg_pet_ct")

MAY_CHANGE_BY_CERTAINTY: Mapping[str, Effects] = {
    "phase": changes("alert.pet_ct_after_biopsy"),
    "lesion.suspected": _NAMED,
    "lesion.basis": _NAMED,
    "lesion.category_by": _NAMED | changes("alert.biopsy_of_do_not_touch"),
    "lesion.category": _NAMED,
    "lesion.entity": _NAMED,
    "lesion.differential": _NAMED,
    "lesion.diagnosis_in_doubt": _STEPS,
    "lesion.reassessed_by_expertise_centre": _STEPS | _BIOPSY,
    "lesion.uncertain_after_reassessment": _STEPS | _BIOPSY,
    "lesion.radiologically_unequivocal": _STEPS,
    "imaging.pet_ct.done": changes("alert.pet_ct_after_biopsy"),
    "imaging.pet_ct.date": changes("alert.pet_ct_after_biopsy"),
    "imaging.declared_complete": _WAIVED | changes("staging.ct_thorax_unenhanced"),
    "consultation.expertise_centre_asks_pet_ct": changes("alert.pet_ct_after_biopsy"),
    "mdo.with_expertise_centre": _STEPS,
    "biopsy.status": _WAIVED | changes("alert.biopsy_of_do_not_touch alert.pet_ct_after_biopsy"),
    "biopsy.date": changes("alert.pet_ct_after_biopsy"),
    "pathology.histology": _NAMED,
    "pathology.histology_differential": _NAMED,
    "resection.performed": _WAIVED | changes("alert.biopsy_of_do_not_touch"),
}
