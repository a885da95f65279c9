"""What can be done with whole cases: a new one, a saved one, a copy."""

import datetime
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.case.open_case import OpenCase
from desktop_app.store.problems import CaseOpenElsewhere, StoreProblem
from desktop_app.window.command import Command, Entry, Menu, Place, Submenu
from desktop_app.window.messages import Choice, Messages, Question
from desktop_app.window.services import Services

if TYPE_CHECKING:  # the model of a case and the store are loaded after the window is on the screen
    from desktop_app.store.store import RecentCase
    from desktop_app.window.other_day import OtherDayQuestion
    from guideline_core.case import Case

RECENT_SHOWN = 9
"""How many recent cases the menu shows: each has a digit as its key."""


class CaseCommands:
    """The cases of one window. It holds one patient: a case that is opened beside another gets its own window."""

    def __init__(
        self,
        case: OpenCase,
        messages: Messages,
        services: Services,
        parent: QWidget,
        *,
        another: "Callable[[], CaseCommands]",
        choose_file: Callable[[], None],
        tell_time_changed: Callable[[datetime.date], None],
    ) -> None:
        self._case = case
        self._messages = messages
        self._services = services
        self._parent = parent
        self._another = another
        self._choose_file = choose_file
        self._tell_time_changed = tell_time_changed

    @property
    def commands(self) -> tuple[Command | Submenu, ...]:
        """What the menus offer."""
        return (
            Command("new", Place(Menu.FILE, 1, 1), self.new_case, "Ctrl+N"),
            Command("open", Place(Menu.FILE, 1, 2), self.open_dialog, "Ctrl+O"),
            Submenu("recent", Place(Menu.FILE, 1, 3), self._recent_entries),
            Command("save", Place(Menu.FILE, 2, 1), self.save, "Ctrl+S"),
            Command("save_as", Place(Menu.FILE, 2, 2), self.save_as, "Ctrl+Shift+S"),
        )

    @cached_property
    def _other_day(self) -> "OtherDayQuestion":
        """Asks for which day a case from elsewhere is planned."""
        # It needs the model of a case, as does whatever opens one.
        from desktop_app.window.other_day import OtherDayQuestion

        return OtherDayQuestion(self._messages, self._services)

    # --- new and open

    def new_case(self) -> None:
        """Start an empty case."""
        self._target()._case.autosave.start_case(self._services.empty_case())

    def start(self, case: "Case", said: Sequence[str] = (), must_be_seen: bool = False) -> None:
        """Open a case from a file as a new case, and tell what was found in the file; what must be seen stays on the
        screen. As long as the store is not open the case has no number; what was found is told all the same."""
        self._target()._start(case, said, must_be_seen)

    def _start(self, case: "Case", said: Sequence[str], must_be_seen: bool) -> None:
        planned, told = self._other_day.settled(case)
        self._case.autosave.start_case(planned)
        number = self._case.number
        lines = [*([self._opened("imported", number, case)] if number else []), *said, *told]
        if lines:
            tell = self._messages.warn if must_be_seen or told else self._messages.inform
            tell("\n".join(lines))
        if case.reference_date is not None and planned.reference_date is None:
            self._tell_time_changed(case.reference_date)

    def open_dialog(self) -> None:
        """Let the user choose one of the saved cases, or a file."""
        if self._tells_no_store():
            return
        # It lists what the store keeps, and so comes after the store, which is loaded after the window.
        from desktop_app.window.dialogs import kept_cases

        chosen = kept_cases.choose_case(self.recent(), self._services.phrases, self._parent)
        if chosen == kept_cases.FROM_FILE:
            self._choose_file()
        elif chosen is not None:
            self.open_number(chosen)

    def open_number(self, number: str) -> None:
        """Open a saved case."""
        if number == self._case.number:
            self._inform("already_open_here", number=number)
            return
        try:
            self._restore_in(self._target(), number)
        except StoreProblem as problem:
            self._messages.tell(problem)

    def _restore_in(self, target: "CaseCommands", number: str) -> None:
        try:
            target._restore(number)
        except CaseOpenElsewhere as problem:
            if self._wants_to_take_over(problem):
                target._restore(number, take_over=True)

    def _restore(self, number: str, take_over: bool = False) -> None:
        kept = self._case.autosave.open_case(number, take_over=take_over)
        self._messages.inform(self._opened("restored", number, kept.case))
        planned, told = self._other_day.settled(kept.case)
        if planned is not kept.case:
            self._case.document.answer_together(self._other_day.answers(kept.case, planned), is_whole=True)
        if told:
            self._messages.warn("\n".join(told))
        if planned.reference_date is None:
            self._tell_time_changed(kept.case.reference_date or kept.changed.astimezone().date())

    def _opened(self, key: str, number: str, case: "Case") -> str:
        """What is said about a case that was opened, including what was left out."""
        words = self._word("message", key, number=number)
        years = case.patient.age_years
        if years is None or case.patient.birth_date is None:
            return words
        return f"{words} {self._word('message', 'age_left_out', years=years)}"

    def _target(self) -> "CaseCommands":
        """Where another case is opened: here while this window is empty, otherwise in a new window."""
        return self if self._case.document.is_empty() else self._another()

    def _wants_to_take_over(self, problem: StoreProblem) -> bool:
        phrases = self._services.phrases
        choices = (Choice("yes", self._word("taken", "take_over")), Choice("no", self._word("taken", "cancel")))
        question = Question(problem.what(phrases), problem.what_to_do(phrases), choices, safe="no", grave=True)
        return self._messages.ask(question) == "yes"

    # --- recent cases

    def recent(self) -> "tuple[RecentCase, ...]":
        """The saved cases, last changed first. A problem with reading them is told."""
        try:
            return self._case.autosave.recent()
        except StoreProblem as problem:
            self._messages.tell(problem)
            return ()

    def _recent_entries(self) -> list[Entry]:
        """The most recent cases, by number and date."""
        cases = self.recent()[:RECENT_SHOWN]
        entries = [self._recent_entry(place, case) for place, case in enumerate(cases, 1)]
        return entries or [Entry(self._word("open", "none" if self._has_no_problem() else "not_open"))]

    def _has_no_problem(self) -> bool:
        store = self._services.store
        return self._case.autosave.is_open or not (store.is_opening or store.problem)

    def _tells_no_store(self) -> bool:
        """Say why there is no store: it is being opened, or could not be, which is tried again."""
        if self._has_no_problem():
            return False
        if not self._services.store.is_opening:
            self._services.store.open_store()
        if self._services.store.is_opening:
            self._messages.inform(self._word("status", "opening_store"))
        return not self._case.autosave.is_open

    def _recent_entry(self, place: int, case: "RecentCase") -> Entry:
        words = self._word("open", "entry", number=case.number, date=self._services.phrases.moment(case.changed))
        return Entry(f"&{place}  {words}", partial(self.open_number, case.number))

    # --- save

    def save(self) -> None:
        """Save the case. Each answer is saved by itself already; this says so."""
        if self._case.document.is_empty():
            self._inform("nothing_to_save")
        elif self._case.autosave.keep_now():
            self._inform("saved", number=self._case.number)
        elif not self._case.autosave.is_open:
            self._tells_no_store()

    def save_as(self) -> None:
        """Go on with a copy under a new number."""
        if self._case.document.is_empty():
            self._inform("nothing_to_save")
            return
        self._case.autosave.start_case(*self._case.document.snapshot())
        if self._case.number:  # otherwise the problem was told already
            self._inform("saved_as", number=self._case.number)
        elif not self._case.autosave.is_open:
            self._tells_no_store()

    def _inform(self, key: str, **details: object) -> None:
        self._messages.inform(self._word("message", key, **details))

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)
