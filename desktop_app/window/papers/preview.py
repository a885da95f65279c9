"""The papers in the window: the real PDF, what is missing before it leaves, and the buttons that let it leave.

A paper (letter, MDO sheet, patient sheet) is made of the full plan of exactly the answers on the screen. While a newer
one is being made the preview says so; when it cannot be made nothing is shown. ReportLab and QtPdf are imported when
the first paper is made.
"""

import logging
from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case.document import CaseDocument
from desktop_app.exchange.made_paper import MadePaper, make_paper
from desktop_app.looks.flow_layout import FlowLayout
from desktop_app.looks.wrapping import wrapped
from desktop_app.papers.content import LetterWarning
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.order import Paper, PaperOrder
from desktop_app.window.papers.choices import allowed_by_plan, choices_of
from desktop_app.window.papers.left_out import LeftOutPane
from desktop_app.window.papers.patient_sheet import PatientSheetPane
from desktop_app.window.papers.pdf_viewer import PdfViewer
from desktop_app.window.papers.row import PaperRow
from desktop_app.window.papers.warning_fields import FIELD_OF_WARNING, SENDER_WARNINGS
from desktop_app.window.papers.warning_list import WarningList
from desktop_app.window.services import Services

logger = logging.getLogger(__name__)

LEAST_PAGE = 240
"""How high the page is at least; where that is too much, all beside the wizard scrolls."""
WIDTH_FOR_TICK = 420
"""How wide the words of a tick box may be: what the panel has beside the least wizard."""

FIRST_TEXT = "letter.question"
"""The first of the texts that the doctor writes for the letter."""
PANE_SHARE, PAGES_SHARE = 4, 5
"""How the width is divided between the ticks for the patient sheet and its page."""
TICKS_SHOWN = 7
"""How many lines of ticks are seen without scrolling where they stand above the page."""
MARGIN = 8


