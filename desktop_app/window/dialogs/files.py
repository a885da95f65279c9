"""The dialogs in which the user chooses a file to open, or where to save one."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget
from shiboken6 import delete

from desktop_app.looks.plain_label import PlainLabel
from desktop_app.window.messages import FileKind

SHARE_OF_SCREEN = 0.9
NOTE_IN_LETTERS = 80
"""How wide a file dialog with a note is at least."""


def file_to_open(title: str, kind: FileKind, parent: QWidget) -> Path | None:
    """Ask with the file dialog of the system; None when no file was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", _filter(kind))
    forget_places()
    return Path(name) if name else None


def file_to_save(title: str, proposed_name: str, kind: FileKind, note: str, parent: QWidget) -> Path | None:
    """Ask with a file dialog, which confirms replacing a file and adds the ending; None when nothing was chosen."""
    dialog = save_dialog(title, proposed_name, kind, note, parent)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    delete(dialog)  # Qt writes down the visited folder only now
    forget_places()
    return Path(chosen[0]) if chosen else None


def save_dialog(title: str, proposed_name: str, kind: FileKind, note: str, parent: QWidget) -> QFileDialog:
    """Build the file dialog: the one of the system, or with a note the one of Qt, because only that has room for it."""
    dialog = QFileDialog(parent, title, "", _filter(kind))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind.ending)
    if note:
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        _translate(dialog)
        _add_note(dialog, note)
    dialog.selectFile(proposed_name)
    return dialog


def forget_places() -> None:
    """Remove the visited folders from the file in which Qt keeps them: a folder can be named after a patient.

    While the program runs, the next dialog still begins where the last one ended.
    """
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    for name in ("lastVisited", "history"):
        kept.remove(f"FileDialog/{name}")


def _translate(dialog: QFileDialog) -> None:
    """Translate the two labels that Qt sets before it looks for a translation."""
    labels = {QFileDialog.DialogLabel.LookIn: "Look in:", QFileDialog.DialogLabel.FileType: "Files of type:"}
    for label, words in labels.items():
        dialog.setLabelText(label, QCoreApplication.translate("QFileDialog", words))


def _add_note(dialog: QFileDialog, note: str) -> None:
    """Show a note below everything else; a screen reader reads it with the dialog."""
    label = PlainLabel(note, dialog)
    label.setObjectName("note")
    dialog.setAccessibleDescription(note)
    dialog.setViewMode(QFileDialog.ViewMode.List)  # names only: the columns would be narrow, and say "Folder"
    layout = dialog.layout()
    assert isinstance(layout, QGridLayout), "a dialog of Qt's own lays its parts in a grid"
    layout.addWidget(label, layout.rowCount(), 0, 1, layout.columnCount())
    _make_room(dialog, label)


def _make_room(dialog: QFileDialog, label: PlainLabel) -> None:
    """Make the dialog large enough to show the whole note, as far as the screen allows."""
    layout = dialog.layout()
    assert layout is not None
    around = layout.contentsMargins()
    without = dialog.sizeHint().height()
    room = dialog.screen().availableSize() * SHARE_OF_SCREEN
    width = min(max(dialog.sizeHint().width(), NOTE_IN_LETTERS * label.fontMetrics().averageCharWidth()), room.width())
    height = label.heightForWidth(width - around.left() - around.right())
    label.setMinimumHeight(height)
    dialog.resize(width, min(without + height, room.height()))


def _filter(kind: FileKind) -> str:
    return f"{kind.words} (*.{kind.ending})"
