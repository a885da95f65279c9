"""What all pages of the wizard share: they show the questions of one step of `flow`, and stay true to the document."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
    QWizardPage,
)

from desktop_app.case.document import CaseDocument
from desktop_app.looks.announcing import announce
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.wizard import flow
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs import InputContext
from desktop_app.wizard.section_box import SectionBox
from guideline_core.age import age_on

if TYPE_CHECKING:
    from guideline_core.plan import Plan


LEAST_PAGE_WIDTH = 480
"""The room for questions where the window is as narrow as it can be."""


class StepPage(QWizardPage):
    """One step. A page builds its questions when it is first shown; after that it follows the document."""

    step = ""
    beside: tuple[tuple[str, ...], ...] = ()
    """Fields that stand side by side, each group in one row."""

    ended = Signal()  # the cursor went past the last question
    what_if_wanted = Signal(str)  # the path of a question to which another answer is to be tried

    def __init__(self, document: CaseDocument, context: InputContext) -> None:
        super().__init__()
        self.document = document
        self.context = context
        self.wording = context.wording
        self.rows: dict[str, FieldRow] = {}
        self.sections: dict[str, SectionBox] = {}
        self._plan: Plan | None = None
        self._at_hand: str | None = None
        self.setTitle(self.wording.phrases.plan("step", self.step))
        self.setSubTitle(self.wording.own("step", self.step, "subtitle"))
        self.stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.stack.addWidget(self.scroller)
        self._error: QWidget | None = None

    # --- what Qt calls ----------------------------------------------------------------------------------------------

    @guarded()
    def initializePage(self) -> None:
        """The page is about to be seen."""
        self.present()

    @guarded(fallback=True)
    def validatePage(self) -> bool:
        """A page never holds anyone back: open answers are answers too."""
        return True

    @guarded(fallback=True)
    def isComplete(self) -> bool:
        """See validatePage."""
        return True

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 2, 8, 2)
        layout.setSpacing(4)
        for section in flow.SECTIONS[self.step]:
            box = SectionBox(section, self.wording.own("section", section.name))
            box.set_toggle_words(self._details_words(section))
            self.sections[section.name] = box
            self._fill(box.questions, section.fields)
            self._fill(box.details_layout, section.details)
            layout.addWidget(box)
        layout.addStretch(1)
        self.scroller.setWidget(content)
        self._connect()

    def _details_words(self, section: flow.Section) -> str:
        own = "details_of_advice" if section.name == "expertise_centre" else "details"
        return self.wording.own("button", own)

    def _fill(self, layout: QVBoxLayout, fields: tuple[str, ...]) -> None:
        """Put the rows of some fields in a layout, side by side where the page says so."""
        placed: set[str] = set()
        for path in fields:
            if path in placed:
                continue
            group = next((group for group in self.beside if path in group), (path,))
            placed |= set(group)
            self._add_group(layout, [name for name in group if name in fields])

    def _add_group(self, layout: QVBoxLayout, group: list[str]) -> None:
        if len(group) == 1:
            layout.addWidget(self._row(group[0]))
            return
        rows = [self._row(path) for path in group]
        if sum(row.minimumSizeHint().width() for row in rows) > LEAST_PAGE_WIDTH:  # large type
            for row in rows:
                layout.addWidget(row)
            return
        line = QHBoxLayout()
        line.setSpacing(8)
        for row in rows:
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)

    def _row(self, path: str) -> FieldRow:
        row = FieldRow(path, self.document, self.context)
        row.moved_on.connect(self.move_on_from)
        row.what_if_wanted.connect(self.what_if_wanted)
        self.rows[path] = row
        return row

    def _connect(self) -> None:
        self.document.answered.connect(self._on_answered)
        self.document.raw_text_changed.connect(self._on_raw_text)
        self.document.replanned.connect(self._on_replanned)
        self.document.explained.connect(self._on_explained)
        self.document.planning_failed.connect(self._on_planning_failed)
        self.document.loaded.connect(self._on_loaded)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    # --- showing ----------------------------------------------------------------------------------------------------

    def present(self) -> None:
        """Show the questions with the answers of the document; this also mends a page in error."""
        if not self.rows:
            self._build()
        self.stack.setCurrentWidget(self.scroller)
        if self.document.has_begun:  # else nothing was answered, and rows are made empty
            self._show_case()

    def _show_case(self) -> None:
        for row in self.rows.values():
            row.present()
        for box in self.sections.values():
            if flow.details_wanted(box.section, self.document.case) or self._has_texts(box.section.details):
                box.unfold(True)
        if self.document.is_explained:
            self._plan = self.document.plan
        self._show_reasons()
        if self.document.has_plan:
            self._show_harm()

    def _has_texts(self, paths: tuple[str, ...]) -> bool:
        return any(self.document.raw(path) for path in paths)

    def _is_seen(self) -> bool:
        """Whether this page is the one on the screen; the others are made true when they are shown again."""
        wizard = self.wizard()
        return wizard is not None and wizard.currentPage() is self

    @guarded()
    def _on_answered(self, paths: tuple[str, ...]) -> None:
        if not self._is_seen():
            return
        for path in paths:
            if path in self.rows:
                self.rows[path].present()
        for box in self.sections.values():
            if not box.is_unfolded and flow.details_wanted(box.section, self.document.case):
                box.unfold(True)
        self._show_reasons()

    @guarded()
    def _on_raw_text(self, path: str) -> None:
        if self._is_seen() and path in self.rows:
            self.rows[path].present()

    @guarded()
    def _on_replanned(self, _plan: "Plan") -> None:
        if self._is_seen():
            self._show_harm(is_new=True)

    @guarded()
    def _on_explained(self, plan: "Plan") -> None:
        self._plan = plan
        if self._is_seen():
            self._show_reasons()

    @guarded()
    def _on_planning_failed(self) -> None:
        """There is no plan: no harm that an old one told may stay beside the answers."""
        self._plan = None
        for row in self.rows.values():
            row.tell_harm(())

    @guarded()
    def _on_loaded(self) -> None:
        """Another case: nothing of the old one may stay."""
        self._plan = None
        for row in self.rows.values():
            row.forget()
        for box in self.sections.values():
            box.unfold(False)
        if self._is_seen():
            self.present()

    def _show_reasons(self) -> None:
        """Dim what can change nothing; without a full plan only what another answer settles by itself."""
        for path, row in self.rows.items():
            reason = self._reason(path)
            row.dim(reason, self._words_of(reason) if reason else "")

    def _reason(self, path: str) -> str | None:
        case = self.document.case
        if self.document.raw(path):  # someone is saying something here
            return None
        if self._plan is not None:
            return flow.why_not(path, case, self._plan, self.document.places, self.document.alerts)
        return None if flow.is_answered(path, case) else self.document.places.denied(path, case.answer_at)

    def _words_of(self, reason: str) -> str:
        details: dict[str, object] = {}
        case = self.document.case
        if reason == "follows_from_birth_date" and case.patient.birth_date is not None:
            details["age"] = age_on(case.patient.birth_date, self.document.day)
        if reason == "follows_from_bone" and case.lesion.bone is not None:
            region = self.document.catalogue.region_of_bone[case.lesion.bone]
            details["region"] = self.wording.phrases.value("lesion.region", region)
        return self.wording.own("why_not", reason, **details)

    def _show_harm(self, is_new: bool = False) -> None:
        """Tell the harm that answers do; what an answer did just now is brought in sight."""
        case, plan, alerts = self.document.case, self.document.plan, self.document.alerts
        interrupted = {alert.interrupts_at for alert in alerts.values()}
        for path, row in self.rows.items():
            if path not in interrupted:
                continue
            news = row.tell_harm(flow.harm_at(path, case, plan, alerts))
            if news and is_new:
                QTimer.singleShot(0, row, partial(self._bring_in_sight, row))  # when it has its new size
                announce(row, " ".join(row.wording.alert(news[0])), urgent=True)

    def _on_scrolled(self) -> None:
        for row in self.rows.values():
            row.input.shut_list()

    def _bring_in_sight(self, row: FieldRow) -> None:
        if self._is_seen():
            self.scroller.ensureWidgetVisible(row, 0, 24)

    def show_defect(self) -> None:
        """Show an error in the place of the questions: what stood here may be old."""
        if self._error is None:
            self._error = self._error_panel()
            self.stack.addWidget(self._error)
        self.stack.setCurrentWidget(self._error)

    @property
    def is_in_error(self) -> bool:
        """Whether the page shows an error instead of its questions."""
        return self._error is not None and self.stack.currentWidget() is self._error

    def _error_panel(self) -> QWidget:
        panel = QWidget()
        title = PlainLabel(self.wording.own("error", "title"))
        title.setFont(sized(title.font(), TypeSize.BODY, bold=True))
        again = QPushButton(self.wording.own("button", "again"))
        again.setAutoDefault(False)
        again.clicked.connect(self._try_again)
        layout = QVBoxLayout(panel)
        layout.addWidget(title)
        layout.addWidget(PlainLabel(self.wording.own("error", "text")))
        layout.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return panel

    @guarded()
    def _try_again(self) -> None:
        self.present()
        self.focus_first()

    # --- the cursor -------------------------------------------------------------------------------------------------

    @guarded()
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not self._is_seen():
            return
        for row in self.rows.values():
            row.mark_focus(new is not None and row.isAncestorOf(new))
        focused = next((row for row in self.rows.values() if new is not None and row.isAncestorOf(new)), None)
        if focused is not None:
            self._at_hand = focused.path
            self.scroller.ensureWidgetVisible(focused, 0, 24)

    def _rows_in_order(self) -> Iterator[FieldRow]:
        for path in flow.fields_of(self.step):
            row = self.rows.get(path)
            if row is not None and row.isVisibleTo(self.stack):
                yield row

    @guarded()
    def move_on_from(self, path: str) -> None:
        """Put the cursor in the next question that is not dimmed; past the last, tell that the page is done."""
        if path not in self.rows:
            return
        rows = list(self._rows_in_order())
        after = rows[rows.index(self.rows[path]) + 1 :] if self.rows[path] in rows else []
        following = next((row for row in after if row.reason is None), None)
        if following is not None:
            following.input.take_focus()
        else:
            self.ended.emit()

    def focus_first(self) -> None:
        """Put the cursor in the first open question, or in the first of all."""
        rows = list(self._rows_in_order())
        target = next((row for row in rows if self._is_open(row)), rows[0] if rows else None)
        if target is not None:
            target.input.take_focus()

    @property
    def question_at_hand(self) -> str | None:
        """The question where the cursor is, or where it was last; else the first open one."""
        rows = list(self._rows_in_order())
        at_hand = next((row for row in rows if row.path == self._at_hand), None)
        row = at_hand or next((row for row in rows if self._is_open(row)), rows[0] if rows else None)
        return None if row is None else row.path

    def focus_field_at_hand(self) -> None:
        """Put the cursor back where it was."""
        path = self.question_at_hand
        if path is not None:
            self.focus_field(path)

    def _is_open(self, row: FieldRow) -> bool:
        return row.reason is None and (not self.document.has_begun or self.document.value(row.path) is None)

    def focus_field(self, path: str) -> None:
        """Put the cursor in one question, also in one that is folded away."""
        row = self.rows[flow.plain_path(path)]
        for box in self.sections.values():
            if row.path in box.section.details:
                box.unfold(True)
        row.input.take_focus()
        self.scroller.ensureWidgetVisible(row, 0, 24)
