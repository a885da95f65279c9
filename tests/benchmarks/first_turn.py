"""Tells when a window is usable: painted, and back in the event loop. The program and its baseline both use it.

A line on standard output is a name, a moment on the clock that all processes share (seconds), and the most memory that
this process has used until then (kilobytes; 0 where the system does not tell).
"""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

PEAK_OF_PROCESS = Path("/proc/self/status")
"""Not `getrusage`: what that tells of a new process holds the memory of the process that started it."""


def peak_kilobytes() -> int:
    """The most memory that this process has used."""
    if not PEAK_OF_PROCESS.exists():
        return 0
    status = PEAK_OF_PROCESS.read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


def tell(name: str) -> None:
    """A line for who measures."""
    print(name, time.monotonic(), peak_kilobytes(), flush=True)


def when(is_so: Callable[[], bool], then: Callable[[], None]) -> None:
    """Do something in the first turn of the event loop in which something is so."""
    timer = QTimer()

    def look() -> None:
        if is_so():
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start(0)


def is_painted(window: QWidget) -> bool:
    """Whether the system shows the window: it is painted within the very event that says so."""
    handle = window.windowHandle()
    return handle is not None and handle.isExposed()
