"""Who it is about, and where in the work-up."""

from desktop_app.wizard.pages.step_page import StepPage


class PatientPage(StepPage):
    """The step `patient`."""

    step = "patient"
    beside = (
        ("patient.family_name", "patient.given_name"),
        ("patient.birth_date", "patient.age_years"),
        ("patient.bsn", "patient.patient_number"),
        ("patient.phone", "patient.email"),
    )
