"""Makes PySide6 6.12 safe to use with Python 3.11. From Python 3.12 on nothing of this is needed, and nothing runs.

That version of PySide6 was built for a Python in which None, True, False and NotImplemented are never counted (3.12 and
later): with 3.11 each Qt method that returns nothing takes one reference of None away, and after some thousand calls
the program dies ("none_dealloc"). Here they get what 3.12 gives them: a count that cannot run out.
"""

import ctypes
import sys

COUNTED = (None, True, False, NotImplemented)
NEVER_RUNS_OUT = 1 << 60


def secure_singletons() -> None:
    """Call this under Python 3.11, before Qt is used; it may be called again."""
    for each in COUNTED:
        if sys.getrefcount(each) < NEVER_RUNS_OUT // 2:
            ctypes.c_ssize_t.from_address(id(each)).value += NEVER_RUNS_OUT
