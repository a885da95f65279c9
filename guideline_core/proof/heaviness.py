"""How heavy a plan is: what must still be there where a proof says that a plan becomes no lighter.

That is the referral on each of its ladders, how strongly each action of the work-up is asked for, and what a biopsy
waits for.
"""

from collections.abc import Iterator, Mapping

import z3

from guideline_core.keys import WEAKEST_FIRST, Phase, ReferralKey
from guideline_core.proof.formula import Formulas
from guideline_core.proof.search import Bench
from guideline_core.proof.variables import Formula, all_of

LADDERS: Mapping[ReferralKey, tuple[str, ...]] = {
    "urgency": ("none", "routine", "urgent"),
    "decision": ("none", "consider_reassessment", "seek_advice", "advice_or_refer", "refer"),
    "by_phone": ("no", "yes"),
}
"""The keys of the referral decision that may only rise, from the lowest value to the highest."""
WORK_UP: tuple[Phase, ...] = ("local_imaging", "staging", "meeting", "biopsy")
"""The parts of a plan of which nothing may be lost."""
BIOPSY = "biopsy.perform"
YIELD = frozenset({"imaging.no_further_imaging", "imaging.unenhanced_ct_or_mri"})
"""What holds for a benign lesion only, and yields to the examination of a heavier one."""


def at_least(formulas: Formulas, key: ReferralKey, rung: str) -> Formula:
    """Where a key of the referral decision stands on this rung of its ladder or higher."""
    ladder = LADDERS[key]
    return formulas.referral_is(key, ladder[ladder.index(rung) :])


def said(bench: Bench) -> Iterator[tuple[str, Formula]]:
    """All that may not be lost, by name: each rung of the referral (seen in an expertise centre there is none to speak
    of), how strongly each action is asked for, what a biopsy waits for. A name returns for each step it can drop."""
    formulas = bench.formulas
    elsewhere = bench.variables.among("setting", ["primary_care", "hospital"])
    for key, ladder in LADDERS.items():
        yield from ((referral_name(key), all_of((elsewhere, at_least(formulas, key, rung)))) for rung in ladder[1:])
    for action, facts in bench.edition.actions.items():
        if facts.phase in WORK_UP and action not in YIELD:
            places = range(len(WEAKEST_FIRST))
            yield from ((action, formulas.one_of(action, WEAKEST_FIRST[place:])) for place in places)
    for other in dict.fromkeys(rule.waits_for for rule in bench.edition.order_rules if rule.action == BIOPSY):
        if bench.edition.actions[other].phase in WORK_UP:  # which referral it waits for follows from the heavier tumour
            yield waiting_name(other), formulas.waits(BIOPSY, other)


def referral_name(key: ReferralKey) -> str:
    """How a key of the referral decision is named among what may not be lost."""
    return f"referral.{key}"


def waiting_name(other: str) -> str:
    """How it is named that a biopsy waits for this action."""
    return f"{BIOPSY} waiting for {other}"


def losses(one: Formula, other: Formula) -> Formula:
    """Where a formula of the case before the change no longer holds in that after it."""
    return all_of((one, z3.Not(other)))
