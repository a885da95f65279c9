"""A calendar that floats under the line of a date. Imported when one first opens: Qt's table of languages is large."""

import datetime

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget


class CalendarFrame(QFrame):
    """A calendar that floats under its line until a day is chosen."""

    chosen = Signal(QDate)

    def __init__(self, owner: QWidget, language: str) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self._owner = owner
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Dutch if language == "nl" else QLocale.Language.English))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(False)
        self.calendar.clicked.connect(self._on_day)
        self.calendar.activated.connect(self._on_day)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self.calendar)

    def open_at(self, date: datetime.date | None) -> None:
        """Show the calendar with a date in sight; today when there is none."""
        shown = QDate(date.year, date.month, date.day) if date is not None else QDate.currentDate()
        self.calendar.setSelectedDate(shown)
        self.move(self._owner.mapToGlobal(QPoint(0, self._owner.height())))
        self.show()
        self.calendar.setFocus()

    def _on_day(self, day: QDate) -> None:
        if self.isVisible():  # a double click tells it twice
            self.hide()
            self._owner.window().activateWindow()  # some systems leave no window active after a popup
            self.chosen.emit(day)
