"""Every combination of answers about the lesion, and of what bears on it, in which one more fact is answered.

A few entities of each kind stand for all. What is found are the answers after which something is possible that was not
possible before; `learning` judges them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations, product
from typing import Final

from guideline_core.fields import FieldClass
from guideline_core.lesion import (
    CATEGORIES,
    KINDS,
    NOT_SUSPECTED,
    EntityClass,
    kind_of,
)
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, ENTITY_BESIDE, HISTOLOGY_KEYS, NATURE, Subject
from guideline_core.weighing import GRADE_FIELDS

Answer = str | frozenset[str] | None
Answers = dict[str, Answer]

CATEGORY, ENTITY, DIFFERENTIAL = "lesion.category", "lesion.entity", "lesion.differential"
ESTABLISHED, WEIGHED = HISTOLOGY_KEYS
NAMING_KEYS = (ENTITY, DIFFERENTIAL, ESTABLISHED, WEIGHED)
EVENT_VALUES: Mapping[str, tuple[Answer, ...]] = {
    "biopsy.status": (None, "considered", "performed"),
    "pathology.diagnosis": (None, "none", "outside_expertise_centre", "confirmed_by_expertise_centre"),
    "resection.performed": (None, "no", "yes"),
}


@dataclass(frozen=True)
class Learned:
    """An answer to a fact after which something is possible that was not before: the field, and all answers."""

    key: str
    before: Answers
    after: Answers
    lighter: bool = False


def small_space(space: Space) -> Space:
    """The same space with one entity of each kind and membership that can be told apart."""
    alike: dict[tuple[object, ...], list[EntityClass]] = {}
    for entity in space.classes.values():
        lighter = entity.name in space.lesion.graded.lighter
        alike.setdefault((lighter, *space.lesion.alike(entity.name)), []).append(entity)
    kept = [entity for group in alike.values() for entity in group[:1]]
    class_of = {entity.name: entity.name for entity in kept}
    return Space(kept, class_of, space.lesion.weighing, space.tissue_taken, space.origin.words)


def _steps(
    values: Mapping[str, Iterable[Answer]], facts: Iterable[str]
) -> Iterator[tuple[str, tuple[Answer, ...], Answer]]:
    """Every state of the answers in which a fact is open, with each answer that it can get."""
    ordered = {key: tuple(known) for key, known in values.items()}
    keys = list(ordered)
    for key in facts:
        open_here = {**ordered, key: (None,)}
        for state in product(*(open_here[name] for name in keys)):
            yield from ((key, state, answer) for answer in ordered[key] if answer is not None)


def _widening(
    mask: Callable[[Answers], int],
    values: Mapping[str, tuple[Answer, ...]],
    facts: Iterable[str],
    weigh: Callable[[int], int] = lambda _: 0,
) -> Iterator[Learned]:
    """The answers after which a value is possible that was not possible before."""
    keys = list(values)
    masks = {state: mask(dict(zip(keys, state, strict=True))) for state in product(*values.values())}
    for key, state, answer in _steps(values, facts):
        place = keys.index(key)
        after = (*state[:place], answer, *state[place + 1 :])
        new = masks[after] & ~masks[state]
        if new:
            lighter = weigh(masks[after]) < weigh(masks[state])
            yield Learned(key, dict(zip(keys, state, strict=True)), dict(zip(keys, after, strict=True)), lighter)


def _lightest(nature: Subject, mask: int) -> int:
    """The weight of the lightest kind that is still possible; no suspicion weighs nothing."""
    possible = (value for place, value in enumerate(nature.values) if mask >> place & 1)
    return min(-1 if v == NOT_SUSPECTED else KINDS.index(kind_of(v.split("/")[0])) for v in possible)


def _lesion_steps(space: Space) -> Iterator[tuple[str, Learned]]:
    """All combinations of category, entity, differentials and histology, a bone tumour being suspected; so too where
    another gave the category, and where a centre confirmed the diagnosis."""
    names = tuple(space.classes)
    by_kind: dict[str, list[str]] = {}
    for entity in space.classes.values():
        by_kind.setdefault(entity.kind, []).append(entity.name)
    values: dict[str, tuple[Answer, ...]] = {
        "lesion.suspected": ("yes",),
        CATEGORY: (None, *CATEGORIES),
        ENTITY: (None, *names),
        DIFFERENTIAL: (None, *_differentials(by_kind)),
        ESTABLISHED: (None, *names),
        WEIGHED: (None, *_differentials(by_kind)[::4]),
    }
    weigh = cache(partial(_lightest, space.nature))
    facts = (CATEGORY, *NAMING_KEYS)
    for circumstance in ({}, {"lesion.category_by": "other"}, {"pathology.diagnosis": "confirmed_by_expertise_centre"}):
        known = {**values, **{key: (answer,) for key, answer in circumstance.items()}}
        for learned in _widening(lambda raw: space.mask(NATURE, raw), known, facts, weigh):
            yield NATURE, learned
        for learned in _widening(lambda raw: space.mask(ENTITY_BESIDE, raw), {**known, CATEGORY: (None,)}, NAMING_KEYS):
            yield ENTITY_BESIDE, learned


def _graded_steps(space: Space) -> Iterator[tuple[str, Learned]]:
    """All combinations of names of cartilage tumours and another, with the grades on imaging and under the microscope;
    so too where a centre confirmed the diagnosis."""
    graded = space.lesion.graded
    lighter = [name for name in space.classes if name in graded.lighter][:2]
    other = next(name for name in space.classes if name not in graded.lighter | graded.means)
    names = (*lighter, *sorted(graded.means), other)
    lists = tuple(map(frozenset, ([lighter[0], other], lighter, [lighter[-1], *graded.means])))
    values: dict[str, tuple[Answer, ...]] = {
        "lesion.suspected": ("yes",),
        CATEGORY: (None, "benign_indolent", "malignant"),
        ENTITY: (None, *names),
        DIFFERENTIAL: (None, *lists),
        ESTABLISHED: (None, *names),
        WEIGHED: (None, *lists),
        **dict.fromkeys(GRADE_FIELDS, (None, "grade_1", "grade_2")),
    }
    weigh = cache(partial(_lightest, space.nature))
    for review in (None, "confirmed_by_expertise_centre"):
        known = {**values, "pathology.diagnosis": (review,)}
        for subject in (NATURE, ENTITY_BESIDE, "histology"):
            weighed = weigh if subject == NATURE else lambda _: 0
            for learned in _widening(
                partial(space.mask, subject), known, (CATEGORY, *NAMING_KEYS, *GRADE_FIELDS), weighed
            ):
                yield subject, learned


def _differentials(by_kind: Mapping[str, list[str]]) -> list[frozenset[str]]:
    """One entity of each kind alone, two of one kind, and each pair of kinds."""
    first = [names[0] for names in by_kind.values()]
    alike = [frozenset(names[:2]) for names in by_kind.values() if len(names) > 1]
    return [*(frozenset({name}) for name in first), *alike, *(frozenset(pair) for pair in combinations(first, 2))]


def _suspicion_steps(space: Space) -> Iterator[tuple[str, Learned]]:
    """All combinations of suspicion, its basis, and something stated of the lesion or not."""
    malignant = next(name for name, entity in space.classes.items() if kind_of(entity.kind) == "malignant")
    values: dict[str, tuple[Answer, ...]] = {
        "lesion.suspected": (None, "no", "yes"),
        "lesion.basis": (None, "clinical", "radiological", "histological"),
        CATEGORY: (None, "malignant"),
        ENTITY: (None, malignant),
        DIFFERENTIAL: (None, frozenset({malignant})),
        ESTABLISHED: (None, malignant),
        WEIGHED: (None, frozenset({malignant})),
    }
    facts = [key for key in values if key != "lesion.basis"]
    for learned in _widening(lambda raw: space.mask("nature", raw), values, facts):
        yield "nature", learned


def _microscope_steps(space: Space) -> Iterator[tuple[str, Learned]]:
    """All combinations of events that take tissue and of what the microscope shows."""
    names = tuple(space.classes)[:3]
    pair = frozenset(names[:2])
    values: dict[str, tuple[Answer, ...]] = {
        **EVENT_VALUES,
        ESTABLISHED: (None, *names),
        WEIGHED: (None, frozenset({names[0]}), pair),
    }
    for learned in _widening(lambda raw: space.mask("histology", raw), values, HISTOLOGY_KEYS):
        yield "histology", learned
    for name in AFTER_TISSUE:
        known = {**values, name: (None, *space.subjects[name].values[1:])}
        for learned in _widening(lambda raw, name=name: space.mask(name, raw), known, (name,)):  # type: ignore[misc]
            yield name, learned


def _plain_steps(space: Space) -> Iterator[tuple[str, Learned]]:
    """Every other fact: its answer is one of the values that were open, whatever else bears on its subject."""
    apart = {"nature", "histology", *AFTER_TISSUE}
    for name, subject in space.subjects.items():
        if subject.field_class is FieldClass.FACT and name not in apart:
            key, *others = subject.keys
            values: dict[str, tuple[Answer, ...]] = {key: (None, *subject.values)}
            for other in others:
                values[other] = (None, *(value for value in space.subjects[other].values if value != "unanswered"))
            for learned in _widening(lambda raw, name=name: space.mask(name, raw), values, (key,)):  # type: ignore[misc]
                yield name, learned


STEPS: Final = (_lesion_steps, _graded_steps, _suspicion_steps, _microscope_steps, _plain_steps)
"""The combinations by what they are about; each gives the subject that is widened, and the answer that does so."""
