"""Makes the file of the store: whole or not at all.

A new file is made under another name and gets its own when it is complete. So a file that stands in its place and is
empty or short was damaged, and is refused; nothing ever makes a new one over it.
"""

import contextlib
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_app.files import sync_folder
from desktop_app.store import sql
from desktop_app.store.connecting import Way, connected, driver
from desktop_app.store.journal import journal_files
from desktop_app.store.keys import KeySource, StoreKey
from desktop_app.store.problems import JournalAside, StoreProblem
from desktop_app.store.setting_aside import moved_aside


def make_folder(folder: Path) -> None:
    """The folder, for this user alone; one that is there already keeps its permissions."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def create(path: Path, keys: KeySource, notices: list[StoreProblem]) -> bytes | None:
    """Make a new store in its place; its key, or None when another process was first."""
    driver()  # without it there is no need to ask for a passphrase
    _try_to_write(path.parent)
    key = keys.new_key()
    placed = False
    try:
        _set_orphan_aside(path, notices)
        placed = made(path, key, sql.create_schema)
    finally:
        if not placed:
            keys.forget_key(key)
    return key.raw if placed else None


def _set_orphan_aside(path: Path, notices: list[StoreProblem]) -> None:
    """Move a journal aside whose file is gone: SQLite would take it for that of the new file.

    It is looked at before the file is: another process that makes the store at this moment makes the file first.
    """
    orphans = [file for file in journal_files(path) if file.exists()]
    if orphans and not os.path.lexists(path):
        notices.append(JournalAside(file=str(path), aside=str(moved_aside(orphans, path.parent))))


def made(path: Path, key: StoreKey, fill: Callable[[sql.Connection], None]) -> bool:
    """Make a store with a key, have it filled, and give it its name; False when that name is taken."""
    with beside(path) as new:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # its journal takes this mode over
        connection = connected(new, Way.WRITE)
        try:
            sql.unlock(connection, key.raw, key.salt)
            fill(connection)
            sql.make_durable(connection)
        finally:
            connection.close()
        return _placed(new, path)


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name beside the place of a file; whatever has it in the end is removed."""
    name = path.with_name(f".{path.name}.{secrets.token_hex(6)}.new")
    try:
        yield name
    finally:
        for left in (name, *journal_files(name), Path(f"{name}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _try_to_write(folder: Path) -> None:
    """Fail now when the folder cannot be written: before a passphrase is asked for or a key is kept."""
    probe = folder / f".try.{secrets.token_hex(6)}"
    os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    probe.unlink()


def _placed(new: Path, path: Path) -> bool:
    """Give the file its name unless that is taken."""
    try:
        if os.name == "nt":
            new.rename(path)  # fails there when the name is taken
        else:
            _link(new, path)
    except FileExistsError:
        return False
    sync_folder(path.parent)
    return True


def _link(new: Path, path: Path) -> None:
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: only there two first starts at the same instant could collide
        if os.path.lexists(path):
            raise FileExistsError from None
        new.rename(path)
