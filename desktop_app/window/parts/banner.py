"""The banner: who the patient is, on every screen and preview. One window holds one patient.

Where the plan beside it is not of today, it says of which day.
"""

import html
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.library.day import OtherDay, Today, other_day
from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import shown
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.flow_layout import FlowLayout
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.type_scale import TypeSize, sized
from guideline_core.age import age_on

if TYPE_CHECKING:
    from guideline_core.case import Patient


class Banner(QFrame):
    """Name, birth date with age, and patient number of the document's patient, and the number of the case."""

    def __init__(
        self,
        document: CaseDocument,
        phrases: Phrases,
        present: Callable[[], Today],
        palette: Palette,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._phrases = phrases
        self._present = present
        self._case_number = ""
        self.setObjectName("banner")
        self.name = _ElidedLabel("banner_name", self)
        self.name.setFont(sized(self.name.font(), TypeSize.NAME, bold=True))
        self.details = _ElidedLabel("banner_details", self)
        self.day = PlainLabel("", self, wraps=False)
        self.day.setObjectName("banner_day")
        self.day.setFont(sized(self.day.font(), TypeSize.BODY, bold=True))
        for label in (self.name, self.details):  # otherwise a screen reader reads the tool tip with its markup
            label.setAccessibleDescription(self._word("name"))
        row = FlowLayout(
            self.name, self.day, self.details, spacing=16, between_rows=0
        )  # in large type they stand one under the other
        row.setContentsMargins(14, 6, 14, 6)
        self.setLayout(row)
        document.answered.connect(self._show_patient)
        document.loaded.connect(self._show_patient)
        document.begun.connect(self._show_patient)
        document.replanned.connect(self._show_patient)
        self.use_palette(palette)
        self._show_patient()

    def show_case_number(self, number: str) -> None:
        """Show the number under which the case is saved; a case without a number is new."""
        self._case_number = number
        self._show_patient()

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        ink, quiet, line = (palette[role].name() for role in (Role.INK, Role.QUIET, Role.LINE))
        self.setStyleSheet(
            f"QFrame#banner {{ background: {palette[Role.SURFACE].name()}; border-bottom: 1px solid {line}; }}"
            f"QLabel#banner_name {{ color: {ink}; }}"
            f"QLabel#banner_details {{ color: {quiet}; }}"
            f"QLabel#banner_day {{ color: {palette[Role.CAUTION].name()}; padding: 2px 6px;"
            f" background: {palette[Role.CAUTION_SURFACE].name()}; }}"
        )

    def _show_patient(self, *_: object) -> None:
        patient = self._document.case.patient if self._document.has_begun else None
        self.name.set_words(self._name(patient))
        self.details.set_words(" · ".join((self._birth(patient), self._number(patient), self._case())))
        day = self._other_day()
        self.day.setText(day.title if day is not None else "")
        self.day.setToolTip(day.text if day is not None else "")
        self.day.setVisible(day is not None)
        parts = (self.name.words, self.details.words, *(day or ()))
        self.setAccessibleName(f"{self._word('name')}: {'. '.join(parts)}")

    def _other_day(self) -> OtherDay | None:
        """What is to be said of the day; nothing before there is a plan."""
        if not self._document.has_begun or not self._document.has_plan:
            return None
        return other_day(self._document.day, self._present(), self._phrases)

    def _name(self, patient: "Patient | None") -> str:
        names = () if patient is None else (patient.family_name, patient.given_name)
        parts = [name.strip() for name in names if name and name.strip()]
        return ", ".join(parts) or self._word("no_name")

    def _birth(self, patient: "Patient | None") -> str:
        if patient is None:
            return self._word("no_birth_date")
        if patient.birth_date is not None:
            day = self._document.day
            years, key = age_on(patient.birth_date, day), "born" if day == self._present().date else "born_on_day"
            date, words = self._phrases.date(patient.birth_date), self._word(key)
            return words.format(date=date, years=years, day=self._phrases.date(day))
        if patient.age_years is not None:
            return self._word("years").format(years=patient.age_years)
        return self._word("no_birth_date")

    def _number(self, patient: "Patient | None") -> str:
        if patient is None or not patient.patient_number:
            return self._word("no_number")
        return self._word("number").format(number=patient.patient_number)

    def _case(self) -> str:
        if not self._case_number:
            return self._word("new_case")
        return self._word("case").format(number=self._case_number)

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "banner", key)


class _ElidedLabel(PlainLabel):
    """A line of plain text that is cut with an ellipsis where it does not fit; the tool tip shows all of it."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__("", parent, wraps=False)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.words = ""

    def set_words(self, words: str) -> None:
        """Show other words; line breaks in them become spaces."""
        self.words = shown(" ".join(words.split()))
        self.setToolTip(f"<qt>{html.escape(self.words)}</qt>")  # what was typed is never read as markup
        self.setAccessibleName(self.words)
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        metrics: QFontMetrics = self.fontMetrics()
        self.setText(metrics.elidedText(self.words, Qt.TextElideMode.ElideRight, max(self.width(), 60)))

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + 4, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the first letters."""
        return QSize(60, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text for the new width."""
        super().resizeEvent(event)
        self._elide()
