"""The menus of a window: which commands there are, in which order, under which keys. What they do is the window's."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop_app.phrases import Phrases
from desktop_app.wizard.flow import STEPS

SEPARATOR = "-"
STEP_PREFIX = "step:"
MENUS: Mapping[str, tuple[str, ...]] = {
    "file": (
        *("new", "open", "open_file", SEPARATOR, "save", "save_as", "export", SEPARATOR),
        *("print", "save_pdf", SEPARATOR, "close", "quit"),
    ),
    "edit": ("undo", "redo", SEPARATOR, "copy_letter", "copy_plan"),
    "view": (
        *("show_plan", "show_letter", "next_question", SEPARATOR),
        *(f"{STEP_PREFIX}{step}" for step in STEPS),
        *(SEPARATOR, "hide"),
    ),
    "extra": ("settings",),
    "help": ("about",),
}
KEYS: Mapping[str, str] = {
    "new": "Ctrl+N",
    "open": "Ctrl+O",
    "open_file": "Ctrl+Shift+O",
    "save": "Ctrl+S",
    "save_as": "Ctrl+Shift+S",
    "export": "Ctrl+E",
    "print": "Ctrl+P",
    "save_pdf": "Ctrl+Shift+P",
    "close": "Ctrl+W",
    "quit": "Ctrl+Q",
    "undo": "Ctrl+Z",
    "redo": "Ctrl+Y",
    "copy_letter": "Ctrl+Shift+C",
    "copy_plan": "Ctrl+Alt+C",
    "show_plan": "F7",
    "show_letter": "F8",
    "hide": "Ctrl+L",
    "settings": "Ctrl+,",
    "about": "F1",
    **{f"{STEP_PREFIX}{step}": f"Alt+{place}" for place, step in enumerate(STEPS, 1)},
}
"""The keys of commands; the next question has its key on its own button (F6)."""


def build_menus(
    window: QMainWindow, phrases: Phrases, commands: Mapping[str, Callable[[], None]]
) -> dict[str, QAction]:
    """Build the menus; `commands` says what each name does. Returns the actions by name."""
    actions: dict[str, QAction] = {}
    for menu_name, names in MENUS.items():
        menu = QMenu(phrases.get("window", "menu", menu_name), window)
        window.menuBar().addMenu(menu)
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            else:
                actions[name] = _action(window, phrases, name, commands[name])
                menu.addAction(actions[name])
    return actions


def _action(window: QMainWindow, phrases: Phrases, name: str, command: Callable[[], None]) -> QAction:
    action = QAction(_words(phrases, name), window)
    if name in KEYS:
        action.setShortcut(QKeySequence(KEYS[name]))
    action.triggered.connect(lambda _checked=False: command())
    return action


def _words(phrases: Phrases, name: str) -> str:
    if name.startswith(STEP_PREFIX):
        return phrases.get("plan", "step", name.removeprefix(STEP_PREFIX))
    words = phrases.get("window", "menu", name)
    return f"{words}\tF6" if name == "next_question" else words
