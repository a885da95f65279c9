"""Makes resources/review/deck-cases.json: for each rule the cases of the deck in which it holds for certain.

Run `python -m tests.rule_cases` after a change of deck or rules; a test compares the file with what this makes.
"""

import json
from collections.abc import Iterator

from guideline_core.edition.rules import AlternativesRule, OrderRule, ResponseRule
from guideline_core.edition.values import Edition
from guideline_core.plan import Alert, Plan, Recommendation
from tests.case_deck import deck
from tests.checkout import CHECKOUT
from tests.editions import planner_of, read_real_edition

FILE = CHECKOUT / "resources" / "review" / "deck-cases.json"
MOST = 3
"""How many cases are named with a rule; those that were written for its statement go first."""


def rules_shown_by(plan: Plan, edition: Edition) -> Iterator[str]:
    """The rules on which a plan surely rests, and those that surely order or grade something in it."""
    if not plan.referral.depends_on:
        yield from plan.referral.rules
    sources: tuple[Recommendation | Alert, ...] = (*plan.recommendations, *plan.alerts)
    yield from (rule for each in sources if each.certainty == "definite" for rule in each.rules)
    sure = {each.action: each for each in plan.recommendations if each.certainty == "definite"}
    for rule in edition.rules:
        if isinstance(rule, OrderRule) and rule.action in sure and rule.waits_for in sure[rule.action].waits_for:
            yield rule.id
        if isinstance(rule, AlternativesRule) and all(
            action in sure and rule.statements[0] in sure[action].statements for action in rule.alternatives
        ):
            yield rule.id
        if isinstance(rule, ResponseRule):
            yield from (rule.id for each in sure.values() if each.response_grade == rule.response_grade)


def deck_cases() -> dict[str, dict[str, object]]:
    """For each rule how many cases show it, and the names of the first few."""
    edition = read_real_edition()
    planner = planner_of(edition)
    found: dict[str, list[tuple[bool, str]]] = {}
    for case in deck():
        for rule in dict.fromkeys(rules_shown_by(case.plan(planner), edition)):
            is_elsewhere = edition.rule(rule).statements[0] not in case.source
            found.setdefault(rule, []).append((is_elsewhere, case.name))
    return {
        rule: {"number": len(cases), "cases": [name for _, name in sorted(cases, key=lambda case: case[0])[:MOST]]}
        for rule, cases in sorted(found.items())
    }


def content() -> bytes:
    """The file as it should be."""
    return json.dumps(deck_cases(), ensure_ascii=False, indent=1).encode() + b"\n"


if __name__ == "__main__":
    FILE.write_bytes(content())
