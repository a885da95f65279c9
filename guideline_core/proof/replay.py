"""Replays what a solver found through the planner: does the plan of that case say it too?

The plan may leave open what the complete case fixes, so the answer has three values: yes, no, or not decided (None).
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from guideline_core.case import Case
from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word, value_in_words
from guideline_core.evaluation import Evaluation
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    POSITIVE_VERDICTS,
    REFRAINING_VERDICTS,
    UNDETERMINED,
    ReferralKey,
)
from guideline_core.plan import Plan, Recommendation
from guideline_core.planning import Planner
from guideline_core.proof.counterexample import STRUCTURE, Counterexample, Shown
from guideline_core.proof.search import Bench, CompleteCase

REFERENCE_DAY = datetime.date(2026, 11, 23)
"""Any day will do: realised cases give the age in years."""

Truth = bool | None


def truth(condition: Condition, of_atom: Callable[[Atom | PlanAtom], Truth]) -> Truth:
    """Whether a condition holds when some of its atoms may be undecided."""
    match condition:
        case And(parts):
            return _all(truth(part, of_atom) for part in parts)
        case Or(parts):
            return _negated(_all(_negated(truth(part, of_atom)) for part in parts))
        case Not(part):
            return _negated(truth(part, of_atom))
        case Word(_, meaning):
            return truth(meaning, of_atom)
        case atom:
            return of_atom(atom)


def shown(*claims: Truth) -> Shown:
    """How a plan shows claims that must all hold."""
    found = _all(claims)
    return "definite" if found else "possible" if found is None else "no"


def _all(truths: Iterable[Truth]) -> Truth:
    found = list(truths)
    return False if False in found else None if None in found else True


def _negated(value: Truth) -> Truth:
    return None if value is None else not value


@dataclass(frozen=True)
class ReplayedPair:
    """Two complete cases, before and after a change: the cases that state them, evaluated and planned."""

    cases: tuple[Case, Case]
    evaluations: tuple[Evaluation, Evaluation]
    plans: tuple[Plan, Plan]

    @property
    def plans_differ(self) -> Truth:
        """That the plans show it: where they are the same, what is open hides it."""
        return True if self.plans[0] != self.plans[1] else None

    def against(
        self, name: str, rules: Iterable[str], expected: str, found: str, claims: Iterable[Truth]
    ) -> Counterexample:
        """The counterexample that the pair is to a property, as its plans show the claims."""
        before, after = self.cases
        how = shown(*claims)
        return Counterexample(name, STRUCTURE[name], before, tuple(rules), expected, found, after=after, shown=how)


def replayed(bench: Bench, pair: tuple[CompleteCase, CompleteCase], wanted: Iterable[str]) -> ReplayedPair:
    """Replay both; the cases state at least what is wanted of them."""
    stated = tuple(wanted)
    before, after = (bench.realiser.case(complete, stated) for complete in pair)
    one, other = map(bench.evaluator.of, pair)
    plans = (bench.planner.make_plan(before, REFERENCE_DAY), bench.planner.make_plan(after, REFERENCE_DAY))
    return ReplayedPair((before, after), (one, other), plans)


class Replay:
    """The plan of one case, read as a complete case is read."""

    def __init__(self, planner: Planner, evaluation: Evaluation, case: Case) -> None:
        self.plan: Plan = planner.make_plan(case, REFERENCE_DAY)
        self._evaluation = evaluation

    def holds(self, condition: Condition) -> Truth:
        """Whether the plan shows a condition."""
        return truth(condition, self._atom)

    def listed(self, action: str, verdicts: Iterable[str] = LISTED_VERDICTS) -> Truth:
        """Whether the plan lists an action with one of these verdicts."""
        wanted = set(verdicts)
        found = self._found(action, wanted)
        if any(each.certainty == "definite" and {each.verdict, *each.stronger_possible} <= wanted for each in found):
            return True
        return None if found else False

    def referral(self, key: ReferralKey, values: Iterable[str]) -> Truth:
        """Whether a key of the referral decision has one of these values."""
        value = getattr(self.plan.referral, key)
        if value == UNDETERMINED:
            return None
        return value_in_words(value) in set(values)

    def _found(self, action: str, verdicts: Iterable[str]) -> list[Recommendation]:
        """The recommendations on an action that have, or can still get, one of these verdicts."""
        wanted = set(verdicts)
        listed = (each for each in self.plan.recommendations if each.action == action)
        return [each for each in listed if wanted & {each.verdict, *each.stronger_possible}]

    def _atom(self, atom: Atom | PlanAtom) -> Truth:
        if isinstance(atom, Atom):
            return self._evaluation.holds(atom)
        match atom.kind:
            case "listed":
                return self.listed(atom.subject)
            case "asked":
                return self.listed(atom.subject, ASKED_VERDICTS)
            case "refrained":
                return self.listed(atom.subject, REFRAINING_VERDICTS)
            case "advised":
                return self.listed(atom.subject, atom.values)
            case "done":  # a matter of answers alone
                return self._evaluation.done(atom.subject)
            case "free":
                return self._free(atom.subject)
            case "waits":
                found = self._found(atom.subject, POSITIVE_VERDICTS)
                return any(atom.values & set(recommendation.waits_for) for recommendation in found)
            case _:
                return self.referral(atom.referral_key, atom.values)

    def _free(self, action: str) -> Truth:
        waits = any(recommendation.waits_for for recommendation in self._found(action, POSITIVE_VERDICTS))
        return False if waits else self.listed(action, POSITIVE_VERDICTS)
