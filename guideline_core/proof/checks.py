"""The checks of rules and safety properties. Each returns counterexamples; none means proved for every case."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import z3

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, atoms, holds
from guideline_core.edition.condition_language import in_words
from guideline_core.edition.rules import (
    AdviceRule,
    AlertRule,
    AlternativesRule,
    AnyRule,
    OrderRule,
    ReferralRule,
    ResponseRule,
)
from guideline_core.edition.values import SafetyProperty
from guideline_core.evaluation import Evaluation
from guideline_core.keys import ASKED_VERDICTS, LISTED_VERDICTS, POSITIVE_VERDICTS, SAFEST_FIRST
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.replay import Replay, Truth, shown
from guideline_core.proof.search import Bench, CompleteCase
from guideline_core.proof.variables import Formula, all_of, any_of, support

OPPOSED = (
    (("refer.not_needed", LISTED_VERDICTS), ("refer.expertise_centre", POSITIVE_VERDICTS)),
    (("refer.not_needed", LISTED_VERDICTS), ("refer.princess_maxima", POSITIVE_VERDICTS)),
    (("refer.not_needed", LISTED_VERDICTS), ("refer.arrange_by_phone", POSITIVE_VERDICTS)),
    (("imaging.no_further_imaging", ASKED_VERDICTS), ("imaging.mri_contrast", ASKED_VERDICTS)),
    (("imaging.no_further_imaging", ASKED_VERDICTS), ("imaging.ct_local_unenhanced", ASKED_VERDICTS)),
    (("imaging.no_further_imaging", ASKED_VERDICTS), ("imaging.unenhanced_ct_or_mri", ASKED_VERDICTS)),
    (("imaging.no_further_imaging", ASKED_VERDICTS), ("staging.ct_thorax_unenhanced", ASKED_VERDICTS)),
    (("staging.not_needed", LISTED_VERDICTS), ("staging.ct_thorax_unenhanced", ASKED_VERDICTS)),
    (("staging.not_needed", LISTED_VERDICTS), ("staging.whole_body_mri", POSITIVE_VERDICTS)),
    (("staging.not_needed", LISTED_VERDICTS), ("staging.see_appendix", LISTED_VERDICTS)),
)
"""Pairs of actions with verdicts that a plan never gives together: the one says that the other is not to be done."""


def check_property(bench: Bench, safety: SafetyProperty) -> Iterator[Counterexample]:
    """One safety property of the edition."""
    violated = z3.Not(bench.formulas.condition(safety.always))
    complete = bench.find(violated)
    if complete is None:
        return
    case = bench.realiser.case(complete, support(violated))
    evaluation = bench.evaluator.of(complete)
    replay = Replay(bench.planner, evaluation, case)
    yield Counterexample(
        property=safety.id,
        words=safety.text,
        case=case,
        rules=_speaking_rules(bench, safety.always, evaluation),
        expected=in_words(safety.always),
        found=_observations(safety.always, evaluation),
        shown=shown(replay.holds(Not(safety.always))),
    )


def _speaking_rules(bench: Bench, condition: Condition, evaluation: Evaluation) -> tuple[str, ...]:
    """The rules to blame: those that decide a part of the plan which, were it otherwise, would save the property."""
    parts = [atom for atom in dict.fromkeys(atoms(condition)) if isinstance(atom, PlanAtom) and atom.kind != "done"]
    saving = [part for part in parts if _would_save(condition, evaluation, part)]
    found: dict[str, None] = {}
    for part in saving or parts:
        for rules in _rules_on(bench, part):
            fired = [rule.id for rule in rules if evaluation.fires(rule)]
            found |= dict.fromkeys(fired or [rule.id for rule in rules])
    return tuple(found)


def _would_save(condition: Condition, evaluation: Evaluation, part: PlanAtom) -> bool:
    """Whether the condition would hold if the plan said the opposite of this part."""

    def otherwise(atom: Atom | PlanAtom) -> bool:
        return evaluation.holds(atom) != (atom == part)

    return holds(condition, otherwise)


def _rules_on(bench: Bench, part: PlanAtom) -> Iterator[Sequence[AnyRule]]:
    """The rules that speak of a part of the plan, and those that hold its action up."""
    if part.kind == "referral":
        yield bench.edition.referral_rules
        return
    yield bench.formulas.rules_of[part.subject]
    if part.kind in ("free", "waits"):
        yield [rule for rule in bench.edition.order_rules if rule.action == part.subject]


def _observations(condition: Condition, evaluation: Evaluation) -> str:
    """What each part of a condition is in a complete case, definitions by name."""
    found = {in_words(leaf): evaluation.holds(leaf) for leaf in _named_parts(condition)}
    return "; ".join(f"{words}: {'yes' if holding else 'no'}" for words, holding in found.items())


def _named_parts(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Not(part):
            yield from _named_parts(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _named_parts(part)
        case leaf:
            yield leaf


def check_one_referral_decision(bench: Bench) -> Iterator[Counterexample]:
    """No case without a referral decision, and none with two."""
    rules = bench.edition.referral_rules
    silent = z3.Not(any_of(bench.formulas.fires(rule.id) for rule in rules))
    complete = bench.find(silent)
    if complete is not None:
        yield _clash(bench, "one-referral-decision", silent, complete, (), "no rule decides")
    for one, other in combinations(rules, 2):
        both = all_of((bench.formulas.fires(one.id), bench.formulas.fires(other.id)))
        complete = bench.find(both)
        if complete is not None:
            found = f"{one.id}: {one.decision}; {other.id}: {other.decision}"
            yield _clash(bench, "one-referral-decision", both, complete, (one, other), found)


def check_one_verdict_per_action(bench: Bench) -> Iterator[Counterexample]:
    """No two rules give an action different verdicts. The safer stands; an edition should say what it means."""
    for action, rules in bench.formulas.rules_of.items():
        for one, other in combinations(rules, 2):
            if one.verdict != other.verdict:
                both = all_of((bench.formulas.fires(one.id), bench.formulas.fires(other.id)))
                complete = bench.find(both)
                if complete is not None:
                    found = f"{action}: {one.verdict} by {one.id}, {other.verdict} by {other.id}"
                    yield _clash(bench, "one-verdict-per-action", both, complete, (one, other), found)


def check_one_response_grade(bench: Bench) -> Iterator[Counterexample]:
    """No two rules grade one response differently."""
    for one, other in combinations(bench.edition.response_rules, 2):
        if one.response_grade != other.response_grade:
            told = bench.formulas.one_of("resection.record_response", LISTED_VERDICTS)
            both = all_of((bench.formulas.fires(one.id), bench.formulas.fires(other.id), told))
            complete = bench.find(both)
            if complete is not None:
                found = f"{one.response_grade} by {one.id}, {other.response_grade} by {other.id}"
                yield _clash(bench, "one-response-grade", both, complete, (one, other), found)


def _clash(
    bench: Bench,
    name: str,
    formula: Formula,
    complete: CompleteCase,
    rules: tuple[AnyRule, ...],
    found: str,
) -> Counterexample:
    case = bench.realiser.case(complete, support(formula))
    replay = Replay(bench.planner, bench.evaluator.of(complete), case)
    return Counterexample(
        property=name,
        words=STRUCTURE[name],
        case=case,
        rules=tuple(rule.id for rule in rules),
        expected="exactly one rule" if name == "one-referral-decision" else "rules that agree",
        found=found,
        shown=shown(*(_fires_in_plan(bench, replay, rule) for rule in rules), _gap(replay, rules)),
    )


def _gap(replay: Replay, rules: tuple[AnyRule, ...]) -> Truth:
    """Without a rule that decides, the plan must leave the decision undetermined."""
    return True if rules else replay.referral("decision", ()) is None


def _fires_in_plan(bench: Bench, replay: Replay, rule: AnyRule) -> Truth:
    """Whether the plan names the rule; of two clashing verdicts it shows the safer one only."""
    match rule:
        case ReferralRule():
            return None if replay.referral("decision", ()) is None else rule.id in replay.plan.referral.rules
        case AdviceRule():
            order = SAFEST_FIRST[bench.edition.actions[rule.action].safer]
            return replay.listed(rule.action, order[: order.index(rule.verdict) + 1])
        case ResponseRule():
            return replay.listed("resection.record_response")
    return None


def check_nothing_both_asked_and_avoided(bench: Bench) -> Iterator[Counterexample]:
    """No action is asked and advised against, nor are two of which one says that the other is not to be done."""
    formulas, known = bench.formulas, bench.edition.actions
    pairs = [((action, ASKED_VERDICTS), (action, ("do_not", "in_principle_not"))) for action in known]
    for one, other in (*pairs, *OPPOSED):
        if one[0] in known and other[0] in known:
            both = all_of((formulas.one_of(*one), formulas.one_of(*other)))
            yield from _together(bench, both, one, other)
    forbidden, biopsy = "biopsy.without_consultation", "biopsy.perform"
    if {forbidden, biopsy} <= known.keys():
        both = all_of((formulas.one_of(forbidden, ("do_not",)), formulas.free(biopsy)))
        yield from _together(bench, both, (forbidden, ("do_not",)), (biopsy, POSITIVE_VERDICTS))


def _together(
    bench: Bench, both: Formula, one: tuple[str, Iterable[str]], other: tuple[str, Iterable[str]]
) -> Iterator[Counterexample]:
    complete = bench.find(both)
    if complete is not None:
        case = bench.realiser.case(complete, support(both))
        evaluation = bench.evaluator.of(complete)
        replay = Replay(bench.planner, evaluation, case)
        name = "nothing-both-asked-and-avoided"
        yield Counterexample(
            property=name,
            words=STRUCTURE[name],
            case=case,
            rules=tuple(
                rule.id
                for action, verdicts in (one, other)
                for rule in bench.formulas.rules_of[action]
                if rule.verdict in verdicts and evaluation.fires(rule)
            ),
            expected=f"{one[0]} and {other[0]} exclude each other",
            found="both are listed",
            shown=shown(replay.listed(*one), replay.listed(*other)),
        )


def check_every_rule_can_fire(bench: Bench) -> Iterator[Counterexample]:
    """Each rule holds in some case."""
    for rule in bench.edition.rules:
        if not bench.possible(bench.formulas.fires(rule.id)):
            yield _without_case("every-rule-can-fire", (rule.id,), "a case in which it holds", "there is none")


def check_every_rule_matters(bench: Bench) -> Iterator[Counterexample]:
    """Without the rule some plan would be different. A rule that never fires is reported by the check above."""
    for rule in bench.edition.rules:
        if not bench.possible(changes_plan(bench, rule)) and bench.possible(bench.formulas.fires(rule.id)):
            covering = _covering(bench, rule)
            found = f"it says nothing that is not said by {', '.join(covering) or 'other rules together'}"
            yield _without_case("every-rule-matters", (rule.id, *covering), "a case whose plan it changes", found)


def changes_plan(bench: Bench, rule: AnyRule) -> Formula:
    """Where leaving out the rule would change its verdict, wait, decision, alert or grade."""
    formulas = bench.formulas
    others = any_of(formulas.fires(other) for other in _rivals(bench, rule))
    alone = all_of((formulas.fires(rule.id), z3.Not(others)))
    match rule:
        case OrderRule():
            alike = [formulas.holds_back(other) for other in _rivals(bench, rule)]
            held = all_of((formulas.holds_back(rule.id), z3.Not(any_of(alike))))
            return all_of((formulas.both_asked(rule.action, rule.waits_for), held))
        case AlternativesRule():
            return all_of((alone, formulas.both_advised(*rule.alternatives)))
        case ResponseRule():
            return all_of((alone, formulas.one_of("resection.record_response", LISTED_VERDICTS)))
    return alone


def _rivals(bench: Bench, rule: AnyRule) -> list[str]:
    """The other rules that can say the same or take precedence, so that this one would not be missed."""
    edition = bench.edition
    rivals: Iterable[AnyRule] = ()
    match rule:
        case AdviceRule():
            order = SAFEST_FIRST[edition.actions[rule.action].safer]
            safer = order[: order.index(rule.verdict) + 1]
            rivals = [r for r in bench.formulas.rules_of[rule.action] if r.verdict in safer]
        case OrderRule():
            rivals = [r for r in edition.order_rules if (r.action, r.waits_for) == (rule.action, rule.waits_for)]
        case AlternativesRule():
            rivals = [r for r in edition.alternatives_rules if {*r.alternatives} == {*rule.alternatives}]
        case ReferralRule():
            rivals = edition.referral_rules
        case AlertRule():
            rivals = [r for r in edition.alert_rules if (r.alert, r.severity) == (rule.alert, rule.severity)]
        case ResponseRule():
            rivals = edition.response_rules
    return [rival.id for rival in rivals if rival.id != rule.id]


def _covering(bench: Bench, rule: AnyRule) -> list[str]:
    """The rules each of which says by itself all that this one says."""
    fires = bench.formulas.fires
    return [other for other in _rivals(bench, rule) if not bench.possible(fires(rule.id), z3.Not(fires(other)))]


def _without_case(name: str, rules: tuple[str, ...], expected: str, found: str) -> Counterexample:
    return Counterexample(name, STRUCTURE[name], None, rules, expected, found)
