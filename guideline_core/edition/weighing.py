"""The table by which the answers about a lesion are weighed, as it stands in weighing.yaml: rows with their words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from guideline_core.condition import ALWAYS, NEVER, Atom, Condition
from guideline_core.contract import fields
from guideline_core.edition.catalogue import Entity, members_of
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
    NAME,
    NAMING_FIELDS,
    NOTHING_NAMED,
    ON_IMAGE,
    ONE_TUMOUR,
    TISSUE,
    UNANSWERED,
    AgreementResult,
    CategoryResult,
    CountsResult,
    NamingField,
    Row,
    Suspicion,
    TissueWeight,
    Weighing,
    asked_by,
)

WEIGHING_FILE = "weighing.yaml"
WeighingList = Literal["name", "suspected", "tissue", "entity", "category", "counts_as", "agreement"]
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
class NameRow(WeighingRow):
    """Says for which tumour some names stand in these answers; a row that reads none takes every name as it stands."""

    reads: tuple[NamingField, ...] = ()
    which: WrittenCondition = NEVER
    unless_beside: WrittenCondition = NEVER
    means: str = ""
    conflict: bool = False

    @property
    def row(self) -> Row:
        """The row as planning reads it. What it takes itself is no name beside which it does not hold."""
        names = _names(self.which)
        return Row(
            self.id,
            self.when,
            self.means,
            reads=self.reads,
            names=tuple(sorted(names)),
            unless_beside=tuple(sorted(_names(self.unless_beside) - names)),
            conflict=self.conflict,
            interpretations=self.interpretations,
        )


def _names(condition: Condition) -> frozenset[str]:
    """The names of which a condition of one claim speaks."""
    return condition.values if isinstance(condition, Atom) else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionRow(WeighingRow):
    """Says whether a bone tumour is suspected."""

    suspected: Suspicion

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.suspected, interpretations=self.interpretations)


@dataclass(frozen=True, slots=True, kw_only=True)
class TissueRow(WeighingRow):
    """Says whether what the microscope shows counts, and which answers name the tumour that counts beside another."""

    tissue: TissueWeight
    beside: tuple[NamingField, ...] = ()

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.tissue, beside=self.beside, interpretations=self.interpretations)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow(WeighingRow):
    """Says by which answers the tumour is named, and which tumours weigh."""

    one_of: tuple[NamingField, ...] = ()
    weighs: tuple[NamingField, ...] = ()
    beside_unless_lighter: bool = False

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(
            self.id,
            self.when,
            "",
            self.one_of,
            self.weighs,
            unless_lighter=self.beside_unless_lighter,
            interpretations=self.interpretations,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow(WeighingRow):
    """Says which category holds, and whether two answers contradict each other, or tissue is lighter than the image."""

    category: CategoryResult
    conflict: bool = False
    lighter: bool = False

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(
            self.id,
            self.when,
            self.category,
            conflict=self.conflict,
            lighter=self.lighter,
            interpretations=self.interpretations,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRow(WeighingRow):
    """Says what a category counts as."""

    counts_as: CountsResult

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.counts_as, interpretations=self.interpretations)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow(WeighingRow):
    """Says whether image and microscope agree."""

    agreement: AgreementResult

    @property
    def row(self) -> Row:
        """The row as planning reads it."""
        return Row(self.id, self.when, self.agreement, interpretations=self.interpretations)


AnyWeighingRow = NameRow | SuspicionRow | TissueRow | EntityRow | CategoryRow | CountsRow | AgreementRow
KINDS_OF_ROW: Mapping[WeighingList, type[AnyWeighingRow]] = {
    "name": NameRow,
    "suspected": SuspicionRow,
    "tissue": TissueRow,
    "entity": EntityRow,
    "category": CategoryRow,
    "counts_as": CountsRow,
    "agreement": AgreementRow,
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
    """A tumour that is meant must weigh, or nothing must: else it could be heavier than what counts. What a row says of
    names is said in one claim each, and of some answers."""
    if isinstance(row, NameRow):
        for key, condition in {"which": row.which, "unless_beside": row.unless_beside}.items():
            if condition != NEVER and not (isinstance(condition, Atom) and condition.subject == NAME):
                yield key, f"one claim about '{NAME}' is expected"
        if not bool(row.reads) == bool(row.means) == (row.which != NEVER):
            yield "reads", "'reads', 'which' and 'means' go together"
        if any(atom.subject == NAME for atom in asked_by(row.row)):
            yield "when", f"'{NAME}' is for 'which' and 'unless_beside'"
    if isinstance(row, EntityRow) and row.weighs:
        for field in row.one_of:
            if field not in row.weighs:
                yield "weighs", f"'{field}' can name the tumour, so it must weigh"


class WeighingVocabulary:
    """What a row of one list can ask: the answers about the lesion, and what the lists before it found."""

    def __init__(self, which: WeighingList, entities: Mapping[str, Entity], groups: Collection[str]) -> None:
        self._entities = entities
        self._groups = groups
        self._values: dict[str, tuple[str, ...]] = {
            field: (*self._values_of(field), UNANSWERED)
            for field in LESION_FIELDS
            if fields()[field].kind is not AnswerKind.ENTITIES
        }
        if which in ("name", "agreement"):
            self._values |= {field: (*fields()[field].values, UNANSWERED) for field in GRADE_FIELDS}
        if which == "name":
            self._values |= {NAME: tuple(entities)}
        if which == "agreement":
            kinds = (*get_args(EntityCategory), NOTHING_NAMED)
            self._values |= {IMAGE: kinds, HISTOLOGY_BESIDE: BESIDE_VALUES, ON_IMAGE: ("no", "yes")}
        if which in ("entity", "category", "counts_as"):
            self._values |= {TISSUE: get_args(TissueWeight)}
        if which in ("category", "counts_as"):
            kinds = (*get_args(EntityCategory), NOTHING_NAMED)
            self._values |= {KIND: kinds, BESIDE: BESIDE_VALUES, BESIDE_IMAGE: BESIDE_VALUES}
        if which == "counts_as":
            self._values |= {CATEGORY: CATEGORIES, EVERY_ENTITY: tuple(entities), BESIDE_CATEGORY: BESIDE_VALUES}

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

    def member(self, subject: str, groups: tuple[str, ...]) -> Condition:
        """The atom "the tumour belongs to this group of the catalogue"."""
        if subject not in (EVERY_ENTITY, NAME, *ONE_TUMOUR) or subject not in self._values:
            raise ConditionFault(f"only an answer that names one tumour, '{EVERY_ENTITY}' and '{NAME}' have groups")
        return Atom(subject, members_of(groups, self._entities, self._groups))

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        """The atom for `answered(field)`."""
        field = ", ".join(arguments)
        if function != "answered" or field not in LESION_FIELDS:
            known = [f"answered({each})" for each in LESION_FIELDS]
            close = did_you_mean(f"{function}({field})", known)
            raise ConditionFault(f"a row cannot ask '{function}({field})'{close}")
        return Atom(f"answered({field})", frozenset({"yes"}))
