"""Documents for the plan view: the real one is another test's; here plans come and go as a test wants."""

import datetime
from functools import cache

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QObject, Signal

from desktop_app.case.document import LastAnswer
from desktop_app.library.editions import Library, OpenedEdition
from desktop_app.library.phrases import Phrases
from guideline_core.case import Case
from guideline_core.plan import Plan
from guideline_core.planning import Planner

DAY = datetime.date(2026, 11, 23)


@cache
def library() -> Library:
    """Edition and phrases."""
    return Library()


@cache
def edition() -> OpenedEdition:
    """The real edition, as the program opens it."""
    return library().edition()


@cache
def phrases(language: str = "nl") -> Phrases:
    """The words."""
    return library().phrases(language)


class Document(QObject):
    """What a plan view needs of a document, told by hand."""

    answered = Signal(tuple)
    replanned = Signal(object)
    explained = Signal(object)
    planning_failed = Signal()

    def __init__(self, planner: Planner, case: Case) -> None:
        super().__init__()
        self.planner = planner
        self.case = case
        self.failure: Exception | None = None
        self.last_answer: LastAnswer | None = None
        self._plan = planner.make_plan(case, DAY)

    @property
    def plan(self) -> Plan:
        """The plan, or the failure that stands in its place."""
        if self.failure is not None:
            raise self.failure
        return self._plan

    def change(self, case: Case, *paths: str, explain: bool = True, tell_plan: bool = True) -> None:
        """Take another case and tell it as the real document does."""
        self.last_answer = LastAnswer(paths[0], self.case) if len(paths) == 1 else None
        self.case = case
        self._plan = self.planner.make_bare_plan(case, DAY)
        self.answered.emit(paths or ("lesion.category",))
        if tell_plan:
            self.replanned.emit(self._plan)
        if explain:
            self._plan = self.planner.make_plan(case, DAY)
            self.explained.emit(self._plan)
