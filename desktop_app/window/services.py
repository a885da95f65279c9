"""What the windows of one program share: edition, words, settings, saved cases, and who does long work."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.library.editions import OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.looks.appearance import Appearance
from desktop_app.window.messages import Messages
from desktop_app.window.tasks import Tasks

if TYPE_CHECKING:
    from desktop_app.settings.settings import LoadedSettings, Settings, SettingsProblem
    from desktop_app.store.store import Store

logger = logging.getLogger(__name__)


class SettingsKeeper(QObject):
    """The settings as they are now, and the file in which they stand (None: they are kept nowhere)."""

    changed = Signal()

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self._path = path
        self.folder = None if path is None else path.parent
        """Where else may stand what is remembered for this user."""
        self._changed: Settings | None = None

    @cached_property
    def _loaded(self) -> "LoadedSettings":
        """The file, read and checked when a setting is first needed: the window is on the screen by then."""
        from desktop_app.settings.settings import LoadedSettings, load_settings

        return load_settings(self._path) if self._path is not None else LoadedSettings()

    @property
    def current(self) -> "Settings":
        """All settings."""
        return self._changed or self._loaded.settings

    @property
    def problem(self) -> "SettingsProblem | None":
        """What was wrong with the file."""
        return self._loaded.problem

    def change(self, settings: "Settings") -> None:
        """Use other settings from now on and save them; raises SettingsNotSaved, and uses them all the same."""
        from desktop_app.settings.settings import save_settings

        self._changed = settings
        self.changed.emit()
        if self._path is not None:
            save_settings(settings, self._path)


class StoreHolder(QObject):
    """Opens the store once, outside the window's thread, and hands each window its own view of it."""

    opened = Signal()
    failed = Signal(object)

    def __init__(self, open_it: "Callable[[], Store] | None", tasks: Tasks) -> None:
        super().__init__()
        self._open_it = open_it
        self._tasks = tasks
        self._store: Store | None = None
        self._is_opening = False

    def open_store(self) -> None:
        """Start to open the store, unless that was done; `opened` or `failed` follows."""
        if self._open_it is None or self._store is not None or self._is_opening:
            return
        self._is_opening = True
        self._tasks.run("open the store", self._open_it, self._take, self._tell)

    @property
    def is_open(self) -> bool:
        """Whether cases can be saved."""
        return self._store is not None

    def for_window(self) -> "Store | None":
        """The store as a new window sees it; None as long as it is not open."""
        return None if self._store is None else self._store.for_another_window()

    def close(self) -> None:
        """The program ends."""
        if self._store is not None:
            self._store.close()

    def _take(self, store: "Store") -> None:
        self._is_opening = False
        self._store = store
        self.opened.emit()

    def _tell(self, error: Exception) -> None:
        self._is_opening = False
        self.failed.emit(error)


@dataclass
class Services:
    """All of it."""

    edition: OpenedEdition
    phrases: Phrases
    settings: SettingsKeeper
    store: StoreHolder
    tasks: Tasks
    now: Callable[[], datetime.datetime] = field(default=lambda: datetime.datetime.now().astimezone())
    appearance: Appearance = field(default_factory=Appearance)
    messages: Messages | None = None
    """Who speaks with the user in every window; None: each window for itself."""

    def today(self) -> datetime.date:
        """The date of now."""
        return self.now().date()

    def window_words(self, *keys: str, **details: object) -> str:
        """A phrase of the window, filled in."""
        words = self.phrases.get("window", *keys)
        return words.format(**details) if details else words
