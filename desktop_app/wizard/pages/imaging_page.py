"""What was made, what is planned, and what in the patient bears on it."""

from desktop_app.wizard.pages.step_page import StepPage


class ImagingPage(StepPage):
    """The step `imaging`."""

    step = "imaging"
    beside = (
        ("imaging.xray.date", "imaging.xray.place"),
        ("imaging.mri.date", "imaging.mri.place"),
        ("imaging.ct_local.date", "imaging.ct_local.place"),
        ("imaging.ct_thorax.date", "imaging.ct_thorax.place"),
        ("imaging.pet_ct.date", "imaging.pet_ct.place"),
        ("imaging.whole_body_mri.date", "imaging.whole_body_mri.place"),
    )
