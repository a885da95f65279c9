"""What the rules say of a *complete* case: the yardstick for everything that plans with open answers.

A complete case gives each subject of the space one value; `category`, `entity` (the tumour that
is meant) and `suspected` stand in for `nature`. The
parsed rules are read condition by condition, in the plainest possible way; results are remembered within one case.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word, value_in_words
from guideline_core.edition.rules import AdviceRule, AnyRule, OrderRule
from guideline_core.edition.values import Edition
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    POSITIVE_VERDICTS,
    REFRAINING_VERDICTS,
    SAFEST_FIRST,
    Decision,
    Destination,
    ReferralKey,
    ResponseGrade,
    Severity,
    Urgency,
    Verdict,
)
from guideline_core.subjects import ENTITY_BESIDE, NOTHING_BESIDE

CompleteCase = Mapping[str, str]


@dataclass(frozen=True)
class Referral:
    """The referral decision in a complete case, and the rule that took it."""

    rule: str
    decision: Decision
    destination: Destination | None
    urgency: Urgency | None
    by_phone: bool
    consult_expertise_centre_first: bool

    def in_words(self, key: ReferralKey) -> str:
        """The value of a key as conditions write it: `none`, `yes` and `no` for None, True and False."""
        return value_in_words(getattr(self, key))


@dataclass(frozen=True)
class Outcome:
    """Everything that the rules say of one complete case."""

    referral: Referral | None
    verdicts: Mapping[str, Verdict]
    waits: Mapping[str, frozenset[str]]
    done: frozenset[str]
    alerts: frozenset[tuple[str, Severity]]
    response_grade: ResponseGrade | None
    fired: frozenset[str]
    waived: frozenset[str] = frozenset()
    alternatives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """For each action that has some, the actions that will do in its place."""

    @property
    def closed(self) -> frozenset[str]:
        """The actions that need not be done any more: done themselves, or an alternative of theirs is."""
        return self.done | {action for action, others in self.alternatives.items() if others & self.done}


def alternatives_among(
    edition: Edition, fired: Container[str], verdicts: Mapping[str, Verdict | None]
) -> dict[str, frozenset[str]]:
    """The alternatives of each action, by the rules that fired and the verdicts: both must be advised."""
    found: dict[str, frozenset[str]] = {}
    for rule in edition.alternatives_rules:
        one, other = rule.alternatives
        if rule.id in fired and verdicts.get(one) in POSITIVE_VERDICTS and verdicts.get(other) in POSITIVE_VERDICTS:
            found[one] = found.get(one, frozenset()) | {other}
            found[other] = found.get(other, frozenset()) | {one}
    return found


class Evaluator:
    """Evaluates complete cases under one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.advice_by_action: dict[str, list[AdviceRule]] = {action: [] for action in edition.actions}
        for rule in edition.advice_rules:
            self.advice_by_action[rule.action].append(rule)
        self.orders_by_action: dict[str, list[OrderRule]] = {action: [] for action in edition.actions}
        for order in edition.order_rules:
            self.orders_by_action[order.action].append(order)

    def of(self, case: CompleteCase) -> "Evaluation":
        """What the rules say of a case, part by part as it is asked."""
        return Evaluation(self, case)

    def evaluate(self, case: CompleteCase) -> Outcome:
        """Everything that the rules say of a case."""
        return self.of(case).outcome()


