"""What one types in: a sign that would be obeyed instead of shown stands in it as its code, however it came there.

A reversed name, or a line whose end is hidden, can come with a paste, a file, a drag or an input method. Qt shows what
such a sign does and not the sign. Its code is seen, can be removed, and is what is kept: nothing is lost in silence.
"""

from PySide6.QtGui import QTextCursor, QValidator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_app.library.sentences import obeyed_in, shown


def as_typed(text: str) -> str:
    """A text as it stands where one types: with codes for signs. The two signs of a Windows line end are one."""
    return shown(text.replace("\r\n", "\n"))


class _Shown(QValidator):
    """Puts codes in the place of signs whenever a line changes; it refuses nothing."""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """The line as it may stand, with the cursor where it was."""
        return QValidator.State.Acceptable, as_typed(text), len(as_typed(text[:position]))


class PlainLine(QLineEdit):
    """A line of plain text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(_Shown(self))
        self.textEdited.connect(lambda _: self.setModified(True))  # a code in the place of a sign counts as typed


class PlainText(QPlainTextEdit):
    """Several lines of plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self._show_signs)
        self.setPlainText(text)

    def _show_signs(self) -> None:
        """Put codes in the place of signs, the last first, so that one undo takes them back with what brought them."""
        text = self.toPlainText()
        found = obeyed_in(text)
        if not found:
            return
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        for place in reversed(found):
            cursor.setPosition(_units(text[:place]))
            cursor.setPosition(_units(text[: place + 1]), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(shown(text[place]))
        cursor.endEditBlock()


def _units(text: str) -> int:
    """How many places of a document a text takes: Qt counts two for what lies beyond the first plane."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
