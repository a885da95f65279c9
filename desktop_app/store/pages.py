"""Whether only SQLite wrote in the file of an open store: all that it writes there stands in the journal first.

Others can write in the file under its name: a backup that is copied over it, a folder that is synchronised. Each page
is then valid, and older. So the pages are remembered, and each that changed must stand in the journal, unless another
program began that anew meanwhile; and the journal must be the one that its index speaks of. With what is remembered
nothing is lost.
"""

import os
import time
import weakref
from functools import partial
from pathlib import Path
from typing import NamedTuple

from desktop_app.store import sql
from desktop_app.store.journal import BETWEEN_LOOKS_SECONDS, LOOKS, pages_in
from desktop_app.store.open_journal import NOTHING, OpenJournal

_PIECE_BYTES = 1_000_000


class Content(NamedTuple):
    """What stood in a file and in its journal."""

    file: bytes
    journal: bytes


class Pages:
    """What stands in the file of a connection and in its journal, as it was last seen."""

    def __init__(self, path: Path) -> None:
        self._journal, self._in_journal = OpenJournal(path), NOTHING
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._closing = weakref.finalize(self, os.close, self._handle)
        self.before: Content | None = None
        """What stood there before others wrote in the file or the journal; None as long as they did not."""
        self.remember()

    def remember(self) -> None:
        """See what stands there now: the journal first, so that one that is begun meanwhile counts as a later one."""
        self._in_journal = self._journal.since(self._in_journal) or self._in_journal
        self._stamp, self._content = self._stamp_now(), self._read()

    def are_ours(self) -> bool:
        """Whether only SQLite wrote there. A page that was half written when it was read is looked at again."""
        for look in range(LOOKS if self.before is None else 0):
            time.sleep(look * BETWEEN_LOOKS_SECONDS)
            self.before = self._before_others_wrote()
            if self.before is None:
                break
        return self.before is None

    def keep_index(self) -> None:
        """Write the index of the journal to the disk, where that can be done."""
        self._journal.keep_index()

    def let_go(self) -> None:
        """Close the files, after their connection: to close them takes the locks of SQLite away."""
        self._closing()
        self._journal.let_go()

    def _before_others_wrote(self) -> Content | None:
        """What changed in the file must stand in the journal; that is looked at last, for until then it grows."""
        stamp = self._stamp_now()
        now = self._content if stamp == self._stamp else self._read()
        journal = self._journal.since(self._in_journal)
        if journal is None:
            return None
        if journal.is_ours and journal.salts != self._in_journal.salts:
            self.remember()
        elif journal.is_ours and _all_came_from(journal.content, self._content, now):
            self._stamp, self._content, self._in_journal = stamp, now, journal
        else:
            return Content(self._content, journal.content)
        return None

    def _stamp_now(self) -> tuple[int, int]:
        found = os.fstat(self._handle)
        return found.st_size, found.st_mtime_ns

    def _read(self) -> bytes:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return b"".join(iter(partial(os.read, self._handle, _PIECE_BYTES), b""))


def _all_came_from(journal: bytes, before: bytes, now: bytes) -> bool:
    """Whether each page of a file that changed stands in the journal."""
    return now is before or (len(now) >= len(before) and _changed(before, now) <= set(pages_in(journal)))


def _changed(before: bytes, now: bytes) -> set[tuple[int, bytes]]:
    """The pages that are not as they were, with their numbers."""
    starts = range(0, len(now), sql.PAGE_BYTES)
    pages = ((start, now[start : start + sql.PAGE_BYTES]) for start in starts)
    return {
        (start // sql.PAGE_BYTES + 1, page) for start, page in pages if before[start : start + sql.PAGE_BYTES] != page
    }
