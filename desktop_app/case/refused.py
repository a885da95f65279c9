"""The refusal of an answer."""

from collections.abc import Mapping

from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import filled


class AnswerRefused(Exception):
    """An impossible answer: `key` is the code of the fault, `details` is what a message needs; never the answer."""

    def __init__(self, path: str, key: str, details: Mapping[str, object] | None = None) -> None:
        self.path = path
        self.key = key
        self.details: Mapping[str, object] = details or {}
        super().__init__(f"{path}: {key}")

    def message(self, phrases: Phrases) -> str:
        """Why the answer cannot be, in words."""
        details = dict(self.details)
        if "other" in details:
            other = str(details["other"])
            details["other"] = phrases.find("fields", other, "question") or phrases.label(other)
        words = phrases.find("wizard", "refused", self.key) or phrases.get("wizard", "refused", "other")
        return filled(words, details)
