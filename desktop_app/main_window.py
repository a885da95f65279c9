"""The window: banner, steps, wizard, plan or letter, and the menus. It owns one document, and one patient.

It puts parts together and lets them speak to each other; what a part decides is that part's own. What is not on the
screen at first (letter, cover, what the menus do) is imported and made when it is first needed.
"""

import datetime
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop_app import __version__
from desktop_app.banner import Banner
from desktop_app.case_document import CaseDocument
from desktop_app.case_keeper import CaseKeeper
from desktop_app.first_work import FirstWork
from desktop_app.hide_cover import HideCover, IdleWatch
from desktop_app.message_bar import MessageBar
from desktop_app.messages import Messages, WindowMessages
from desktop_app.plan_view.palette import palette_for
from desktop_app.services import Services
from desktop_app.step_list import StepList
from desktop_app.window_menu import STEP_PREFIX, build_menus
from desktop_app.wizard.case_wizard import CaseWizard
from desktop_app.wizard.flow import STEPS

if TYPE_CHECKING:
    from desktop_app.case_commands import CaseCommands
    from desktop_app.letter_preview import LetterPreview
    from desktop_app.plan_view.plan_view import PlanView
    from desktop_app.settings import Settings
    from desktop_app.store.problems import StoreProblem
    from desktop_app.window_letter import LetterCommands
    from guideline_core.case import Case

PLAN, LETTER = 0, 1
MINUTE_MS = 60_000
PLAN_WIDTH = 620
LEAST_PLAN_WIDTH, LEAST_WIZARD_WIDTH = 340, 540
USUAL_SIZE = QSize(1366, 768)


