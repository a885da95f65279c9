"""The file of the settings: where it is, what is in it, and what a window must know before the rest is checked."""

import json
from pathlib import Path
from typing import Literal, get_args

from platformdirs import user_config_path

from desktop_app import PROGRAM
from desktop_app.files import read_file
from desktop_app.library.phrases import LANGUAGES
from guideline_core.file_limits import SETTINGS, json_excess

FILE_NAME = "settings.json"
Appearance = Literal["system", "light", "dark"]
APPEARANCES: tuple[Appearance, ...] = get_args(Appearance)


def default_path() -> Path:
    """Where this user's settings are."""
    return user_config_path(PROGRAM, appauthor=False) / FILE_NAME


def content_of(path: Path) -> bytes | None:
    """What stands in the file, cut where no settings are that long; None when there is none. Raises OSError."""
    try:
        return read_file(path, SETTINGS.largest + 1)
    except FileNotFoundError:
        return None


def read_plain(content: bytes) -> object:
    """What the file says, unchecked; None when it says nothing that can be read."""
    try:
        return None if json_excess(content, SETTINGS) else json.loads(content.decode("utf-8-sig"))
    except ValueError:
        return None


def broken_at(content: bytes) -> int | None:
    """The line (from 1) where the file stops being JSON; None when it is not that."""
    try:
        json.loads(content.decode("utf-8-sig")) if not json_excess(content, SETTINGS) else None
    except json.JSONDecodeError as error:
        return error.lineno
    except ValueError:
        return None
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
