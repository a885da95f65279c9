"""The one door to the user: everything that the program says, asks or lets choose outside the pages goes through here.

The rest of the program knows only `Messages`; `window_messages` is how a window does it. No message holds patient data
that the window does not show anyway.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from desktop_app.library.told import Told


class Choice(NamedTuple):
    """One way to answer a question; `key` is what the asker gets back."""

    key: str
    label: str


class Question(NamedTuple):
    """A question to the user. `safe` is the answer that changes nothing: Esc and closing the question give it."""

    text: str
    explanation: str
    choices: tuple[Choice, ...]
    safe: str
    proposed: str | None = None
    """The answer that Enter gives; the safe answer when None."""
    grave: bool = False
    """Whether harm can come of the wrong answer: shown with a warning sign."""


class FileKind(NamedTuple):
    """A kind of file in a file dialog: words and the ending without dot."""

    words: str
    ending: str


class Messages(Protocol):
    """What the program needs to speak with the user."""

    @property
    def is_silent(self) -> bool:
        """Whether no message stands unread."""

    def inform(self, text: str) -> None:
        """Say something that needs no answer, without interrupting."""

    def warn(self, text: str) -> None:
        """Say something that the user must not miss, without interrupting."""

    def tell(self, problem: Told, again: Callable[[], None] | None = None) -> None:
        """Say what went wrong, as a warning; with a button that tries it again, when that is given."""

    def offer(self, text: str, button: str, do: Callable[[], None]) -> None:
        """Say something with one thing that can be done about it, without interrupting."""

    def withdraw(self, text: str) -> None:
        """Remove a message that no longer holds, if it still stands."""

    def ask(self, question: Question) -> str:
        """Ask, and return the key of the choice."""

    def show_text(self, title: str, text: str) -> None:
        """Show a longer text that the user asked for, and wait until it is closed."""

    def show_report(self, title: str, explanation: str, report: str, save: str) -> bool:
        """Say that something went wrong, with a report to read; whether the user wants to save it (button `save`)."""

    def file_to_open(self, title: str, kind: FileKind) -> Path | None:
        """Let the user choose a file; None when they chose none."""

    def file_to_save(self, title: str, proposed_name: str, kind: FileKind, note: str = "") -> Path | None:
        """Let the user choose where to save; None when they chose nothing. Replacing a file is confirmed. The note
        says what the file carries; the user can read it before choosing."""
