"""The file of the store: made whole or not at all, and opened only when it is ours, whole, and its key fits.

A new file is made under another name and gets its own when it is complete. So a file that stands in its place and is
empty or short was damaged, and is refused; nothing ever makes a new one over it.
"""

import contextlib
import errno
import os
import secrets
import shutil
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from desktop_app.files import sync_folder
from desktop_app.store import sql
from desktop_app.store.keys import MARKS, SALT_BYTES, KeySource, StoreKey
from desktop_app.store.problems import (
    EncryptionMissing,
    NotAStore,
    StorageFailed,
    StorageFull,
    StorageReadOnly,
    StoreBusy,
    StoreDamaged,
    StoreIsNewer,
    StoreProblem,
)

FILE_NAME = "cases.db"
WAIT_SECONDS = 3.0
"""How long one waits for another process; each of its transactions takes a few milliseconds."""

_PAGE_BYTES = 4096
_LITTLE_ROOM = 256 * 1024
_PLAIN_SQLITE = b"SQLite format 3\0"


class Database:
    """An open store: transactions on one connection, for any thread, one at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._connection = _opened(path, key)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """All that is done inside is on the disk when it ends; or, after any error, nothing of it."""
        with self._lock, _problems_of(self.path):
            try:
                sql.begin(self._connection)
                yield self._connection
                sql.commit(self._connection)
            except BaseException:
                with contextlib.suppress(_driver().Error):  # a full disk may have rolled back already
                    sql.roll_back(self._connection)
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """Read; waits for nobody."""
        with self._lock, _problems_of(self.path):
            yield self._connection

    def use_journal_again(self) -> None:
        """Move the journal to the file, so that on a full disk the journal has room for a few more answers."""
        with self._lock, contextlib.suppress(_driver().Error):
            sql.empty_journal(self._connection)

    def close(self) -> None:
        """Close the file; can be done twice."""
        with self._lock, contextlib.suppress(_driver().Error):
            self._connection.close()


def open_database(folder: Path, keys: KeySource) -> Database:
    """Open the store in a folder; makes it when there is none."""
    path = folder / FILE_NAME
    with _problems_of(path):
        _make_folder(folder)
        key = None if os.path.lexists(path) else _create(path, keys)
        if key is None:
            key = keys.key_of(_salt_of(path), lambda given: _fits(path, given))
        return Database(path, key)


# --- making ---------------------------------------------------------------------------------------------------------


def _make_folder(folder: Path) -> None:
    """The folder, for this user alone; one that is there already keeps its permissions."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _create(path: Path, keys: KeySource) -> bytes | None:
    """Make a new store beside its place and put it there; None when another process was first."""
    _driver()  # without it there is no need to ask for a passphrase
    _try_to_write(path.parent)
    key = keys.new_key()
    beside = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
    placed = False
    try:
        _make_file(beside, key)
        placed = _placed(beside, path)
    finally:
        for left in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm"), Path(f"{beside}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
        if not placed:
            keys.forget_key(key)
    return key.raw if placed else None


def _try_to_write(folder: Path) -> None:
    """Fail now when the folder cannot be written: before a passphrase is asked for or a key is kept."""
    probe = folder / f".{FILE_NAME}.{secrets.token_hex(6)}.try"
    os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    probe.unlink()


def _make_file(beside: Path, key: StoreKey) -> None:
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # -wal and -shm take this mode over
    connection = _connected(beside, "mode=rw")
    try:
        sql.unlock(connection, key.raw, key.salt)
        sql.create_schema(connection)
        sql.make_durable(connection)
    finally:
        connection.close()


def _placed(beside: Path, path: Path) -> bool:
    """Give the file its name unless that is taken."""
    try:
        if os.name == "nt":
            beside.rename(path)  # fails there when the name is taken
        else:
            _link(beside, path)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def _link(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: only there two first starts at the same instant could collide
        if os.path.lexists(path):
            raise FileExistsError from None
        beside.rename(path)


# --- opening --------------------------------------------------------------------------------------------------------


def _salt_of(path: Path) -> bytes:
    """The salt of the file; refuses a file that is not ours, without touching it."""
    with path.open("rb") as file:
        start = file.read(_PAGE_BYTES)
    if start[:SALT_BYTES] == _PLAIN_SQLITE or (start and start[:4] not in MARKS):
        raise NotAStore
    if len(start) < _PAGE_BYTES:
        raise StoreDamaged
    return start[:SALT_BYTES]


def _fits(path: Path, key: bytes) -> bool:
    """Whether the key opens the file; reads only, so that a wrong key changes neither file nor journal."""
    connection = _connected(path, "mode=ro")
    try:
        sql.unlock(connection, key)
        sql.count_tables(connection)
    except _driver().DatabaseError as error:
        if _code(error) != _NOT_A_DATABASE:
            raise
        return False
    finally:
        connection.close()
    return True


def _opened(path: Path, key: bytes) -> sql.Connection:
    """A connection to a file whose key fits; refuses what is not whole or was made by a newer program."""
    _examine(path, key)
    connection = _connected(path, "mode=rw")
    try:
        sql.unlock(connection, key)
        sql.make_durable(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _examine(path: Path, key: bytes) -> None:
    """Look for what is wrong without being able to write: to close a writing connection can already change the file."""
    connection = _connected(path, "mode=ro")
    try:
        sql.unlock(connection, key)
        application, version = sql.versions(connection)
        if application != sql.APPLICATION_ID or version < 1:
            raise NotAStore
        if version > sql.SCHEMA_VERSION:
            raise StoreIsNewer(version=version, known=sql.SCHEMA_VERSION)
        if not sql.is_whole(connection):
            raise StoreDamaged
    finally:
        connection.close()


def _connected(path: Path, how: str) -> sql.Connection:
    """A connection that never makes a file by itself."""
    place = path.absolute().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{urllib.parse.quote(place)}?{how}"
    return _driver().connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def _driver() -> ModuleType:
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
def _problems_of(path: Path) -> Iterator[None]:
    """Turn errors of driver and system into problems that can be told."""
    try:
        yield
    except StoreProblem as problem:
        problem.details.setdefault("file", str(path))
        problem.details.setdefault("folder", str(path.parent))
        raise
    except OSError as error:
        raise problem_of_system(error, path) from None
    except Exception as error:
        if not isinstance(error, _driver().Error):
            raise
        raise _problem_of_driver(error, path) from None


def problem_of_system(error: OSError, path: Path) -> StoreProblem:
    """What an error of the system means for one who wants to write a file."""
    details = {"file": str(path), "folder": str(path.parent), "reason": error.strerror or type(error).__name__}
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


def _code(error: Exception) -> int:
    """The kind of an error of SQLite, without its finer distinctions."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _has_little_room(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE_ROOM
    except OSError:
        return False
