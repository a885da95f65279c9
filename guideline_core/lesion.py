"""How the answers about the lesion combine: category, entity, differential and histology, and which of them counts.

The weighing is written here once; the interpretations behind it are AMB-07, AMB-20 and AMB-23.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, cast, get_args

from guideline_core.keys import Category, EntityCategory
from guideline_core.subjects import HISTOLOGY_KEYS, NAMING_KEYS, RawAnswers

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
REASSURING_CATEGORIES: Final[tuple[Category, ...]] = ("do_not_touch", "benign_indolent")
NOT_SUSPECTED = "none"


@dataclass(frozen=True)
class EntityClass:
    """Entities that no rule distinguishes, named after one of them."""

    name: str
    kind: EntityCategory
    do_not_touch: bool


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


def tissue_was_taken(raw: RawAnswers) -> bool:
    """Whether tissue exists, so that histology is a question."""
    return (
        raw.get("biopsy.status") == "performed"
        or raw.get("pathology.diagnosis")
        in ("outside_expertise_centre", "confirmed_by_expertise_centre", "reviewed_by_committee")
        or raw.get("resection.performed") == "yes"
        or any(raw.get(key) is not None for key in HISTOLOGY_KEYS)
    )


class LesionAnswers:
    """What the answers about the lesion leave open, and what they count as."""

    def __init__(self, classes: Mapping[str, EntityClass]) -> None:
        self.classes = classes
        self.uncertain = next(name for name, entity in classes.items() if entity.kind == "uncertain")

    def completions(self, raw: RawAnswers) -> tuple[Completion, ...]:
        """All coherent (category, entity) pairs that the answers leave open, if a tumour is suspected."""
        by_other = raw.get("lesion.category_by") == "other"
        return tuple(
            Completion(category, entity, self._counts_as(category, entity, by_other))
            for category, entity in self._pairs(raw)
        )

    def candidates(self, raw: RawAnswers) -> frozenset[str]:
        """The entity classes that the answers about the entity leave open, whatever the category."""
        return frozenset(self._candidates(raw))

    def may_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether "no bone tumour suspected" is still possible."""
        return not self.implies_suspicion(raw)

    def must_be_unsuspected(self, raw: RawAnswers) -> bool:
        """Whether it was answered that no bone tumour is suspected, and no other answer says otherwise."""
        return raw.get("lesion.suspected") == "no" and not self.implies_suspicion(raw)

    @staticmethod
    def implies_suspicion(raw: RawAnswers) -> bool:
        """Whether an answer says, or implies, that a bone tumour is suspected."""
        return (
            raw.get("lesion.suspected") == "yes"
            or raw.get("lesion.basis") in ("radiological", "histological")
            or any(raw.get(key) is not None for key in NAMING_KEYS)
        )

    def conflict(self, raw: RawAnswers) -> bool:
        """Whether a stated category and a stated entity are of different kinds; the heavier one then counts."""
        category, kind = raw.get("lesion.category"), self._stated_kind(raw)
        return isinstance(category, str) and kind is not None and kind_of(category) != kind

    def _stated_entity(self, raw: RawAnswers) -> str | None:
        """The entity that counts as stated: an established histology stands in for the entity on imaging."""
        for key in ("pathology.histology", "lesion.entity"):
            entity = raw.get(key)
            if isinstance(entity, str) and (key == "lesion.entity" or entity != self.uncertain):
                return entity
        return None

    def _weighed(self, raw: RawAnswers) -> frozenset[str]:
        """The entities that a differential names; that of the microscope only until a histology is established."""
        members: frozenset[str] = frozenset()
        keys = ["lesion.differential"]
        if raw.get("pathology.histology") in (None, self.uncertain):
            keys.append("pathology.histology_differential")
        for key in keys:
            value = raw.get(key)
            if isinstance(value, frozenset):
                members |= value
        return members

    def _stated_kind(self, raw: RawAnswers) -> EntityCategory | None:
        """The heaviest kind among the entities that are stated; an entity `uncertain` by itself restricts nothing."""
        entity = self._stated_entity(raw)
        named = self._weighed(raw) | ({entity} if entity is not None and entity != self.uncertain else frozenset())
        return max((self.classes[name].kind for name in named), key=KINDS.index, default=None)

    def _candidates(self, raw: RawAnswers) -> tuple[str, ...]:
        """The entity classes that the answers about the entity leave open."""
        entity, weighed = self._stated_entity(raw), self._weighed(raw)
        if entity is not None and not (entity == self.uncertain and weighed):
            return (entity,)
        return tuple(name for name in self.classes if name in weighed) if weighed else tuple(self.classes)

    def _pairs(self, raw: RawAnswers) -> list[tuple[str, str]]:
        category, kind, candidates = raw.get("lesion.category"), self._stated_kind(raw), self._candidates(raw)
        if isinstance(category, str):
            if kind is not None:
                counted = category if weight(category) >= KINDS.index(kind) else kind
                return [(counted, entity) for entity in candidates]
            return [(category, entity) for entity in candidates if self._fits(category, entity)]
        if kind is not None and kind != "benign":
            return [(kind, entity) for entity in candidates]
        return [
            (possible, entity)
            for entity in candidates
            for possible in CATEGORIES
            if self._fits(possible, entity) and (kind is None or possible in BENIGN_CATEGORIES)
        ]

    def _fits(self, category: str, entity: str) -> bool:
        """Whether category and entity can go together when only one of them is stated."""
        kind = self.classes[entity].kind
        if kind == "uncertain" or category == "uncertain":
            return True
        return kind_of(category) == kind

    def _counts_as(self, category: str, entity: str, by_other: bool) -> str:
        if category == "do_not_touch" and not self.classes[entity].do_not_touch:
            category = "benign_indolent"  # only the five named lesions are left alone (AMB-20)
        if by_other and category in REASSURING_CATEGORIES:
            category = "benign_unspecified"  # reassurance needs a radiologist or a centre (AMB-07)
        return category
