"""Work that the user asked for and may have to wait for. A thread does it, the bar says so, and it can be cancelled.

Work that takes more than a moment is announced, with a button that cancels it. Work that changes anything outside the
window commits first (`Job.commit`): either the user cancelled before that, and nothing happens, or it is completed and
told.
"""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop_app.window.messages import Messages
from desktop_app.window.services import Services
from desktop_app.window.tasks import FailureReceiver, Result

SAID_AFTER_MS = 500
"""How long work may take before the user is told."""


class Cancelled(Exception):
    """The user cancelled the work."""


class Job:
    """Work under way, shared by the thread that does it and the user who waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_committed = False
        self.is_cancelled = False

    def commit(self) -> None:
        """From here on the work cannot be cancelled; raises Cancelled when it was cancelled before."""
        with self._lock:
            if self.is_cancelled:
                raise Cancelled
            self._is_committed = True

    def cancel(self) -> bool:
        """Cancel the work; False when it is too late."""
        with self._lock:
            self.is_cancelled = not self._is_committed
            return self.is_cancelled


class LongWork:
    """The long work of one window."""

    def __init__(self, services: Services, messages: Messages, parent: QObject) -> None:
        self._services = services
        self._messages = messages
        self._parent = parent
        self._started = 0
        self._for_window: dict[Job, QTimer] = {}

    def start(
        self,
        words: str,
        work: Callable[[Job], Result],
        done: Callable[[Result], None],
        failed: FailureReceiver,
        *,
        outlives_window: bool = False,
    ) -> None:
        """Do the work in another thread, then call `done` or `failed` here, unless it was cancelled. `words` say what
        is under way. Work that sends something away outlives the window; work that brings something in ends with it."""
        job, timer = Job(), QTimer(self._parent, singleShot=True, interval=SAID_AFTER_MS)
        timer.timeout.connect(lambda: self._say(job, words))
        timer.start()
        if not outlives_window:
            self._for_window[job] = timer
        self._started += 1  # a purpose of its own, so that no job replaces another
        self._services.tasks.run(
            f"long work {id(self)} {self._started}",
            lambda: work(job),
            lambda result: self._end(job, timer, words, done, result),
            lambda error: self._end(job, timer, words, failed, error),
            must_end=outlives_window,
        )

    def abandon(self) -> None:
        """The window closes or is hidden: cancel what would still come into it."""
        for job, timer in tuple(self._for_window.items()):
            if job.cancel():
                timer.stop()
                self._tell("cancelled")

    def _say(self, job: Job, words: str) -> None:
        self._messages.offer(words, self._word("cancel"), lambda: self._cancel(job))

    def _cancel(self, job: Job) -> None:
        self._tell("cancelled" if job.cancel() else "too_late")

    def _end(self, job: Job, timer: QTimer, words: str, receive: Callable[[Result], None], outcome: Result) -> None:
        timer.stop()
        timer.deleteLater()
        self._for_window.pop(job, None)
        if job.is_cancelled:
            return
        self._messages.withdraw(words)
        receive(outcome)

    def _tell(self, key: str) -> None:
        self._messages.inform(self._word(key))

    def _word(self, key: str) -> str:
        return self._services.window_words("long_work", key)
