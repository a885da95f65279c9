"""What an answer may still change after something was definite: the declared list, field by field.

A fact only narrows what is open, so it never retracts anything (`learning`). An event that happens, an exception that
is stated and a default that is replaced can: each may change the actions, keys of the referral decision
(`referral.…`) and alerts (`alert.…`) that stand here, and the proof (`answering`) shows that it changes nothing else.
Where a fact brings an event with it (a histology says that tissue was taken), what that event changes stands with the
fact.
"""

from collections.abc import Mapping

from guideline_core.contract import fields
from guideline_core.proof.effects import EVERYTHING, NOTHING, Effects, changes
from guideline_core.proof.may_change_certainty import MAY_CHANGE_BY_CERTAINTY
from guideline_core.proof.may_change_course import MAY_CHANGE_BY_COURSE
from guideline_core.proof.may_change_grade import MAY_CHANGE_BY_GRADE
from guideline_core.proof.may_change_tissue import MAY_CHANGE_BY_TISSUE
from guideline_core.proof.may_change_weighing import MAY_CHANGE_BY_WEIGHING

_REASSESSMENT = changes(
    """
    refer.reassessment imaging.unenhanced_ct_or_mri refer.expertise_centre refer.not_needed
    refer.agree_where_imaging_is_done
    refer.consult_before_princess_maxima refer.seek_advice refer.send_full_information
    refer.consult_before_local_treatment treatment.not_needed treatment.in_expertise_centre inform.patient
    imaging.mri_contrast imaging.mri_unenhanced imaging.alternative_to_mri imaging.mri_dwi
    imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol imaging.mri_third_plane imaging.no_further_imaging
    biopsy.without_consultation biopsy.consult_expertise_centre biopsy.laminectomy_or_decompression biopsy.perform
    refer.princess_maxima referral.decision referral.destination referral.urgency
    referral.consult_expertise_centre_first alert.pregnancy alert.gadolinium_renal alert.gadolinium_allergy
    alert.mri_not_possible
    """
)
"""What a second reading brings about, whether it was made or left the lesion uncertain."""
_SITE = changes(
    """
    refer.agree_where_imaging_is_done imaging.xray_two_views imaging.mri_contrast imaging.mri_unenhanced
    biopsy.perform
    """
)
"""What the site brings about, by its bone or by its region."""

_COUNT = changes(
    """
    refer.not_needed refer.metastasis_likelier refer.seek_advice refer.send_full_information inform.patient
    referral.decision referral.destination referral.urgency
    """
)
"""What it brings about that there are several lesions, said or by another site."""

