"""What the windows of one program share: edition, words, settings, saved cases, and tasks for other threads."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.library.day import Today, today_of
from desktop_app.library.editions import OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.looks.appearance import Appearance
from desktop_app.settings.file import FoundFile
from desktop_app.window.messages import Messages
from desktop_app.window.tasks import Tasks

if TYPE_CHECKING:  # for annotations: what makes these is loaded after the window is on the screen
    from desktop_app.settings.settings import Settings, SettingsFile, SettingsNotSaved, SettingsProblem
    from desktop_app.store.store import Store
    from guideline_core.case import Case


class SettingsAccess(QObject):
    """The current settings, and the file in which they are saved (None: they are not saved)."""

    changed = Signal()

    def __init__(self, path: Path | None, found: FoundFile | None = None) -> None:
        super().__init__()
        self._path = path
        self._found = found
        self.folder = None if path is None or (found is not None and found.is_silent) else path.parent
        """The folder in which more can be remembered for this user; None when there is none that answers."""
        self._changed: Settings | None = None

    @cached_property
    def _file(self) -> "SettingsFile":
        """The file; it is read and checked when a setting is first needed, after the window is on the screen."""
        # Checking loads pydantic, which takes longer than a window may wait.
        from desktop_app.settings.settings import SettingsFile

        return SettingsFile(self._path, self._found)

    @property
    def current(self) -> "Settings":
        """All settings."""
        return self._changed or self._file.loaded.settings

    @property
    def problem(self) -> "SettingsProblem | None":
        """What was wrong with the file."""
        return self._file.loaded.problem

    def change(self, settings: "Settings") -> "SettingsNotSaved | None":
        """Use other settings from now on, and save them. When they cannot be saved they are used all the same, and the
        problem is returned."""
        self._changed = settings
        self.changed.emit()
        return self._file.save(settings)


class StoreAccess(QObject):
    """Opens the store once, outside the window's thread, and hands each window its own view of it.

    At the start it is opened when it is there; else it is made when the first answer is to be kept. What failed is
    tried again only when the user asks for it: it may ask for a passphrase.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(
        self, open_it: "Callable[[], Store] | None", tasks: Tasks, is_there: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__()
        self._open_it = open_it
        self._tasks = tasks
        self._is_there = is_there
        self._store: Store | None = None
        self.is_opening = False
        """Whether it is being opened now."""
        self.problem: Exception | None = None
        """Why it could not be opened the last time; None when it was not tried, or could."""

    def open_if_there(self) -> None:
        """The program starts: open the store that the user has."""
        if self._is_there():
            self.open_store()

    def want(self) -> None:
        """There is something to keep: open the store or make it, unless that has failed."""
        if self.problem is None:
            self.open_store()

    def open_store(self) -> None:
        """Start to open the store, unless it is open already; `opened` or `failed` follows."""
        if self._open_it is None or self._store is not None or self.is_opening:
            return
        self.is_opening, self.problem = True, None
        self._tasks.run("open the store", self._open_it, self._take, self._tell)

    def for_window(self) -> "Store | None":
        """The store for a new window; None as long as it is not open."""
        return None if self._store is None else self._store.for_another_window()

    def close(self) -> None:
        """The program ends."""
        if self._store is not None:
            self._store.close()

    def _take(self, store: "Store") -> None:
        self.is_opening = False
        self._store = store
        self.opened.emit()

    def _tell(self, error: Exception) -> None:
        self.is_opening, self.problem = False, error
        self.failed.emit(error)


@dataclass
class Services:
    """Everything that windows share."""

    edition: OpenedEdition
    phrases: Phrases
    """The words of the program; replaced when another language is chosen."""
    settings: SettingsAccess
    store: StoreAccess
    tasks: Tasks
    now: Callable[[], datetime.datetime] = field(default=lambda: datetime.datetime.now().astimezone())
    appearance: Appearance = field(default_factory=Appearance)
    messages: Messages | None = None
    """What speaks with the user in every window; None: each window speaks for itself."""
    last_kept: datetime.datetime | None = None
    """When the last answer was kept, by whichever window or earlier start; None as long as that is not known."""

    def today(self) -> datetime.date:
        """The present date."""
        return self.now().date()

    def present(self) -> Today:
        """The present date, and whether the clock can be right."""
        return today_of(self.today(), self.edition.year, self.last_kept)

    def saw_kept(self, moment: datetime.datetime) -> None:
        """An answer was kept then: from now on the clock is wrong when it says an earlier day."""
        self.last_kept = moment if self.last_kept is None else max(self.last_kept, moment)

    def window_words(self, *keys: str, **details: object) -> str:
        """A phrase of the window, filled in."""
        words = self.phrases.get("window", *keys)
        return words.format(**details) if details else words

    def empty_case(self) -> "Case":
        """A case in which nothing is answered but where the workstation stands."""
        return self.edition.empty_case(self.settings.current.setting)
