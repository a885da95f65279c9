"""The advice from which a letter was made, kept with the case inside it; and what follows otherwise from that case now.

Whoever opens a letter sees a plan made of its answers. Where that plan is another than that of the paper (another
edition, another program, answers that were changed with care), the difference is told and not left to be found.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.exchange.finding import Finding, Weight
from desktop_app.library.phrases import Phrases
from guideline_core.case import Case
from guideline_core.plan import Plan
from guideline_core.planning import Planner

KEYS = ("decision", "destination", "urgency")
"""What a letter says of the referral itself."""
NAMED = 6
"""How many differences are named before "and so many more"."""

ACTION, ALERT = re.compile(r"[a-z]{1,20}\.[a-z0-9_]{1,60}"), re.compile(r"[a-z0-9_]{1,60}")

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class OtherAdvice(Finding):
    """The answers of a letter lead to other advice than it was made from."""

    effects: tuple[str, ...] = ()
    """The keys of the referral (`referral.KEY`), the actions and the warnings (`alert.ID`) that differ."""

    def message(self, phrases: Phrases) -> str:
        """Which advice differs, by its names."""
        more = [f"+{len(self.effects) - NAMED}"] if len(self.effects) > NAMED else []
        named = ", ".join([*(_name_of(each, phrases) for each in self.effects[:NAMED]), *more])
        return phrases.get("exchange", "finding", self.key).format(differences=named)


def advice_data(plan: Plan) -> Data:
    """The advice from which a letter is made: the referral, each line with how strongly it is advised, each warning."""
    return {
        "referral": {key: getattr(plan.referral, key) for key in KEYS},
        "lines": [list(pair) for pair in sorted(_advised(plan))],
        "alerts": [list(pair) for pair in sorted(_warned(plan))],
    }


def other_advice(printed: object, case: Case, planner: Planner, day: datetime.date) -> OtherAdvice | None:
    """What the answers advise otherwise on a day, more or less, than when the letter was made; None when nothing is."""
    plan = planner.make_bare_plan(case, day)
    told = printed if isinstance(printed, dict) else {}
    referral = told.get("referral")
    said = referral if isinstance(referral, dict) else {}
    effects = [f"referral.{key}" for key in KEYS if said.get(key) != getattr(plan.referral, key)]
    effects += sorted({action for action, _ in _advised(plan) ^ set(_pairs(told.get("lines"), ACTION))})
    effects += sorted({f"alert.{alert}" for alert, _ in _warned(plan) ^ set(_pairs(told.get("alerts"), ALERT))})
    return OtherAdvice("advice_differs", Weight.CAUTION, effects=tuple(effects)) if effects else None


def _advised(plan: Plan) -> set[tuple[str, str]]:
    return {(each.action, str(each.verdict)) for each in (*plan.recommendations, *plan.meanwhile)}


def _warned(plan: Plan) -> set[tuple[str, str]]:
    return {(each.id, str(each.severity)) for each in plan.alerts}


def _pairs(lines: object, name: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The lines that a file names, as far as they are lines."""
    for line in lines if isinstance(lines, list) else []:
        match line:
            case [str(key), str(strength)] if name.fullmatch(key):
                yield key, strength


def _name_of(effect: str, phrases: Phrases) -> str:
    """The name of what differs; of what only another edition has its id."""
    kind, _, name = effect.partition(".")
    words = ("alerts", name, "title") if kind == "alert" else ("actions", effect, "name")
    is_known = kind == "referral" or phrases.find(*words) is not None
    return phrases.effect(effect) if is_known else effect
