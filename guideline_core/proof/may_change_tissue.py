"""What an answer on biopsy, pathology and resection may still change: the second part of the declared list."""

from collections.abc import Mapping

from guideline_core.proof.effects import NOTHING, Effects, changes

_HISTOLOGY = changes(
    """
    staging.ct_thorax_unenhanced pathology.send_material_directly pathology.frozen_tissue
    pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
    pathology.who_classification pathology.correlate_with_radiology pathology.record_additional_tests
    pathology.translocation_test pathology.rna_fusion_panel pathology.idh_mutation pathology.mdm2_amplification
    pathology.molecular_confirmation biopsy.perform alert.ct_made_with_contrast alert.radiation_young_patient
    refer.agree_where_imaging_is_done pathology.molecular_indication_by_pathologist
    pathology.broad_ngs_routinely pathology.broad_ngs pathology.iso_accredited_laboratory alert.pregnancy
    alert.ct_slices_too_thick scope
    """
)
"""What a histology brings about, established or weighed: it says that tissue was taken."""

_NOT_ESTABLISHED = changes(
    """
    refer.treating_centre imaging.xray_two_views imaging.mri_contrast imaging.mri_unenhanced imaging.alternative_to_mri
    imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol imaging.mri_third_plane imaging.unenhanced_ct_or_mri
    imaging.no_further_imaging biopsy.laminectomy_or_decompression alert.unplanned_surgery alert.gadolinium_renal
    alert.gadolinium_allergy alert.mri_not_possible
    """
)
"""What goes on where a centre assessed the tissue, and it is answered that it cannot be told what it shows."""

