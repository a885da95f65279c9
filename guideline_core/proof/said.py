"""What evaluator and planner say of a case, part by part, under the names that the formulas have for these parts."""

from collections.abc import Iterator

from guideline_core.condition import value_in_words
from guideline_core.evaluation import Outcome
from guideline_core.keys import REFERRAL_KEYS, UNDETERMINED, WEAKEST_FIRST, Verdict
from guideline_core.plan import Plan

Name = tuple[str, ...]
"""A part of a plan, such as ("advice", "biopsy.perform", "do")."""


def at_most(verdict: Verdict) -> tuple[Verdict, ...]:
    """The verdicts that ask for an action no more strongly than this one; none for one that does not ask for it.

    >>> at_most("prefer"), at_most("do_not")
    (('consider', 'prefer'), ())
    """
    return WEAKEST_FIRST[: WEAKEST_FIRST.index(verdict) + 1] if verdict in WEAKEST_FIRST else ()


def said_by_outcome(outcome: Outcome) -> Iterator[Name]:
    """The parts of a plan that hold according to the evaluator."""
    for action, verdict in outcome.verdicts.items():
        yield "advice", action, verdict
        yield from (("at_least", action, weaker) for weaker in at_most(verdict))
    for action, others in outcome.alternatives.items():
        yield from (("alternative", action, other) for other in others)
    for action in outcome.closed:
        if outcome.verdicts[action] in ("do", "prefer", "consider"):
            yield "done", action
    for action in outcome.waived - outcome.closed:
        if outcome.verdicts[action] in ("do", "prefer", "consider"):
            yield "waived", action
    for action, others in outcome.waits.items():
        yield from (("waits", action, other) for other in others)
    if outcome.referral is not None:
        for key in REFERRAL_KEYS:
            value = getattr(outcome.referral, key)
            yield "referral", key, value_in_words(value)
    yield from (("alert", *alert) for alert in outcome.alerts)
    if outcome.response_grade is not None and "resection.record_response" in outcome.verdicts:
        yield "response_grade", "response_grade", outcome.response_grade


def said_by_plan(plan: Plan) -> Iterator[tuple[Name, bool]]:
    """The parts of a plan that it says, and whether it is sure of them."""
    for r in plan.recommendations:
        sure = r.certainty == "definite"
        for verdict in (r.verdict, *r.stronger_possible):
            yield ("advice", r.action, verdict), sure and not r.stronger_possible
            yield from ((("at_least", r.action, weaker), False) for weaker in at_most(verdict))
        yield from ((("at_least", r.action, weaker), sure) for weaker in at_most(r.verdict))
        yield ("done", r.action), sure and r.progress == "done"
        yield ("waived", r.action), sure and r.progress == "waived"
        yield from ((("waits", r.action, other), sure) for other in r.waits_for)
        yield from ((("alternative", r.action, other), sure) for other in r.alternative_to)
        if r.action == "resection.record_response":
            for grade in ("good", "poor", "at_threshold", "no_agreed_threshold"):
                if r.response_grade in (grade, UNDETERMINED):
                    yield ("response_grade", "response_grade", grade), sure and r.response_grade == grade
    for key in REFERRAL_KEYS:
        value = getattr(plan.referral, key)
        if value != UNDETERMINED:
            yield ("referral", key, value_in_words(value)), True
    for alert in plan.alerts:
        yield ("alert", alert.id, alert.severity), alert.certainty == "definite"
