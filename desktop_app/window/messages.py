"""The one door to the user: everything that the program says, asks or lets choose outside the pages goes through here.

`Messages` is what the rest of the program knows; `WindowMessages` speaks through a window. No message holds patient
data that the window does not show anyway.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from shiboken6 import delete

SHARE_OF_SCREEN = 0.9
NOTE_IN_LETTERS = 80
"""How wide a file dialog with a note is at least."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer a question; `key` is what the asker gets back."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the user. `safe` is the answer that changes nothing: Esc and closing the question give it."""

    text: str
    explanation: str
    choices: tuple[Choice, ...]
    safe: str
    proposed: str | None = None
    """What Enter gives; the safe answer when None."""
    grave: bool = False
    """Whether harm can come of the wrong answer: shown with a warning sign."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file in a file dialog: words and the ending without dot."""

    words: str
    ending: str


class Messages(Protocol):
    """What the program needs of whoever speaks with the user."""

    def inform(self, text: str) -> None:
        """Say something that needs no answer, without interrupting."""

    def warn(self, text: str) -> None:
        """Say something that the user must not miss, without interrupting."""

    def offer(self, text: str, button: str, do: Callable[[], None]) -> None:
        """Say something with one thing that can be done about it, without interrupting."""

    def withdraw(self, text: str) -> None:
        """What was said holds no longer: take it away, if it still stands."""

    def ask(self, question: Question) -> str:
        """Ask, and return the key of the choice."""

    def show_text(self, title: str, text: str) -> None:
        """Show a longer text that was asked for, and wait until it was read."""

    def show_report(self, title: str, explanation: str, report: str, save: str) -> bool:
        """Say that something went wrong, with a report to read; whether the user wants to save it (button `save`)."""

    def file_to_open(self, title: str, kind: FileKind) -> Path | None:
        """Let the user choose a file; None when they chose none."""

    def file_to_save(self, title: str, proposed_name: str, kind: FileKind, note: str = "") -> Path | None:
        """Let the user choose where to save; None when they chose nothing. Replacing a file was confirmed. The note
        says what goes along in the file: it is read before the choice is made."""


class Bar(Protocol):
    """What this needs of the bar of a window."""

    def say(self, text: str, tone: str) -> None:
        """Show a message."""

    def offer(self, text: str, button: str, do: Callable[[], None]) -> None:
        """Show a message with something to do."""

    def withdraw(self, text: str) -> None:
        """Take a message away, if it still stands."""


