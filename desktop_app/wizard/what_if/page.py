"""The page of a trial: the question at the left, the plan as it is and the plan of the trial beside each other.

It takes the place of wizard and plan. That it is a trial is said in words and shown by a hatched frame, never by colour
alone. Esc drops it; what was tried is gone then.
"""

from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case.document import CaseDocument
from desktop_app.case.refused import AnswerRefused
from desktop_app.library.editions import OpenedEdition
from desktop_app.library.phrases import Phrases
from desktop_app.looks.announcing import announce
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.plan.changes import in_a_sentence
from desktop_app.plan.view.change_line import ANNOUNCE_AFTER_MS
from desktop_app.plan.view.last_change import answer_words, inside_a_sentence
from desktop_app.plan.view.row_list import RowList
from desktop_app.plan.view.rows import RowMaker
from desktop_app.plan.words import Words
from desktop_app.wizard.field_row import FieldRow, small_label
from desktop_app.wizard.flow import plain_path
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs import InputContext
from desktop_app.wizard.what_if.comparison import compared
from desktop_app.wizard.what_if.trial import Trial

FRAME = 8
"""The width of the hatched frame, in pixels."""
QUESTION_WIDTH = 380
OPTIONS_WIDTH = 320
"""How wide a grid of options may be in the column of the questions."""
QUESTIONS_OFFERED = 9


