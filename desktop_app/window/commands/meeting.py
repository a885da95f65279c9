"""The meeting of a window: full screen, on the second monitor when there is one, and from case to case.

A case that stands in a window of the program is shown from there. A kept case that no window has is opened for as long
as it is on the screen, and given free after it: answers given to it are kept like any other answer.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.case.document import CaseDocument
from desktop_app.case.keeper import CaseKeeper
from desktop_app.meeting.case_round import RoundCase, cases_of_round
from desktop_app.meeting.screen.meeting_screen import MeetingScreen, Seat
from desktop_app.meeting.screen.screen_choice import screen_for_meeting
from desktop_app.store.problems import StoreProblem
from desktop_app.window.services import Services
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.inputs.base import context_of

if TYPE_CHECKING:
    from desktop_app.window.main_window import MainWindow


class Visit(QObject):
    """A kept case that is on the screen and in no window."""

    def __init__(self, services: Services, number: str, parent: QObject) -> None:
        """Look for the store; nothing is opened yet."""
        super().__init__(parent)
        self.number = number
        self.document = CaseDocument(services.edition, services.today, self)
        self.keeper = CaseKeeper(self.document, services.now, self)
        store = services.store.for_window()
        if store is None:
            raise ValueError("a case is visited and there is no store")
        self.keeper.use_store(store)

    def open(self) -> None:
        """Take the case; raises a StoreProblem."""
        self.keeper.open_case(self.number)

    def end(self) -> None:
        """Keep what was answered, and give the case free."""
        self.keeper.leave()
        self.deleteLater()


class MeetingCommands:
    """Opens the full screen of a window, leads it from case to case, and closes it."""

    def __init__(self, window: "MainWindow", services: Services) -> None:
        self._window = window
        self._services = services
        self._cases: tuple[RoundCase, ...] = ()
        self._place = 0
        self._visit: Visit | None = None
        self._keeper: CaseKeeper | None = None
        self._watched: list[MainWindow] = []
        self.screen: MeetingScreen | None = None
        services.settings.changed.connect(self._follow_language)
        services.appearance.changed.connect(lambda _palette: self._remake())
        window.idle.idle.connect(self._hide_identity)
        self._leave_with(window)

    # --- opening and leaving

    def toggle(self) -> None:
        """Open the full screen, or leave it."""
        if self.screen is not None:
            self.leave()
            return
        own = self._window.keeper.number
        self._cases = cases_of_round([own, *self._numbers_in_windows()], self._recent())
        self._place = [each.number for each in self._cases].index(own)
        self._open_screen()
        self._show()

    def leave(self) -> None:
        """Back to the window; what was answered is kept."""
        screen, self.screen = self.screen, None
        if screen is None:
            return
        screen.discard()
        self._end_visit()
        self._window.activateWindow()

    def _open_screen(self) -> None:
        services = self._services
        screen = MeetingScreen(
            services.edition, services.phrases, services.today, self._window.colours, self._field, self._window
        )
        screen.step_wanted.connect(self.step)
        screen.left.connect(self.leave)
        screen.hide_wanted.connect(self._hide)
        screen.help_wanted.connect(lambda: self._window.handbook.open_at("meeting"))
        chosen = screen_for_meeting(QGuiApplication.screens(), self._window.screen())
        if chosen is not None:
            screen.setScreen(chosen)
            screen.setGeometry(chosen.geometry())
        self.screen = screen
        screen.showFullScreen()
        screen.activateWindow()
        handle = screen.windowHandle()
        if handle is not None:
            self._window.idle.watch(handle)

    def _hide(self) -> None:
        self.leave()
        self._window.hide_case()

    def _hide_identity(self) -> None:
        """Nobody touched the program for some time: the case stays for the room, the name does not."""
        if self.screen is not None and self.screen.shows_identity:
            self.screen.toggle_identity()

    def _follow_language(self) -> None:
        if self.screen is not None and self.screen.language != self._services.phrases.language:
            self._remake()

    def _remake(self) -> None:
        """A screen has one language and one palette for its whole life: others are another screen, of the same case."""
        old, self.screen = self.screen, None
        if old is None:
            return
        old.discard()
        self._open_screen()
        self._show()

    # --- from case to case

    def step(self, by: int) -> None:
        """Go to another case; before the first and after the last there is none."""
        if 0 <= self._place + by < len(self._cases):
            self._end_visit()
            self._place += by
            self._show()

    def _show(self) -> None:
        if self.screen is None:
            return
        case = self._cases[self._place]
        document, problem = self._document_of(case.number)
        place, count = self._place + 1, len(self._cases)
        self.screen.show_case(Seat(document, case.number, place, count, case.changed, problem))

    def _document_of(self, number: str) -> tuple[CaseDocument | None, str]:
        """The document of a case, or why there is none."""
        for window in self._windows():
            if window.keeper.number == number:
                self._leave_with(window)
                self._listen(window.keeper)
                return window.document, ""
        if self._visit is None or self._visit.number != number:
            self._end_visit()
            self._visit = Visit(self._services, number, self._window)
            try:
                self._visit.open()
            except StoreProblem as problem:
                self._end_visit()
                return None, self._words_of(problem)
        self._listen(self._visit.keeper)
        return self._visit.document, ""

    def _leave_with(self, window: "MainWindow") -> None:
        """A window that closes gives its case free: then it is not shown any longer."""
        if window not in self._watched:
            self._watched.append(window)
            window.leaving.connect(self.leave)

    def _listen(self, keeper: CaseKeeper) -> None:
        """What cannot be stored is said on the screen that everybody looks at."""
        self._ignore()
        self._keeper = keeper
        keeper.failed.connect(self._tell_not_kept)
        keeper.kept.connect(self._tell_kept)

    def _ignore(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.failed.disconnect(self._tell_not_kept)
            keeper.kept.disconnect(self._tell_kept)

    def _tell_not_kept(self, problem: StoreProblem) -> None:
        if self.screen is not None:
            self.screen.tell_not_kept(self._words_of(problem))

    def _tell_kept(self, _time: object) -> None:
        if self.screen is not None:
            self.screen.tell_not_kept("")

    def _words_of(self, problem: StoreProblem) -> str:
        return problem.message(self._services.phrases)

    def _end_visit(self) -> None:
        visit, self._visit = self._visit, None
        self._ignore()
        if visit is not None:
            if self.screen is not None:
                self.screen.let_go()
            visit.end()

    def _windows(self) -> "Sequence[MainWindow]":
        """This window first, then the others of the program."""
        kind = type(self._window)
        others = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        return [self._window, *(each for each in others if each is not self._window)]

    def _numbers_in_windows(self) -> list[str]:
        return [window.keeper.number for window in self._windows() if window.keeper.number]

    def _recent(self) -> tuple[RoundCase, ...]:
        return tuple(RoundCase(case.number, case.changed) for case in self._window.commands.recent())

    # --- answering

    def _field(self, path: str, document: CaseDocument) -> FieldRow:
        """A question of the wizard; it answers into the document that is on the screen."""
        edition = self._services.edition
        return FieldRow(path, document, context_of(self._services.phrases, edition.field_kinds, lambda: edition.texts))
