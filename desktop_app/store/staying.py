"""Whether the file of the store is still as it was opened: others can remove, rename, replace, cut or overwrite it.

An answer that is committed to a file without a name is gone when the program ends, so this is looked at with each save.
No file that SQLite locks is opened here and closed again: that would take the locks away.
"""

from pathlib import Path
from typing import NamedTuple

from desktop_app.store import sql
from desktop_app.store.journal import journal_files
from desktop_app.store.pages import Content, Pages


class Identity(NamedTuple):
    """Which file it is, whatever its name."""

    device: int
    number: int


class OpenFiles:
    """The file of a connection, with its journal and the index of that, as they were when it was opened."""

    def __init__(self, path: Path, connection: sql.Connection) -> None:
        self.path = path
        self._connection = connection
        sql.count_tables(connection)  # from its first reading on a connection has a journal
        self._known = {file: identity_of(file) for file in (path, *journal_files(path))}
        self._journal_size = _size_of(self._journal)
        self._was_cut = False
        self._pages = Pages(path, connection)

    @property
    def _journal(self) -> Path:
        return journal_files(self.path)[0]

    def are_in_place(self) -> bool:
        """Whether the files still have their names, none was cut, and nobody else wrote in the file."""
        if {file: identity_of(file) for file in self._known} != self._known:
            return False
        size = _size_of(self._journal)
        self._was_cut = self._was_cut or (size < self._journal_size and self._is_journal_cut(size))
        self._journal_size = size
        return not self._was_cut and self._pages.are_ours()

    def saw_moving(self) -> None:
        """The journal was moved to the file from here."""
        self._pages.remember()

    @property
    def before(self) -> Content | None:
        """What stood in the files until others wrote in them; None when they did not."""
        return self._pages.before

    def let_go(self) -> None:
        """The connection is closed."""
        self._pages.let_go()

    def remains(self) -> list[Path]:
        """What is left of the files. Beside another file that took the place, a journal of that file is none of it."""
        is_replaced = identity_of(self.path) not in (None, self._known[self.path])
        found = {file: identity_of(file) for file in self._known}
        return [file for file, now in found.items() if now and (now == self._known[file] or not is_replaced)]

    def _is_journal_cut(self, size: int) -> bool:
        """A journal also gets smaller when it was emptied into the file; then its index does not count on more."""
        frames = sql.frames_in_journal(self._connection)
        return frames > 0 and size < sql.JOURNAL_HEAD_BYTES + frames * sql.FRAME_BYTES


def identity_of(path: Path) -> Identity | None:
    """Which file stands there; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Identity(found.st_dev, found.st_ino)


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
