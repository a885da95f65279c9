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
        sql.count_tables(connection)  # from its first reading on a connection has a journal
        self._known = {file: identity_of(file) for file in (path, *journal_files(path))}
        self._pages = Pages(path)

    def are_in_place(self) -> bool:
        """Whether the files still have their names, and nobody else cut them or wrote in them."""
        return {file: identity_of(file) for file in self._known} == self._known and self._pages.are_ours()

    def keep_index(self) -> None:
        """Before the journal is emptied the disk must have what its index says: that all of it was moved.

        After a power cut an older index beside an empty journal would speak of answers that are nowhere.
        """
        self._pages.keep_index()

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


def identity_of(path: Path) -> Identity | None:
    """Which file stands there; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Identity(found.st_dev, found.st_ino)
