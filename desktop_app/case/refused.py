"""Says why an answer was not taken."""

from collections.abc import Mapping
from typing import Any


class AnswerRefused(Exception):
    """An answer that cannot be: `key` is the code of the fault, `details` what a message needs; never the answer."""

    def __init__(self, path: str, key: str, details: Mapping[str, Any] | None = None) -> None:
        self.path = path
        self.key = key
        self.details: Mapping[str, Any] = details or {}
        super().__init__(f"{path}: {key}")
