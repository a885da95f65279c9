"""Builds the diagrams of what a plan says of actions: what is advised, what is done, what waits for what."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cache

from guideline_core.compiled import Root
from guideline_core.condition import Condition
from guideline_core.diagram import FALSE, DiagramStore
from guideline_core.edition.rules import AdviceRule
from guideline_core.edition.values import Action, Edition
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    POSITIVE_VERDICTS,
    SAFEST_FIRST,
    WEAKEST_FIRST,
    Verdict,
)


class AdviceDiagrams(ABC):
    """The diagrams of the actions of an edition; how a condition and a rule are drawn is up to `DiagramBuilder`."""

    store: DiagramStore

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.rules_of: dict[str, list[AdviceRule]] = {action: [] for action in edition.actions}
        for rule in edition.advice_rules:
            self.rules_of[rule.action].append(rule)
        self.advised = cache(self._advised)
        self.rule = cache(self.draw_rule)

    @abstractmethod
    def condition(self, condition: Condition) -> int:
        """Return the diagram of a condition."""

    @abstractmethod
    def draw_rule(self, identifier: str) -> int:
        """Return the diagram of where a rule fires; `rule` remembers it."""

    def advice_roots(self, action: Action) -> Iterator[Root]:
        """What a plan can say of one action: verdicts, what is done, and what will do in its place."""
        verdicts = tuple(dict.fromkeys(rule.verdict for rule in self.rules_of[action.id]))
        for verdict in verdicts:
            yield Root("advice", (action.id, verdict), self.advised(action.id, verdict))
        for verdict in self._with_a_stronger(action.id):
            yield Root("at_least", (action.id, verdict), self.at_least(action.id, verdict))
        for rule in self.rules_of[action.id]:
            if rule.note is not None:
                given, silent = self.advised(action.id, rule.verdict), self.store.negation(self.rule(rule.id))
                yield Root("without_rule", (rule.id,), self.store.both(given, silent))
        if action.meanwhile == "while_open":
            yield Root("listed", (action.id,), self.any_of(action.id, LISTED_VERDICTS))
        if action.done_when is not None:
            yield Root("done", (action.id,), self.closed(action.id))
        if action.waived_when is not None:
            yield Root("waived", (action.id,), self.condition(action.waived_when))
        for other in self._alternatives_of(action.id):
            for verdict in verdicts:
                node = self._no_alternative(action.id, verdict, other)
                yield Root("no_alternative", (action.id, verdict, other), node)
        if self._alternatives_of(action.id):  # whether it is done turns on where which rule holds
            for verdict in verdicts:
                open_ = self.store.both(self.advised(action.id, verdict), self.store.negation(self.closed(action.id)))
                yield Root("undone", (action.id, verdict), open_)

    def _advised(self, action: str, verdict: Verdict) -> int:
        """Where the action gets this verdict: a rule says so, and no rule gives a safer one."""
        order = SAFEST_FIRST[self.edition.actions[action].safer]
        safer = order[: order.index(verdict)]
        says = self.store.any_of(self.rule(rule.id) for rule in self.rules_of[action] if rule.verdict == verdict)
        overruled = self.store.any_of(self.rule(rule.id) for rule in self.rules_of[action] if rule.verdict in safer)
        return self.store.both(says, self.store.negation(overruled))

    def _with_a_stronger(self, action: str) -> list[Verdict]:
        """The verdicts by which an action can be asked for and than which it can get a stronger one."""
        given = {rule.verdict for rule in self.rules_of[action]}
        return [verdict for verdict in WEAKEST_FIRST if verdict in given][:-1]

    def at_least(self, action: str, verdict: Verdict) -> int:
        """Where the action gets this verdict or a stronger one."""
        return self.any_of(action, WEAKEST_FIRST[WEAKEST_FIRST.index(verdict) :])

    def any_of(self, action: str, verdicts: Iterable[str]) -> int:
        """Where the action gets one of these verdicts."""
        given = {rule.verdict for rule in self.rules_of[action]}
        return self.store.any_of(self.advised(action, verdict) for verdict in verdicts if verdict in given)

    def done(self, action: str) -> int:
        """Where the case says that the action was done."""
        condition = self.edition.actions[action].done_when
        return FALSE if condition is None else self.condition(condition)

    def _alternatives_of(self, action: str) -> list[str]:
        """The actions that can do in place of this one."""
        pairs = (rule.alternatives for rule in self.edition.alternatives_rules if action in rule.alternatives)
        return list(dict.fromkeys(other for pair in pairs for other in pair if other != action))

    def alternative(self, action: str, other: str) -> int:
        """Where both actions are advised and either will do."""
        rules = [rule for rule in self.edition.alternatives_rules if {action, other} == set(rule.alternatives)]
        both = self.store.both(self.any_of(action, POSITIVE_VERDICTS), self.any_of(other, POSITIVE_VERDICTS))
        return self.store.both(both, self.store.any_of(self.rule(rule.id) for rule in rules))

    def _no_alternative(self, action: str, verdict: Verdict, other: str) -> int:
        """Where the action gets this verdict and the other will not do in its place."""
        return self.store.both(self.advised(action, verdict), self.store.negation(self.alternative(action, other)))

    def closed(self, action: str) -> int:
        """Where the action was done, or an alternative of it."""
        others = self._alternatives_of(action)
        instead = (self.store.both(self.alternative(action, other), self.done(other)) for other in others)
        return self.store.any_of((self.done(action), *instead))

    def waits(self, action: str, other: str) -> int:
        """Where the action waits for another."""
        asked = self.store.both(self.any_of(action, POSITIVE_VERDICTS), self.any_of(other, ASKED_VERDICTS))
        ends = []
        for rule in self.edition.order_rules:
            if (rule.action, rule.waits_for) == (action, other):
                ended = self.done(other) if rule.until is None else self.condition(rule.until)
                ends.append(self.store.both(self.rule(rule.id), self.store.negation(ended)))
        return self.store.both(asked, self.store.any_of(ends))

    def waits_for_anything(self, action: str) -> int:
        """Where the action waits for at least one other."""
        others = dict.fromkeys(rule.waits_for for rule in self.edition.order_rules if rule.action == action)
        return self.store.any_of(self.waits(action, other) for other in others)
