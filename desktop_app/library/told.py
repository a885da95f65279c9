"""The one shape of everything that went wrong, or was found, and has to be told to the user."""

from collections.abc import Mapping
from typing import Protocol

from desktop_app.library.phrases import Phrases


class Told(Protocol):
    """Something to tell: errors, refusals and findings alike. None of it holds an answer that identifies a patient."""

    @property
    def key(self) -> str:
        """Which of its kind it is; its phrases stand under this key."""

    @property
    def details(self) -> Mapping[str, object]:
        """What stands in the braces of its phrases."""

    def message(self, phrases: Phrases) -> str:
        """What happened, and what the user can do about it, in words."""
