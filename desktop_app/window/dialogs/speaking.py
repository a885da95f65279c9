"""The dialogs in which a window asks, shows a longer text, or lets a file be chosen."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.window.dialogs.files import file_to_open, file_to_save
from desktop_app.window.dialogs.held_back import hold_keys_back
from desktop_app.window.dialogs.question import QuestionBox
from desktop_app.window.dialogs.text import TextDialog
from desktop_app.window.messages import FileKind, Question


class Dialogs:
    """The dialogs of one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def answer(self, question: Question) -> str:
        """Ask; the key of the choice."""
        return QuestionBox(question, self._window).answer()

    def is_accepted(self, title: str, explanation: str, text: str, close: str, accept: str = "") -> bool:
        """Show a text with room to read; whether the button `accept` was pressed. A report is shown unasked, and takes
        no key that was meant for a field."""
        dialog = TextDialog(title, explanation, text, close, accept, self._window)
        if accept:
            hold_keys_back(dialog, dialog.text)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def file_to_open(self, title: str, kind: FileKind) -> Path | None:
        """Ask with the file dialog of the system."""
        return file_to_open(title, kind, self._window)

    def file_to_save(self, title: str, proposed_name: str, kind: FileKind, note: str) -> Path | None:
        """Ask with a file dialog, which confirms replacing a file and adds the ending."""
        return file_to_save(title, proposed_name, kind, note, self._window)
