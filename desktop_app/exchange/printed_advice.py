"""The advice that a letter printed, kept with the case inside it; and what follows otherwise from that case now.

Whoever opens a letter sees a plan made of its answers. Where that plan is another than the paper says (another edition,
another program, answers that were changed with care), the difference is told and not left to be found.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.exchange.finding import Finding, Weight
from desktop_app.library.phrases import Phrases
from desktop_app.papers.letter.letter import Letter
from guideline_core.case import Case
from guideline_core.plan import Plan, Recommendation
from guideline_core.planning import Planner

KEYS = ("decision", "destination", "urgency")
"""What a letter says of the referral itself."""
NAMED = 6
"""How many differences are named before "and so many more"."""

ACTION = re.compile(r"[a-z]{1,20}\.[a-z0-9_]{1,60}")

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class OtherAdvice(Finding):
    """What the letter printed does not follow from its answers, or is not all of it."""

    effects: tuple[str, ...] = ()
    """The keys of the referral (`referral.KEY`) and the actions that differ."""

    def message(self, phrases: Phrases) -> str:
        """Which advice differs, by its names."""
        more = [f"+{len(self.effects) - NAMED}"] if len(self.effects) > NAMED else []
        named = ", ".join([*(_name_of(each, phrases) for each in self.effects[:NAMED]), *more])
        return phrases.get("exchange", "finding", self.key).format(differences=named)


def shown_in(letter: Letter, plan: Plan) -> Iterator[Recommendation]:
    """The recommendations of a plan that a letter shows."""
    meanwhile = letter.meanwhile.lines if letter.meanwhile else ()
    shown = {(line.action, line.verdict) for line in (*letter.printed_plan, *letter.told_warnings, *meanwhile)}
    return (each for each in (*plan.recommendations, *plan.meanwhile) if (each.action, each.verdict) in shown)


def advice_data(letter: Letter, plan: Plan) -> Data:
    """What the letter says of the referral, and each line of advice that it shows, with how strongly it is advised."""
    lines = sorted({(each.action, str(each.verdict)) for each in shown_in(letter, plan)})
    return {"referral": {key: getattr(plan.referral, key) for key in KEYS}, "lines": [list(line) for line in lines]}


def other_advice(printed: object, case: Case, planner: Planner, day: datetime.date) -> OtherAdvice | None:
    """What the answers advise otherwise on a day than was printed; None when nothing is, or none was kept."""
    if not isinstance(printed, dict):
        return None
    plan = planner.make_bare_plan(case, day)
    advised = {(each.action, each.verdict) for each in (*plan.recommendations, *plan.meanwhile)}
    referral, lines = printed.get("referral"), printed.get("lines")
    said = referral if isinstance(referral, dict) else {}
    effects = [f"referral.{key}" for key in KEYS if said.get(key) != getattr(plan.referral, key)]
    effects += [action for action, verdict in _pairs(lines) if (action, verdict) not in advised]
    return OtherAdvice("advice_differs", Weight.CAUTION, effects=tuple(dict.fromkeys(effects))) if effects else None


def _pairs(lines: object) -> Iterator[tuple[str, str]]:
    """The lines that a file names, as far as they are lines."""
    for line in lines if isinstance(lines, list) else []:
        match line:
            case [str(action), str(verdict)] if ACTION.fullmatch(action):
                yield action, verdict


def _name_of(effect: str, phrases: Phrases) -> str:
    """The name of what differs; of an action that only another edition has its id."""
    is_known = effect.startswith("referral.") or phrases.find("actions", effect, "name") is not None
    return phrases.effect(effect) if is_known else effect
