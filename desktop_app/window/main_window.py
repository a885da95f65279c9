"""The window: its content, its menus, and the commands that these give. It owns one document, and one patient.

It puts parts together and lets them speak to each other; what a part decides is that part's own. What is not on the
screen at first (letter, cover, what the menus do) is imported and made when it is first needed.
"""

import datetime
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QTabBar

from desktop_app.case.document import CaseDocument
from desktop_app.case.keeper import CaseKeeper
from desktop_app.looks.palette import Palette, palette_for
from desktop_app.window.commands.all_commands import commands_of
from desktop_app.window.commands.keeping import StoreLink
from desktop_app.window.commands.settings import SettingsCommands
from desktop_app.window.first_work import FirstWork
from desktop_app.window.messages import Messages
from desktop_app.window.parts.content import LETTER, PLAN, WindowContent
from desktop_app.window.parts.cover import HideCover, IdleWatch
from desktop_app.window.parts.day import DayWatch
from desktop_app.window.parts.menu import WindowMenu
from desktop_app.window.parts.message_bar import MessageBar
from desktop_app.window.parts.place import appear_in_place, keep_place
from desktop_app.window.services import Services
from desktop_app.window.window_messages import WindowMessages

if TYPE_CHECKING:
    from desktop_app.plan.view.plan_view import PlanView
    from desktop_app.window.commands.cases import CaseCommands
    from desktop_app.window.commands.handbook import HandbookCommands
    from desktop_app.window.commands.meeting import MeetingCommands
    from desktop_app.window.commands.papers import LetterCommands
    from desktop_app.window.commands.patients import PatientCommands
    from desktop_app.window.long_work import LongWork
    from desktop_app.window.papers.preview import LetterPreview
    from desktop_app.window.parts.banner import Banner
    from desktop_app.window.parts.step_list import StepList
    from desktop_app.wizard.case_wizard import CaseWizard
    from guideline_core.case import Case

__all__ = ["LETTER", "PLAN", "MainWindow"]


