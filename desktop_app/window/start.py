"""Starts the program with its window. This is the order, and why.

The window must be usable at once: it is painted, and keys are answered. So nothing is loaded before it is needed, and
whatever takes long comes after the first picture.

Before the first picture:

1. Qt is imported, and Python's own import is put back, because Qt's is slow (`restore_import`). Under Python 3.11 Qt is
   made safe first (`qt_guard`). The collector of garbage is off; the command line turned it off.
2. `application_of_program` makes the one application object and puts the colours on it.
3. `build_services` makes what all windows share. Edition and phrases are opened, and read as far as something is looked
   up in them. Of the settings only language and appearance are read, for these are seen at once. The store is not
   opened.
4. `Windows.open` makes the first window: its document, still without a case; its commands, which load what carries them
   out when they are first given; and of its content the banner, the steps and the first page of the wizard.
5. The window appears where it was left. What was loaded is taken out of the sight of the collector, which then starts.

After the first picture, in pieces, each in a turn of the event loop of its own, so that keys are answered in between
(`first_work`; `MainWindow._work_after_showing` lists the pieces). An answer that is given sooner makes the case itself:

6. the case, for the model of a case takes longest to load; then the planner, the view beside the wizard with the bare
   plan, and the full plan with its reasons;
7. the count to hiding the window, for which the settings are read and checked; the words of Qt; the icon.

Shortly after the window appeared, between these pieces (`_begin`):

8. a problem of the settings is told, and the file of the command line is opened;
9. another thread opens the store, which may ask for a passphrase. Then each window saves what was answered by now, and
   an empty one offers the last case.

Letter, papers, meeting, handbook and dialogs are loaded when they are first asked for.
"""

import builtins
import gc
import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if sys.version_info < (3, 12):
    from desktop_app.window.qt_guard import secure_singletons

    secure_singletons()

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication


def restore_import() -> None:
    """Take back the import statement that PySide6 puts in the place of Python's; call this after PySide6 is imported.

    PySide6's reads the source of every module that is imported after it, for a way of writing Qt calls (`__feature__`)
    that this program does not use. That costs a start a tenth of a second.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


restore_import()

from desktop_app.library.editions import Library  # noqa: E402
from desktop_app.library.phrases import Phrases  # noqa: E402
from desktop_app.looks.palette import palette_for, put_on  # noqa: E402
from desktop_app.settings.file import appearance_in, default_path, language_in  # noqa: E402
from desktop_app.window.main_window import MainWindow, Windows  # noqa: E402
from desktop_app.window.services import Services, SettingsAccess, StoreAccess  # noqa: E402
from desktop_app.window.tasks import Tasks, ThreadTasks  # noqa: E402

if TYPE_CHECKING:  # the store is loaded when it is opened
    from desktop_app.store.store import Store

logger = logging.getLogger(__name__)

OWN_FOLDERS = tuple(str(Path(__file__).parents[2] / name) for name in ("desktop_app", "guideline_core"))
BEGIN_AFTER_MS = 60
"""How long after the window appeared the store is opened: first it must be usable."""


def main(file: Path | None = None) -> int:
    """Run the program; returns its exit status."""
    application = application_of_program()
    services = build_services()
    windows = Windows(services)
    install_excepthook(windows)
    window = windows.open()
    QTimer.singleShot(BEGIN_AFTER_MS, lambda: _begin(services, window, file))
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
    store = StoreAccess(open_store or _opening_own_store(phrases), tasks)
    services = Services(library.edition(), phrases, SettingsAccess(settings_path), store, tasks)
    services.appearance.choose(appearance_in(settings_path))
    return services


def _opening_own_store(phrases: Phrases) -> "Callable[[], Store]":
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


def _begin(services: Services, window: MainWindow, file: Path | None) -> None:
    """What waits until the window is there."""
    if services.settings.problem is not None:
        window.messages.tell(services.settings.problem)
    if file is not None:
        window.files.open(file)
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
        logger.error("defect: %s, %s", kind.__name__, place_of(trace))
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
    """Save everything, show only plans that are true, and say that the program went wrong; the report names nobody."""
    from desktop_app.window.defect_report import tell_defect

    shown = [window for window in windows.open_ones if window.isVisible()]
    for window in shown:
        window.autosave.keep_now()
        window.content.plan_view.show_current_plan()
    if shown:
        tell_defect(error, shown[-1].messages, windows.services)
