"""Makes PySide6 6.12 safe to use with Python 3.11, and imports as quick after it as before.

That version of PySide6 was built for a Python in which None, True, False and NotImplemented are never counted (3.12 and
later): with 3.11 each Qt method that returns nothing takes one reference of None away, and after some thousand calls
the program dies ("none_dealloc"). Here they get what 3.12 gives them: a count that cannot run out.
"""

import builtins
import sys

COUNTED = (None, True, False, NotImplemented)
NEVER_RUNS_OUT = 1 << 60


def secure_singletons() -> None:
    """Call this before Qt is used; it may be called again."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes

    for each in COUNTED:
        if sys.getrefcount(each) < NEVER_RUNS_OUT // 2:
            ctypes.c_ssize_t.from_address(id(each)).value += NEVER_RUNS_OUT


def restore_import() -> None:
    """Take back the import statement that PySide6 puts in the place of Python's; call this after PySide6 is imported.

    PySide6's reads the source of every module that is imported after it, for a way of writing Qt calls (`__feature__`)
    that this program does not use. That costs a start a tenth of a second.
    """
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
