"""What of the full screen is cut off, lies over something else, or is too small to read from the back of a room."""

from collections.abc import Iterator
from itertools import combinations

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontInfo, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QRadioButton, QWidget

from desktop_app.meeting.screen.cells import Framed
from desktop_app.meeting.screen.lettering import WrappedButton

LEAST_LINES = 66
"""So many lines of the smallest type fill a screen at most: about 12 mm in a picture of 80 cm, read from 4 to 5 m."""


def misplaced(screen: QWidget) -> list[str]:
    """All that is wrong, a line each."""
    texts = [each for each in screen.findChildren(QWidget) if isinstance(each, QLabel | QAbstractButton)]
    shown = [each for each in texts if each.isVisibleTo(screen) and each.text()]
    return [*_cut_off(screen, shown), *_over_each_other(screen, shown), *_too_small(screen, shown)]


def _place(screen: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(screen, QPoint(0, 0)), widget.size())


def _cut_off(screen: QWidget, shown: list[QWidget]) -> Iterator[str]:
    for frame in screen.findChildren(Framed):
        around = frame.parentWidget()
        if frame.isVisibleTo(screen) and not around.rect().contains(frame.geometry()):
            yield f"outside {type(around).__name__}: {frame.accessibleName()}"
    for each in shown:
        around = each.parentWidget()
        while around is not None:
            if not _place(screen, around).contains(_place(screen, each)):
                yield f"outside {type(around).__name__}: {each.text()}"
                break
            around = around.parentWidget() if around is not screen else None
        if not _has_room(each):
            yield f"cut: {each.text()}"


def _has_room(each: QWidget) -> bool:
    if isinstance(each, WrappedButton):
        return each.height_at(each.width()) <= each.height()
    if isinstance(each, QPushButton | QRadioButton):
        return each.sizeHint().width() <= each.width() and each.sizeHint().height() <= each.height()
    assert isinstance(each, QLabel)
    if not each.wordWrap():
        return each.sizeHint().width() <= each.width()
    longest = max(QFontMetrics(each.font()).horizontalAdvance(word) for word in each.text().split())
    return each.heightForWidth(each.width()) <= each.height() and longest <= each.width()


def _over_each_other(screen: QWidget, shown: list[QWidget]) -> Iterator[str]:
    for one, other in combinations(shown, 2):
        if _place(screen, one).intersects(_place(screen, other)):
            yield f"over each other: {one.text()} / {other.text()}"


def _too_small(screen: QWidget, shown: list[QWidget]) -> Iterator[str]:
    for each in shown:
        if QFontInfo(each.font()).pixelSize() * LEAST_LINES < min(screen.height(), screen.width() / 1.78):
            yield f"too small: {each.text()}"
