"""What an answer may still change after something was definite: the declared list, field by field.

A fact only narrows what is open, so it never retracts anything (`learning`). An event that happens, an exception that
is stated and a default that is replaced can: each may change the actions, keys of the referral decision
(`referral.…`) and alerts (`alert.…`) that stand here, and the proof (`answering`) shows that it changes nothing else.
Where a fact brings an event with it (a histology says that tissue was taken), what that event changes stands with the
fact.
"""

from collections.abc import Mapping

Effects = frozenset[str]

NOTHING: Effects = frozenset()
EVERYTHING: Effects = frozenset({"everything"})
"""Says of a field that its answer may change anything; used only where the whole guideline stops applying."""


def _changes(effects: str) -> Effects:
    return frozenset(effects.split())


_HISTOLOGY = _changes(
    """
    staging.ct_thorax_unenhanced pathology.send_material_directly pathology.frozen_tissue
    pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
    pathology.who_classification pathology.correlate_with_radiology pathology.record_additional_tests
    pathology.translocation_test pathology.rna_fusion_panel pathology.idh_mutation pathology.mdm2_amplification
    pathology.molecular_confirmation biopsy.perform alert.ct_made_with_contrast alert.ct_slices_too_thick
    alert.radiation_young_patient
    alert.category_conflict
    """
)
"""What a histology brings about, established or weighed: it says that tissue was taken."""

_ADVISED_AGAINST = _changes(
    """
    mdo.discuss mdo.core_disciplines biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre
    biopsy.differential_diagnosis_first biopsy.agree_route pathology.send_material_directly pathology.frozen_tissue
    pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
    pathology.who_classification pathology.correlate_with_radiology pathology.record_additional_tests
    alert.biopsy_before_mri
    """
)
"""What goes with a biopsy that is considered, and ends once an answer makes certain that it is advised against."""

_ORDINARY_GATE = _ADVISED_AGAINST | _changes(
    """
    imaging.mri_contrast imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol
    imaging.mri_third_plane biopsy.perform biopsy.image_guided_needle alert.biopsy_of_do_not_touch alert.pregnancy
    alert.gadolinium_renal alert.gadolinium_allergy
    """
)
"""The steps before a biopsy of a do-not-touch lesion that stays uncertain after reassessment."""

