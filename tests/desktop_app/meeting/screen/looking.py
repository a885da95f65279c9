"""A user before the full screen: presses keys, and reads everything that stands there."""

from tests.desktop_app.meeting.cases import IDENTITY
from tests.desktop_app.pseudo_language import all_texts

# isort: split
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def press(widget, key, *modifiers) -> None:
    """A key, to where the cursor is."""
    widget.activateWindow()
    QTest.qWait(1)
    QTest.keyClick(widget.focusWidget() or widget, key, *modifiers)


def texts(screen: QWidget) -> str:
    """All texts of the screen and its title."""
    return " | ".join([screen.windowTitle(), *(text for _, _, text in all_texts(screen))])


def named_in(screen: QWidget) -> list[str]:
    """What of the identity can be read."""
    return [word for word in IDENTITY if word in texts(screen)]
