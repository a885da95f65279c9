"""The sign of the program, as sharp as any screen shows it: it is drawn from its paths at each size."""

from PySide6.QtGui import QIcon

from desktop_app.library import resource_files


def program_icon() -> QIcon:
    """The icon of windows and task bar."""
    return QIcon(str(resource_files.path("icon", "botwijzer.svg")))
