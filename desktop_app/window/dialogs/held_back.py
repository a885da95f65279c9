"""Keeps keys that were meant for a field from a dialog that opens by itself.

Whoever types looks at the paper as often as at the screen. So such a dialog waits until the keyboard rests, where it
can (`when_keys_rest`), and in any case takes no key until it stood for a second without one (`hold_keys_back`).
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

REST_MS = 1000
"""How long no key must come: nobody who is typing waits for so long between two keys."""
_KEYS = (
    QEvent.Type.KeyPress,
    QEvent.Type.KeyRelease,
    QEvent.Type.Shortcut,
    QEvent.Type.ShortcutOverride,
    QEvent.Type.InputMethod,
)


class KeysRest(QObject):
    """Does something once no key came for a second."""

    def __init__(self, do: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._do = do
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._end)
        self._timer.start()
        self._application = QCoreApplication.instance()
        if self._application is not None:
            self._application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count again from each key."""
        if event.type() == QEvent.Type.KeyPress and self._timer.isActive():
            self._timer.start()
        return False

    def _end(self) -> None:
        self.stop()
        self._do()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        if self._application is not None:
            self._application.removeEventFilter(self)


class HeldKeys(KeysRest):
    """Swallows the keys of one dialog until none came for a second; a click in it shows that it was seen."""

    def __init__(self, dialog: QDialog, field: QWidget | None) -> None:
        self._dialog = dialog
        self._field = field
        super().__init__(self._release, dialog)
        dialog.finished.connect(self.stop)
        dialog.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys from the dialog."""
        super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseButtonPress and self._is_of_dialog(watched):
            self._end()
        return event.type() in _KEYS and self._is_of_dialog(watched)

    def _is_of_dialog(self, watched: QObject) -> bool:
        if isinstance(watched, QWidget):
            return watched is self._dialog or self._dialog.isAncestorOf(watched)
        return watched is self._dialog.windowHandle()

    def _release(self) -> None:
        """From now on the dialog is a usual one; that its field has the cursor shows it."""
        if self._field is not None and QApplication.focusWidget() in (self._dialog, None):
            self._field.setFocus()


def when_keys_rest(do: Callable[[], None], parent: QObject | None = None) -> None:
    """Do something once no key came for a second."""
    KeysRest(do, parent)


def hold_keys_back(dialog: QDialog, field: QWidget | None = None) -> None:
    """Keep keys from a dialog that is about to open by itself, until none came for a second; then the field has the
    cursor. Typing ahead does nothing in it: no Enter, no Escape, no letter."""
    HeldKeys(dialog, field)
