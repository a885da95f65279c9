"""The one door to threads. Work that would keep the window waiting runs here, and reports in the thread of the window.

Work takes immutable values and returns a value; it touches no widget and no document. When a newer job with the same
purpose was started, the result of the older job is dropped.
"""

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar, cast

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

logger = logging.getLogger(__name__)

LONGEST_END_MS = 30_000
"""How long the program waits at its end for what it sends away: a share that is gone takes a file for ever."""
MOMENT_MS = 1_000

Result = TypeVar("Result")
FailureReceiver = Callable[[Exception], None]


class Tasks(Protocol):
    """What the window needs for long work."""

    def run(
        self,
        purpose: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: FailureReceiver,
        *,
        must_end: bool = False,
    ) -> None:
        """Do the work; then call `done` or `failed`, unless a newer job has the same purpose. Work that must end is
        waited for when the program ends; other work is left."""

    def wait(self) -> None:
        """Wait until no work is under way."""

    def finish(self) -> bool:
        """The program ends: wait for what must end, and say whether no work is under way any more."""


class ThreadTasks(QObject):
    """Does the work in threads of Qt's pool."""

    _finished = Signal(str, int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool, self._pool_that_must_end = QThreadPool(self), QThreadPool(self)
        self._newest: dict[str, int] = {}
        self._receivers: dict[tuple[str, int], tuple[Callable[[object], None], FailureReceiver]] = {}
        self._finished.connect(self._deliver)

    def run(
        self,
        purpose: str,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: FailureReceiver,
        *,
        must_end: bool = False,
    ) -> None:
        """Start the work; its result is delivered in the thread of the window."""
        number = self._newest.get(purpose, 0) + 1
        self._newest[purpose] = number
        # Each job has a result of a type of its own, and a signal of Qt carries every type.
        self._receivers[purpose, number] = (lambda result: done(cast(Result, result)), failed)
        pool = self._pool_that_must_end if must_end else self._pool
        pool.start(lambda: self._work(purpose, number, work))

    def wait(self) -> None:
        """Wait until all threads are done; their results are delivered when the event loop runs again."""
        self._pool.waitForDone()
        self._pool_that_must_end.waitForDone()

    def finish(self) -> bool:
        """Wait for what must end, not longer than a disk may take, and a moment for the rest."""
        is_sent = self._pool_that_must_end.waitForDone(LONGEST_END_MS)
        return self._pool.waitForDone(MOMENT_MS) and is_sent

    def _work(self, purpose: str, number: int, work: Callable[[], object]) -> None:
        result: object = None
        failure: Exception | None = None
        try:
            result = work()
        except Exception as error:
            failure = error
        self._finished.emit(purpose, number, result, failure)

    @Slot(str, int, object, object)
    def _deliver(self, purpose: str, number: int, result: object, failure: Exception | None) -> None:
        done, failed = self._receivers.pop((purpose, number))
        if self._newest[purpose] != number:
            return
        if failure is None:
            done(result)
        else:
            logger.warning("work for %s failed: %s", purpose, type(failure).__name__)
            failed(failure)
