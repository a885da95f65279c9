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
    from desktop_app.editions import OpenedEdition
    from desktop_app.letter.model import Letter, LetterWarning
    from desktop_app.letter.sender import LetterSettings
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
class LetterOrder:
    """All that a letter is made of; a value, so that another thread can make it."""

    plan: Plan
    case: Case
    edition: "OpenedEdition"
    phrases: "Phrases"
    settings: Settings
    number: str
    is_verified: bool
    today: datetime.date


@dataclass(frozen=True, slots=True)
class MadeLetter:
    """A letter, its PDF, and all that the user should hear before it leaves."""

    letter: "Letter"
    content: bytes
    warnings: "tuple[LetterWarning, ...]"
    order: LetterOrder
    letter_settings: "LetterSettings"

    def travels(self) -> tuple[str, ...]:
        """In words, what goes along inside the file when it is saved; nothing when the settings say so."""
        from desktop_app.documents import what_travels

        order = self.order
        return what_travels(order.case, order.phrases, self.letter_settings) if order.settings.attach_case else ()

    def finished(self) -> bytes:
        """The PDF as it is saved: with the case inside, unless the settings say otherwise."""
        if not self.order.settings.attach_case:
            return self.content
        from desktop_app.documents import finished_letter

        order = self.order
        return finished_letter(
            self.letter,
            order.plan,
            order.case,
            order.edition,
            order.phrases,
            self.letter_settings,
            order.today,
            attach_case=True,
        ).pdf


def make_letter(order: LetterOrder) -> MadeLetter:
    """Make the letter of an order."""
    from desktop_app.letter.compose import compose_letter
    from desktop_app.letter.pdf import write_letter
    from desktop_app.letter.writing import letter_settings, warnings_of

    settings = letter_settings(order.settings, order.number, order.is_verified)
    letter = compose_letter(order.plan, order.case, order.edition, order.phrases, settings, order.today)
    written = write_letter(letter, made_on=order.today)
    return MadeLetter(letter, written.content, warnings_of(letter, written, order.phrases), order, settings)


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
        self._made: tuple[LetterOrder, MadeLetter] | None = None
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

    def letter_now(self) -> MadeLetter:
        """The letter of the answers as they are now; made at once if need be."""
        order = self._order()
        if self._made is None or self._made[0] != order:
            self._made = (order, make_letter(order))
        return self._made[1]

    def _order(self) -> LetterOrder:
        services = self._services
        return LetterOrder(
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
            "letter", lambda: make_letter(order), lambda made: self._take(order, made), lambda _error: self._fail()
        )

    def _take(self, order: LetterOrder, made: MadeLetter) -> None:
        if order.case is not self._document.case:
            return  # the letter of the newer answers is on its way
        self._made = (order, made)
        self._show_warnings(made)
        try:
            self._show_pages(made.content)
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

    def _show_warnings(self, made: MadeLetter) -> None:
        self.verified.setVisible(bool(self._document.case.patient.bsn))
        self.warnings.clear()
        for warning in made.warnings:
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
