"""How the answers about the lesion combine: category, entity, differential and histology, and which of them counts.

The weighing is a table of the edition (`weighing`); here its rows are read for a set of answers.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from guideline_core.graded_names import GradedNames
from guideline_core.lesion import (
    CATEGORIES,
    KINDS,
    REMEMBERED,
    Completion,
    EntityClass,
    beside,
    categories_given,
    fit_together,
    kind_of,
    nature_value,
    weight,
)
from guideline_core.subjects import GRADE_KEYS, LESION_KEYS, RawAnswers
from guideline_core.weighing import (
    BESIDE,
    BESIDE_CATEGORY,
    BESIDE_IMAGE,
    BESIDE_VALUES,
    CATEGORY,
    EVERY_ENTITY,
    GRADE_FIELDS,
    HISTOLOGY_BESIDE,
    IMAGE,
    KIND,
    LESION_FIELDS,
    NOTHING_NAMED,
    ON_IMAGE,
    ONE_TUMOUR,
    TISSUE,
    Facts,
    Row,
    Table,
    Weighing,
    answer_facts,
    asked_by,
    field_of,
)

_FOUND = (TISSUE, CATEGORY, EVERY_ENTITY, BESIDE_CATEGORY)


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """What the table says of one set of answers: the rows that count, and what they leave open."""

    suspicion: Row
    tissue: Row
    entity: Row
    category: Row
    entities: tuple[str, ...]
    """The tumours that can be meant."""
    beside: frozenset[str]
    """The tumours of which one counts beside it; none when nothing does."""
    kind: str | None
    """The heaviest kind of the tumours that weigh."""
    kind_beside: str | None
    """The heaviest kind of the tumours that count beside it, as long as tissue counts together with the image."""
    categories: tuple[str, ...]


class LesionAnswers:
    """What the answers about the lesion leave open, and what they count as, by the table of the edition. They are the
    answers after their names were read beside the grades (`graded`)."""

    def __init__(self, classes: Mapping[str, EntityClass], weighing: Weighing) -> None:
        self.classes = classes
        self.weighing = weighing
        self.weighed_keys = tuple(dict.fromkeys((*LESION_KEYS, *weighing.fields())))
        """The answers that are weighed."""
        self.keys = (*self.weighed_keys, *GRADE_KEYS)
        """The answers that decide what the lesion is."""
        self.uncertain = next(name for name, entity in classes.items() if entity.kind == "uncertain")
        self.told = tuple(name for name in classes if name != self.uncertain)
        self.graded = GradedNames(weighing.name, self.uncertain)
        self._suspected, self._tissue = Table(weighing.suspected), Table(weighing.tissue)
        self._entity, self._category = Table(weighing.entity), Table(weighing.category)
        self._counts, self._agreement = Table(weighing.counts_as), Table(weighing.agreement)
        self._told_apart = {name: _memberships(name, weighing) for name in classes}
        self._weighed: dict[tuple[object, ...], Weighed] = {}
        self._rows: dict[Weighed, tuple[Row, ...]] = {}
        self._counted: dict[tuple[object, ...], Row] = {}
        asked = dict.fromkeys(atom.subject for row in weighing.counts_as for atom in asked_by(row))
        self._asked_in_the_end = tuple(subject for subject in asked if subject not in _FOUND)

    def weighed(self, raw: RawAnswers) -> Weighed:
        """The rows that count for these answers."""
        signature = tuple(map(raw.get, self.weighed_keys))
        found = self._weighed.get(signature)
        if found is None:
            if len(self._weighed) > REMEMBERED:
                self._weighed.clear()
                self._rows.clear()
            found = self._weighed[signature] = self._weigh(raw)
        return found

    def _weigh(self, raw: RawAnswers) -> Weighed:
        facts = answer_facts(raw, self.weighed_keys)
        tissue = self._tissue.row(facts)
        facts[TISSUE] = tissue.gives
        named_beside = _named(raw, tissue.beside)
        entity = self._entity.row(facts)
        named = _named(raw, entity.one_of)
        kind = self._heaviest(_named(raw, entity.weighs))
        stated = raw.get("lesion.category")
        stated = stated if isinstance(stated, str) else None
        facts |= {
            KIND: kind or NOTHING_NAMED,
            BESIDE: beside(stated, kind),
            BESIDE_IMAGE: beside(kind, self._image(raw, stated)) if tissue.gives == "established" else BESIDE_VALUES[0],
        }
        category = self._category.row(facts)
        return Weighed(
            suspicion=self._suspected.row(facts),
            tissue=tissue,
            entity=entity,
            category=category,
            entities=self._possible(named) or tuple(self.classes),
            beside=frozenset(self._possible(named_beside)),
            kind=kind,
            kind_beside=self._heaviest(named_beside) if tissue.gives == "adds" else None,
            categories=categories_given(category.gives, stated, kind),
        )

    def _possible(self, named: frozenset[str]) -> tuple[str, ...]:
        """The tumours that can be meant where these are named: each of them, and any when one cannot be told."""
        return tuple(name for name in self.classes if name in named or self.uncertain in named)

    def _heaviest(self, names: Iterable[str]) -> str | None:
        return max((self.classes[name].kind for name in names), key=KINDS.index, default=None)

    def _image(self, raw: RawAnswers, stated: str | None) -> str | None:
        """The heaviest of what was said of the image: the category, and the kinds of the tumours."""
        kinds = [self._heaviest(_named(raw, ("lesion.differential",))), stated]
        entity = raw.get("lesion.entity")
        if isinstance(entity, str) and entity != self.uncertain:  # one that cannot be told weighs nothing
            kinds.append(self.classes[entity].kind)
        return max((kind for kind in kinds if kind is not None), key=weight, default=None)

    def completions(self, raw: RawAnswers) -> tuple[Completion, ...]:
        """All coherent (category, entity) pairs that the answers leave open, if a tumour is suspected."""
        weighed = self.weighed(raw)
        facts = answer_facts(raw, self.weighed_keys)
        return tuple(
            Completion(category, entity, self._counts_as(category, entity, weighed, facts))
            for category in weighed.categories
            for entity in self._entities_of(category, weighed)
        )

    def deciding(self, raw: RawAnswers) -> Hashable:
        """All that decides which pairs are left, and whether a tumour is suspected; many answers come to the same."""
        weighed = self.weighed(raw)
        facts = answer_facts(raw, map(field_of, self._asked_in_the_end))
        return (
            weighed.suspicion.gives,
            weighed.tissue.gives,
            weighed.entity.unless_lighter,
            weighed.entities,
            weighed.beside,
            weighed.kind,
            weighed.kind_beside,
            weighed.categories,
            *map(facts.get, self._asked_in_the_end),
        )

    def _entities_of(self, category: str, weighed: Weighed) -> Iterator[str]:
        """The tumours that can be meant where this category holds."""
        if weighed.entity.unless_lighter and beside(category, weighed.kind_beside) in ("same", "lighter"):
            yield from (name for name in self.classes if name in weighed.beside)
            return
        for name in weighed.entities:
            if weighed.kind is not None or fit_together(category, self.classes[name].kind):
                yield name

    def candidates(self, raw: RawAnswers) -> frozenset[str]:
        """The entity classes that the answers about the entity leave open, whatever the category."""
        return frozenset(self.weighed(raw).entities)

    def beside(self, raw: RawAnswers) -> frozenset[str]:
        """The entity classes of which one counts beside the tumour that is meant."""
        return self.weighed(raw).beside

    def may_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether "no bone tumour suspected" is still possible."""
        return self.weighed(raw).suspicion.gives != "yes"

    def must_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether it was answered that no bone tumour is suspected, and no other answer says otherwise."""
        return self.weighed(raw).suspicion.gives == "no"

    def conflict(self, raw: RawAnswers) -> bool:
        """Whether two answers on the image contradict each other, and the image counts: category and tumour are of
        different kinds, or tumour and grade cannot go together. The heavier one then counts."""
        weighed = self.weighed(raw)
        return weighed.category.conflict or (weighed.tissue.gives != "established" and self.graded.conflict(raw))

    def tissue_is_lighter(self, raw: RawAnswers) -> bool:
        """Whether established tissue is lighter than what was said of the image."""
        return self.weighed(raw).category.lighter

    def disagrees(self, raw: RawAnswers) -> bool:
        """Whether image and microscope say different things, established or not."""
        histology, stated = (raw.get(key) for key in ("pathology.histology", "lesion.category"))
        if not isinstance(histology, str):
            return False
        image = self._image(raw, stated if isinstance(stated, str) else None)
        facts = answer_facts(raw, (*LESION_FIELDS, *GRADE_FIELDS))
        facts[IMAGE] = NOTHING_NAMED if image is None else kind_of(image)
        facts[HISTOLOGY_BESIDE] = beside(self.classes[histology].kind, image)
        facts[ON_IMAGE] = "yes" if histology in _named(raw, ("lesion.entity", "lesion.differential")) else "no"
        return self._agreement.row(facts).gives == "disagree"

    def rows(self, raw: RawAnswers) -> tuple[Row, ...]:
        """The rows by which these answers are read and weighed, in the order of the table; those by which a category
        counts as another where that holds for every way in which they can turn out."""
        weighed = self.weighed(raw)
        found = self._rows.get(weighed)
        if found is None:
            found = self._rows[weighed] = self._rows_of(weighed, raw)
        return (*self.graded.rows_read(raw), *found)

    def _rows_of(self, weighed: Weighed, raw: RawAnswers) -> tuple[Row, ...]:
        if weighed.suspicion.gives == "no":
            return (weighed.suspicion,)
        facts = answer_facts(raw, self.weighed_keys)
        counted = {self._counting_row(c.category, c.entity, weighed, facts) for c in self.completions(raw)}
        rows = (weighed.suspicion, weighed.tissue, weighed.entity, weighed.category)
        return (*rows, *(counted if len(counted) == 1 else ()))

    def alike(self, name: str) -> tuple[object, ...]:
        """What the table can tell of an entity class: its kind, and of which lists it is a member."""
        return (self.classes[name].kind, self._told_apart[name])

    def natures(self) -> frozenset[str]:
        """Every nature as which some answers can count: of the tumours that the table cannot tell apart one is tried
        for all of them."""
        first: dict[tuple[object, ...], str] = {}
        for name in self.classes:
            first.setdefault(self.alike(name), name)
        found = LesionAnswers({name: self.classes[name] for name in first.values()}, self.weighing)._every_completion()
        return frozenset(
            nature_value(category, name)
            for name in self.classes
            for category in CATEGORIES
            if (category, first[self.alike(name)]) in found
        )

    def _every_completion(self) -> set[tuple[str, str]]:
        """The category that counts and the tumour, for every way to state a category and one tumour on the image and
        one under the microscope."""
        one = (None, *self.classes)
        answers: dict[str, tuple[str | None, ...]] = dict.fromkeys(self.weighed_keys, (None,))
        answers |= {"lesion.category": (None, *CATEGORIES), "lesion.category_by": (None, "other")}
        answers |= {"lesion.entity": one, "pathology.histology": one}
        raws = (dict(zip(answers, state, strict=True)) for state in product(*answers.values()))
        return {(each.counts_as, each.entity) for raw in raws for each in self.completions(raw)}

    def _counts_as(self, category: str, entity: str, weighed: Weighed, facts: Facts) -> str:
        gives = self._counting_row(category, entity, weighed, facts).gives
        return category if gives == "as_weighed" else weighed.kind_beside or category if gives == "tissue" else gives

    def _counting_row(self, category: str, entity: str, weighed: Weighed, facts: Facts) -> Row:
        answers = (facts[subject] for subject in self._asked_in_the_end)
        key = (category, self._told_apart[entity], weighed.beside, weighed.kind_beside, weighed.tissue.gives, *answers)
        row = self._counted.get(key)
        if row is None:
            if len(self._counted) > REMEMBERED:
                self._counted.clear()
            how_beside = beside(weighed.kind_beside, category)
            found = {**facts, TISSUE: weighed.tissue.gives, CATEGORY: category, BESIDE_CATEGORY: how_beside}
            row = self._counted[key] = self._counts.row({**found, EVERY_ENTITY: weighed.beside | {entity}})
        return row


def _memberships(name: str, weighing: Weighing) -> tuple[bool, ...]:
    """Of which of the entities that the rows ask for a class is one."""
    asked = (atom for row in weighing.rows for atom in asked_by(row))
    return tuple(name in atom.values for atom in asked if atom.subject in (EVERY_ENTITY, *ONE_TUMOUR))


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
