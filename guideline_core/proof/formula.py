"""From the parsed rules to formulas over complete cases: what a plan says, as something a solver can reason about.

Each subject of the space becomes a variable with its short list of values; `nature` is one variable, and the atoms
`category`, `entity`, `suspected` and `histology` are sets of its values, as in the diagrams that planning uses. The
formulas are built from the conditions themselves, never from those diagrams: the two are independent, and compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import z3

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition import (
    ASKED_VERDICTS,
    POSITIVE_VERDICTS,
    REFERRAL_KEYS,
    SAFEST_FIRST,
    AdviceRule,
    Edition,
    ReferralRule,
    Rule,
)
from guideline_core.evaluation import LISTED_VERDICTS, REFRAINING_VERDICTS
from guideline_core.space import NOT_SUSPECTED, Space

Formula = Any
"""A Boolean expression of the solver (which has no type information of its own)."""

NATURE_ATOMS = ("category", "entity", "suspected")


class Variables:
    """One variable for each subject of a space: a Boolean for each of its values, of which exactly one is true.

    Measured on the real edition (186 queries) this takes 0.24 s, enumerations and integers with bounds 0.32 s. What
    decides is that propositional formulas can also be evaluated for thousands of cases at once (`agreement`).
    """

    def __init__(self, space: Space, mark: str = "") -> None:
        self.space = space
        self.bits: dict[str, tuple[Formula, ...]] = {
            name: tuple(z3.Bool(f"{name}={value}{mark}") for value in subject.values)
            for name, subject in space.subjects.items()
        }

    def among(self, name: str, values: Iterable[str]) -> Formula:
        """The formula "this subject has one of these values"."""
        wanted = set(values)
        subject = self.space.subjects[name]
        chosen = [bit for value, bit in zip(subject.values, self.bits[name], strict=True) if value in wanted]
        if len(chosen) == len(subject.values):
            return z3.BoolVal(True)
        return any_of(chosen)

    def domain(self) -> Formula:
        """Each variable has exactly one of its values."""
        return all_of(z3.PbEq([(bit, 1) for bit in bits], 1) for bits in self.bits.values())

    def read(self, model: Any, names: Iterable[str] | None = None) -> dict[str, str]:
        """The complete case (or these subjects of it) that a model of the solver describes."""
        found = {}
        for name in self.bits if names is None else names:
            bits = self.bits[name]
            values = self.space.subjects[name].values
            found[name] = next(v for v, bit in zip(values, bits, strict=True) if z3.is_true(model.eval(bit, True)))
        return found

    def moved(self, formula: Formula, other: "Variables", names: Iterable[str]) -> Formula:
        """The same formula, speaking of the other variables for these subjects."""
        pairs = [pair for name in names for pair in zip(self.bits[name], other.bits[name], strict=True)]
        return z3.substitute(formula, *pairs) if pairs else formula


def all_of(formulas: Iterable[Formula]) -> Formula:
    """The conjunction, without needless nesting."""
    found = [formula for formula in formulas if not z3.is_true(formula)]
    if any(z3.is_false(formula) for formula in found):
        return z3.BoolVal(False)
    return found[0] if len(found) == 1 else z3.And(found) if found else z3.BoolVal(True)


def any_of(formulas: Iterable[Formula]) -> Formula:
    """The disjunction, without needless nesting."""
    found = [formula for formula in formulas if not z3.is_false(formula)]
    if any(z3.is_true(formula) for formula in found):
        return z3.BoolVal(True)
    return found[0] if len(found) == 1 else z3.Or(found) if found else z3.BoolVal(False)


@dataclass(frozen=True)
class Part:
    """One thing that a plan says or does not say: what it is, and the formula that says when."""

    kind: str
    name: tuple[str, ...]
    formula: Formula

    @property
    def effect(self) -> str:
        """How a list of what an answer may change names it."""
        prefix = {"referral": "referral.", "alert": "alert."}.get(self.kind, "")
        return f"{prefix}{self.name[0]}"


class Formulas:
    """The formulas of one edition; each definition, rule and verdict is built once."""

    def __init__(self, edition: Edition, space: Space, variables: Variables | None = None) -> None:
        self.edition = edition
        self.space = space
        self.variables = variables or Variables(space)
        self.in_scope = self.variables.among("lesion.origin", self._other_values("lesion.origin", "metastasis"))
        self._words: dict[tuple[str, int], Formula] = {}
        self._rules: dict[str, Rule] = {rule.id: rule for rule in edition.rules}
        self.rules_of: dict[str, list[AdviceRule]] = {action: [] for action in edition.actions}
        for rule in edition.advice_rules:
            self.rules_of[rule.action].append(rule)
        self.fires = cache(self._fires)
        self.advised = cache(self._advised)
        self.waits = cache(self._waits)
        self.done = cache(self._done)

    def _other_values(self, name: str, *without: str) -> list[str]:
        return [value for value in self.space.subjects[name].values if value not in without]

    def condition(self, condition: Condition) -> Formula:
        """The formula of a condition."""
        match condition:
            case Atom(subject, values):
                return self._atom(subject, values)
            case PlanAtom():
                return self._plan_atom(condition)
            case Not(part):
                return z3.Not(self.condition(part))
            case And(parts):
                return all_of(self.condition(part) for part in parts)
            case Or(parts):
                return any_of(self.condition(part) for part in parts)
            case Word(name, meaning):
                key = (name, id(meaning))
                if key not in self._words:
                    self._words[key] = self.condition(meaning)
                return self._words[key]

    def _atom(self, subject: str, values: frozenset[str]) -> Formula:
        if subject in NATURE_ATOMS:
            chosen = [value for value in self.space.nature.values if nature_has(value, subject, values)]
            return self.variables.among("nature", chosen)
        return self.variables.among(subject, values)

    def _fires(self, identifier: str) -> Formula:
        """Where a rule's condition holds, its scope included."""
        rule = self._rules[identifier]
        when = self.condition(rule.when)
        return all_of((self.in_scope, when)) if rule.in_scope_only else when

    def _advised(self, action: str, verdict: str) -> Formula:
        """Where the action gets this verdict: a rule says so, and no rule gives a safer one."""
        rules = self.rules_of[action]
        order = SAFEST_FIRST[self.edition.actions[action].safer]
        safer = order[: order.index(verdict)]
        says = any_of(self.fires(rule.id) for rule in rules if rule.verdict == verdict)
        overruled = any_of(self.fires(rule.id) for rule in rules if rule.verdict in safer)
        return all_of((says, z3.simplify(z3.Not(overruled))))

    def one_of(self, action: str, verdicts: Iterable[str]) -> Formula:
        """Where the action gets one of these verdicts."""
        return any_of(self.advised(action, verdict) for verdict in verdicts)

    def _done(self, action: str) -> Formula:
        """Where the case says that the action was done."""
        condition = self.edition.actions[action].done_when
        return z3.BoolVal(False) if condition is None else self.condition(condition)

    def holds_back(self, identifier: str) -> Formula:
        """Where an order rule holds its action back, provided that both actions are asked for."""
        rule = next(rule for rule in self.edition.order_rules if rule.id == identifier)
        ended = self.done(rule.waits_for) if rule.until is None else self.condition(rule.until)
        return all_of((self.fires(identifier), z3.Not(ended)))

    def both_asked(self, action: str, other: str) -> Formula:
        """Where the action is advised and the other is asked for, so that the one can wait for the other."""
        return all_of((self.one_of(action, POSITIVE_VERDICTS), self.one_of(other, ASKED_VERDICTS)))

    def _waits(self, action: str, other: str) -> Formula:
        """Where the action waits for the other."""
        rules = [r for r in self.edition.order_rules if (r.action, r.waits_for) == (action, other)]
        return all_of((self.both_asked(action, other), any_of(self.holds_back(rule.id) for rule in rules)))

    def free(self, action: str) -> Formula:
        """Where the action is advised and waits for nothing."""
        others = dict.fromkeys(rule.waits_for for rule in self.edition.order_rules if rule.action == action)
        waits = any_of(self.waits(action, other) for other in others)
        return all_of((self.one_of(action, POSITIVE_VERDICTS), z3.Not(waits)))

    def decides(self, rule: ReferralRule) -> Formula:
        """Where this rule takes the referral decision: it fires, and none that stands before it does."""
        before = []
        for other in self.edition.referral_rules:
            if other is rule:
                break
            before.append(z3.Not(self.fires(other.id)))
        return all_of((self.fires(rule.id), *before))

    def referral_is(self, key: str, values: Iterable[str]) -> Formula:
        """Where a key of the referral decision has one of these values (`none`, `yes` and `no` written out)."""
        wanted = set(values)
        return any_of(
            all_of((self.decides(rule), when))
            for rule in self.edition.referral_rules
            for value, when in self._referral_values(rule, key)
            if value in wanted
        )

    def _referral_values(self, rule: ReferralRule, key: str) -> Iterator[tuple[str, Formula]]:
        value = getattr(rule, key)
        if key in ("by_phone", "consult_expertise_centre_first"):
            when = self.condition(value)
            yield from (("yes", when), ("no", z3.Not(when)))
        else:
            yield ("none" if value is None else value, z3.BoolVal(True))

    def referral_values(self, key: str) -> tuple[str, ...]:
        """The values that the rules can give a key of the referral decision."""
        found = (value for rule in self.edition.referral_rules for value, _ in self._referral_values(rule, key))
        return tuple(dict.fromkeys(found))

    def alert(self, name: str, severity: str) -> Formula:
        """Where an alert is raised with this severity."""
        rules = [r for r in self.edition.alert_rules if (r.alert, r.severity) == (name, severity)]
        return any_of(self.fires(rule.id) for rule in rules)

    def response_grade_is(self, grade: str) -> Formula:
        """Where the response gets this grade: the first rule that fires gives it."""
        found = []
        earlier: list[Formula] = []
        for rule in self.edition.response_rules:
            if rule.response_grade == grade:
                found.append(all_of((self.fires(rule.id), *earlier)))
            earlier.append(z3.Not(self.fires(rule.id)))
        return any_of(found)

    def _plan_atom(self, atom: PlanAtom) -> Formula:
        match atom.kind:
            case "listed":
                return self.one_of(atom.subject, LISTED_VERDICTS)
            case "asked":
                return self.one_of(atom.subject, ASKED_VERDICTS)
            case "refrained":
                return self.one_of(atom.subject, REFRAINING_VERDICTS)
            case "advised":
                return self.one_of(atom.subject, atom.values)
            case "done":
                return self.done(atom.subject)
            case "free":
                return self.free(atom.subject)
            case "waits":
                return any_of(self.waits(atom.subject, other) for other in sorted(atom.values))
            case _:
                return self.referral_is(atom.subject.removeprefix("referral."), atom.values)

    def parts(self) -> Iterator[Part]:
        """Everything that a plan of this edition can say, part by part."""
        edition = self.edition
        for action, rules in self.rules_of.items():
            for verdict in dict.fromkeys(rule.verdict for rule in rules):
                yield Part("advice", (action, verdict), self.advised(action, verdict))
            if rules and edition.actions[action].done_when is not None:
                is_done = all_of((self.one_of(action, POSITIVE_VERDICTS), self.done(action)))
                yield Part("done", (action,), is_done)
        for action, other in dict.fromkeys((rule.action, rule.waits_for) for rule in edition.order_rules):
            yield Part("waits", (action, other), self.waits(action, other))
        for key in REFERRAL_KEYS:
            for value in self.referral_values(key):
                yield Part("referral", (key, value), self.referral_is(key, (value,)))
        for name, severity in dict.fromkeys((rule.alert, rule.severity) for rule in edition.alert_rules):
            yield Part("alert", (name, severity), self.alert(name, severity))
        for grade in dict.fromkeys(rule.response_grade for rule in edition.response_rules):
            told = all_of((self.one_of("resection.record_response", LISTED_VERDICTS), self.response_grade_is(grade)))
            yield Part("response_grade", ("response_grade", grade), told)


def nature_has(value: str, subject: str, values: frozenset[str]) -> bool:
    """Whether a value of `nature` has one of these categories or entities, or is suspected as asked."""
    if value == NOT_SUSPECTED:
        return subject == "suspected" and "no" in values
    if subject == "suspected":
        return "yes" in values
    category, entity = value.split("/")
    return (category if subject == "category" else entity) in values


def support(formula: Formula) -> frozenset[str]:
    """The names of the subjects on which a formula turns."""
    seen: set[int] = set()
    found: set[str] = set()
    stack = [formula]
    while stack:
        node = stack.pop()
        if node.get_id() in seen:
            continue
        seen.add(node.get_id())
        if z3.is_const(node) and node.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            found.add(node.decl().name().rpartition("=")[0])
        stack.extend(node.children())
    return frozenset(found)
