"""A list of entries of several parts: rows that can be added and taken out, kept as text while one cannot be read."""

import json
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from desktop_app.wizard.inputs.base import FieldInput, InputContext

Texts = dict[str, str]
"""What stands in one row, by part; parts that are empty are left out."""


class EntryRow(QWidget):
    """One entry."""

    edited = Signal()
    removed = Signal()
    done = Signal()
    left = Signal()

    def first(self) -> QWidget:
        """Where the cursor goes in a new row."""
        raise NotImplementedError

    def texts(self) -> Texts:
        """What stands in the parts that are not empty."""
        raise NotImplementedError

    def show_texts(self, texts: Texts) -> None:
        """Put this in the parts, without telling anyone."""
        raise NotImplementedError

    def remove_button(self, words: str) -> QToolButton:
        """The button that takes the row out."""
        button = QToolButton()
        button.setText("✕")
        button.setAutoRaise(True)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(self.removed)
        return button


Row = TypeVar("Row", bound=EntryRow)


class EntryListInput(FieldInput, Generic[Row]):
    """All entries. What cannot be kept as an answer is kept as one text (JSON) beside it."""

    def __init__(self, path: str, context: InputContext, add_words: str) -> None:
        super().__init__(path, context)
        self.rows: list[Row] = []
        self._rows_layout = QVBoxLayout()
        self._rows_layout.setContentsMargins(0, 0, 0, 0)
        self.add_button = QToolButton()
        self.add_button.setText(add_words)
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.add_button.clicked.connect(self.add_row)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._rows_layout)
        layout.addLayout(buttons)

    def make_row(self) -> Row:
        """An empty row."""
        raise NotImplementedError

    def tell(self) -> None:
        """Tell the answer, or the text that is none yet."""
        raise NotImplementedError

    def texts(self) -> list[Texts]:
        """What stands in the rows that are not empty."""
        return [texts for row in self.rows if (texts := row.texts())]

    def show_rows(self, texts: list[Texts]) -> None:
        """Show these entries, each in a row."""
        while len(self.rows) > len(texts):
            self._drop(self.rows[-1])
        while len(self.rows) < len(texts):
            self._new_row()
        for row, each in zip(self.rows, texts, strict=True):
            row.show_texts(each)

    def add_row(self) -> Row:
        """Add an empty row and put the cursor in it."""
        row = self._new_row()
        row.first().setFocus(Qt.FocusReason.TabFocusReason)
        return row

    def _new_row(self) -> Row:
        row = self.make_row()
        row.edited.connect(self.tell)
        row.removed.connect(self._on_removed)
        row.done.connect(self.moved_on)
        row.left.connect(self.left)
        self.rows.append(row)
        self._rows_layout.addWidget(row)
        return row

    def _on_removed(self) -> None:
        row = next((row for row in self.rows if row is self.sender()), None)
        if row is not None:
            self._drop(row)
            self.tell()
            self.add_button.setFocus()

    def _drop(self, row: Row) -> None:
        self.rows.remove(row)
        self._rows_layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    def forget(self) -> None:
        """Another case came: not a line of the old one may stay."""
        while self.rows:
            self._drop(self.rows[-1])

    def take_focus(self) -> None:
        """Put the cursor in the first row, or on the button that adds one."""
        target = self.rows[0].first() if self.rows else self.add_button
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def text(self) -> str:
        """All rows as one text."""
        return json.dumps(self.texts(), ensure_ascii=False)


def can_be_kept(text: str) -> bool:
    """Whether a text is real text: halves of signs can be pasted, and no file can hold them."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def texts_of_raw(raw: str) -> list[Texts]:
    """The rows of a kept text; none when it is damaged."""
    try:
        rows = json.loads(raw)
    except ValueError:
        return []
    if not isinstance(rows, list):
        return []
    return [{str(part): str(text) for part, text in row.items()} for row in rows if isinstance(row, dict)]
