"""From the parsed rules to formulas over complete cases: what a plan says, as something a solver can reason about.

Each subject of the space becomes a variable with its short list of values; `nature` is one variable, and the atoms
`category`, `entity`, `suspected` and `histology` are sets of its values, as in the diagrams that planning uses. The
formulas are built from the conditions themselves, never from those diagrams: the two are independent, and compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import z3

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word, value_in_words
from guideline_core.edition.rules import AdviceRule, ReferralRule
from guideline_core.edition.values import Edition
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    POSITIVE_VERDICTS,
    REFERRAL_KEYS,
    REFRAINING_VERDICTS,
    SAFEST_FIRST,
    WEAKEST_FIRST,
    ReferralKey,
)
from guideline_core.lesion import nature_has
from guideline_core.proof.variables import Formula, Variables, all_of, any_of
from guideline_core.space import Space
from guideline_core.subjects import ENTITY_BESIDE, NATURE, NOTHING_BESIDE


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
        self._rules = {rule.id: rule for rule in edition.rules}
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
        match subject:
            case "category" | "suspected":
                return self._of_nature(subject, values)
            case "entity":
                return any_of((self._of_nature(subject, values), self.variables.among(ENTITY_BESIDE, values)))
            case "every_entity":
                beside = self.variables.among(ENTITY_BESIDE, {*values, NOTHING_BESIDE})
                return all_of((self._of_nature("entity", values), beside))
        return self.variables.among(subject, values)

    def _of_nature(self, subject: str, values: frozenset[str]) -> Formula:
        chosen = [value for value in self.space.nature.values if nature_has(value, subject, values)]
        return self.variables.among(NATURE, chosen)

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

    def both_advised(self, one: str, other: str) -> Formula:
        """Where both actions are advised, however strongly."""
        return all_of((self.one_of(one, POSITIVE_VERDICTS), self.one_of(other, POSITIVE_VERDICTS)))

    def alternative(self, one: str, other: str) -> Formula:
        """Where either of two actions that are advised will do."""
        rules = [r for r in self.edition.alternatives_rules if {one, other} == set(r.alternatives)]
        return all_of((self.both_advised(one, other), any_of(self.fires(rule.id) for rule in rules)))

    def _closed(self, action: str) -> Formula:
        """Where the action was done, or an alternative of it."""
        pairs = [rule.alternatives for rule in self.edition.alternatives_rules if action in rule.alternatives]
        others = dict.fromkeys(other for pair in pairs for other in pair if other != action)
        instead = (all_of((self.alternative(action, other), self.done(other))) for other in others)
        return any_of((self.done(action), *instead))

    def free(self, action: str) -> Formula:
        """Where the action is advised and waits for nothing."""
        others = dict.fromkeys(rule.waits_for for rule in self.edition.order_rules if rule.action == action)
        waits = any_of(self.waits(action, other) for other in others)
        return all_of((self.one_of(action, POSITIVE_VERDICTS), z3.Not(waits)))

    def decides(self, rule: ReferralRule) -> Formula:
        """Where this rule takes the referral decision: it fires, and none that stands before it does."""
        return self._decided_by[rule.id]

    @cached_property
    def _decided_by(self) -> Mapping[str, Formula]:
        found: dict[str, Formula] = {}
        before: list[Formula] = []
        for rule in self.edition.referral_rules:
            found[rule.id] = all_of((self.fires(rule.id), *before))
            before.append(z3.Not(self.fires(rule.id)))
        return found

    def referral_is(self, key: ReferralKey, values: Iterable[str]) -> Formula:
        """Where a key of the referral decision has one of these values (`none`, `yes` and `no` written out)."""
        wanted = set(values)
        return any_of(
            all_of((self.decides(rule), when))
            for rule in self.edition.referral_rules
            for value, when in self._referral_values(rule, key)
            if value in wanted
        )

    def _referral_values(self, rule: ReferralRule, key: ReferralKey) -> Iterator[tuple[str, Formula]]:
        value = getattr(rule, key)
        if key in ("by_phone", "consult_expertise_centre_first"):
            when = self.condition(value)
            yield from (("yes", when), ("no", z3.Not(when)))
        else:
            yield value_in_words(value), z3.BoolVal(True)

    def referral_values(self, key: ReferralKey) -> tuple[str, ...]:
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
                return self.referral_is(atom.referral_key, atom.values)

    def parts(self) -> Iterator[Part]:
        """Everything that a plan of this edition can say, part by part."""
        edition = self.edition
        for action, rules in self.rules_of.items():
            for verdict in dict.fromkeys(rule.verdict for rule in rules):
                yield Part("advice", (action, verdict), self.advised(action, verdict))
            asked_for = [v for v in WEAKEST_FIRST if any(rule.verdict == v for rule in rules)]
            for place, verdict in enumerate(asked_for[:-1]):
                yield Part("at_least", (action, verdict), self.one_of(action, asked_for[place:]))
            if rules and edition.actions[action].done_when is not None:
                is_done = all_of((self.one_of(action, POSITIVE_VERDICTS), self._closed(action)))
                yield Part("done", (action,), is_done)
            waived = edition.actions[action].waived_when
            if rules and waived is not None:
                open_ = all_of((self.one_of(action, POSITIVE_VERDICTS), z3.Not(self._closed(action))))
                yield Part("waived", (action,), all_of((open_, self.condition(waived))))
        for one, other in dict.fromkeys(rule.alternatives for rule in edition.alternatives_rules):
            yield Part("alternative", (one, other), self.alternative(one, other))
            yield Part("alternative", (other, one), self.alternative(one, other))
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