MAY_CHANGE: Mapping[str, Effects] = {
    "setting": _changes(
        """
        refer.not_needed refer.expertise_centre refer.consult_before_princess_maxima refer.seek_advice
        refer.reassessment refer.arrange_by_phone refer.agree_where_imaging_is_done refer.send_full_information
        refer.consult_before_local_treatment inform.patient mdo.discuss biopsy.without_consultation
        biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre pathology.broad_ngs biopsy.perform
        refer.princess_maxima treatment.local_after_consultation referral.decision referral.destination
        referral.urgency referral.by_phone referral.consult_expertise_centre_first
        """
    ),
    "phase": _changes(
        """
        alert.pet_ct_after_biopsy
        staging.ct_thorax_unenhanced staging.fdg_pet_ct staging.whole_body_mri
        staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla biopsy.perform
        alert.ct_made_with_contrast alert.ct_slices_too_thick alert.radiation_young_patient alert.pregnancy
        alert.wb_mri_implant
        """
    ),
    "lesion.suspected": _ADVISED_AGAINST,
    "lesion.basis": _changes("alert.category_without_imaging") | _ADVISED_AGAINST,
    "lesion.origin": EVERYTHING,  # an established metastasis falls under another guideline
    "lesion.category_by": _changes(
        """
        mdo.discuss mdo.core_disciplines alert.biopsy_of_do_not_touch
        refer.not_needed refer.expertise_centre refer.seek_advice refer.reassessment refer.send_full_information
        refer.consult_before_local_treatment treatment.in_expertise_centre treatment.local_after_consultation
        inform.patient imaging.mri_contrast imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol
        imaging.mri_third_plane imaging.no_further_imaging biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle referral.decision referral.destination referral.urgency alert.pregnancy
        alert.gadolinium_renal alert.gadolinium_allergy
        """
    )
    | _ADVISED_AGAINST,
    "lesion.category": _changes("alert.category_conflict alert.category_without_imaging") | _ADVISED_AGAINST,
    "lesion.entity": _changes("alert.category_conflict") | _ADVISED_AGAINST,
    "lesion.differential": _changes("alert.category_conflict") | _ADVISED_AGAINST,
    "lesion.diagnosis_in_doubt": _ADVISED_AGAINST,
    "lesion.reassessed_by_expertise_centre": _changes(
        "refer.reassessment refer.expertise_centre imaging.unenhanced_ct_or_mri"
    )
    | _ORDINARY_GATE,
    "lesion.uncertain_after_reassessment": _changes(
        "refer.reassessment refer.expertise_centre imaging.unenhanced_ct_or_mri"
    )
    | _ORDINARY_GATE,
    "lesion.radiologically_unequivocal": _changes(
        """
        pathology.send_material_directly
        refer.expertise_centre refer.consult_before_princess_maxima refer.seek_advice
        refer.consult_before_local_treatment mdo.discuss biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle refer.princess_maxima treatment.local_after_consultation
        referral.consult_expertise_centre_first
        """
    )
    | _ADVISED_AGAINST,
    "imaging.xray.done": NOTHING,
    "imaging.xray.two_views": _changes("imaging.xray_two_views imaging.mri_contrast biopsy.perform"),
    "imaging.xray.normal": _changes("refer.seek_advice alert.normal_radiograph"),
    "imaging.mri.done": _changes("imaging.unenhanced_ct_or_mri"),
    "imaging.mri.contrast": _changes(
        """
        imaging.mri_contrast imaging.unenhanced_ct_or_mri imaging.ct_local_unenhanced biopsy.perform
        alert.biopsy_before_mri alert.gadolinium_renal alert.gadolinium_allergy
        """
    ),
    "imaging.mri.dwi": _changes("imaging.mri_dwi imaging.unenhanced_ct_or_mri"),
    "imaging.mri.t1_long_axis_whole_bone": _changes("imaging.mri_t1_long_axis_whole_bone imaging.unenhanced_ct_or_mri"),
    "imaging.mri.not_possible": _changes("imaging.ct_local_unenhanced biopsy.perform alert.biopsy_before_mri"),
    "imaging.mri.date": _changes("alert.biopsy_before_mri"),
    "imaging.ct_local.done": _changes(
        """
        imaging.ct_local_unenhanced imaging.unenhanced_ct_or_mri biopsy.perform alert.radiation_young_patient
        alert.ct_slices_too_thick
        """
    ),
    "imaging.ct_local.contrast": _changes(
        """
        imaging.ct_local_unenhanced imaging.unenhanced_ct_or_mri biopsy.perform alert.ct_made_with_contrast
        alert.ct_slices_too_thick alert.radiation_young_patient
        """
    ),
    "imaging.ct_local.slice_mm": _changes("alert.ct_slices_too_thick"),
    "imaging.ct_thorax.slice_mm": _changes("alert.ct_slices_too_thick"),
    "imaging.ct_thorax.done": _changes(
        "staging.ct_thorax_unenhanced biopsy.perform alert.radiation_young_patient alert.ct_slices_too_thick"
    ),
    "imaging.ct_thorax.contrast": _changes(
        """
        staging.ct_thorax_unenhanced biopsy.perform alert.ct_made_with_contrast alert.ct_slices_too_thick
        alert.radiation_young_patient
        """
    ),
    "imaging.pet_ct.done": _changes(
        "alert.pet_ct_after_biopsy staging.fdg_pet_ct biopsy.perform alert.radiation_young_patient"
    ),
    "imaging.pet_ct.date": _changes("alert.pet_ct_after_biopsy"),
    "imaging.whole_body_mri.done": _changes("staging.whole_body_mri"),
    "imaging.gadolinium_planned": _changes("alert.gadolinium_renal alert.gadolinium_allergy"),
    "imaging.iv_contrast_ct_planned": _changes("alert.iv_contrast_renal alert.iv_contrast_allergy"),
    "imaging.declared_complete": _changes(
        """
        biopsy.perform imaging.declare_complete imaging.xray_two_views imaging.ct_local_unenhanced
        staging.ct_thorax_unenhanced staging.fdg_pet_ct
        """
    ),
    "consultation.expertise_centre_consulted": _changes(
        """
        refer.expertise_centre refer.consult_before_princess_maxima refer.seek_advice
        refer.consult_before_local_treatment biopsy.without_consultation biopsy.consult_expertise_centre biopsy.perform
        refer.princess_maxima treatment.local_after_consultation referral.consult_expertise_centre_first
        """
    ),
    "consultation.expertise_centre_supports_princess_maxima": _changes(
        """
        refer.not_needed refer.expertise_centre refer.princess_maxima refer.consult_before_princess_maxima
        refer.arrange_by_phone refer.agree_where_imaging_is_done refer.send_full_information inform.patient
        referral.decision referral.destination referral.urgency referral.by_phone
        """
    ),
    "consultation.expertise_centre_asks_pet_ct": _changes(
        """
        alert.pet_ct_after_biopsy
        staging.fdg_pet_ct biopsy.perform alert.radiation_young_patient alert.pregnancy
        """
    ),
    "consultation.accepts_without_contrast_mri": _changes(
        """
        imaging.ct_local_unenhanced biopsy.perform alert.biopsy_before_mri
        """
    ),
    "consultation.committee_consulted": _changes(
        "refer.seek_advice refer.expertise_centre pathology.review_by_expertise_centre"
    ),
    "consultation.referred": _changes(
        "refer.expertise_centre refer.princess_maxima refer.seek_advice refer.reassessment"
    ),
    "mdo.discussed": _changes("mdo.discuss pathology.predictive_testing biopsy.perform"),
    "mdo.with_expertise_centre": _changes(
        """
        pathology.send_material_directly
        refer.expertise_centre refer.consult_before_princess_maxima refer.seek_advice
        refer.consult_before_local_treatment mdo.discuss biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle refer.princess_maxima treatment.local_after_consultation
        referral.consult_expertise_centre_first
        """
    )
    | _ADVISED_AGAINST,
    "biopsy.status": _changes(
        """
        alert.biopsy_of_do_not_touch
        alert.pet_ct_after_biopsy
        imaging.ct_local_unenhanced staging.fdg_pet_ct imaging.declare_complete
        imaging.xray_two_views imaging.mri_contrast imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone
        imaging.mri_protocol imaging.mri_third_plane imaging.no_further_imaging staging.ct_thorax_unenhanced mdo.discuss
        mdo.core_disciplines biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle biopsy.resect_tract pathology.send_material_directly pathology.send_material_promptly
        pathology.frozen_tissue pathology.edta_decalcification pathology.record_specimen_type
        pathology.expert_pathologist pathology.who_classification pathology.correlate_with_radiology
        pathology.record_additional_tests pathology.translocation_test pathology.rna_fusion_panel pathology.idh_mutation
        pathology.mdm2_amplification pathology.molecular_confirmation alert.biopsy_outside_centre
        alert.ct_made_with_contrast alert.ct_slices_too_thick alert.biopsy_before_mri alert.radiation_young_patient
        alert.pregnancy alert.gadolinium_renal alert.gadolinium_allergy
        """
    ),
    "biopsy.date": _changes("alert.biopsy_before_mri alert.pet_ct_after_biopsy"),
    "biopsy.in_or_with_expertise_centre": _changes(
        """
        biopsy.in_or_with_expertise_centre biopsy.perform alert.biopsy_outside_centre
        """
    ),
    "biopsy.route_agreed": _changes("biopsy.agree_route biopsy.perform"),
    "biopsy.frozen_tissue": _changes("pathology.frozen_tissue alert.acid_decalcification_without_frozen_tissue"),
    "biopsy.decalcification": _changes(
        """
        pathology.edta_decalcification alert.acid_decalcification_without_frozen_tissue
        """
    ),
    "pathology.diagnosis": _changes(
        """
        staging.ct_thorax_unenhanced pathology.send_material_directly pathology.frozen_tissue
        pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
        pathology.review_by_expertise_centre pathology.who_classification pathology.correlate_with_radiology
        pathology.record_additional_tests pathology.translocation_test pathology.rna_fusion_panel
        pathology.idh_mutation pathology.mdm2_amplification pathology.molecular_confirmation biopsy.perform
        alert.ct_made_with_contrast alert.ct_slices_too_thick alert.radiation_young_patient
        """
    ),
    "pathology.histology": _HISTOLOGY | _ADVISED_AGAINST,
    "pathology.histology_differential": _HISTOLOGY | _ADVISED_AGAINST,
    "pathology.histological_grade": _changes(
        """
        staging.ct_thorax_unenhanced biopsy.perform alert.ct_made_with_contrast alert.ct_slices_too_thick
        alert.radiation_young_patient
        """
    ),
    "pathology.specimen": _changes("pathology.record_specimen_type"),
    "pathology.who_edition": _changes("pathology.who_classification"),
    "pathology.h3_g34w": _changes("pathology.molecular_confirmation"),
    "pathology.h3_k36m": _changes("pathology.molecular_confirmation"),
    "pathology.molecular_purpose": _changes(
        """
        mdo.discuss mdo.core_disciplines pathology.molecular_indication_by_pathologist
        pathology.molecular_method_by_three_grounds pathology.predictive_testing
        pathology.predictive_testing_on_latest_tissue pathology.broad_ngs_routinely
        pathology.iso_accredited_laboratory
        """
    ),
    "pathology.molecular_method": NOTHING,
    "pathology.laboratory_iso_accredited": _changes("pathology.iso_accredited_laboratory"),
    "pathology.laboratory_in_expertise_centre": _changes("pathology.broad_ngs pathology.iso_accredited_laboratory"),
    "pathology.unexplained_case": _changes("pathology.broad_ngs"),
    "context.research": _changes(
        """
        staging.whole_body_mri staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla
        pathology.broad_ngs alert.wb_mri_implant
        """
    ),
    "treatment.planned": _changes(
        """
        refer.consult_before_local_treatment treatment.in_expertise_centre treatment.local_after_consultation
        """
    ),
    "treatment.earlier_unplanned_surgery": _changes("alert.unplanned_surgery"),
    "resection.performed": _changes(
        """
        alert.biopsy_of_do_not_touch
        imaging.ct_local_unenhanced staging.fdg_pet_ct imaging.declare_complete
        imaging.xray_two_views imaging.mri_contrast imaging.mri_dwi imaging.mri_t1_long_axis_whole_bone
        imaging.mri_protocol imaging.mri_third_plane imaging.no_further_imaging staging.ct_thorax_unenhanced mdo.discuss
        mdo.core_disciplines biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.in_or_with_expertise_centre biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform
        biopsy.image_guided_needle pathology.send_material_directly pathology.frozen_tissue
        pathology.edta_decalcification pathology.record_specimen_type pathology.expert_pathologist
        pathology.who_classification pathology.correlate_with_radiology pathology.record_additional_tests
        pathology.translocation_test pathology.rna_fusion_panel pathology.idh_mutation pathology.mdm2_amplification
        pathology.molecular_confirmation resection.record_size resection.record_size_in_three_dimensions
        resection.record_extension resection.record_margins resection.record_margin_distances resection.embed_whole_slab
        resection.record_response alert.biopsy_outside_centre alert.ct_made_with_contrast alert.ct_slices_too_thick
        alert.biopsy_before_mri alert.radiation_young_patient alert.pregnancy alert.gadolinium_renal
        alert.gadolinium_allergy response_grade
        """
    ),
    "resection.viable_tumour_percent": _changes("resection.record_response response_grade"),
    "resection.response_percent": _changes("resection.record_response response_grade"),
    "resection.size_mm": _changes("resection.record_size resection.record_size_in_three_dimensions"),
    "resection.margin": _changes("resection.record_margins"),
    "resection.resection_plane_mm": _changes("resection.record_margin_distances"),
    "resection.osteotomy_plane_mm": _changes("resection.record_margin_distances"),
    "resection.extension_described": _changes("resection.record_extension"),
    "resection.slab_embedded": _changes("resection.embed_whole_slab"),
}
