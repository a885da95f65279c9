"""Esc, Enter, Alt+F4, Finish, Back and a jump on each page of the whole window: nothing hides, nothing is lost."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWizard
from pytestqt.qtbot import QtBot

from desktop_app.window.main_window import MainWindow
from desktop_app.window.parts.content import LETTER, PLAN
from desktop_app.wizard import flow
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.fields import AnswerKind
from tests.desktop_app.case.bad_input import FIELDS, open_window

Button, Key = QWizard.WizardButton, Qt.Key
each_page = pytest.mark.parametrize("step", flow.STEPS)
GIVEN = {
    "patient.family_name": "Bakker",
    "patient.birth_date": datetime.date(2012, 2, 3),
    "lesion.category": "malignant",
    "biopsy.status": "performed",
    "resection.performed": True,
}
"""Answers with which no page is passed by."""


@pytest.fixture(scope="module")
def one_window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    with open_window(tmp_path_factory.mktemp("each_page")) as made:
        yield made


@pytest.fixture
def window(one_window: MainWindow) -> MainWindow:
    """The window with a case in it."""
    one_window.activateWindow()
    one_window.autosave.start_case(Case())
    answer(one_window)
    return one_window


def answer(window: MainWindow) -> None:
    for path, value in GIVEN.items():
        window.document.answer(path, value)
    window.document.full_plan()


def check(window: MainWindow, step: str, before: tuple[Case, dict[str, str]]) -> None:
    """The window stands, at this page, with the plan of these answers."""
    assert window.isVisible() and window.content.wizard.isVisible() and window.content.wizard.current_page.isVisible()
    assert window.content.wizard.current_step == window.content.steps.current_step == step
    assert not window.content.wizard.current_page.is_in_error
    assert window.document.snapshot() == before
    assert window.content.plan_view._plan is window.document.plan


@each_page
@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return, Key.Key_Enter])
def test_esc_and_enter(window: MainWindow, qtbot: QtBot, step: str, key: Key):
    window.content.wizard.go_to_step(step)
    if key is not Key.Key_Escape:  # Enter on an option chooses it: from a line of text, and from nowhere
        window.setFocus()
    before = window.document.snapshot()
    for target in (
        QApplication.focusWidget() or window,
        window.content.wizard,
        window.content.wizard.current_page,
        window,
    ):
        qtbot.keyClick(target, key)
        check(window, step, before)


@each_page
def test_finish(window: MainWindow, step: str):
    """The button stands on the last page alone; there it shows the letter, and wherever Qt calls it nothing hides."""
    window.content.wizard.go_to_step(step)
    before = window.document.snapshot()
    button = window.content.wizard.button(Button.FinishButton)
    assert button.isVisible() == (step == "letter")
    window.content.tabs.setCurrentIndex(PLAN)
    button.click()
    assert (window.content.tabs.currentIndex() == LETTER) == (step == "letter")
    window.content.wizard.accept()
    window.content.wizard.reject()
    window.content.wizard.done(1)
    check(window, step, before)


@each_page
def test_back_and_jump(window: MainWindow, step: str):
    before = window.document.snapshot()
    for other in flow.STEPS:
        window.content.wizard.go_to_step(step)
        check(window, step, before)
        if other == step:
            continue
        window.content.steps.step_chosen.emit(other)
        check(window, other, before)
        window.content.wizard.button(Button.BackButton).click()
        check(window, step, before)


def half_typed(step: str) -> str | None:
    """A field of a page in which something can be half typed."""
    kinds = (
        AnswerKind.DATE,
        AnswerKind.NUMBER,
        AnswerKind.NUMBERS,
        AnswerKind.WHOLE_NUMBER,
        AnswerKind.ENTITY,
        AnswerKind.BONE,
    )
    return next((path for path in FIELDS if flow.step_of(path) == step and fields()[path].kind in kinds), None)


@each_page
def test_alt_f4(qapp: QApplication, tmp_path: Path, step: str):
    """The window manager asks the window to close: all is kept, half-typed text too."""
    with open_window(tmp_path) as window:
        answer(window)
        window.content.wizard.go_to_step(step)
        path = half_typed(step)
        if path is not None:
            window.content.wizard.go_to_field(path)
            window.content.wizard.current_page.rows[path].input.edit.setText("3x-")
            window.content.wizard.current_page.rows[path].input.edit.textEdited.emit("3x-")
            assert window.document.raw(path) == "3x-"
        number, before = window.autosave.number, window.document.snapshot()
        assert window.close() and not window.isVisible()
    with open_window(tmp_path) as again:
        again.cases.open_number(number)
        assert again.document.snapshot() == before
        again.content.wizard.go_to_step(step)
        check(again, step, before)
        if path is not None:
            assert again.content.wizard.current_page.rows[path].input.edit.text() == "3x-"
