"""What is suspected, where it is, and how certain it is."""

from desktop_app.wizard.step_page import StepPage


class LesionPage(StepPage):
    """The step `lesion`."""

    step = "lesion"
    beside = ()
