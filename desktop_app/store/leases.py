"""Who edits a case: one window at a time, and a window that is gone holds nothing."""

import datetime
import hashlib
import os
import platform
import secrets
import sys
from dataclasses import dataclass
from functools import cache

from desktop_app.store.sql import LeaseRow

LEASE_SECONDS = 90
"""A window that said nothing for so long (a suspended computer) holds nothing any more."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A window: its process, the computer that the process runs on, and a token that nobody else has."""

    process: int
    place: str
    token: str

    def __str__(self) -> str:
        return f"{self.process}:{self.place}:{self.token}"


def new_holder() -> Holder:
    """A window of this process."""
    return Holder(os.getpid(), _place(), secrets.token_hex(8))


def is_free(lease: LeaseRow, now: datetime.datetime) -> bool:
    """Whether a case may be taken from this holder without asking: it fell silent, or its process is gone."""
    # A heartbeat from the future is as bad as an old one: the clock of the computer was set back.
    if abs(now.timestamp() - lease.heartbeat) > LEASE_SECONDS:
        return True
    process, place, _ = lease.holder.split(":")
    return place == _place() and not _is_running(int(process))


@cache
def _place() -> str:
    """Where a process number means something: this computer and, in a container, this container."""
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return hashlib.sha256(f"{platform.node()} {space}".encode()).hexdigest()[:16]


def _is_running(process: int) -> bool:
    if sys.platform == "win32":
        return _is_running_on_windows(process)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is there and belongs to another user
        return True
    return True


def _is_running_on_windows(process: int) -> bool:
    """Ask the system; os.kill is no question on Windows, it ends the process."""
    import ctypes

    limited_information, still_active, access_denied = 0x1000, 259, 5
    system = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    system.OpenProcess.restype = ctypes.c_void_p
    handle = system.OpenProcess(limited_information, False, process)
    if not handle:
        return bool(ctypes.get_last_error() == access_denied)  # type: ignore[attr-defined,unused-ignore]
    code = ctypes.c_ulong()
    known = system.GetExitCodeProcess(ctypes.c_void_p(handle), ctypes.byref(code))
    system.CloseHandle(ctypes.c_void_p(handle))
    return not known or code.value == still_active
