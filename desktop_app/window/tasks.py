"""The one door to threads: work that would keep the window waiting runs here and reports in the window's own thread.

What goes in is an immutable value, what comes out is a value; work touches no widget and no document. Each job has a
number: when a newer job with the same purpose was started, the result of the older one is dropped.
"""

import logging
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

logger = logging.getLogger(__name__)

Work = Callable[[], Any]
Receiver = Callable[[Any], None]
FailureReceiver = Callable[[Exception], None]


class Tasks(Protocol):
    """What the window needs of whoever does its long work."""

    def run(self, purpose: str, work: Work, done: Receiver, failed: FailureReceiver) -> None:
        """Do the work; then call `done` or `failed`, unless a newer job has the same purpose."""

    def wait(self) -> None:
        """Wait until no work is under way."""


class ThreadTasks(QObject):
    """Does the work in threads of Qt's pool."""

    _finished = Signal(str, int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._newest: dict[str, int] = {}
        self._receivers: dict[tuple[str, int], tuple[Receiver, FailureReceiver]] = {}
        self._finished.connect(self._deliver)

    def run(self, purpose: str, work: Work, done: Receiver, failed: FailureReceiver) -> None:
        """Start the work; its result is delivered in the thread of the window."""
        number = self._newest.get(purpose, 0) + 1
        self._newest[purpose] = number
        self._receivers[purpose, number] = (done, failed)
        self._pool.start(lambda: self._work(purpose, number, work))

    def wait(self) -> None:
        """Wait until all threads are done; their results are delivered when the event loop runs again."""
        self._pool.waitForDone()

    def _work(self, purpose: str, number: int, work: Work) -> None:
        result: Any = None
        failure: Exception | None = None
        try:
            result = work()
        except Exception as error:
            failure = error
        self._finished.emit(purpose, number, result, failure)

    @Slot(str, int, object, object)
    def _deliver(self, purpose: str, number: int, result: Any, failure: Exception | None) -> None:
        done, failed = self._receivers.pop((purpose, number))
        if self._newest[purpose] != number:
            return
        if failure is None:
            done(result)
        else:
            logger.warning("work for %s failed: %s", purpose, type(failure).__name__)
            failed(failure)