class LetterPreview(QFrame):
    """The papers of a document."""

    question_activated = Signal(str)
    """What was activated leads to a field."""
    sender_wanted = Signal()
    print_wanted = Signal()
    """The paper that is shown is to be printed."""
    save_wanted = Signal()
    """The paper that is shown is to be saved."""
    copy_wanted = Signal()
    attach_chosen = Signal(str, bool)
    """Whether the letter is to take the case along."""

    def __init__(
        self, document: CaseDocument, number: Callable[[], str], services: Services, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._number = number
        self._services = services
        self.choices = choices_of(document)
        self._made: tuple[PaperOrder, MadePaper] | None = None
        self._has_failed = False
        self._viewer: PdfViewer | None = None
        self._seen: Paper | None = None
        self.setAccessibleName(self._word("name"))
        self._build()
        document.answered.connect(self._follow_answers)
        document.explained.connect(self._remake)
        document.planning_failed.connect(self._fail)
        document.loaded.connect(self._forget)
        services.settings.changed.connect(self._follow_settings)
        self.choices.changed.connect(self._follow_choices)
        self._follow_choices()

    # --- building

    def _build(self) -> None:
        self._build_parts()
        content = QWidget()
        scroller = QScrollArea(self)  # for large type; else all has room
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroller)
        self._scroller = scroller
        self._column = self._build_column(content)

    def _build_parts(self) -> None:
        """The widgets of the column, from above."""
        self.row = PaperRow(self.choices, self._services, self)
        self.state = self._plain_label("")
        self.warnings = WarningList(self._word("warnings"), self)
        self.warnings.followed.connect(self._follow)
        self.verified = QCheckBox(self._lines("verified"), self)
        self.verified.toggled.connect(self._remake)
        self.attached = self._attached("attach_case")
        self.plan_attached = self._attached("attach_plan")
        self.failure = self._plain_label(self._word("failed"))
        self.failure.setMargin(16)
        self.failure.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.failure)
        self.pages.setMinimumHeight(LEAST_PAGE)

    def _attached(self, path: str) -> QCheckBox:
        """What goes with the letter or not, as the settings remember it."""
        box = QCheckBox(self._lines(path), self)
        box.setToolTip(self._word(f"{path}_long"))
        box.setAccessibleDescription(self._word(f"{path}_long"))
        box.setChecked(getattr(self._services.settings.current, path))
        box.toggled.connect(lambda is_attached: self.attach_chosen.emit(path, is_attached))
        return box

    def _build_column(self, content: QWidget) -> QVBoxLayout:
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        column.addWidget(self.row)
        column.addLayout(self._build_buttons())
        column.addLayout(self._build_options())
        column.addWidget(self.verified)
        column.addWidget(self.state)
        column.addWidget(self.warnings)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.addWidget(self.pages, PAGES_SHARE)
        column.addLayout(self._beside, 1)
        return column

    def _build_options(self) -> FlowLayout:
        """What belongs to the letter alone."""
        self.texts = QPushButton(self._word("texts"), self)
        self.texts.setToolTip(self._word("texts_long"))
        self.texts.clicked.connect(lambda _checked=False: self.question_activated.emit(FIRST_TEXT))
        self.advice = QPushButton(self._word("advice"), self)
        self.advice.setToolTip(self._word("advice_long"))
        self.advice.setCheckable(True)
        self.advice.toggled.connect(self._show_panes)
        return FlowLayout(self.texts, self.advice, self.attached, self.plan_attached)

    @cached_property
    def left_out(self) -> LeftOutPane:
        """Which advice stands in the letter; made when it is first asked for."""
        pane = LeftOutPane(self._document, self._services, self)
        pane.asked.connect(lambda: QTimer.singleShot(0, pane, lambda: self._scroller.ensureWidgetVisible(pane.keep)))
        self._column.insertWidget(self._column.count() - 1, pane)
        return pane

    @cached_property
    def patient(self) -> PatientSheetPane:
        """What the patient is told; made when it is first asked for."""
        pane = PatientSheetPane(self._document, self.choices, self._services, self)
        self._beside.insertWidget(0, pane, PANE_SHARE)
        return pane

    def _build_buttons(self) -> FlowLayout:
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
        return FlowLayout(*self.buttons.values())

    def _plain_label(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    # --- the paper

    def made_of(self, order: PaperOrder) -> MadePaper | None:
        """The paper of an order when it is the one that is shown."""
        return self._made[1] if self._made is not None and self._made[0] == order else None

    def is_of_now(self, order: PaperOrder) -> bool:
        """Whether an order asks for a paper of the answers and the choices as they are now."""
        return order == self.order(order.paper)

    def keep(self, order: PaperOrder, made: MadePaper) -> None:
        """A paper of now was made elsewhere: what was wished and is not allowed is given up here too."""
        self._give_up_refused(order)
        if order.paper is self.choices.paper:
            self._made = (order, made)
            self.row.offer(made)

    @property
    def is_up_to_date(self) -> bool:
        """Whether what is shown belongs to the present answers: their paper, or that it cannot be made."""
        return self.pages.isEnabled()

    @property
    def paper(self) -> Paper:
        """Which paper is shown."""
        return self.choices.paper

    def order(self, paper: Paper) -> PaperOrder:
        """What is wanted of a paper of the answers as they are now."""
        services, plan, wishes = self._services, self._document.full_plan(), self.choices.wishes
        settings = letter_settings(services.settings.current, self._number(), self.verified.isChecked())
        actions = services.edition.tables.actions
        kind, recipient, _ = allowed_by_plan(wishes, plan, actions, settings.centres)
        return PaperOrder(
            plan=plan,
            case=self._document.case,
            edition=services.edition,
            phrases=services.phrases,
            today=services.today(),
            settings=settings,
            recipient=recipient,
            chosen_kind=kind,
            paper=paper,
            told_to_patient=wishes.patient,
            with_case=services.settings.current.attach_case,
            clock_is_doubted=services.present().is_doubted,
        )

    def _give_up_refused(self, order: PaperOrder) -> None:
        """Take back what was wished for a letter and its plan does not allow."""
        if order.paper is Paper.LETTER:
            *_, refused = allowed_by_plan(self.choices.wishes, order.plan, order.tables.actions, order.settings.centres)
            self.choices.give_up(refused)

    # --- following the document

    def _forget(self) -> None:
        """Another case: nothing that was confirmed or opened of the old one holds."""
        self._made = None
        self.verified.setChecked(False)
        self.advice.setChecked(False)

    def _follow_settings(self) -> None:
        self.attached.setChecked(self._services.settings.current.attach_case)
        self.plan_attached.setChecked(self._services.settings.current.attach_plan)
        self._remake()

    def _follow_choices(self, *_: object) -> None:
        """Show what belongs to the paper that is chosen, and make it."""
        paper = self.choices.paper
        is_letter = paper is Paper.LETTER
        for part in (self.attached, self.plan_attached, self.texts, self.advice, self.buttons["copy"]):
            part.setVisible(is_letter)
        self.buttons["sender"].setVisible(paper is not Paper.MEETING)
        self._show_panes()
        if self._made is not None and self._made[0].paper is not paper:
            self._show_warnings(())
            self.pages.setEnabled(False)
        self._remake()

    def _show_panes(self, *_: object) -> None:
        """Show what is chosen beside the pages; a pane is made when it is first shown."""
        paper = self.choices.paper
        for name, is_wanted in (
            ("left_out", paper is Paper.LETTER and self.advice.isChecked()),
            ("patient", paper is Paper.PATIENT),
        ):
            if is_wanted or name in self.__dict__:
                pane = getattr(self, name)
                pane.setVisible(is_wanted)
                pane.refresh()
        self._arrange()

    def _arrange(self) -> None:
        """The ticks for the patient sheet beside its page where there is room, else (large type) above it."""
        if "patient" in self.__dict__:
            share = PANE_SHARE / (PANE_SHARE + PAGES_SHARE)
            has_room = self.patient.least_width <= share * (self.width() - 2 * MARGIN)
            directions = QBoxLayout.Direction
            self._beside.setDirection(directions.LeftToRight if has_room else directions.TopToBottom)
            self.patient.ticks.setMinimumHeight(0 if has_room else TICKS_SHOWN * self.fontMetrics().lineSpacing())

    def _follow_answers(self, *_: object) -> None:
        if self._document.has_plan:  # otherwise it is told that no paper can be made
            self._outdate()

    def _outdate(self) -> None:
        """The answers changed: what is shown is no longer the paper."""
        self._has_failed = False
        if self.isVisible():
            self._say(self._word("making"))
            self.pages.setEnabled(False)

    def _remake(self, *_: object) -> None:
        """Make the paper of now. What stands there may be an older one, and is outdated before anyone sees it."""
        if not self.isVisible():
            return
        if not self._document.is_explained:
            if not self._has_failed:  # otherwise its reasons follow, and with them the paper
                self._outdate()
            return
        self._outdate()
        try:
            order = self.order(self.choices.paper)
        except Exception:
            self._fail()
            raise
        self._services.tasks.run(
            "letter", lambda: make_paper(order), lambda made: self._take(order, made), lambda _error: self._fail()
        )

    def _take(self, order: PaperOrder, made: MadePaper) -> None:
        if order.case is not self._document.case or order.paper is not self.choices.paper:
            return  # the paper of the newer answers is on its way
        try:
            self._show(order, made)
        except Exception as error:
            logger.error("the paper cannot be shown: %s", type(error).__name__)
            self._fail()

    def _show(self, order: PaperOrder, made: MadePaper) -> None:
        self._give_up_refused(order)
        self._made = (order, made)
        self.row.offer(made)
        self._show_warnings(made.warnings)
        self._show_pages(made)

    def _fail(self) -> None:
        self._has_failed = True
        self._made = None
        self._say("")
        self.pages.setEnabled(True)
        self.pages.setCurrentWidget(self.failure)
        self.warnings.tell(())
        self.row.offer_nothing()

    def _show_pages(self, made: MadePaper) -> None:
        if self._viewer is None:
            self._viewer = PdfViewer(self._word("name"), self.pages)
            self.pages.addWidget(self._viewer.widget)
        self._viewer.show_pdf(made.pdf, from_top=made.order.paper is not self._seen)
        self._seen = made.order.paper
        self.pages.setEnabled(True)
        self.pages.setCurrentWidget(self._viewer.widget)

    def _show_warnings(self, warnings: tuple[LetterWarning, ...]) -> None:
        is_letter = self.choices.paper is Paper.LETTER
        self.verified.setVisible(is_letter and bool(self._document.case.patient.bsn))
        self._count_left_out()
        self.warnings.tell(warnings)
        nothing = self._word("no_warnings") if is_letter else ""
        self._say(self._word("warnings") if warnings else nothing)

    def _count_left_out(self) -> None:
        """How much is left out is seen also while the list is closed."""
        number = len(self._document.case.letter.left_out or ())
        self.advice.setText(self._word("advice_counted").format(number=number) if number else self._word("advice"))

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _follow(self, key: str) -> None:
        if key in SENDER_WARNINGS:
            self.sender_wanted.emit()
        elif key == "bsn_not_verified":
            self.verified.setFocus()
        elif key in FIELD_OF_WARNING:
            self.question_activated.emit(FIELD_OF_WARNING[key])

    def _lines(self, key: str) -> str:
        """The words of a tick box, in lines where large type needs them."""
        return wrapped(self._word(key), self.fontMetrics(), WIDTH_FOR_TICK)

    def _word(self, key: str) -> str:
        return self._services.window_words("letter", key)

    # --- overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may be another arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the letter when it is first looked at, and again after changes while it was away."""
        super().showEvent(event)
        self._show_panes()
        self._remake()
