"""Undo and redo go to what they change, and bring back what was taken away; the next question gets the cursor."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton

from guideline_core.imaging_answers import OtherExamination
from tests.desktop_app.window.filling import fill


def test_next_question_puts_the_cursor_there(qtbot, window):
    window.document.full_plan()
    asked = window.document.plan.open_questions[0].field
    qtbot.keyClick(window, Qt.Key.Key_F6)
    row = window.content.wizard.current_page.rows[asked]
    assert row.isAncestorOf(QApplication.focusWidget())


def test_undo_goes_back_to_what_it_changes(qtbot, window):
    fill(window, {"lesion.category": "malignant"})
    assert "Soort afwijking" in window.menu.actions["undo"].text()
    window.menu.actions["undo"].trigger()
    assert window.document.case.lesion.category is None
    assert window.content.wizard.current_step == "lesion"
    assert not window.menu.actions["undo"].isEnabled()
    window.menu.actions["redo"].trigger()
    assert window.document.case.lesion.category == "malignant"


def test_a_removed_examination_comes_back_by_undo(window):
    """Nobody is asked "are you sure": what is taken away can be put back."""
    path = "imaging.other"
    window.document.answer(path, (OtherExamination(what="botscan"), OtherExamination(what="echo")))
    window.content.wizard.go_to_field(path)
    examinations = window.content.wizard.current_page.rows[path].input
    before = window.document.snapshot()
    examinations.rows[0].findChild(QToolButton).click()
    assert [item.what for item in window.document.case.imaging.other] == ["echo"]
    window.menu.actions["undo"].trigger()
    assert window.document.snapshot() == before
    assert [row.lines["what"].text() for row in examinations.rows] == ["botscan", "echo"]
