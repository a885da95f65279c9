"""Opens the cases of a round. A case in a window is taken from there; any other case is opened from the store.

A case from the store is open as long as it is on the screen, and is released afterwards. Answers to it are saved like
any other answer.
"""

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from desktop_app.case.document import Guideline
from desktop_app.case.open_case import OpenCase
from desktop_app.store.problems import StoreProblem
from desktop_app.store.store import Store


class RoundCases:
    """The cases of a meeting that is held from one window."""

    def __init__(
        self,
        own: OpenCase,
        in_windows: Callable[[], Sequence[OpenCase]],
        guideline: Guideline,
        now: Callable[[], datetime.datetime],
        store: Callable[[], Store | None],
        parent: QObject,
    ) -> None:
        self.own = own
        """The case of the window itself: the meeting begins with it."""
        self._in_windows = in_windows
        self._guideline = guideline
        self._now = now
        self._store = store
        self._parent = parent
        self._from_store: OpenCase | None = None

    @property
    def numbers(self) -> list[str]:
        """The numbers of the cases in windows, its own first."""
        return [self.own.number, *(each.number for each in self._in_windows() if each.number)]

    def take(self, number: str) -> OpenCase:
        """The case with this number; raises a StoreProblem when it cannot be opened."""
        if not number:  # only the case of this window comes along unsaved; by now it may have a number
            return self.own
        for case in (self.own, *self._in_windows()):
            if case.number == number:
                return case
        if self._from_store is None or self._from_store.number != number:
            self.release()
            self._from_store = self._opened(number)
        return self._from_store

    @property
    def has_opened(self) -> bool:
        """Whether a case from the store is open."""
        return self._from_store is not None

    def release(self) -> None:
        """Save and release the case from the store, if one is open."""
        case, self._from_store = self._from_store, None
        if case is not None:
            _close(case)

    def _opened(self, number: str) -> OpenCase:
        store = self._store()
        if store is None:
            raise ValueError("a saved case is shown and there is no store")
        case = OpenCase(self._guideline, self._now, self._parent)
        case.autosave.use_store(store)
        try:
            case.autosave.open_case(number)
        except StoreProblem:
            _close(case)
            raise
        return case


def _close(case: OpenCase) -> None:
    case.close()
    case.deleteLater()
