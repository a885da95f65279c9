"""The table by which the answers about a lesion are weighed, as it stands in weighing.yaml: rows with their words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from guideline_core.condition import ALWAYS, Atom, Condition
from guideline_core.contract import fields
from guideline_core.edition.catalogue import Entity
from guideline_core.edition.condition_language import ConditionFault
from guideline_core.edition.condition_type import WrittenCondition
from guideline_core.edition.entry_reader import NoteFault
from guideline_core.edition.entry_types import NO_OTHER_KEYS, Words
from guideline_core.edition.faults import did_you_mean
from guideline_core.fields import AnswerKind
from guideline_core.keys import EntityCategory
from guideline_core.lesion import CATEGORIES
from guideline_core.weighing import (
    BESIDE,
    BESIDE_VALUES,
    CATEGORY,
    ENTITY,
    KIND,
    LESION_FIELDS,
    NAMING_FIELDS,
    NOTHING_NAMED,
    UNANSWERED,
    CategoryResult,
    CountsResult,
    NamingField,
    Row,
    Suspicion,
    Weighing,
)

WEIGHING_FILE = "weighing.yaml"
WeighingList = Literal["suspected", "entity", "category", "counts_as"]
WEIGHING_LISTS: tuple[WeighingList, ...] = get_args(WeighingList)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighingRow:
    """What every row has: when it holds, in words too, and the interpretations behind it."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    text: Words
    when: WrittenCondition
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionRow(WeighingRow):
    """Says whether a bone tumour is suspected."""

    suspected: Suspicion

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.suspected, interpretations=self.interpretations)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow(WeighingRow):
    """Says by which answers the tumour is named, and which tumours weigh."""

    one_of: tuple[NamingField, ...] = ()
    weighs: tuple[NamingField, ...] = ()

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, "", self.one_of, self.weighs, interpretations=self.interpretations)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow(WeighingRow):
    """Says which category holds, and whether two answers contradict each other."""

    category: CategoryResult
    conflict: bool = False

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.category, conflict=self.conflict, interpretations=self.interpretations)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRow(WeighingRow):
    """Says what a category counts as."""

    counts_as: CountsResult

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.counts_as, interpretations=self.interpretations)


AnyWeighingRow = SuspicionRow | EntityRow | CategoryRow | CountsRow
KINDS_OF_ROW: Mapping[WeighingList, type[AnyWeighingRow]] = {
    "suspected": SuspicionRow,
    "entity": EntityRow,
    "category": CategoryRow,
    "counts_as": CountsRow,
}
WeighingRows = Mapping[WeighingList, tuple[AnyWeighingRow, ...]]


def weighing_of(rows: WeighingRows) -> Weighing:
    """The table as planning reads it."""
    return Weighing(**{name: tuple(each.row for each in rows[name]) for name in WEIGHING_LISTS})


def check_rows(rows: WeighingRows, note: NoteFault) -> None:
    """Note a list of which no row may hold, a row that none can reach, and an id that stands in two lists."""
    seen: set[str] = set()
    for name, listed in rows.items():
        if not listed or listed[-1].when != ALWAYS:
            note(WEIGHING_FILE, (name,), listed[-1].id if listed else "", "the last row must hold always")
        for row in listed[:-1]:
            if row.when == ALWAYS:
                note(WEIGHING_FILE, (name, row.id, "when"), row.id, "no row after this one can hold")
        for row in listed:
            if row.id in seen:
                note(WEIGHING_FILE, (name, row.id), row.id, "this row id stands in two lists")
            seen.add(row.id)
            for place, message in _faults_of(row):
                note(WEIGHING_FILE, (name, row.id, place), row.id, message)


def _faults_of(row: AnyWeighingRow) -> Iterator[tuple[str, str]]:
    """A tumour that is meant must weigh, or nothing must: else it could be heavier than what counts."""
    if isinstance(row, EntityRow) and row.weighs:
        for field in row.one_of:
            if field not in row.weighs:
                yield "weighs", f"'{field}' can name the tumour, so it must weigh"


class WeighingVocabulary:
    """What a row of one list can ask: the answers about the lesion, and what the lists before it found."""

    def __init__(self, which: WeighingList, entities: Mapping[str, Entity], groups: Mapping[str, object]) -> None:
        self._entities = entities
        self._groups = groups
        self._values: dict[str, tuple[str, ...]] = {
            field: (*self._values_of(field), UNANSWERED)
            for field in LESION_FIELDS
            if fields()[field].kind is not AnswerKind.ENTITIES
        }
        if which in ("category", "counts_as"):
            self._values |= {KIND: (*get_args(EntityCategory), NOTHING_NAMED), BESIDE: BESIDE_VALUES}
        if which == "counts_as":
            self._values |= {CATEGORY: CATEGORIES, ENTITY: tuple(entities)}

    def _values_of(self, field: str) -> tuple[str, ...]:
        return tuple(self._entities) if field in NAMING_FIELDS else fields()[field].values or ("yes", "no")

    def word(self, name: str) -> Condition | None:
        """No definition: definitions speak of what was weighed."""

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        """The atom for an answer, or for what was found so far."""
        possible = self._values.get(subject)
        if possible is None:
            known = [*self._values, *(f"answered({field})" for field in LESION_FIELDS)]
            raise ConditionFault(f"a row of this list cannot ask '{subject}'{did_you_mean(subject, known)}")
        if values is None:
            raise ConditionFault(f"write '{subject} is ...'")
        for value in values:
            if value not in possible:
                raise ConditionFault(f"unknown value of {subject}: '{value}'{did_you_mean(value, possible)}")
        return Atom(subject, frozenset(values))

    def member(self, subject: str, group: str) -> Condition:
        """The atom "the tumour belongs to this group of the catalogue"."""
        if subject != ENTITY or ENTITY not in self._values:
            raise ConditionFault(f"only the entity that was found has groups, not '{subject}'")
        if group not in self._groups:
            raise ConditionFault(f"unknown group '{group}'{did_you_mean(group, self._groups)}")
        return Atom(ENTITY, frozenset(name for name, entity in self._entities.items() if group in entity.groups))

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        """The atom for `answered(field)`."""
        field = ", ".join(arguments)
        if function != "answered" or field not in LESION_FIELDS:
            known = [f"answered({each})" for each in LESION_FIELDS]
            close = did_you_mean(f"{function}({field})", known)
            raise ConditionFault(f"a row cannot ask '{function}({field})'{close}")
        return Atom(f"answered({field})", frozenset({"yes"}))
