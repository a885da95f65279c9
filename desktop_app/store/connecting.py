"""Connections to the file of the store, and what goes wrong with them as problems that can be told."""

import contextlib
import errno
import os
import shutil
import urllib.parse
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from desktop_app.files import NotAPlainFile
from desktop_app.store import sql
from desktop_app.store.problems import (
    EncryptionMissing,
    FileNotPlain,
    StorageFailed,
    StorageFull,
    StorageReadOnly,
    StoreBusy,
    StoreDamaged,
    StoreNotPlain,
    StoreOutOfReach,
    StoreProblem,
)

WAIT_SECONDS = 3.0
"""How long one waits for another process; each of its transactions takes a few milliseconds."""
_LITTLE_ROOM = 256 * 1024


class Way(StrEnum):
    """How a file is opened; none of these makes a file by itself."""

    WRITE = "mode=rw"
    READ = "mode=ro"
    READ_AS_IT_IS = "mode=ro&readonly_shm=1"
    """With the journal, of which the index must be there; that is not made anew."""
    LOOK = "mode=ro&immutable=1"
    """The file alone: its journal is not read, and nothing is put beside it."""


def connected(path: Path, way: Way) -> sql.Connection:
    """A connection; the file need not be ours yet."""
    place = path.absolute().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{urllib.parse.quote(place)}?{way}"
    return driver().connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def driver() -> ModuleType:
    """The driver; raises EncryptionMissing where it is not installed or cannot run."""
    try:
        # Here, so that a program without the driver can say what is missing.
        from sqlcipher3 import dbapi2  # type: ignore[import-untyped]
    except ImportError:
        raise EncryptionMissing from None
    return dbapi2


# --- errors ---------------------------------------------------------------------------------------------------------

_BUSY, _LOCKED, _READ_ONLY, _IO_ERROR, _CORRUPT, _FULL, _CANNOT_OPEN, _NOT_A_DATABASE = 5, 6, 8, 10, 11, 13, 14, 26


@contextlib.contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Turn errors of driver and system into problems that can be told."""
    try:
        yield
    except StoreProblem as problem:
        problem.details.setdefault("file", str(path))
        problem.details.setdefault("folder", str(path.parent))
        raise
    except (NotAPlainFile, IsADirectoryError) as error:
        raise StoreNotPlain(file=str(error.filename), folder=str(path.parent)) from None
    except TimeoutError:
        raise StoreOutOfReach(file=str(path), folder=str(path.parent)) from None
    except OSError as error:
        raise problem_of_system(error, path) from None
    except Exception as error:
        if not isinstance(error, driver().Error):
            raise
        raise _problem_of_driver(error, path) from None


def problem_of_system(error: OSError, path: Path) -> StoreProblem:
    """What an error of the system means for one who wants to write a file."""
    details = {"file": str(path), "folder": str(path.parent), "reason": error.strerror or type(error).__name__}
    if isinstance(error, NotAPlainFile):
        return FileNotPlain(**details)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(**details)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return StorageReadOnly(**details)
    return StorageFailed(**details)


def _problem_of_driver(error: Exception, path: Path) -> StoreProblem:
    code = _code(error)
    details = {"file": str(path), "folder": str(path.parent), "reason": getattr(error, "sqlite_errorname", "")}
    if code in (_CORRUPT, _NOT_A_DATABASE):
        return StoreDamaged(**details)
    if code in (_BUSY, _LOCKED):
        return StoreBusy(**details)
    if code == _FULL or (code in (_IO_ERROR, _CANNOT_OPEN) and _has_little_room(path.parent)):
        return StorageFull(**details)
    if code == _READ_ONLY or (code == _CANNOT_OPEN and not os.access(path.parent, os.W_OK)):
        return StorageReadOnly(**details)
    return StorageFailed(**details)


def is_another_key(error: Exception) -> bool:
    """Whether an error of the driver says that the file was not written with this key."""
    return _code(error) == _NOT_A_DATABASE


def _code(error: Exception) -> int:
    """The kind of an error of SQLite, without its finer distinctions."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _has_little_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE_ROOM
    except OSError:
        return False
