"""Reads and writes the files of the user: what is read is a plain file and answers in time; what is written is there as
a whole or not at all."""

import contextlib
import errno
import os
import queue
import secrets
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows, where an open file cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

_BESIDE, _ENDING = ".botwijzer-", ".tmp"
_PRIVATE_MODE = 0o600
_PIECE_BYTES = 1_000_000
PATIENCE_SECONDS = 20.0
"""How long a disk may be silent before a file counts as out of reach: a share that is gone never answers."""


class NotAPlainFile(OSError):
    """A pipe, a device or a folder stands there: it is neither read nor replaced."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(errno.EINVAL, "not a plain file", str(path))


def name_of_error(error: Exception) -> str:
    """The name that the system has for what went wrong, such as ENOSPC; empty when it has none."""
    return errno.errorcode.get(getattr(error, "errno", None) or 0, "")


# --- reading ----------------------------------------------------------------------------------------------------------


def read_file(path: str | os.PathLike[str], most: int, patience: float | None = None) -> bytes:
    """The first `most` bytes of a plain file; raises OSError: NotAPlainFile, TimeoutError, FileNotFoundError …

    A thread of its own reads, and is left alone when the disk no longer answers: it ends with the program.
    """
    return b"".join(_in_time(partial(_pieces_of, os.fspath(path), most), path, patience))


def has_plain_file(path: str | os.PathLike[str], patience: float | None = None) -> bool:
    """Whether a plain file stands there; it is not opened. Raises OSError: NotAPlainFile, TimeoutError …"""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        _in_time(partial(_nothing_of, os.fspath(path)), path, patience)
        return True
    return False


def _in_time(read: Callable[[], Iterable[bytes]], path: str | os.PathLike[str], patience: float | None) -> list[bytes]:
    """What is read, piece by piece, each in time."""
    pieces: queue.SimpleQueue[bytes | OSError | ValueError] = queue.SimpleQueue()
    threading.Thread(target=_read_into, args=(pieces, read), daemon=True).start()
    content: list[bytes] = []
    while True:
        try:
            piece = pieces.get(timeout=PATIENCE_SECONDS if patience is None else patience)
        except queue.Empty:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT), str(path)) from None
        if isinstance(piece, Exception):
            try:
                raise piece
            finally:
                del piece  # else it holds on to this call and all that led to it, open connections among them
        if not piece:
            return content
        content.append(piece)


def _read_into(pieces: "queue.SimpleQueue[bytes | OSError | ValueError]", read: Callable[[], Iterable[bytes]]) -> None:
    """Read piece by piece; an empty piece is the end."""
    try:
        for piece in read():
            pieces.put(piece)
        pieces.put(b"")
    except (OSError, ValueError) as error:  # ValueError: no name of a file
        pieces.put(error)


def _nothing_of(path: str) -> tuple[()]:
    _refuse_what_is_not_plain(path, os.stat(path))
    return ()


def _pieces_of(path: str, most: int) -> Iterator[bytes]:
    _refuse_what_is_not_plain(path, os.stat(path))
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb", buffering=0) as file:
        _refuse_what_is_not_plain(path, os.fstat(handle))  # it may have been replaced meanwhile
        while most > 0 and (piece := file.read(min(most, _PIECE_BYTES))):
            most -= len(piece)
            yield piece


def _refuse_what_is_not_plain(path: str, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not stat.S_ISREG(found.st_mode):
        raise NotAPlainFile(path)


# --- writing ----------------------------------------------------------------------------------------------------------


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there as a whole or not at all, also after a power cut; raises OSError.

    On failure nothing stays behind, nor does anything when the program is killed: until it is whole the file has no
    name where the system can do that, and elsewhere the next file that is saved there removes what was left. A file
    that is there keeps its permissions; a new one is for this user alone; what is no plain file is not replaced.
    """
    path = Path(os.path.realpath(path))  # behind a link it is the file that changes, not the link
    mode = _mode_of(path)
    _remove_left_overs(path.parent)
    beside = path.with_name(f"{_BESIDE}{secrets.token_hex(6)}{_ENDING}")
    try:
        if not _write_without_name(path, beside, content, mode):
            _write_beside(path, beside, content, mode)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _mode_of(path: Path) -> int | None:
    """The permissions of the file that is replaced; None when there is none. Raises NotAPlainFile."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    _refuse_what_is_not_plain(str(path), found)
    return stat.S_IMODE(found.st_mode) & 0o777


def _write_without_name(path: Path, beside: Path, content: bytes, mode: int | None) -> bool:
    """Write a file that has no name until it is whole, and vanishes with this program; False where the system has no
    such files. Only where another file has its name it gets one beside it first."""
    if not hasattr(os, "O_TMPFILE"):
        return False
    try:
        handle = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, _PRIVATE_MODE)
    except OSError:
        return False
    with open(handle, "wb") as file:
        _write(file, content, mode)
        try:
            _give_name(handle, path)
        except FileExistsError:
            _give_name(handle, beside)
            os.replace(beside, path)
        except OSError:
            return False
    return True


def _give_name(handle: int, path: Path) -> None:
    """Give a file without a name its name."""
    open_files = os.open("/proc/self/fd", os.O_RDONLY)  # only from a handle of it does the system follow the link in it
    try:
        os.link(str(handle), path, src_dir_fd=open_files, follow_symlinks=True)
    finally:
        os.close(open_files)


def _write_beside(path: Path, beside: Path, content: bytes, mode: int | None) -> None:
    """Write a file under another name, and give it its own when it is whole."""
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), _PRIVATE_MODE)
    with open(handle, "wb") as file:
        _write(file, content, mode)
    os.replace(beside, path)


def _write(file: BinaryIO, content: bytes, mode: int | None) -> None:
    """Write the content to the disk, and say while it is written that somebody does."""
    _hold(file.fileno())
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
    if mode is not None and hasattr(os, "fchmod"):
        with contextlib.suppress(OSError):
            os.fchmod(file.fileno(), mode)


def _hold(handle: int) -> None:
    """Show other programs that this file is being written, until it is closed."""
    if fcntl is not None:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove_left_overs(folder: Path) -> None:
    """Remove what programs left half written that were killed; not what another one is writing now."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{_BESIDE}*{_ENDING}"):
            with contextlib.suppress(OSError):
                _remove_unless_held(left)


def _remove_unless_held(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
    finally:
        os.close(handle)
    if fcntl is None:
        path.unlink()


def sync_folder(folder: Path) -> None:
    """Make the new name durable; a system that cannot do this for a folder (Windows, some shares) does it by itself."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
