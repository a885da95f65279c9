"""The menus of a window: which commands there are, in which order, under which keys. What they do is the window's."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop_app.library.phrases import Phrases
from desktop_app.wizard.flow import STEPS

if TYPE_CHECKING:
    from desktop_app.window.commands.cases import CaseCommands

SEPARATOR = "-"
RECENT = "recent"
RECENT_SHOWN = 9
"""How many recent cases the menu shows: each has a digit as its key."""
STEP_PREFIX = "step:"
MENUS: Mapping[str, tuple[str, ...]] = {
    "file": (
        *("new", "open", RECENT, "open_file", "patient_file", SEPARATOR, "save", "save_as", "export", SEPARATOR),
        *("print", "save_pdf", SEPARATOR, "close", "quit"),
    ),
    "edit": ("undo", "redo", SEPARATOR, "copy_letter", "copy_plan"),
    "view": (
        *("show_plan", "show_letter", "next_question", "what_if", "meeting", SEPARATOR),
        *(f"{STEP_PREFIX}{step}" for step in STEPS),
        *(SEPARATOR, "hide"),
    ),
    "extra": ("settings",),
    "help": ("handbook", "about"),
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
    "what_if": "F9",
    "meeting": "F11",
    "hide": "Ctrl+L",
    "settings": "Ctrl+,",
    "handbook": "F1",
    **{f"{STEP_PREFIX}{step}": f"Alt+{place}" for place, step in enumerate(STEPS, 1)},
}
"""The keys of commands; the next question has its key on its own button (F6)."""


class WindowMenu:
    """The menus of one window, in one language."""

    def __init__(
        self,
        window: QMainWindow,
        phrases: Phrases,
        do: Mapping[str, Callable[[], object]],
        cases: "Callable[[], CaseCommands]",
    ) -> None:
        self._window = window
        self._phrases = phrases
        self._do = do
        self._cases = cases
        self.actions: dict[str, QAction] = {}
        """The actions by the name of their command."""
        self.menus = [self._menu(name) for name in MENUS]

    def discard(self) -> None:
        """Take the menus away; others come in their place."""
        self._window.menuBar().clear()
        for menu in self.menus:
            menu.deleteLater()
        for action in self.actions.values():
            action.setShortcut(QKeySequence())
            action.deleteLater()

    def show_undo(self, can_undo: bool, undo_path: str, can_redo: bool, redo_path: str) -> None:
        """Say what undo and redo would change."""
        for name, can, path in (("undo", can_undo, undo_path), ("redo", can_redo, redo_path)):
            words = _words(self._phrases, name)
            self.actions[name].setEnabled(can)
            self.actions[name].setText(f"{words}: {self._phrases.label(path)}" if can and path else words)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(_words(self._phrases, name), self._window)
        self._window.menuBar().addMenu(menu)
        for entry in MENUS[name]:
            if entry == SEPARATOR:
                menu.addSeparator()
            elif entry == RECENT:
                menu.addMenu(self._recent_menu(menu))
            else:
                self.actions[entry] = self._action(entry)
                menu.addAction(self.actions[entry])
        return menu

    def _action(self, name: str) -> QAction:
        action = QAction(_words(self._phrases, name), self._window)
        if name in KEYS:
            action.setShortcut(QKeySequence(KEYS[name]))
        command = self._do[name]
        action.triggered.connect(lambda _checked=False: command())
        return action

    def _recent_menu(self, parent: QMenu) -> QMenu:
        """The last cases, by number and date; read when the menu opens."""
        menu = QMenu(_words(self._phrases, RECENT), parent)
        menu.aboutToShow.connect(lambda: self._fill_recent(menu))
        return menu

    def _fill_recent(self, menu: QMenu) -> None:
        menu.clear()
        cases = self._cases().recent()[:RECENT_SHOWN]
        for place, case in enumerate(cases, 1):
            date = self._phrases.moment(case.changed)
            words = self._phrases.get("window", "open", "entry").format(number=case.number, date=date)
            open_it = partial(self._cases().open_number, case.number)
            menu.addAction(f"&{place}  {words}").triggered.connect(lambda _checked=False, do=open_it: do())
        if not cases:
            menu.addAction(self._phrases.get("window", "open", "none")).setEnabled(False)


def _words(phrases: Phrases, name: str) -> str:
    if name.startswith(STEP_PREFIX):
        return phrases.plan("step", name.removeprefix(STEP_PREFIX))
    words = phrases.get("window", "menu", name)
    return f"{words}\tF6" if name == "next_question" else words
