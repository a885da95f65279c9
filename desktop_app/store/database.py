"""An open store: transactions on one connection. It stays on the disk, whatever happens to its file meanwhile."""

import contextlib
import ctypes
import io
import threading
from collections.abc import Iterator
from pathlib import Path

from desktop_app.store import sql
from desktop_app.store.connecting import Way, driver, problems_of
from desktop_app.store.journal import is_journal_broken, journal_files
from desktop_app.store.keys import KeySource, StoreKey
from desktop_app.store.making import beside, create, made, make_folder
from desktop_app.store.opening import fits, opened, opened_to_read, refuse_what_is_not_plain, salt_of, unlocked
from desktop_app.store.problems import (
    CasesElsewhere,
    JournalBroken,
    StorageFailed,
    StorageFull,
    StorageReadOnly,
    StoreKeptElsewhere,
    StoreProblem,
    StoreRemade,
    StoreReplaced,
)
from desktop_app.store.setting_aside import RESCUED, alone_in, moved_aside, new_folder, write_new
from desktop_app.store.staying import OpenFiles

FILE_NAME = "cases.db"
CANNOT_WRITE = (StorageFull, StorageReadOnly, StorageFailed)
"""The problems with which reading can go on."""


def open_database(folder: Path, keys: KeySource) -> "Database":
    """Open the store in a folder; makes it when there is none."""
    path, notices = folder / FILE_NAME, list[StoreProblem]()
    with problems_of(path):
        refuse_what_is_not_plain(path)
        key = None if is_there(folder) else _made_new(path, keys, notices)
        salt = salt_of(path)
        if key is None:
            key = keys.key_of(salt, lambda given: fits(path, given))
        rescued = sorted(folder.glob(f"{RESCUED}-*/{FILE_NAME}"))
        notices += [CasesElsewhere(folder=str(folder), aside=str(file.parent)) for file in rescued]
        return Database(path, StoreKey(key, salt), notices)


def _made_new(path: Path, keys: KeySource, notices: list[StoreProblem]) -> bytes | None:
    make_folder(path.parent)
    return create(path, keys, notices)


def is_there(folder: Path) -> bool:
    """Whether anything stands in the place of the store."""
    path = folder / FILE_NAME
    return path.exists() or path.is_symlink()


