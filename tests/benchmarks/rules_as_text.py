"""The rules of an edition as yes/no expressions in a notation that both Python and the ZEN expression language read.

Each word, verdict, "done" and "waits" becomes one named expression over answers and earlier names; a complete outcome
can be read from their values. This is the same knowledge that `guideline_core.evaluation` writes as a function, from
the same parsed conditions, for another engine to evaluate.
"""

import re
from collections.abc import Iterable

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition.rules import AdviceRule, Rule
from guideline_core.edition.values import Edition
from guideline_core.keys import ASKED_VERDICTS, LISTED_VERDICTS, POSITIVE_VERDICTS, SAFEST_FIRST

YES, NO = "(1 == 1)", "(1 == 2)"


def plain(name: str) -> str:
    """A name that both languages accept."""
    return re.sub(r"\W+", "_", name).strip("_")


class RulesAsText:
    """Names and their expressions, each after those on which it rests."""

    def __init__(self, edition: Edition, prefix: str = "") -> None:
        self.edition = edition
        self.prefix = prefix
        self.named: dict[str, str] = {}
        self.rules = {rule.id: self.rule(rule) for rule in edition.rules}

    def add_outcome(self) -> "RulesAsText":
        """Name everything else that an outcome holds: verdicts, what is done, what waits, the referral decision."""
        edition = self.edition
        self.verdicts = {(rule.action, rule.verdict): "" for rule in edition.advice_rules}
        for action, verdict in self.verdicts:
            self.verdicts[action, verdict] = self.advised(action, verdict)
        self.done = {action: self.is_done(action) for action, _ in self.verdicts}
        conditions = {name: action.waived_when for name, action in edition.actions.items() if action.waived_when}
        self.waived = {name: self.expression(condition) for name, condition in conditions.items()}
        self.waits = {(rule.action, rule.waits_for): "" for rule in edition.order_rules}
        for action, other in self.waits:
            self.waits[action, other] = self.is_waiting(action, other)
        self.by_phone = {rule.id: self.expression(rule.by_phone) for rule in edition.referral_rules}
        self.consult_first = {
            rule.id: self.expression(rule.consult_expertise_centre_first) for rule in edition.referral_rules
        }
        return self

    def _name(self, name: str, expression: str) -> str:
        self.named.setdefault(plain(name), expression)
        return self.prefix + plain(name)

    def rule(self, rule: Rule) -> str:
        """Whether a rule fires."""
        name = f"rule {rule.id}"
        if plain(name) in self.named:
            return self.prefix + plain(name)
        condition = self.expression(rule.when)
        return self._name(name, f'lesion_origin != "metastasis" and {condition}' if rule.in_scope_only else condition)

    def advised(self, action: str, verdict: str) -> str:
        """Whether an action gets this verdict: a rule says so and none says a safer one."""
        rules = [rule for rule in self.edition.advice_rules if rule.action == action]
        order = SAFEST_FIRST[self.edition.actions[action].safer]
        safer = order[: order.index(verdict)]
        says = self._any(rule for rule in rules if rule.verdict == verdict)
        overruled = self._any(rule for rule in rules if rule.verdict in safer)
        return self._name(f"advice {action} {verdict}", says if overruled == NO else f"{says} and not {overruled}")

    def is_done(self, action: str) -> str:
        """Whether the case says that an action was done."""
        condition = self.edition.actions[action].done_when
        return NO if condition is None else self._name(f"done {action}", self.expression(condition))

    def is_waiting(self, action: str, other: str) -> str:
        """Whether an action waits for another."""
        parts = []
        for rule in self.edition.order_rules:
            if (rule.action, rule.waits_for) == (action, other):
                ended = self.is_done(other) if rule.until is None else self.expression(rule.until)
                parts.append(f"({self.rule(rule)} and not {ended})")
        both = f"{self._has(action, POSITIVE_VERDICTS)} and {self._has(other, ASKED_VERDICTS)}"
        return self._name(f"waits {action} {other}", f"{both} and ({' or '.join(parts)})")

    def _any(self, rules: Iterable[AdviceRule]) -> str:
        parts = [self.rule(rule) for rule in rules]
        return f"({' or '.join(parts)})" if parts else NO

    def _has(self, action: str, verdicts: Iterable[str]) -> str:
        given = {rule.verdict for rule in self.edition.advice_rules if rule.action == action}
        parts = [self.advised(action, verdict) for verdict in verdicts if verdict in given]
        return f"({' or '.join(parts)})" if parts else NO

    def expression(self, condition: Condition) -> str:
        """A condition of the rules."""
        match condition:
            case Atom(subject, values):
                return _is_one_of(plain(subject), sorted(values))
            case Word(name, meaning):
                return self._name(f"is {name}", self.expression(meaning))
            case Not(part):
                return f"(not {self.expression(part)})"
            case And(parts):
                return f"({' and '.join(map(self.expression, parts))})" if parts else YES
            case Or(parts):
                return f"({' or '.join(map(self.expression, parts))})" if parts else NO
            case PlanAtom(kind, action, _) if kind in ("listed", "asked"):
                return self._has(action, LISTED_VERDICTS if kind == "listed" else ASKED_VERDICTS)
            case PlanAtom("done", action, _):
                return self.is_done(action)
        raise ValueError(f"no rule may say this: {condition}")


class RulesWrittenOut(RulesAsText):
    """The rules alone, each written out in full: no expression rests on another."""

    def _name(self, name: str, expression: str) -> str:
        self.named.setdefault(plain(name), f"({expression})")
        return self.named[plain(name)]

    def rule(self, rule: Rule) -> str:
        """Whether a rule fires."""
        found = self.named.get(plain(f"rule {rule.id}"))
        return super().rule(rule) if found is None else found


def _is_one_of(subject: str, values: list[str]) -> str:
    if len(values) == 1:
        return f'({subject} == "{values[0]}")'
    return "({} in [{}])".format(subject, ", ".join(f'"{value}"' for value in values))
