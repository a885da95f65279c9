"""What may change with where the patient stands in the course of care: setting, phase, referral, surgery."""

from collections.abc import Mapping

from guideline_core.proof.effects import Effects, changes

_FIRST_PRESENTATION = changes(
    """
    biopsy.perform imaging.alternative_to_mri imaging.ct_local_unenhanced imaging.declare_complete
    imaging.mri_contrast imaging.mri_dwi imaging.mri_protocol imaging.mri_t1_long_axis_whole_bone
    imaging.mri_third_plane imaging.mri_unenhanced imaging.no_further_imaging imaging.unenhanced_ct_or_mri
    imaging.xray_two_views inform.patient refer.agree_where_imaging_is_done refer.arrange_by_phone
    refer.consult_before_princess_maxima refer.expertise_centre refer.not_needed refer.phone_about_destination
    refer.princess_maxima refer.reassessment refer.seek_advice refer.send_full_information refer.treating_centre
    staging.ct_thorax_unenhanced staging.fdg_pet_ct staging.not_needed staging.see_appendix staging.whole_body_mri
    staging.whole_body_mri_at_1_5_tesla staging.whole_body_mri_in_expertise_centre referral.by_phone
    referral.consult_expertise_centre_first referral.decision referral.destination referral.urgency
    alert.appendices_missing alert.ct_made_with_contrast alert.ct_slices_too_thick alert.gadolinium_allergy
    alert.gadolinium_renal alert.mri_not_possible alert.pregnancy alert.radiation_young_patient alert.wb_mri_implant
    """
)
"""Imaging and staging of the first presentation, and what goes with them."""

_SURGERY_FIRST = _FIRST_PRESENTATION | changes(
    """
    biopsy.laminectomy_or_decompression pathology.send_material_promptly alert.pet_ct_after_biopsy
    alert.unplanned_surgery
    """
)
"""What an operation before the diagnosis brings about, by whichever answer it is known."""

_SURGICAL_TISSUE = changes(
    """
    biopsy.agree_route biopsy.consult_expertise_centre biopsy.differential_diagnosis_first
    biopsy.in_or_with_expertise_centre mdo.core_disciplines mdo.discuss pathology.broad_ngs
    pathology.broad_ngs_routinely pathology.correlate_with_radiology pathology.edta_decalcification
    pathology.expert_pathologist pathology.frozen_tissue pathology.idh_mutation
    pathology.iso_accredited_laboratory pathology.mdm2_amplification pathology.molecular_confirmation
    pathology.molecular_indication_by_pathologist pathology.record_additional_tests pathology.record_specimen_type
    pathology.rna_fusion_panel pathology.send_material_directly pathology.translocation_test
    pathology.who_classification refer.other_specialty alert.biopsy_before_mri
    """
)
"""What tissue brings about that an operation took, by whichever answer it is known."""

MAY_CHANGE_BY_COURSE: Mapping[str, Effects] = {
    "setting": _FIRST_PRESENTATION
    | changes(
        """
        biopsy.consult_expertise_centre biopsy.differential_diagnosis_first biopsy.in_or_with_expertise_centre
        biopsy.laminectomy_or_decompression biopsy.without_consultation mdo.discuss pathology.broad_ngs
        refer.consult_before_local_treatment alert.pet_ct_after_biopsy alert.unplanned_surgery
        pathology.send_material_directly
        """
    ),
    "phase": _FIRST_PRESENTATION | changes("refer.outside_follow_up"),
    "consultation.referred": _FIRST_PRESENTATION | changes("alert.pet_ct_after_biopsy alert.unplanned_surgery"),
    "consultation.agrees_to_local_treatment": _SURGERY_FIRST
    | changes("treatment.in_expertise_centre treatment.local_after_consultation"),
    "biopsy.in_or_with_expertise_centre": _SURGERY_FIRST
    | changes("biopsy.in_or_with_expertise_centre alert.biopsy_outside_centre"),
    "pathology.specimen": _SURGERY_FIRST | _SURGICAL_TISSUE,
    "treatment.earlier_unplanned_surgery": _SURGERY_FIRST | _SURGICAL_TISSUE,
    "treatment.planned": changes(
        """
        refer.consult_before_local_treatment treatment.in_expertise_centre treatment.local_after_consultation
        """
    ),
}
