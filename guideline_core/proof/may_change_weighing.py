"""What may change because image and tissue count together, and because established tissue stands in for the image."""

from collections.abc import Mapping

from guideline_core.proof.effects import Effects, changes

_LOOKED_AT_AGAIN = changes(
    """
    refer.not_needed refer.reassessment refer.send_full_information inform.patient referral.decision
    referral.destination referral.urgency
    """
)
"""What the end of the second look brings about: where no tumour is established, that there is nothing to refer."""

_SECOND_LOOK = _LOOKED_AT_AGAIN | changes("refer.expertise_centre refer.seek_advice biopsy.perform")
"""What the second look brings about that established tissue asks for when it is lighter than the image."""

_AXIAL_BESIDE = changes(
    """
    refer.princess_maxima refer.consult_before_princess_maxima refer.reassessment refer.arrange_by_phone
    refer.phone_about_destination mdo.oncology_disciplines biopsy.resect_tract referral.by_phone
    referral.consult_expertise_centre_first
    """
)
"""What an atypical cartilaginous tumour of the axial skeleton brings about where it counts beside another tumour."""

_DISAGREEMENT = changes("alert.image_and_tissue_disagree")
_SPECIMEN = changes(
    """
    resection.record_size resection.record_size_in_three_dimensions resection.record_extension
    resection.record_margins resection.record_margin_distances resection.embed_whole_slab resection.record_response
    """
)
"""A metastasis under the microscope contradicts a primary tumour; until that is settled the lines of a sarcoma stay."""

_STAGING_BESIDE = changes(
    """
    refer.agree_where_imaging_is_done imaging.ct_local_unenhanced staging.ct_thorax_unenhanced staging.fdg_pet_ct
    staging.not_needed staging.see_appendix imaging.declare_complete biopsy.perform biopsy.image_guided_needle
    biopsy.minimal_contamination biopsy.adequate_tissue alert.ct_made_with_contrast alert.ct_slices_too_thick
    alert.appendices_missing alert.pet_ct_after_biopsy alert.radiation_young_patient alert.pregnancy
    """
)
"""What a tumour that counts beside another brings about: its staging, and what a biopsy then waits for."""

_TISSUE_BESIDE = _STAGING_BESIDE | changes(
    """
    refer.not_needed refer.seek_advice refer.send_full_information inform.patient imaging.mri_dwi
    staging.whole_body_mri staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla
    referral.decision referral.destination referral.urgency alert.wb_mri_implant response_grade
    """
)
"""What tissue that was not reviewed brings about beside the image."""

_ESTABLISHED = (
    _SECOND_LOOK
    | _TISSUE_BESIDE
    | changes(
        """
        refer.princess_maxima refer.consult_before_princess_maxima refer.reassessment refer.arrange_by_phone
        refer.phone_about_destination treatment.not_needed treatment.in_expertise_centre
        treatment.local_after_consultation imaging.mri_contrast imaging.mri_unenhanced imaging.alternative_to_mri
        imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol imaging.mri_third_plane imaging.unenhanced_ct_or_mri
        imaging.no_further_imaging mdo.discuss mdo.core_disciplines mdo.oncology_disciplines
        biopsy.without_consultation biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre
        biopsy.differential_diagnosis_first biopsy.agree_route referral.by_phone
        referral.consult_expertise_centre_first alert.category_conflict alert.unplanned_surgery
        alert.biopsy_before_mri alert.biopsy_of_do_not_touch alert.gadolinium_renal alert.gadolinium_allergy
        alert.mri_not_possible
        """
    )
)
"""What follows once tissue stands in for the image: nearly all that turns on what the lesion is."""

MAY_CHANGE_BY_WEIGHING: Mapping[str, Effects] = {
    "lesion.category": _SECOND_LOOK | _DISAGREEMENT,
    "lesion.entity": _SECOND_LOOK | _STAGING_BESIDE | _AXIAL_BESIDE | _DISAGREEMENT,
    "lesion.differential": _SECOND_LOOK | _DISAGREEMENT,
    "lesion.radiologically_unequivocal": _LOOKED_AT_AGAIN | changes("refer.other_specialty"),
    "patient_factors.spinal_cord_compression": changes("imaging.ct_local_unenhanced"),
    "mdo.with_expertise_centre": _LOOKED_AT_AGAIN | changes("refer.other_specialty"),
    "pathology.diagnosis": _ESTABLISHED,
    "pathology.histology": _SECOND_LOOK | _TISSUE_BESIDE | _AXIAL_BESIDE | _DISAGREEMENT | _SPECIMEN,
    "pathology.histology_differential": _TISSUE_BESIDE | _AXIAL_BESIDE | changes("refer.expertise_centre"),
}
