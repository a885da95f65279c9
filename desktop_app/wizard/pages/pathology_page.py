"""What the pathologist knows and is asked."""

from desktop_app.wizard.pages.step_page import StepPage


class PathologyPage(StepPage):
    """The step `pathology`."""

    step = "pathology"
    beside = ()
