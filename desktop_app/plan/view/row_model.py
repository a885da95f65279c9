"""The rows of a plan as a Qt model: a flat list, read by the delegate and by screen readers."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop_app.plan.view.row import Kind, Row

ROW = Qt.ItemDataRole.UserRole
_PASSIVE = (Kind.HEADING, Kind.WHY_LABEL)


class RowModel(QAbstractListModel):
    """Rows in a list; replaced as a whole, with as little disturbance as the change allows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def replace(self, rows: Sequence[Row]) -> bool:
        """Show other rows; True when the list was laid out anew, False when rows kept their places."""
        new = tuple(rows)
        old = self.rows
        if new == old:
            return False
        if len(new) == len(old) and all(one.key == other.key for one, other in zip(new, old, strict=True)):
            self.rows = new
            self.dataChanged.emit(self.index(0), self.index(len(new) - 1))
            return False
        self.beginResetModel()
        self.rows = new
        self.endResetModel()
        return True

    def place_of(self, key: str) -> int | None:
        """Where the row with this key stands."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), None)

    # --- overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself, or its words."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Headings are read, not chosen."""
        if 0 <= index.row() < len(self.rows) and self.rows[index.row()].kind in _PASSIVE:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
