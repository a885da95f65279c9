"""The weighing of the lesion read from the table row by row, in the plainest way, for the formulas of the proofs.

Planning has its own reading (`lesion_answers`), made for speed; this one shares only the rows with it, and the two are
compared. Every stated category, every kind of what is named and everyone who can give a category is tried.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from guideline_core.condition import Atom, PlanAtom, holds
from guideline_core.keys import EntityCategory
from guideline_core.lesion import BENIGN_CATEGORIES, CATEGORIES, KINDS, kind_of, nature_value
from guideline_core.space import Space
from guideline_core.subjects import DEFAULTS
from guideline_core.weighing import LESION_FIELDS, UNANSWERED, Facts, Row

CATEGORY_BY = "lesion.category_by"


@dataclass(frozen=True)
class Statement:
    """One way to state a lesion, and the nature as which it then counts."""

    category_given: bool
    conflict: bool
    category_by: str
    weighed: tuple[str, str]
    """The category that holds before it is asked what it counts as, and the entity class."""
    nature: str


@cache
def statements(space: Space) -> frozenset[Statement]:
    """Every way to state a lesion in which the table can tell it from another."""
    return frozenset(
        statement
        for by in space.subjects[CATEGORY_BY].values
        for stated in (None, *CATEGORIES)
        for kind in (None, *KINDS)
        for statement in _stated(space, by, stated, kind)
    )


def _stated(space: Space, by: str, stated: str | None, kind: EntityCategory | None) -> Iterator[Statement]:
    weighing = space.lesion.weighing
    facts = dict.fromkeys(LESION_FIELDS, UNANSWERED) | {f"answered({field})": "no" for field in LESION_FIELDS}
    facts |= {CATEGORY_BY: by, f"answered({CATEGORY_BY})": "yes", "kind": kind or "none"}
    if stated is not None:
        facts |= {"lesion.category": stated, "answered(lesion.category)": "yes"}
    facts["category_beside_kind"] = _comparison(stated, kind)
    row = _first(weighing.category, facts)
    for name, entity in space.classes.items():
        if kind is not None and KINDS.index(entity.kind) > KINDS.index(kind):
            continue  # what is meant weighs too, so it is never heavier than what weighs
        for category in _results(row, stated, kind):
            if kind is None and "uncertain" not in (category, entity.kind) and kind_of(category) != entity.kind:
                continue  # a tumour that nobody named goes with the category
            last = _first(weighing.counts_as, {**facts, "category": category, "entity": name})
            counted = category if last.gives == "as_weighed" else last.gives
            nature = nature_value(counted, name)
            yield Statement(stated is not None, row.conflict, by, (category, name), nature)


def _first(rows: Iterable[Row], facts: Facts) -> Row:
    def asked(atom: Atom | PlanAtom) -> bool:
        return facts[atom.subject] in atom.values

    return next(row for row in rows if holds(row.when, asked))


def _comparison(stated: str | None, kind: EntityCategory | None) -> str:
    if stated is None or kind is None:
        return "not_comparable"
    if kind_of(stated) == kind:
        return "same"
    return "heavier" if KINDS.index(kind_of(stated)) > KINDS.index(kind) else "lighter"


def _results(row: Row, stated: str | None, kind: EntityCategory | None) -> Iterable[str]:
    """The categories that a row leaves."""
    if row.gives == "any":
        return CATEGORIES
    if row.gives == "any_benign":
        return BENIGN_CATEGORIES
    if row.gives == "stated" or (row.gives == "heavier" and _comparison(stated, kind) != "lighter"):
        return [stated or ""]
    return [kind or ""] if row.gives in ("kind", "heavier") else [row.gives]


def recounted(space: Space, by: str) -> frozenset[tuple[str, str]]:
    """Each nature that can hold while it was not said who gave the category, with what it becomes when it was `by`."""
    default = DEFAULTS[CATEGORY_BY]
    before, after = ({s.weighed: s.nature for s in statements(space) if s.category_by == who} for who in (default, by))
    return frozenset((nature, after[weighed]) for weighed, nature in before.items())
