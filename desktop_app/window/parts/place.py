"""Where a window was left and how large it was: remembered for this user, and used again where it fits."""

import json
import logging
from pathlib import Path
from typing import NamedTuple

from PySide6 import QtWidgets
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter

from desktop_app.files import read_file, write_whole
from desktop_app.window.parts.content import USUAL_SIZE
from guideline_core.file_limits import WINDOW_PLACE, json_excess

logger = logging.getLogger(__name__)

FILE_NAME = "window.json"
LEAST_VISIBLE = 120
"""How much of a window must be on a screen, in pixels, so that the user can find it."""
LARGEST_TITLE = 80
"""More than any title bar is high, in pixels."""
STEP_ASIDE = 32
"""How far a second window is moved from the first."""


class Place(NamedTuple):
    """Where a window stands when it is not maximised, whether it is maximised, and how its width is shared."""

    left: int
    top: int
    width: int
    height: int
    is_maximised: bool
    wizard_width: int
    plan_width: int


def read_place(folder: Path | None) -> Place | None:
    """The place that was remembered; None when there is no usable one."""
    if folder is None:
        return None
    try:
        content = read_file(folder / FILE_NAME, WINDOW_PLACE.largest + 1)
        return None if json_excess(content, WINDOW_PLACE) else _checked(json.loads(content))
    except (OSError, ValueError):
        return None


def _checked(given: object) -> Place | None:
    """The place that a file names; None when it names none."""
    if not isinstance(given, dict) or type(given.get("is_maximised")) is not bool:
        return None
    numbers = [given.get(name) for name in Place._fields if name != "is_maximised"]
    is_right = all(type(number) is int and abs(number) < 100_000 for number in numbers)
    return Place(**{name: given[name] for name in Place._fields}) if is_right else None


def keep_place(window: QMainWindow, splitter: QSplitter, folder: Path | None) -> None:
    """Remember where the window is. When that cannot be written, the place before stays remembered."""
    if folder is None or not window.isVisible() or window.isMinimized():
        return
    box = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else window.geometry()
    wizard, plan = splitter.sizes()
    place = Place(box.x(), box.y(), box.width(), box.height(), window.isMaximized(), wizard, plan)
    if read_place(folder) == place:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(folder / FILE_NAME, json.dumps(place._asdict()).encode())
    except OSError as error:
        logger.warning("the place of the window is not remembered: %s", type(error).__name__)


def appear_in_place(window: QMainWindow, splitter: QSplitter, folder: Path | None) -> None:
    """Show the window where it was left; otherwise in the usual size, or maximised where that does not fit."""
    place = read_place(folder)
    box = QRect() if place is None else QRect(place.left, place.top, place.width, place.height)
    room = _screen_of(box)
    if place is None or room is None:
        window.resize(USUAL_SIZE)
        size = window.screen().availableSize()
        is_maximised = size.width() <= USUAL_SIZE.width() or size.height() <= USUAL_SIZE.height()
    else:
        others = sum(each.isVisible() for each in QApplication.topLevelWidgets() if isinstance(each, type(window)))
        window.setGeometry(_within(box.translated(STEP_ASIDE * others, STEP_ASIDE * others), room))
        splitter.setSizes([place.wizard_width, place.plan_width])
        is_maximised = place.is_maximised
    if is_maximised:
        window.showMaximized()
    else:
        window.show()


def _screen_of(box: QRect) -> QRect | None:
    """The available area of a screen that shows enough of a place; None when no connected screen does."""
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(box)
        if seen.width() >= LEAST_VISIBLE and seen.height() >= LEAST_VISIBLE:
            return screen.availableGeometry()
    return None


def _within(box: QRect, room: QRect) -> QRect:
    """The place, moved and made smaller so that it fits in the room, with space for the title bar above."""
    if room.adjusted(0, LARGEST_TITLE, 0, 0).contains(box):
        return box
    style = QtWidgets.QStyle.PixelMetric  # named here, because its large tables would keep each window waiting
    room = room.adjusted(0, QApplication.style().pixelMetric(style.PM_TitleBarHeight), 0, 0)
    inside = QRect(box.topLeft(), box.size().boundedTo(room.size()))
    inside.moveRight(min(inside.right(), room.right()))
    inside.moveBottom(min(inside.bottom(), room.bottom()))
    inside.moveLeft(max(inside.left(), room.left()))
    inside.moveTop(max(inside.top(), room.top()))
    return inside
