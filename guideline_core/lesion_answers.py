"""How the answers about the lesion combine: category, entity, differential and histology, and which of them counts.

The weighing is a table of the edition (`weighing`); here its rows are read for a set of answers.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from guideline_core.keys import EntityCategory
from guideline_core.lesion import (
    CATEGORIES,
    KINDS,
    REMEMBERED,
    Completion,
    EntityClass,
    beside,
    categories_given,
    fit_together,
    nature_value,
)
from guideline_core.subjects import LESION_KEYS, RawAnswers
from guideline_core.weighing import (
    BESIDE,
    CATEGORY,
    ENTITY,
    KIND,
    NOTHING_NAMED,
    UNANSWERED,
    Facts,
    Row,
    Table,
    Weighing,
    answer_facts,
    asked_by,
    field_of,
)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What the table says of one set of answers: the rows that count, and what they leave open."""

    suspicion: Row
    entity: Row
    category: Row
    entities: tuple[str, ...]
    """The tumours that can be meant."""
    kind: str | None
    """The heaviest kind of the tumours that weigh."""
    categories: tuple[str, ...]


class LesionAnswers:
    """What the answers about the lesion leave open, and what they count as, by the table of the edition."""

    def __init__(self, classes: Mapping[str, EntityClass], weighing: Weighing) -> None:
        self.classes = classes
        self.weighing = weighing
        self.keys = tuple(dict.fromkeys((*LESION_KEYS, *weighing.fields())))
        """The answers that decide what the lesion is."""
        self.uncertain = next(name for name, entity in classes.items() if entity.kind == "uncertain")
        self._suspected, self._entity = Table(weighing.suspected), Table(weighing.entity)
        self._category, self._counts = Table(weighing.category), Table(weighing.counts_as)
        self._told_apart = {name: _memberships(name, weighing) for name in classes}
        self._weighed: dict[tuple[object, ...], Weighed] = {}
        self._rows: dict[Weighed, tuple[Row, ...]] = {}
        self._counted: dict[tuple[object, ...], Row] = {}
        asked = dict.fromkeys(atom.subject for row in weighing.counts_as for atom in asked_by(row))
        self._asked_in_the_end = tuple(subject for subject in asked if subject not in (CATEGORY, ENTITY))

    def weighed(self, raw: RawAnswers) -> Weighed:
        """The rows that count for these answers."""
        signature = tuple(raw.get(key) for key in self.keys)
        found = self._weighed.get(signature)
        if found is None:
            if len(self._weighed) > REMEMBERED:
                self._weighed.clear()
                self._rows.clear()
            found = self._weighed[signature] = self._weigh(raw)
        return found

    def _weigh(self, raw: RawAnswers) -> Weighed:
        facts = answer_facts(raw, self.keys)
        entity = self._entity.row(facts)
        entities = _named(raw, entity.one_of)
        kind = max((self.classes[name].kind for name in _named(raw, entity.weighs)), key=KINDS.index, default=None)
        stated = facts["lesion.category"] if facts["lesion.category"] != UNANSWERED else None
        facts |= {KIND: kind or NOTHING_NAMED, BESIDE: beside(stated, kind)}
        row = self._category.row(facts)
        return Weighed(
            suspicion=self._suspected.row(facts),
            entity=entity,
            category=row,
            entities=tuple(name for name in self.classes if name in entities or not entity.one_of),
            kind=kind,
            categories=categories_given(row.gives, stated, kind),
        )

    def completions(self, raw: RawAnswers) -> tuple[Completion, ...]:
        """All coherent (category, entity) pairs that the answers leave open, if a tumour is suspected."""
        weighed = self.weighed(raw)
        facts = answer_facts(raw, self.keys)
        return tuple(
            Completion(category, entity, self._counts_as(category, entity, facts))
            for entity in weighed.entities
            for category in weighed.categories
            if weighed.kind is not None or fit_together(category, self.classes[entity].kind)
        )

    def candidates(self, raw: RawAnswers) -> frozenset[str]:
        """The entity classes that the answers about the entity leave open, whatever the category."""
        return frozenset(self.weighed(raw).entities)

    def may_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether "no bone tumour suspected" is still possible."""
        return self.weighed(raw).suspicion.gives != "yes"

    def must_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether it was answered that no bone tumour is suspected, and no other answer says otherwise."""
        return self.weighed(raw).suspicion.gives == "no"

    def conflict(self, raw: RawAnswers) -> bool:
        """Whether a stated category and a stated entity are of different kinds; the heavier one then counts."""
        return self.weighed(raw).category.conflict

    def rows(self, raw: RawAnswers) -> tuple[Row, ...]:
        """The rows by which these answers are weighed, in the order of the table; those by which a category counts as
        another where that holds for every way in which they can turn out."""
        weighed = self.weighed(raw)
        found = self._rows.get(weighed)
        if found is None:
            found = self._rows[weighed] = self._rows_of(weighed, raw)
        return found

    def _rows_of(self, weighed: Weighed, raw: RawAnswers) -> tuple[Row, ...]:
        if weighed.suspicion.gives == "no":
            return (weighed.suspicion,)
        facts = answer_facts(raw, self.keys)
        counted = {self._counting_row(each.category, each.entity, facts) for each in self.completions(raw)}
        return (weighed.suspicion, weighed.entity, weighed.category, *(counted if len(counted) == 1 else ()))

    def alike(self, name: str) -> tuple[object, ...]:
        """What the table can tell of an entity class: its kind, and of which lists it is a member."""
        return (self.classes[name].kind, self._told_apart[name])

    def natures(self) -> frozenset[str]:
        """Every nature as which some answers can count."""
        ways = tuple(self._ways())
        found = set()
        for name, entity in self.classes.items():
            for kind, categories, facts in ways:
                if kind is not None and KINDS.index(kind) < KINDS.index(entity.kind):
                    continue
                for category in categories:
                    if kind is not None or fit_together(category, entity.kind):
                        found.add(nature_value(self._counts_as(category, name, facts), name))
        return frozenset(found)

    def _ways(self) -> Iterator[tuple[EntityCategory | None, tuple[str, ...], dict[str, str]]]:
        """Every way in which the rows can find a category: kind, categories, and the answers that they ask."""
        for answers in answers_asked(self.keys, (*self.weighing.category, *self.weighing.counts_as)):
            facts = answer_facts(answers, self.keys)
            stated = answers["lesion.category"]
            for kind in (None, *KINDS):
                found = {**facts, KIND: kind or NOTHING_NAMED, BESIDE: beside(stated, kind)}
                yield kind, categories_given(self._category.row(found).gives, stated, kind), facts

    def _counts_as(self, category: str, entity: str, facts: Facts) -> str:
        gives = self._counting_row(category, entity, facts).gives
        return category if gives == "as_weighed" else gives

    def _counting_row(self, category: str, entity: str, facts: Facts) -> Row:
        key = (category, self._told_apart[entity], *(facts[subject] for subject in self._asked_in_the_end))
        found = self._counted.get(key)
        if found is None:
            if len(self._counted) > REMEMBERED:
                self._counted.clear()
            found = self._counted[key] = self._counts.row({**facts, CATEGORY: category, ENTITY: entity})
        return found


