"""Keeps compiled editions in a folder of this user, and trusts only what nobody else could have written.

A fingerprint tells a damaged file; it is no secret, so it tells no forgery. What keeps others out is that folder and
files belong to this user and to nobody else. Otherwise an edition could say "without urgency" where the guideline
says "urgent", under the name and fingerprint of the real one.
"""

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guideline_core.plain_data import Form

MOST = 3
"""How many compilations are kept."""
SEAL_LENGTH = 64
KEY_LENGTH = 32
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
READING = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
"""A file, and no link or pipe in its place; the names are those of the systems that have them."""
OF_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def kept_form(folder: Path, key: str, part: str) -> "Form | None":
    """What was kept; None when there is nothing, when it is not whole, and when others could have written it."""
    try:
        content = _own_content(folder, _path_of(folder, key, part))
    except OSError:
        return None
    seal, form = content[:SEAL_LENGTH], content[SEAL_LENGTH:]
    if seal != seal_of(key, part, form):
        return None
    read = json.loads(form)
    return read if isinstance(read, dict) else None


def keep_form(folder: Path, key: str, part: str, form: "Form") -> bool:
    """Keep a compiled form: first beside its place, then in it at once, so that no half file is ever read."""
    content = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
    path = _path_of(folder, key, part)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _make_private(folder)
        remove(beside)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
        with open(os.open(beside, flags, PRIVATE_FILE), "wb") as file:
            file.write(seal_of(key, part, content) + content)
        beside.replace(path)
    except OSError:
        remove(beside)
        return False
    return True


def forget_old(folder: Path, key: str) -> None:
    """Remove all but the newest few compilations."""
    try:
        files = sorted(folder.glob("*-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return
    keys = dict.fromkeys([key[:KEY_LENGTH], *(path.name.partition("-")[0] for path in files)])
    old = list(keys)[MOST:]
    for path in files:
        if path.name.partition("-")[0] in old:
            remove(path)


def seal_of(key: str, part: str, form: bytes) -> bytes:
    """What stands before a kept form: a fingerprint of it and of what it was made from."""
    return hashlib.sha256(f"{key} {part} ".encode() + form).hexdigest().encode()


def remove(path: Path) -> None:
    """Remove a file, if it is there and can be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _path_of(folder: Path, key: str, part: str) -> Path:
    return folder / f"{key[:KEY_LENGTH]}-{part}.json"


# --- whose it is ------------------------------------------------------------------------------------------------------


def _own_content(folder: Path, path: Path) -> bytes:
    """The content of a file that only this user could have written; raises OSError for any other."""
    if not _is_private(os.lstat(folder)):
        raise PermissionError(str(folder))
    with open(os.open(path, READING), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not _is_private(found):
            raise PermissionError(str(path))
        return file.read()


def _is_private(found: os.stat_result) -> bool:
    """Whether this user owns it and nobody else may write it. Windows keeps that in lists that a profile inherits."""
    if not hasattr(os, "getuid"):
        return True
    return found.st_uid == os.getuid() and not stat.S_ISLNK(found.st_mode) and not found.st_mode & OF_OTHERS


def _make_private(folder: Path) -> None:
    """Make a folder of this user that was open to others private; what could come from them is thrown away. Raises
    OSError for a folder of somebody else."""
    found = os.lstat(folder)
    if _is_private(found):
        return
    if stat.S_ISLNK(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(str(folder))
    folder.chmod(PRIVATE_FOLDER)
    for path in folder.iterdir():
        remove(path)
