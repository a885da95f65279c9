"""What a crash or a defect leaves behind: no memory dump, no report of the system, and no text of an exception.

Names of patients and the key of the store stand in memory, and the text of an exception can hold what a user typed.
`leave_none` is called once, before anything is read.
"""

import ctypes
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

try:
    import resource
except ImportError:  # Windows, where `forbid_reports` is called instead
    resource = None  # type: ignore[assignment]

OWN_PACKAGES = ("botwijzer", "desktop_app", "guideline_core")
OWN_FOLDERS = tuple(str(Path(__file__).parents[1] / name) for name in ("desktop_app", "guideline_core"))

PR_SET_DUMPABLE = 4
SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX = 0x0001, 0x0002

logger = logging.getLogger(__name__)


def leave_none() -> None:
    """Leave no trace of what is in memory, from now on."""
    if sys.platform == "win32":
        forbid_reports(ctypes.WinDLL)
    else:
        forbid_dumps(ctypes.CDLL)
    keep_texts_back()


# --- memory -----------------------------------------------------------------------------------------------------------


def forbid_dumps(load: Callable[[str | None], ctypes.CDLL]) -> None:
    """Let the kernel write no core file and hand none to a collector, nor let other programs of the user read along.

    The limit alone would not do: a collector such as that of systemd is handed the memory whatever the limit says.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        load(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def forbid_reports(load: Callable[[str], ctypes.CDLL]) -> None:
    """Let Windows make no report of a crash of this program, which would hold a part of its memory."""
    load("kernel32").SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX)
    load("wer").WerAddExcludedApplication(ctypes.c_wchar_p(Path(sys.executable).name), False)


# --- texts ------------------------------------------------------------------------------------------------------------


def keep_texts_back() -> None:
    """Let no text of an exception reach standard error, from wherever it is raised: kind and place are told instead."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Discreet())
    logging.getLogger().addHandler(handler)
    logging.raiseExceptions = False
    threading.excepthook = lambda raised: _tell("in a thread", raised.exc_type, raised.exc_traceback)
    sys.unraisablehook = lambda raised: _tell("ignored", raised.exc_type, raised.exc_traceback)
    sys.excepthook = lambda kind, _error, trace: _tell("uncaught", kind, trace)


class _Discreet(logging.Formatter):
    """Our own lines, which name kinds and places; of other libraries only who wrote something."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, never with an exception."""
        if record.name.partition(".")[0] in OWN_PACKAGES:
            return record.getMessage()
        return f"{record.name}: {record.levelname.lower()}"


def _tell(where: str, kind: type[BaseException], trace: TracebackType | None) -> None:
    logger.error("defect %s: %s, %s", where, kind.__name__, place_of(trace))


def place_of(trace: TracebackType | None) -> str:
    """The last place in our own files that led to an error: file and line, never a value."""
    place = "?"
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(OWN_FOLDERS):
            place = f"{Path(file).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
