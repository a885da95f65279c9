"""What stands in a window below its menus: banner, steps, wizard, and beside it the plan or the letter.

Where the width does not hold both, as on a small screen with large type, questions and plan or letter take turns, by a
tab more; where it does not hold the steps either, they go, and the keys and buttons that lead from step to step stay.

Plan and letter are built when they are first shown. A content has one language for its whole life; it is replaced when
the language changes, and the document stays.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.window.parts.banner import Banner
from desktop_app.window.parts.message_bar import MessageBar
from desktop_app.window.parts.step_list import StepList
from desktop_app.window.services import Services
from desktop_app.wizard.case_wizard import CaseWizard
from desktop_app.wizard.flow import plain_path

if TYPE_CHECKING:
    from desktop_app.plan.view.plan_view import PlanView
    from desktop_app.window.papers.preview import LetterPreview
    from desktop_app.wizard.what_if.page import WhatIfPage

PLAN, LETTER, QUESTIONS = 0, 1, 2
"""The tabs; that of the questions is there only where they and the plan take turns."""
PLAN_WIDTH = 620
LEAST_PLAN_WIDTH, LEAST_WIZARD_WIDTH = 340, 540
LEAST_PLAN_HEIGHT = 200
"""What stands there adapts to its height; without a minimum it would push the window off the screen."""
USUAL_SIZE = QSize(1366, 768)


class Sight(NamedTuple):
    """What the user looks at: the step, plan or letter beside it, and how the width is shared."""

    step: str
    view: int
    widths: list[int]


class WindowContent(QWidget):
    """Everything of one case that is on the screen."""

    sender_wanted = Signal()
    """The letter lacks something that stands in the settings."""
    print_wanted = Signal()
    """The paper that is shown is to be printed."""
    save_wanted = Signal()
    """The paper that is shown is to be saved."""
    copy_wanted = Signal()
    """The letter is to be copied."""
    attach_chosen = Signal(str, bool)
    """Whether the letter is to take the case along."""

    def __init__(
        self,
        document: CaseDocument,
        services: Services,
        colours: Palette,
        case_number: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._services = services
        self._colours = colours
        self._case_number = case_number
        self.language = services.phrases.language
        self.trial: WhatIfPage | None = None
        self._build()
        self._connect()

    # --- building

    def _build(self) -> None:
        phrases = self._services.phrases
        self.banner = Banner(self._document, phrases, self._services.present, self._colours, self)
        self.banner.show_case_number(self._case_number())
        self.tabs = self._build_tabs()
        self._colour_tabs()
        self.bar = MessageBar(self._word("bar", "name"), self._word("bar", "close"), self._colours, self)
        self.steps = StepList(self._document, phrases, self._colours, self)
        edition = self._services.edition
        self.wizard = CaseWizard(self._document, phrases, self, kinds=edition.field_kinds, lists=lambda: edition.lists)
        self.right = QStackedWidget(self)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.banner, 1)
        top.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        self.places = QStackedWidget(self)
        self.places.addWidget(self._build_splitter())
        column.addWidget(self.places, 1)
        column.addSpacing(self.bar.line_height())

    def _build_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)  # both tabs fit, and the buttons would be in English
        tabs.setAccessibleName(self._word("views", "name"))
        for name in ("plan", "letter", "questions"):
            tabs.addTab(self._word("views", name))
        tabs.setTabVisible(QUESTIONS, False)
        return tabs

    def _colour_tabs(self) -> None:
        """The open tab has the background of its page and a coloured bar; the other tab is quiet."""
        colour = {role: self._colours[role].name() for role in Role}
        self.tabs.setStyleSheet(
            f"QTabBar::tab {{ background: {colour[Role.WINDOW]}; color: {colour[Role.QUIET]}; padding: 6px 14px;"
            f" border: 2px solid {colour[Role.WINDOW]}; }}"
            f"QTabBar::tab:hover {{ color: {colour[Role.INK]}; }}"
            f"QTabBar::tab:selected {{ background: {colour[Role.SURFACE]}; color: {colour[Role.ACCENT]};"
            f" border-color: {colour[Role.SURFACE]}; border-bottom-color: {colour[Role.ACCENT]}; }}"
            f"QTabBar::tab:selected:focus {{ border-color: {colour[Role.ACCENT]}; }}"
        )

    def _build_splitter(self) -> QSplitter:
        self.left = QWidget(self)
        row = QHBoxLayout(self.left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.steps.setFixedWidth(self.steps.sizeHint().width())
        row.addWidget(self.steps)
        row.addWidget(self.wizard, 1)
        self.wizard.setMinimumWidth(LEAST_WIZARD_WIDTH)
        self.right.setMinimumSize(LEAST_PLAN_WIDTH, LEAST_PLAN_HEIGHT)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([USUAL_SIZE.width() - PLAN_WIDTH, PLAN_WIDTH])
        self.splitter.setStretchFactor(0, 1)
        return self.splitter

    def minimumSizeHint(self) -> QSize:
        """The questions alone are the least."""
        return QSize(LEAST_WIZARD_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, and keep the message at the foot."""
        super().resizeEvent(event)
        self._share_width()
        self.bar.stand_at_foot_of(self)

    @property
    def takes_turns(self) -> bool:
        """Whether questions and plan do not fit side by side."""
        return self.tabs.isTabVisible(QUESTIONS)

    def _share_width(self) -> None:
        of_steps = self.steps.minimumWidth()
        takes_turns = self.width() < of_steps + LEAST_WIZARD_WIDTH + self.splitter.handleWidth() + LEAST_PLAN_WIDTH
        self.steps.setVisible(self.width() >= of_steps + LEAST_WIZARD_WIDTH)
        if takes_turns == self.takes_turns:
            return
        view = self.tabs.currentIndex()
        self.tabs.setTabVisible(QUESTIONS, takes_turns)
        self.tabs.updateGeometry()
        self.tabs.setCurrentIndex(QUESTIONS if takes_turns else PLAN if view == QUESTIONS else view)
        self._show_sides()

    def _show_sides(self) -> None:
        """Both sides, or the one of the open tab."""
        asks = self.tabs.currentIndex() == QUESTIONS
        self.left.setVisible(asks or not self.takes_turns)
        self.right.setVisible(not asks)

    def _connect(self) -> None:
        self.bar.filled.connect(lambda: self.bar.stand_at_foot_of(self))
        self.tabs.currentChanged.connect(self.show_view)
        self.steps.step_chosen.connect(self.wizard.go_to_step)
        self.wizard.step_changed.connect(self._on_step)
        self.wizard.letter_requested.connect(self.show_letter)
        self.wizard.what_if_wanted.connect(self.try_answer)
        self.steps.show_current(self.wizard.current_step)

    # --- what is made when it is first needed

    @cached_property
    def plan_view(self) -> "PlanView":
        """The plan beside the wizard."""
        # It needs the classes of a plan, and is shown after the window is on the screen.
        from desktop_app.plan.view.plan_view import PlanView

        services = self._services
        view = PlanView(self._document, services.phrases, services.edition, services.present, self)
        view.question_activated.connect(self.go_to_field)
        view.what_if_wanted.connect(self.try_answer)
        view.change_line.what_if_wanted.connect(self.try_at_hand)
        self.right.addWidget(view)
        return view

    @cached_property
    def preview(self) -> "LetterPreview":
        """The letter beside the wizard."""
        # The papers and the viewer of PDF files are loaded when a paper is first shown.
        from desktop_app.window.papers.preview import LetterPreview

        preview = LetterPreview(self._document, self._case_number, self._services, self)
        preview.question_activated.connect(self.go_to_field)
        preview.sender_wanted.connect(self.sender_wanted)
        preview.attach_chosen.connect(self.attach_chosen)
        preview.print_wanted.connect(self.print_wanted)
        preview.save_wanted.connect(self.save_wanted)
        preview.copy_wanted.connect(self.copy_wanted)
        self.right.addWidget(preview)
        return preview

    # --- what if

    def try_at_hand(self) -> None:
        """Try another answer to the question at the cursor, in the plan or in the wizard."""
        if self.trial is not None:
            return
        in_plan = self.plan_view.field_at_hand() if self.right.currentWidget() is self.plan_view else None
        path = in_plan or self.wizard.current_page.question_at_hand
        if path is not None:
            self.try_answer(path)

    def try_answer(self, path: str) -> None:
        """Show, in the place of wizard and plan, what the plan would be with another answer."""
        # It compares plans, and is loaded when the first other answer is tried.
        from desktop_app.wizard.what_if.page import WhatIfPage

        path = plain_path(path)
        if path not in self._services.edition.field_kinds.paths:  # no step asks this field
            return
        if self.trial is None:
            page = WhatIfPage(
                self._document, self._services.edition, self._services.phrases, self.wizard.context, self._colours, self
            )
            page.dropped.connect(self.leave_trial)
            page.outdated.connect(self._drop_outdated)
            page.kept.connect(self._show_kept)
            self.trial = page
            self.places.addWidget(page)
            self.places.setCurrentWidget(page)
            self.tabs.hide()
        self.trial.try_field(path)

    def leave_trial(self) -> None:
        """Drop the trial, if there is one; the case is unchanged."""
        page, self.trial = self.trial, None
        if page is None:
            return
        self.places.removeWidget(page)
        page.hide()
        page.deleteLater()
        self.tabs.show()
        self.wizard.current_page.focus_field_at_hand()

    def _drop_outdated(self) -> None:
        self.leave_trial()
        self.bar.say(self._word("what_if", "outdated"), "note")

    def _show_kept(self, path: str) -> None:
        self.leave_trial()
        self.go_to_field(path)

    # --- showing

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._colours = palette
        self.setPalette(QPalette())  # because of the style sheet of the tab bar Qt does not pass the palette on
        for part in (self.banner, self.bar, self.steps):
            part.use_palette(palette)
        self._colour_tabs()
        self.wizard.follow_palette()
        if "plan_view" in self.__dict__:
            self.plan_view.use_palette(palette)
        if self.trial is not None:
            self.trial.use_palette(palette)

    def show_view(self, view: int) -> None:
        """Show plan or letter beside the wizard, or in its place; or the wizard in theirs."""
        self.right.setCurrentWidget(self.preview if view == LETTER else self.plan_view)
        self._show_sides()

    def show_current_view(self) -> None:
        """Show the view of the open tab, and build it if need be."""
        self.show_view(self.tabs.currentIndex())

    def show_plan(self) -> None:
        """Show the plan beside the wizard; a trial ends."""
        self.leave_trial()
        self.tabs.setCurrentIndex(PLAN)

    def show_letter(self) -> None:
        """Show the letter beside the wizard; a trial ends."""
        self.leave_trial()
        self.tabs.setCurrentIndex(LETTER)

    def go_to_step(self, step: str) -> None:
        """Show a step of the wizard; a trial ends."""
        self.leave_trial()
        self.wizard.go_to_step(step)
        self._show_questions()

    def go_to_field(self, path: str) -> None:
        """Show a question, with the cursor in it."""
        self._show_questions()
        self.wizard.go_to_field(path)

    def go_to_next_question(self) -> None:
        """Put the cursor in the most useful question; a trial ends."""
        self.leave_trial()
        self.plan_view.go_to_next_question()

    @property
    def chapter(self) -> str:
        """The chapter of the handbook on what is shown: a trial is a way to read the plan."""
        return self.wizard.current_step if self.trial is None else "plan"

    @property
    def sight(self) -> Sight:
        """What the user looks at now."""
        return Sight(self.wizard.current_step, self.tabs.currentIndex(), self.splitter.sizes())

    def look_at(self, sight: Sight) -> None:
        """Show what the user looked at in another content."""
        self.splitter.setSizes(sight.widths)
        self.wizard.go_to_step(sight.step)
        self.tabs.setCurrentIndex(sight.view)
        self.show_current_view()

    def _on_step(self, step: str) -> None:
        self.steps.show_current(step)
        if not self.takes_turns:
            self.tabs.setCurrentIndex(LETTER if step == "letter" else PLAN)
        self._show_questions()

    def _show_questions(self) -> None:
        """Where questions and plan take turns, it is the turn of the questions."""
        if self.takes_turns:
            self.tabs.setCurrentIndex(QUESTIONS)

    def _word(self, *keys: str) -> str:
        return self._services.window_words(*keys)
