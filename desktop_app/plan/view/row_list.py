"""A list of rows of a plan: opened and closed by mouse and keyboard, or leading to a field."""

import logging
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop_app.looks.palette import Palette
from desktop_app.plan.view.row import Kind, Row
from desktop_app.plan.view.row_delegate import RowDelegate
from desktop_app.plan.view.row_model import ROW, RowModel

logger = logging.getLogger(__name__)

OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class RowList(QListView):
    """Rows below each other."""

    opened_or_closed = Signal(str)
    """A row was opened or closed by the user: its key."""
    led_to_field = Signal(str)
    """A row was activated that leads to a field: its path."""
    what_if_menu_wanted = Signal(tuple, QPoint)
    """The menu of a row is wanted at this place of the screen, with its questions."""
    what_if_wanted = Signal(str)
    """The user wants to try another answer to the question of a row: its path."""
    painting_failed = Signal()
    """Rows cannot be measured or drawn; told once for the rows that are shown, after the repaint."""

    def __init__(self, name: str, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_model = RowModel()
        self._delegate = RowDelegate(self, palette)
        self._delegate.failed.connect(self._tell_failure)
        self._has_failed = False
        self.setModel(self.row_model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._activate)

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._delegate.palette = palette
        self.viewport().update()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the current row and the place in the list are kept where they still exist."""
        self._has_failed = False
        current = self._current_key()
        top_key = self._top_key()
        if not self.row_model.replace(rows):
            self.scheduleDelayedItemsLayout()  # rows in their old places can have grown or shrunk
            return
        self._restore(current, top_key)

    def _tell_failure(self, error: Exception) -> None:
        if not self._has_failed:
            self._has_failed = True
            logger.error("rows cannot be drawn: %s", type(error).__name__)
            QTimer.singleShot(0, self, self.painting_failed.emit)

    def content_height(self, width: int) -> int:
        """The height that all rows need at a width."""
        return sum(self._delegate.measured(row, width).height for row in self.row_model.rows)

    def rectangle_of(self, key: str) -> QRect | None:
        """Where a row is drawn, in the coordinates of the viewport; None when there is no such row."""
        place = self.row_model.place_of(key)
        return None if place is None else self.visualRect(self.row_model.index(place))

    def go_to(self, key: str) -> None:
        """Bring a row to the top and make it the current one; without such a row nothing happens."""
        place = self.row_model.place_of(key)
        if place is not None:
            index = self.row_model.index(place)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)
            self.setCurrentIndex(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current_key(self) -> str | None:
        row = self.currentIndex().data(ROW)
        return None if row is None else row.key

    def _top_key(self) -> str | None:
        """The row at the top of a list that was scrolled; a list that stands at its top stays there."""
        if self.verticalScrollBar().value() == 0:
            return None
        row = self.indexAt(QPoint(2, 2)).data(ROW)
        return None if row is None else row.key

    def _restore(self, current: str | None, top: str | None) -> None:
        place = None if current is None else self.row_model.place_of(current)
        if place is not None:
            self.setCurrentIndex(self.row_model.index(place))
        place = None if top is None else self.row_model.place_of(top)
        if place is not None:
            self.scrollTo(self.row_model.index(place), QAbstractItemView.ScrollHint.PositionAtTop)

    def _activate(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is None:
            return
        if row.kind is Kind.WHAT_IF:
            self.what_if_wanted.emit(row.path)
        elif row.path is not None:
            self.led_to_field.emit(row.path)
        elif row.opens:
            self.opened_or_closed.emit(row.key)

    def field_at_hand(self) -> str | None:
        """The question of the current row, or the first on which it depends; None when it has none."""
        row = self.currentIndex().data(ROW)
        return None if row is None else next((path for path in (row.path, *row.asks) if path is not None), None)

    # --- overrides

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to try another answer to the questions of the row."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        row = (self.currentIndex() if by_key else self.indexAt(event.pos())).data(ROW)
        paths = () if row is None else tuple(path for path in (row.path, *row.asks) if path is not None)
        if paths:
            self.what_if_menu_wanted.emit(paths, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open a row or lead to its field; left closes, right opens."""
        row = self.currentIndex().data(ROW)
        key = event.key()
        keys: tuple[Qt.Key, ...] = OPENING_KEYS
        if row is not None and row.opens:
            keys = (*OPENING_KEYS, Qt.Key.Key_Left if row.is_open else Qt.Key.Key_Right)
        if row is not None and key in keys:
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the texts anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with another font."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()
        super().changeEvent(event)

    def viewportSizeHint(self) -> QSize:
        """The size of all rows."""
        width = self.viewport().width()
        try:
            return QSize(width, self.content_height(width))
        except Exception as error:
            self._tell_failure(error)
            return QSize(width, 0)
