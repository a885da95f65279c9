"""Who was consulted, the biopsy, and treatment: where an answer can do harm, it is told here."""

from desktop_app.wizard.pages.step_page import StepPage


class ConsultationPage(StepPage):
    """The step `consultation`."""

    step = "consultation"
    beside = (("consultation.centre", "consultation.contact"),)
