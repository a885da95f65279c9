"""What a lesion can be: categories and kinds in the order of their weight, entities, and the subject `nature`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast, get_args

from guideline_core.keys import Category, EntityCategory
from guideline_core.weighing import BESIDE_VALUES

BENIGN_CATEGORIES: Final[tuple[Category, ...]] = (
    "do_not_touch",
    "benign_indolent",
    "benign_active",
    "benign_unspecified",
)
CATEGORIES: Final[tuple[Category, ...]] = (*BENIGN_CATEGORIES, "intermediate", "uncertain", "malignant")
KINDS: Final[tuple[EntityCategory, ...]] = get_args(EntityCategory)
"""The kinds of lesion, the lightest first."""
HEAVIEST_KIND: Final = KINDS[-1]
NOT_SUSPECTED = "none"
REMEMBERED = 20_000
"""Results that a memory keeps; they are forgotten all at once when there are more."""


@dataclass(frozen=True)
class EntityClass:
    """Entities that no rule distinguishes, named after one of them."""

    name: str
    kind: EntityCategory


@dataclass(frozen=True)
class Completion:
    """One coherent way in which category and entity can turn out, and the category that then counts."""

    category: str
    entity: str
    counts_as: str

    @property
    def nature(self) -> str:
        """The value of the subject `nature`."""
        return nature_value(self.counts_as, self.entity)


@dataclass(frozen=True, slots=True, eq=False)
class NatureLeft:
    """What the answers about the lesion leave of the subject `nature`: all values, and those behind each category and
    each entity that is still possible. Equal contents are one object within a space, which makes comparison fast."""

    mask: int
    by_category: tuple[int, ...]
    by_entity: tuple[int, ...]
    counted: frozenset[str]
    candidates: frozenset[str]
    """The entities that the answers leave by their names as given, not as read beside a grade."""

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says."""
        return (self.mask, self.by_category, self.by_entity, self.counted, self.candidates)


def nature_value(category: str, entity: str) -> str:
    """Name the value of the subject `nature` in which this category counts for this entity class."""
    return f"{category}/{entity}"


def nature_has(value: str, subject: str, values: Iterable[str]) -> bool:
    """Whether a value of `nature` has one of these categories or entities, or is suspected as asked.

    >>> nature_has("malignant/osteosarcoma", "category", {"malignant", "uncertain"})
    True
    >>> nature_has(NOT_SUSPECTED, "suspected", {"yes"})
    False
    """
    if value == NOT_SUSPECTED:
        return subject == "suspected" and "no" in values
    if subject == "suspected":
        return "yes" in values
    category, _, entity = value.partition("/")
    return (category if subject == "category" else entity) in values


def kind_of(category: str) -> EntityCategory:
    """The kind of a category: benign, intermediate, uncertain or malignant.

    >>> kind_of("benign_active"), kind_of("malignant")
    ('benign', 'malignant')
    """
    return "benign" if category in BENIGN_CATEGORIES else cast(EntityCategory, category)


def weight(category: str) -> int:
    """How heavily a category counts: the place of its kind, the lightest first."""
    return KINDS.index(kind_of(category))


def beside(category: str | None, other: str | None) -> str:
    """How a category or kind lies beside another, by weight.

    >>> beside("benign_active", "malignant"), beside("malignant", None)
    ('lighter', 'not_comparable')
    """
    if category is None or other is None:
        return BESIDE_VALUES[0]
    difference = weight(category) - weight(other)
    return "same" if difference == 0 else "heavier" if difference > 0 else "lighter"


def categories_given(gives: str, stated: str | None, kind: str | None) -> tuple[str, ...]:
    """The categories that the result of a row leaves."""
    if gives == "heavier":
        gives = "stated" if beside(stated, kind) in ("same", "heavier") else "kind"
    match gives:
        case "any":
            return CATEGORIES
        case "any_benign":
            return BENIGN_CATEGORIES
        case "stated":
            return (stated,) if stated is not None else CATEGORIES
        case "kind":
            return BENIGN_CATEGORIES if kind == "benign" else (kind,) if kind is not None else CATEGORIES
        case _:
            return (gives,)


def fit_together(category: str, kind: str) -> bool:
    """Whether a category and an entity of this kind can go together when only one of them is stated."""
    return "uncertain" in (category, kind) or kind_of(category) == kind
