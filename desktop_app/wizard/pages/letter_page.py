"""Free text for the letter, and how the images reach the centre."""

from desktop_app.wizard.pages.step_page import StepPage


class LetterPage(StepPage):
    """The step `letter`."""

    step = "letter"
    beside = (
        ("letter.medication", "letter.allergies"),
        ("images.sent_by", "images.sent_on"),
    )
