"""Collects garbage in the thread of the windows alone.

Python collects in whichever thread happens to make the next object. A dialog that was closed is garbage, with
references in a circle; a thread that opens the store or makes a letter would then take down a window of Qt, which only
the thread of the windows may do. The program died of that now and then, at that moment or after.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 250
"""How long garbage may lie: nobody notices, and a long plan makes less than a megabyte of it in that time."""


class GarbageCollection(QObject):
    """Collects as Python would, but from a timer of the thread in which it was made."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=INTERVAL_MS)
        timer.timeout.connect(self.collect)
        timer.start()

    def collect(self) -> None:
        """Collect the oldest generation of which enough has come in, and with it the younger ones."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
