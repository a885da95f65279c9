"""The plan beside the wizard: what counts now on top, always for exactly the answers on the screen.

The plan comes from the document alone. When an answer changed and no plan followed, or a plan cannot be measured or
drawn, the view says so and shows no advice: never a plan for other answers.
"""

import datetime
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QVBoxLayout, QWidget

from desktop_app.library.day import Today, other_day
from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette, palette_for
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.plan.as_text import plan_as_text
from desktop_app.plan.changes import firm_advice_changed
from desktop_app.plan.pathway.reading import pathway_of
from desktop_app.plan.view.change_line import ChangeLine
from desktop_app.plan.view.last_change import Answered, LastChange
from desktop_app.plan.view.marks import marked, with_gone
from desktop_app.plan.view.next_question import NextQuestion
from desktop_app.plan.view.pathway_view import PathwayView, first_row_of, pathway_row
from desktop_app.plan.view.row import PlanRows
from desktop_app.plan.view.row_list import RowList
from desktop_app.plan.view.rows import RowMaker
from desktop_app.plan.view.what_if_menu import show_what_if_menu
from desktop_app.plan.view.why import EditionWords
from guideline_core.case import Case
from guideline_core.plan import OpenQuestion, Plan

logger = logging.getLogger(__name__)

LEAST_BODY = 110
"""The height that is left to the recommendations, however long the head is."""


class PlanSource(Protocol):
    """What the view needs of a document."""

    answered: SignalInstance
    replanned: SignalInstance
    explained: SignalInstance
    planning_failed: SignalInstance

    @property
    def case(self) -> Case:
        """The answers."""

    @property
    def plan(self) -> Plan:
        """The plan of exactly these answers."""

    @property
    def last_answer(self) -> Answered | None:
        """What changed these answers last; None when no answer did."""


