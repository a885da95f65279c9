"""The list of saved cases, from which one is opened."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from desktop_app.library.phrases import Phrases
from desktop_app.store.store import RecentCase

FROM_FILE = "from a file"
"""Stands for the choice of a file instead of a case in the list."""
WIDTH_IN_LETTERS = 70


class KeptCasesDialog(QDialog):
    """The saved cases by number and date, without names."""

    def __init__(self, cases: tuple[RecentCase, ...], phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases = cases
        self._word = lambda key: phrases.get("window", "open", key)
        self.chosen: str | None = None
        self.setWindowTitle(self._word("title"))
        label = QLabel(self._word("list") if cases else self._word("none"), self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(label.text())
        for case in cases:
            self.list.addItem(self._word("entry").format(number=case.number, date=phrases.moment(case.changed)))
        self.list.setWordWrap(True)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._open())
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addWidget(self.list)
        column.addWidget(self._buttons())
        room = self.screen().availableSize()
        self.resize(QSize(WIDTH_IN_LETTERS * self.fontMetrics().averageCharWidth(), 360).boundedTo(room))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        from_file = buttons.addButton(self._word("from_file"), role.ActionRole)
        open_button = buttons.addButton(self._word("open"), role.AcceptRole)
        open_button.setEnabled(bool(self._cases))
        cancel = buttons.addButton(self._word("cancel"), role.RejectRole)
        from_file.clicked.connect(self._take_file)
        open_button.clicked.connect(self._open)
        cancel.clicked.connect(self.reject)
        open_button.setDefault(bool(self._cases))
        return buttons

    def _open(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._cases):
            self.chosen = self._cases[row].number
            self.accept()

    def _take_file(self) -> None:
        self.chosen = FROM_FILE
        self.accept()


def choose_case(cases: tuple[RecentCase, ...], phrases: Phrases, parent: QWidget | None) -> str | None:
    """Let the user choose: the number of a case, FROM_FILE, or None."""
    dialog = KeptCasesDialog(cases, phrases, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None
