"""Decides which window may edit a case: one at a time. A window that is gone holds no case."""

import ctypes
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
"""A window that was silent for so long, such as on a suspended computer, no longer holds its cases."""


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """A window that holds leases: its process, the computer of that process, and a unique token."""

    process: int
    place: str
    token: str

    def __str__(self) -> str:
        return f"{self.process}:{self.place}:{self.token}"


def new_holder() -> LeaseHolder:
    """A window of this process."""
    return LeaseHolder(os.getpid(), _place(), secrets.token_hex(8))


def is_free(lease: LeaseRow, now: datetime.datetime) -> bool:
    """Whether a case may be taken from its holder without asking: the holder fell silent, or its process is gone."""
    silence = now.timestamp() - lease.heartbeat
    if silence > LEASE_SECONDS:
        return True
    process, _, rest = lease.holder.partition(":")
    if rest.partition(":")[0] == _place() and process.isdecimal():
        return not _is_running(int(process))
    # Of elsewhere, a heartbeat from the future is as bad as an old one. Here it only means that the clock was set back.
    return silence < -LEASE_SECONDS


@cache
def _place() -> str:
    """The place in which a process number is unique: this computer or, in a container, this container."""
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
    """Ask the system; on Windows os.kill would end the process."""
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