_BY_THE_REST: Mapping[str, Effects] = {
    "patient.birth_date": NOTHING,  # it decides whether pregnancy is asked, and nothing that a plan says
    "patient.age_years": NOTHING,
    "patient.sex": changes("alert.pregnancy"),
    "lesion.basis": changes("alert.category_without_imaging"),
    "lesion.origin": EVERYTHING,  # an established metastasis falls under another guideline
    "lesion.category_by": changes(
        """
        refer.not_needed refer.expertise_centre refer.seek_advice refer.send_full_information
        treatment.in_expertise_centre inform.patient imaging.mri_contrast imaging.mri_dwi
        imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol imaging.mri_third_plane imaging.no_further_imaging
        biopsy.without_consultation biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre
        biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform biopsy.image_guided_needle
        referral.decision referral.destination referral.urgency alert.pregnancy alert.gadolinium_renal
        alert.gadolinium_allergy biopsy.minimal_contamination biopsy.adequate_tissue imaging.mri_unenhanced
        imaging.alternative_to_mri biopsy.laminectomy_or_decompression alert.mri_not_possible refer.reassessment
        treatment.not_needed refer.agree_where_imaging_is_done
        """
    ),
    "lesion.count": _COUNT,
    "lesion.other_sites": _COUNT,
    "lesion.category": changes(
        """
        alert.category_conflict alert.category_without_imaging
        """
    ),
    "lesion.entity": changes("scope alert.category_conflict"),
    "lesion.differential": changes("scope alert.category_conflict"),
    "lesion.bone": _SITE,
    "lesion.region": _SITE,
    "lesion.reassessed_by_expertise_centre": _REASSESSMENT,
    "lesion.uncertain_after_reassessment": _REASSESSMENT,
    "lesion.radiologically_unequivocal": changes(
        """
        refer.consult_before_princess_maxima refer.seek_advice refer.consult_before_local_treatment mdo.discuss
        biopsy.without_consultation biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre
        biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform biopsy.image_guided_needle
        refer.princess_maxima referral.consult_expertise_centre_first biopsy.minimal_contamination
        biopsy.adequate_tissue refer.expertise_centre
        """
    ),
    "lesion.pathological_fracture": changes("treatment.not_needed"),
    "patient_factors.severe_renal_insufficiency": NOTHING,  # these two decide on what else is asked
    "patient_factors.contrast_allergy": NOTHING,
    "imaging.xray.done": NOTHING,
    "imaging.xray.two_views": changes(
        """
        imaging.xray_two_views imaging.mri_contrast biopsy.perform refer.agree_where_imaging_is_done
        imaging.mri_unenhanced
        """
    ),
    "imaging.xray.normal": changes("refer.seek_advice alert.normal_radiograph"),
    "imaging.mri.done": changes(
        """
        refer.agree_where_imaging_is_done imaging.mri_unenhanced imaging.ct_local_unenhanced biopsy.perform
        """
    ),
    "imaging.mri.contrast": changes(
        """
        imaging.mri_contrast imaging.ct_local_unenhanced biopsy.perform alert.biopsy_before_mri alert.gadolinium_renal
        alert.gadolinium_allergy refer.agree_where_imaging_is_done imaging.mri_unenhanced
        """
    ),
    "imaging.mri.dwi": changes(
        """
        imaging.mri_dwi refer.agree_where_imaging_is_done imaging.mri_unenhanced imaging.ct_local_unenhanced
        biopsy.perform
        """
    ),
    "imaging.mri.t1_long_axis_whole_bone": changes(
        """
        imaging.mri_t1_long_axis_whole_bone refer.agree_where_imaging_is_done imaging.mri_unenhanced
        imaging.ct_local_unenhanced biopsy.perform
        """
    ),
    "imaging.mri.not_possible": changes(
        """
        imaging.ct_local_unenhanced biopsy.perform alert.biopsy_before_mri refer.agree_where_imaging_is_done
        imaging.mri_contrast imaging.mri_unenhanced imaging.alternative_to_mri imaging.mri_dwi
        imaging.mri_t1_long_axis_whole_bone imaging.mri_protocol imaging.mri_third_plane staging.whole_body_mri
        staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla alert.ct_made_with_contrast
        alert.radiation_young_patient alert.pregnancy alert.gadolinium_renal alert.gadolinium_allergy
        alert.mri_not_possible alert.wb_mri_implant alert.ct_slices_too_thick
        """
    ),
    "imaging.mri.contrast_not_possible": changes(
        """
        refer.agree_where_imaging_is_done imaging.mri_contrast imaging.mri_unenhanced imaging.ct_local_unenhanced
        biopsy.perform alert.biopsy_before_mri alert.pregnancy alert.gadolinium_renal alert.gadolinium_allergy
        alert.mri_not_possible
        """
    ),
    "imaging.mri.date": changes("alert.biopsy_before_mri"),
    "imaging.ct_local.done": changes(
        """
        imaging.ct_local_unenhanced biopsy.perform alert.radiation_young_patient refer.agree_where_imaging_is_done
        alert.ct_slices_too_thick
        """
    ),
    "imaging.ct_local.contrast": changes(
        """
        imaging.ct_local_unenhanced biopsy.perform alert.ct_made_with_contrast alert.radiation_young_patient
        refer.agree_where_imaging_is_done alert.ct_slices_too_thick
        """
    ),
    "imaging.ct_local.slice_mm": changes("alert.ct_slices_too_thick"),
    "imaging.ct_thorax.done": changes(
        """
        staging.ct_thorax_unenhanced biopsy.perform alert.radiation_young_patient refer.agree_where_imaging_is_done
        alert.ct_slices_too_thick
        """
    ),
    "imaging.ct_thorax.contrast": changes(
        """
        staging.ct_thorax_unenhanced biopsy.perform alert.ct_made_with_contrast alert.radiation_young_patient
        refer.agree_where_imaging_is_done alert.ct_slices_too_thick
        """
    ),
    "imaging.ct_thorax.slice_mm": changes("alert.ct_slices_too_thick"),
    "imaging.pet_ct.done": changes(
        """
        staging.fdg_pet_ct biopsy.perform alert.radiation_young_patient refer.agree_where_imaging_is_done
        """
    ),
    "imaging.whole_body_mri.done": changes("staging.whole_body_mri"),
    "imaging.after_reassessment.done": changes("imaging.unenhanced_ct_or_mri"),
    "imaging.gadolinium_planned": changes("alert.gadolinium_renal alert.gadolinium_allergy"),
    "imaging.iv_contrast_ct_planned": changes("alert.iv_contrast_renal alert.iv_contrast_allergy"),
    "imaging.declared_complete": changes("biopsy.perform"),
    "patient_factors.limited_frail_elderly": changes(
        """
        treatment.in_expertise_centre treatment.local_after_consultation
        """
    ),
    "patient_factors.terminal_phase": changes("treatment.in_expertise_centre treatment.local_after_consultation"),
    "patient_factors.spinal_cord_compression": changes(
        """
        refer.not_needed refer.expertise_centre refer.seek_advice refer.reassessment refer.arrange_by_phone
        refer.phone_about_destination refer.agree_where_imaging_is_done refer.send_full_information inform.patient
        imaging.mri_contrast imaging.mri_unenhanced imaging.alternative_to_mri imaging.mri_dwi imaging.mri_protocol
        imaging.no_further_imaging biopsy.laminectomy_or_decompression referral.decision referral.destination
        treatment.not_needed
        referral.urgency referral.by_phone alert.spinal_cord_compression alert.pregnancy alert.gadolinium_renal
        alert.gadolinium_allergy alert.mri_not_possible refer.princess_maxima refer.consult_before_princess_maxima
        imaging.xray_two_views imaging.ct_local_unenhanced imaging.unenhanced_ct_or_mri biopsy.perform
        referral.consult_expertise_centre_first alert.ct_made_with_contrast alert.ct_slices_too_thick
        alert.radiation_young_patient refer.other_specialty
        """
    ),
    "consultation.expertise_centre_consulted": changes(
        """
        refer.consult_before_princess_maxima refer.seek_advice refer.consult_before_local_treatment
        biopsy.without_consultation biopsy.consult_expertise_centre biopsy.perform refer.princess_maxima
        referral.consult_expertise_centre_first refer.expertise_centre
        """
    ),
    "consultation.expertise_centre_supports_princess_maxima": changes(
        """
        refer.not_needed refer.expertise_centre refer.princess_maxima refer.consult_before_princess_maxima
        refer.arrange_by_phone refer.agree_where_imaging_is_done refer.send_full_information inform.patient
        referral.decision referral.destination referral.urgency referral.by_phone refer.seek_advice
        refer.consult_before_local_treatment biopsy.without_consultation biopsy.consult_expertise_centre
        biopsy.perform referral.consult_expertise_centre_first
        """
    ),
    "consultation.expertise_centre_asks_pet_ct": changes(
        """
        alert.pet_ct_after_biopsy
        staging.fdg_pet_ct biopsy.perform alert.radiation_young_patient alert.pregnancy
        refer.agree_where_imaging_is_done
        """
    ),
    "consultation.accepts_without_contrast_mri": changes(
        """
        biopsy.perform refer.agree_where_imaging_is_done imaging.alternative_to_mri
        """
    ),
    "consultation.committee_consulted": changes("refer.seek_advice refer.expertise_centre"),
    "consultation.referred_to": changes(
        """
        refer.expertise_centre refer.princess_maxima refer.seek_advice refer.reassessment biopsy.perform
        """
    ),
    "consultation.arranged_by_phone": changes("refer.arrange_by_phone refer.phone_about_destination"),
    "consultation.imaging_place_agreed": changes("refer.agree_where_imaging_is_done"),
    "consultation.information_sent": changes("refer.send_full_information"),
    "consultation.patient_informed": changes("inform.patient"),
    "mdo.discussed": changes("mdo.discuss biopsy.perform biopsy.differential_diagnosis_first"),
    "mdo.with_expertise_centre": changes(
        """
        refer.consult_before_princess_maxima refer.seek_advice refer.consult_before_local_treatment mdo.discuss
        biopsy.without_consultation biopsy.consult_expertise_centre biopsy.in_or_with_expertise_centre
        biopsy.differential_diagnosis_first biopsy.agree_route biopsy.perform biopsy.image_guided_needle
        refer.princess_maxima referral.consult_expertise_centre_first biopsy.minimal_contamination
        biopsy.adequate_tissue refer.expertise_centre
        """
    ),
    "context.research": changes(
        """
        staging.whole_body_mri staging.whole_body_mri_in_expertise_centre staging.whole_body_mri_at_1_5_tesla
        alert.wb_mri_implant
        """
    ),
    "history.cancer": changes("refer.metastasis_likelier"),
}
_DECLARED = {**_BY_THE_REST, **MAY_CHANGE_BY_COURSE, **MAY_CHANGE_BY_TISSUE}
for _more in (MAY_CHANGE_BY_CERTAINTY, MAY_CHANGE_BY_WEIGHING, MAY_CHANGE_BY_GRADE):
    _DECLARED |= {field: effects | _DECLARED.get(field, NOTHING) for field, effects in _more.items()}

MAY_CHANGE: Mapping[str, Effects] = {field: _DECLARED[field] for field in fields() if field in _DECLARED}
"""For each field whose answer can revise what was definite, what it may change; in the order of the contract."""