def _memberships(name: str, weighing: Weighing) -> tuple[bool, ...]:
    """Of which of the entities that the rows ask for a class is one."""
    return tuple(name in atom.values for row in weighing.counts_as for atom in asked_by(row) if atom.subject == ENTITY)


def _named(raw: RawAnswers, fields: Iterable[str]) -> frozenset[str]:
    """The tumours that these answers name."""
    found: frozenset[str] = frozenset()
    for field in fields:
        value = raw.get(field)
        if isinstance(value, frozenset):
            found |= value
        elif isinstance(value, str):
            found |= {value}
    return found


def answers_asked(keys: Iterable[str], rows: Iterable[Row]) -> Iterator[dict[str, str | None]]:
    """Every set of answers that these rows can tell apart, by key; what they do not ask is not answered."""
    asked: dict[str, dict[str | None, None]] = {key: {None: None} for key in keys}
    asked["lesion.category"] |= dict.fromkeys(CATEGORIES)
    for row in rows:
        for atom in asked_by(row):
            if field_of(atom.subject) in asked:
                asked[field_of(atom.subject)] |= dict.fromkeys([*sorted(atom.values - {UNANSWERED}), "something else"])
    asked["lesion.category"].pop("something else", None)
    asked["lesion.category"].pop("yes", None)
    for values in product(*asked.values()):
        yield dict(zip(asked, values, strict=True))
