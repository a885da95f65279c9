"""More knowledge of danger never makes the plan lighter: the check over every alarming change.

Two coherent cases are compared that differ in one alarming change (`alarms`). In the second nothing is missing of what
the first says (`heaviness`): the referral drops on none of its ladders, no action of the work-up is asked for less, and
a biopsy waits for no less. Seen in an expertise centre there is no referral to speak of, and a metastasis belongs to
another guideline; both are left out.

What may be lost all the same stands in `EXCUSES`, by the change, with the statement behind it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import z3

from guideline_core.condition import value_in_words
from guideline_core.keys import REFRAINING_VERDICTS, UNDETERMINED, ReferralKey
from guideline_core.lesion import nature_has
from guideline_core.plan import ReferralDecision
from guideline_core.proof.alarms import NOW_SUSPECTED, Change, changes
from guideline_core.proof.counterexample import Counterexample
from guideline_core.proof.heaviness import (
    BIOPSY,
    LADDERS,
    losses,
    referral_name,
    said,
    waiting_name,
)
from guideline_core.proof.replay import ReplayedPair, Truth, replayed
from guideline_core.proof.search import Bench, CompleteCase
from guideline_core.proof.variables import Formula, all_of, any_of, support
from guideline_core.subjects import NATURE

NAME = "danger-never-makes-the-plan-lighter"
DECLARATION = "imaging.declare_complete"
CHEST_CT = "staging.ct_thorax_unenhanced"
HOW = ("biopsy", "how")
"""Phase and kind of what is said of how a biopsy is done."""
KEY_OF = {referral_name(key): key for key in LADDERS}

Excuse = Callable[[Bench, str], Formula]
"""Where something may be lost, in the case after the change."""


def chest_ct_instead(bench: Bench, what: str) -> Formula:
    """The chest CT is asked for firmly, and a biopsy waits for it or it was made: the grade makes it a chondrosarcoma,
    whose staging the guideline gives itself (M2-R9) where the centre had to declare it complete (M2-R13)."""
    formulas = bench.formulas
    if what == DECLARATION:
        return formulas.one_of(CHEST_CT, ["do"])
    if what == waiting_name(DECLARATION):
        awaited = any_of((formulas.waits(BIOPSY, CHEST_CT), formulas.done(CHEST_CT)))
        return all_of((formulas.one_of(CHEST_CT, ["do"]), awaited))
    return z3.BoolVal(False)


def not_staged_in_follow_up(bench: Bench, what: str) -> Formula:
    """In follow-up the chondrosarcoma that the grade makes of it is not staged (AMB-69), while a tumour of the appendix
    is, as long as no diagnosis is established (M2-R13)."""
    of_staging = what in (DECLARATION, waiting_name(DECLARATION))
    return bench.variables.among("phase", ["follow_up"]) if of_staging else z3.BoolVal(False)


def not_to_be_touched(bench: Bench, what: str) -> Formula:
    """The tumour that is then suspected is not to be touched: its work-up ends there (M2-R17, M2-R18b)."""
    natures = [value for value in bench.space.nature.values if nature_has(value, "category", ["do_not_touch"])]
    return z3.BoolVal(False) if what in KEY_OF else bench.variables.among(NATURE, natures)


def spoken_against(bench: Bench, what: str) -> Formula:
    """Of the tumour that is then suspected the guideline says that it is left out, or may be: diffusion images of a
    cartilage tumour (M2-R7d), a biopsy of an unequivocal chondrosarcoma, with how it is done and waits (M2-R16)."""
    actions = bench.edition.actions
    of_biopsy = what.startswith(BIOPSY) or (what in actions and (actions[what].phase, actions[what].kind) == HOW)
    action = BIOPSY if of_biopsy else what
    left_out = (*REFRAINING_VERDICTS, "inform")
    return bench.formulas.one_of(action, left_out) if action in actions else z3.BoolVal(False)


EXCUSES: Mapping[str, tuple[Excuse, ...]] = {
    NOW_SUSPECTED: (not_to_be_touched, spoken_against),
    "pathology.histological_grade grade_1 -> grade_2": (chest_ct_instead, not_staged_in_follow_up),
}
"""By the name of a change, what may be lost with it all the same."""


def check_danger(bench: Bench) -> Iterator[Counterexample]:
    """No alarming change takes anything away from the plan."""
    what = list(said(bench))
    known: dict[tuple[object, ...], Mapping[str, Formula]] = {}
    for change in changes(bench):
        key = (change.moved, EXCUSES.get(change.name))
        if key not in known:
            known[key] = lighter(bench, change, what)
        yield from check_change(bench, change, known[key])


def lighter(bench: Bench, change: Change, what: Sequence[tuple[str, Formula]]) -> Mapping[str, Formula]:
    """Where each thing that a plan says is lost with a change; what does not turn on what moves is left out."""
    found: dict[str, list[Formula]] = {}
    after = bench.all_after([formula for _, formula in what], change.moved)
    for (name, one), other in zip(what, after, strict=True):
        if not one.eq(other):
            found.setdefault(name, []).append(losses(one, other))
    return {name: all_of((any_of(each), z3.Not(_excused(bench, change, name)))) for name, each in found.items()}


def _excused(bench: Bench, change: Change, what: str) -> Formula:
    """Where this may be lost, as it reads after the change."""
    excused = any_of(excuse(bench, what) for excuse in EXCUSES.get(change.name, ()))
    return bench.after(excused, change.moved)


def check_change(bench: Bench, change: Change, less: Mapping[str, Formula]) -> Iterator[Counterexample]:
    """Nothing of this is lost with this change; asked together first, and apart only where something is."""
    happens = all_of((bench.formulas.in_scope, change.formula))
    if not bench.possible_pair(change.moved, happens, any_of(less.values())):
        return
    for what, lost in less.items():
        found = bench.find_pair(change.moved, happens, lost)
        if found is not None:
            yield _counterexample(bench, change, what, found, frozenset(change.moved) | support(lost))


def _counterexample(
    bench: Bench, change: Change, what: str, pair: tuple[CompleteCase, CompleteCase], subjects: frozenset[str]
) -> Counterexample:
    found = replayed(bench, pair, {name.removesuffix("'") for name in subjects})
    if what in KEY_OF:
        return _of_referral(bench, change, KEY_OF[what], found)
    one, other = found.evaluations
    rules = (rule.id for rule in bench.edition.rules if one.fires(rule) != other.fires(rule))
    expected = f"{change.name}: {what} is no lighter afterwards"
    return found.against(NAME, rules, expected, "it is lighter", [found.plans_differ])


def _of_referral(bench: Bench, change: Change, key: ReferralKey, pair: ReplayedPair) -> Counterexample:
    referrals = [evaluation.referral() for evaluation in pair.evaluations]
    values = [value_in_words("undecided" if each is None else getattr(each, key)) for each in referrals]
    fired = (
        rule.id for evaluation in pair.evaluations for rule in bench.edition.referral_rules if evaluation.fires(rule)
    )
    claims = (_says(plan.referral, key, value) for plan, value in zip(pair.plans, values, strict=True))
    expected, found = f"{change.name}: {key} at least {values[0]}", f"{key} {values[0]} before, {values[1]} after"
    return pair.against(NAME, dict.fromkeys(fired), expected, found, claims)


def _says(referral: ReferralDecision, key: ReferralKey, value: str) -> Truth:
    found = getattr(referral, key)
    if found == UNDETERMINED:
        return True if value == "undecided" else None
    return bool(value_in_words(found) == value)
