"""Starts the program with its window. This is the order of a start, and the reasons for it.

The window must be usable at once: painted, and answering keys. So nothing is loaded before it is needed, and everything
that is slow comes after the first picture.

Before the first picture:

1. Qt is imported, and Python's own import statement is restored, because that of PySide6 is slow (`restore_import`).
   Under Python 3.11 Qt is made safe first (`qt_guard`). The command line has turned the garbage collector off.
2. `application_of_program` makes the one application object and sets its colours.
3. `build_services` makes what all windows share. Edition and phrases are opened; a part of them is read when something
   is looked up in it. Only language and appearance are read from the settings, because these are visible at once. The
   store stays closed.
4. `Windows.open` builds the first window: its document, which has no case yet; its commands, which load what carries
   them out on first use; and of its content the banner, the steps and the first page of the wizard.
5. The window appears where it was left. The garbage collector starts, and ignores everything loaded so far.

After the first picture, in pieces, each in its own turn of the event loop so that keys are answered in between
(`first_work`; `MainWindow._work_after_showing` lists the pieces):

6. the first case. It holds the workplace of the settings, so these are read and checked, and the model of a case is
   loaded, which takes longest. An answer that comes sooner makes the case itself;
7. the planner; the view beside the wizard, with the bare plan; the full plan, with its reasons;
8. the count to hiding an unused window, the texts of Qt, the icon.

Between these pieces, shortly after the window appeared (`_begin`):

9. a problem with the settings is told, and the file from the command line is opened;
10. another thread opens the store of the user, if there is one, and may ask for its passphrase, once no key came for a
    second. Then each window saves the answers given so far, and an empty window offers the last case.

Where there is no store yet, it is made in that other thread when the first answer is to be kept, and only then a new
passphrase is asked for, where the system has no keyring. A dialog that opens by itself takes no key that was meant for
a field (`dialogs.held_back`).

Letter, papers, meeting, handbook and dialogs are loaded when the user first opens them.
"""

import builtins
import gc
import logging
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if sys.version_info < (3, 12):
    from desktop_app.window.qt_guard import secure_singletons

    secure_singletons()

from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from shiboken6 import isValid


def restore_import() -> None:
    """Restore Python's import statement, which PySide6 replaces; call this after PySide6 is imported.

    The replacement reads the source of every module that is imported later, looking for an option of PySide6
    (`__feature__`) that this program does not use. That costs a start a tenth of a second.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


restore_import()

from desktop_app.library.editions import Library  # noqa: E402
from desktop_app.library.phrases import Phrases  # noqa: E402
from desktop_app.looks.palette import palette_for, put_on  # noqa: E402
from desktop_app.settings.file import appearance_in, default_path, found_at, language_in  # noqa: E402
from desktop_app.traces import place_of  # noqa: E402
from desktop_app.window.garbage import GarbageCollection  # noqa: E402
from desktop_app.window.main_window import MainWindow, Windows  # noqa: E402
from desktop_app.window.services import Services, SettingsAccess, StoreAccess  # noqa: E402
from desktop_app.window.tasks import Tasks, ThreadTasks  # noqa: E402

if TYPE_CHECKING:  # the store is loaded when it is opened
    from desktop_app.store.store import Store

logger = logging.getLogger(__name__)

LINES_OF_DIALOG = 20
"""So many slips fit on a screen; the command line tells more."""
BEGIN_AFTER_MS = 60
"""How long after the window appeared the store is opened: the window must be usable first."""


def main(file: Path | None = None) -> int:
    """Run the program; returns its exit status."""
    application = application_of_program()
    try:
        services = build_services()
        windows = Windows(services)
        install_excepthook(windows)
        window = windows.open()
    except Exception as error:
        _tell_faulty_files(error)
        raise
    QTimer.singleShot(BEGIN_AFTER_MS, lambda: _begin(services, window, file))
    gc.collect()
    gc.freeze()  # what is loaded now stays, so it need not be examined again
    GarbageCollection(application)
    status = application.exec()
    services.store.close()
    if not services.tasks.finish():
        _leave_at_once(status)
    return int(status)


def _tell_faulty_files(error: Exception) -> None:
    """Where there is no window yet, and perhaps no terminal, a slip in a file of the program is told in a dialog."""
    # What is said of such slips: loaded when there are any.
    from desktop_app.library.faulty_files import lines_of_faulty_files

    if slips := lines_of_faulty_files(error):
        box = QMessageBox(QMessageBox.Icon.Critical, "Botwijzer", "\n\n".join(slips[:LINES_OF_DIALOG]))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()


def _leave_at_once(status: int) -> None:
    """End although a thread is still at work: what it reads or makes is for nobody any more, and it may never end."""
    logging.shutdown()
    os._exit(status)


def application_of_program() -> QApplication:
    """The one application object, with its name and colours."""
    existing = QApplication.instance()
    # The style as an argument: setStyle returns it, and its large tables would keep the window waiting.
    application = existing if isinstance(existing, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationName("Botwijzer")
    application.setApplicationDisplayName("Botwijzer")
    put_on(palette_for(application.palette()))
    return application


def build_services(
    settings_path: Path | None = None, open_store: "Callable[[], Store] | None" = None, tasks: Tasks | None = None
) -> Services:
    """Everything that windows share; without arguments, that of this user."""
    settings_path = settings_path or default_path()
    found = found_at(settings_path)
    library = Library()
    phrases = library.phrases(language_in(found))
    tasks = tasks or ThreadTasks()
    store = StoreAccess(open_store or _opening_own_store(lambda: services.phrases), tasks, has_own_store)
    services = Services(library.edition(), phrases, SettingsAccess(settings_path, found), store, tasks)
    services.appearance.choose(appearance_in(found))
    return services


def has_own_store() -> bool:
    """Whether this user has a store."""
    # Where it is, is asked after the window is on the screen.
    from desktop_app.store.store import default_folder, has_store

    return has_store(default_folder())


def _opening_own_store(phrases: Callable[[], Phrases]) -> "Callable[[], Store]":
    """A function that opens the store of this user, in another thread."""
    return partial(_open_own_store, phrases, QThread.currentThread())


def _open_own_store(phrases: Callable[[], Phrases], thread_of_windows: QThread) -> "Store":
    # The store and its keys are loaded in that other thread, after the window is on the screen.
    from desktop_app.window.own_store import open_own_store

    return open_own_store(phrases, thread_of_windows)


def _begin(services: Services, window: MainWindow, file: Path | None) -> None:
    """Do what had to wait for the window."""
    if services.settings.problem is not None:
        window.messages.tell(services.settings.problem)
    if file is not None:
        window.files.open(file)
    services.store.open_if_there()


# --- defects ----------------------------------------------------------------------------------------------------------


def install_excepthook(windows: Windows) -> None:
    """Show a dialog without patient data for every exception that nothing caught; the case is saved first."""
    is_telling = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal is_telling
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        logger.error("defect: %s, %s", kind.__name__, place_of(trace))
        if is_telling:  # a second defect while the first is told
            return
        is_telling = True
        try:
            _tell_defect(windows, error)
        finally:
            is_telling = False

    sys.excepthook = hook


def _tell_defect(windows: Windows, error: BaseException) -> None:
    """Save everything, show no outdated plan, and tell the user; the report names nobody."""
    # Versions and platform are asked for only when there is a defect to report.
    from desktop_app.window.defect_report import tell_defect

    shown = [window for window in windows.open_ones if isValid(window) and window.isVisible()]
    for window in shown:
        window.autosave.keep_now()
        window.content.plan_view.show_current_plan()
    if shown:
        tell_defect(error, shown[-1].messages, windows.services)
