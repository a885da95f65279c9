"""How long a plan takes: bare (the first moment after an answer) and whole, from a cold planner and again."""

import datetime
import gc
from collections.abc import Sequence
from random import Random
from statistics import median

from guideline_core.case import Case
from guideline_core.edition.values import Edition
from guideline_core.planning import Planner
from tests.benchmarks.measuring import heading, line, milliseconds, percentile, seconds_each
from tests.case_deck import deck
from tests.editions import planner_of
from tests.random_cases import DAY, random_partial_case

FRAME = 1 / 60
CaseOnDay = tuple[Case, datetime.date]


def run(edition: Edition, number: int) -> None:
    """Measure both kinds of plan over the deck and over random cases."""
    heading(f"Plans on one core; baseline: one frame of the screen, {milliseconds(FRAME)}")
    chance = Random(11)
    sets: dict[str, list[CaseOnDay]] = {
        "deck": [(each.case, each.day) for each in deck()],
        "random": [(random_partial_case(edition, chance), DAY) for _ in range(number)],
    }
    for name, cases in sets.items():
        line(f"{len(cases)} cases: {name}", "median", "p99", "p99 / one frame")
        for kind in ("bare", "whole"):
            _measure(kind, planner_of(edition), cases)


def _measure(kind: str, planner: Planner, cases: Sequence[CaseOnDay]) -> None:
    make = planner.make_bare_plan if kind == "bare" else planner.make_plan
    gc.collect()
    gc.freeze()  # as the program does once it is loaded
    for state in ("cold", "again"):
        found = seconds_each(lambda pair: make(*pair), cases)
        high = percentile(found, 0.99)
        line(f"  {kind} plan, {state}", milliseconds(median(found)), milliseconds(high), f"{high / FRAME:.2f}")