class Evaluation:
    """One complete case under the rules of one edition."""

    def __init__(self, evaluator: Evaluator, case: CompleteCase) -> None:
        self._edition = evaluator.edition
        self._evaluator = evaluator
        self._case = case
        self._words: dict[str, tuple[Condition, bool]] = {}
        self._fired: dict[str, bool] = {}
        self._verdicts: dict[str, Verdict | None] = {}

    def outcome(self) -> Outcome:
        """Everything that the rules say."""
        edition = self._edition
        verdicts = {action: verdict for action in edition.actions if (verdict := self.verdict(action)) is not None}
        fired = frozenset(rule.id for rule in edition.rules if self.fires(rule))
        return Outcome(
            referral=self.referral(),
            verdicts=verdicts,
            waits={action: waits for action in verdicts if (waits := self.waits(action))},
            done=frozenset(action for action in verdicts if self.done(action)),
            alerts=frozenset((rule.alert, rule.severity) for rule in edition.alert_rules if self.fires(rule)),
            response_grade=next((r.response_grade for r in edition.response_rules if self.fires(r)), None),
            fired=fired,
            waived=frozenset(action for action in verdicts if self.waived(action)),
            alternatives=alternatives_among(edition, fired, verdicts),
        )

    def holds(self, condition: Condition) -> bool:
        """Whether a condition holds."""
        match condition:
            case Atom("entity", values):
                return self._case["entity"] in values or self._case[ENTITY_BESIDE] in values
            case Atom("every_entity", values):
                return self._case["entity"] in values and self._case[ENTITY_BESIDE] in values | {NOTHING_BESIDE}
            case Atom(subject, values):
                return self._case[subject] in values
            case PlanAtom():
                return self._plan_atom(condition)
            case Not(part):
                return not self.holds(part)
            case And(parts):
                return all(self.holds(part) for part in parts)
            case Or(parts):
                return any(self.holds(part) for part in parts)
            case Word(name, meaning):
                known = self._words.get(name)
                if known is None or known[0] is not meaning:
                    known = self._words[name] = (meaning, self.holds(meaning))
                return known[1]

    def fires(self, rule: AnyRule) -> bool:
        """Whether a rule's condition holds, its scope included."""
        if rule.id not in self._fired:
            in_scope = self._case["lesion.origin"] != "metastasis"
            self._fired[rule.id] = (in_scope or not rule.in_scope_only) and self.holds(rule.when)
        return self._fired[rule.id]

    def verdict(self, action: str) -> Verdict | None:
        """The verdict on an action; where rules collide, the safer one."""
        if action not in self._verdicts:
            verdicts = {rule.verdict for rule in self._evaluator.advice_by_action[action] if self.fires(rule)}
            order = SAFEST_FIRST[self._edition.actions[action].safer]
            self._verdicts[action] = min(verdicts, key=order.index, default=None)
        return self._verdicts[action]

    def done(self, action: str) -> bool:
        """Whether the case says that an action was done."""
        condition = self._edition.actions[action].done_when
        return condition is not None and self.holds(condition)

    def waived(self, action: str) -> bool:
        """Whether an action that is asked for need not be done before what comes next."""
        condition = self._edition.actions[action].waived_when
        return condition is not None and self.holds(condition)

    def waits(self, action: str) -> frozenset[str]:
        """The actions for which this one still waits."""
        if self.verdict(action) not in POSITIVE_VERDICTS:
            return frozenset()
        found = set()
        for rule in self._evaluator.orders_by_action[action]:
            if self.fires(rule):
                ended = self.done(rule.waits_for) if rule.until is None else self.holds(rule.until)
                if self.verdict(rule.waits_for) in ASKED_VERDICTS and not ended:
                    found.add(rule.waits_for)
        return frozenset(found)

    def referral(self) -> Referral | None:
        """The referral decision; None when no rule takes one. With two, the first in the edition stands."""
        for rule in self._edition.referral_rules:
            if self.fires(rule):
                by_phone = self.holds(rule.by_phone)
                consult_first = self.holds(rule.consult_expertise_centre_first)
                return Referral(rule.id, rule.decision, rule.destination, rule.urgency, by_phone, consult_first)
        return None

    def _plan_atom(self, atom: PlanAtom) -> bool:
        verdict = self.verdict(atom.subject) if atom.kind != "referral" else None
        match atom.kind:
            case "listed":
                return verdict in LISTED_VERDICTS
            case "asked":
                return verdict in ASKED_VERDICTS
            case "refrained":
                return verdict in REFRAINING_VERDICTS
            case "advised":
                return verdict in atom.values
            case "done":
                return self.done(atom.subject)
            case "free":
                return verdict in POSITIVE_VERDICTS and not self.waits(atom.subject)
            case "waits":
                return bool(self.waits(atom.subject) & atom.values)
            case "referral":
                referral = self.referral()
                return referral is not None and referral.in_words(atom.referral_key) in atom.values
