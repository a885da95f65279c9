"""What is missing or doubtful before a letter leaves, as a list above its page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop_app.papers.content import LetterWarning

LEAST_LINES, MOST_LINES = 1, 5
"""How many warnings are seen without scrolling: in a low window, and where there is room."""


class WarningList(QListWidget):
    """The warnings of a letter; it is hidden while there are none."""

    followed = Signal(str)
    """The user wants to mend what a warning is about: its key."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.itemActivated.connect(self._follow)
        self.itemClicked.connect(self._follow)

    def tell(self, warnings: Sequence[LetterWarning]) -> None:
        """Show these, and no others."""
        self.clear()
        for warning in warnings:
            item = QListWidgetItem(warning.text)
            item.setData(Qt.ItemDataRole.UserRole, warning.key)
            self.addItem(item)
        self.setVisible(bool(warnings))
        heights = [self.sizeHintForRow(row) for row in range(min(len(warnings), MOST_LINES))]
        frame = 2 * self.frameWidth()
        self.setMinimumHeight(sum(heights[:LEAST_LINES]) + frame)
        self.setMaximumHeight(sum(heights) + frame)

    def _follow(self, item: QListWidgetItem) -> None:
        self.followed.emit(item.data(Qt.ItemDataRole.UserRole))
