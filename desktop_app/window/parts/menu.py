"""The menus of a window, built from its commands."""

from collections.abc import Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop_app.library.phrases import Phrases
from desktop_app.window.command import Command, Entry, Menu, Offered, Submenu, always, words_of


class WindowMenu:
    """The menus of one window, in one language."""

    def __init__(self, window: QMainWindow, phrases: Phrases, offered: Sequence[Offered]) -> None:
        self._window = window
        self._phrases = phrases
        self.offered = sorted(offered, key=lambda each: (each.place.group, each.place.order))
        self.actions: dict[str, QAction] = {}
        """The actions, by the name of their command."""
        self.menus = [self._menu(menu) for menu in Menu]
        self.refresh()

    def discard(self) -> None:
        """Remove the menus, before others replace them."""
        self._window.menuBar().clear()
        for menu in self.menus:
            menu.deleteLater()
        for action in self.actions.values():
            action.setShortcut(QKeySequence())
            action.deleteLater()

    def refresh(self) -> None:
        """Show which commands are enabled now, and what they would change."""
        for command in self.offered:
            if isinstance(command, Command) and command.is_enabled is not always:
                action, can, field = self.actions[command.name], command.is_enabled(), command.field()
                words = words_of(command, self._phrases)
                action.setEnabled(can)
                action.setText(f"{words}: {self._phrases.label(field)}" if can and field else words)

    def _menu(self, menu: Menu) -> QMenu:
        made = QMenu(words_of(menu, self._phrases), self._window)
        self._window.menuBar().addMenu(made)
        before: Offered | None = None
        for each in self.offered:
            if each.place.menu is not menu:
                continue
            if before is not None and before.place.group != each.place.group:
                made.addSeparator()
            self._add(each, made)
            before = each
        return made

    def _add(self, offered: Offered, menu: QMenu) -> None:
        if isinstance(offered, Submenu):
            menu.addMenu(self._submenu(offered, menu))
        else:
            self.actions[offered.name] = self._action(offered)
            menu.addAction(self.actions[offered.name])

    def _action(self, command: Command) -> QAction:
        words = words_of(command, self._phrases)
        action = QAction(f"{words}\t{command.button_keys}" if command.button_keys else words, self._window)
        if command.keys:
            action.setShortcut(QKeySequence(command.keys))
        action.triggered.connect(lambda _checked=False: command.run())
        return action

    def _submenu(self, submenu: Submenu, parent: QMenu) -> QMenu:
        menu = QMenu(words_of(submenu, self._phrases), parent)
        menu.aboutToShow.connect(lambda: _fill(menu, submenu.entries()))
        return menu


def _fill(menu: QMenu, entries: Sequence[Entry]) -> None:
    menu.clear()
    for entry in entries:
        _add_entry(menu, entry)


def _add_entry(menu: QMenu, entry: Entry) -> None:
    action, run = menu.addAction(entry.words), entry.run
    if run is None:
        action.setEnabled(False)
    else:
        action.triggered.connect(lambda _checked=False: run())
