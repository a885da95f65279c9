"""A dialog with a longer text that can be read and copied, not changed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop_app.looks.plain_edit import PlainText
from desktop_app.looks.plain_label import PlainLabel

Role = QDialogButtonBox.ButtonRole
WIDTH_IN_LETTERS, USUAL_HEIGHT = 96, 560
FRAME_OF_WINDOW = QSize(8, 40)
"""The most that the system adds around a dialog."""


class TextDialog(QDialog):
    """A title, an optional explanation, the text, and one or two buttons."""

    def __init__(
        self, title: str, explanation: str, text: str, close: str, accept: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        column = QVBoxLayout(self)
        for words in (title, explanation) if explanation else ():
            column.addWidget(PlainLabel(words, self))
        self.text = PlainText(text, self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        if accept:  # a report keeps the lines that its file has
            self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self.text.setLineWrapMode(PlainText.LineWrapMode.NoWrap)
        column.addWidget(self.text, 1)
        buttons = QDialogButtonBox(self)
        if accept:
            buttons.addButton(accept, Role.AcceptRole).clicked.connect(self.accept)
        close_button = buttons.addButton(close, Role.RejectRole)
        close_button.clicked.connect(self.reject)
        close_button.setDefault(True)
        column.addWidget(buttons)
        letter = self.fontMetrics().averageCharWidth()
        room = self.screen().availableSize() - FRAME_OF_WINDOW
        self.resize(QSize(WIDTH_IN_LETTERS * letter, USUAL_HEIGHT).boundedTo(room))
