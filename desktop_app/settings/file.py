"""The file of the settings: where it is, what is in it, and what a window must know before the rest is checked."""

import json
from pathlib import Path
from typing import Literal, get_args

from platformdirs import user_config_path

from desktop_app import PROGRAM
from desktop_app.library.phrases import LANGUAGES

FILE_NAME = "settings.json"
LARGEST_BYTES = 1_000_000
Appearance = Literal["system", "light", "dark"]
APPEARANCES: tuple[Appearance, ...] = get_args(Appearance)


def default_path() -> Path:
    """Where this user's settings are."""
    return user_config_path(PROGRAM, appauthor=False) / FILE_NAME


def content_of(path: Path) -> bytes | None:
    """What stands in the file, cut where no settings are that long; None when there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except FileNotFoundError:
        return None


def read_plain(content: bytes) -> object:
    """What the file says, unchecked; None when it says nothing that can be read."""
    try:
        return json.loads(content.decode("utf-8-sig")) if len(content) <= LARGEST_BYTES else None
    except (ValueError, RecursionError):
        return None


def language_in(path: Path) -> str:
    """The language that the file names; Dutch when it names none. What is wrong with the file is told later."""
    language = _said_in(path, "language")
    return language if language in LANGUAGES else LANGUAGES[0]


def appearance_in(path: Path) -> str:
    """Light, dark or as the system, as the file says; as the system when it says nothing of it."""
    appearance = _said_in(path, "appearance")
    return appearance if appearance in APPEARANCES else APPEARANCES[0]


def _said_in(path: Path, name: str) -> object:
    try:
        given = read_plain(content_of(path) or b"")
    except OSError:
        given = None
    return given.get(name) if isinstance(given, dict) else None
