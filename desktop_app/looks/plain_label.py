"""The label of the program: what a user typed, or a file holds, is never read as markup, and never obeyed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.library.sentences import shown


class PlainLabel(QLabel):
    """A label of plain text; it wraps unless it is told not to."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, wraps: bool = True) -> None:
        super().__init__(shown(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)

    def setText(self, text: str) -> None:
        """Show a text; what turns its direction or breaks its lines is shown too."""
        super().setText(shown(text))
