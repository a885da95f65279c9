"""Work that waits until a window is on the screen, done piece by piece; `start` tells what that is and why."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

BEGIN_AFTER_MS = 20
"""A little over one frame: pending drawing and keys that were already pressed come first."""


class FirstWork(QObject):
    """Pieces of work, each done in its own turn of the event loop."""

    def __init__(self, pieces: Sequence[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(pieces)
        self._is_started = False

    def start(self) -> None:
        """Begin, unless it has begun."""
        if not self._is_started:
            self._is_started = True
            QTimer.singleShot(BEGIN_AFTER_MS, self, self._do_next)

    def _go_on(self) -> None:
        if self._left:
            QTimer.singleShot(0, self, self._do_next)

    def _do_next(self) -> None:
        piece = self._left.pop(0)
        try:
            piece()
        finally:
            self._go_on()  # a defect in one piece is told; the others are still done
