"""A window that is too narrow for questions and plan side by side: they take turns, and nothing is off the screen."""

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtWidgets import QWidget

from desktop_app.window.main_window import MainWindow
from desktop_app.window.parts.content import LETTER, PLAN, QUESTIONS

WIDE, NARROW, NARROWEST = 1366, 900, 683
"""Pixels: the usual window, half of a large screen, and a screen of 1366 at twice the size of everything."""


@pytest.fixture
def resized(window: MainWindow, qtbot):
    def made(width: int) -> MainWindow:
        window.showNormal()
        window.resize(width, 700)
        qtbot.waitUntil(lambda: window.width() == width)
        return window

    return made


def sides(window: MainWindow) -> tuple[bool, bool, bool]:
    """Whether steps, questions and plan or letter are seen."""
    content = window.content
    return content.steps.isVisible(), content.wizard.isVisible(), content.right.isVisible()


def test_a_wide_window_has_all_side_by_side(resized) -> None:
    window = resized(WIDE)
    assert sides(window) == (True, True, True) and not window.content.tabs.isTabVisible(QUESTIONS)


@pytest.mark.parametrize(("width", "has_steps"), [(NARROW, True), (NARROWEST, False)])
def test_in_a_narrow_window_they_take_turns(resized, qtbot, width: int, has_steps: bool) -> None:
    window = resized(width)
    assert sides(window) == (has_steps, True, False)
    window.content.show_plan()
    assert sides(window) == (False, False, True)
    qtbot.waitUntil(lambda: window.content.right.width() > width - 20)
    window.content.show_letter()
    assert sides(window) == (False, False, True)
    window.content.go_to_step("imaging")
    assert sides(window) == (has_steps, True, False) and window.content.wizard.current_step == "imaging"


def test_a_question_that_the_plan_leads_to_is_shown(resized) -> None:
    window = resized(NARROW)
    window.content.show_plan()
    window.content.plan_view.question_activated.emit("lesion.bone")
    assert sides(window)[1] and window.content.wizard.current_step == "lesion"
    row = window.content.wizard.current_page.rows["lesion.bone"]
    assert row.isAncestorOf(QWidget.focusWidget(window) or window)


def test_every_part_stays_within_the_window(resized) -> None:
    window = resized(NARROWEST)
    for view in (QUESTIONS, PLAN, LETTER):
        window.content.tabs.setCurrentIndex(view)
        for part in (window.content.tabs, window.content.left, window.content.right):
            if part.isVisible():
                right = part.mapTo(window, part.rect().bottomRight()).x()
                assert right <= NARROWEST, (view, part)


def test_a_window_that_becomes_wide_again_shows_both(resized) -> None:
    for view in (PLAN, LETTER, QUESTIONS):
        window = resized(NARROW)
        window.content.tabs.setCurrentIndex(view)
        resized(WIDE)
        assert sides(window) == (True, True, True)
        assert window.content.tabs.currentIndex() == (PLAN if view == QUESTIONS else view)
