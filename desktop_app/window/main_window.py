"""A window, and all windows together. A window connects its parts and its commands, and decides little itself.

Parts in a language are replaced when another language is chosen. Whatever outlives them therefore gets a function that
returns the current content. `start` tells in which order a window is built.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget

from desktop_app.case.open_case import OpenCase
from desktop_app.looks.icon import program_icon
from desktop_app.looks.palette import Palette
from desktop_app.window.command import Offered
from desktop_app.window.commands.answers import answer_commands
from desktop_app.window.commands.cases import CaseCommands
from desktop_app.window.commands.files import FileCommands
from desktop_app.window.commands.help import HelpCommands
from desktop_app.window.commands.meeting import MeetingCommands
from desktop_app.window.commands.papers import PaperCommands
from desktop_app.window.commands.patients import PatientCommands
from desktop_app.window.commands.settings import SettingsCommands
from desktop_app.window.commands.view import view_commands
from desktop_app.window.commands.window import window_commands
from desktop_app.window.first_work import FirstWork
from desktop_app.window.keeping import Keeping
from desktop_app.window.language import translate_qt, use_language
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import Messages
from desktop_app.window.parts.content import WindowContent
from desktop_app.window.parts.cover import HideCover, IdleWatch, close_all_before, stands_before
from desktop_app.window.parts.day import DayWatch
from desktop_app.window.parts.menu import WindowMenu
from desktop_app.window.parts.place import appear_in_place, keep_place
from desktop_app.window.services import Services
from desktop_app.window.window_messages import WindowMessages


class MainWindow(QMainWindow):
    """One case in one window."""

    def __init__(self, services: Services, windows: "Windows") -> None:
        super().__init__()
        self.services = services
        self._windows = windows
        self.case = OpenCase(services.edition, services.now, self, services.empty_case)
        self.document, self.autosave = self.case.document, self.case.autosave
        self.messages: Messages = services.messages or WindowMessages(
            self, lambda: self.content.bar, lambda: services.phrases
        )
        self.long_work = LongWork(services, self.messages, self)
        self.idle = IdleWatch(lambda: services.settings.current.hide_after_minutes, self)
        self.day = DayWatch(
            self.document,
            services,
            self.messages,
            self.autosave.recent,
            lambda *told: self.content.plan_view.tell_time_changed(*told),
            self,
        )
        self.kept_label, self.draft_label = QLabel(self), QLabel(self)
        self._make_case_commands()
        self._make_other_commands()
        self.keeping = Keeping(self.case, self.cases, self.messages, services, self.kept_label.setText)
        self.pages = QStackedWidget(self)
        self.setCentralWidget(self.pages)
        self.setAcceptDrops(True)
        self._build_status()
        self._build_content()
        self._connect()
        self._show_title()
        self.keeping.use_store()

    # --- building

    def _make_case_commands(self) -> None:
        """The commands for cases and patients; each gets only the parts that it needs."""
        case, messages, work, services = self.case, self.messages, self.long_work, self.services
        self.cases = CaseCommands(
            case,
            messages,
            services,
            self,
            another=lambda: self._windows.open().cases,
            choose_file=lambda: self.files.choose(),
            tell_time_changed=self.day.tell_time_changed,
        )
        self.patients = PatientCommands(
            self.document, messages, work, services, self, lambda: self.content.wizard.go_to_step("patient")
        )
        self.files = FileCommands(case, self.cases.start, self.patients, messages, work, services)
        self.papers = PaperCommands(case, lambda: self.content.preview, self._text_of_plan, messages, work, services)

    def _text_of_plan(self) -> str:
        return self.content.plan_view.text_of(self.document.full_plan())

    def _make_other_commands(self) -> None:
        self.settings = SettingsCommands(self.document, self.messages, self.services, self)
        self.help = HelpCommands(lambda: self.content.chapter, self.messages, self.services, self)
        self.meeting = MeetingCommands(
            self.case,
            self.cases,
            self.idle,
            self.services,
            self,
            in_windows=self._windows.cases,
            hide=self.hide_case,
            open_handbook=self.help.open_at,
        )

    def _offered(self) -> Sequence[Offered]:
        """Everything that the menus offer."""
        return (
            *self.cases.commands,
            *self.files.commands,
            *self.patients.commands,
            *self.papers.commands,
            *answer_commands(self.document.undo_stack),
            *view_commands(self.content),
            *self.meeting.commands,
            *self.settings.commands,
            *self.help.commands,
            *window_commands(self.hide_case, self.close),
        )

    def _build_content(self) -> None:
        """Build everything that is in a language."""
        colours = self.services.appearance.palette
        self.content = WindowContent(self.document, self.services, colours, lambda: self.case.number, self)
        self.content.sender_wanted.connect(self.settings.ask)
        self.content.attach_chosen.connect(self.settings.attach)
        self.content.print_wanted.connect(self.papers.print_shown)
        self.content.save_wanted.connect(self.papers.save_shown)
        self.content.copy_wanted.connect(self.papers.copy_letter)
        self.pages.insertWidget(0, self.content)
        self.pages.setCurrentIndex(0)
        self.menu = WindowMenu(self, self.services.phrases, self._offered())
        self.draft_label.setText(self._word("status", "draft"))
        self.keeping.show_again()

    def _build_status(self) -> None:
        for label in (self.kept_label, self.draft_label):
            label.setContentsMargins(10, 0, 10, 0)
        self.statusBar().addWidget(self.kept_label, 1)
        self.statusBar().addPermanentWidget(self.draft_label)
        self.statusBar().setSizeGripEnabled(False)

    def _connect(self) -> None:
        services = self.services
        self.autosave.number_changed.connect(self._show_title)
        self.autosave.kept.connect(services.saw_kept)
        services.store.opened.connect(self.day.look_at_kept)
        self.document.answered.connect(self.settings.remember_workplace)
        self.document.history_moved.connect(lambda _index: self.menu.refresh())
        self.case.closing.connect(self.help.close)
        services.settings.changed.connect(self._follow_settings)
        services.appearance.changed.connect(self._use_palette)
        self.idle.idle.connect(self.hide_case)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._watch_dialog)
        self.idle.exposed.connect(self._work_after_showing().start)

    @cached_property
    def cover(self) -> HideCover:
        """What hides the case; built when it is first needed."""
        cover = HideCover(self._word("cover", "text"), self.services.appearance.palette, self)
        cover.lifted.connect(self.show_case)
        self.pages.addWidget(cover)
        return cover

    def _work_after_showing(self) -> FirstWork:
        """What is done after the window is on the screen, piece by piece."""
        pieces = (
            self.document.begin,
            lambda: self.services.edition.planner,
            lambda: self.content.show_current_view(),
            self.document.full_plan,
            self.day.look_at_kept,
            self.idle.restart,
            self._translate_qt,
            self._show_icon,
        )
        return FirstWork(pieces, self)

    # --- what is shown

    def _watch_dialog(self, focused: QWindow | None) -> None:
        """Who works in a dialog of this window uses the window."""
        handle = self.windowHandle()
        if handle is not None and focused is not None and stands_before(handle, focused):
            self.idle.watch(focused)
            self.idle.restart()

    def _show_title(self, *_: object) -> None:
        number = self.case.number
        self.setWindowTitle(self._word("title", "case", number=number) if number else self._word("title", "no_case"))
        self.content.banner.show_case_number(number)

    def hide_case(self) -> None:
        """Hide everything until the user presses a key or clicks."""
        self.long_work.abandon()  # a patient who comes from a file would be shown
        close_all_before(self)
        self.pages.setCurrentWidget(self.cover)
        self.pages.removeWidget(self.content)
        self.content.setParent(None)  # out of what a screen reader can walk through
        self.menuBar().setEnabled(False)
        self.cover.setFocus()

    def show_case(self) -> None:
        """Show the case again."""
        self.pages.insertWidget(0, self.content)
        self.pages.setCurrentIndex(0)
        self.menuBar().setEnabled(True)
        self.idle.restart()
        self.content.wizard.current_page.focus_first()

    def _use_palette(self, palette: Palette) -> None:
        """Draw with other colours; nothing else changes."""
        self.content.use_palette(palette)
        if "cover" in self.__dict__:
            self.cover.use_palette(palette)

    def _follow_settings(self) -> None:
        self.idle.restart()
        self.services.appearance.choose(self.services.settings.current.appearance)
        if self.content.language != self.services.settings.current.language:
            self._change_language()

    def _change_language(self) -> None:
        """Rebuild the content in the language of the settings. The case, its undo steps and what is shown stay."""
        use_language(self.services)
        self._translate_qt()
        is_hidden = self.pages.currentWidget() is not self.content
        sight = self.content.sight
        bar = self.content.bar
        self._discard_content()
        self._build_content()
        self.content.look_at(sight)
        self.content.bar.take_over_warnings(bar)  # they must not be lost; they stay in their old words
        self._show_title()
        if is_hidden:
            self.hide_case()

    def _discard_content(self) -> None:
        self.menu.discard()
        self.pages.removeWidget(self.content)
        self.content.deleteLater()
        if "cover" in self.__dict__:
            self.pages.removeWidget(self.cover)
            self.cover.deleteLater()
            del self.cover

    def _translate_qt(self) -> None:
        translate_qt(self.services.phrases.language)

    def _show_icon(self) -> None:
        """Put the icon of the program on all its windows; reading it takes longer than the window may wait."""
        if QApplication.windowIcon().isNull():
            QApplication.setWindowIcon(program_icon())

    def _word(self, *keys: str, **details: object) -> str:
        return self.services.window_words(*keys, **details)

    def appear(self) -> None:
        """Show the window where it was left and as large, as far as the screen allows."""
        appear_in_place(self, self.content.splitter, self.services.settings.folder)
        self.activateWindow()

    # --- overrides

    def showEvent(self, event: QShowEvent) -> None:
        """Watch whether the window is used, now that the system has made it."""
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            self.idle.watch(handle)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save everything; ask the user about what cannot be saved."""
        if not self.keeping.may_close():
            event.ignore()
            return
        self.case.close()
        keep_place(self, self.content.splitter, self.services.settings.folder)
        self.long_work.abandon()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files, unless the case is hidden: a question about a patient would reveal it."""
        if self.pages.currentWidget() is self.content and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the files that were dropped: each case as a new case, a FHIR patient in the case of this window."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.files.open(Path(url.toLocalFile()))


class Windows:
    """All windows of this program."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.open_ones: list[MainWindow] = []

    def open(self) -> MainWindow:
        """Open one more window."""
        window = MainWindow(self.services, self)
        self.open_ones = [*(each for each in self.open_ones if each.isVisible()), window]
        window.appear()
        window.content.wizard.current_page.focus_first()
        return window

    def cases(self) -> list[OpenCase]:
        """The cases in the windows that are on the screen."""
        return [window.case for window in self.open_ones if window.isVisible()]
