"""The cases of the first clinical review (tests/review/clinical-cases.yaml): what a plan must and must not say of each.

The words of an expectation stand at the head of that file. Expectations are read as they are: a case is never changed
here to fit the program.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from guideline_core.case import Case
from guideline_core.plan import Alert, OpenQuestion, Plan, Recommendation
from guideline_core.planning import Planner

FILE = Path(__file__).parent / "review" / "clinical-cases.yaml"
DAY = datetime.date(2026, 11, 23)
"""The day for which a case is planned that names none."""

Pattern = Mapping[str, Any]


@dataclass(frozen=True)
class ReviewCase:
    """One case of the review: its id, the decisions that it is about, its answers, and what is expected."""

    id: str
    title: str
    decisions: tuple[str, ...]
    answers: Mapping[str, Any]
    expect: Mapping[str, Any]

    def plan(self, planner: Planner) -> Plan:
        """The plan that a planner makes of it; fails where the case cannot be read."""
        case = Case.model_validate(self.answers)
        return planner.make_plan(case, case.reference_date or DAY)


@cache
def review_cases() -> tuple[ReviewCase, ...]:
    """All cases of the review, in the order of the file."""
    tree = YAML(typ="safe").load(FILE)
    return tuple(_read(item) for item in tree)


def _read(item: Mapping[str, Any]) -> ReviewCase:
    unknown = item["expect"].keys() - _CHECKS.keys()
    assert not unknown, f"{item['id']}: unknown expectations {sorted(unknown)}"
    decisions = tuple(name.strip() for name in item["decision"].split(","))
    return ReviewCase(item["id"], item["title"], decisions, item["case"], item["expect"])


def differences(plan: Plan, expect: Mapping[str, Any]) -> list[str]:
    """What a plan says otherwise than expected, a line each; empty when nothing does."""
    return [line for key, wanted in expect.items() for line in _CHECKS[key](plan, wanted)]


# ---- single recommendations ------------------------------------------------------------------------------------------


def matches(recommendation: Recommendation, pattern: Pattern) -> bool:
    """Whether a recommendation has each value that a pattern gives."""
    return all(_agrees(recommendation, key, wanted) for key, wanted in pattern.items())


def _agrees(recommendation: Recommendation, key: str, wanted: Any) -> bool:
    for ending, holds in (("_includes", set.issuperset), ("_excludes", set.isdisjoint)):
        if key.endswith(ending):
            return holds(set(getattr(recommendation, key.removesuffix(ending))), wanted)
    found = getattr(recommendation, key)
    return wanted in found if key in ("alternative_to", "stronger_possible") else found == wanted


def _found(plan: Plan, action: str) -> str:
    rows = [row for row in plan.recommendations if row.action == action]
    return str([(row.verdict, row.certainty, row.progress, row.waits_for) for row in rows])


def _must(plan: Plan, wanted: Sequence[Pattern]) -> Iterator[str]:
    for pattern in wanted:
        if not any(matches(row, pattern) for row in plan.recommendations):
            yield f"must: {pattern}, found {_found(plan, pattern['action'])}"


def _must_any(plan: Plan, wanted: Sequence[Sequence[Pattern]]) -> Iterator[str]:
    for patterns in wanted:
        if not any(matches(row, pattern) for pattern in patterns for row in plan.recommendations):
            yield f"must_any: {patterns}"


def _must_not(plan: Plan, wanted: Sequence[Pattern]) -> Iterator[str]:
    for pattern in wanted:
        if any(matches(row, {"certainty": "definite", **pattern}) for row in plan.recommendations):
            yield f"must_not: {pattern}, found {_found(plan, pattern['action'])}"


def _not_listed(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    listed = {row.action for row in plan.recommendations}
    yield from (f"not_listed: {action}, found {_found(plan, action)}" for action in wanted if action in listed)


def _meanwhile(plan: Plan, wanted: Sequence[Pattern]) -> Iterator[str]:
    for pattern in wanted:
        if not any(matches(row, pattern) for row in plan.meanwhile):
            yield f"meanwhile: {pattern}, found {[(row.action, row.verdict) for row in plan.meanwhile]}"


def _meanwhile_not(plan: Plan, wanted: Sequence[Pattern]) -> Iterator[str]:
    for pattern in wanted:
        if any(matches(row, pattern) for row in plan.meanwhile):
            yield f"meanwhile_not: {pattern}"


# ---- scope and referral ----------------------------------------------------------------------------------------------


def _scope(plan: Plan, wanted: str) -> Iterator[str]:
    if plan.scope != wanted:
        yield f"scope: {wanted}, found {plan.scope}"


def _referral(plan: Plan, wanted: Mapping[str, Any]) -> Iterator[str]:
    for key, value in wanted.items():
        if key == "depends_on_includes":
            if not set(value) <= set(plan.referral.depends_on):
                yield f"referral depends on {value}, found {plan.referral.depends_on}"
        elif getattr(plan.referral, key) != value:
            yield f"referral.{key}: {value}, found {getattr(plan.referral, key)}"


def _referral_any(plan: Plan, wanted: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    for key, values in wanted.items():
        if getattr(plan.referral, key) not in values:
            yield f"referral.{key}: one of {values}, found {getattr(plan.referral, key)}"


# ---- alerts, questions, sources --------------------------------------------------------------------------------------


def _severities(alerts: Sequence[Alert]) -> dict[str, str]:
    return {alert.id: alert.severity for alert in alerts}


def _alerts(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"alert {name} missing" for name in wanted if name not in _severities(plan.alerts))


def _no_alerts(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"alert {name} is raised" for name in wanted if name in _severities(plan.alerts))


def _alert_severity(plan: Plan, wanted: Mapping[str, str]) -> Iterator[str]:
    for name, severity in wanted.items():
        if _severities(plan.alerts).get(name) != severity:
            yield f"alert {name}: {severity}, found {_severities(plan.alerts).get(name)}"


def _asked(questions: Sequence[OpenQuestion]) -> list[str]:
    return [question.field for question in questions]


def _asks(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"{field} is not asked" for field in wanted if field not in _asked(plan.open_questions))


def _asks_any(plan: Plan, wanted: Sequence[Sequence[str]]) -> Iterator[str]:
    for fields in wanted:
        if not set(fields) & set(_asked(plan.open_questions)):
            yield f"none of {fields} is asked"


def _asks_not(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"{field} is asked" for field in wanted if field in _asked(plan.open_questions))


def _first_question_any(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    asked = _asked(plan.open_questions)
    if not asked or asked[0] not in wanted:
        yield f"first question: one of {wanted}, found {asked[:3]}"


def _asks_before(plan: Plan, wanted: Sequence[Sequence[str]]) -> Iterator[str]:
    asked = _asked(plan.open_questions)
    for first, later in wanted:
        if later in asked and (first not in asked or asked.index(first) > asked.index(later)):
            yield f"{first} before {later}, found {asked}"


def _interpretations(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"interpretation {name} is not shown" for name in wanted if name not in plan.interpretations)


def _interpretations_not(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"interpretation {name} is shown" for name in wanted if name in plan.interpretations)


def _statements(plan: Plan, wanted: Sequence[str]) -> Iterator[str]:
    yield from (f"statement {name} is not cited" for name in wanted if name not in plan.statements)


_CHECKS: Mapping[str, Any] = {
    "scope": _scope,
    "referral": _referral,
    "referral_any": _referral_any,
    "must": _must,
    "must_any": _must_any,
    "must_not": _must_not,
    "not_listed": _not_listed,
    "meanwhile": _meanwhile,
    "meanwhile_not": _meanwhile_not,
    "alerts": _alerts,
    "no_alerts": _no_alerts,
    "alert_severity": _alert_severity,
    "asks": _asks,
    "asks_any": _asks_any,
    "asks_not": _asks_not,
    "first_question_any": _first_question_any,
    "asks_before": _asks_before,
    "interpretations": _interpretations,
    "interpretations_not": _interpretations_not,
    "statements": _statements,
}