class WhatIfPage(QWidget):
    """A trial on the screen."""

    kept = Signal(str)
    """The answers of the trial are those of the case now: the question to go to."""
    dropped = Signal()
    """The trial is over; nothing changed."""
    outdated = Signal()
    """The case itself changed: the trial no longer stands beside what it was begun with."""

    def __init__(
        self,
        document: CaseDocument,
        edition: OpenedEdition,
        phrases: Phrases,
        context: InputContext,
        palette: Palette,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._phrases = phrases
        self._names, self._kinds = edition.names, edition.field_kinds
        self._context = replace(context, options_width=OPTIONS_WIDTH)
        self._colours = palette
        self._maker = RowMaker(edition, phrases)
        self._opened: set[str] = set()
        self.trial = Trial(document, edition, self)
        self._is_keeping = False
        self.rows: dict[str, FieldRow] = {}
        self._now_labels: dict[str, QLabel] = {}
        self.setObjectName("what_if")
        self.setAccessibleName(self._word("title"))
        self._build()
        self._listen()
        self._show_plans()

    # --- building

    def _build(self) -> None:
        self.now = RowList(self._word("now"), self._colours, self)
        self.tried = RowList(self._word("tried"), self._colours, self)
        self.sentence = PlainLabel()
        self.sentence.setObjectName("difference")
        column = QVBoxLayout(self)
        column.setContentsMargins(FRAME, FRAME, FRAME, FRAME)
        column.setSpacing(4)
        column.addWidget(self._build_banner())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._build_questions())
        row.addLayout(self._build_plans(), 1)
        column.addLayout(row, 1)
        self._timer = QTimer(self, singleShot=True, interval=ANNOUNCE_AFTER_MS)
        self._timer.timeout.connect(lambda: announce(self.sentence, self.sentence.text()))
        self.use_palette(self._colours)

    def _build_banner(self) -> QWidget:
        banner = QFrame(self)
        banner.setObjectName("trial_banner")
        self.keep_button = QPushButton(self._word("keep"), banner)
        self.drop_button = QPushButton(f"{self._word('drop')} · Esc", banner)
        self.keep_button.setToolTip(self._word("keep_long"))
        self.keep_button.setAccessibleDescription(self._word("keep_long"))
        self.keep_button.clicked.connect(self.keep)
        self.drop_button.clicked.connect(self.drop)
        for button in (self.keep_button, self.drop_button):
            button.setAutoDefault(False)
        title = QLabel(self._word("title"), banner)
        title.setFont(sized(title.font(), TypeSize.NAME, bold=True))
        row = QHBoxLayout(banner)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(12)
        row.addWidget(title)
        self.notice = PlainLabel(self._word("notice"))
        row.addWidget(self.notice, 1)
        row.addWidget(self.keep_button)
        row.addWidget(self.drop_button)
        return banner

    def _build_questions(self) -> QWidget:
        inside = QWidget()
        self._questions = QVBoxLayout(inside)
        self._questions.setContentsMargins(2, 2, 2, 2)
        self.more = QPushButton(self._word("more"), inside)
        self.more.setAutoDefault(False)
        self.more.setToolTip(self._word("more_long"))
        self.more.setAccessibleDescription(self._word("more_long"))
        self._offers = QMenu(self.more)
        self._offers.aboutToShow.connect(self._offer)
        self.more.setMenu(self._offers)
        self._questions.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._questions.addStretch(1)
        scroller = QScrollArea(self)
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setFixedWidth(QUESTION_WIDTH)
        scroller.setWidget(inside)
        self._scroller = scroller
        return scroller

    def _build_plans(self) -> QVBoxLayout:
        plans = QGridLayout()
        plans.setHorizontalSpacing(8)
        plans.setVerticalSpacing(0)
        plans.setRowStretch(1, 1)
        for place, (name, rows) in enumerate((("now", self.now), ("tried", self.tried))):
            heading = PlainLabel(self._word(name))
            heading.setObjectName(f"{name}_heading")
            heading.setFont(sized(heading.font(), TypeSize.NAME, bold=True))
            plans.addWidget(heading, 0, place)
            plans.addWidget(rows, 1, place)
            plans.setColumnStretch(place, 1)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.sentence)
        column.addLayout(plans, 1)
        return column

    def _listen(self) -> None:
        copy = self.trial.copy
        copy.answered.connect(self._on_answered)
        copy.raw_text_changed.connect(self._on_text)
        copy.replanned.connect(self._show_plans)
        copy.explained.connect(self._show_plans)
        copy.planning_failed.connect(self.drop)
        self._document.answered.connect(self._on_case_changed)
        self._document.loaded.connect(self.drop)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        for rows in (self.now, self.tried):
            rows.opened_or_closed.connect(self._open_or_close)
            rows.led_to_field.connect(self.try_field)
            rows.what_if_wanted.connect(self.try_field)
            rows.painting_failed.connect(self.drop)

    # --- questions

    @guarded()
    def try_field(self, path: str) -> None:
        """Try one (more) question; the cursor goes there."""
        path = plain_path(path)
        if path not in self._context.wording.kinds.paths:  # what no step asks
            return
        if self.trial.add(path):
            self._add_row(path)
        self.rows[path].input.take_focus()
        QTimer.singleShot(0, self, lambda: self._bring_in_sight(path))  # when the row has its place

    def _add_row(self, path: str) -> None:
        row = FieldRow(path, self.trial.copy, self._context)
        row.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )  # words wrap more often than it hints
        now = small_label(self._said_now(path))
        now.setContentsMargins(8, 0, 0, 6)
        place = self._questions.indexOf(self.more)
        self._questions.insertWidget(place, row)
        self._questions.insertWidget(place + 1, now)
        row.present()
        self.rows[path], self._now_labels[path] = row, now

    def _bring_in_sight(self, path: str) -> None:
        if path in self._now_labels:
            self._scroller.ensureWidgetVisible(self._now_labels[path], 0, 24)
            self._scroller.ensureWidgetVisible(self.rows[path], 0, 24)

    @guarded()
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        for row in self.rows.values():
            row.mark_focus(new is not None and row.isAncestorOf(new))

    def _said_now(self, path: str) -> str:
        return self._word("now_answered", answer=self._answer(path, self._document))

    def _offer(self) -> None:
        """The questions that are still open in the trial, best first."""
        self._offers.clear()
        questions = [each.field for each in self.trial.copy.full_plan().open_questions if each.field not in self.rows]
        for place, path in enumerate(questions[:QUESTIONS_OFFERED], 1):
            words = self._phrases.label(path).replace("&", "&&")
            action = self._offers.addAction(f"&{place}  {words}")
            action.triggered.connect(lambda _checked=False, path=path: self.try_field(path))
        if not questions:
            self._offers.addAction(self._phrases.notice("no_open_questions")).setEnabled(False)

    @guarded()
    def _on_answered(self, paths: tuple[str, ...]) -> None:
        for path in paths:
            if path in self.rows:
                self.rows[path].present()

    @guarded()
    def _on_text(self, path: str) -> None:
        if path in self.rows:
            self.rows[path].present()

    # --- plans

    @guarded()
    def _show_plans(self, *_: object) -> None:
        comparison = compared(self.trial.now, self.trial.copy.plan, self._maker, self._phrases, self._opened)
        self.now.show_rows(comparison.now)
        self.tried.show_rows(comparison.tried)
        answers = self.trial.differences()
        self.keep_button.setEnabled(bool(answers))
        self._say(self._difference(tuple(answers), inside_a_sentence(in_a_sentence(comparison.changes, self._phrases))))

    def _difference(self, paths: tuple[str, ...], changes: str) -> str:
        if not paths:
            return self._word("nothing_tried")
        shown = [path for path in paths if path in self.rows] or list(paths)
        joined = self._word("and").join(f"‘{self._answer(path, self.trial.copy)}’" for path in shown)
        return self._word("difference" if changes else "no_difference", answers=joined, changes=changes)

    def _answer(self, path: str, document: CaseDocument) -> str:
        words = Words(self._names, self._phrases, self.trial.now.reference_date)
        return answer_words(path, document.value(path), words, self._kinds)

    def _say(self, text: str) -> None:
        if text != self.sentence.text():
            self.sentence.setText(text)
            self.sentence.setAccessibleName(text)
            self._timer.start()

    def _open_or_close(self, key: str) -> None:
        self._opened ^= {key}
        self._show_plans()

    def show_defect(self) -> None:
        """After a defect no plan of a trial stays on the screen."""
        self.drop()

    # --- the end

    @guarded()
    def keep(self) -> None:
        """Make the answers of the trial those of the case: one step, which can be undone."""
        self._is_keeping = True
        try:
            path = self.trial.keep()
        except AnswerRefused as refused:
            self.notice.setText(refused.message(self._context.wording.phrases))
            return
        finally:
            self._is_keeping = False
        if path is not None:
            self.kept.emit(path)

    def _on_case_changed(self, *_: object) -> None:
        if not self._is_keeping:
            self.outdated.emit()

    def drop(self) -> None:
        """End the trial; the case is as it was."""
        self.dropped.emit()

    # --- small things

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._colours = palette
        for rows in (self.now, self.tried):
            rows.use_palette(palette)
        colour = {role: palette[role].name() for role in Role}
        self.setStyleSheet(
            f"QFrame#trial_banner {{ background: {colour[Role.CAUTION_SURFACE]}; }}"
            f"QFrame#trial_banner QLabel {{ color: {colour[Role.CAUTION]}; }}"
            f"QListView {{ background: {colour[Role.SURFACE]}; }}"
            f"QLabel#now_heading, QLabel#tried_heading {{ padding: 4px 8px; }}"
            f"QLabel#now_heading {{ background: {colour[Role.RAISED]}; color: {colour[Role.INK]}; }}"
            f"QLabel#tried_heading {{ background: {colour[Role.CAUTION_SURFACE]}; color: {colour[Role.CAUTION]}; }}"
            f"QLabel#difference {{ color: {colour[Role.INK]}; padding: 2px 8px; }}"
        )
        self.update()

    def _word(self, key: str, **details: str) -> str:
        words = self._phrases.get("window", "what_if", key)
        return words.format(**details) if details else words

    # --- overrides

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """A hatched frame: what stands inside is provisional."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        brush = QBrush(self._colours[Role.CAUTION], Qt.BrushStyle.BDiagPattern)
        width, height = self.width(), self.height()
        for side in (
            QRect(0, 0, width, FRAME),
            QRect(0, height - FRAME, width, FRAME),
            QRect(0, 0, FRAME, height),
            QRect(width - FRAME, 0, FRAME, height),
        ):
            painter.fillRect(side, self._colours[Role.CAUTION_SURFACE])
            painter.fillRect(side, brush)

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc drops the trial."""
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As small as the window may be."""
        return QSize(QUESTION_WIDTH + 500, 300)
