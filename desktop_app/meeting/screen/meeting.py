"""A meeting on the full screen: opened on the second monitor when there is one, led from case to case, and left."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_app.case.open_case import OpenCase
from desktop_app.meeting.round import Round, RoundCase, cases_of_round
from desktop_app.meeting.screen.meeting_screen import MeetingScreen, ShownCase
from desktop_app.meeting.screen.round_cases import RoundCases
from desktop_app.meeting.screen.screen_choice import screen_for_meeting
from desktop_app.store.problems import StoreProblem
from desktop_app.store.store import RecentCase


class Meeting(QObject):
    """Shows the cases of a round, one at a time. It ends when the case that is shown closes with its window."""

    opened = Signal(object)  # a screen is shown; its window of the system
    left = Signal()

    def __init__(self, cases: RoundCases, new_screen: Callable[[], MeetingScreen], window: QWidget) -> None:
        super().__init__(window)
        self._cases = cases
        self._new_screen = new_screen
        self._window = window
        self._round = Round((RoundCase(""),), "")
        self._shown: OpenCase | None = None
        self.screen: MeetingScreen | None = None

    # --- opening and leaving

    def open(self, recent: Iterable[RecentCase]) -> None:
        """Open the full screen with the case of the window; recent cases join the round."""
        saved = [RoundCase(case.number, case.changed) for case in recent]
        self._round = Round(cases_of_round(self._cases.numbers, saved), self._cases.own.number)
        self._open_screen()
        self._show()

    def leave(self) -> None:
        """Go back to the window; all answers are saved."""
        screen, self.screen = self.screen, None
        if screen is None:
            return
        screen.discard()
        self._let_go()
        self.left.emit()

    def _open_screen(self) -> None:
        screen = self._new_screen()
        screen.step_wanted.connect(self.step)
        screen.left.connect(self.leave)
        chosen = screen_for_meeting(QGuiApplication.screens(), self._window.screen())
        if chosen is not None:
            screen.setScreen(chosen)
            screen.setGeometry(chosen.geometry())
        self.screen = screen
        screen.showFullScreen()
        screen.activateWindow()
        handle = screen.windowHandle()
        if handle is not None:
            self.opened.emit(handle)

    def hide_identity(self) -> None:
        """The program was not used for some time: keep the case on the screen, and hide who it is."""
        if self.screen is not None and self.screen.shows_identity:
            self.screen.toggle_identity()

    def speak(self, language: str) -> None:
        """Continue in this language."""
        if self.screen is not None and self.screen.language != language:
            self.remake()

    def remake(self) -> None:
        """Show the same case on a new screen: a screen has one language and one palette for its whole life."""
        old, self.screen = self.screen, None
        if old is not None:
            old.discard()
            self._open_screen()
            self._show()

    # --- from case to case

    def step(self, by: int) -> None:
        """Go to another case, if there is one."""
        if self._round.step(by):
            self._let_go()
            self._show()

    def _show(self) -> None:
        if self.screen is None:
            return
        current, case, problem = self._round.current, None, None
        try:
            case = self._cases.take(current.number)
        except StoreProblem as why_not:
            problem = why_not
        self._listen(case)
        document, number = (None, current.number) if case is None else (case.document, case.number)
        place, count = self._round.place, self._round.count
        self.screen.show_case(ShownCase(document, number, place, count, current.changed, problem))

    def _let_go(self) -> None:
        """Stop showing the case; release it when it is in no window."""
        self._listen(None)
        if self._cases.has_opened and self.screen is not None:
            self.screen.let_go()
        self._cases.release()

    # --- the case that is shown

    def _listen(self, case: OpenCase | None) -> None:
        """Show on the screen, where everybody looks, when answers cannot be saved."""
        old, self._shown = self._shown, case
        if old is not None:
            old.autosave.failed.disconnect(self._tell_not_kept)
            old.autosave.kept.disconnect(self._tell_kept)
            old.closing.disconnect(self.leave)
        if case is not None:
            case.autosave.failed.connect(self._tell_not_kept)
            case.autosave.kept.connect(self._tell_kept)
            case.closing.connect(self.leave)

    def _tell_not_kept(self, problem: StoreProblem) -> None:
        if self.screen is not None:
            self.screen.tell_not_kept(problem)

    def _tell_kept(self, _time: object) -> None:
        if self.screen is not None:
            self.screen.tell_not_kept(None)