MAY_CHANGE_BY_TISSUE: Mapping[str, Effects] = {
    "biopsy.status": changes(
        """
        imaging.xray_two_views imaging.mri_contrast imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone
        imaging.mri_protocol imaging.mri_third_plane imaging.no_further_imaging staging.ct_thorax_unenhanced
        mdo.discuss mdo.core_disciplines biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle biopsy.resect_tract pathology.send_material_directly
        pathology.send_material_promptly pathology.frozen_tissue pathology.edta_decalcification
        pathology.record_specimen_type pathology.expert_pathologist pathology.who_classification
        pathology.correlate_with_radiology pathology.record_additional_tests pathology.translocation_test
        pathology.rna_fusion_panel pathology.idh_mutation pathology.mdm2_amplification
        pathology.molecular_confirmation alert.biopsy_outside_centre alert.ct_made_with_contrast
        alert.biopsy_before_mri alert.radiation_young_patient alert.pregnancy alert.gadolinium_renal
        alert.gadolinium_allergy refer.agree_where_imaging_is_done biopsy.minimal_contamination biopsy.adequate_tissue
        pathology.molecular_indication_by_pathologist pathology.broad_ngs_routinely pathology.broad_ngs
        pathology.iso_accredited_laboratory imaging.mri_unenhanced imaging.alternative_to_mri alert.mri_not_possible
        refer.expertise_centre refer.seek_advice refer.reassessment referral.decision alert.ct_slices_too_thick
        imaging.unenhanced_ct_or_mri refer.treating_centre refer.not_needed refer.princess_maxima
        refer.consult_before_princess_maxima refer.arrange_by_phone refer.phone_about_destination
        refer.send_full_information inform.patient staging.whole_body_mri staging.whole_body_mri_in_expertise_centre
        staging.whole_body_mri_at_1_5_tesla staging.not_needed staging.see_appendix
        biopsy.laminectomy_or_decompression referral.destination referral.urgency referral.by_phone
        referral.consult_expertise_centre_first alert.unplanned_surgery alert.appendices_missing alert.wb_mri_implant
        """
    ),
    "biopsy.date": changes("alert.biopsy_before_mri"),
    "biopsy.route_agreed": changes("biopsy.agree_route biopsy.perform"),
    "biopsy.repeat_considered": changes(
        """
        biopsy.adequate_tissue biopsy.agree_route biopsy.consult_expertise_centre biopsy.differential_diagnosis_first
        biopsy.image_guided_needle biopsy.in_or_with_expertise_centre biopsy.minimal_contamination biopsy.perform
        biopsy.without_consultation imaging.alternative_to_mri imaging.ct_local_unenhanced imaging.declare_complete
        imaging.mri_contrast imaging.mri_dwi imaging.mri_protocol imaging.mri_t1_long_axis_whole_bone
        imaging.mri_third_plane imaging.mri_unenhanced imaging.no_further_imaging imaging.unenhanced_ct_or_mri
        imaging.xray_two_views mdo.core_disciplines mdo.discuss refer.agree_where_imaging_is_done
        refer.expertise_centre refer.reassessment refer.seek_advice staging.ct_thorax_unenhanced staging.fdg_pet_ct
        referral.decision alert.biopsy_before_mri alert.biopsy_of_do_not_touch alert.ct_made_with_contrast
        alert.ct_slices_too_thick alert.gadolinium_allergy alert.gadolinium_renal alert.mri_not_possible
        alert.pregnancy alert.radiation_young_patient
        """
    ),
    "biopsy.repeat_agreed": changes(
        """
        biopsy.agree_route biopsy.consult_expertise_centre biopsy.differential_diagnosis_first
        biopsy.in_or_with_expertise_centre biopsy.perform biopsy.without_consultation imaging.ct_local_unenhanced
        imaging.declare_complete imaging.xray_two_views mdo.discuss refer.consult_before_local_treatment
        refer.consult_before_princess_maxima refer.expertise_centre refer.princess_maxima refer.seek_advice
        staging.ct_thorax_unenhanced staging.fdg_pet_ct referral.consult_expertise_centre_first
        """
    ),
    "biopsy.frozen_tissue": changes("pathology.frozen_tissue alert.acid_decalcification_without_frozen_tissue"),
    "biopsy.decalcification": changes(
        """
        pathology.edta_decalcification alert.acid_decalcification_without_frozen_tissue pathology.frozen_tissue
        """
    ),
    "pathology.diagnosis": changes(
        """
        staging.ct_thorax_unenhanced pathology.send_material_directly pathology.frozen_tissue
        pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
        pathology.review_by_expertise_centre pathology.who_classification pathology.correlate_with_radiology
        pathology.record_additional_tests pathology.translocation_test pathology.rna_fusion_panel
        pathology.idh_mutation pathology.mdm2_amplification pathology.molecular_confirmation biopsy.perform
        alert.ct_made_with_contrast alert.radiation_young_patient refer.agree_where_imaging_is_done
        biopsy.resect_tract pathology.send_material_promptly pathology.molecular_indication_by_pathologist
        pathology.broad_ngs_routinely pathology.broad_ngs pathology.iso_accredited_laboratory
        biopsy.laminectomy_or_decompression alert.pregnancy alert.ct_slices_too_thick staging.not_needed
        staging.see_appendix imaging.declare_complete alert.appendices_missing refer.other_specialty
        refer.arrange_by_phone refer.phone_about_destination resection.record_size
        resection.record_size_in_three_dimensions resection.record_extension resection.record_margins
        resection.record_margin_distances resection.embed_whole_slab resection.record_response referral.by_phone
        response_grade refer.treating_centre refer.not_needed refer.expertise_centre refer.princess_maxima
        refer.consult_before_princess_maxima refer.seek_advice refer.reassessment refer.send_full_information
        inform.patient imaging.xray_two_views imaging.mri_contrast imaging.mri_unenhanced imaging.alternative_to_mri
        imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol imaging.mri_third_plane
        imaging.ct_local_unenhanced imaging.unenhanced_ct_or_mri imaging.no_further_imaging staging.fdg_pet_ct
        staging.whole_body_mri staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla
        referral.decision referral.destination referral.urgency referral.consult_expertise_centre_first
        alert.unplanned_surgery alert.pet_ct_after_biopsy alert.gadolinium_renal alert.gadolinium_allergy
        alert.mri_not_possible alert.wb_mri_implant
        """
    ),
    "pathology.histology": _HISTOLOGY | _NOT_ESTABLISHED | changes("alert.origin_conflict"),
    "pathology.histology_differential": _HISTOLOGY,
    "pathology.who_edition": changes("pathology.who_classification"),
    "pathology.h3_g34w": NOTHING,
    "pathology.h3_k36m": NOTHING,
    "pathology.molecular_purpose": changes(
        """
        mdo.discuss_predictive_test pathology.molecular_indication_by_pathologist
        pathology.molecular_method_by_three_grounds pathology.predictive_testing
        pathology.predictive_testing_on_latest_tissue pathology.broad_ngs_routinely
        pathology.iso_accredited_laboratory
        """
    ),
    "pathology.molecular_method": NOTHING,
    "pathology.molecular_result_known": changes(
        """
        pathology.translocation_test pathology.rna_fusion_panel pathology.idh_mutation pathology.mdm2_amplification
        """
    ),
    "pathology.predictive_test_discussed": changes("mdo.discuss_predictive_test pathology.predictive_testing"),
    "pathology.ngs_in_study": changes("pathology.broad_ngs"),
    "pathology.laboratory_iso_accredited": changes("pathology.iso_accredited_laboratory"),
    "pathology.laboratory_in_expertise_centre": changes("pathology.broad_ngs pathology.iso_accredited_laboratory"),
    "pathology.unexplained_case": changes("pathology.broad_ngs"),
    "resection.performed": changes(
        """
        imaging.xray_two_views imaging.mri_contrast imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone
        imaging.mri_protocol imaging.mri_third_plane imaging.no_further_imaging staging.ct_thorax_unenhanced
        mdo.discuss mdo.core_disciplines biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle pathology.send_material_directly pathology.frozen_tissue
        pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
        pathology.who_classification pathology.correlate_with_radiology pathology.record_additional_tests
        pathology.translocation_test pathology.rna_fusion_panel pathology.idh_mutation pathology.mdm2_amplification
        pathology.molecular_confirmation resection.record_size resection.record_size_in_three_dimensions
        resection.record_extension resection.record_margins resection.record_margin_distances
        resection.embed_whole_slab resection.record_response alert.biopsy_outside_centre alert.ct_made_with_contrast
        alert.biopsy_before_mri alert.radiation_young_patient alert.pregnancy alert.gadolinium_renal
        alert.gadolinium_allergy response_grade refer.agree_where_imaging_is_done biopsy.minimal_contamination
        biopsy.adequate_tissue pathology.molecular_indication_by_pathologist pathology.broad_ngs_routinely
        pathology.broad_ngs pathology.iso_accredited_laboratory imaging.mri_unenhanced imaging.alternative_to_mri
        alert.mri_not_possible refer.expertise_centre refer.seek_advice refer.reassessment referral.decision
        alert.ct_slices_too_thick refer.treating_centre refer.not_needed refer.princess_maxima
        refer.consult_before_princess_maxima refer.arrange_by_phone refer.phone_about_destination
        refer.send_full_information inform.patient imaging.unenhanced_ct_or_mri biopsy.laminectomy_or_decompression
        referral.destination referral.urgency referral.by_phone referral.consult_expertise_centre_first
        staging.whole_body_mri staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla
        alert.wb_mri_implant staging.see_appendix alert.appendices_missing
        """
    ),
    "resection.tract_removed": changes("biopsy.resect_tract"),
    "resection.viable_tumour_percent": changes("resection.record_response response_grade"),
    "resection.response_percent": changes("resection.record_response response_grade"),
    "resection.size_mm": changes("resection.record_size resection.record_size_in_three_dimensions"),
    "resection.margin": changes("resection.record_margins"),
    "resection.resection_plane_mm": changes("resection.record_margin_distances"),
    "resection.osteotomy_plane_mm": changes("resection.record_margin_distances"),
    "resection.extension_described": changes("resection.record_extension"),
    "resection.slab_embedded": changes("resection.embed_whole_slab"),
}
