"""The cover that hides a case when nobody uses the window: calm, without a word about the patient.

What stands before the window goes too: menus and dialogs are closed as Esc closes them, with the answer that changes
nothing. The question for a passphrase stays, emptied.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.type_scale import TypeSize, sized

_USE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)

MOST_POPUPS = 8
"""Menus that can stand open within one another; more than there ever are."""


class HideCover(QWidget):
    """An empty page that only says how to go on."""

    lifted = Signal()

    def __init__(self, words: str, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("cover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel(words, self)
        self.label.setFont(sized(self.label.font(), TypeSize.COVER))
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self).addWidget(self.label)
        self.use_palette(palette)

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self.setStyleSheet(
            f"QWidget#cover {{ background: {palette[Role.WINDOW].name()}; }}"
            f"QWidget#cover QLabel {{ color: {palette[Role.QUIET].name()}; }}"
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click lifts the cover."""
        self.lifted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does any key, which does nothing else."""
        self.lifted.emit()


def close_all_before(window: QWidget) -> None:
    """Close the menus and dialogs that stand before a window, the uppermost first."""
    for popup in (QApplication.activePopupWidget() for _ in range(MOST_POPUPS)):
        if popup is not None:
            popup.close()
    for dialog in reversed(window.findChildren(QDialog)):
        if dialog.isVisible():
            dialog.reject()
    for other in QApplication.topLevelWidgets():
        if isinstance(other, QDialog) and other.isVisible() and other.parent() is None:
            _empty(other)


def _empty(dialog: QDialog) -> None:
    """Take away what was typed in a dialog of the whole program, such as a passphrase, shown or not: the dialog names
    nobody and stays, but whoever comes by must not read it or go on with it."""
    for line in dialog.findChildren(QLineEdit):
        line.setText("")  # to clear it could be undone
    for shows in dialog.findChildren(QCheckBox):
        shows.setChecked(False)


def stands_before(window: QWindow, other: QWindow | None) -> bool:
    """Whether another window of the system is a dialog of a window, or a dialog of such a dialog."""
    while other is not None:
        other = other.transientParent()
        if other == window:
            return True
    return False


class IdleWatch(QObject):
    """Tells when a window was not used for some minutes."""

    idle = Signal()
    exposed = Signal()
    """The system has exposed the window and it is painted; a timer that starts now fires after that."""

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)

    def watch(self, window: QWindow) -> None:
        """Watch the events that the system sends to a window: they are few. Watching all would slow the program."""
        window.installEventFilter(self)

    def restart(self) -> None:
        """Count from now; 0 minutes means never. Nothing is counted before the first call."""
        minutes = self._minutes()
        if minutes > 0:
            self._timer.start(minutes * 60_000)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start the count again at each use."""
        kind = event.type()
        if kind in _USE:
            self.restart()
        elif kind == QEvent.Type.Expose:
            self.exposed.emit()
        return False
