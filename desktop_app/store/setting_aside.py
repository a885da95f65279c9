"""Puts files of the store in a folder of their own beside it. Nothing that may hold an answer is ever thrown away."""

import contextlib
import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from desktop_app.files import sync_folder

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

ASIDE, RESCUED = "set-aside", "rescued"
"""How the folders begin: with files that this program no longer uses, and with a store that it made elsewhere."""


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """No other program that lost the same file makes it anew here meanwhile: it waits, and finds that it was made.

    Where a folder cannot be held so (Windows), an open file cannot be taken away either.
    """
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a share without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def moved_aside(files: Iterable[Path], folder: Path) -> Path:
    """Move those of these files that are there into a new folder; the folder."""
    aside = new_folder(folder, ASIDE)
    try:
        _put_aside(files, aside, os.rename)
    except OSError:
        with contextlib.suppress(OSError):
            aside.rmdir()  # unless something was moved there
        raise
    return aside


def copied_aside(files: Iterable[Path], folder: Path) -> Path:
    """Copy those of these files that are there into a new folder; the folder. On failure it is not left half filled."""
    aside = new_folder(folder, ASIDE)
    try:
        _put_aside(files, aside, _copy)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return aside


def folder_with_copy(file: Path) -> Path | None:
    """The folder in which this file was set aside before, as it is now; None when there is none."""
    for copy in sorted(file.parent.glob(f"{ASIDE}-*/{file.name}")):
        with contextlib.suppress(OSError):
            if filecmp.cmp(file, copy, shallow=False):
                return copy.parent
    return None


def new_folder(folder: Path, name: str) -> Path:
    """A new folder of this name with the first number that is free, for this user alone."""
    number = 1
    while True:
        made = folder / f"{name}-{number}"
        with contextlib.suppress(FileExistsError):
            made.mkdir(mode=0o700)
            return made
        number += 1


def _put_aside(files: Iterable[Path], aside: Path, put: Callable[[Path, Path], None]) -> None:
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            put(file, aside / file.name)
    sync_folder(aside)
    sync_folder(aside.parent)


def _copy(file: Path, to: Path) -> None:
    with file.open("rb") as content:
        write_new(to, content)


def write_new(path: Path, content: BinaryIO) -> None:
    """Write a new file, for this user alone, to the disk."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with open(handle, "wb") as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        os.fsync(copy.fileno())
