"""The resection and what was measured on the specimen."""

from desktop_app.wizard.pages.step_page import StepPage


class ResectionPage(StepPage):
    """The step `resection`."""

    step = "resection"
    beside = (
        ("resection.resection_plane_mm", "resection.osteotomy_plane_mm"),
        ("resection.viable_tumour_percent", "resection.response_percent"),
    )
