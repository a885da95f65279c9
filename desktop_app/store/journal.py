"""Looks whether the journal of the store (SQLite's write-ahead log) still holds all that was committed to it.

SQLite reads a journal up to the first frame that does not fit, and takes the rest for remains of an older one. So one
flipped bit or a cut would take away committed answers without a word. Two things tell: frames of this journal behind
the broken one, and the index of the journal (the file beside it, which outlives a process), which counts the frames.
The pages in the frames are encrypted; what is read here is not: numbers, salts and sums.
"""

import struct
import sys
import time
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path
from typing import NamedTuple

from desktop_app.store import sql

LOOKS = 3
"""How often a journal must look broken: another process may be writing in it, or emptying it, at that moment."""
BETWEEN_LOOKS_SECONDS = 0.05

_HEAD_BYTES, _FRAME_HEAD_BYTES = 32, 24
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
"""How a journal begins, with the order of bytes in which its sums are made."""
_INDEX_HEAD_BYTES = 48
INDEX_BYTES = 100
"""As much of an index as is read here."""
Sums = tuple[int, int]


class Frames(NamedTuple):
    """What can be read in a journal."""

    salts: Sums
    committed: int
    """How many frames there are up to the last commit that can be read."""
    has_more: bool
    """Whether frames of this journal stand behind the last one that fits, or in its place."""
    has_later_commit: bool
    """Whether a commit stands behind the frame that does not fit."""


class Index(NamedTuple):
    """What the index says of the journal."""

    salts: Sums
    frames: int
    moved: int
    """How many of these frames were moved to the file."""
    last_sums: Sums
    """The sums in the last of these frames."""


def journal_files(database: Path) -> tuple[Path, Path]:
    """The journal of a file, and the index of that journal."""
    return Path(f"{database}-wal"), Path(f"{database}-shm")


def is_journal_broken(database: Path) -> bool:
    """Whether the journal has lost what was committed to it; to be asked before anything opens the file."""
    for look in range(LOOKS):
        if look:
            time.sleep(BETWEEN_LOOKS_SECONDS)
        if not _looks_broken(database):
            return False
    return True


def is_all_in_file(database: Path) -> bool:
    """Whether the index says that all of the journal was moved to the file: then the file is better off without it."""
    index = index_in(content_of(journal_files(database)[1], INDEX_BYTES))
    return index is not None and 0 < index.moved == index.frames  # one that was made anew may count no frame at all


def _looks_broken(database: Path) -> bool:
    journal, index_file = journal_files(database)
    index = index_in(content_of(index_file, INDEX_BYTES))
    if not content_of(journal, 1):
        return index is not None and index.moved < index.frames
    with journal.open("rb", buffering=0) as file:
        frames = frames_in(file)
    if frames is None:
        return True
    if index is not None and index.salts == frames.salts:
        return frames.committed < index.frames or frames.has_later_commit
    return frames.has_more


def content_of(path: Path, most: int = -1) -> bytes:
    """The first bytes of the journal or its index; none where there is no such file."""
    try:
        with path.open("rb", buffering=0) as file:  # buffered, it would read on into the bytes that SQLite locks
            return file.read(most) or b""
    except FileNotFoundError:
        return b""


def frames_in(journal: RawIOBase) -> Frames | None:
    """The frames of a journal, read one by one, for it may be long; None when its head does not fit."""
    head = journal.read(_HEAD_BYTES) or b""
    if len(head) < _HEAD_BYTES:
        return None
    magic, _, page_bytes, _, *salts_and_sums = struct.unpack(">8I", head)
    order = _MAGIC.get(magic)
    salts, sums = tuple(salts_and_sums[:2]), tuple(salts_and_sums[2:])
    if order is None or page_bytes not in (1 << power for power in range(9, 17)):
        return None
    if _sums(head[:-8], (0, 0), order) != sums:
        return None
    step = _FRAME_HEAD_BYTES + page_bytes
    slots = (slot for slot in iter(lambda: journal.read(step) or b"", b"") if len(slot) == step)
    committed, broken = _fitting(slots, salts, sums, order)
    behind = [_is_commit(slot) for slot in slots if _salts_of(slot) == salts]
    has_more = bool(behind) or (broken is not None and _salts_of(broken) == salts)
    return Frames(salts, committed, has_more, any(behind))


def pages_in(journal: bytes) -> Iterator[tuple[int, bytes]]:
    """The pages in the frames of a journal of ours, with their numbers."""
    for start in range(_HEAD_BYTES, len(journal) - sql.FRAME_BYTES + 1, sql.FRAME_BYTES):
        (number,) = struct.unpack(">I", journal[start : start + 4])
        yield number, journal[start + _FRAME_HEAD_BYTES : start + sql.FRAME_BYTES]


def _fitting(slots: Iterator[bytes], salts: Sums, sums: Sums, order: str) -> tuple[int, bytes | None]:
    """How many frames that fit one after the other there are up to the last commit, and the first that does not fit."""
    committed = 0
    for place, slot in enumerate(slots):
        sums = _sums(slot[_FRAME_HEAD_BYTES:], _sums(slot[:8], sums, order), order)
        if _salts_of(slot) != salts or struct.unpack(">2I", slot[16:_FRAME_HEAD_BYTES]) != sums:
            return committed, slot
        if _is_commit(slot):
            committed = place + 1
    return committed, None


def _salts_of(slot: bytes) -> Sums:
    first, second = struct.unpack(">2I", slot[8:16])
    return first, second


def _is_commit(slot: bytes) -> bool:
    return slot[4:8] != bytes(4)


def _sums(content: bytes, sums: Sums, order: str) -> Sums:
    """The running sums of SQLite over whole pairs of words."""
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(content) // 4}I", content))
    for one, other in zip(words, words, strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def index_in(content: bytes) -> Index | None:
    """What an index says; None when it says nothing that can be relied on. It is in the order of this computer."""
    if len(content) < INDEX_BYTES or content[:_INDEX_HEAD_BYTES] != content[_INDEX_HEAD_BYTES : 2 * _INDEX_HEAD_BYTES]:
        return None
    order = "<" if sys.byteorder == "little" else ">"
    head = content[:_INDEX_HEAD_BYTES]
    *_, last_one, last_two, salt_one, salt_two, sum_one, sum_two = struct.unpack("=12I", head)
    if _sums(head[:-8], (0, 0), order) != (sum_one, sum_two):
        return None
    frames, moved = struct.unpack("=I", head[16:20])[0], struct.unpack("=I", content[96:100])[0]
    # The salts stand there as they stand in the journal, whatever the order of this computer.
    salts = struct.unpack(">2I", struct.pack("=2I", salt_one, salt_two))
    return Index((salts[0], salts[1]), frames, moved, (last_one, last_two))
