"""How a window speaks with its user: quiet messages in its bar, the others in a dialog."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from desktop_app.library.phrases import Phrases
from desktop_app.library.told import Told
from desktop_app.window.messages import FileKind, Question

if TYPE_CHECKING:  # loaded with the first dialog
    from desktop_app.window.dialogs.speaking import Dialogs


class Bar(Protocol):
    """What the messages need of the bar."""

    def isHidden(self) -> bool:
        """Whether nothing stands in it."""

    def say(self, text: str, tone: str) -> None:
        """Show a message."""

    def offer(self, text: str, button: str, do: Callable[[], None], tone: str = "note") -> None:
        """Show a message with something to do."""

    def withdraw(self, text: str) -> None:
        """Take a message away, if it still stands."""


class WindowMessages:
    """Speaks through one window. Bar and phrases are looked up each time, because they change with the language."""

    def __init__(self, window: QWidget, bar: Callable[[], Bar], phrases: Callable[[], Phrases]) -> None:
        self._window = window
        self._bar = bar
        self._phrases = phrases

    @property
    def is_silent(self) -> bool:
        """Whether the bar is empty."""
        return self._bar().isHidden()

    def inform(self, text: str) -> None:
        """Show a text in the bar."""
        self._bar().say(text, "note")

    def warn(self, text: str) -> None:
        """Show a text in the bar, in the tone of a warning."""
        self._bar().say(text, "caution")

    def tell(self, problem: Told, again: Callable[[], None] | None = None) -> None:
        """Warn of a problem in its own words."""
        words = problem.message(self._phrases())
        if again is None:
            self.warn(words)
        else:
            self._bar().offer(words, self._phrases().get("window", "bar", "again"), again, "caution")

    def offer(self, text: str, button: str, do: Callable[[], None]) -> None:
        """Show a text with a button in the bar."""
        self._bar().offer(text, button, do)

    def withdraw(self, text: str) -> None:
        """Take a text out of the bar."""
        self._bar().withdraw(text)

    # --- dialogs

    @cached_property
    def _dialogs(self) -> "Dialogs":
        # Loaded with the first dialog: a window is on the screen without.
        from desktop_app.window.dialogs.speaking import Dialogs

        return Dialogs(self._window)

    def ask(self, question: Question) -> str:
        """Ask in a dialog."""
        return self._dialogs.answer(question)

    def show_text(self, title: str, text: str) -> None:
        """Show it in a dialog with room to read."""
        self._dialogs.is_accepted(title, "", text, self._close)

    def show_report(self, title: str, explanation: str, report: str, save: str) -> bool:
        """Show it in a dialog with room to read."""
        return self._dialogs.is_accepted(title, explanation, report, self._close, save)

    @property
    def _close(self) -> str:
        return self._phrases().get("window", "close")

    def file_to_open(self, title: str, kind: FileKind) -> Path | None:
        """Ask with the file dialog of the system."""
        return self._dialogs.file_to_open(title, kind)

    def file_to_save(self, title: str, proposed_name: str, kind: FileKind, note: str = "") -> Path | None:
        """Ask with a file dialog, which confirms replacing a file and adds the ending."""
        return self._dialogs.file_to_save(title, proposed_name, kind, note)