class WindowMessages:
    """Speaks through a window: quiet messages in its bar, the others in a dialog."""

    def __init__(self, window: QWidget, bar: Bar, close_word: str) -> None:
        self._window = window
        self._bar = bar
        self._close_word = close_word

    def inform(self, text: str) -> None:
        """Show a text in the bar of the window."""
        self._bar.say(text, "note")

    def warn(self, text: str) -> None:
        """Show a text in the bar of the window, in the tone of a warning."""
        self._bar.say(text, "caution")

    def offer(self, text: str, button: str, do: Callable[[], None]) -> None:
        """Show a text with a button in the bar of the window."""
        self._bar.offer(text, button, do)

    def withdraw(self, text: str) -> None:
        """Take a text out of the bar of the window."""
        self._bar.withdraw(text)

    def ask(self, question: Question) -> str:
        """Ask in a dialog."""
        box, keys = self.question_box(question)
        box.exec()
        return keys.get(box.clickedButton(), question.safe)

    def question_box(self, question: Question) -> tuple[QMessageBox, dict[object, str]]:
        """Build the dialog of a question, and which button stands for which key."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning if question.grave else QMessageBox.Icon.Question)
        _set_texts(box, question.text, question.explanation)
        keys: dict[object, str] = {}
        for choice in question.choices:
            is_safe = choice.key == question.safe
            role = QMessageBox.ButtonRole.RejectRole if is_safe else QMessageBox.ButtonRole.AcceptRole
            button = box.addButton(choice.label, role)
            keys[button] = choice.key
            if is_safe:
                box.setEscapeButton(button)
            if choice.key == (question.proposed or question.safe):
                box.setDefaultButton(button)
        return box, keys

    def show_text(self, title: str, text: str) -> None:
        """Show it in a dialog with room to read."""
        self.text_dialog(title, "", text).exec()

    def show_report(self, title: str, explanation: str, report: str, save: str) -> bool:
        """Show it in a dialog with room to read."""
        return self.text_dialog(title, explanation, report, save).exec() == QDialog.DialogCode.Accepted

    def text_dialog(self, title: str, explanation: str, text: str, accept: str = "") -> QDialog:
        """Build a dialog with a text that can be read and copied, and not changed."""
        from desktop_app.window.dialogs.text import TextDialog

        return TextDialog(title, explanation, text, self._close_word, accept, self._window)

    def file_to_open(self, title: str, kind: FileKind) -> Path | None:
        """Ask with the file dialog of the system."""
        name, _ = QFileDialog.getOpenFileName(self._window, title, "", _filter(kind))
        forget_places()
        return Path(name) if name else None

    def file_to_save(self, title: str, proposed_name: str, kind: FileKind, note: str = "") -> Path | None:
        """Ask with a file dialog, which confirms replacing a file and adds the ending."""
        dialog = self.save_dialog(title, proposed_name, kind, note)
        chosen = dialog.selectedFiles() if dialog.exec() else []
        delete(dialog)  # only now Qt writes down where it was
        forget_places()
        return Path(chosen[0]) if chosen else None

    def save_dialog(self, title: str, proposed_name: str, kind: FileKind, note: str) -> QFileDialog:
        """Build the file dialog: that of the system; with a note that of Qt, for only there it can stand."""
        dialog = QFileDialog(self._window, title, "", _filter(kind))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind.ending)
        if note:
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            _translate(dialog)
            _add_note(dialog, note)
        dialog.selectFile(proposed_name)
        return dialog


def forget_places() -> None:
    """Take the folders that were visited out of the file in which Qt keeps them for good: a folder can be named after
    a patient. As long as the program runs the next dialog begins where the last one ended."""
    from PySide6.QtCore import QSettings

    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in ("lastVisited", "history"):
        kept.remove(f"FileDialog/{name}")


def _translate(dialog: QFileDialog) -> None:
    """Let the two labels speak the language of the rest: Qt sets them before it looks for a translation."""
    from PySide6.QtCore import QCoreApplication

    labels = {QFileDialog.DialogLabel.LookIn: "Look in:", QFileDialog.DialogLabel.FileType: "Files of type:"}
    for label, words in labels.items():
        dialog.setLabelText(label, QCoreApplication.translate("QFileDialog", words))


def _add_note(dialog: QFileDialog, note: str) -> None:
    """Show a note below all else in a dialog of Qt; it is read out with it."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QGridLayout, QLabel

    label = QLabel(note, dialog)
    label.setObjectName("note")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    dialog.setAccessibleDescription(note)
    dialog.setViewMode(QFileDialog.ViewMode.List)  # names only: the columns would be narrow, and say "Folder"
    layout = dialog.layout()
    assert isinstance(layout, QGridLayout), "a dialog of Qt's own lays its parts in a grid"
    layout.addWidget(label, layout.rowCount(), 0, 1, layout.columnCount())
    around = layout.contentsMargins()
    without = dialog.sizeHint().height()
    room = dialog.screen().availableSize() * SHARE_OF_SCREEN
    width = min(max(dialog.sizeHint().width(), NOTE_IN_LETTERS * label.fontMetrics().averageCharWidth()), room.width())
    height = label.heightForWidth(width - around.left() - around.right())
    label.setMinimumHeight(height)
    dialog.resize(width, min(without + height, room.height()))


def _set_texts(box: QMessageBox, text: str, explanation: str) -> None:
    """Set the texts as plain text: what a user typed must never be read as markup."""
    from PySide6.QtCore import Qt

    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Botwijzer")
    box.setText(text)
    box.setInformativeText(explanation)


def _filter(kind: FileKind) -> str:
    return f"{kind.words} (*.{kind.ending})"
