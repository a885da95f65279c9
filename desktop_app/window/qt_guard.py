"""Makes PySide6 6.12 safe to use with Python 3.11. Newer Pythons do not need this, and do not import it.

That version of PySide6 was built for Python 3.12 and later, where references to None, True, False and NotImplemented
are never counted. Under 3.11 each Qt method that returns nothing drops one reference to None, and after some thousand
calls the program dies ("none_dealloc"). Here these objects get what 3.12 gives them: a count that cannot run out.
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
