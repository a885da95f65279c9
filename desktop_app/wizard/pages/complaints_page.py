"""What the patient notices, and what went before."""

from desktop_app.wizard.pages.step_page import StepPage


class ComplaintsPage(StepPage):
    """The step `complaints`."""

    step = "complaints"
    beside = ()