class MainWindow(QMainWindow):
    """One case in one window."""

    def __init__(self, services: Services, another: "Callable[[], MainWindow] | None" = None) -> None:
        super().__init__()
        self.services = services
        self._another = another
        self._colours = palette_for(self.palette())
        self.document = CaseDocument(services.edition, services.today, self, self.empty_case)
        self.keeper = CaseKeeper(self.document, services.now, self)
        self._build()
        self.messages: Messages = services.messages or WindowMessages(self, self.bar.say, self._word("close"))
        self.actions_by_name = build_menus(self, services.phrases, self._all_commands())
        self._connect()
        self._day = services.today()
        self._show_title()
        self._use_store()

    # --- building

    def _build(self) -> None:
        phrases = self.services.phrases
        self.banner = Banner(self.document, phrases, self._colours, self)
        self.tabs = self._build_tabs()
        self.bar = MessageBar(self._word("bar", "name"), self._word("bar", "close"), self._colours, self)
        self.steps = StepList(self.document, phrases, self._colours, self)
        edition = self.services.edition
        self.wizard = CaseWizard(self.document, phrases, self, kinds=edition.field_kinds, texts=lambda: edition.texts)
        self.right = QStackedWidget(self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self._build_content())
        self.setCentralWidget(self.pages)
        self._build_status()
        self.setAcceptDrops(True)
        self.resize(USUAL_SIZE)

    def _build_tabs(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        for name in ("plan", "letter"):
            tabs.addTab(self._word("views", name))
        return tabs

    def _build_content(self) -> QWidget:
        left = QWidget(self)
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.steps.setFixedWidth(self.steps.sizeHint().width())
        row.addWidget(self.steps)
        row.addWidget(self.wizard, 1)
        self.wizard.setMinimumWidth(LEAST_WIZARD_WIDTH)
        self.right.setMinimumWidth(LEAST_PLAN_WIDTH)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([USUAL_SIZE.width() - PLAN_WIDTH, PLAN_WIDTH])
        self.splitter.setStretchFactor(0, 1)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.banner, 1)
        top.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)
        return content

    def _build_status(self) -> None:
        self.kept_label = QLabel(self._word("status", "nothing_to_keep"), self)
        self.kept_label.setContentsMargins(10, 0, 10, 0)
        self.statusBar().addWidget(self.kept_label, 1)
        draft = QLabel(self._word("status", "draft"), self)
        draft.setContentsMargins(10, 0, 10, 0)
        self.statusBar().addPermanentWidget(draft)
        self.statusBar().setSizeGripEnabled(False)

    def _all_commands(self) -> dict[str, Callable[[], None]]:
        return {
            "new": lambda: self.commands.new_case(),
            "open": lambda: self.commands.open_dialog(),
            "open_file": lambda: self.commands.open_file_dialog(),
            "save": lambda: self.commands.save(),
            "save_as": lambda: self.commands.save_as(),
            "export": lambda: self.commands.export(),
            "print": lambda: self.letter.print_it(),
            "save_pdf": lambda: self.letter.save_pdf(),
            "close": self._close,
            "quit": QApplication.closeAllWindows,
            "undo": self.document.undo_stack.undo,
            "redo": self.document.undo_stack.redo,
            "copy_letter": lambda: self.letter.copy(),
            "copy_plan": lambda: self.letter.copy_plan(),
            "show_plan": lambda: self.tabs.setCurrentIndex(PLAN),
            "show_letter": lambda: self.tabs.setCurrentIndex(LETTER),
            "next_question": lambda: self.plan_view.go_to_next_question(),
            "hide": self.hide_case,
            "settings": self.ask_settings,
            "about": self._tell_about,
            **{f"{STEP_PREFIX}{step}": _going_to(self.wizard, step) for step in STEPS},
        }

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_view)
        self.steps.step_chosen.connect(self.wizard.go_to_step)
        self.wizard.step_changed.connect(self._on_step)
        self.wizard.letter_requested.connect(lambda: self.tabs.setCurrentIndex(LETTER))
        self.keeper.number_changed.connect(self._show_title)
        self.document.answered.connect(self._remember_setting)
        self.document.undo_stack.indexChanged.connect(self._show_undo)
        self.keeper.kept.connect(self._show_kept)
        self.keeper.failed.connect(self._on_not_kept)
        self.services.store.opened.connect(self._use_store)
        self.services.store.failed.connect(self._on_no_store)
        self.idle = IdleWatch(lambda: self.services.settings.current.hide_after_minutes, self)
        self.idle.idle.connect(self.hide_case)
        self.idle.exposed.connect(self._work_after_showing().start)
        self.services.settings.changed.connect(self.idle.restart)
        self._clock = QTimer(self, interval=MINUTE_MS)
        self._clock.timeout.connect(self._on_minute)
        self._clock.start()
        self.steps.show_current(self.wizard.current_step)
        self._show_undo()

    # --- what is made when it is first needed

    @cached_property
    def commands(self) -> "CaseCommands":
        """What can be done with whole cases."""
        from desktop_app.case_commands import CaseCommands, choose_case_in_dialog

        return CaseCommands(self, self.services, choose_case_in_dialog)

    @cached_property
    def letter(self) -> "LetterCommands":
        """How the letter leaves."""
        from desktop_app.window_letter import LetterCommands

        return LetterCommands(self, self.services)

    @cached_property
    def plan_view(self) -> "PlanView":
        """The plan beside the wizard."""
        from desktop_app.plan_view.plan_view import PlanView

        view = PlanView(self.document, self.services.phrases, self.services.edition, self)
        view.question_activated.connect(self.wizard.go_to_field)
        self.right.addWidget(view)
        return view

    def _work_after_showing(self) -> FirstWork:
        """Case, planner, plan and its reasons come after the window: it is on the screen before they are loaded."""
        edition, document = self.services.edition, self.document
        return FirstWork(
            (
                document.begin,
                lambda: edition.planner,
                self._show_first_plan,
                document.full_plan,
                self.idle.restart,
            ),
            self,
        )

    def _show_first_plan(self) -> None:
        self._show_view(self.tabs.currentIndex())

    @cached_property
    def preview(self) -> "LetterPreview":
        """The letter beside the wizard."""
        from desktop_app.letter_preview import LetterPreview

        preview = LetterPreview(self.document, lambda: self.keeper.number, self.services, self)
        preview.question_activated.connect(self.wizard.go_to_field)
        preview.sender_wanted.connect(self.ask_settings)
        preview.print_wanted.connect(self.letter.print_it)
        preview.save_wanted.connect(self.letter.save_pdf)
        preview.copy_wanted.connect(self.letter.copy)
        self.right.addWidget(preview)
        return preview

    @cached_property
    def cover(self) -> HideCover:
        """What hides the case."""
        cover = HideCover(self._word("cover", "text"), self._colours, self)
        cover.lifted.connect(self.show_case)
        self.pages.addWidget(cover)
        return cover

    # --- the store

    def _use_store(self) -> None:
        """The saved cases are there: keep this one, and offer the last one."""
        store = self.services.store.for_window()
        if store is None or self.keeper.is_open:
            return
        from desktop_app.store.problems import StoreProblem

        try:
            self.keeper.use_store(store)
        except StoreProblem as problem:
            self._on_not_kept(problem)
            return
        if self.document.is_empty() and self._another is not None:
            self._offer_last_case()

    def _offer_last_case(self) -> None:
        last = self.commands.recent()
        if last is None:
            return
        changed = last.changed.astimezone()
        date = f"{self.services.phrases.date(changed.date())} {changed:%H:%M}"
        text = self._word("message", "continue_case", number=last.number, date=date)
        self.bar.offer(text, self._word("message", "continue_button"), lambda: self.commands.open_number(last.number))

    def _show_kept(self, time: datetime.datetime) -> None:
        self.kept_label.setText(self._word("status", "kept", time=f"{time:%H:%M:%S}"))

    def _on_not_kept(self, problem: "StoreProblem") -> None:
        self.kept_label.setText(self._word("status", "not_kept"))
        phrases = self.services.phrases
        self.messages.warn(f"{problem.what(phrases)} {problem.what_to_do(phrases)}")

    def _on_no_store(self, error: Exception) -> None:
        from desktop_app.store.problems import StoreProblem

        if isinstance(error, StoreProblem):
            self._on_not_kept(error)
        else:
            self.kept_label.setText(self._word("status", "not_kept"))
            raise error

    # --- what is shown

    def _show_view(self, view: int) -> None:
        self.right.setCurrentWidget(self.plan_view if view == PLAN else self.preview)

    def _on_step(self, step: str) -> None:
        self.steps.show_current(step)
        self.tabs.setCurrentIndex(LETTER if step == "letter" else PLAN)

    def _show_title(self, *_: object) -> None:
        number = self.keeper.number
        self.setWindowTitle(self._word("title", "case", number=number) if number else self._word("title", "no_case"))

    def _show_undo(self, *_: object) -> None:
        stack = self.document.undo_stack
        for name, can, path in (
            ("undo", stack.canUndo(), stack.undoText()),
            ("redo", stack.canRedo(), stack.redoText()),
        ):
            action = self.actions_by_name[name]
            words = self._word("menu", name)
            action.setEnabled(can)
            action.setText(f"{words}: {self.services.phrases.label(path)}" if can and path else words)

    def hide_case(self) -> None:
        """Hide everything until somebody says to go on."""
        self.pages.setCurrentWidget(self.cover)
        self.menuBar().setEnabled(False)
        self.cover.setFocus()

    def show_case(self) -> None:
        """Show the case again."""
        self.pages.setCurrentIndex(0)
        self.menuBar().setEnabled(True)
        self.idle.restart()
        self.wizard.current_page.focus_first()

    def tell_time_changed(self, since: datetime.date) -> None:
        """Say so when the plan of a reopened case has changed by time alone."""
        today = self.document.day
        if since == today:
            return
        before = self.services.edition.planner.make_bare_plan(self.document.case, since)
        from desktop_app.plan_view.changes import firm_advice_changed

        if firm_advice_changed(before, self.document.plan):
            was_child = _is_child(self.document, since) and not _is_child(self.document, today)
            self.plan_view.say(("time_changed", "now_adult") if was_child else ("time_changed",))

    def _on_minute(self) -> None:
        """At midnight the plan is made for the new day."""
        if self.document.day != self._day:
            since, self._day = self._day, self.document.day
            self.document.replan()
            self.tell_time_changed(since)

    # --- commands

    def empty_case(self) -> "Case":
        """A case in which nothing is answered but where the workstation stands."""
        from guideline_core.case import Case

        setting = self.services.settings.current.setting
        return Case() if setting is None else Case(setting=setting)

    def another(self) -> "MainWindow":
        """Open one more window, for another patient."""
        if self._another is None:
            raise RuntimeError("this window cannot open others")
        return self._another()

    def open_file(self, path: Path) -> None:
        """Open a file with a case."""
        self.commands.open_file(path)

    def ask_settings(self) -> None:
        """Let the user see and change the settings."""
        from desktop_app.letter.centres import shipped_centres
        from desktop_app.settings_dialog import SettingsDialog

        settings, phrases = self.services.settings, self.services.phrases
        centres = {key: centre.name for key, centre in shipped_centres().items() if centre.kind == "expertise_centre"}
        dialog = SettingsDialog(settings.current, centres, phrases, self.messages, self._colours, self)
        if not self._accepted(dialog):
            return
        self._change_settings(dialog.chosen)

    def _accepted(self, dialog: QDialog) -> bool:
        """Show a dialog; tests answer in its place."""
        return bool(dialog.exec())

    def _change_settings(self, settings: "Settings") -> None:
        from desktop_app.settings import SettingsNotSaved

        try:
            self.services.settings.change(settings)
        except SettingsNotSaved as problem:
            self.messages.warn(problem.message(self.services.phrases))

    def _remember_setting(self, paths: tuple[str, ...]) -> None:
        """The place of work is asked once, in the first case, and then stands in every new one."""
        settings = self.services.settings.current
        setting = self.document.case.setting
        if "setting" in paths and setting is not None and settings.setting is None:
            self._change_settings(settings.model_copy(update={"setting": setting}))
            self.messages.inform(self._word("message", "setting_remembered"))

    def _tell_about(self) -> None:
        phrases, edition = self.services.phrases, self.services.edition
        title = edition.names.title(phrases.language)
        fingerprint = self.document.plan.guideline.sha256[:12]
        lines = [
            self._word("about", "edition", title=title, fingerprint=fingerprint),
            *(phrases.notice(name) for name in ("draft_guideline", "advice_only", "no_ce_mark", "not_reviewed")),
            f"PySide6 {sys.modules['PySide6'].__version__}",
        ]
        self.messages.tell(self._word("about", "text", version=__version__), "\n\n".join(lines))

    def _close(self) -> None:
        self.close()

    def _word(self, *keys: str, **details: object) -> str:
        return self.services.window_words(*keys, **details)

    def appear(self) -> None:
        """Come on the screen: in the usual size where that fits, else as large as the screen allows."""
        room = self.screen().availableSize()
        if room.width() <= USUAL_SIZE.width() or room.height() <= USUAL_SIZE.height():
            self.showMaximized()
        else:
            self.show()
        self.activateWindow()

    # --- overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Once there is a window of the system, watch whether it is used."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            self.idle.watch(handle)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything; what cannot be kept is asked about."""
        if not self.letter.may_close():
            event.ignore()
            return
        self.keeper.leave()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file can be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped, each as a case of its own."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.open_file(Path(url.toLocalFile()))


def _going_to(wizard: CaseWizard, step: str) -> Callable[[], None]:
    return lambda: wizard.go_to_step(step)


def _is_child(document: CaseDocument, day: datetime.date) -> bool:
    from guideline_core.answers import age_on

    birth_date = document.case.patient.birth_date
    return birth_date is not None and age_on(birth_date, day) < 18


def main(file: Path | None = None) -> int:
    """Start the program with its window."""
    from desktop_app.window_start import main as start

    return start(file)
