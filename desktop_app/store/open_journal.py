"""The journal of an open store: what was committed to it, and whether others wrote in it.

While a connection is open, the index of the journal says which journal that is, and with what sum its last frame ends;
that sum covers all frames before it. A journal that others copied over it does not agree, and SQLite would not notice.
"""

import contextlib
import os
import struct
import weakref
from pathlib import Path
from typing import NamedTuple

from desktop_app.store import sql
from desktop_app.store.journal import INDEX_BYTES, LOOKS, Index, Sums, content_of, index_in, journal_files

_SALTS_IN_HEAD = slice(16, 24)
_SALTS_AND_SUMS_IN_FRAME = slice(8, 24)


class Seen(NamedTuple):
    """What was committed to a journal."""

    salts: Sums
    """Which journal it is: they change when it is begun anew, after all of it was moved to the file."""
    content: bytes
    is_ours: bool
    """Whether nobody else wrote in it."""


NOTHING = Seen((0, 0), b"", is_ours=True)


class OpenJournal:
    """The journal of an open connection."""

    def __init__(self, path: Path) -> None:
        self._file, self._index_file = journal_files(path)
        # To close the index takes the locks of SQLite away; on Windows it does not, and there nobody can remove it.
        self._handle = None if os.name == "nt" else os.open(self._index_file, os.O_RDONLY)
        self._closing = weakref.finalize(self, os.close, self._handle) if self._handle is not None else None

    def since(self, seen: Seen) -> Seen | None:
        """What is committed now; None when another program is changing it at this moment.

        Of what others wrote over it is that which was seen, and what was added behind it.
        """
        for _ in range(LOOKS):
            index = self._index()
            content = content_of(self._file, _end(index)) if index else b""
            after = self._index()
            if index and after and after.salts == index.salts:  # else it was begun anew meanwhile
                return _seen_now(seen, index, content)
        return None

    def keep_index(self) -> None:
        """Write the index to the disk, which SQLite never does; Windows does not do it for a file that is only read."""
        if self._handle is not None:
            with contextlib.suppress(OSError):
                os.fsync(self._handle)

    def let_go(self) -> None:
        """Close the index, after its connection."""
        if self._closing is not None:
            self._closing()

    def _index(self) -> Index | None:
        if self._handle is None:
            return index_in(content_of(self._index_file, INDEX_BYTES))
        os.lseek(self._handle, 0, os.SEEK_SET)
        return index_in(os.read(self._handle, INDEX_BYTES))


def _seen_now(seen: Seen, index: Index, content: bytes) -> Seen:
    if _agrees(index, content):
        return Seen(index.salts, content, is_ours=True)
    added = content[len(seen.content) :] if index.salts == seen.salts else b""
    return Seen(seen.salts, seen.content + added, is_ours=False)


def _agrees(index: Index, content: bytes) -> bool:
    """Whether this is the journal that the index speaks of."""
    if not content:
        return index.frames == 0
    last = content[_end(index) - sql.FRAME_BYTES :]
    return content[_SALTS_IN_HEAD] == struct.pack(">2I", *index.salts) and last[
        _SALTS_AND_SUMS_IN_FRAME
    ] == struct.pack(">4I", *index.salts, *index.last_sums)


def _end(index: Index) -> int:
    """Where the last frame ends that was committed; an empty journal can still begin with the one before."""
    return sql.JOURNAL_HEAD_BYTES + index.frames * sql.FRAME_BYTES if index.frames else 0
