"""A row of widgets that goes on in the next row when there is no more room: nothing in it is ever cut off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """From left to right, then down; each widget in the size that it asks for."""

    def __init__(self, *widgets: QWidget, spacing: int = 6, between_rows: int = 6) -> None:
        super().__init__()
        self._between_rows = between_rows
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for widget in widgets:
            self.addWidget(widget)

    def _place(self, area: QRect, is_real: bool) -> int:
        """Put all where they belong (or only reckon); returns the height that is used.

        What stands in one row stands on one middle line.
        """
        gap, height = max(self.spacing(), 0), 0
        below = self._between_rows
        for row in self._rows(area.width()):
            left, top = area.x(), area.y() + height + (below if height else 0)
            line = max(size.height() for _, size in row)
            for item, size in row:
                if is_real:
                    item.setGeometry(QRect(QPoint(left, top + (line - size.height()) // 2), size))
                left += size.width() + gap
            height = top + line - area.y()
        return height

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Which widgets stand in which row, with their sizes."""
        gap, rows, used = max(self.spacing(), 0), list[list[tuple[QLayoutItem, QSize]]](), 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            wanted = item.sizeHint()
            size = QSize(min(wanted.width(), max(width, 1)), wanted.height())
            if not rows or used + gap + size.width() > width:
                rows.append([])
                used = -gap
            rows[-1].append((item, size))
            used += gap + size.width()
        return rows

    # --- overrides

    def addItem(self, item: QLayoutItem) -> None:
        """One more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at a width."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        return self._place(QRect(0, 0, inner, 0), is_real=False) + margins.top() + margins.bottom()

    def setGeometry(self, rectangle: QRect) -> None:
        """Put all where they belong."""
        super().setGeometry(rectangle)
        self._place(rectangle.marginsRemoved(self.contentsMargins()), is_real=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + max(self.spacing(), 0) * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Room for the largest."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())