class Database:
    """An open store: transactions for any thread, one at a time.

    Where nothing can be written it is open to read, and each attempt to write tries again whether it can.
    """

    def __init__(self, path: Path, key: StoreKey, notices: list[StoreProblem]) -> None:
        self.path = path
        self.only_reads: StoreProblem | None = None
        """Why nothing can be written; None when it can."""
        self.was_made_again = False
        """Whether the file was made again because others took it away."""
        self._key = key
        self._notices = notices
        self._told: dict[str, dict[str, str | int]] = {}
        self._lock = threading.RLock()
        self._is_closed = False
        try:
            self._open_to_write()
        except CANNOT_WRITE as problem:
            self._connection = self._opened_to_read(problem)

    def _open_to_write(self) -> None:
        found = list[StoreProblem]()
        with problems_of(self.path):
            try:
                self._connection = opened(self.path, self._key.raw, found)
            finally:
                self._note(found)
            self._files = OpenFiles(self.path, self._connection)
            self.only_reads = None

    def _opened_to_read(self, problem: StoreProblem) -> sql.Connection:
        if JournalBroken.key not in self._told and is_journal_broken(self.path):
            it_stays_there = JournalBroken(file=str(self.path), aside=str(self.path.parent))
            self._note([it_stays_there])
        try:
            connection = opened_to_read(self.path, self._key.raw)
        except driver().Error:
            raise problem from None
        self.only_reads = problem
        return connection

    def _note(self, found: list[StoreProblem]) -> None:
        """Tell what was found, once: while nothing can be written it is found again with each attempt."""
        self._notices += [each for each in found if self._told.get(each.key) != each.details]
        self._told |= {each.key: each.details for each in found}

    @contextlib.contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """All that is done inside is on the disk when it ends; or, after any error, nothing of it."""
        with self._lock, problems_of(self.path):
            self._write_again()
            self._stay()
            try:
                sql.begin(self._connection)
                yield self._connection
                sql.commit(self._connection)
            except BaseException:
                with contextlib.suppress(driver().Error):  # a full disk may have rolled back already
                    sql.roll_back(self._connection)
                raise
            self._stay()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """Read; waits for nobody."""
        with self._lock, problems_of(self.path):
            yield self._connection

    def use_journal_again(self) -> None:
        """Move the journal to the file, so that on a full disk the journal has room for a few more answers."""
        with self._lock, contextlib.suppress(driver().Error):
            sql.restart_journal(self._connection)

    def settle(self) -> None:
        """Move the journal to the file while nothing else is to be done: what is not in it cannot be damaged in it."""
        with self._lock, contextlib.suppress(driver().Error):
            if not self._is_closed and self.only_reads is None and self._files.are_in_place():
                sql.move_journal(self._connection)
                self._files.keep_index()
                sql.empty_journal(self._connection)
                self._files.saw_moving()

    def take_notices(self) -> tuple[StoreProblem, ...]:
        """What was found and done that the user must know; each is told once."""
        with self._lock:
            taken = tuple(self._notices)
            self._notices.clear()
            return taken

    def close(self) -> None:
        """Close the file; can be done twice."""
        with self._lock, contextlib.suppress(driver().Error):
            if not self._is_closed:
                try:
                    self._close()
                finally:
                    self._is_closed = True

    def _close(self) -> None:
        if self.only_reads is not None:
            self._connection.close()
            return
        with contextlib.suppress(StoreProblem), problems_of(self.path):
            self._stay()  # the journal must never be moved into what others wrote
        if self._files.are_in_place():
            self._connection.close()
            self._files.let_go()
        else:
            _leave_open(self._connection, self._files)

    def _write_again(self) -> None:
        """Where nothing could be written, try again."""
        if self.only_reads is not None:
            self._connection.close()  # beside one that may not write the index of the journal none can
            try:
                self._open_to_write()
            except CANNOT_WRITE as problem:
                self._connection = self._opened_to_read(problem)
                raise

    # --- staying on the disk

    def _stay(self) -> None:
        """Make the file anew when others took it from its place; raises a problem when that cannot be done."""
        if not self._is_closed and not self._files.are_in_place():
            self._make_again()

    def _make_again(self) -> None:
        """Everything that can still be read goes to a new file: in the old place unless another file has that now."""
        make_folder(self.path.parent)
        with alone_in(self.path.parent):
            self._make_again_alone()

    def _make_again_alone(self) -> None:
        folder, lost, lost_files = self.path.parent, self._connection, self._files
        remains = self._files.remains()
        aside = moved_aside(remains, folder) if remains else None
        copied, path = 0, self.path

        def fill(connection: sql.Connection) -> None:
            nonlocal copied
            sql.create_schema(connection)
            sql.begin(connection)
            with self._readable() as source:
                copied = sql.copy_cases(source, connection, (driver().Error,))
            sql.commit(connection)

        while not made(path, self._key, fill):
            path = new_folder(folder, RESCUED) / FILE_NAME
        old, self.path, self.was_made_again = self.path, path, True
        self._open_to_write()
        _leave_open(lost, lost_files)
        self._notices.append(_made_again(old, path, aside, copied))

    @contextlib.contextmanager
    def _readable(self) -> Iterator[sql.Connection]:
        """What was in the file: what others wrote in it is no part of that."""
        if self._files.before is None:
            yield self._connection
            return
        with beside(self.path) as copy:
            for file, content in zip((copy, journal_files(copy)[0]), self._files.before, strict=True):
                write_new(file, io.BytesIO(content))
            connection = unlocked(copy, self._key.raw, Way.WRITE)
            try:
                yield connection
            finally:
                connection.close()


def _made_again(old: Path, new: Path, aside: Path | None, copied: int) -> StoreProblem:
    """What to say of a file that was made again."""
    if new != old:
        return StoreKeptElsewhere(file=str(old), folder=str(old.parent), aside=str(new.parent), cases=copied)
    if aside is not None:
        return StoreReplaced(file=str(old), aside=str(aside), cases=copied)
    return StoreRemade(file=str(old), cases=copied)


def _leave_open(connection: sql.Connection, files: OpenFiles) -> None:
    """Never close a connection whose file was taken away: that would remove the journal that has its name now."""
    for each in (connection, files):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(each))
