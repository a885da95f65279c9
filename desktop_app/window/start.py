"""Starts the program with its window: builds what windows share, opens the first, catches what nobody else does."""

import gc
import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from desktop_app.window.qt_guard import restore_import, secure_singletons

secure_singletons()  # before Qt is used

from PySide6.QtCore import QThread, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

restore_import()

from desktop_app.library.editions import Library  # noqa: E402
from desktop_app.looks.palette import palette_for, put_on  # noqa: E402
from desktop_app.settings.file import appearance_in, default_path, language_in  # noqa: E402
from desktop_app.window.services import Services, SettingsKeeper, StoreHolder  # noqa: E402
from desktop_app.window.tasks import Tasks, ThreadTasks  # noqa: E402

if TYPE_CHECKING:
    from desktop_app.library.phrases import Phrases
    from desktop_app.store.store import Store
    from desktop_app.window.main_window import MainWindow

logger = logging.getLogger(__name__)

OWN_FOLDERS = tuple(str(Path(__file__).parents[2] / name) for name in ("desktop_app", "guideline_core"))
FIRST_WORK_MS = 60
"""How long after the window is on the screen the saved cases are opened: first it must be usable."""


class Windows:
    """All windows of this program."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.open_ones: list[MainWindow] = []

    def open(self) -> "MainWindow":
        """Open one more."""
        from desktop_app.window.main_window import MainWindow

        window = MainWindow(self.services, self.open)
        self.open_ones = [*(each for each in self.open_ones if each.isVisible()), window]
        window.appear()
        window.wizard.current_page.focus_first()
        return window


def main(file: Path | None = None) -> int:
    """Run the program; returns its exit status."""
    application = application_of_program()
    services = build_services()
    windows = Windows(services)
    install_excepthook(windows)
    window = windows.open()
    QTimer.singleShot(FIRST_WORK_MS, lambda: _begin(services, window, file))
    gc.collect()
    gc.freeze()  # what was loaded stays: it is not looked at again
    gc.enable()
    status = application.exec()
    services.tasks.wait()
    services.store.close()
    return int(status)


def application_of_program() -> QApplication:
    """The one application object, with its name and looks."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Botwijzer")
    application.setApplicationDisplayName("Botwijzer")
    application.setStyle("Fusion")
    put_on(palette_for(application.palette()))
    return application


def build_services(
    settings_path: Path | None = None, open_store: "Callable[[], Store] | None" = None, tasks: Tasks | None = None
) -> Services:
    """Everything that windows share. Without arguments: of this user."""
    settings_path = settings_path or default_path()
    library = Library()
    phrases = library.phrases(language_in(settings_path))
    tasks = tasks or ThreadTasks()
    store = StoreHolder(open_store or _opening_own_store(phrases), tasks)
    services = Services(library.edition(), phrases, SettingsKeeper(settings_path), store, tasks)
    services.appearance.choose(appearance_in(settings_path))
    return services


def _opening_own_store(phrases: "Phrases") -> "Callable[[], Store]":
    """How the store of this user is opened; everything that this needs is imported where it is done."""
    thread_of_windows = QThread.currentThread()

    def open_it() -> "Store":
        from desktop_app.store.keys import SystemKeys
        from desktop_app.store.store import default_folder, open_store
        from desktop_app.window.dialogs.passphrase import PassphraseAsker, ask_in_dialog

        asker = PassphraseAsker(ask_in_dialog(phrases))
        asker.moveToThread(thread_of_windows)  # this runs in another
        return open_store(default_folder(), SystemKeys(asker))

    return open_it


def _begin(services: Services, window: "MainWindow", file: Path | None) -> None:
    """What can wait until the window is there."""
    if services.settings.problem is not None:
        window.messages.tell(services.settings.problem)
    if file is not None:
        window.open_file(file)
    services.store.open_store()


# --- defects ----------------------------------------------------------------------------------------------------------


def install_excepthook(windows: Windows) -> None:
    """Let every exception that nobody caught lead to a dialog without patient data; the case is safe by then."""
    is_telling = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal is_telling
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        place = place_of(trace)
        logger.error("defect: %s, %s", kind.__name__, place)
        if is_telling:  # a defect while a defect is told: once is enough
            return
        is_telling = True
        try:
            _tell_defect(windows, error)
        finally:
            is_telling = False

    sys.excepthook = hook


def place_of(trace: TracebackType | None) -> str:
    """The last line of our own on the way to an error: file and line, never a value."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if frame.filename.startswith(OWN_FOLDERS)]
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"


def _tell_defect(windows: Windows, error: BaseException) -> None:
    shown = [window for window in windows.open_ones if window.isVisible()]
    for window in shown:
        window.keeper.keep_now()
        window.plan_view.show_current_plan()
    if shown:
        shown[-1].tell_defect(error)
