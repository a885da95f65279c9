"""A plan is made for a day. This handles a day that passes, and a case that was saved on an earlier day."""

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.case.document import CaseDocument
from desktop_app.window.services import Services
from guideline_core.age import age_on

if TYPE_CHECKING:  # the classes of a plan are loaded after the window is on the screen
    from guideline_core.plan import Plan

MINUTE_MS = 60_000


class DayWatch(QObject):
    """Checks every minute whether the day has changed, and says what that changed in the plan."""

    def __init__(
        self,
        document: CaseDocument,
        services: Services,
        tell: "Callable[[Plan, tuple[str, ...]], None]",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._services = services
        self._tell = tell
        self._day = services.today()
        clock = QTimer(self, interval=MINUTE_MS)
        clock.timeout.connect(self.look)
        clock.start()

    def look(self) -> None:
        """After midnight, make the plan for the new day."""
        if self._document.day != self._day:
            since, self._day = self._day, self._document.day
            self._document.replan()
            self.tell_time_changed(since)

    def tell_time_changed(self, since: datetime.date) -> None:
        """Have it told when the passing of time alone has changed the plan."""
        document = self._document
        if since == document.day:
            return
        before = self._services.edition.planner.make_bare_plan(document.case, since)
        came_of_age = self._is_child_on(since) and not self._is_child_on(document.day)
        self._tell(before, ("time_changed", "now_adult") if came_of_age else ("time_changed",))

    def _is_child_on(self, day: datetime.date) -> bool:
        birth_date = self._document.case.patient.birth_date
        limit = self._services.edition.compiled.thresholds.child_below_years
        return birth_date is not None and age_on(birth_date, day) < limit
