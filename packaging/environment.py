"""Finds the private virtual environment of this checkout, in milliseconds when it is up to date.

Every start of the program passes through here, so this module imports next to nothing. It answers whether an
environment is ready; environment_setup.py makes one.
"""

from __future__ import annotations

import hashlib
import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python is what the user may have
    sys.exit(f"Botwijzer: Python 3.11 of nieuwer is nodig; dit is Python {sys.version.split()[0]}.")

CHECKOUT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STAMP_NAME = "botwijzer-stamp.txt"


class SetupError(Exception):
    """Set-up cannot go on; the message says, in Dutch, what the user can do about it."""


class Environment:
    """A virtual environment that holds exactly what one lock file of the checkout lists."""

    def __init__(self, name: str, lock_name: str) -> None:
        """Name the folder of the environment and the lock file, both relative to the checkout."""
        self.name = name
        self.lock_file = os.path.join(CHECKOUT, lock_name)

    def ready_python(self) -> str | None:
        """Return the Python of the environment, or None when it has to be made or renewed first."""
        try:
            lock_hash = self.lock_hash()
        except OSError:  # the set-up says what is wrong
            return None
        ready = (folder for folder in self.possible_folders() if is_up_to_date(folder, lock_hash))
        return next(map(python_of, ready), None)

    def lock_hash(self) -> str:
        """Return the fingerprint of the lock file; raise OSError when it cannot be read."""
        with open(self.lock_file, "rb") as lock:
            return hashlib.sha256(lock.read()).hexdigest()

    def possible_folders(self) -> tuple[str, str]:
        """Return where the environment may be: in the checkout, or in the user's cache when that is read-only."""
        checkout_id = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]
        return (
            os.path.join(CHECKOUT, self.name),
            os.path.join(user_cache_folder(), "botwijzer", f"{self.name.lstrip('.')}-{checkout_id}"),
        )


PROGRAM = Environment(".venv", "requirements.lock")
DEVELOPMENT = Environment(".venv-dev", "requirements-dev.lock")


def user_cache_folder() -> str:
    """Return the folder in which this system keeps what can be made again."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")


def python_of(folder: str) -> str:
    """Return the path of the Python of the environment in `folder`."""
    return os.path.join(folder, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))


def is_up_to_date(folder: str, lock_hash: str) -> bool:
    """Tell whether the environment in `folder` was finished, for this lock, with the Python that is still there."""
    try:
        with open(os.path.join(folder, STAMP_NAME), encoding="utf-8") as stamp:
            written = stamp.read()
    except OSError:
        return False
    return os.path.exists(python_of(folder)) and written == stamp_text(folder, lock_hash)


def stamp_text(folder: str, lock_hash: str) -> str:
    """Return what the stamp of a finished environment says.

    It names the real Python behind the environment: after an upgrade of the system from 3.11 to 3.13 the link still
    works, but the installed libraries are no longer found.
    """
    return f"{lock_hash}\n{os.path.realpath(python_of(folder))}\n"


def child_variables() -> dict[str, str]:
    """Return the environment variables for a Python that runs the checkout: its own modules, and UTF-8 everywhere."""
    variables = clean_variables()
    variables["PYTHONPATH"] = CHECKOUT
    return variables


def clean_variables() -> dict[str, str]:
    """Return this process's environment variables without what would lead another Python astray.

    UTF-8 is forced because a fresh machine may have no locale but "C".
    """
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    variables["PYTHONUTF8"] = "1"
    return variables


def complain(message: str) -> None:
    """Write a line to standard error; standard output belongs to the program."""
    print(f"Botwijzer: {message}", file=sys.stderr, flush=True)