class MainWindow(QMainWindow):
    """One case in one window."""

    leaving = Signal()
    """The window closes, and its case is kept and given free now: whoever shows it elsewhere lets it go."""

    def __init__(self, services: Services, another: "Callable[[], MainWindow] | None" = None) -> None:
        super().__init__()
        self.services = services
        self._another = another
        self.colours = palette_for(QApplication.palette())
        self.messages: Messages = services.messages or WindowMessages(
            self, lambda: self.content.bar, lambda: services.phrases
        )
        self.document = CaseDocument(services.edition, services.today, self, self.empty_case)
        self.keeper = CaseKeeper(self.document, services.now, self)
        self.settings = SettingsCommands(self, self, services)
        self.store_link = StoreLink(self, services, offers_last_case=another is not None)
        self.pages = QStackedWidget(self)
        self.setCentralWidget(self.pages)
        self.setAcceptDrops(True)
        self._build_status()
        self._build_content()
        self._connect()
        self._show_title()
        self.store_link.use_store()

    # --- building

    def _build_content(self) -> None:
        """Everything that speaks a language: made again when that becomes another."""
        self.content = WindowContent(self.document, self.services, self.colours, lambda: self.keeper.number, self)
        self.content.sender_wanted.connect(self.settings.ask)
        self.content.attach_chosen.connect(self.settings.attach_case)
        self.content.letter_wanted.connect(lambda name: commands_of(self)[name]())
        self.pages.insertWidget(0, self.content)
        self.pages.setCurrentIndex(0)
        self.menu = WindowMenu(self, self.services.phrases, commands_of(self), lambda: self.commands)
        self.actions_by_name = self.menu.actions
        self.draft_label.setText(self._word("status", "draft"))
        self.store_link.show_again()
        self._show_undo()

    def _build_status(self) -> None:
        self.kept_label, self.draft_label = QLabel(self), QLabel(self)
        for label in (self.kept_label, self.draft_label):
            label.setContentsMargins(10, 0, 10, 0)
        self.statusBar().addWidget(self.kept_label, 1)
        self.statusBar().addPermanentWidget(self.draft_label)
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        services = self.services
        self.keeper.number_changed.connect(self._show_title)
        self.keeper.kept.connect(self.store_link.tell_kept)
        self.keeper.failed.connect(self.store_link.tell_not_kept)
        self.document.answered.connect(self.settings.remember_workplace)
        self.document.undo_stack.indexChanged.connect(self._show_undo)
        services.store.opened.connect(self.store_link.use_store)
        services.store.failed.connect(self.store_link.tell_no_store)
        services.settings.changed.connect(self._follow_settings)
        services.appearance.changed.connect(self._use_palette)
        self.day = DayWatch(self.document, services, lambda notices: self.plan_view.say(notices), self)
        self.idle = IdleWatch(lambda: services.settings.current.hide_after_minutes, self)
        self.idle.idle.connect(self.hide_case)
        self.idle.exposed.connect(self._work_after_showing().start)

    # --- the parts of the content, which is another after a change of language

    @property
    def banner(self) -> "Banner":
        """Who the patient is."""
        return self.content.banner

    @property
    def bar(self) -> MessageBar:
        """What the program says without interrupting."""
        return self.content.bar

    @property
    def tabs(self) -> QTabBar:
        """Plan or letter."""
        return self.content.tabs

    @property
    def steps(self) -> "StepList":
        """The steps at the left."""
        return self.content.steps

    @property
    def wizard(self) -> "CaseWizard":
        """The questions."""
        return self.content.wizard

    @property
    def right(self) -> QStackedWidget:
        """Where plan and letter stand."""
        return self.content.right

    @property
    def plan_view(self) -> "PlanView":
        """The plan beside the wizard."""
        return self.content.plan_view

    @property
    def preview(self) -> "LetterPreview":
        """The letter beside the wizard."""
        return self.content.preview

    # --- what is made when it is first needed

    @cached_property
    def commands(self) -> "CaseCommands":
        """What can be done with whole cases."""
        from desktop_app.window.commands.cases import CaseCommands
        from desktop_app.window.dialogs.kept_cases import choose_case_in_dialog

        return CaseCommands(self, self.services, choose_case_in_dialog)

    @cached_property
    def patients(self) -> "PatientCommands":
        """How a patient comes from a file."""
        from desktop_app.window.commands.patients import PatientCommands
        from desktop_app.window.dialogs.patient import choose_in_dialog

        return PatientCommands(self, self.services, choose_in_dialog)

    @cached_property
    def letter(self) -> "LetterCommands":
        """How the letter leaves."""
        from desktop_app.window.commands.papers import LetterCommands

        return LetterCommands(self, self.services)

    @cached_property
    def handbook(self) -> "HandbookCommands":
        """How the program is used."""
        from desktop_app.window.commands.handbook import HandbookCommands

        return HandbookCommands(self, self.services)

    @cached_property
    def meeting(self) -> "MeetingCommands":
        """The full screen for the MDO."""
        from desktop_app.window.commands.meeting import MeetingCommands

        return MeetingCommands(self, self.services)

    @cached_property
    def long_work(self) -> "LongWork":
        """What the user may have to wait for."""
        from desktop_app.window.long_work import LongWork

        return LongWork(self.services, lambda: self.messages, self)

    @cached_property
    def cover(self) -> HideCover:
        """What hides the case."""
        cover = HideCover(self._word("cover", "text"), self.colours, self)
        cover.lifted.connect(self.show_case)
        self.pages.addWidget(cover)
        return cover

    def _work_after_showing(self) -> FirstWork:
        """Case, planner, plan and its reasons come after the window: it is on the screen before they are loaded."""
        pieces = (
            self.document.begin,
            lambda: self.services.edition.planner,
            lambda: self.content.show_current_view(),
            self.document.full_plan,
            self.idle.restart,
            self._translate_qt,
            self._show_icon,
        )
        return FirstWork(pieces, self)

    # --- what is shown

    def _show_title(self, *_: object) -> None:
        number = self.keeper.number
        self.setWindowTitle(self._word("title", "case", number=number) if number else self._word("title", "no_case"))
        self.banner.show_case_number(number)

    def _show_undo(self, *_: object) -> None:
        stack = self.document.undo_stack
        self.menu.show_undo(stack.canUndo(), stack.undoText(), stack.canRedo(), stack.redoText())

    def hide_case(self) -> None:
        """Hide everything until somebody says to go on."""
        self.long_work.abandon()  # a patient who comes from a file would be shown
        self.pages.setCurrentWidget(self.cover)
        self.menuBar().setEnabled(False)
        self.cover.setFocus()

    def show_case(self) -> None:
        """Show the case again."""
        self.pages.setCurrentIndex(0)
        self.menuBar().setEnabled(True)
        self.idle.restart()
        self.wizard.current_page.focus_first()

    def _use_palette(self, palette: Palette) -> None:
        """Draw with other colours; nothing else changes."""
        self.colours = palette
        self.content.use_palette(palette)
        if "cover" in self.__dict__:
            self.cover.use_palette(palette)

    def _follow_settings(self) -> None:
        self.idle.restart()
        self.services.appearance.choose(self.services.settings.current.appearance)
        if self.content.language != self.services.settings.current.language:
            self._change_language()

    def _change_language(self) -> None:
        """Build the content anew in the language of the settings; the case, its undo steps and the place stay."""
        from desktop_app.window.language import use_language

        use_language(self.services)
        self._translate_qt()
        is_hidden = self.pages.currentWidget() is not self.content
        step, view, sizes = self.wizard.current_step, self.tabs.currentIndex(), self.content.splitter.sizes()
        warning = self.bar.warning  # what must not be missed stays, in the words in which it was said
        self.menu.discard()
        old = self.content
        self.pages.removeWidget(old)
        old.deleteLater()
        if "cover" in self.__dict__:
            self.pages.removeWidget(self.cover)
            self.cover.deleteLater()
            del self.cover
        self._build_content()
        self.content.splitter.setSizes(sizes)
        self.wizard.go_to_step(step)
        self.tabs.setCurrentIndex(view)
        self.content.show_current_view()
        if warning:
            self.bar.say(warning, "caution")
        self._show_title()
        if is_hidden:
            self.hide_case()

    def _translate_qt(self) -> None:
        from desktop_app.window.language import translate_qt

        translate_qt(self.services.phrases.language)

    def _show_icon(self) -> None:
        """The sign of the program, on all its windows: reading it takes longer than the window may wait."""
        if QApplication.windowIcon().isNull():
            from desktop_app.looks.icon import program_icon

            QApplication.setWindowIcon(program_icon())

    def tell_time_changed(self, since: datetime.date) -> None:
        """Say so when the plan of a reopened case has changed by time alone."""
        self.day.tell_time_changed(since)

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
        """Open a file with a case, or take over the patient of a FHIR file."""
        self.commands.open_file(path)

    def tell_defect(self, error: BaseException) -> None:
        """Say that the program went wrong; what is reported can be read before it is saved, and names no patient."""
        from desktop_app.window.defect_report import tell_defect

        tell_defect(error, self.messages, self.services)

    def _word(self, *keys: str, **details: object) -> str:
        return self.services.window_words(*keys, **details)

    def appear(self) -> None:
        """Come on the screen: where and as large as the window was left, as far as the screen allows."""
        appear_in_place(self, self.content.splitter, self.services.settings.folder)
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
        self.leaving.emit()
        keep_place(self, self.content.splitter, self.services.settings.folder)
        self.keeper.leave()
        self.long_work.abandon()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file can be dropped, unless the case is hidden: what is asked about a patient would show it."""
        if self.pages.currentWidget() is self.content and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped: each case as one of its own, a FHIR patient in the case of this window."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.open_file(Path(url.toLocalFile()))


def main(file: Path | None = None) -> int:
    """Start the program with its window."""
    from desktop_app.window.start import main as start

    return start(file)
