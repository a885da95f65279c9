"""What of a window is cut off, covers its neighbour or cannot be reached: by the geometry of its widgets."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QTabBar,
    QToolButton,
    QWidget,
)

SLACK = 2
"""Pixels by which fonts draw more or less than they measure."""


def cut_off(window: QWidget) -> list[str]:
    """What is wrong with all that is shown in a window, one line each; names and words of the widgets in it."""
    return [*_words_cut(window), *_sideways(window), *_covered(window)]


def _shown(window: QWidget) -> Iterator[QWidget]:
    return (widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.size().isValid())


def _words_cut(window: QWidget) -> Iterator[str]:
    for widget in _shown(window):
        if isinstance(widget, QLabel) and widget.text():
            whole = getattr(widget, "words", widget.text())
            if widget.text() != whole:
                yield f"shortened: {whole!r}"
            elif widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height() + SLACK:
                    yield f"lines cut: {whole!r}"
            elif widget.sizeHint().width() > widget.width() + SLACK:
                yield f"cut: {whole!r}"
        elif isinstance(widget, QAbstractButton) and widget.text() and not _is_small(widget):
            lines = widget.text().replace("&&", "&").split("\n")
            needed = max(widget.fontMetrics().horizontalAdvance(line.replace("&", "")) for line in lines)
            if needed > widget.width() + SLACK or widget.fontMetrics().height() * len(lines) > widget.height() + SLACK:
                yield f"button cut: {widget.text()!r}"
        elif isinstance(widget, QComboBox):
            room = widget.width() - 2 * widget.fontMetrics().averageCharWidth()
            if widget.fontMetrics().horizontalAdvance(widget.currentText()) > room:
                yield f"choice cut: {widget.currentText()!r}"
        elif isinstance(widget, QLineEdit) and widget.placeholderText():
            if widget.fontMetrics().horizontalAdvance(widget.placeholderText()) > widget.width():
                yield f"hint cut: {widget.placeholderText()!r}"
        elif isinstance(widget, QListWidget) and widget.viewMode() is QListWidget.ViewMode.ListMode:
            yield from (f"word cut: {word!r}" for word in _too_long_for_a_line(widget))
        elif isinstance(widget, QTabBar) and widget.sizeHint().width() > widget.width() + SLACK:
            yield f"tabs cut: {widget.accessibleName()!r}"


def _too_long_for_a_line(widget: QListWidget) -> Iterator[str]:
    """Words that a list cannot show whole: they wrap between words where the list wraps, else all stand in one line."""
    icon = (
        widget.iconSize().width() if any(not widget.item(row).icon().isNull() for row in range(widget.count())) else 0
    )
    for row in range(widget.count()):
        item = widget.item(row)
        words = item.text().split() if widget.wordWrap() and not icon else item.text().splitlines()
        for word in words:
            if QFontMetrics(item.font()).horizontalAdvance(word) + icon > widget.viewport().width():
                yield word


def _is_small(widget: QAbstractButton) -> bool:
    return isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly


def _sideways(window: QWidget) -> Iterator[str]:
    """What must be scrolled sideways, and what stands outside its window or parent without a way to get there."""
    for widget in _shown(window):
        if isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum() > 0:
            yield f"scrolls sideways: {widget.accessibleName() or type(widget).__name__}"
        parent = widget.parentWidget()
        if isinstance(widget, (QLabel, QAbstractButton)) and parent is not None and not widget.isWindow():
            if isinstance(parent.parentWidget(), QScrollArea):
                continue
            if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(widget.geometry()):
                yield f"outside its place: {widget.accessibleName() or getattr(widget, 'text', str)()!r}"


def _covered(window: QWidget) -> Iterator[str]:
    """Words and controls that lie over each other."""
    kinds = (QLabel, QAbstractButton, QComboBox)
    by_parent: dict[int, list[QWidget]] = {}
    for widget in _shown(window):
        if isinstance(widget, kinds) and not isinstance(widget, QToolButton):
            by_parent.setdefault(id(widget.parentWidget()), []).append(widget)
    for brothers in by_parent.values():
        places = [QRect(each.mapTo(window, QPoint(0, 0)), each.size()).adjusted(1, 1, -1, -1) for each in brothers]
        for first, one in enumerate(places):
            for second in range(first + 1, len(places)):
                if one.intersects(places[second]):
                    yield f"{_name(brothers[first])} lies over {_name(brothers[second])}"


def _name(widget: QWidget) -> str:
    return repr(widget.accessibleName() or str(widget.property("text") or type(widget).__name__))
