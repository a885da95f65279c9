"""Every place of the program that a user comes to, with the case in it that fills it: the list that walks go by."""

import datetime
from collections.abc import Callable, Iterator

from tests.desktop_app.test_window_language import DIALOGS

# isort: split
from PySide6.QtWidgets import QWidget

from desktop_app.main_window import LETTER, PLAN, MainWindow
from desktop_app.window_content import USUAL_SIZE
from desktop_app.wizard.flow import STEPS
from desktop_app.wizard.inputs.skeleton_panel import SkeletonDialog, SkeletonPanel

ANSWERS = {
    "patient.birth_date": datetime.date(2012, 2, 3),
    "complaints.persistent_pain": True,
    "lesion.category": "malignant",
    "lesion.bone": "femur",
    "lesion.differential": ("osteosarcoma", "ewing_sarcoma"),
    "biopsy.status": "considered",
    "consultation.centre": "lumc",
}
WRONG_BSN = "12"


def fill(window: MainWindow) -> None:
    """Put a case in a window that shows as much as a window can: details, a warning of harm, a wrong entry."""
    window.resize(USUAL_SIZE)
    for path, value in ANSWERS.items():
        window.document.answer(path, value)
    window.document.keep_raw("patient.bsn", WRONG_BSN)
    window.document.full_plan()
    window.bar.say(window.services.window_words("message", "plan_copied"), "note")


def places_in(window: MainWindow) -> Iterator[str]:
    """Go to each step with the plan and with the letter, and to the cover; the name of where one is."""
    for step in STEPS:
        window.wizard.go_to_step(step)
        for box in window.wizard.current_page.sections.values():
            box.unfold(bool(box.section.details))
        for view, name in ((PLAN, "plan"), (LETTER, "letter")):
            window.tabs.setCurrentIndex(view)
            yield f"{step}, {name}"
    window.hide_case()
    yield "cover"
    window.show_case()


def skeleton_dialog(window: MainWindow) -> QWidget:
    """The large skeleton."""
    window.wizard.go_to_step("lesion")
    panel = next(iter(window.wizard.current_page.findChildren(SkeletonPanel)))
    return SkeletonDialog(panel.words, window)


OTHER_WINDOWS: list[Callable[[MainWindow], QWidget]] = [*DIALOGS, skeleton_dialog]
"""What makes each dialog; a new one is added here or to DIALOGS."""
