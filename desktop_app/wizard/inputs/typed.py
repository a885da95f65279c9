"""Inputs of one line in which one types: short text, numbers, dates and the BSN."""

import datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton

from desktop_app.library.sentences import code_in
from desktop_app.looks.plain_edit import PlainLine, as_typed
from desktop_app.wizard.date_entry import completed
from desktop_app.wizard.entry import BSN_DIGITS, entry_text, read_entry
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS, FieldInput, InputContext
from desktop_app.wizard.inputs.calendar_frame import CalendarFrame
from guideline_core.fields import AnswerKind

NUMBER_WIDTH_IN_DIGITS = 13
NUMBERS_WIDTH_IN_DIGITS = 30
DATE_WIDTH_IN_DIGITS = 14
NEVER_IN_THE_FUTURE = ("patient.birth_date",)
"""Dates of which a year of two digits means the past, also when it is not yet over."""
STAYS_HERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""Reasons why a line has the keys no longer, though nobody left it."""
MOST_WIDTH = 360
"""No line is wider, or in large type its unit would stand outside the page."""
MOST_CHARACTERS = 1_000_000
"""Far more than any field takes: what is too long is refused in words, where Qt would cut it off without one."""


class Line(PlainLine):
    """A line in which Enter means *done here*; Qt would give it to the default button of the window."""

    entered = Signal()
    left = Signal()
    given = Signal(str)
    """The user gave another text: typed, or set by what types for them (dictation does not go through the keys)."""

    def __init__(self) -> None:
        super().__init__()
        self._is_showing = False
        self.setMaxLength(MOST_CHARACTERS)
        self.textChanged.connect(self._on_changed)

    def show_text(self, text: str) -> None:
        """Put a text in the line without telling anyone."""
        self._is_showing = True
        try:
            self.setText(text)
        finally:
            self._is_showing = False

    def _on_changed(self, text: str) -> None:
        if not self._is_showing:
            self.given.emit(text)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter; hand on the rest."""
        if event.key() in ENTER_KEYS:
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor went elsewhere. It stays here while another window or a menu has the keys, and when this
        window closes: its case was saved before."""
        super().focusOutEvent(event)
        if event.reason() not in STAYS_HERE:
            self.left.emit()


class LineInput(FieldInput):
    """One line: a short text, a number, several numbers, a date or the BSN, read as it is typed."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context)
        self.kind = self.wording.kinds.of(path)
        self._is_refused = False
        self._completed = ""
        self.edit = Line()
        self.edit.given.connect(self._on_edited)
        self.edit.entered.connect(self.moved_on)
        self.edit.left.connect(self._on_left)
        self.edit.left.connect(self.left)
        self.edit.setPlaceholderText(self._placeholder())
        self.setFocusProxy(self.edit)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.edit)
        self._add_unit()

    def _placeholder(self) -> str:
        own = {
            AnswerKind.DATE: "date",
            AnswerKind.NUMBERS: "numbers",
            AnswerKind.NUMBER: "unknown",
            AnswerKind.WHOLE_NUMBER: "unknown",
        }
        return self.wording.own("placeholder", own[self.kind]) if self.kind in own else ""

    def _add_unit(self) -> None:
        unit = self.wording.kinds.unit(self.path)
        if unit is None:
            return
        digits = NUMBERS_WIDTH_IN_DIGITS if self.kind is AnswerKind.NUMBERS else NUMBER_WIDTH_IN_DIGITS
        self._narrow(digits)
        self._row.addWidget(QLabel(self.wording.own("unit", unit)))
        self._row.addStretch(1)

    def _narrow(self, digits: int) -> None:
        """No line is wider than what is typed in it."""
        self.edit.setFixedWidth(min(self.edit.fontMetrics().horizontalAdvance("0" * digits), MOST_WIDTH))

    # --- showing ----------------------------------------------------------------------------------------------------

    def present(self, value: object, raw: str | None) -> None:
        """Show an answer; what says the same and is being typed stays as it is."""
        self._is_refused = raw is not None
        if raw is not None:
            self._show_text(raw)
        elif not (self.edit.hasFocus() and self._says(value)):
            self._show_text(entry_text(self.kind, value, self.wording.language))

    def _says(self, value: object) -> bool:
        entry = read_entry(self.kind, self.edit.text())
        return entry.problem is None and entry.value == value

    def _show_text(self, text: str) -> None:
        if self.edit.text() != as_typed(text):
            self.edit.show_text(text)
            self.edit.setCursorPosition(len(text) if self.edit.hasFocus() else 0)

    def take_focus(self) -> None:
        """Put the cursor in the line, with its text selected."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.edit.selectAll()

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def problem(self, raw: str) -> str:
        """Why a kept text is no answer."""
        return read_entry(self.kind, raw).problem or ""

    def remark(self) -> str:
        """That a sign stands there as its code, a year was completed, or a BSN passes the 11-test."""
        if code := code_in(self.edit.text()):
            return self.wording.own("problem", "sign_shown", sign=code)
        if self._completed and self._completed == self.edit.text():
            return self.wording.own("problem", "year_completed", date=self._completed)
        is_right_bsn = self.kind is AnswerKind.BSN and len(self.edit.text()) >= BSN_DIGITS
        return self.wording.own("problem", "bsn_right") if is_right_bsn else ""

    def describe(self, name: str, description: str) -> None:
        """The line is what a screen reader lands on."""
        unit = self.wording.kinds.unit(self.path)
        form = self._placeholder() if self.kind in (AnswerKind.DATE, AnswerKind.NUMBERS) else ""
        words = (self.wording.own("unit", unit) if unit else "", description, form)
        super().describe(name, "\n".join(each for each in words if each))
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(self.accessibleDescription())

    def lock(self, locked: bool, text: str = "") -> None:
        """Show what follows from another answer in the place of an answer of its own."""
        self.edit.setReadOnly(locked)
        self.edit.setPlaceholderText(text if locked else self._placeholder())

    # --- answering --------------------------------------------------------------------------------------------------

    def _on_edited(self, text: str) -> None:
        entry = read_entry(self.kind, text)
        if entry.problem is None:
            self.value_entered.emit(entry.value)
        else:
            self.text_entered.emit(text, entry.problem)

    def _on_left(self) -> None:
        """Show a right answer the usual way: 1.2.2010 becomes 01-02-2010. What was refused stays as it was typed."""
        entry = read_entry(self.kind, self.edit.text())
        if entry.problem is None and not self._is_refused:
            self._show_text(entry_text(self.kind, entry.value, self.wording.language))


class DateInput(LineInput):
    """A date: typed, or picked from a calendar that opens when it is asked for."""

    def settle(self, day: datetime.date) -> None:
        """Complete a year of two digits, and say so: the line then shows all four."""
        date = completed(self.edit.text(), day, is_past=self.path in NEVER_IN_THE_FUTURE)
        if date is not None:
            self._completed = entry_text(AnswerKind.DATE, date, self.wording.language)
            self._show_text(self._completed)
            self.value_entered.emit(date)

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context)
        self._calendar: CalendarFrame | None = None
        self.button = QToolButton()
        self.button.setArrowType(Qt.ArrowType.DownArrow)
        words = self.wording.own("button", "calendar")
        self.button.setToolTip(words)
        self.button.setAccessibleName(f"{self.wording.label(path)}: {words}")
        self.button.clicked.connect(self.open_calendar)
        self._row.addWidget(self.button)
        self._row.addStretch(1)
        self._narrow(DATE_WIDTH_IN_DIGITS)

    def open_calendar(self) -> CalendarFrame:
        """Open the calendar under the line, at the date that stands there."""
        if self._calendar is None:
            self._calendar = CalendarFrame(self, self.wording.language)
            self._calendar.chosen.connect(self._on_chosen)
        date = read_entry(AnswerKind.DATE, self.edit.text()).value
        self._calendar.open_at(date if isinstance(date, datetime.date) else None)
        return self._calendar

    def _on_chosen(self, date: QDate) -> None:
        self._show_text(entry_text(AnswerKind.DATE, date.toPython(), self.wording.language))
        self.value_entered.emit(date.toPython())
        self.take_focus()
