"""What a window does about saved cases: saves its own, offers the last one, and says whether everything is saved."""

import datetime
from collections.abc import Callable
from functools import partial

from desktop_app.case.open_case import OpenCase
from desktop_app.store.problems import StoreProblem
from desktop_app.window.commands.cases import CaseCommands
from desktop_app.window.messages import Choice, Messages, Question
from desktop_app.window.services import Services


class Keeping:
    """Connects the case of one window to the store that all share."""

    def __init__(
        self,
        case: OpenCase,
        cases: CaseCommands,
        messages: Messages,
        services: Services,
        show: Callable[[str], None],
    ) -> None:
        self._case = case
        self._cases = cases
        self._messages = messages
        self._services = services
        self._show = show
        self._words: Callable[[], str] = partial(self._word, "status", "nothing_to_keep")
        self._told: StoreProblem | None = None
        case.autosave.kept.connect(self.tell_kept)
        case.autosave.failed.connect(self.tell_not_kept)
        case.autosave.noticed.connect(messages.tell)
        case.autosave.store_wanted.connect(self._want_store)
        services.store.opened.connect(self.use_store)
        services.store.failed.connect(self.tell_no_store)

    def use_store(self) -> None:
        """The store is open: save this case, and offer the last one."""
        autosave = self._case.autosave
        store = self._services.store.for_window()
        if store is None or autosave.is_open:
            return
        self._withdraw()
        autosave.use_store(store)
        if store.only_reads is not None:
            self._tell(store.only_reads)
        if self._case.document.is_empty() and self._messages.is_silent:  # not over news, such as a file that is missing
            self._offer_last_case()

    def _offer_last_case(self) -> None:
        last = next(iter(self._cases.recent()), None)
        if last is None:
            return
        date = self._services.phrases.moment(last.changed)
        text = self._word("message", "continue_case", number=last.number, date=date)
        button = self._word("message", "continue_button")
        self._messages.offer(text, button, partial(self._cases.open_number, last.number))

    def try_again(self) -> None:
        """Open the store, or save what is not saved, once more."""
        self._withdraw()
        if self._case.autosave.is_open:
            self._case.autosave.keep_now()
        else:
            self._services.store.open_store()

    def _want_store(self) -> None:
        """There is something to save, and no store."""
        self._say(partial(self._word, "status", "not_kept"))
        problem = self._services.store.problem
        if isinstance(problem, StoreProblem) and self._told is None:
            self._tell(problem)
        self._services.store.want()

    # --- whether everything is saved

    def tell_kept(self, time: datetime.datetime) -> None:
        """Say that all answers are saved."""
        self._say(lambda: self._word("status", "kept", time=f"{time:%H:%M:%S}"))
        self._withdraw()

    def tell_not_kept(self, problem: StoreProblem) -> None:
        """Say that answers are not saved, and why."""
        if not self._case.autosave.is_kept:
            self._say(partial(self._word, "status", "not_kept"))
        self._tell(problem)

    def tell_no_store(self, error: Exception) -> None:
        """Say that the store cannot be opened."""
        if not self._case.autosave.is_kept:
            self._say(partial(self._word, "status", "not_kept"))
        if not isinstance(error, StoreProblem):
            raise error
        self._tell(error)

    def _tell(self, problem: StoreProblem) -> None:
        """Say a problem as long as it lasts, with a button that tries again where that can help."""
        self._told = problem
        self._messages.tell(problem, self.try_again if problem.can_pass else None)

    def _withdraw(self) -> None:
        """The problem that was told is over."""
        told, self._told = self._told, None
        if told is not None:
            self._messages.withdraw(told.message(self._services.phrases))

    def show_again(self) -> None:
        """Say it again, in the current language."""
        self._show(self._words())

    def _say(self, words: Callable[[], str]) -> None:
        self._words = words
        self.show_again()

    def may_close(self) -> bool:
        """Whether the window may close: everything is saved, or the user accepts the loss of what is not."""
        if self._case.autosave.keep_now() or self._case.document.is_empty():
            return True
        choices = (Choice("close", self._word("closing", "close")), Choice("stay", self._word("closing", "stay")))
        explanation = self._word("closing", "explanation")
        question = Question(self._word("closing", "question"), explanation, choices, safe="stay", grave=True)
        return self._messages.ask(question) == "close"

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)
