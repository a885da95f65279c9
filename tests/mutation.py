"""Mutants of an edition, each with one small change, and what notices them: a case of the deck, the double entry of the
word or rule that was changed (tests/double_entry.py), or a proof by diagram.

All mutants are compiled into one store, with one order of subjects and each entity its own class, so that equal
functions are equal nodes: a mutant with all roots of the original changes no plan, whatever the case. That is a proof.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from typing import Any, Literal

from guideline_core.answers_left import AnswersLeft
from guideline_core.case import Case
from guideline_core.compiled import CompiledEdition, PlanningTables, Root
from guideline_core.compiler import compiled_with, origin_words_of, space_of
from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.diagram import FALSE, TRUE
from guideline_core.diagram_builder import DiagramBuilder
from guideline_core.edition.condition_language import in_words
from guideline_core.edition.rules import AdviceRule, AlertRule, AnyRule, OrderRule, ReferralRule
from guideline_core.edition.values import Action, Edition
from guideline_core.edition.weighing import weighing_of
from guideline_core.finding import Item
from guideline_core.keys import TISSUE_TAKEN
from guideline_core.lesion import CATEGORIES, EntityClass
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from guideline_core.space import Space
from guideline_core.subjects import NO_HISTOLOGY, sure_subject
from tests.case_deck import DeckCase, answers_left, deck, differences
from tests.double_entry import disagreements, second_entries
from tests.editions import read_real_edition

OTHER_VERDICTS = {
    "do": ("do_not", "consider", "prefer"),
    "prefer": ("do", "consider"),
    "consider": ("do", "prefer"),
    "do_not": ("do",),
    "in_principle_not": ("do",),
    "inform": ("do",),
}
DECISIONS = ("refer", "advice_or_refer", "seek_advice", "consider_reassessment", "none", "other_guideline")
DESTINATIONS = ("expertise_centre", "princess_maxima", None)
URGENCIES = ("urgent", "routine", None)
SEVERITIES = ("stop", "caution", "note")

ValueSets = Callable[[str], Sequence[frozenset[str]]]
"""For a subject the sets of values that are taken from an atom, or added to it, together."""


@dataclass(frozen=True)
class Mutant:
    """An edition in which one thing was changed; the name says what, first of all in which word, rule or action. It is
    made when it is examined: a sample of thousands needs few."""

    name: str
    made: Callable[[], Edition]

    @property
    def entry(self) -> str:
        """The word, rule or action that was changed."""
        return self.name.partition(":")[0]


# ---- one condition ---------------------------------------------------------------------------------------------------


def condition_mutants(condition: Condition, values_of: ValueSets) -> Iterator[tuple[str, Condition]]:
    """A condition with one change at a time, each change named; the whole made always and never too."""
    if condition != ALWAYS:
        yield "made always", ALWAYS
    if condition != NEVER:
        yield "made never", NEVER
    yield from _changed(condition, values_of)


def _changed(condition: Condition, values_of: ValueSets) -> Iterator[tuple[str, Condition]]:
    match condition:
        case Not(part):
            for name, changed in _changed(part, values_of):
                yield name, Not(changed)
        case And(parts) | Or(parts):
            yield from _changed_parts(condition, parts, values_of)
        case Atom() | PlanAtom() | Word():
            yield f"'{in_words(condition)}' negated", Not(condition)
            if isinstance(condition, Atom):
                yield from _changed_values(condition, values_of)


def _changed_parts(
    condition: And | Or, parts: tuple[Condition, ...], values_of: ValueSets
) -> Iterator[tuple[str, Condition]]:
    kind, other = (And, Or) if isinstance(condition, And) else (Or, And)
    if len(parts) > 1:
        yield f"'{kind.__name__.lower()}' of '{in_words(condition)}' turned", other(parts)
        for number, part in enumerate(parts):
            yield f"'{in_words(part)}' dropped", kind((*parts[:number], *parts[number + 1 :]))
    for number, part in enumerate(parts):
        for name, changed in _changed(part, values_of):
            yield name, kind((*parts[:number], changed, *parts[number + 1 :]))


def _changed_values(atom: Atom, values_of: ValueSets) -> Iterator[tuple[str, Condition]]:
    for block in values_of(atom.subject):
        left = atom.values - block
        if left and left != atom.values:
            yield f"'{min(block)}' taken from '{in_words(atom)}'", Atom(atom.subject, left)
        if not block & atom.values and len(values_of(atom.subject)) > 2:
            yield f"'{min(block)}' added to '{in_words(atom)}'", Atom(atom.subject, atom.values | block)


def value_sets_of(edition: Edition) -> ValueSets:
    """Single values; of entities and histologies, all those together that no rule of the edition tells apart."""
    space = space_of(edition)
    blocks: dict[str, set[str]] = {}
    for entity, name in space.class_of_entity.items():
        blocks.setdefault(name, set()).add(entity)
    entities = tuple(frozenset(block) for block in blocks.values())

    def values_of(subject: str) -> Sequence[frozenset[str]]:
        if subject in ("entity", "every_entity", "histology"):
            return entities
        values = CATEGORIES if subject == "category" else _values(space, subject)
        return tuple(frozenset({value}) for value in values)

    return values_of


def _values(space: Space, subject: str) -> Sequence[str]:
    return () if subject == "suspected" else space.subjects[subject].values


# ---- one edition -----------------------------------------------------------------------------------------------------


def mutants(edition: Edition) -> tuple[Mutant, ...]:
    """Every mutant of an edition, in the order of its files; each has a name of its own."""
    values_of = value_sets_of(edition)
    found: dict[str, Callable[[], Edition]] = {}
    makers = (_rule_mutants, _definition_mutants, _action_mutants)
    for name, made in (pair for maker in makers for pair in maker(edition, values_of)):
        number, unique = 1, name
        while unique in found:
            number += 1
            unique = f"{name} ({number})"
        found[unique] = made
    return tuple(Mutant(name, made) for name, made in found.items())


NamedMutant = tuple[str, Callable[[], Edition]]


def _rule_mutants(edition: Edition, values_of: ValueSets) -> Iterator[NamedMutant]:
    for place, rule in enumerate(edition.rules):
        for name, changed in _changed_rules(rule, values_of):
            others = (edition.rules[:place], edition.rules[place + 1 :])
            rules = (*others[0], *((changed,) if changed is not None else ()), *others[1])
            yield f"{rule.id}: {name}", partial(replace, edition, rules=rules)


def _changed_rules(rule: AnyRule, values_of: ValueSets) -> Iterator[tuple[str, AnyRule | None]]:
    yield "scope turned", replace(rule, scope="any" if rule.in_scope_only else "in_scope")
    yield from _with(rule, "when", values_of)
    match rule:
        case AdviceRule():
            for verdict in OTHER_VERDICTS[rule.verdict]:
                yield f"verdict {rule.verdict} made {verdict}", replace(rule, verdict=verdict)
        case AlertRule():
            for severity in _others(SEVERITIES, rule.severity):
                yield f"severity {rule.severity} made {severity}", replace(rule, severity=severity)
        case OrderRule():
            yield from _changed_order(rule, values_of)
        case ReferralRule():
            yield from _changed_referral(rule, values_of)


def _with(rule: Any, key: str, values_of: ValueSets) -> Iterator[tuple[str, Any]]:
    for name, changed in condition_mutants(getattr(rule, key), values_of):
        yield f"{key}: {name}", replace(rule, **{key: changed})


def _changed_order(rule: OrderRule, values_of: ValueSets) -> Iterator[tuple[str, AnyRule | None]]:
    yield "dropped", None
    if rule.until is None:
        yield "until made never", replace(rule, until=NEVER)
    else:
        yield "until left out", replace(rule, until=None)
        yield from _with(rule, "until", values_of)


def _changed_referral(rule: ReferralRule, values_of: ValueSets) -> Iterator[tuple[str, AnyRule]]:
    for key, values in (("decision", DECISIONS), ("destination", DESTINATIONS), ("urgency", URGENCIES)):
        for value in _others(values, getattr(rule, key)):
            yield f"{key} {getattr(rule, key)} made {value}", replace(rule, **{key: value})
    for key in ("by_phone", "consult_expertise_centre_first"):
        yield from _with(rule, key, values_of)


def _others(values: Sequence[Any], value: Any) -> list[Any]:
    return [other for other in values if other != value]


def _definition_mutants(edition: Edition, values_of: ValueSets) -> Iterator[NamedMutant]:
    for definition in edition.definitions.values():
        for name, changed in condition_mutants(definition.when, values_of):
            yield f"{definition.id}: {name}", partial(with_word, edition, definition.id, changed)


def with_word(edition: Edition, word: str, meaning: Condition) -> Edition:
    """The edition in which a word stands for something else, wherever it is used."""

    def new(condition: Any) -> Any:
        match condition:
            case Word(name, old):
                return Word(name, meaning if name == word else new(old))
            case Not(part):
                return Not(new(part))
            case And(parts):
                return And(tuple(new(part) for part in parts))
            case Or(parts):
                return Or(tuple(new(part) for part in parts))
            case other:
                return other

    def entry(value: Any, *keys: str) -> Any:
        return replace(value, **{key: new(getattr(value, key)) for key in keys})

    keys_of = {OrderRule: ("when", "until"), ReferralRule: ("when", "by_phone", "consult_expertise_centre_first")}
    definitions = {name: entry(each, "when") for name, each in edition.definitions.items()}
    definitions[word] = replace(definitions[word], when=meaning)
    return replace(
        edition,
        rules=tuple(entry(rule, *keys_of.get(type(rule), ("when",))) for rule in edition.rules),
        definitions=definitions,
        actions={name: entry(action, "done_when") for name, action in edition.actions.items()},
        questions={field: entry(question, "ask_when") for field, question in edition.questions.items()},
        properties={name: entry(each, "always") for name, each in edition.properties.items()},
    )


def _action_mutants(edition: Edition, values_of: ValueSets) -> Iterator[NamedMutant]:
    for action in edition.actions.values():
        for name, changed in _changed_actions(action, values_of):
            yield f"{action.id}: {name}", partial(replace, edition, actions={**edition.actions, action.id: changed})


def _changed_actions(action: Action, values_of: ValueSets) -> Iterator[tuple[str, Action]]:
    if action.done_when is not None:
        yield "done_when left out", replace(action, done_when=None)
        yield from _with(action, "done_when", values_of)


# ---- compiling in one store, and proving -----------------------------------------------------------------------------


def separate_space(edition: Edition) -> Space:
    """The space in which each entity is a class of its own, so that it serves every mutant."""
    tissue_taken = edition.definitions[TISSUE_TAKEN].when
    classes = [EntityClass(entity.id, entity.category) for entity in edition.entities.values()]
    return Space(
        classes,
        {entity.name: entity.name for entity in classes},
        weighing_of(edition.weighing),
        tissue_taken,
        origin_words_of(edition),
        edition.sure_words,
    )


class SharedBuilder(DiagramBuilder):
    """Builds diagrams of a mutant in the store, the space and the order of the original, whose atoms it shares too."""

    def __init__(self, edition: Edition, space: Space, original: "SharedBuilder | None" = None) -> None:
        self._atoms: dict[tuple[str, frozenset[str]], int] = {}
        super().__init__(edition, space)
        if original is not None:
            self.subjects, self.level, self.store = original.subjects, original.level, original.store
            self.in_scope, self._atoms = original.in_scope, original._atoms

    def _atom(self, subject: str, values: frozenset[str]) -> int:
        key = (subject, values)
        if key not in self._atoms:
            self._atoms[key] = super()._atom(subject, values)
        return self._atoms[key]


def failures(builder: DiagramBuilder, incoherent: int) -> frozenset[str]:
    """What is proved wrong of an edition in coherent cases: safety properties, rules that clash, rules that never
    hold."""
    edition, store = builder.edition, builder.store
    held = {name: builder.condition(safety.always) for name, safety in edition.properties.items()}
    found = {name for name, node in held.items() if store.either(node, incoherent) != TRUE}
    found |= {f"{rule.id} can never hold" for rule in edition.rules if builder.rule(rule.id) == FALSE}
    decided = FALSE
    for referral in edition.referral_rules:
        fires = builder.rule(referral.id)
        if store.both(decided, fires) != FALSE:
            found.add(f"{referral.id} decides where another rule decides")
        decided = store.either(decided, fires)
    if decided != TRUE:
        found.add("no referral rule decides")
    return frozenset(found | set(_clashes(builder)))


def _clashes(builder: DiagramBuilder) -> Iterator[str]:
    """Rules that give one action different verdicts in one case, and grades that exclude each other."""
    for rules in builder.rules_of.values():
        for one, other in combinations(rules, 2):
            together = builder.store.both(builder.rule(one.id), builder.rule(other.id))
            if one.verdict != other.verdict and together != FALSE:
                yield f"{one.id} and {other.id} clash"
    for grade, another in combinations(builder.edition.response_rules, 2):
        if builder.store.both(builder.rule(grade.id), builder.rule(another.id)) != FALSE:
            yield f"{grade.id} and {another.id} clash"


# ---- who notices -----------------------------------------------------------------------------------------------------

Noticed = Literal["equivalent", "deck", "table", "proof", "nobody"]
ItemName = tuple[str, ...]
PlanMaker = Callable[[Case, datetime.date], Plan]
ASKING = frozenset({"asks", "does_not_ask"})
NO_ANSWER_FOUND = (frozenset({FALSE}), ())
TISSUE_WITHOUT_HISTOLOGY = And(
    (
        Atom("histology", frozenset({NO_HISTOLOGY})),
        Or(
            (
                Atom("biopsy.status", frozenset({"performed"})),
                Atom(
                    "pathology.diagnosis",
                    frozenset({"outside_expertise_centre", "confirmed_by_expertise_centre", "reviewed_by_committee"}),
                ),
                Atom("resection.performed", frozenset({"yes"})),
                Atom("treatment.earlier_unplanned_surgery", frozenset({"yes"})),
                Atom("pathology.specimen", frozenset({"curettage", "excision", "resection"})),
            )
        ),
    )
)
"""No case is like this: where tissue was taken, it has a histology, known or not (`Space`)."""


def sure_and_untrue(edition: Edition) -> Condition:
    """No case is like this: what the answers make certain holds."""
    sure = ((word, Atom(sure_subject(word), frozenset({"yes"}))) for word in edition.sure_words)
    return Or(tuple(And((atom, Not(edition.definitions[word].when))) for word, atom in sure))


@dataclass(frozen=True)
class Fate:
    """What became of a mutant, and by which case, entry of the table or property."""

    name: str
    noticed: Noticed
    by: str = ""


class _MutantPlanner(Planner):
    """A planner that shares with the original whatever they have in common, memories included."""

    def __init__(self, compiled: CompiledEdition, original: Planner) -> None:
        super().__init__(compiled)
        for name, item in self.items.by_name.items():
            known = original.items.by_name.get(name)
            if known is not None and _same_root(item.root, known.root):
                self.items.by_name[name] = known

    def changed(self, original: Planner) -> list[tuple[Item | None, Item | None]]:
        """The items that differ, as pairs of the original's and the mutant's."""
        one, other = original.items.by_name, self.items.by_name
        pairs = [(one.get(name), other.get(name)) for name in dict.fromkeys((*one, *other))]
        return [(old, new) for old, new in pairs if old is not new]


def _same_root(one: Root, other: Root) -> bool:
    return one.node == other.node and one.leaves == other.leaves


class Laboratory:
    """Examines mutants of one edition with the cases of a deck."""

    def __init__(self, edition: Edition, cases: Sequence[DeckCase]) -> None:
        self.edition = edition
        self._builder = SharedBuilder(edition, separate_space(edition))
        self._compiled = compiled_with(self._builder)
        self._planner = Planner(self._compiled)
        self._incoherent = self._builder.condition(Or((TISSUE_WITHOUT_HISTOLOGY, sure_and_untrue(edition))))
        self._table = second_entries(edition)
        self._known_failures = failures(self._builder, self._incoherent)
        self._roots = self._visible(self._builder, self._compiled.roots)
        self._cases = [(case, answers_left(self._planner, case)) for case in cases]
        self._mentioned = {case.name: frozenset(_words(case.expect)) for case in cases}

    def examine(self, mutant: Mutant) -> Fate:
        """Who notices a mutant: the deck, else the table, else a proof. Nobody need when it is equivalent: no root
        differs, and no entry, for some words also work outside the diagrams (what contradicts an origin)."""
        builder = SharedBuilder(mutant.made(), self._builder.space, self._builder)
        made = compiled_with(builder)
        changes_no_root = self._is_equivalent(self._visible(builder, made.roots), made.tables)
        differing = self._difference_from_table(mutant.entry, builder)
        if changes_no_root and differing is None:
            return Fate(mutant.name, "equivalent")
        case = None if changes_no_root else self._noticing_case(_MutantPlanner(made, self._planner))
        if case is not None:
            return Fate(mutant.name, "deck", case.name)
        if differing is not None:
            return Fate(mutant.name, "table", differing)
        wrong = failures(builder, self._incoherent) - self._known_failures
        return Fate(mutant.name, "proof", min(wrong)) if wrong else Fate(mutant.name, "nobody")

    def _is_equivalent(self, others: Mapping[ItemName, Root], tables: PlanningTables) -> bool:
        """Whether every root is that of the original and rests on the same rules; one nowhere true may be absent."""
        rules, other_rules = self._compiled.tables.rules_of, tables.rules_of
        return all(
            _says_the_same(self._roots.get(name), others.get(name))
            and (name not in others or others[name].node == FALSE or rules.get(name) == other_rules.get(name))
            for name in self._roots.keys() | others.keys()
        )

    def _difference_from_table(self, name: str, builder: SharedBuilder) -> str | None:
        """What the table says otherwise of the one entry that was changed; None when it agrees or does not have it."""
        names = (name,) if name in self._table else ()
        return next(disagreements(self._table, builder, self._incoherent, names), None)

    def _visible(self, builder: DiagramBuilder, roots: Sequence[Root]) -> dict[ItemName, Root]:
        """What a plan can show: of rules those that it names as sources (not those of order or response), of the
        response only what lies in scope, of everything only what is coherent. Whether a case is so is never open.
        Whom a reading concerns changes no advice: it is checked by itself (test_concerns)."""
        silent = {("rule", rule.id) for rule in (*self.edition.order_rules, *self.edition.response_rules)}
        found = {}
        for root in roots:
            if (root.kind, *root.name) not in silent and root.kind != "concerns":
                hidden = self._incoherent
                if root.kind == "response_grade":
                    hidden = builder.store.either(hidden, builder.store.negation(builder.in_scope))
                node = builder.store.choose(hidden, 0, root.node)
                found[(root.kind, *root.name)] = replace(root, node=node)
        return found

    def _noticing_case(self, planner: _MutantPlanner) -> DeckCase | None:
        """The first case that expects another plan: without open questions, which cost most, and then with them."""
        changed = planner.changed(self._planner)
        subjects = {word for item in (item for pair in changed for item in pair if item) for word in item.root.name}
        for case, left in sorted(self._cases, key=lambda pair: subjects.isdisjoint(self._mentioned[pair[0].name])):
            affected = any(_found(old, left) != _found(new, left) for old, new in changed)
            if affected and _notices(case, planner.make_bare_plan, ASKING):
                return case
        for case, _ in self._cases:
            if ASKING & case.expect.keys() and _notices(case, planner.make_plan):
                return case
        return None


def _says_the_same(one: Root | None, other: Root | None) -> bool:
    if one is None or other is None:
        left = one or other
        return left is not None and left.node == FALSE and left.kind not in ("referral", "response_grade")
    return _same_root(one, other)


def _found(item: Item | None, left: AnswersLeft) -> Any:
    if item is None:
        return NO_ANSWER_FOUND
    finding = item.finding(left)
    leaves = item.root.leaves
    return (frozenset(leaves[leaf] for leaf in finding.leaves) if leaves else finding.leaves), finding.essential


def _words(expected: Any) -> Iterator[str]:
    """Every word that expectations hold: actions, alerts, keys of the referral, rules."""
    if isinstance(expected, str):
        yield expected
    elif isinstance(expected, Mapping):
        for key, value in expected.items():
            yield key
            yield from _words(value)
    elif isinstance(expected, Sequence):
        for value in expected:
            yield from _words(value)


def _notices(case: DeckCase, make_plan: PlanMaker, but_not: frozenset[str] = frozenset()) -> bool:
    """Whether the plan of a case differs from what the case expects, or cannot be made at all."""
    expected = {key: wanted for key, wanted in case.expect.items() if key not in but_not}
    try:
        return bool(differences(make_plan(case.case, case.day), expected))
    except KeyError:  # an action that the planner knows by name is gone
        return True


def examine_share(share: int, shares: int) -> list[Fate]:
    """Examine every so many mutants of the real edition; several processes each take a share."""
    edition = read_real_edition()
    laboratory = Laboratory(edition, deck())
    return [laboratory.examine(mutant) for mutant in mutants(edition)[share::shares]]
