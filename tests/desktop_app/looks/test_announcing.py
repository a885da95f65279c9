"""What a screen reader is told without being asked: the messages of the window, and nothing that is covered.

Whether it reaches a screen reader shows tests/windows/test_screen_reader.py.
"""

import pytest

from tests.desktop_app.plan.view.documents import edition  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel

from desktop_app.looks import announcing
from desktop_app.looks.announcing import announce
from desktop_app.store.problems import StorageFull

POLITE, ASSERTIVE = QAccessible.AnnouncementPoliteness.Polite, QAccessible.AnnouncementPoliteness.Assertive


@pytest.fixture
def heard(monkeypatch):
    """What is spoken: words and how pressing, in order."""
    spoken = []
    monkeypatch.setattr(announcing, "_send", lambda event: spoken.append((event.message(), event.politeness())))
    return spoken


@pytest.fixture
def label(qtbot):
    made = QLabel("plan")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_sentence_is_spoken_at_the_next_pause_or_at_once(label, heard):
    announce(label, "Het plan  is\nveranderd.")
    announce(label, "Eerst overleggen.", urgent=True)
    assert heard == [("Het plan is veranderd.", POLITE), ("Eerst overleggen.", ASSERTIVE)]


def test_nothing_and_what_is_not_on_the_screen_is_not_spoken(label, heard):
    announce(label, " ")
    label.hide()
    announce(label, "Het plan is veranderd.")
    assert heard == []


@pytest.fixture
def speaking(desk):
    """A window that speaks with its user itself."""
    desk.services.messages = None
    return desk.open()


def test_the_messages_of_the_bar_are_spoken(speaking, heard):
    speaking.messages.inform("Gekopieerd.")
    speaking.messages.warn("Niet opgeslagen.")
    speaking.messages.offer("Verder met geval 3?", "Verder", lambda: None)
    assert heard == [("Gekopieerd.", POLITE), ("Niet opgeslagen.", ASSERTIVE), ("Verder met geval 3?", POLITE)]


def test_answers_that_cannot_be_kept_are_said_at_once(speaking, heard):
    speaking.keeping.tell_not_kept(StorageFull(folder="gevallen"))
    ((words, how),) = heard
    assert words == speaking.content.bar.text.text() and how == ASSERTIVE


def test_a_covered_window_is_silent(window, heard):
    window.hide_case()
    window.content.bar.say("Gekopieerd.", "note")
    assert heard == []
