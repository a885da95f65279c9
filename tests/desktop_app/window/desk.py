"""A program on a desk: its windows, a real store, and a user who is recorded."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.desktop_app.plan.view.documents import edition, phrases

# isort: split
from pytestqt.qtbot import QtBot

from desktop_app.store.keys import SALT_BYTES, StoreKey
from desktop_app.store.store import Store, open_store
from desktop_app.window.main_window import MainWindow, Windows
from desktop_app.window.parts.content import USUAL_SIZE
from desktop_app.window.services import Services, SettingsAccess, StoreAccess
from tests.desktop_app.doubles import ImmediateTasks, RecordedMessages

NOW = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)


class OneKey:
    """A key that needs no keyring."""

    def new_key(self) -> StoreKey:
        return StoreKey(b"k" * 32, b"BWK1".ljust(SALT_BYTES, b"s"))

    def forget_key(self, key: StoreKey) -> None:
        return

    def key_of(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        return b"k" * 32


class DeskWindows(Windows):
    """Opens its windows on the desk."""

    desk: "Desk"

    def open(self) -> MainWindow:
        return self.desk.open()


@dataclass
class Desk:
    """A program with its windows, its store, and a user who is recorded."""

    folder: Path
    user: RecordedMessages
    services: Services
    windows: DeskWindows
    bot: QtBot
    now: datetime.datetime = NOW
    opened: list[MainWindow] = field(default_factory=list)

    def open(self) -> MainWindow:
        window = MainWindow(self.services, self.windows)
        self.bot.addWidget(window)
        self.opened.append(window)
        self.windows.open_ones = self.opened
        window.resize(USUAL_SIZE)
        window.show()
        self.bot.waitUntil(lambda: window.content.right.count() > 0)  # the plan comes after the window
        return window

    def other_view(self) -> Store:
        """The store as another window sees it."""
        store = self.services.store.for_window()
        assert store is not None
        return store

    def said(self) -> str:
        return " | ".join(text for _, text in self.user.said)


@contextmanager
def opened_desk(folder: Path, bot: QtBot) -> Iterator[Desk]:
    tasks, user = ImmediateTasks(), RecordedMessages(lambda: services.phrases)
    store = StoreAccess(lambda: open_store(folder / "data", OneKey()), tasks)
    settings = SettingsAccess(folder / "settings.json")
    services = Services(edition(), phrases(), settings, store, tasks, messages=user)
    made = Desk(folder, user, services, DeskWindows(services), bot)
    made.windows.desk = made
    services.now = lambda: made.now
    store.open_store()
    yield made
    for window in made.opened:
        window.document.undo_stack.clear()
        window.autosave.leave()
    store.close()
