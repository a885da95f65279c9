"""The bar of messages: a note goes by itself, a warning stays until it is closed, whatever is told after it."""

from collections.abc import Callable

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.looks.palette import LIGHT
from desktop_app.window.parts import message_bar
from desktop_app.window.parts.message_bar import MessageBar

CHANGED = "Dit PDF-bestand is veranderd nadat het was gemaakt."
NOT_KEPT = "De casus kan niet worden bewaard."


@pytest.fixture
def bar(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MessageBar:
    monkeypatch.setattr(message_bar, "NOTE_STAYS_MS", 50)
    return shown_bar(qtbot)


def shown_bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar("Bericht", "Sluiten", LIGHT)
    qtbot.addWidget(made)
    return made


def stands(bar: MessageBar, text: str) -> Callable[[], bool]:
    return lambda: not bar.isHidden() and bar.text.text() == text


def test_a_note_goes_by_itself(bar: MessageBar, qtbot: QtBot) -> None:
    bar.say("Opgeslagen.", "note")
    assert stands(bar, "Opgeslagen.")()
    qtbot.waitUntil(bar.isHidden)


def test_a_warning_comes_back_when_the_note_goes(bar: MessageBar, qtbot: QtBot) -> None:
    bar.say(CHANGED, "caution")
    bar.say("Opgeslagen.", "note")
    assert stands(bar, "Opgeslagen.")()
    qtbot.waitUntil(stands(bar, CHANGED))
    qtbot.wait(120)
    assert stands(bar, CHANGED)()
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_two_warnings_are_closed_one_after_the_other(bar: MessageBar, qtbot: QtBot) -> None:
    tried: list[str] = []
    bar.offer(NOT_KEPT, "Opnieuw proberen", lambda: tried.append("again"), "caution")
    bar.say(CHANGED, "caution")
    assert stands(bar, CHANGED)() and bar.action.isHidden()
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert stands(bar, NOT_KEPT)() and not bar.action.isHidden()
    qtbot.mouseClick(bar.action, Qt.MouseButton.LeftButton)
    assert bar.isHidden() and tried == ["again"]


def test_a_warning_that_is_told_again_stands_once(bar: MessageBar, qtbot: QtBot) -> None:
    for text in (CHANGED, NOT_KEPT, CHANGED, CHANGED):
        bar.say(text, "caution")
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert stands(bar, NOT_KEPT)()
    qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()


def test_a_warning_that_is_over_does_not_come_back(bar: MessageBar, qtbot: QtBot) -> None:
    bar.say(NOT_KEPT, "caution")
    bar.say("Opgeslagen.", "note")
    bar.withdraw(NOT_KEPT)
    qtbot.waitUntil(bar.isHidden)


def test_another_language_keeps_every_warning(bar: MessageBar, qtbot: QtBot) -> None:
    bar.say(CHANGED, "caution")
    bar.say(NOT_KEPT, "caution")
    bar.say("Opgeslagen.", "note")
    other = shown_bar(qtbot)
    other.take_over_warnings(bar)
    assert stands(other, NOT_KEPT)()
    qtbot.mouseClick(other.close_button, Qt.MouseButton.LeftButton)
    assert stands(other, CHANGED)()
