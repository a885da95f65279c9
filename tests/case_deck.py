"""The case deck: cases as data in clinicians' words (tests/cases/*.yaml), and how a plan differs from them."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from guideline_core.answers_left import AnswersLeft
from guideline_core.case import Case
from guideline_core.plan import Plan, Recommendation
from guideline_core.planning import Planner

FOLDER = Path(__file__).parent / "cases"
EXPECTATIONS = {
    *(
        "scope",
        "counts_as",
        "referral",
        "referral_depends_on",
        "referral_rules",
        "listed",
        "not_listed",
        "only",
        "exactly",
    ),
    *("alerts", "no_alerts", "only_alerts", "alert_rules", "meanwhile", "not_meanwhile", "asks", "does_not_ask"),
}
"""What a case can expect. `listed` (action to verdict, or to details such as progress, waits_for, rules) and
`not_listed` speak of single actions; `only` names all actions of a phase, `exactly` their verdicts too; `only_alerts`
names every alert."""


@dataclass(frozen=True)
class DeckCase:
    """One case of the deck: its name, its answers, the day, and what the guideline expects."""

    file: str
    name: str
    source: tuple[str, ...]
    case: Case
    day: datetime.date
    expect: Mapping[str, Any]

    def plan(self, planner: Planner) -> Plan:
        """The plan that a planner makes of it."""
        return planner.make_plan(self.case, self.day)


@cache
def deck() -> tuple[DeckCase, ...]:
    """All cases, in the order of files and lines."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in _read(path))


def _read(path: Path) -> Iterator[DeckCase]:
    tree = YAML(typ="safe").load(path)
    for item in tree["cases"]:
        unknown = item["expect"].keys() - EXPECTATIONS
        assert not unknown, f"{path.name}: {item['name']}: unknown expectations {unknown}"
        day = item.get("date", tree["date"])
        yield DeckCase(
            file=path.name,
            name=item["name"],
            source=tuple(item["source"]),
            case=Case.model_validate(item["case"]),
            day=day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day),
            expect=item["expect"],
        )


def answers_left(planner: Planner, case: DeckCase) -> AnswersLeft:
    """What the answers of a case leave, as the items of a planner take it."""
    return planner.items.answers_of(case.case, case.day)[1]


def differences(plan: Plan, expect: Mapping[str, Any]) -> list[str]:
    """What a plan says otherwise than expected, a line each; empty when nothing does."""
    return [line for check in _CHECKS for line in check(plan, expect)]


def _check_scope(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    if "scope" in expect and plan.scope != expect["scope"]:
        yield f"scope: expected {expect['scope']}, found {plan.scope}"


def _check_counts_as(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    if "counts_as" in expect and plan.lesion.counts_as != expect["counts_as"]:
        yield f"lesion.counts_as: expected {expect['counts_as']}, found {plan.lesion.counts_as}"


def _check_referral(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    for key, wanted in expect.get("referral", {}).items():
        found = getattr(plan.referral, key)
        if found != wanted:
            yield f"referral.{key}: expected {wanted}, found {found}"
    if "referral_depends_on" in expect and set(plan.referral.depends_on) != set(expect["referral_depends_on"]):
        yield f"referral.depends_on: expected {expect['referral_depends_on']}, found {plan.referral.depends_on}"
    if "referral_rules" in expect and set(plan.referral.rules) != set(expect["referral_rules"]):
        yield f"referral.rules: expected {expect['referral_rules']}, found {plan.referral.rules}"


def _by_action(plan: Plan) -> dict[str, list[Recommendation]]:
    found: dict[str, list[Recommendation]] = {}
    for recommendation in plan.recommendations:
        found.setdefault(recommendation.action, []).append(recommendation)
    return found


def _check_listed(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    yield from _listed_differences(plan, expect.get("listed", {}))


def _check_exactly(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    exactly = expect.get("exactly", {})
    yield from _check_absent(plan, {"only": exactly})
    for wanted in exactly.values():
        yield from _listed_differences(plan, wanted)


def _listed_differences(plan: Plan, expected: Mapping[str, Any]) -> Iterator[str]:
    listed = _by_action(plan)
    for action, wanted in expected.items():
        options = wanted if isinstance(wanted, list) else [wanted]
        found = listed.get(action, [])
        if len(found) != len(options):
            yield f"{action}: expected {wanted}, found {[(r.verdict, r.certainty) for r in found]}"
            continue
        for option in options:
            details = {"verdict": option} if isinstance(option, str) else dict(option)
            details.setdefault("certainty", "definite")
            details.setdefault("stronger_possible", [])
            matching = [r for r in found if r.verdict == details.get("verdict", r.verdict)]
            if not matching:
                yield f"{action}: expected {details}, found {[(r.verdict, r.certainty) for r in found]}"
            for recommendation in matching:
                yield from _detail_differences(recommendation, details)


def _detail_differences(recommendation: Recommendation, details: Mapping[str, Any]) -> Iterator[str]:
    for key, wanted in details.items():
        found = getattr(recommendation, key)
        same = set(found) == set(wanted) if isinstance(wanted, list) else found == wanted
        if not same:
            yield f"{recommendation.action} ({recommendation.verdict}).{key}: expected {wanted}, found {found}"


def _check_absent(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    listed = _by_action(plan)
    for action in expect.get("not_listed", ()):
        if action in listed:
            yield f"{action}: not expected, found {[(r.verdict, r.certainty) for r in listed[action]]}"
    for phase, actions in expect.get("only", {}).items():
        found = {r.action for r in plan.recommendations if r.phase == phase}
        if found != set(actions):
            yield f"only {phase}: missing {sorted(set(actions) - found)}, surplus {sorted(found - set(actions))}"


def _check_alerts(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    severities = {alert.id: alert.severity for alert in plan.alerts}
    for name, severity in expect.get("alerts", {}).items():
        if severities.get(name) != severity:
            yield f"alert {name}: expected {severity}, found {severities.get(name)}"
    for name in expect.get("no_alerts", ()):
        if name in severities:
            yield f"alert {name}: not expected, found {severities[name]}"
    if "only_alerts" in expect and severities != expect["only_alerts"]:
        yield f"only alerts: expected {expect['only_alerts']}, found {severities}"
    rules = {alert.id: set(alert.rules) for alert in plan.alerts}
    for name, wanted in expect.get("alert_rules", {}).items():
        if rules.get(name) != set(wanted):
            yield f"alert {name}: expected from {wanted}, found {rules.get(name)}"


def _check_open(plan: Plan, expect: Mapping[str, Any]) -> Iterator[str]:
    meanwhile = {r.action for r in plan.meanwhile}
    for action in expect.get("meanwhile", ()):
        if action not in meanwhile:
            yield f"meanwhile: {action} expected, found {sorted(meanwhile)}"
    for action in expect.get("not_meanwhile", ()):
        if action in meanwhile:
            yield f"meanwhile: {action} not expected, found {sorted(meanwhile)}"
    asked = {question.field for question in plan.open_questions}
    for field in expect.get("asks", ()):
        if field not in asked:
            yield f"asks: {field} expected, found {sorted(asked)}"
    for field in expect.get("does_not_ask", ()):
        if field in asked:
            yield f"does_not_ask: {field} is asked"


_CHECKS = (
    *(_check_scope, _check_counts_as, _check_referral, _check_listed),
    *(_check_exactly, _check_absent, _check_alerts, _check_open),
)
