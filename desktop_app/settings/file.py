"""The file of the settings: where it is, what is in it, and what a window must know before the rest is checked."""

import json
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from platformdirs import user_config_path

from desktop_app import PROGRAM
from desktop_app.files import read_file
from desktop_app.library.phrases import LANGUAGES
from guideline_core.file_limits import SETTINGS, json_excess

FILE_NAME = "settings.json"
PATIENCE_SECONDS = 3.0
"""How long a start waits for the settings: they may lie on a share that no longer answers."""
Appearance = Literal["system", "light", "dark"]
APPEARANCES: tuple[Appearance, ...] = get_args(Appearance)


def default_path() -> Path:
    """Where this user's settings are."""
    return user_config_path(PROGRAM, appauthor=False) / FILE_NAME


class FoundFile(NamedTuple):
    """What was found in the place of the settings when the program started: it is looked at once, for each look at a
    share that no longer answers would hold the window up again."""

    content: bytes = b""
    """Cut where no settings are that long."""
    problem: OSError | None = None
    """Why there is no content: FileNotFoundError when there is no file."""

    @property
    def is_missing(self) -> bool:
        """Whether there is no file."""
        return isinstance(self.problem, FileNotFoundError)

    @property
    def is_silent(self) -> bool:
        """Whether the disk did not answer in time."""
        return isinstance(self.problem, TimeoutError)


def found_at(path: Path) -> FoundFile:
    """Read the file; never raises, and takes a few seconds at most."""
    try:
        return FoundFile(read_file(path, SETTINGS.largest + 1, PATIENCE_SECONDS))
    except OSError as error:
        return FoundFile(problem=error)


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


def language_in(found: FoundFile) -> str:
    """The language that the file names; Dutch when it names none. What is wrong with the file is told later."""
    language = _said_in(found, "language")
    return language if language in LANGUAGES else LANGUAGES[0]


def appearance_in(found: FoundFile) -> str:
    """Light, dark or as the system, as the file says; as the system when it says nothing of it."""
    appearance = _said_in(found, "appearance")
    return appearance if appearance in APPEARANCES else APPEARANCES[0]


def _said_in(found: FoundFile, name: str) -> object:
    given = read_plain(found.content)
    return given.get(name) if isinstance(given, dict) else None
