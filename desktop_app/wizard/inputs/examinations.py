"""Other examinations, such as a bone scan: a short list, each with what, date, place and result."""

import datetime
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.wizard.date_entry import completed
from desktop_app.wizard.entry import Entry, entry_text, read_entry
from desktop_app.wizard.inputs.base import InputContext
from desktop_app.wizard.inputs.entry_list import EntryListInput, EntryRow, Texts, can_be_kept, texts_of_raw
from desktop_app.wizard.inputs.typed import Line
from desktop_app.wizard.wording import Wording
from guideline_core.fields import AnswerKind
from guideline_core.imaging_answers import OtherExamination

PARTS = {
    "what": AnswerKind.SHORT_TEXT,
    "date": AnswerKind.DATE,
    "place": AnswerKind.SHORT_TEXT,
    "result": AnswerKind.LONG_TEXT,
}
LONGEST = {"what": 400, "place": 400, "result": 100_000}


class ExaminationRow(EntryRow):
    """The lines of one examination."""

    def __init__(self, path: str, wording: Wording) -> None:
        super().__init__()
        self.lines: dict[str, Line] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        places = {"what": (0, 0, 1), "date": (0, 1, 1), "place": (0, 2, 1), "result": (2, 0, 3)}
        for part, (row, column, span) in places.items():
            words = wording.label(f"{path}.{part}")
            layout.addWidget(QLabel(words), row, column)
            layout.addWidget(self._line(part, words, wording), row + 1, column, 1, span)
        layout.setColumnStretch(0, 3)
        layout.setColumnStretch(1, 2)
        layout.setColumnStretch(2, 3)
        layout.addWidget(self.remove_button(wording.own("button", "remove_examination")), 3, 3)

    def _line(self, part: str, words: str, wording: Wording) -> Line:
        line = Line()
        line.setAccessibleName(words)
        line.given.connect(self.edited)
        line.entered.connect(self._next_from(part))
        line.left.connect(self.left)
        if part == "date":
            line.setPlaceholderText(wording.own("placeholder", "date"))
        self.lines[part] = line
        return line

    def _next_from(self, part: str) -> Callable[[], None]:
        """Enter goes to the next line, and from the last to the next question."""
        parts = list(PARTS)
        place = parts.index(part) + 1

        def go() -> None:
            if place < len(parts):
                self.lines[parts[place]].setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self.done.emit()

        return go

    def first(self) -> QWidget:
        """The line that says what was examined."""
        return self.lines["what"]

    def texts(self) -> Texts:
        """What stands in the lines that are not empty."""
        return {part: line.text() for part, line in self.lines.items() if line.text().strip()}

    def show_texts(self, texts: Texts) -> None:
        """Put texts in the lines."""
        for part, line in self.lines.items():
            text = str(texts.get(part, ""))
            if line.text() != text:
                line.show_text(text)


class ExaminationsInput(EntryListInput[ExaminationRow]):
    """All other examinations. What is half typed is kept as one text (JSON) beside the answer."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context, context.wording.own("button", "add_examination"))

    def make_row(self) -> ExaminationRow:
        """An empty examination."""
        return ExaminationRow(self.path, self.wording)

    def present(self, value: object, raw: str | None) -> None:
        """Show the examinations of an answer, or the lines as they were being typed."""
        items = value if isinstance(value, tuple | list) else ()
        texts = texts_of_raw(raw) if raw else [self._texts_of(item) for item in items]
        if texts == self.texts():
            return
        if raw is None and self._entries() == (value, True):  # the same said otherwise: a date in another notation
            return
        self.show_rows(texts)

    def _texts_of(self, item: OtherExamination) -> Texts:
        parts = {part: entry_text(kind, getattr(item, part), self.wording.language) for part, kind in PARTS.items()}
        return {part: text for part, text in parts.items() if text}

    def settle(self, day: datetime.date) -> None:
        """Complete the years of two digits; each line then shows all four."""
        dates = {row: completed(row.lines["date"].text(), day, is_past=False) for row in self.rows}
        for row, date in dates.items():
            if date is not None:
                row.lines["date"].show_text(entry_text(AnswerKind.DATE, date, self.wording.language))
        if any(dates.values()):
            self.tell()

    def problem(self, raw: str) -> str:
        """What is wrong in the first line that is wrong."""
        return next((entry.problem for row in texts_of_raw(raw) for entry in _read(row).values() if entry.problem), "")

    def _entries(self) -> tuple[tuple[OtherExamination, ...] | None, bool]:
        """The examinations as far as they can be read, and whether that is all of them."""
        read = [_read(texts) for texts in self.texts()]
        items = [{part: entry.value for part, entry in row.items() if entry.problem is None} for row in read]
        whole = tuple(OtherExamination(**item) for item in items if item)
        return whole or None, all(entry.problem is None for row in read for entry in row.values())

    def tell(self) -> None:
        """Tell the answer; while something in it cannot be read, all lines are kept as text and count for nothing."""
        value, is_whole = self._entries()
        if is_whole:
            self.value_entered.emit(value)
        else:
            text = self.text()
            self.text_entered.emit(text, self.problem(text))


def _read(texts: Texts) -> dict[str, Entry]:
    entries = {part: read_entry(PARTS[part], text) for part, text in texts.items() if part in PARTS}
    for part, longest in LONGEST.items():
        if part in entries and len(str(entries[part].value)) > longest:
            entries[part] = Entry(problem="too_long")
        if not can_be_kept(texts.get(part, "")):
            entries[part] = Entry(problem="not_text")
    return entries
