"""Every place of the program that a user comes to, with the case in it that fills it: the list that walks go by."""

import datetime
from collections.abc import Callable, Iterator

from tests.desktop_app.window.test_language import DIALOGS

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.papers.order import Paper
from desktop_app.window.main_window import MainWindow
from desktop_app.window.parts.content import LETTER, PLAN, USUAL_SIZE
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
    window.content.bar.say(window.services.window_words("message", "plan_copied"), "note")


def places_in(window: MainWindow) -> Iterator[str]:
    """Go to each step with the plan and the letter, each paper, a trial and the cover; the name of where one is."""
    for step in STEPS:
        window.content.wizard.go_to_step(step)
        for box in window.content.wizard.current_page.sections.values():
            box.unfold(bool(box.section.details))
        for view, name in ((PLAN, "plan"), (LETTER, "letter")):
            window.content.tabs.setCurrentIndex(view)
            yield f"{step}, {name}"
    yield from papers_in(window)
    window.content.tabs.setCurrentIndex(PLAN)
    window.content.try_answer("lesion.category")
    page = window.content.trial
    page.rows["lesion.category"].input.value_entered.emit("benign_indolent")
    page.now.opened_or_closed.emit("alike")
    QApplication.processEvents()  # the question has come
    yield "trial"
    window.content.leave_trial()
    window.hide_case()
    yield "cover"
    window.show_case()


def papers_in(window: MainWindow) -> Iterator[str]:
    """Go to each paper, with what is chosen beside it; the name of where one is."""
    for paper in Paper:
        window.content.preview.choices.choose_paper(paper)
        yield f"paper: {paper.value}"
    window.content.preview.choices.choose_paper(Paper.LETTER)
    window.content.preview.advice.setChecked(True)
    window.content.preview.left_out.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    yield "paper: advice left out"
    window.content.preview.advice.setChecked(False)


def skeleton_dialog(window: MainWindow) -> QWidget:
    """The large skeleton."""
    window.content.wizard.go_to_step("lesion")
    panel = next(iter(window.content.wizard.current_page.findChildren(SkeletonPanel)))
    return SkeletonDialog(panel.words, window)


OTHER_WINDOWS: list[Callable[[MainWindow], QWidget]] = [*DIALOGS, skeleton_dialog]
"""What makes each dialog; a new one is added here or to DIALOGS."""
