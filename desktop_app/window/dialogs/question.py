"""A question to the user, in a dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_app.library.sentences import shown
from desktop_app.window.messages import Choice, Question


class QuestionBox(QMessageBox):
    """Asks one question. Its texts are plain: what a user typed must never be read as markup."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self._keys: dict[object, str] = {}
        self.setIcon(QMessageBox.Icon.Warning if question.grave else QMessageBox.Icon.Question)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle("Botwijzer")
        self.setText(shown(question.text))
        self.setInformativeText(shown(question.explanation))
        for choice in question.choices:
            self._add(choice)

    def _add(self, choice: Choice) -> None:
        is_safe = choice.key == self._question.safe
        role = QMessageBox.ButtonRole.RejectRole if is_safe else QMessageBox.ButtonRole.AcceptRole
        button = self.addButton(choice.label, role)
        self._keys[button] = choice.key
        if is_safe:
            self.setEscapeButton(button)
        if choice.key == (self._question.proposed or self._question.safe):
            self.setDefaultButton(button)

    def answer(self) -> str:
        """Ask, and return the key of the choice."""
        self.exec()
        return self._keys.get(self.clickedButton(), self._question.safe)
