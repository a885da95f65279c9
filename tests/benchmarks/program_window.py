"""Starts the program as `python -m desktop_app` does, and tells when its window is usable, and what follows.

It touches nothing of the program until its window comes on the screen; then it looks on, and types one key.

    usable    the window is painted and the event loop turns
    answered  a key that was pressed at that moment has reached the case
    planned   the plan stands beside the wizard
    settled   a second later: reasons are worked out, the saved cases asked for
"""

import importlib.util
import os
import runpy
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

WATCHED = "desktop_app.window.main_window"
SETTLED_MS = 1_000


class Watch:
    """Waits for the module of the window to be imported, and follows the first window that appears."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """How Python asks each finder for a module."""
        if name != WATCHED:
            return None
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        spec = importlib.util.find_spec(name)
        loader: Any = spec.loader if spec is not None else None
        load = loader.exec_module

        def load_and_watch(module: ModuleType) -> None:
            load(module)
            watch(module)

        loader.exec_module = load_and_watch
        return spec


def watch(module: Any) -> None:
    """Follow the window that appears."""
    appear = module.MainWindow.appear

    def appearing(window: Any) -> None:
        module.MainWindow.appear = appear
        appear(window)
        follow(window)

    module.MainWindow.appear = appearing


def follow(window: Any) -> None:
    """Tell of each thing when it is so, and end."""
    from PySide6.QtCore import QTimer

    from tests.benchmarks.first_turn import is_painted, tell, when

    def usable() -> None:
        tell("usable")
        press_a_key(window)
        when(lambda: not window.document.is_empty(), lambda: tell("answered"))
        when(lambda: window.content.right.count() > 0, lambda: tell("planned"))
        QTimer.singleShot(SETTLED_MS, settled)

    def settled() -> None:
        tell("settled")
        os._exit(0)

    when(lambda: is_painted(window), usable)


def press_a_key(window: Any) -> None:
    """Press a key where the cursor is."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QGuiApplication, QKeyEvent

    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QGuiApplication.postEvent(window.focusWidget() or window, event)


if __name__ == "__main__":
    sys.argv = ["botwijzer"]
    sys.meta_path.insert(0, Watch())  # type: ignore[arg-type]
    runpy.run_module("desktop_app", run_name="__main__", alter_sys=True)
