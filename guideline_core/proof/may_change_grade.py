"""What may change because a high grade makes another tumour of a lighter name, on imaging or under the microscope."""

from collections.abc import Mapping

from guideline_core.proof.effects import Effects, changes

_MALIGNANT_AFTER_ALL = changes(
    """
    biopsy.adequate_tissue biopsy.agree_route biopsy.consult_expertise_centre biopsy.differential_diagnosis_first
    biopsy.image_guided_needle biopsy.in_or_with_expertise_centre biopsy.laminectomy_or_decompression
    biopsy.minimal_contamination biopsy.perform biopsy.resect_tract biopsy.without_consultation
    imaging.alternative_to_mri imaging.ct_local_unenhanced imaging.declare_complete imaging.mri_contrast
    imaging.mri_dwi imaging.mri_protocol imaging.mri_t1_long_axis_whole_bone imaging.mri_third_plane
    imaging.mri_unenhanced imaging.no_further_imaging imaging.unenhanced_ct_or_mri inform.patient
    mdo.core_disciplines mdo.discuss mdo.oncology_disciplines pathology.correlate_with_radiology
    pathology.edta_decalcification pathology.expert_pathologist pathology.frozen_tissue
    pathology.record_additional_tests pathology.record_specimen_type pathology.send_material_directly
    pathology.who_classification refer.agree_where_imaging_is_done refer.arrange_by_phone
    refer.consult_before_princess_maxima refer.expertise_centre refer.not_needed refer.other_specialty
    refer.phone_about_destination refer.princess_maxima refer.reassessment refer.seek_advice
    refer.send_full_information staging.ct_thorax_unenhanced staging.not_needed staging.see_appendix
    treatment.in_expertise_centre treatment.local_after_consultation treatment.not_needed referral.by_phone
    referral.consult_expertise_centre_first referral.decision referral.destination referral.urgency
    alert.appendices_missing alert.biopsy_before_mri alert.biopsy_of_do_not_touch alert.ct_made_with_contrast
    alert.ct_slices_too_thick alert.gadolinium_allergy alert.gadolinium_renal alert.image_and_tissue_disagree
    alert.mri_not_possible alert.pregnancy alert.radiation_young_patient
    """
)
"""What a lesion brings about that turns out to be a chondrosarcoma of high grade."""

_TISSUE_NAMED = _MALIGNANT_AFTER_ALL
"""What ends once a tumour is named under the microscope, of which a high grade alone was known."""

MAY_CHANGE_BY_GRADE: Mapping[str, Effects] = {
    "lesion.chondrosarcoma_grade": _MALIGNANT_AFTER_ALL | changes("alert.category_conflict"),
    "pathology.histological_grade": _MALIGNANT_AFTER_ALL
    | changes(
        """
        imaging.xray_two_views pathology.broad_ngs_routinely pathology.idh_mutation
        pathology.iso_accredited_laboratory pathology.molecular_confirmation
        pathology.molecular_indication_by_pathologist staging.fdg_pet_ct staging.whole_body_mri
        staging.whole_body_mri_at_1_5_tesla staging.whole_body_mri_in_expertise_centre alert.pet_ct_after_biopsy
        alert.unplanned_surgery alert.wb_mri_implant
        """
    ),
    "pathology.histology": _TISSUE_NAMED,
    "pathology.histology_differential": _TISSUE_NAMED,
}
