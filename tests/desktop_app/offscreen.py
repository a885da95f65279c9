"""Import this before Qt: windows that nobody sees, with the safe counting of None that the program has."""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if sys.version_info < (3, 12):
    from desktop_app.window.qt_guard import secure_singletons

    secure_singletons()
