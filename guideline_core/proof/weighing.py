"""The weighing of the lesion read from the table row by row, in the plainest way, for the formulas of the proofs.

Planning has its own reading (`lesion_answers`), made for speed; this one shares only the rows with it, and the two are
compared. Tried are every stated category and everyone who can give one, with what the image names (a tumour, and the
heaviest kind of what is named) and what the microscope does. Of tumours that no row can tell apart one stands for all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from guideline_core.keys import EntityCategory
from guideline_core.lesion import BENIGN_CATEGORIES, CATEGORIES, KINDS, kind_of, nature_value
from guideline_core.origin_answers import METASTASIS, PRIMARY, UNCERTAIN
from guideline_core.space import Space
from guideline_core.subjects import CONTRADICTED, DEFAULTS, NOTHING_BESIDE
from guideline_core.weighing import LESION_FIELDS, UNANSWERED, Row, Table, Weighing

CATEGORY_BY = "lesion.category_by"
_Adding = tuple[frozenset[tuple[str, str]], str, str | None, str]
"""The microscope adds a tumour: the categories and tumours before, the category after, the tumour that stays if one
does, and the one under the microscope."""


class Statement(NamedTuple):
    """One way to state a lesion, and as what it then counts."""

    category_given: bool
    conflict: bool
    lighter: bool
    """Whether established tissue is lighter than the image."""
    category_by: str
    weighed: tuple[str, str]
    """The category that holds before it is asked what it counts as, and the entity class."""
    nature: str
    beside: str
    """The entity class that counts beside it, or that there is none."""
    origins: frozenset[str]
    """The origins that can stand beside it."""
    graded: bool
    """Whether a name on the image was read beside a grade that contradicts it."""


@dataclass(frozen=True)
class Few:
    """A few tumours that stand for all: their kinds, which are primary tumours of bone, or a metastasis, and of what
    kind a name is that a grade contradicts."""

    kinds: tuple[tuple[str, EntityCategory], ...]
    primary: frozenset[str]
    metastases: frozenset[str]
    kinds_read: frozenset[EntityCategory]
    """The kinds of the tumours for which a name stands beside a grade that contradicts it."""


@dataclass(frozen=True)
class Image:
    """What is said of the image: a category, a tumour, and the heaviest kind of the tumours that are named."""

    stated: str | None
    entity: str | None = None
    kind: EntityCategory | None = None
    graded: bool = False
    """Whether a name was read as a heavier tumour, because a grade on the image contradicts it."""


@dataclass(frozen=True)
class Tissue:
    """What the microscope does: the tumours that it names, and whether that is established."""

    names: frozenset[str] = frozenset()
    established: bool = False


def statements_of_few(space: Space) -> tuple[Iterable[Statement], Mapping[str, Sequence[str]]]:
    """Every way to state a lesion in which the table can tell it from another, with one tumour for all that no row can
    tell apart and the category alone as its nature; and for whom each tumour stands."""
    alike = _alike(space)
    return _ways_of(space, alike).statements, {**alike, NOTHING_BESIDE: [NOTHING_BESIDE]}


@dataclass
class _Ways:
    """Every way to state a few tumours, and what becomes of them when one more thing is said."""

    statements: set[Statement] = field(default_factory=set)
    moved: dict[str, set[tuple[str, str, str]]] = field(default_factory=dict)
    """By who turns out to have given the category: the categories before and after, and the tumour."""
    added: set[_Adding] = field(default_factory=set)


def _ways_of(space: Space, names: Iterable[str]) -> _Ways:
    return _ways(space.lesion.weighing, _few(space, names), space.subjects[CATEGORY_BY].values)


@lru_cache(maxsize=2)  # most editions that are proved share one table
def _ways(weighing: Weighing, few: Few, givers: tuple[str, ...]) -> _Ways:
    """All of this in one reading, which takes seconds."""
    read, found = _Reading(weighing, few), _Ways(moved={giver: set() for giver in givers})
    for image in read.images():
        silent = list(read.stated(image, Tissue(), DEFAULTS[CATEGORY_BY]))
        for tissue in read.tissues():
            by_giver = {giver: list(read.stated(image, tissue, giver)) for giver in givers}
            unsaid = by_giver[DEFAULTS[CATEGORY_BY]]
            for giver, stated in by_giver.items():
                found.statements.update(stated)
                found.moved[giver] |= {(a.nature, b.nature, a.weighed[1]) for a, b in zip(unsaid, stated, strict=True)}
            if len(tissue.names) == 1 and not tissue.established and read.uncertain not in tissue.names:
                found.added.update(_added(silent, unsaid, *tissue.names))
    return found


def _added(silent: Sequence[Statement], seen: Sequence[Statement], shown: str) -> Iterator[_Adding]:
    """What becomes of each statement in which the microscope was silent, once it names this tumour."""
    for after in seen:
        before = [each for each in silent if each.weighed[0] == after.weighed[0]]
        stays = [each for each in before if each.weighed == after.weighed]
        natures = frozenset((each.nature, each.weighed[1]) for each in stays or before)
        yield natures, after.nature, after.weighed[1] if stays else None, shown


class _Reading:
    """The rows of one edition, read for a few tumours; of a statement `nature` is the category alone."""

    def __init__(self, weighing: Weighing, few: Few) -> None:
        self.kinds = dict(few.kinds)
        self.primary, self.metastases = few.primary, few.metastases
        self.kinds_read = few.kinds_read
        self.uncertain = next(name for name, kind in few.kinds if kind == "uncertain")
        self._tissue, self._entity = Table(weighing.tissue), Table(weighing.entity)
        self._category, self._counts = Table(weighing.category), Table(weighing.counts_as)

    def images(self) -> Iterator[Image]:
        """What can be said of the image."""
        for stated in (None, *CATEGORIES):
            yield Image(stated)
            for name, own in self.kinds.items():
                # what is meant weighs too, so it is never heavier than what weighs; "cannot be told" leaves all
                kinds = [kind for kind in KINDS if kind == "uncertain" or KINDS.index(kind) >= KINDS.index(own)]
                yield from (Image(stated, name, kind) for kind in kinds)
                yield from (Image(stated, name, kind, graded=True) for kind in kinds if kind in self.kinds_read)

    def tissues(self) -> Iterator[Tissue]:
        """What the microscope can do."""
        yield Tissue()
        yield from map(Tissue, {frozenset({one, other}) for one in self.kinds for other in self.kinds})
        yield from (Tissue(frozenset({name}), established=True) for name in self.kinds if name != self.uncertain)

    def stated(self, image: Image, tissue: Tissue, by: str) -> Iterator[Statement]:
        """As what this counts."""
        facts = self._facts(image, tissue, by)
        shown = self._tissue.row(facts)
        named_beside = self._beside(shown, image, tissue)
        beside = self._possible(named_beside)
        stands_in = shown.gives == "established"
        kind = self._heaviest(tissue.names) if stands_in else image.kind
        facts |= {"tissue": shown.gives, "kind": kind or "none", "category_beside_kind": _compare(image.stated, kind)}
        heaviest_on_image = max(filter(None, (image.kind, image.stated)), key=_weight, default=None)
        facts["tissue_beside_image"] = _compare(kind, heaviest_on_image) if stands_in else "not_comparable"
        row = self._category.row(facts)
        conflict = row.conflict or (image.graded and not stands_in)
        meant = self._entity.row(facts)
        kind_beside = self._heaviest(named_beside) if shown.gives == "adds" else None
        for category in _results(row, image.stated, kind):
            facts["tissue_beside_category"] = _compare(kind_beside, category)
            for name in self._meant(meant, image, tissue, category, kind_beside):
                facts |= {"category": category, "every_entity": frozenset({name} | beside)}
                gives = self._counts.row(facts).gives
                counted = {"as_weighed": category, "tissue": kind_beside or ""}.get(gives, gives)
                for other in beside or {NOTHING_BESIDE}:
                    given, weighed = image.stated is not None, (category, name)
                    origins = self._origins(image, tissue)
                    graded = image.graded and not stands_in
                    yield Statement(given, conflict, row.lighter, by, weighed, counted, other, origins, graded)

    def _facts(self, image: Image, tissue: Tissue, by: str) -> dict[str, str | frozenset[str]]:
        """The answers; several tumours under the microscope, or one that cannot be told, are possibilities there."""
        facts: dict[str, str | frozenset[str]] = dict.fromkeys(LESION_FIELDS, UNANSWERED)
        told = next(iter(tissue.names)) if len(tissue.names) == 1 else UNANSWERED
        given = {CATEGORY_BY: by, "lesion.category": image.stated, "lesion.entity": image.entity}
        given |= {"pathology.histology": told if told != self.uncertain else UNANSWERED}
        given |= {"pathology.diagnosis": "confirmed_by_expertise_centre" if tissue.established else None}
        facts |= {field: value for field, value in given.items() if value is not None}
        answered = {field: "no" if facts[field] == UNANSWERED else "yes" for field in LESION_FIELDS}
        answered["pathology.histology_differential"] = "yes" if tissue.names else "no"
        answered["lesion.differential"] = "no" if image.entity is None else "yes"
        return facts | {f"answered({field})": value for field, value in answered.items()}

    def _beside(self, shown: Row, image: Image, tissue: Tissue) -> frozenset[str]:
        if shown.beside == ("lesion.entity",):
            return frozenset(filter(None, (image.entity,)))
        return tissue.names if shown.beside else frozenset()

    def _meant(self, row: Row, image: Image, tissue: Tissue, category: str, kind_beside: str | None) -> Iterable[str]:
        """The tumours that can be meant where this category holds."""
        if row.one_of == ("pathology.histology",):
            return tissue.names
        if image.entity is not None:
            return (image.entity,)
        if row.unless_lighter and _compare(kind_beside, category) in ("same", "heavier"):
            return self._possible(tissue.names)
        # a tumour that nobody named goes with the category
        return [n for n, kind in self.kinds.items() if "uncertain" in (category, kind) or kind_of(category) == kind]

    def _origins(self, image: Image, tissue: Tissue) -> frozenset[str]:
        """The origins beside what is named: it can contradict a metastasis, and it must where it is a primary tumour
        for certain; an image that names malignant tumours may name a metastasis too."""
        if image.entity is None and not tissue.names:
            return frozenset({PRIMARY, METASTASIS, UNCERTAIN})
        possible = frozenset({PRIMARY, UNCERTAIN, CONTRADICTED})
        on_image = image.kind == "intermediate" or (image.kind == "benign" and image.entity in self.primary)
        seen = bool(tissue.names & self.primary) and not tissue.names & self.metastases
        return possible if on_image or seen else possible | {METASTASIS}

    def _possible(self, names: frozenset[str]) -> frozenset[str]:
        """What can be meant where these are named: any tumour when one of them cannot be told."""
        return frozenset(self.kinds) if self.uncertain in names else names

    def _heaviest(self, names: Iterable[str]) -> EntityCategory | None:
        return max((self.kinds[name] for name in names), key=KINDS.index, default=None)


def _weight(category: str) -> int:
    return KINDS.index(kind_of(category))


def _compare(one: str | None, other: str | None) -> str:
    if one is None or other is None:
        return "not_comparable"
    if _weight(one) == _weight(other):
        return "same"
    return "heavier" if _weight(one) > _weight(other) else "lighter"


def _results(row: Row, stated: str | None, kind: EntityCategory | None) -> Iterable[str]:
    """The categories that a row leaves."""
    if row.gives == "any":
        return CATEGORIES
    if row.gives == "any_benign":
        return BENIGN_CATEGORIES
    if row.gives == "stated" or (row.gives == "heavier" and _compare(stated, kind) != "lighter"):
        return [stated or ""]
    return [kind or ""] if row.gives in ("kind", "heavier") else [row.gives]


def recounted(space: Space, by: str) -> frozenset[tuple[str, str]]:
    """Each nature that can hold while it was not said who gave the category, with what it becomes when it was `by`."""
    alike = _alike(space)
    return frozenset(
        (nature_value(before, name), nature_value(after, name))
        for before, after, first in _ways_of(space, alike).moved[by]
        for name in alike[first]
    )


@dataclass(frozen=True)
class Added:
    """What the images say, and then the microscope too, and nobody reviewed it: what counts before and after."""

    before: frozenset[str]
    """The natures that can hold before: of the tumour that stays, or of each that the images leave possible."""
    after: str
    beside: str
    """The tumour under the microscope, which then counts beside."""


def added(space: Space) -> Iterator[Added]:
    """Every way in which the microscope adds a tumour to what the images say."""
    members = _alike(space)
    for before, after, first, shown in _ways_of(space, members).added:
        for seen in members[shown]:
            if first is None:  # the images named none: it is the one under the microscope, and was any that fits
                natures = (nature_value(category, name) for category, few in before for name in members[few])
                yield Added(frozenset(natures), nature_value(after, seen), seen)
                continue
            for name in members[first]:
                natures = (nature_value(category, name) for category, _ in before)
                yield Added(frozenset(natures), nature_value(after, name), seen)


def _alike(space: Space) -> Mapping[str, Sequence[str]]:
    """The tumours that no row can tell apart, nor whether they are primary, by the first of them."""
    alike: dict[tuple[object, ...], list[str]] = {}
    for name in space.classes:
        alike.setdefault((name in space.origin.primary_tumours, *space.lesion.alike(name)), []).append(name)
    return {names[0]: names for names in alike.values()}


def _few(space: Space, names: Iterable[str]) -> Few:
    """These tumours, with what is asked of them."""
    kinds = tuple((name, space.classes[name].kind) for name in names)
    origin = space.origin
    read = frozenset(space.classes[row.gives].kind for row in space.lesion.weighing.name if row.conflict)
    return Few(kinds, origin.primary_tumours.intersection(names), origin.metastases.intersection(names), read)
