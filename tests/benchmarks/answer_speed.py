"""From an answer to the repainted plan in the real window, beside the bare plan of the same answers."""

import time
from collections.abc import Iterator
from random import Random
from statistics import median
from typing import Any, NamedTuple

from guideline_core.edition.values import Edition
from tests.benchmarks.measuring import heading, line, milliseconds, percentile, seconds_each
from tests.benchmarks.real_window import real_window, turn, turn_until
from tests.editions import planner_of
from tests.random_cases import random_answer, rule_fields

# isort: split
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from desktop_app.case.refused import AnswerRefused
from desktop_app.window.main_window import MainWindow
from desktop_app.wizard.flow import step_of
from guideline_core.case import Case

ANSWERS_OF_ONE_CASE = 25
TARGETS = "16 ms, 33 ms"


class Moment(NamedTuple):
    """A moment by the clock on the wall, and by the work of the window's own thread, which other work on the machine
    does not lengthen."""

    wall: float
    work: float

    @classmethod
    def now(cls) -> "Moment":
        """This one."""
        return cls(time.perf_counter(), time.thread_time())

    def since(self, began: "Moment") -> "Moment":
        """How long after another."""
        return Moment(self.wall - began.wall, self.work - began.work)


class Repaints(QObject):
    """Notes when a window was last painted because something in it had changed, until the reasons follow."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._is_explained = False
        self.last: Moment | None = None
        window.installEventFilter(self)
        window.document.explained.connect(self._on_explained)

    def begin(self) -> None:
        """An answer is about to be given."""
        self._is_explained, self.last = False, None

    def _on_explained(self, *_: object) -> None:
        self._is_explained = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window paints all its parts within this one event."""
        if event.type() != QEvent.Type.UpdateRequest or (self._is_explained and self.last is not None):
            return False
        handled = watched.event(event)
        self.last = Moment.now()
        return handled


def run(edition: Edition, number: int) -> None:
    """Give so many answers."""
    heading(f"From an answer to the repainted plan, {number} random answers; baseline: the bare plan alone")
    taken, cases = [], []
    with real_window() as window:
        repaints = Repaints(window)
        for path, value in _answers(edition, window, number):
            found = _time_of_answer(window, repaints, path, value)
            if found is not None:
                taken.append(found)
                cases.append(window.document.case)
        day = window.document.day
    planner = planner_of(edition)
    bare = seconds_each(lambda case: planner.make_bare_plan(case, day), cases)
    line(f"{len(taken)} answers taken", "median", "p99", "ratio of medians", "target")
    _line_of("bare plan", bare, bare)
    _line_of("answer to repainted plan", [each.wall for each in taken], bare, TARGETS)
    _line_of("  processor time of the window's thread", [each.work for each in taken], bare)


def _line_of(name: str, seconds: list[float], base: list[float], *target: str) -> None:
    ratio = f"{median(seconds) / median(base):.1f}"
    line(name, milliseconds(median(seconds)), milliseconds(percentile(seconds, 0.99)), ratio, *target)


def _answers(edition: Edition, window: MainWindow, number: int) -> Iterator[tuple[str, Any]]:
    """Random answers to random questions, each shown on its page before it is answered; now and then a new case."""
    chance = Random(15)
    for count in range(number):
        if count % ANSWERS_OF_ONE_CASE == 0:
            window.autosave.start_case(Case())
        path = chance.choice(rule_fields())
        window.content.wizard.go_to_step(step_of(path))
        window.document.full_plan()
        turn()
        yield path, random_answer(edition, path, chance)


def _time_of_answer(window: MainWindow, repaints: Repaints, path: str, value: Any) -> Moment | None:
    """How long the window takes from the answer to the last repainting that the bare plan asks for; None when the
    answer is refused or is the one that stands."""
    if window.document.value(path) == value:
        return None
    repaints.begin()
    began = Moment.now()
    try:
        window.document.answer(path, value)
    except AnswerRefused:
        return None
    QApplication.processEvents()
    QApplication.processEvents()  # rows that have found their new places
    if repaints.last is None:
        turn_until(lambda: repaints.last is not None)
    assert repaints.last is not None
    return repaints.last.since(began)
