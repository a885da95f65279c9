"""The letter in the window: the real PDF, what is missing before it leaves, and the buttons that let it leave.

The letter is made of the full plan of exactly the answers on the screen. While a newer one is being made the preview
says so; when it cannot be made nothing is shown. ReportLab and QtPdf are imported when the first letter is made.
"""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case_document import CaseDocument
from desktop_app.services import Services
from desktop_app.settings import Settings
from guideline_core.case import Case
from guideline_core.plan import Plan

if TYPE_CHECKING:
    from desktop_app.documents import MadeLetter
    from desktop_app.editions import OpenedEdition
    from desktop_app.letter.model import LetterWarning
    from desktop_app.letter.writing import LetterOrder
    from desktop_app.phrases import Phrases

logger = logging.getLogger(__name__)

SENDER_WARNINGS = ("sender", "clinic", "recipient", "logo")
FIELD_OF_WARNING = {
    "name": "patient.family_name",
    "birth_date": "patient.birth_date",
    "identifier": "patient.patient_number",
    "question_standard": "letter.question",
    "told_to_patient": "letter.told_to_patient",
    "images_way": "images.sent_by",
    "images_date": "images.sent_on",
    "images_not_confirmed": "images.received_confirmed",
    "phone_not_arranged": "consultation.contact",
    "consult_first_open": "consultation.contact",
}
"""The field to which a warning leads."""
WARNING_LINES = 5
"""How many warnings are seen without scrolling."""


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What the window knows of the letter that it wants; files that the settings name are read by who makes it."""

    plan: Plan
    case: Case
    edition: "OpenedEdition"
    phrases: "Phrases"
    settings: Settings
    number: str
    is_verified: bool
    today: datetime.date

    def letter_order(self) -> "LetterOrder":
        """The order of the letter; reads the logo and the directory of centres."""
        from desktop_app.letter.writing import LetterOrder, letter_settings

        settings = letter_settings(self.settings, self.number, self.is_verified)
        return LetterOrder(self.plan, self.case, self.edition, self.phrases, settings, self.today)


@dataclass(frozen=True, slots=True)
class Paper:
    """A letter that was made, and whether it takes the case along when it is saved."""

    made: "MadeLetter"
    takes_case: bool

    def file(self) -> bytes:
        """The PDF as it is saved."""
        return self.made.finished().pdf if self.takes_case else self.made.bare.pdf

    def travels(self) -> tuple[str, ...]:
        """In words, what goes along inside the file when it is saved."""
        return self.made.travels() if self.takes_case else ()


def make_paper(order: PaperOrder) -> Paper:
    """Make the letter and its pages."""
    from desktop_app.documents import make_letter

    made = make_letter(order.letter_order())
    made.bare  # noqa: B018 - the pages are made here, in the thread of who calls
    return Paper(made, order.settings.attach_case)


class LetterPreview(QFrame):
    """The letter of a document."""

    question_activated = Signal(str)
    """A warning was activated that leads to a field."""
    sender_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()
    copy_wanted = Signal()
    attach_chosen = Signal(bool)
    """Whether the letter is to take the case along."""
    previewed = Signal()
    """The preview shows the letter of the present answers."""

    def __init__(
        self, document: CaseDocument, number: Callable[[], str], services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._number = number
        self._services = services
        self._made: tuple[PaperOrder, Paper] | None = None
        self._viewer: _PdfViewer | None = None
        self.setAccessibleName(self._word("name"))
        self._build()
        document.answered.connect(self._outdate)
        document.explained.connect(self._remake)
        document.planning_failed.connect(self._fail)
        document.loaded.connect(self._forget)
        services.settings.changed.connect(self._follow_settings)

    # --- building

    def _build(self) -> None:
        self.state = self._plain_label("")
        self.warnings = QListWidget(self)
        self.warnings.setAccessibleName(self._word("warnings"))
        self.warnings.setWordWrap(True)
        self.warnings.itemActivated.connect(self._follow)
        self.warnings.itemClicked.connect(self._follow)
        self.verified = QCheckBox(self._word("verified"), self)
        self.verified.toggled.connect(self._remake)
        self.attached = QCheckBox(self._word("attach"), self)
        self.attached.setToolTip(self._word("attach_long"))
        self.attached.setAccessibleDescription(self._word("attach_long"))
        self.attached.setChecked(self._services.settings.current.attach_case)
        self.attached.toggled.connect(self.attach_chosen)
        self.failure = self._plain_label(self._word("failed"))
        self.failure.setMargin(16)
        self.failure.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.failure)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 0)
        column.addLayout(self._build_buttons())
        column.addWidget(self.attached)
        column.addWidget(self.verified)
        column.addWidget(self.state)
        column.addWidget(self.warnings)
        column.addWidget(self.pages, 1)

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        wanted = {
            "print": self.print_wanted,
            "save": self.save_wanted,
            "copy": self.copy_wanted,
            "sender": self.sender_wanted,
        }
        for name, signal in wanted.items():
            button = QPushButton(self._word(name), self)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            self.buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _plain_label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    # --- the letter

    def letter_now(self) -> Paper:
        """The letter of the answers as they are now; made at once if need be."""
        order = self._order()
        if self._made is None or self._made[0] != order:
            self._made = (order, make_paper(order))
        return self._made[1]

    def _order(self) -> PaperOrder:
        services = self._services
        return PaperOrder(
            self._document.full_plan(),
            self._document.case,
            services.edition,
            services.phrases,
            services.settings.current,
            self._number(),
            self.verified.isChecked(),
            services.today(),
        )

    # --- following the document

    def _forget(self) -> None:
        """Another case: nothing that was confirmed of the old one holds."""
        self._made = None
        self.verified.setChecked(False)

    def _follow_settings(self) -> None:
        self.attached.setChecked(self._services.settings.current.attach_case)
        self._remake()

    def _outdate(self, *_: object) -> None:
        """The answers changed: what is shown is no longer the letter."""
        if self.isVisible():
            self.state.setText(self._word("making"))
            self.pages.setEnabled(False)

    def _remake(self, *_: object) -> None:
        if not self.isVisible() or not self._document.is_explained:
            return
        self._outdate()
        order = self._order()
        self._services.tasks.run(
            "letter", lambda: make_paper(order), lambda paper: self._take(order, paper), lambda _error: self._fail()
        )

    def _take(self, order: PaperOrder, paper: Paper) -> None:
        if order.case is not self._document.case:
            return  # the letter of the newer answers is on its way
        self._made = (order, paper)
        self._show_warnings(paper.made.bare.warnings)
        try:
            self._show_pages(paper.made.bare.pdf)
        except Exception as error:
            logger.error("the letter cannot be shown: %s", type(error).__name__)
            self._fail()
            return
        self.previewed.emit()

    def _fail(self) -> None:
        self._made = None
        self.state.clear()
        self.warnings.clear()
        self.warnings.setVisible(False)
        self.pages.setEnabled(True)
        self.pages.setCurrentWidget(self.failure)

    def _show_pages(self, content: bytes) -> None:
        if self._viewer is None:
            self._viewer = _PdfViewer(self._word("name"), self.pages)
            self.pages.addWidget(self._viewer.widget)
        self._viewer.show_pdf(content)
        self.pages.setEnabled(True)
        self.pages.setCurrentWidget(self._viewer.widget)

    def _show_warnings(self, warnings: "tuple[LetterWarning, ...]") -> None:
        self.verified.setVisible(bool(self._document.case.patient.bsn))
        self.warnings.clear()
        for warning in warnings:
            item = QListWidgetItem(warning.text)
            item.setData(Qt.ItemDataRole.UserRole, warning.key)
            self.warnings.addItem(item)
        count = self.warnings.count()
        self.state.setText(self._word("warnings" if count else "no_warnings"))
        self.warnings.setVisible(count > 0)
        lines = sum(self.warnings.sizeHintForRow(row) for row in range(min(count, WARNING_LINES)))
        self.warnings.setFixedHeight(lines + 2 * self.warnings.frameWidth())

    def _follow(self, item: QListWidgetItem) -> None:
        key = item.data(Qt.ItemDataRole.UserRole)
        if key in SENDER_WARNINGS:
            self.sender_wanted.emit()
        elif key == "bsn_not_verified":
            self.verified.setFocus()
        elif key in FIELD_OF_WARNING:
            self.question_activated.emit(FIELD_OF_WARNING[key])

    def _word(self, key: str) -> str:
        return self._services.window_words("letter", key)

    # --- overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Make the letter when it is first looked at, and again after changes while it was away."""
        super().showEvent(event)
        if self._document.is_explained:
            self._remake()


class _PdfViewer:
    """Qt's view of a PDF that stands in memory."""

    def __init__(self, name: str, parent: QWidget) -> None:
        from PySide6.QtPdf import QPdfDocument
        from PySide6.QtPdfWidgets import QPdfView

        self.document = QPdfDocument(parent)
        self.widget = QPdfView(parent)
        self.widget.setAccessibleName(name)
        self.widget.setPageMode(QPdfView.PageMode.MultiPage)
        self.widget.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.widget.setDocument(self.document)
        self._buffer: QBuffer | None = None
        self._bytes = QByteArray()

    def show_pdf(self, content: bytes) -> None:
        """Show other pages, at the same place; raises ValueError when they cannot be read."""
        place = self.widget.verticalScrollBar().value()
        self.document.close()
        self._bytes = QByteArray(content)
        self._buffer = QBuffer(self._bytes)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        if self.document.pageCount() == 0:
            raise ValueError("not a PDF that can be shown")
        self.widget.verticalScrollBar().setValue(place)
