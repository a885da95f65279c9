"""Counts what a user does in a script from the empty window to the PDF, and what of it the case called for. No Qt.

An act is a field filled (typed and confirmed), a choice made, a step gone to, or a command given. To move the cursor
to a question is none: it moves on by itself, or a click on the answer does both.

A relevant answer is an answer of the finished case without which its plan would be another or would ask for it; of
what the letter wants for its own sake, an answer without which the letter would read otherwise.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desktop_app.wizard.flow import STEPS, step_of
from guideline_core.case import Case
from guideline_core.condition import ALWAYS
from guideline_core.contract import fields
from guideline_core.fields import FieldClass
from guideline_core.planning import Planner
from tests.editions import real_places
from tests.random_cases import case_of
from tests.windows.textbook_cases import Answers, case_of_script

Words = Callable[[Case], str]
"""From a case to the words of its letter."""

TO_START = ("passphrase",)
TO_SAVE = ("save the PDF", "name of the file")
MAY_BE_MORE = 5


@dataclass(frozen=True)
class Tally:
    """The acts of one script beside what its case called for."""

    relevant: int
    steps: int
    acts: int

    @property
    def limit(self) -> int:
        """One act for each relevant answer, one for each step, and five."""
        return self.relevant + self.steps + MAY_BE_MORE

    @property
    def is_within_limit(self) -> bool:
        """Whether nobody has to do more than that."""
        return self.acts <= self.limit


def acts_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The acts that it takes to answer these fields in this order, each by its name."""
    acts, step = list(TO_START), STEPS[0]
    for path in paths:
        if step_of(path) != step:
            step = step_of(path)
            acts.append(going_to(step))
        acts.append(answering(path))
    if step != "letter":
        acts.append(going_to("letter"))
    return (*acts, *TO_SAVE)


def going_to(step: str) -> str:
    """The name of the act that leads to a step."""
    return f"go to {step}"


def answering(path: str) -> str:
    """The name of the act that answers a field."""
    return f"answer {path}"


def tally(answers: Answers, planner: Planner, letter: Words, day: datetime.date) -> Tally:
    """Count a script that gives these answers."""
    paths = [path for path, _, _ in answers]
    case = case_of_script(answers)
    steps = {step_of(path) for path in paths} | {"letter"}
    return Tally(len(relevant_answers(case, planner, letter, day)), len(steps), len(acts_of(paths)))


def relevant_answers(case: Case, planner: Planner, letter: Words, day: datetime.date) -> tuple[str, ...]:
    """The fields of a case whose answers are relevant."""
    given = {path: value for path in fields() if (value := case.answer_at(path)) is not None}
    plan, words = planner.make_plan(case, day), letter(case)

    def is_relevant(path: str) -> bool:
        other = case_of({name: value for name, value in given.items() if name != path})
        return planner.make_plan(other, day) != plan or (is_for_letter(path) and letter(other) != words)

    return tuple(path for path in given if is_relevant(path))


def is_for_letter(path: str) -> bool:
    """Whether the letter wants an answer for its own sake: no rule reads it, or a centre asks it of every patient."""
    return fields()[path].field_class is FieldClass.LETTER or real_places().of(path).told_in_letter == ALWAYS
