"""Compiles an edition into diagrams: one for each thing that a plan can say. Done once per edition, not per case."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from guideline_core.answers import Catalogue
from guideline_core.condition import And, Atom, Condition, Not, Or, PlanAtom, Word, atoms
from guideline_core.diagram import FALSE, FIRST_NODE, TRUE, DiagramStore
from guideline_core.edition import (
    ASKED_VERDICTS,
    POSITIVE_VERDICTS,
    REFERRAL_KEYS,
    SAFEST_FIRST,
    AdviceRule,
    Edition,
    OrderRule,
    Rule,
)
from guideline_core.evaluation import LISTED_VERDICTS, REFRAINING_VERDICTS
from guideline_core.space import NOT_SUSPECTED, EntityClass, Space, Subject, Thresholds

UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Root:
    """One thing that a plan can say: what it is, its diagram, and what its leaves mean when there are more than two."""

    kind: str
    name: tuple[str, ...]
    node: int
    leaves: tuple[Any, ...] = ()


@dataclass(frozen=True)
class CompiledEdition:
    """Diagrams and tables of an edition: all that planning needs."""

    space: Space
    order: tuple[str, ...]
    store: DiagramStore
    roots: tuple[Root, ...]
    catalogue: Catalogue
    thresholds: Thresholds


def compile_edition(edition: Edition) -> CompiledEdition:
    """Turn the rules of an edition into diagrams."""
    space = space_of(edition)
    builder = DiagramBuilder(edition, space)
    roots = tuple(builder.roots())
    return CompiledEdition(
        space=space,
        order=tuple(subject.name for subject in builder.subjects),
        store=builder.store,
        roots=roots,
        catalogue=catalogue_of(edition, space),
        thresholds=thresholds_of(edition),
    )


def thresholds_of(edition: Edition) -> Thresholds:
    """The numbers of the edition by the names that the core uses."""
    values = {name: threshold.value for name, threshold in edition.thresholds.items()}
    return Thresholds(int(values["child_below_years"]), values["good_response_below_viable_percent"])


def catalogue_of(edition: Edition, space: Space) -> Catalogue:
    """What reading a case needs of entities and bones."""
    return Catalogue(
        class_of_entity=space.class_of_entity,
        grade_of_entity={entity.id: entity.grade for entity in edition.entities.values() if entity.grade},
        region_of_bone={bone.id: bone.region for bone in edition.bones.values()},
    )


def conditions_of(edition: Edition) -> Iterable[Condition]:
    """Every condition of an edition that can tell one case from another."""
    for rule in edition.rules:
        yield rule.when
        if isinstance(rule, OrderRule) and rule.until is not None:
            yield rule.until
    for referral in edition.referral_rules:
        yield from (referral.by_phone, referral.consult_expertise_centre_first)
    yield from (action.done_when for action in edition.actions.values() if action.done_when is not None)
    yield from edition.questions.values()
    yield from (safety.always for safety in edition.properties.values())


def space_of(edition: Edition) -> Space:
    """The space of cases of an edition: entities that no condition tells apart become one class."""
    tests = {
        atom.values
        for condition in conditions_of(edition)
        for atom in atoms(condition)
        if isinstance(atom, Atom) and atom.subject in ("entity", "histology")
    }
    ordered = sorted(tests, key=sorted)
    class_of: dict[tuple[Any, ...], str] = {}
    class_of_entity: dict[str, str] = {}
    classes: list[EntityClass] = []
    for entity in edition.entities.values():
        left_alone = "do_not_touch_lesions" in entity.groups
        signature = (entity.category, left_alone, *(entity.id in values for values in ordered))
        if signature not in class_of:
            class_of[signature] = entity.id
            classes.append(EntityClass(entity.id, entity.category, left_alone))
        class_of_entity[entity.id] = class_of[signature]
    return Space(classes, class_of_entity)


def unreachable_rules(edition: Edition) -> list[str]:
    """The rules that never fire in any case, or whose verdict a safer one always overrules."""
    builder = DiagramBuilder(edition, space_of(edition))
    found = []
    for rule in edition.rules:
        fires = builder.rule(rule.id)
        if isinstance(rule, AdviceRule):
            fires = builder.store.both(fires, builder.advised(rule.action, rule.verdict))
        if fires == FALSE:
            found.append(rule.id)
    return found


class DiagramBuilder:
    """Builds the diagrams of one edition; each definition, action and rule once."""

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

    def roots(self) -> Iterable[Root]:
        """Everything that a plan of this edition can say."""
        edition = self.edition
        for action in edition.actions.values():
            for verdict in dict.fromkeys(rule.verdict for rule in self.rules_of[action.id]):
                yield Root("advice", (action.id, verdict), self.advised(action.id, verdict))
            if action.done_when is not None:
                yield Root("done", (action.id,), self.condition(action.done_when))
        for before, after in dict.fromkeys((rule.action, rule.waits_for) for rule in edition.order_rules):
            yield Root("waits", (before, after), self.waits(before, after))
        for key in REFERRAL_KEYS:
            yield self.referral(key)
        for name, severity in dict.fromkeys((rule.alert, rule.severity) for rule in edition.alert_rules):
            fired = [r for r in edition.alert_rules if (r.alert, r.severity) == (name, severity)]
            yield Root("alert", (name, severity), self._any(self.rule(rule.id) for rule in fired))
        yield self._response_grade()
        for rule in edition.rules:
            yield Root("rule", (rule.id,), self.rule(rule.id))
        for field, ask_when in edition.questions.items():
            yield Root("question", (field,), self.condition(ask_when))
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
        if subject in ("category", "entity", "suspected"):
            nature = self.space.nature
            chosen = [value for value in nature.values if _nature_fits(value, subject, values)]
            return self.store.test(self.level["nature"], nature.set_of(chosen))
        if subject == "histology":
            histology = self.space.histology
            chosen = [value for value in histology.values if value in values]
            return self.store.test(self.level["histology"], histology.set_of(chosen))
        return self.store.test(self.level[subject], self.space.subjects[subject].set_of(values))

    def _rule(self, identifier: str) -> int:
        rule: Rule = self.edition.rule(identifier)
        fires = self.condition(rule.when)
        return self.store.both(self.in_scope, fires) if rule.in_scope_only else fires

    def _advised(self, action: str, verdict: str) -> int:
        """Where the action gets this verdict: a rule says so, and no rule gives a safer one."""
        order = SAFEST_FIRST[self.edition.actions[action].safer]
        safer = order[: order.index(verdict)]
        says = self._any(self.rule(rule.id) for rule in self.rules_of[action] if rule.verdict == verdict)
        overruled = self._any(self.rule(rule.id) for rule in self.rules_of[action] if rule.verdict in safer)
        return self.store.both(says, self.store.negation(overruled))

    def any_of(self, action: str, verdicts: Iterable[str]) -> int:
        """Where the action gets one of these verdicts."""
        given = {rule.verdict for rule in self.rules_of[action]}
        return self._any(self.advised(action, verdict) for verdict in verdicts if verdict in given)

    def done(self, action: str) -> int:
        """Where the case says that the action was done."""
        condition = self.edition.actions[action].done_when
        return FALSE if condition is None else self.condition(condition)

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
        root = self.referral(atom.subject.removeprefix("referral."))
        words = [{None: "none", True: "yes", False: "no"}.get(leaf, leaf) for leaf in root.leaves]
        result = FALSE
        for number, word in enumerate(words):
            if word in atom.values:
                result = self.store.either(result, self.leaf_is(root.node, number))
        return result

    def leaf_is(self, node: int, leaf: int) -> int:
        """Return the condition "this function has this leaf"."""

        def leaf_of(left: int, _: int) -> int | None:
            return None if left >= FIRST_NODE else TRUE if left == leaf else FALSE

        return self.store.combine(f"is {leaf}", node, node, leaf_of)

    def referral(self, key: str) -> Root:
        """The diagram of one key of the referral decision; its first leaf means that no rule decides."""
        leaves: list[Any] = [UNDETERMINED]
        node = 0
        for rule in reversed(self.edition.referral_rules):
            for value, when in self._referral_values(rule, key):
                if value not in leaves:
                    leaves.append(value)
                number = leaves.index(value)
                fires = self.store.both(self.rule(rule.id), self.condition(when))
                node = self.store.choose(fires, number, node)
        return Root("referral", (key,), node, tuple(leaves))

    @staticmethod
    def _referral_values(rule: Any, key: str) -> tuple[tuple[Any, Condition], ...]:
        value = getattr(rule, key)
        if key in ("by_phone", "consult_expertise_centre_first"):
            return ((True, value), (False, Not(value)))
        return ((value, And(())),)

    def _response_grade(self) -> Root:
        leaves: list[Any] = [None]
        node = 0
        for rule in reversed(self.edition.response_rules):
            if rule.response_grade not in leaves:
                leaves.append(rule.response_grade)
            node = self.store.choose(self.rule(rule.id), leaves.index(rule.response_grade), node)
        return Root("response_grade", (), node, tuple(leaves))


def _nature_fits(value: str, subject: str, values: frozenset[str]) -> bool:
    if value == NOT_SUSPECTED:
        return subject == "suspected" and "no" in values
    if subject == "suspected":
        return "yes" in values
    category, entity = value.split("/")
    return (category if subject == "category" else entity) in values


def _ordered_subjects(edition: Edition, space: Space) -> list[Subject]:
    """The subjects that some condition uses: nature first, then the most used."""
    count: dict[str, int] = {}
    for condition in conditions_of(edition):
        for atom in atoms(condition):
            if isinstance(atom, Atom):
                name = "nature" if atom.subject in ("category", "entity", "suspected") else atom.subject
                count[name] = count.get(name, 0) + 1
    count["lesion.origin"] = count["nature"] = 1_000_000
    return sorted((space.subjects[name] for name in count), key=lambda subject: -count[subject.name])
