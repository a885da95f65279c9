"""The rules written out as one Python function: the quickest way to an outcome in Python, beside other rule engines.

What it says is compared with the plain evaluator; nothing of the program or of its proofs rests on it.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition.rules import AdviceRule, OrderRule, ReferralRule, Rule
from guideline_core.edition.values import Edition
from guideline_core.evaluation import CompleteCase, Evaluator, Outcome, Referral
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    POSITIVE_VERDICTS,
    REFRAINING_VERDICTS,
    SAFEST_FIRST,
)

_VERDICTS_OF_CALL = {"listed": LISTED_VERDICTS, "asked": ASKED_VERDICTS, "refrained": REFRAINING_VERDICTS}


def rules_as_function(edition: Edition) -> Callable[[CompleteCase], Outcome]:
    """A function from a complete case to its outcome, compiled once."""
    written = FunctionWriter(edition, Evaluator(edition).advice_by_action)
    names = dict(written.constants)
    exec(compile(written.text, f"<rules of {edition.id}>", "exec"), names)
    function: Callable[[CompleteCase], Outcome] = names["evaluate"]  # type: ignore[assignment]
    return function


class FunctionWriter:
    """Writes the rules of an edition as one Python function, straight down: each answer, word, rule and verdict is a
    local variable that is set once, just before it is first used."""

    def __init__(self, edition: Edition, advice_by_action: Mapping[str, list[AdviceRule]]) -> None:
        self.edition = edition
        self.advice_by_action = advice_by_action
        self.constants: dict[str, object] = {"Outcome": Outcome, "NOTHING": frozenset()}
        self.lines: list[str] = []
        self._variables: dict[tuple[str, object], str] = {}
        self._taken = {*self.constants, "case", "evaluate", "frozenset"}
        self.text = self._text()

    def _text(self) -> str:
        results = [*self._referral(), *self._verdicts(), *self._response_grade(), *self._fired()]
        results += [self._waived(), self._alternatives()]
        body = [*self.lines, f"return Outcome({', '.join(results)})"]
        return "\n    ".join(["def evaluate(case):", *body]) + "\n"

    # --- what an outcome consists of: each part writes its lines and names its variables in the order of Outcome

    def _referral(self) -> list[str]:
        return [self._referral_variable()]

    def _verdicts(self) -> list[str]:
        """Verdicts, what waits, what is done, and the alerts."""
        verdicts, waits, done, alerts = (self._new(name) for name in ("verdicts", "waits", "done", "alerts"))
        self._variables_of_verdicts = verdicts
        for action in self.edition.actions:
            self._verdict(action)
        self._line(f"{verdicts} = {{}}", f"{waits} = {{}}", f"{done} = []", f"{alerts} = []")
        for action, rules in self.advice_by_action.items():
            if rules:
                self._list_action(action, verdicts, waits, done)
        for name, severity in dict.fromkeys((rule.alert, rule.severity) for rule in self.edition.alert_rules):
            rules_of_alert = [r for r in self.edition.alert_rules if (r.alert, r.severity) == (name, severity)]
            self._line(f"if {self._any(rules_of_alert)}: {alerts}.append({(name, severity)!r})")
        return [verdicts, waits, f"frozenset({done})", f"frozenset({alerts})"]

    def _list_action(self, action: str, verdicts: str, waits: str, done: str) -> None:
        waiting, finished = self._waits(action), self._done(action)
        lines = [f"{verdicts}[{action!r}] = {self._verdict(action)}"]
        if waiting != "NOTHING":
            lines.append(f"if {waiting}: {waits}[{action!r}] = {waiting}")
        if finished != "False":
            lines.append(f"if {finished}: {done}.append({action!r})")
        self._line(f"if {self._verdict(action)} is not None:", *(f"    {line}" for line in lines))

    def _response_grade(self) -> list[str]:
        choices = [(self._rule(rule), repr(rule.response_grade)) for rule in self.edition.response_rules]
        grade = self._new("grade")
        self._line(f"{grade} = {_first(choices)}")
        return [grade]

    def _fired(self) -> list[str]:
        variables = {rule.id: self._rule(rule) for rule in self.edition.rules}
        fired = self._new("fired")
        self._line(f"{fired} = []", *(f"if {name}: {fired}.append({rule!r})" for rule, name in variables.items()))
        return [f"frozenset({fired})"]

    def _waived(self) -> str:
        """The actions that are asked for and need not be done before what comes next."""
        conditions = {action.id: action.waived_when for action in self.edition.actions.values() if action.waived_when}
        written = {action: self._expression(condition) for action, condition in conditions.items()}
        found = self._new("waived")
        self._line(f"{found} = []")
        for action, holds in written.items():
            self._line(f"if {action!r} in {self._variables_of_verdicts} and {holds}: {found}.append({action!r})")
        return f"frozenset({found})"

    def _alternatives(self) -> str:
        """The actions that will do in place of another."""
        found = self._new("alternatives")
        self._line(f"{found} = {{}}")
        for rule in self.edition.alternatives_rules:
            one, other = rule.alternatives
            both = " and ".join(self._verdict_in(action, POSITIVE_VERDICTS) for action in rule.alternatives)
            self._line(f"if {self._rule(rule)} and {both}:")
            for action, instead in ((one, other), (other, one)):
                self._line(f"    {found}[{action!r}] = {found}.get({action!r}, NOTHING) | {{{instead!r}}}")
        return found

    # --- variables

    def _line(self, *lines: str) -> None:
        self.lines.extend(lines)

    def _new(self, name: str) -> str:
        """Return a variable that was not used before, as close to the name as Python allows."""
        plain = re.sub(r"\W+", "_", name).strip("_")
        variable, number = plain, 2
        while variable in self._taken:
            variable, number = f"{plain}_{number}", number + 1
        self._taken.add(variable)
        return variable

    def _once(self, kind: str, thing: object, name: str, expression: Callable[[], str]) -> str:
        """Return the variable of a thing; the first time it is set, after everything on which it rests."""
        key = (kind, thing)
        if key not in self._variables:
            value = expression()
            self._variables[key] = self._new(f"{kind}_{name}")
            self._line(f"{self._variables[key]} = {value}")
        return self._variables[key]

    def _answer(self, subject: str) -> str:
        return self._once("answer", subject, subject, lambda: f"case[{subject!r}]")

    def _tumour_is_one_of(self, meant: frozenset[str], beside: frozenset[str]) -> list[str]:
        """Whether the tumour that is meant is one of these, and whether the one beside it is."""
        return [_is_one_of(self._answer("entity"), meant), _is_one_of(self._answer("entity_beside"), beside)]

    def _rule(self, rule: Rule) -> str:
        """Whether a rule fires."""

        def expression() -> str:
            condition = self._expression(rule.when)
            return f"{self._in_scope()} and {condition}" if rule.in_scope_only else condition

        return self._once("rule", rule.id, rule.id, expression)

    def _in_scope(self) -> str:
        return self._once("in", "scope", "scope", lambda: f"{self._answer('lesion.origin')} != 'metastasis'")

    def _any(self, rules: Iterable[Rule]) -> str:
        return " or ".join([self._rule(rule) for rule in rules]) or "False"

    def _verdict(self, action: str) -> str:
        """The safest verdict that a rule gives, or None."""

        def expression() -> str:
            rules = self.advice_by_action[action]
            order = SAFEST_FIRST[self.edition.actions[action].safer]
            given = [verdict for verdict in order if any(rule.verdict == verdict for rule in rules)]
            return _first([(self._any(r for r in rules if r.verdict == verdict), repr(verdict)) for verdict in given])

        return self._once("verdict", action, action, expression)

    def _done(self, action: str) -> str:
        condition = self.edition.actions[action].done_when
        if condition is None:
            return "False"
        return self._once("done", action, action, lambda: self._expression(condition))

    def _waits(self, action: str) -> str:
        """The set of actions for which an action waits."""
        rules = [rule for rule in self.edition.order_rules if rule.action == action]
        if not rules:
            return "NOTHING"
        if ("waits", action) not in self._variables:
            conditions = [(rule.waits_for, self._keeps_waiting(rule)) for rule in rules]
            positive = self._verdict_in(action, POSITIVE_VERDICTS)
            variable = self._variables["waits", action] = self._new(f"waits_{action}")
            collected = self._new(f"waiting_{action}")
            appended = [f"    if {condition}: {collected}.append({other!r})" for other, condition in conditions]
            frozen = f"    {variable} = frozenset({collected})"
            self._line(f"{variable} = NOTHING", f"if {positive}:", f"    {collected} = []", *appended, frozen)
        return self._variables["waits", action]

    def _keeps_waiting(self, rule: OrderRule) -> str:
        asked = self._verdict_in(rule.waits_for, ASKED_VERDICTS)
        ended = self._done(rule.waits_for) if rule.until is None else self._expression(rule.until)
        return f"{self._rule(rule)} and {asked} and not {ended}"

    def _referral_variable(self) -> str:
        def expression() -> str:
            choices = [(self._rule(rule), self._decision(rule)) for rule in self.edition.referral_rules]
            return _first(choices)

        return self._once("referral", "", "decision", expression)

    def _decision(self, rule: ReferralRule) -> str:
        """Choose among the decisions that a rule can take; each is a constant, made beforehand."""
        by_phone, consult_first = map(self._expression, (rule.by_phone, rule.consult_expertise_centre_first))

        def decision(phone: bool, consult: bool) -> str:
            name = self._new(f"DECISION_{rule.id}")
            self.constants[name] = Referral(rule.id, rule.decision, rule.destination, rule.urgency, phone, consult)
            return name

        def side(phone: bool) -> str:
            return _chosen(consult_first, lambda: decision(phone, True), lambda: decision(phone, False))

        return _chosen(by_phone, lambda: side(True), lambda: side(False))

    # --- conditions

    def _expression(self, condition: Condition) -> str:
        """A condition as a Python expression that can stand anywhere."""
        match condition:
            case Atom("entity", values):
                return f"({' or '.join(self._tumour_is_one_of(values, values))})"
            case Atom("every_entity", values):
                return f"({' and '.join(self._tumour_is_one_of(values, values | {'none'}))})"
            case Atom(subject, values):
                return _is_one_of(self._answer(subject), values)
            case Word(name, meaning):
                return self._once("is", condition, name, lambda: self._expression(meaning))
            case Not(part):
                return f"(not {self._expression(part)})"
            case And(parts):
                return f"({' and '.join([self._expression(part) for part in parts])})" if parts else "True"
            case Or(parts):
                return f"({' or '.join([self._expression(part) for part in parts])})" if parts else "False"
            case PlanAtom():
                return self._plan_atom(condition)

    def _plan_atom(self, atom: PlanAtom) -> str:
        match atom.kind:
            case "listed" | "asked" | "refrained":
                return self._verdict_in(atom.subject, _VERDICTS_OF_CALL[atom.kind])
            case "advised":
                return self._verdict_in(atom.subject, atom.values)
            case "done":
                return self._done(atom.subject)
            case "free":
                positive = self._verdict_in(atom.subject, POSITIVE_VERDICTS)
                return f"({positive} and not {self._waits(atom.subject)})"
            case "waits":
                return f"(not {self._waits(atom.subject)}.isdisjoint({sorted(atom.values)!r}))"
            case _:
                referral, key = self._referral_variable(), atom.referral_key
                in_words = _is_one_of(f"{referral}.in_words({key!r})", atom.values)
                return f"({referral} is not None and {in_words})"

    def _verdict_in(self, action: str, verdicts: Iterable[str]) -> str:
        given = {rule.verdict for rule in self.advice_by_action[action]}
        return _is_one_of(self._verdict(action), given & set(verdicts))


def _first(choices: Iterable[tuple[str, str]]) -> str:
    """The value of the first condition that holds, or None."""
    return " ".join([*(f"{value} if {condition} else" for condition, value in choices), "None"])


def _chosen(condition: str, yes: Callable[[], str], no: Callable[[], str]) -> str:
    if condition in ("True", "False"):
        return yes() if condition == "True" else no()
    return f"({yes()} if {condition} else {no()})"


def _is_one_of(variable: str, values: Iterable[str]) -> str:
    ordered = sorted(values)
    if not ordered:
        return "False"
    if len(ordered) == 1:
        return f"({variable} == {ordered[0]!r})"
    return f"({variable} in {{{', '.join(map(repr, ordered))}}})"
