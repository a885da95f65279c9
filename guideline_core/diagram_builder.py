"""Builds the diagrams of an edition: one for each thing that a plan can say."""

from collections.abc import Container, Iterable, Iterator
from functools import cache

from guideline_core.advice_diagrams import AdviceDiagrams
from guideline_core.compiled import Leaf, Root
from guideline_core.condition import (
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
from guideline_core.diagram import FALSE, FIRST_NODE, TRUE, DiagramStore
from guideline_core.edition.rules import ReferralRule
from guideline_core.edition.values import Edition
from guideline_core.keys import (
    ASKED_VERDICTS,
    LISTED_VERDICTS,
    MALIGNANT,
    POSITIVE_VERDICTS,
    REFERRAL_KEYS,
    REFRAINING_VERDICTS,
    UNDETERMINED,
    ReferralKey,
)
from guideline_core.lesion import CATEGORIES, nature_has
from guideline_core.space import Space
from guideline_core.subjects import ENTITY_BESIDE, NATURE, NOTHING_BESIDE, Subject, subjects_behind

FIRST = (
    *("lesion.origin", "treatment.earlier_unplanned_surgery", "biopsy.in_or_with_expertise_centre"),
    *("consultation.agrees_to_local_treatment", "pathology.specimen", "resection.performed", "biopsy.status"),
    *("biopsy.repeat_considered", "pathology.diagnosis", "histology", "setting", "consultation.referred", "phase"),
    *(NATURE, ENTITY_BESIDE, "lesion.chondrosarcoma_grade", "lesion.count", "region"),
)
"""The subjects for which a diagram asks first: the course of care, then what the lesion is. Found by trial: in the
order of use alone the diagrams of an edition have nearly four times as many nodes, which a start of the program reads
and a plan follows."""


class DiagramBuilder(AdviceDiagrams):
    """Builds the diagrams of one edition: one for each definition, action and rule."""

    def __init__(self, edition: Edition, space: Space) -> None:
        super().__init__(edition)
        self.space = space
        self.subjects = _ordered_subjects(edition, space)
        self.level = {subject.name: number for number, subject in enumerate(self.subjects)}
        self.store = DiagramStore([len(subject.values) for subject in self.subjects])
        self.in_scope = self.condition(Not(Atom("lesion.origin", frozenset({"metastasis"}))))
        self.word = cache(self._word)

    def roots(self) -> Iterator[Root]:
        """Everything that a plan of this edition can say."""
        edition = self.edition
        for action in edition.actions.values():
            yield from self.advice_roots(action)
        for before, after in dict.fromkeys((rule.action, rule.waits_for) for rule in edition.order_rules):
            yield Root("waits", (before, after), self.waits(before, after))
        for key in REFERRAL_KEYS:
            yield self.referral(key)
        for name, severity in dict.fromkeys((rule.alert, rule.severity) for rule in edition.alert_rules):
            fired = [r for r in edition.alert_rules if (r.alert, r.severity) == (name, severity)]
            yield Root("alert", (name, severity), self.store.any_of(self.rule(rule.id) for rule in fired))
        for word in self.space.sure_words:
            yield Root("surely", (word,), self.condition(edition.definitions[word].when))
        yield self._ground()
        yield self._counts_as()
        yield self._response_grade()
        for rule in edition.rules:
            yield Root("rule", (rule.id,), self.rule(rule.id))
        for field, question in edition.questions.items():
            yield Root("question", (field,), self.condition(question.ask_when))
        for tier in edition.question_tiers.values():
            yield Root("tier", (tier.id,), self.condition(tier.when))
        for station in edition.stations.values():
            for fact, condition in station.conditions.items():
                yield Root("station", (station.id, fact), self.condition(condition))
        for name, interpretation in edition.interpretations.items():
            yield Root("concerns", (name,), self.condition(interpretation.concerns))
        yield Root("scope", ("in_scope",), self.in_scope)
        yield Root("scope", ("suspected",), self.condition(Atom("suspected", frozenset({"yes"}))))

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
                return self.store.all_of(self.condition(part) for part in parts)
            case Or(parts):
                return self.store.any_of(self.condition(part) for part in parts)
            case Word():
                return self.word(condition)

    def _word(self, word: Word) -> int:
        return self.condition(word.meaning)

    def _atom(self, subject: str, values: frozenset[str]) -> int:
        match subject:
            case "category" | "suspected":
                return self._of_nature(subject, values)
            case "entity":
                return self.store.either(self._of_nature(subject, values), self._among(ENTITY_BESIDE, values))
            case "every_entity":
                beside = self._among(ENTITY_BESIDE, {*values, NOTHING_BESIDE})
                return self.store.both(self._of_nature("entity", values), beside)
        return self._among(subject, values)

    def _of_nature(self, subject: str, values: Iterable[str]) -> int:
        nature = self.space.nature
        chosen = [value for value in nature.values if nature_has(value, subject, values)]
        return self.store.test(self.level[NATURE], nature.set_of(chosen))

    def _among(self, name: str, values: Container[str]) -> int:
        """The condition "this subject has one of these values"; of entities only classes are values."""
        subject = self.space.subjects[name]
        return self.store.test(self.level[name], subject.set_of(value for value in subject.values if value in values))

    def draw_rule(self, identifier: str) -> int:
        """Return the diagram of where a rule fires."""
        rule = self.edition.rule(identifier)
        fires = self.condition(rule.when)
        return self.store.both(self.in_scope, fires) if rule.in_scope_only else fires

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
                return self.store.any_of(self.waits(atom.subject, other) for other in atom.values)
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

    def _ground(self) -> Root:
        """The diagram of the ground of the referral decision; its first leaf means that no rule decides."""
        leaves: list[Leaf] = [UNDETERMINED]
        node = 0
        for rule in reversed(self.edition.referral_rules):
            if rule.ground not in leaves:
                leaves.append(rule.ground)
            node = self.store.choose(self.rule(rule.id), leaves.index(rule.ground), node)
        return Root("ground", (), node, tuple(leaves))

    def _counts_as(self) -> Root:
        """The diagram of the category that counts; its first leaf means that no bone tumour is suspected. What the
        edition plans as malignant counts as that, whatever its category."""
        node = 0
        for leaf, category in enumerate(CATEGORIES, 1):
            node = self.store.choose(self._atom("category", frozenset({category})), leaf, node)
        planned = self.condition(self.edition.definitions[MALIGNANT].when)
        node = self.store.choose(planned, 1 + CATEGORIES.index(MALIGNANT), node)
        return Root("counts_as", (), node, ("not_suspected", *CATEGORIES))

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
    """The subjects that some condition uses: those of `FIRST`, then the most used."""
    count: dict[str, int] = {}
    for condition in edition.conditions():
        for atom in atoms(condition):
            if isinstance(atom, Atom):
                for name in subjects_behind(atom.subject):
                    count[name] = count.get(name, 0) + 1
    count |= {name: 1_000_000 - place for place, name in enumerate(FIRST) if name in space.subjects}
    return sorted((space.subjects[name] for name in count), key=lambda subject: -count[subject.name])
