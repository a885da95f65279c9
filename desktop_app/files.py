"""Writes files so that they are there as a whole or not at all: settings, letters, cases and whatever else is saved."""

import contextlib
import os
import secrets
from pathlib import Path

_BESIDE = ".botwijzer-"
_PRIVATE_MODE = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, also after a power cut; raises OSError.

    On failure nothing stays behind. A file that is there keeps its permissions; a new one is for this user alone.
    """
    path = Path(os.path.realpath(path))  # behind a link it is the file that changes, not the link
    beside = path.with_name(f"{_BESIDE}{secrets.token_hex(6)}.tmp")
    try:
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), _PRIVATE_MODE)
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            beside.chmod(path.stat().st_mode & 0o777)
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the new name durable; a system that cannot do this for a folder (Windows, some shares) does it by itself."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
