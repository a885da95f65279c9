"""An event, an exception or a default changes what is declared of it (`may_change`) and nothing else.

Before the answer its subjects have the values that stand for "not answered"; afterwards any value. Two coherent cases
that differ in nothing but that are compared, part by part of what a plan says. The declared list is exact: what
stands in it but can never change is reported as well.
"""

from collections.abc import Iterable, Iterator, Sequence

import z3

from guideline_core.plan import Plan
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.effects import EVERYTHING, SCOPE
from guideline_core.proof.formula import Part
from guideline_core.proof.may_change import MAY_CHANGE
from guideline_core.proof.moving import fields_that_move, moved_by, step
from guideline_core.proof.replay import Truth, replayed
from guideline_core.proof.search import Bench, CompleteCase
from guideline_core.proof.variables import Formula, all_of, any_of, support, supports

NAME = "an-answer-changes-only-what-is-declared"


def check_answers(bench: Bench) -> Iterator[Counterexample]:
    """For each such field: nothing changes but what is declared, and all that is declared can change."""
    parts = what_is_said(bench)
    for field in fields_that_move(bench):
        yield from check_answer(bench, field, parts)


def what_is_said(bench: Bench) -> Sequence[tuple[Part, frozenset[str]]]:
    """Everything that a plan says, each with the subjects on which it turns."""
    scope = Part(SCOPE, (SCOPE,), bench.formulas.in_scope)
    parts = (*bench.formulas.parts(), scope)
    return list(zip(parts, supports(part.formula for part in parts), strict=True))


def check_answer(bench: Bench, field: str, parts: Sequence[tuple[Part, frozenset[str]]]) -> Iterator[Counterexample]:
    """For one such field: nothing changes but what is declared, and all that is declared can change."""
    subjects = moved_by(bench, field)
    touched = [part for part, turns_on in parts if turns_on & set(subjects)]
    declared = MAY_CHANGE.get(field, frozenset())
    if declared is not EVERYTHING:
        undeclared = [part for part in touched if part.effect not in declared]
        yield from _undeclared(bench, field, undeclared, stays_in_scope=SCOPE in declared)
        yield from _unused(bench, field, touched, declared)


def differs(bench: Bench, field: str, parts: Iterable[Part]) -> Formula:
    """One of these parts of the plan is different after the answer."""
    formulas = [part.formula for part in parts]
    return any_of(map(z3.Xor, formulas, bench.all_after(formulas, moved_by(bench, field))))


def _undeclared(bench: Bench, field: str, parts: list[Part], stays_in_scope: bool) -> Iterator[Counterexample]:
    """What changes and was not declared. Where the answer may change whether the guideline applies at all, everything
    changes with that: then only cases are compared in which it does not."""
    subjects = moved_by(bench, field)
    by_effect: dict[str, list[Part]] = {}
    for part in parts:
        by_effect.setdefault(part.effect, []).append(part)
    change = step(bench, field)
    if stays_in_scope:
        in_scope = bench.formulas.in_scope
        change = all_of((change, in_scope == bench.after(in_scope, subjects)))
    if not bench.possible_pair(subjects, change, differs(bench, field, parts)):
        return
    for effect, its_parts in by_effect.items():
        found = bench.find_pair(subjects, change, differs(bench, field, its_parts))
        if found is not None:
            yield _counterexample(bench, field, effect, its_parts, *found)


def _unused(bench: Bench, field: str, touched: list[Part], declared: frozenset[str]) -> Iterator[Counterexample]:
    change, subjects = step(bench, field), moved_by(bench, field)
    parts = {effect: [part for part in touched if part.effect == effect] for effect in sorted(declared)}
    can_change = {effect: differs(bench, field, its_parts) for effect, its_parts in parts.items()}
    seen = bench.held_by_pairs(subjects, change, can_change)
    for effect in (effect for effect in can_change if effect not in seen):
        expected = f"{field} can change {effect}, as declared"
        yield Counterexample(NAME, STRUCTURE[NAME], None, _rules(bench, parts[effect]), expected, "it never does")


def _rules(bench: Bench, parts: Iterable[Part]) -> tuple[str, ...]:
    """The rules that speak of what these parts say."""
    names = {name for part in parts for name in part.name}
    kinds = {part.kind for part in parts}
    found = []
    for rule in bench.edition.rules:
        spoken = {getattr(rule, key, None) for key in ("action", "alert", "response_grade")}
        if spoken & names or ("referral" in kinds and rule in bench.edition.referral_rules):
            found.append(rule.id)
    return tuple(found)


def _counterexample(
    bench: Bench, field: str, effect: str, parts: list[Part], before: CompleteCase, after: CompleteCase
) -> Counterexample:
    wanted = {*moved_by(bench, field), *(name for part in parts for name in support(part.formula))}
    pair = replayed(bench, (before, after), wanted)
    one, other = pair.evaluations
    speaking = [bench.edition.rule(name) for name in _rules(bench, parts)]
    changed = [rule.id for rule in speaking if one.fires(rule) != other.fires(rule)]
    rules = changed or [rule.id for rule in speaking]
    expected, found = f"an answer to {field} leaves {effect} as it was", f"{effect} changes"
    return pair.against(NAME, rules, expected, found, [_plans_differ(*pair.plans, effect)])


def _plans_differ(before: Plan, after: Plan, effect: str) -> Truth:
    return True if said_of(before, effect) != said_of(after, effect) else None


def said_of(plan: Plan, effect: str) -> object:
    """What a plan says of an action, an alert, a key of the referral decision, or the response grade."""
    if effect == SCOPE:
        return plan.scope
    kind, _, name = effect.partition(".")
    if kind == "referral":
        return getattr(plan.referral, name)
    if kind == "alert":
        return [(alert.severity, alert.certainty) for alert in plan.alerts if alert.id == name]
    if effect == "response_grade":
        return [r.response_grade for r in plan.recommendations if r.action == "resection.record_response"]
    found = [r for r in plan.recommendations if r.action == effect]
    return [(r.verdict, r.stronger_possible, r.certainty, r.progress, r.waits_for, r.alternative_to) for r in found]