class PlanView(QFrame):
    """The plan of a document."""

    question_activated = Signal(str)
    """The user wants to go to a field: its path."""
    what_if_wanted = Signal(str)
    """The user wants to try another answer to the question at this path."""

    def __init__(
        self,
        document: PlanSource,
        phrases: Phrases,
        edition: EditionWords,
        present: Callable[[], Today],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._phrases = phrases
        self._edition = edition
        self._present = present
        self._maker = RowMaker(edition, phrases)
        self._last_change = LastChange(edition, phrases)
        self._palette = palette_for(self.palette())
        self._opened: set[str] = set()
        self._notices: tuple[str, ...] = ()
        self._plan: Plan | None = None
        self._case: Case | None = None
        self._before: Plan | None = None
        self._is_drawn = False
        self._rows = PlanRows((), ())
        self._question_field: str | None = None
        self.setAccessibleName(phrases.heading("plan"))
        self._build()
        self._listen()
        self.show_current_plan()

    # --- building

    def _build(self) -> None:
        self.change_line = ChangeLine(self._phrases, self)
        self.change_line.height_changed.connect(self._fit)
        self.head = RowList(self._word("head"), self._palette, self)
        self.body = RowList(self._phrases.heading("recommendations"), self._palette, self)
        self.next_question = NextQuestion(self._phrases.heading("next_question"), self)
        self.next_question.clicked.connect(self.go_to_next_question)
        self.pathway = PathwayView(self._palette, self)
        self.pathway.station_activated.connect(self.go_to_station)
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.change_line)
        column.addWidget(self.head)
        column.addWidget(self.next_question)
        column.addWidget(self.pathway)
        column.addWidget(self.body, 1)
        self.failure = self._build_failure()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.failure)
        for rows in (self.head, self.body):
            rows.opened_or_closed.connect(self._open_or_close)
            rows.led_to_field.connect(self.question_activated)
            rows.what_if_wanted.connect(self.what_if_wanted)
            rows.what_if_menu_wanted.connect(self._show_menu)
            rows.painting_failed.connect(self._show_failure)
        self._colour()

    def _build_failure(self) -> QLabel:
        label = PlainLabel(self._word("no_plan"), self)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setMargin(24)
        label.setObjectName("failure")
        return label

    def _listen(self) -> None:
        self._document.answered.connect(self._answers_changed)
        self._document.replanned.connect(self._take_plan)
        self._document.explained.connect(self._take_plan)
        self._document.planning_failed.connect(self._show_failure)

    # --- from the document

    def show_current_plan(self) -> None:
        """Show the plan of the document as it is now; no plan when there is none."""
        try:
            plan = self._document.plan
        except Exception as error:  # whatever went wrong in planning: no old advice may stay on the screen
            logger.error("no plan: %s", type(error).__name__)
            self._show_failure()
            return
        self._take_plan(plan)

    def say(self, notices: Sequence[str]) -> None:
        """Show notices of the hour (keys of phrases), such as that time has changed the plan, until the next answer."""
        self._notices = tuple(notices)
        self._draw()

    def tell_time_changed(self, before: Plan, notices: Sequence[str]) -> None:
        """Show notices when the plan of an earlier day gave other firm advice on these answers."""
        if firm_advice_changed(before, self._document.plan):
            self.say(notices)

    def text_of(self, plan: Plan) -> str:
        """A plan as text, in the language of this view."""
        return plan_as_text(plan, self._edition.names, self._phrases)

    def _answers_changed(self, paths: Sequence[str]) -> None:
        """Make sure that the plan of the new answers follows: it is looked for as soon as the window has a moment."""
        self._notices = ()
        if self._case is not None and self._plan is not None and len(paths) == 1:
            is_new = self._case.answer_at(paths[0]) is None
            before = self._plan if is_new else None
        else:
            before = None
        self._before = before
        QTimer.singleShot(0, self, self._check_plan)

    def _check_plan(self) -> None:
        try:
            current = self._document.plan
        except Exception as error:
            logger.error("no plan: %s", type(error).__name__)
            self._show_failure()
            return
        if current is not self._plan:
            self._take_plan(current)

    def _take_plan(self, plan: Plan) -> None:
        before, self._before = self._before, None
        self._plan = plan
        self._case = self._document.case
        try:
            if before is not None and firm_advice_changed(before, plan):
                self._notices = ("firm_advice_changed",)
            self._last_change.follow(self._case, plan, self._document.last_answer)
        except Exception as error:  # what changed cannot be told; the plan itself can
            logger.error("no change of the plan: %s", type(error).__name__)
            self._last_change.forget()
        self._draw()

    # --- drawing

    def _draw(self) -> None:
        """Draw the plan; as long as nobody sees it, what stood there is taken away and drawing waits."""
        self._is_drawn = False
        if self._plan is None:
            return
        if not self.isVisible():
            self.head.show_rows(())
            self.body.show_rows(())
            self.pathway.show_pathway(None)
            return
        self._is_drawn = True
        try:
            planned_for = datetime.date.fromisoformat(self._plan.reference_date)
            day = other_day(planned_for, self._present(), self._phrases)
            rows = self._maker.rows(self._plan, self._opened, self._notices, day)
            self._show_pathway(self._plan)
            self._show_rows(rows)
            self._show_question(self._plan.open_questions)
        except Exception as error:
            logger.error("the plan cannot be drawn: %s", type(error).__name__)
            self._show_failure()
            return
        self._pages.setCurrentIndex(0)

    def _show_rows(self, rows: PlanRows) -> None:
        """Show the rows, marked with what the last answer changed, and say it above them."""
        self._rows = rows
        change = self._last_change
        self.change_line.tell(change.sentence)
        self.head.show_rows(marked(rows.head, change.marks))
        self._show_body()
        self._fit_head()

    def _show_body(self) -> None:
        """The recommendations; before them the pathway in words where its picture has no room."""
        shown = self.pathway.pathway
        in_words = (pathway_row(shown),) if shown is not None and self.pathway.isHidden() else ()
        change = self._last_change
        rows = with_gone(marked(self._rows.body, change.marks), change.gone, self._phrases)
        self.body.show_rows((*in_words, *rows))

    def _fit(self) -> None:
        """Fit what is drawn to the room that there is now."""
        try:
            self._fit_head()
        except Exception as error:
            logger.error("the plan cannot be fitted: %s", type(error).__name__)
            self._show_failure()

    def _fit_head(self) -> None:
        """Give the head the height of its rows, so that nothing of it has to be scrolled to."""
        fixed = self.next_question.heightForWidth(self.width()) + self.change_line.wanted_height()
        room = self.height() - fixed - LEAST_BODY
        if not self.isVisible() or room <= 0:  # the width is not yet the one that it will have
            return
        wanted = self.head.content_height(self.contentsRect().width())
        self._fit_pathway(room - wanted)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if wanted <= room else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.head.setVerticalScrollBarPolicy(policy)  # a bar that came for a moment would make the rows narrower
        self.head.setFixedHeight(min(wanted, room))

    def _fit_pathway(self, room: int) -> None:
        """Show the pathway where the head leaves room for it: referral and stop alerts come first."""
        height = self.pathway.height_at(self.contentsRect().width())
        self.pathway.setFixedHeight(height)
        was_hidden = self.pathway.isHidden()
        self.pathway.setVisible(0 < height <= room)
        if self.pathway.isHidden() != was_hidden:
            self._show_body()

    def _show_pathway(self, plan: Plan) -> None:
        """The pathway of this plan; should it fail, the strip goes and the plan stays."""
        try:
            self.pathway.show_pathway(pathway_of(plan, self._phrases))
        except Exception as error:
            logger.error("no pathway: %s", type(error).__name__)
            self.pathway.show_pathway(None)

    def _show_question(self, questions: Sequence[OpenQuestion]) -> None:
        """Show the first open question; dots until the questions of a bare plan follow."""
        plan = self._plan
        question = questions[0] if questions else None
        self._question_field = question.field if question else None
        if question is not None:
            effects = f"{self._phrases.heading('would_change')}: {self._maker.effects(question)}"
            self.next_question.ask(self._maker.question(question), effects, can_be_answered=True)
        elif plan is not None and self._is_bare(plan):
            self.next_question.ask("…", "", can_be_answered=False)
        else:
            self.next_question.ask(self._phrases.notice("no_open_questions"), "", can_be_answered=False)

    @staticmethod
    def _is_bare(plan: Plan) -> bool:
        """Whether reasons and questions are still to come."""
        return not plan.open_questions and not any(each.reasons for each in plan.recommendations)

    def _show_failure(self) -> None:
        self._pages.setCurrentIndex(1)  # first of all: whatever else fails, the old plan is off the screen
        self._plan = None
        self._case = None
        self._last_change.forget()
        self.change_line.tell("")
        self._question_field = None
        self.head.show_rows(())
        self.body.show_rows(())
        self.pathway.show_pathway(None)
        self.next_question.setEnabled(False)

    @property
    def shows_plan(self) -> bool:
        """Whether a plan is on the screen."""
        return self._pages.currentIndex() == 0

    # --- from the user

    def _open_or_close(self, key: str) -> None:
        self._opened ^= {key}
        self._draw()

    def go_to_next_question(self) -> None:
        """Lead to the first open question."""
        if self._question_field is not None:
            self.question_activated.emit(self._question_field)

    def field_at_hand(self) -> str | None:
        """The question of the row where the cursor is; None when it is nowhere in the plan, or the row has none."""
        focused = next((rows for rows in (self.head, self.body) if rows.hasFocus()), None)
        return None if focused is None else focused.field_at_hand()

    def _show_menu(self, paths: Sequence[str], place: QPoint) -> None:
        show_what_if_menu(self, paths, place, self._phrases, self.what_if_wanted.emit)

    def go_to_station(self, key: str) -> None:
        """Lead to what the plan says of a station; one that begins with questions leads to the first of these."""
        shown = self.pathway.pathway
        if shown is None:
            return
        station = shown.station(key)
        if station.asks:
            self.question_activated.emit(station.asks[0])
            return
        row = first_row_of(station, self.body.row_model.rows)
        if row is not None:
            self.body.go_to(row)

    # --- small things

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "plan_view", key)

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._palette = palette
        self.head.use_palette(palette)
        self.body.use_palette(palette)
        self.pathway.use_palette(palette)
        self._colour()

    def _colour(self) -> None:
        colours = {role: self._palette[role].name() for role in Role}
        self.setStyleSheet(
            f"PlanView, QListView {{ background: {colours[Role.SURFACE]}; }}"
            f"QPushButton#next_question {{ background: {colours[Role.SURFACE]}; border-radius: 5px;"
            f" border: 1px solid {colours[Role.ACCENT]}; margin: 0 6px; }}"
            f"QPushButton#next_question:hover {{ background: {colours[Role.ACCENT_SURFACE]}; }}"
            f"QPushButton#next_question:focus {{ border-width: 2px; }}"
            f"QPushButton#next_question:disabled {{ border-color: {colours[Role.LINE]}; }}"
            f"QLabel#what_changed {{ color: {colours[Role.INK]}; }}"
            f"QLabel#heading {{ color: {colours[Role.QUIET]}; }}"
            f"QLabel#question {{ color: {colours[Role.ACCENT]}; font-weight: 600; }}"
            f"QLabel#question:disabled {{ color: {colours[Role.QUIET]}; font-weight: 400; }}"
            f"QLabel#failure {{ color: {colours[Role.STOP]}; background: {colours[Role.STOP_SURFACE]}; }}"
        )

    # --- overrides

    def sizeHint(self) -> QSize:
        """Wide enough to read a plan."""
        return QSize(600, 640)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the head to the new width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what waited until it is seen."""
        super().showEvent(event)
        if not self._is_drawn:
            self._draw()
        self._fit()
