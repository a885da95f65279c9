"""What a window does about the saved cases: keeps its own, offers the last one, and says whether all is kept."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QLabel

from desktop_app.case.document import CaseDocument
from desktop_app.case.keeper import CaseKeeper
from desktop_app.window.messages import Messages
from desktop_app.window.parts.message_bar import MessageBar
from desktop_app.window.services import Services

if TYPE_CHECKING:
    from desktop_app.store.problems import StoreProblem
    from desktop_app.window.commands.cases import CaseCommands


class KeepingWindow(Protocol):
    """What this needs of its window."""

    document: CaseDocument
    keeper: CaseKeeper
    messages: Messages
    kept_label: QLabel

    @property
    def bar(self) -> MessageBar:
        """Where the last case is offered."""

    @property
    def commands(self) -> "CaseCommands":
        """What can be done with whole cases."""


class StoreLink:
    """Between one window and the store."""

    def __init__(self, window: KeepingWindow, services: Services, offers_last_case: bool) -> None:
        self._window = window
        self._services = services
        self._offers_last_case = offers_last_case
        self._words: Callable[[], str] = lambda: self._word("nothing_to_keep")

    def use_store(self) -> None:
        """The saved cases are there: keep this one, and offer the last one."""
        store = self._services.store.for_window()
        keeper = self._window.keeper
        if store is None or keeper.is_open:
            return
        from desktop_app.store.problems import StoreProblem

        try:
            keeper.use_store(store)
        except StoreProblem as problem:
            self.tell_not_kept(problem)
            return
        has_news = not self._window.bar.isHidden()  # such as that the file to open is not there
        if self._window.document.is_empty() and self._offers_last_case and not has_news:
            self._offer_last_case()

    def _offer_last_case(self) -> None:
        last = self._window.commands.latest()
        if last is None:
            return
        date = self._services.phrases.moment(last.changed)
        text = self._services.window_words("message", "continue_case", number=last.number, date=date)
        button = self._services.window_words("message", "continue_button")
        self._window.bar.offer(text, button, lambda: self._window.commands.open_number(last.number))

    def tell_kept(self, time: datetime.datetime) -> None:
        """All answers were stored."""
        self._show(lambda: self._word("kept", time=f"{time:%H:%M:%S}"))

    def tell_not_kept(self, problem: "StoreProblem") -> None:
        """Answers are not stored."""
        self._show(lambda: self._word("not_kept"))
        self._window.messages.tell(problem)

    def tell_no_store(self, error: Exception) -> None:
        """The store cannot be opened."""
        from desktop_app.store.problems import StoreProblem

        if isinstance(error, StoreProblem):
            self.tell_not_kept(error)
        else:
            self._show(lambda: self._word("not_kept"))
            raise error

    def show_again(self) -> None:
        """Say it in the words of now."""
        self._window.kept_label.setText(self._words())

    def _show(self, words: Callable[[], str]) -> None:
        self._words = words
        self.show_again()

    def _word(self, key: str, **details: object) -> str:
        return self._services.window_words("status", key, **details)
