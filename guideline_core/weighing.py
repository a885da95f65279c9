"""The table by which the answers about a lesion are weighed, as planning reads it (weighing.yaml of the edition).

It asks seven things, each answered by a list of rows of which the first that holds counts: which tumour does a name
mean beside its grade (`graded_names`); is a bone tumour suspected, does what the microscope shows count, which tumour
is meant, which category holds, what does it count as; and do image and microscope agree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from guideline_core.condition import And, Atom, Condition, Not, Or, atoms
from guideline_core.keys import Category

Suspicion = Literal["yes", "no", "open"]
TissueWeight = Literal["established", "adds", "silent"]
"""What the microscope showed stands in for the image, counts together with it, or there is nothing of the kind."""
CategoryResult = Literal[Category, "stated", "kind", "heavier", "any", "any_benign"]
"""A category; the stated one; the heaviest kind of the tumours that weigh; the heavier of these two; or any that is
left open: every category, or every benign one."""
AgreementResult = Literal["agree", "disagree"]
CountsResult = Literal[Category, "as_weighed", "tissue"]
"""A category; the one that was found; or the heaviest kind of the tumours that count beside it."""
LesionField = Literal[
    "lesion.suspected",
    "lesion.basis",
    "lesion.category_by",
    "lesion.category",
    "lesion.entity",
    "lesion.differential",
    "pathology.diagnosis",
    "pathology.histology",
    "pathology.histology_differential",
    "pathology.specimen",
    "treatment.earlier_unplanned_surgery",
]
NamingField = Literal["lesion.entity", "lesion.differential", "pathology.histology", "pathology.histology_differential"]
LESION_FIELDS: Final[tuple[LesionField, ...]] = get_args(LesionField)
NAMING_FIELDS: Final[tuple[NamingField, ...]] = get_args(NamingField)
ONE_TUMOUR: Final[tuple[NamingField, ...]] = ("lesion.entity", "pathology.histology")
"""The answers that name one tumour."""
UNANSWERED: Final = "unanswered"
NOTHING_NAMED: Final = "none"
TISSUE, KIND, BESIDE, BESIDE_IMAGE = "tissue", "kind", "category_beside_kind", "tissue_beside_image"
CATEGORY, EVERY_ENTITY, BESIDE_CATEGORY = "category", "every_entity", "tissue_beside_category"
"""What a row can ask besides the answers: whether tissue counts and how, the heaviest kind that weighs, how the stated
category lies beside that kind and established tissue beside the image; of what was found the category, every tumour
that counts, and how the tissue that counts beside it lies beside that category."""
NAME = "name"
"""What a row on names asks of each name."""
IMAGE, HISTOLOGY_BESIDE, ON_IMAGE = "image", "histology_beside_image", "histology_named_on_image"
"""What a row on agreement can ask: the heaviest kind that was said of the image, how the histology lies beside it, and
whether the image names that very tumour, alone or among several."""
GradeField = Literal["lesion.chondrosarcoma_grade", "pathology.histological_grade"]
GRADE_FIELDS: Final[tuple[GradeField, ...]] = get_args(GradeField)
BESIDE_VALUES: Final = ("not_comparable", "lighter", "same", "heavier")

Facts = Mapping[str, str | frozenset[str]]
"""What the rows can ask, in words: an answer by its field, `answered(field)`, and what was found. Of several tumours
a row asks whether all are meant."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when it holds, and what it gives."""

    id: str
    when: Condition
    gives: str
    one_of: tuple[str, ...] = ()
    """The answers that name the tumour; without them, or when they name `uncertain`, it can be any."""
    weighs: tuple[str, ...] = ()
    """The answers that name a tumour whose kind weighs."""
    beside: tuple[str, ...] = ()
    """The answers that name the tumour that counts beside the one that is meant."""
    unless_lighter: bool = False
    """Whether the tumour beside stands for the one that is meant, unless it is lighter than the category."""
    reads: tuple[str, ...] = ()
    """The answers whose names stand for another tumour, `gives`."""
    names: tuple[str, ...] = ()
    """The names that do so."""
    unless_beside: tuple[str, ...] = ()
    """The names beside which they do not."""
    conflict: bool = False
    """Whether two answers contradict each other here."""
    lighter: bool = False
    """Whether established tissue is lighter than the image here."""
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """The lists of rows: one by which names are read, five by which the lesion is weighed, and one that holds image and
    tissue together."""

    name: tuple[Row, ...]
    suspected: tuple[Row, ...]
    tissue: tuple[Row, ...]
    entity: tuple[Row, ...]
    category: tuple[Row, ...]
    counts_as: tuple[Row, ...]
    agreement: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows by which the lesion is weighed."""
        return (*self.suspected, *self.tissue, *self.entity, *self.category, *self.counts_as)

    def fields(self) -> tuple[str, ...]:
        """The answers that some row reads, in the order of the contract."""
        asked = {field_of(atom.subject) for row in self.rows for atom in asked_by(row)}
        named = {field for row in self.rows for field in (*row.one_of, *row.weighs, *row.beside)}
        return tuple(field for field in LESION_FIELDS if field in asked | named)


def asked_by(row: Row) -> Iterator[Atom]:
    """What a row asks."""
    return (atom for atom in atoms(row.when) if isinstance(atom, Atom))


def field_of(subject: str) -> str:
    """The answer of which something is asked.

    >>> field_of("answered(lesion.category)"), field_of("kind")
    ('lesion.category', 'kind')
    """
    return subject.removeprefix("answered(").removesuffix(")")


def answer_facts(answers: Mapping[str, object], fields: Iterable[str]) -> dict[str, str | frozenset[str]]:
    """What can be asked of these answers. An answer that was not given is no answer here: no default is read."""
    facts: dict[str, str | frozenset[str]] = {}
    for field in fields:
        value = answers.get(field)
        facts[field] = value if isinstance(value, str) else UNANSWERED
        facts[f"answered({field})"] = "yes" if value else "no"
    return facts


class Table:
    """A list of rows made ready: the first that holds counts."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows = [(predicate(row.when), row) for row in rows]

    def row(self, facts: Facts) -> Row:
        """The row that counts; the last one always holds."""
        for holds_of, row in self._rows:
            if holds_of(facts):
                return row
        raise ValueError("the last row of a table always holds")


def predicate(condition: Condition) -> Callable[[Facts], bool]:
    """A condition over facts, as a function, made once because it is asked for every case."""
    match condition:
        case Atom(subject, values):
            return lambda facts: fits(facts[subject], values)
        case Not(part):
            denied = predicate(part)
            return lambda facts: not denied(facts)
        case And(parts):
            return _until(False, parts)
        case Or(parts):
            return _until(True, parts)
    raise TypeError(f"a row of the weighing cannot ask {condition!r}")


def _until(decisive: bool, /, parts: Iterable[Condition]) -> Callable[[Facts], bool]:
    """A conjunction, which one part that does not hold decides, or a disjunction; a plain loop is fastest here."""
    predicates = tuple(map(predicate, parts))

    def holds_of(facts: Facts) -> bool:
        for part in predicates:
            if part(facts) is decisive:
                return decisive
        return not decisive

    return holds_of


def fits(fact: str | frozenset[str], values: frozenset[str]) -> bool:
    """Whether a fact is one of these values; of several tumours whether each is."""
    return fact in values if isinstance(fact, str) else fact <= values
