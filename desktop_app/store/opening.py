"""Opens the file of the store only when it is ours, whole, and its key fits; looks first, which writes nothing."""

import contextlib
import time
from pathlib import Path

from desktop_app.files import has_plain_file, read_file
from desktop_app.store import sql
from desktop_app.store.connecting import Way, connected, driver, is_another_key
from desktop_app.store.journal import is_all_in_file, is_journal_broken, journal_files
from desktop_app.store.keys import MARKS, SALT_BYTES
from desktop_app.store.problems import (
    JournalAside,
    JournalBroken,
    NotAStore,
    StoreDamaged,
    StoreIsNewer,
    StoreProblem,
)
from desktop_app.store.setting_aside import copied_aside, folder_with_copy, moved_aside

AGAIN_AFTER_SECONDS = 0.1
_PAGE_BYTES = 4096
_PLAIN_SQLITE = b"SQLite format 3\0"


def salt_of(path: Path) -> bytes:
    """The salt of the file; refuses a file that is not ours, without touching it."""
    start = read_file(path, _PAGE_BYTES)
    if start[:SALT_BYTES] == _PLAIN_SQLITE or (start and start[:4] not in MARKS):
        raise NotAStore
    if len(start) < _PAGE_BYTES:
        raise StoreDamaged
    return start[:SALT_BYTES]


def refuse_what_is_not_plain(path: Path) -> None:
    """Look what stands in the places of the file, its journal and the index, before anything opens them: a pipe and a
    disk that is gone hold up whoever does, a device never ends."""
    for file in (path, *journal_files(path)):
        has_plain_file(file)


def fits(path: Path, key: bytes) -> bool:
    """Whether the key opens the file; reads only, so that a wrong key changes neither file nor journal.

    The file alone tells, also beside a journal of another one. Only a file that is half written needs its journal.
    """
    try:
        return _reads(path, key, Way.LOOK) or (_has_journal(path) and _reads(path, key, Way.READ))
    except driver().DatabaseError:
        if not _has_journal(path):
            raise
        return _reads(path, key, Way.READ)


def _reads(path: Path, key: bytes, way: Way) -> bool:
    connection = connected(path, way)
    try:
        sql.unlock(connection, key)
        sql.count_tables(connection)
    except driver().DatabaseError as error:
        if not is_another_key(error):
            raise
        return False
    finally:
        connection.close()
    return True


def opened(path: Path, key: bytes, notices: list[StoreProblem]) -> sql.Connection:
    """A connection to a file whose key fits; refuses what is not whole or was made by a newer program.

    What a broken journal has lost is copied before anything writes, and told in the notices.
    """
    refuse_what_is_not_plain(path)
    if is_journal_broken(path):
        notices.append(JournalBroken(file=str(path), aside=str(_keep_broken_journal(path))))
    _examine_with_journal(path, key, notices)
    connection = unlocked(path, key, Way.WRITE)
    try:
        sql.make_durable(connection)
        if notices:
            sql.empty_journal(connection)  # so that what was told is not met again
    except BaseException:
        connection.close()
        raise
    return connection


def _keep_broken_journal(path: Path) -> Path:
    """Keep a journal that has lost something as it is; where its file holds all of it, the file goes on without it.

    It may have been copied before, and not have been emptied because the disk was full.
    """
    if is_all_in_file(path):
        return moved_aside(journal_files(path), path.parent)
    return folder_with_copy(journal_files(path)[0]) or copied_aside((path, *journal_files(path)), path.parent)


def opened_to_read(path: Path, key: bytes) -> sql.Connection:
    """A connection that only reads, where nothing may or can be written; raises an error of the driver."""
    if not _has_journal(path):
        return _reading(path, key, Way.LOOK)
    with contextlib.suppress(driver().Error):  # an index that tells that the journal is broken must go on to do so
        return _reading(path, key, Way.READ_AS_IT_IS)
    try:
        return _reading(path, key, Way.READ)
    except driver().Error:
        if journal_files(path)[0].stat().st_size:  # in it stands what must not be left out
            raise
        return _reading(path, key, Way.LOOK)


def _reading(path: Path, key: bytes, way: Way) -> sql.Connection:
    connection = unlocked(path, key, way)
    try:
        sql.count_tables(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def unlocked(path: Path, key: bytes, way: Way) -> sql.Connection:
    """A connection that has its key."""
    connection = connected(path, way)
    sql.unlock(connection, key)
    return connection


def _examine_with_journal(path: Path, key: bytes, notices: list[StoreProblem]) -> None:
    """Look whether the file is whole; a journal without which it is whole belongs to another file."""
    try:
        _examine(path, key, _way_to_look(path))
    except (StoreDamaged, driver().DatabaseError):
        if not _has_journal(path):  # another process may have written while only the file was looked at
            time.sleep(AGAIN_AFTER_SECONDS)
            _examine(path, key, _way_to_look(path))
            return
        if not _is_whole_alone(path, key):
            raise
        aside = moved_aside(journal_files(path), path.parent)
        notices.append(JournalAside(file=str(path), aside=str(aside)))


def _is_whole_alone(path: Path, key: bytes) -> bool:
    try:
        _examine(path, key, Way.LOOK)
    except (StoreProblem, driver().DatabaseError):
        return False
    return True


def _examine(path: Path, key: bytes, way: Way) -> None:
    """Look for what is wrong without being able to write: to close a writing connection can already change the file."""
    connection = unlocked(path, key, way)
    try:
        application, version = sql.versions(connection)
        if application != sql.APPLICATION_ID or version < 1:
            raise NotAStore
        if version > sql.SCHEMA_VERSION:
            raise StoreIsNewer(version=version, known=sql.SCHEMA_VERSION)
        if not sql.is_whole(connection):
            raise StoreDamaged
    finally:
        connection.close()


def _way_to_look(path: Path) -> Way:
    """Without a journal the file is looked at alone: else SQLite puts an empty journal beside it, and leaves it."""
    return Way.READ if _has_journal(path) else Way.LOOK


def _has_journal(path: Path) -> bool:
    journal, _ = journal_files(path)
    return journal.exists()
