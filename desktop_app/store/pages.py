"""Whether only SQLite wrote in the file of an open store: all that it writes there stands in the journal first.

Others can write in the file under its name: a backup that is copied over it, a folder that is synchronised. Each page
is then valid, and older. So the pages are remembered, and each that changed must stand in the journal, unless another
program began that anew meanwhile. With what is remembered nothing is lost.
"""

import os
import weakref
from functools import partial
from pathlib import Path
from typing import NamedTuple

from desktop_app.store import sql
from desktop_app.store.journal import content_of, journal_files, pages_in

_PIECE_BYTES = 1_000_000


class Content(NamedTuple):
    """What stood in a file and in its journal."""

    file: bytes
    journal: bytes


class Generation(NamedTuple):
    """Which journal it is: after all of it was moved to the file it is begun anew."""

    head: bytes
    changes: int
    """Where it is empty: how often other programs changed something."""


class Pages:
    """What stands in the file of a connection, as it was last seen."""

    def __init__(self, path: Path, connection: sql.Connection) -> None:
        self._journal_file, self._connection = journal_files(path)[0], connection
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._closing = weakref.finalize(self, os.close, self._handle)
        self.before: Content | None = None
        """What stood there before others wrote in the file; None as long as they did not."""
        self.remember()

    def remember(self) -> None:
        """See what stands there now: the journal first, so that one that is begun meanwhile counts as a later one."""
        self._journal, self._stamp, self._content = self._generation(), self._stamp_now(), self._read()

    def are_ours(self) -> bool:
        """Whether nothing else than the journal changed the file."""
        journal = self._generation()
        if self.before is None:
            if self._stamp_now() == self._stamp:
                self._journal = journal
            elif self._come_from_journal():
                self.remember()
        return self.before is None

    def let_go(self) -> None:
        """Close the file, after its connection: to close it takes the locks of SQLite away."""
        self._closing()

    def _come_from_journal(self) -> bool:
        """Whether what changed stands in the journal; which one that is is looked at last, for until then it grows."""
        before, now, journal = self._content, self._read(), content_of(self._journal_file)
        if self._generation() != self._journal:
            return True
        if len(now) >= len(before) and _changed(before, now) <= set(pages_in(journal)):
            return True
        self.before = Content(before, journal)
        return False

    def _generation(self) -> Generation:
        head = content_of(self._journal_file, sql.JOURNAL_HEAD_BYTES)
        return Generation(head, 0 if head else sql.changes_by_others(self._connection))

    def _stamp_now(self) -> tuple[int, int]:
        found = os.fstat(self._handle)
        return found.st_size, found.st_mtime_ns

    def _read(self) -> bytes:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return b"".join(iter(partial(os.read, self._handle, _PIECE_BYTES), b""))


def _changed(before: bytes, now: bytes) -> set[tuple[int, bytes]]:
    """The pages that are not as they were, with their numbers."""
    starts = range(0, len(now), sql.PAGE_BYTES)
    pages = ((start, now[start : start + sql.PAGE_BYTES]) for start in starts)
    return {
        (start // sql.PAGE_BYTES + 1, page) for start, page in pages if before[start : start + sql.PAGE_BYTES] != page
    }
