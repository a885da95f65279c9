"""Import this before Qt: windows that nobody sees, with the safe counting of None that the program has."""

import os

from desktop_app.window.qt_guard import secure_singletons

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
secure_singletons()
