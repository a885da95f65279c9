"""Every control can be reached with Tab and the arrow keys, nothing holds the keyboard, and the focus can be seen."""

import pytest

from tests.desktop_app.window.places import fill, places_in
from tests.desktop_app.window.test_screen_reader_walk import PICTURES, controls

# isort: split
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.window.main_window import MainWindow
from desktop_app.wizard.inputs.choice import OptionButton

MOST_STOPS = 250
ROOM_AROUND = 12


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab comes until it is round; AssertionError when it stays in one place."""
    start = QApplication.focusWidget()
    assert start is not None
    found = [start]
    for _ in range(MOST_STOPS):
        QTest.keyClick(found[-1], Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None and here is not found[-1], f"Tab stays in {type(found[-1]).__name__}"
        if here in found:
            assert here is start, f"Tab goes round without {type(start).__name__}"
            return found
        found.append(here)
    raise AssertionError("Tab comes to no end")


def missed(window: QWidget, reached: list[QWidget]) -> set[str]:
    """The controls to which no key leads. One stop a question: the arrow keys go on from there to its other options."""
    owners = {widget.owner for widget in reached if isinstance(widget, OptionButton)}

    def is_reached(widget: QWidget) -> bool:
        if isinstance(widget, OptionButton):
            return widget.owner in owners
        if isinstance(widget, PICTURES) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            return True  # the button below it does the same
        if isinstance(widget, QToolButton) and isinstance(widget.parent(), QLineEdit):
            return True  # clears the line, as the keys do
        return widget in reached

    return {f"{type(each).__name__} {each.objectName()}" for each in controls(window) if not is_reached(each)}


def begin(window: MainWindow) -> None:
    """Put the cursor where it is when one comes to a place."""
    if window.content.trial is None:
        window.content.wizard.current_page.focus_first()
    else:
        next(iter(window.content.trial.rows.values())).input.take_focus()


@pytest.fixture
def filled(window, qtbot):
    fill(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_tab_reaches_every_control_and_comes_round(filled):
    for place in places_in(filled):
        if place == "cover":
            continue
        begin(filled)
        reached = stops(filled)
        assert missed(filled, reached) == set(), place
        if filled.content.trial is not None:
            continue
        rows = list(filled.content.wizard.current_page.rows.values())
        asked = [row for each in reached for row in rows if row.isAncestorOf(each)]
        page = filled.content.wizard.current_page
        heights = [row.mapTo(page, row.rect().topLeft()).y() for row in dict.fromkeys(asked)]
        first = heights.index(min(heights))  # one begins at the first open question
        assert heights[first:] + heights[:first] == sorted(heights), f"{place}: not from top to bottom"
        assert set(asked) == {row for row in rows if row.isVisibleTo(filled)}, place


def test_the_arrow_keys_reach_each_option_of_a_question(filled):
    filled.content.wizard.go_to_step("patient")
    options = filled.content.wizard.current_page.rows["patient.sex"].input.options
    options[0].setFocus()
    seen = []
    for _ in options:
        seen.append(QApplication.focusWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Down)
    assert seen == options and filled.document.value("patient.sex") is None


# --- the focus can be seen ------------------------------------------------------------------------------------------


def shows_focus(widget: QWidget, elsewhere: QWidget) -> bool:
    """Whether a pixel in or just around a control is another while it has the focus."""
    window = widget.window()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, Qt.Key.Key_Tab)  # Qt marks the focus once the keyboard moved it
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    for area in window.findChildren(QScrollArea):
        if area.isAncestorOf(widget):
            area.ensureWidgetVisible(widget)
    QApplication.processEvents()
    assert widget.hasFocus()
    place = QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
    around = place.adjusted(-ROOM_AROUND, -ROOM_AROUND, ROOM_AROUND, ROOM_AROUND) & window.rect()
    focused = window.grab(around).toImage()
    elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return window.grab(around).toImage() != focused


def test_the_focus_can_be_seen_on_each_kind_of_control(filled):
    blind, kinds = set(), set()
    for place in places_in(filled):
        if place == "cover":
            continue
        begin(filled)
        start = QApplication.focusWidget()
        for widget in stops(filled):
            kind = f"{type(widget).__name__} {widget.objectName()}".strip()
            if kind in kinds or widget is start:
                continue
            kinds.add(kind)
            if not shows_focus(widget, start):
                blind.add(f"{place}: {kind}")
    assert blind == set()
    assert len(kinds) >= 10


def test_a_style_without_mark_and_a_trap_are_refused(qtbot):
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    plain, other, trap = QPushButton("ja"), QPushButton("nee"), QTextEdit()
    plain.setStyleSheet("QPushButton { border: 1px solid black; outline: none; background: white; }")
    for each in (plain, other, trap):
        column.addWidget(each)
    root.show()
    root.activateWindow()
    qtbot.waitUntil(root.isActiveWindow)
    with pytest.raises(AssertionError, match="Tab stays in QTextEdit"):
        plain.setFocus()
        stops(root)
    trap.setTabChangesFocus(True)
    assert not shows_focus(plain, trap)
    assert shows_focus(other, trap)
    other.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert missed(root, [plain, trap]) == {"QPushButton "}
