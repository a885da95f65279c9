"""Builds the diagrams of an edition: one for each thing that a plan can say."""

from collections.abc import Iterable, Iterator
from functools import cache

from guideline_core.compiled import Leaf, Root
from guideline_core.diagram import FALSE, FIRST_NODE, TRUE, DiagramStore
from guideline_core.edition.condition import (
    ALWAYS,
    And,
    Atom,
    Condition,
    Not,
    Or,
    PlanAtom,
    Word,
    atoms,
    value_in_words,
)
from guideline_core.edition.rules import AdviceRule, ReferralRule
from guideline_core.edition.values import Action, Edition
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    POSITIVE_VERDICTS,
    REFERRAL_KEYS,
    REFRAINING_VERDICTS,
    SAFEST_FIRST,
    UNDETERMINED,
    WEAKEST_FIRST,
    ReferralKey,
    Verdict,
)
from guideline_core.lesion import nature_has
from guideline_core.space import Space
from guideline_core.subjects import Subject

NATURE_SUBJECTS = ("category", "entity", "suspected")
"""What a condition asks of the subject `nature`."""


class DiagramBuilder:
    """Builds the diagrams of one edition: one for each definition, action and rule."""

    def __init__(self, edition: Edition, space: Space) -> None:
        self.edition = edition
        self.space = space
        self.subjects = _ordered_subjects(edition, space)
        self.level = {subject.name: number for number, subject in enumerate(self.subjects)}
        self.store = DiagramStore([len(subject.values) for subject in self.subjects])
        self.rules_of: dict[str, list[AdviceRule]] = {action: [] for action in edition.actions}
        for rule in edition.advice_rules:
            self.rules_of[rule.action].append(rule)
        self.in_scope = self.condition(Not(Atom("lesion.origin", frozenset({"metastasis"}))))
        self.advised = cache(self._advised)
        self.rule = cache(self._rule)
        self.word = cache(self._word)

    def roots(self) -> Iterator[Root]:
        """Everything that a plan of this edition can say."""
        edition = self.edition
        for action in edition.actions.values():
            yield from self._advice_roots(action)
        for before, after in dict.fromkeys((rule.action, rule.waits_for) for rule in edition.order_rules):
            yield Root("waits", (before, after), self.waits(before, after))
        for key in REFERRAL_KEYS:
            yield self.referral(key)
        for name, severity in dict.fromkeys((rule.alert, rule.severity) for rule in edition.alert_rules):
            fired = [r for r in edition.alert_rules if (r.alert, r.severity) == (name, severity)]
            yield Root("alert", (name, severity), self._any(self.rule(rule.id) for rule in fired))
        for word in self.space.sure_words:
            yield Root("surely", (word,), self.condition(edition.definitions[word].when))
        yield self._response_grade()
        for rule in edition.rules:
            yield Root("rule", (rule.id,), self.rule(rule.id))
        for field, question in edition.questions.items():
            yield Root("question", (field,), self.condition(question.ask_when))
        yield Root("scope", ("in_scope",), self.in_scope)
        yield Root("scope", ("suspected",), self.condition(Atom("suspected", frozenset({"yes"}))))

    def _advice_roots(self, action: Action) -> Iterator[Root]:
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

    def condition(self, condition: Condition) -> int:
        """Return the diagram of a condition."""
        match condition:
            case Atom(subject, values):
                return self._atom(subject, values)
            case PlanAtom():
                return self._plan_atom(condition)
            case Not(part):
                return self.store.negation(self.condition(part))
            case And(parts):
                return self._all(self.condition(part) for part in parts)
            case Or(parts):
                return self._any(self.condition(part) for part in parts)
            case Word():
                return self.word(condition)

    def _word(self, word: Word) -> int:
        return self.condition(word.meaning)

    def _all(self, nodes: Iterable[int]) -> int:
        result = TRUE
        for node in nodes:
            result = self.store.both(result, node)
        return result

    def _any(self, nodes: Iterable[int]) -> int:
        result = FALSE
        for node in nodes:
            result = self.store.either(result, node)
        return result

    def _atom(self, subject: str, values: frozenset[str]) -> int:
        if subject in NATURE_SUBJECTS:
            nature = self.space.nature
            chosen = [value for value in nature.values if nature_has(value, subject, values)]
            return self.store.test(self.level["nature"], nature.set_of(chosen))
        if subject == "histology":
            histology = self.space.histology
            chosen = [value for value in histology.values if value in values]
            return self.store.test(self.level["histology"], histology.set_of(chosen))
        return self.store.test(self.level[subject], self.space.subjects[subject].set_of(values))

    def _rule(self, identifier: str) -> int:
        rule = self.edition.rule(identifier)
        fires = self.condition(rule.when)
        return self.store.both(self.in_scope, fires) if rule.in_scope_only else fires

    def _advised(self, action: str, verdict: Verdict) -> int:
        """Where the action gets this verdict: a rule says so, and no rule gives a safer one."""
        order = SAFEST_FIRST[self.edition.actions[action].safer]
        safer = order[: order.index(verdict)]
        says = self._any(self.rule(rule.id) for rule in self.rules_of[action] if rule.verdict == verdict)
        overruled = self._any(self.rule(rule.id) for rule in self.rules_of[action] if rule.verdict in safer)
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
        return self._any(self.advised(action, verdict) for verdict in verdicts if verdict in given)

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
        return self.store.both(both, self._any(self.rule(rule.id) for rule in rules))

    def _no_alternative(self, action: str, verdict: Verdict, other: str) -> int:
        """Where the action gets this verdict and the other will not do in its place."""
        return self.store.both(self.advised(action, verdict), self.store.negation(self.alternative(action, other)))

    def closed(self, action: str) -> int:
        """Where the action was done, or an alternative of it."""
        others = self._alternatives_of(action)
        instead = (self.store.both(self.alternative(action, other), self.done(other)) for other in others)
        return self._any((self.done(action), *instead))

    def waits(self, action: str, other: str) -> int:
        """Where the action waits for another."""
        asked = self.store.both(self.any_of(action, POSITIVE_VERDICTS), self.any_of(other, ASKED_VERDICTS))
        ends = []
        for rule in self.edition.order_rules:
            if (rule.action, rule.waits_for) == (action, other):
                ended = self.done(other) if rule.until is None else self.condition(rule.until)
                ends.append(self.store.both(self.rule(rule.id), self.store.negation(ended)))
        return self.store.both(asked, self._any(ends))

    def waits_for_anything(self, action: str) -> int:
        """Where the action waits for at least one other."""
        others = dict.fromkeys(rule.waits_for for rule in self.edition.order_rules if rule.action == action)
        return self._any(self.waits(action, other) for other in others)

    def _plan_atom(self, atom: PlanAtom) -> int:
        match atom.kind:
            case "listed":
                return self.any_of(atom.subject, LISTED_VERDICTS)
            case "asked":
                return self.any_of(atom.subject, ASKED_VERDICTS)
            case "refrained":
                return self.any_of(atom.subject, REFRAINING_VERDICTS)
            case "advised":
                return self.any_of(atom.subject, atom.values)
            case "done":
                return self.done(atom.subject)
            case "free":
                waits = self.waits_for_anything(atom.subject)
                return self.store.both(self.any_of(atom.subject, POSITIVE_VERDICTS), self.store.negation(waits))
            case "waits":
                return self._any(self.waits(atom.subject, other) for other in atom.values)
            case _:
                return self._referral_is(atom)

    def _referral_is(self, atom: PlanAtom) -> int:
        root = self.referral(atom.referral_key)
        result = FALSE
        for number, leaf in enumerate(root.leaves):
            if value_in_words(leaf) in atom.values:
                result = self.store.either(result, self.leaf_is(root.node, number))
        return result

    def leaf_is(self, node: int, leaf: int) -> int:
        """Return the condition "this function has this leaf"."""

        def leaf_of(left: int, _: int) -> int | None:
            return None if left >= FIRST_NODE else TRUE if left == leaf else FALSE

        return self.store.combine(f"is {leaf}", node, node, leaf_of)

    def referral(self, key: ReferralKey) -> Root:
        """The diagram of one key of the referral decision; its first leaf means that no rule decides."""
        leaves: list[Leaf] = [UNDETERMINED]
        node = 0
        for rule in reversed(self.edition.referral_rules):
            for value, when in _referral_values(rule, key):
                if value not in leaves:
                    leaves.append(value)
                number = leaves.index(value)
                fires = self.store.both(self.rule(rule.id), self.condition(when))
                node = self.store.choose(fires, number, node)
        return Root("referral", (key,), node, tuple(leaves))

    def _response_grade(self) -> Root:
        leaves: list[Leaf] = [None]
        node = 0
        for rule in reversed(self.edition.response_rules):
            if rule.response_grade not in leaves:
                leaves.append(rule.response_grade)
            node = self.store.choose(self.rule(rule.id), leaves.index(rule.response_grade), node)
        return Root("response_grade", (), node, tuple(leaves))


def _referral_values(rule: ReferralRule, key: ReferralKey) -> tuple[tuple[Leaf, Condition], ...]:
    """What a rule gives a key of the referral decision, and when."""
    match key:
        case "by_phone" | "consult_expertise_centre_first":
            when = rule.by_phone if key == "by_phone" else rule.consult_expertise_centre_first
            return ((True, when), (False, Not(when)))
        case "decision":
            return ((rule.decision, ALWAYS),)
        case "destination":
            return ((rule.destination, ALWAYS),)
        case "urgency":
            return ((rule.urgency, ALWAYS),)


def _ordered_subjects(edition: Edition, space: Space) -> list[Subject]:
    """The subjects that some condition uses: nature first, then the most used."""
    count: dict[str, int] = {}
    for condition in edition.conditions():
        for atom in atoms(condition):
            if isinstance(atom, Atom):
                name = "nature" if atom.subject in NATURE_SUBJECTS else atom.subject
                count[name] = count.get(name, 0) + 1
    count["lesion.origin"] = count["nature"] = 1_000_000
    return sorted((space.subjects[name] for name in count), key=lambda subject: -count[subject.name])
