"""The table by which the answers about a lesion are weighed, as planning reads it (weighing.yaml of the edition).

It asks four things, each answered by a list of rows of which the first that holds counts: is a bone tumour suspected,
which tumour is meant, which category holds, and what does that category count as.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from guideline_core.condition import Atom, Condition, atoms, holds
from guideline_core.keys import Category

Suspicion = Literal["yes", "no", "open"]
CategoryResult = Literal[Category, "stated", "kind", "heavier", "any", "any_benign"]
"""A category; the stated one; the heaviest kind of the tumours that weigh; the heavier of these two; or any that is
left open: every category, or every benign one."""
CountsResult = Literal[Category, "as_weighed"]
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
]
NamingField = Literal["lesion.entity", "lesion.differential", "pathology.histology", "pathology.histology_differential"]
LESION_FIELDS: Final[tuple[LesionField, ...]] = get_args(LesionField)
NAMING_FIELDS: Final[tuple[NamingField, ...]] = get_args(NamingField)
UNANSWERED: Final = "unanswered"
NOTHING_NAMED: Final = "none"
KIND, BESIDE, CATEGORY, ENTITY = "kind", "category_beside_kind", "category", "entity"
"""What a row can ask besides the answers: the heaviest kind that weighs, how the stated category lies beside it, and
the category and the tumour that were found."""
BESIDE_VALUES: Final = ("not_comparable", "lighter", "same", "heavier")

Facts = Mapping[str, str]
"""What the rows can ask, in words: an answer by its field, `answered(field)`, and the four above."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: when it holds, and what it gives."""

    id: str
    when: Condition
    gives: str
    one_of: tuple[str, ...] = ()
    """The answers that name the tumour; without them it can be any."""
    weighs: tuple[str, ...] = ()
    """The answers that name a tumour whose kind weighs."""
    conflict: bool = False
    """Whether two answers contradict each other here."""
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """The four lists of rows."""

    suspected: tuple[Row, ...]
    entity: tuple[Row, ...]
    category: tuple[Row, ...]
    counts_as: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return (*self.suspected, *self.entity, *self.category, *self.counts_as)

    def fields(self) -> tuple[str, ...]:
        """The answers that some row reads, in the order of the contract."""
        asked = {field_of(atom.subject) for row in self.rows for atom in asked_by(row)}
        named = {field for row in self.rows for field in (*row.one_of, *row.weighs)}
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


def answer_facts(answers: Mapping[str, object], fields: Iterable[str]) -> dict[str, str]:
    """What can be asked of these answers. An answer that was not given is no answer here: no default is read."""
    facts = {}
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
        return next(row for holds_of, row in self._rows if holds_of(facts))


def predicate(condition: Condition) -> Callable[[Facts], bool]:
    """A condition over facts, as a function."""

    def asked(facts: Facts) -> bool:
        return holds(condition, lambda atom: facts[atom.subject] in atom.values)

    return asked
