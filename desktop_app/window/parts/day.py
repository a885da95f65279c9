"""A plan is made for a day. This handles a day that passes, a clock that is wrong, and a case of an earlier day."""

import datetime
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.case.document import CaseDocument
from desktop_app.library.day import Today
from desktop_app.store.problems import StoreProblem
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services
from guideline_core.age import age_on

if TYPE_CHECKING:  # the classes of a plan are loaded after the window is on the screen
    from desktop_app.store.store import RecentCase
    from guideline_core.plan import Plan

logger = logging.getLogger(__name__)

MINUTE_MS = 60_000


class DayWatch(QObject):
    """Checks every minute whether the day has changed and the clock can be right, and says what that changed."""

    def __init__(
        self,
        document: CaseDocument,
        services: Services,
        messages: Messages,
        recent: "Callable[[], Sequence[RecentCase]]",
        tell: "Callable[[Plan, tuple[str, ...]], None]",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._services = services
        self._messages = messages
        self._recent = recent
        self._tell = tell
        self._seen = Today(services.today())
        clock = QTimer(self, interval=MINUTE_MS)
        clock.timeout.connect(self.look)
        clock.start()

    def look_at_kept(self) -> None:
        """Learn when the last answer was kept, and look whether the clock can be right."""
        try:
            last = next(iter(self._recent()), None)
        except StoreProblem as problem:  # who opens the saved cases is told
            logger.warning("when the last answer was kept is not known: %s", problem.key)
            last = None
        if last is not None:
            self._services.saw_kept(last.changed)
        self.look()

    def look(self) -> None:
        """Make the plan anew when the day is another, and whenever the clock is found wrong or right again."""
        before, self._seen = self._seen, self._services.present()
        if self._seen == before:
            return
        if self._seen.is_doubted:
            day = self._services.phrases.date(self._seen.date)
            self._messages.warn(self._services.window_words("clock", "wrong", day=day))
        self._document.replan()
        if self._document.case.reference_date is None:
            self.tell_time_changed(before.date)

    def tell_time_changed(self, since: datetime.date) -> None:
        """Have it told when another day alone has changed the plan: that of the clock, which can also be set back."""
        document = self._document
        day = document.day
        if since == day:
            return
        before = self._services.edition.planner.make_bare_plan(document.case, since)
        was_child, is_child = self._is_child_on(since), self._is_child_on(day)
        notices = ["time_changed" if since < day else "earlier_day"]
        if was_child != is_child:
            notices.append("child_again" if is_child else "now_adult")
        self._tell(before, tuple(notices))

    def _is_child_on(self, day: datetime.date) -> bool:
        birth_date = self._document.case.patient.birth_date
        limit = self._services.edition.compiled.thresholds.child_below_years
        return birth_date is not None and age_on(birth_date, day) < limit
