"""Which advice the letter of a case leaves out, and why: the lines to choose from, and the choice as an answer.

The plan is never touched: what is left out of the letter still stands in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from desktop_app.library.phrases import Phrases
from desktop_app.papers.plan_lines import may_be_left_out
from guideline_core.case import Case, LeftOut
from guideline_core.edition_facts import ActionFacts
from guideline_core.plan import Plan

Answer = list[LeftOut] | None
"""What stands at `letter.left_out`."""


class Standing(Enum):
    """How a line stands in the letter."""

    IN = "in"
    OUT = "out"
    ALWAYS = "always"  # safety: nobody leaves it out
    NOT_IN_PLAN = "not_in_plan"  # left out of an earlier plan; it would be left out again


@dataclass(frozen=True, slots=True)
class Line:
    """An alert or a recommendation by its key, in words, and how it stands in the letter."""

    key: str
    words: str
    standing: Standing
    reason: str = ""


def lines_of(plan: Plan, case: Case, phrases: Phrases, actions: Mapping[str, ActionFacts]) -> tuple[Line, ...]:
    """The alerts of severity stop, all recommendations in the order of the plan, and what was left out before.

    `actions` holds what the edition says of each action.
    """
    advice = _recommendations(plan, case, phrases, actions)
    return (*_alerts(plan, phrases), *advice, *_of_earlier_plans(plan, case, phrases))


def leaving_out(case: Case, action: str, reason: str) -> Answer:
    """The answer with this recommendation left out for this reason, in place of an earlier reason for it."""
    return [*_others(case, action), LeftOut(action=action, reason=reason.strip())]


def putting_back(case: Case, action: str) -> Answer:
    """The answer without this recommendation."""
    return _others(case, action) or None


def _others(case: Case, action: str) -> list[LeftOut]:
    return [each for each in case.letter.left_out or () if each.action != action]


def _alerts(plan: Plan, phrases: Phrases) -> Iterator[Line]:
    for alert in plan.alerts:
        if alert.severity == "stop":
            yield Line(alert.id, phrases.alert_title(alert.id), Standing.ALWAYS)


def _recommendations(plan: Plan, case: Case, phrases: Phrases, actions: Mapping[str, ActionFacts]) -> Iterator[Line]:
    """One line an action, with all that the plan may say of it; none for what the title says, whatever is left out."""
    reasons = _reasons(case)
    verdicts: dict[str, list[str]] = {}
    for each in plan.recommendations:
        if not actions[each.action].said_by_title:
            verdicts.setdefault(each.action, []).append(phrases.action_sentence(each.action, each.verdict))
    for action, sentences in verdicts.items():
        words = " / ".join(dict.fromkeys(sentences))
        if not may_be_left_out(action, actions):
            yield Line(action, words, Standing.ALWAYS)
        elif action in reasons:
            yield Line(action, words, Standing.OUT, reasons[action])
        else:
            yield Line(action, words, Standing.IN)


def _of_earlier_plans(plan: Plan, case: Case, phrases: Phrases) -> Iterator[Line]:
    in_plan = {each.action for each in plan.recommendations}
    for action, reason in _reasons(case).items():
        if action not in in_plan:
            yield Line(action, phrases.find("actions", action, "name") or action, Standing.NOT_IN_PLAN, reason)


def _reasons(case: Case) -> dict[str, str]:
    return {each.action: each.reason for each in case.letter.left_out or ()}
