"""The real window in this process, on a screen that nobody sees, with an encrypted store in a folder of its own."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop_app.store.keys import SALT_BYTES, StoreKey
from desktop_app.store.store import open_store
from desktop_app.window.main_window import MainWindow, Windows
from desktop_app.window.parts.content import USUAL_SIZE
from desktop_app.window.services import Services, SettingsAccess, StoreAccess
from desktop_app.window.start import application_of_program, restore_import
from desktop_app.window.tasks import ThreadTasks
from tests.desktop_app.doubles import ImmediateTasks, RecordedMessages
from tests.desktop_app.plan.view.documents import edition, phrases

restore_import()

QUIET_TURNS = 3
HEARTBEAT_MS = 100
SAID_WITHOUT_SCREEN = "This plugin does not support propagateSizeHints()"
"""What Qt says each time that a window without screen finds another least size."""


class OneKey:
    """A key that needs no keyring."""

    def new_key(self) -> StoreKey:
        """The key of a new store."""
        return StoreKey(b"k" * 32, b"BWK1".ljust(SALT_BYTES, b"s"))

    def forget_key(self, key: StoreKey) -> None:
        """Nothing was kept."""

    def key_of(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        """The same key."""
        return b"k" * 32


def _say(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if text != SAID_WITHOUT_SCREEN:
        print(text, file=sys.stderr)


@contextmanager
def real_window() -> Iterator[MainWindow]:
    """A window with an empty case and its plan beside it; what it keeps is gone afterwards."""
    qInstallMessageHandler(_say)
    application_of_program()
    with tempfile.TemporaryDirectory() as folder:
        store = StoreAccess(lambda: open_store(Path(folder), OneKey()), ImmediateTasks())
        services = Services(
            edition(), phrases(), SettingsAccess(None), store, ThreadTasks(), messages=RecordedMessages(phrases)
        )
        store.open_store()
        window = MainWindow(services, Windows(services))
        window.resize(USUAL_SIZE)
        window.show()
        turn_until(lambda: window.content.right.count() > 0 and window.document.is_explained)
        try:
            yield window
        finally:
            services.tasks.wait()
            turn()
            window.autosave.leave()
            window.hide()
            window.deleteLater()
            turn()
            store.close()


def turn(times: int = QUIET_TURNS) -> None:
    """Let the window do what waits."""
    for _ in range(times):
        QApplication.processEvents()


def turn_until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    """Let the window work until something is so, and sleep as the program does while nothing happens, so that its
    other threads can work; raises TimeoutError."""
    heartbeat = QTimer()
    heartbeat.start(HEARTBEAT_MS)
    end = time.monotonic() + seconds
    while not is_so():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError("the window does not come so far")
