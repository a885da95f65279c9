"""The refusal of an answer."""

from collections.abc import Mapping


class AnswerRefused(Exception):
    """An impossible answer: `key` is the code of the fault, `details` is what a message needs; never the answer."""

    def __init__(self, path: str, key: str, details: Mapping[str, object] | None = None) -> None:
        self.path = path
        self.key = key
        self.details: Mapping[str, object] = details or {}
        super().__init__(f"{path}: {key}")
