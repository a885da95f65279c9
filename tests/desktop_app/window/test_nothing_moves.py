"""Nothing moves under the pointer: a message that comes, grows or goes leaves every control where it was."""

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget, QWizard

from desktop_app.window.main_window import MainWindow
from desktop_app.window.parts.content import USUAL_SIZE
from desktop_app.wizard.flow import STEPS

LONG = "Dit is een melding die over meer dan een regel loopt, want zij zegt wat er gebeurde en wat u kunt doen. " * 4


@pytest.fixture(autouse=True)
def with_a_plan(window: MainWindow) -> None:
    window.resize(USUAL_SIZE)
    window.document.answer("lesion.category", "malignant")
    window.document.full_plan()
    QApplication.processEvents()


def places(window: MainWindow) -> dict[int, QRect]:
    """Where each part of the page stands in the window; the message itself is none."""
    QApplication.processEvents()
    bar = window.content.bar
    parts = (each for each in window.content.findChildren(QWidget) if each.isVisible())
    return {
        id(each): QRect(each.mapTo(window, QPoint(0, 0)), each.size())
        for each in parts
        if each is not bar and not bar.isAncestorOf(each)
    }


def settled(window: MainWindow) -> dict[int, QRect]:
    """The places once the page has been laid out, as it is when a user looks at it."""
    before = places(window)
    for _ in range(20):
        now = places(window)
        if now == before:
            return now
        before = now
    raise AssertionError("the page moves by itself")


def test_a_message_moves_nothing_on_any_step(window: MainWindow):
    content = window.content
    says = (
        lambda: content.bar.say("Gekopieerd.", "note"),
        lambda: content.bar.say(LONG, "caution"),
        lambda: content.bar.offer(LONG, "Nog eens", lambda: None),
        lambda: content.bar.offer("Bewaard.", "Openen", lambda: None),
        content.bar.hide,
    )
    for step in STEPS:
        content.bar.hide()
        content.go_to_step(step)
        QTest.qWait(50)  # what a page does a moment after it is shown
        before = settled(window)
        assert len(before) > 40
        for say in says:
            say()
            assert places(window) == before, step


def test_a_long_message_is_shown_whole_over_the_foot_of_the_page(window: MainWindow):
    bar = window.content.bar
    bar.say("Kort.", "note")
    QApplication.processEvents()
    short = bar.geometry()
    bar.say(LONG, "caution")
    QApplication.processEvents()
    assert bar.height() > short.height()
    assert bar.geometry().bottom() == short.bottom() == window.content.rect().bottom()
    assert bar.text.height() >= bar.text.heightForWidth(bar.text.width())


def test_a_message_of_one_line_covers_nothing(window: MainWindow):
    content = window.content
    content.bar.say("Kort.", "note")
    QApplication.processEvents()
    assert content.places.geometry().bottom() < content.bar.geometry().top()


def test_a_message_of_two_lines_leaves_the_buttons_of_the_wizard_free(window: MainWindow):
    """A warning stays until it is closed: meanwhile one goes on."""
    content = window.content
    content.bar.offer(LONG[: len(LONG) // 2], "Verder met deze casus", lambda: None, "caution")
    QApplication.processEvents()
    button = content.wizard.button(QWizard.WizardButton.NextButton)
    foot = QRect(button.mapTo(content, QPoint(0, 0)), button.size())
    assert button.isVisible() and not foot.intersects(content.bar.geometry())


def test_a_bar_that_pushes_the_page_would_be_noticed(window: MainWindow):
    before = places(window)
    window.content.layout().insertSpacing(1, 30)
    assert places(window) != before
