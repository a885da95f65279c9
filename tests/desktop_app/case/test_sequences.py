"""Answers, half-typed texts, undo, redo and other days in any order: case, screen and plan are never apart.

A listener keeps what a screen would show, from nothing but what the document tells it. A short run each time;
`--long` takes a million steps.
"""

import datetime
from collections.abc import Callable
from random import Random

from desktop_app.case.document import CaseDocument
from desktop_app.case.refused import AnswerRefused
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.edition.values import Edition
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.desktop_app.wizard.helpers import TODAY, Guideline
from tests.random_cases import random_partial_case

SEQUENCES, LONG_SEQUENCES = 40, 50_000
STEPS = 20
TEXTS = ("", "12-3-", "osteo", "x" * 500, "\ud800", "\u202eabc", "9" * 30, "<b>")


class Screen:
    """What a screen shows, by what it was told."""

    def __init__(self, document: CaseDocument) -> None:
        self.document = document
        self.answers: dict[str, object] = {}
        self.texts: dict[str, str] = {}
        self.plan: Plan | None = None
        document.answered.connect(self._take_answers)
        document.raw_text_changed.connect(self._take_text)
        document.replanned.connect(self._take_plan)
        document.explained.connect(self._take_plan)
        document.loaded.connect(self._take_all)

    def _take_answers(self, paths: tuple[str, ...]) -> None:
        self.answers |= {path: self.document.value(path) for path in paths}

    def _take_text(self, path: str) -> None:
        self.texts[path] = self.document.raw(path) or ""

    def _take_plan(self, plan: Plan) -> None:
        self.plan = plan

    def _take_all(self) -> None:
        """Another case is shown from the beginning."""
        self._take_answers(tuple(fields()))
        self.texts = {}

    def is_true(self) -> bool:
        """Whether it shows the answers and texts of the document, and no other."""
        case, raws = self.document.snapshot()
        shown = {path: value for path, value in self.answers.items() if value is not None}
        given = {path: case.answer_at(path) for path in fields() if case.answer_at(path) is not None}
        return shown == given and {path: text for path, text in self.texts.items() if text} == raws


class Sequence:
    """One sequence of steps on one document."""

    def __init__(self, planner: Planner, make_case: Callable[[], Case], chance: Random) -> None:
        self.planner, self.chance, self.make_case = planner, chance, make_case
        self.day = TODAY
        self.document = CaseDocument(Guideline(planner), lambda: self.day)
        self.screen = Screen(self.document)
        self.source = make_case()

    def step(self) -> None:
        """Do anything that a user, a file or the clock can do."""
        stack = self.document.undo_stack
        other: list[Callable[[], object]] = [self.type_text, self.change_day, self.load, self.document.full_plan]
        usual: list[Callable[[], object]] = [self.answer] * 6 + [stack.undo] * 3 + [stack.redo] * 2
        self.chance.choice([*usual, *other])()

    def answer(self) -> None:
        paths = [path for path in fields() if self.source.answer_at(path) is not None]
        path = self.chance.choice(paths or ["lesion.category"])
        value = None if self.chance.random() < 0.2 else self.source.answer_at(path)
        try:
            self.document.answer(path, value)
        except AnswerRefused:
            return

    def type_text(self) -> None:
        try:
            self.document.keep_raw(self.chance.choice(list(fields())), self.chance.choice(TEXTS))
        except AnswerRefused:
            return

    def change_day(self) -> None:
        self.day += datetime.timedelta(days=self.chance.choice((-400, -1, 1, 6000)))
        self.document.replan()

    def load(self) -> None:
        self.source = self.make_case()
        self.document.load(self.make_case())

    def check(self) -> None:
        document = self.document
        assert self.screen.is_true()
        assert document.plan is self.screen.plan or self.screen.plan is None
        assert document.plan.reference_date == document.day.isoformat()
        if self.chance.random() < 0.1:  # a plan takes longer than all the rest
            fresh = self.planner.make_bare_plan(document.case, document.day)
            assert document.plan.referral.decision == fresh.referral.decision
            assert {(each.action, each.verdict, each.certainty) for each in document.plan.recommendations} == {
                (each.action, each.verdict, each.certainty) for each in fresh.recommendations
            }

    def undo_all(self) -> None:
        """Undoing everything and doing it again leads to where it was."""
        stack, here = self.document.undo_stack, self.document.snapshot()
        steps = stack.index()
        while stack.canUndo():
            stack.undo()
        self.check()
        while stack.index() < steps:
            stack.redo()
        assert self.document.snapshot() == here and self.screen.is_true()


def test_case_screen_and_plan_are_never_apart(qapp: object, planner: Planner, edition: Edition, thorough: bool) -> None:
    for seed in range(LONG_SEQUENCES if thorough else SEQUENCES):
        chance = Random(seed)
        sequence = Sequence(planner, lambda chance=chance: random_partial_case(edition, chance), chance)
        for _ in range(STEPS):
            sequence.step()
            sequence.check()
        sequence.undo_all()
