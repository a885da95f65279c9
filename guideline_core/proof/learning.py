"""A fact that becomes known never retracts what was definite: the argument, and what a machine must check of it.

The argument. A plan item is decided by a function of the subjects; definite means that the function is the same for
every combination of values that are still possible. If an answer only takes values away from its subjects, and adds
none to any other, every combination that is possible afterwards was possible before, so what was definite stays
definite. That the planner computes exactly this is checked by `agreement`. Where every verdict that is possible asks
for an action, what is definite is that it gets the weakest of them *or a stronger one*: that too is a function of the
subjects, so an answer may raise such a verdict and never lowers it. So it is enough that the answer to a fact narrows
its subject:

* most facts have a subject of their own: stating one leaves one of the values that were open;
* the facts about the lesion share `nature` and `histology`. Here every combination of answers is tried, for a few
  entities of each kind. Only kind, do-not-touch and being the same or not count in how these answers hang together,
  so a few stand for all. The exceptions have names (`EXCEPTIONS`), each is needed, and none of them comes silently:
  in a contradiction the heavier answer counts and the plan says so; a differential counts by its heaviest member;
* what else a fact brings with it (a histology says that tissue was taken) is an event, and `answering` covers
  those. So is what the answers make certain (`surely`): once they make certain that a biopsy is advised against, its
  safety steps end, as `may_change` declares of each fact that can do so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, combinations, product

from guideline_core.case import Case
from guideline_core.contract import nested
from guideline_core.fields import JUDGED_IN_MEETING, FieldClass
from guideline_core.lesion import (
    CATEGORIES,
    KINDS,
    NOT_SUSPECTED,
    EntityClass,
    kind_of,
)
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.search import Bench
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, HISTOLOGY_KEYS, Subject

NAME = "a-fact-never-retracts"
Answer = str | frozenset[str] | None
Answers = dict[str, Answer]

CATEGORY, ENTITY, DIFFERENTIAL = "lesion.category", "lesion.entity", "lesion.differential"
ESTABLISHED, WEIGHED = HISTOLOGY_KEYS
NAMING_KEYS = (ENTITY, DIFFERENTIAL, ESTABLISHED, WEIGHED)
EVENT_VALUES: Mapping[str, tuple[Answer, ...]] = {
    "biopsy.status": (None, "considered", "performed"),
    "pathology.diagnosis": (None, "none", "outside_expertise_centre"),
    "resection.performed": (None, "no", "yes"),
}


@dataclass(frozen=True)
class Learned:
    """An answer to a fact after which something is possible that was not before: the field, and all answers."""

    key: str
    before: Answers
    after: Answers
    lighter: bool = False


def _named(answers: Mapping[str, Answer]) -> list[frozenset[str]]:
    """What each stated answer about the entity leaves of the entities."""
    stated = (answers.get(key) for key in NAMING_KEYS)
    return [frozenset({value}) if isinstance(value, str) else value for value in stated if value is not None]


def _contradicts(learned: Learned, space: Space) -> bool:
    """Two stated answers cannot both be right: the heavier one counts, so that nothing lighter becomes possible."""
    named = _named(learned.after)
    contradiction = bool(named and not frozenset.intersection(*named)) or space.lesion.conflict(learned.after)
    return contradiction and not learned.lighter


def _histology_established(learned: Learned, space: Space) -> bool:
    """What the microscope established stands in for the entity on imaging, and ends what the microscope weighed."""
    histology = learned.after.get(ESTABLISHED)
    return isinstance(histology, str) and space.lesion.classes[histology].kind != "uncertain"


def _denied(learned: Learned, space: Space) -> bool:
    """It was answered that no bone tumour is suspected, and then something was stated of it."""
    return space.lesion.must_be_unsuspected(learned.before) != space.lesion.must_be_unsuspected(learned.after)


def _mixed_differential(learned: Learned, space: Space) -> bool:
    """The differential holds entities of several kinds: it counts by its heaviest member for each of them."""
    lists = (learned.after.get(key) for key in (DIFFERENTIAL, WEIGHED))
    mixed = any(
        isinstance(names, frozenset) and len({space.lesion.classes[n].kind for n in names}) > 1 for names in lists
    )
    return mixed and not learned.lighter


def _two_differentials(learned: Learned, _: Space) -> bool:
    """Imaging and microscope each leave several: what either of them names is weighed."""
    both = learned.after.get(DIFFERENTIAL) is not None and learned.after.get(WEIGHED) is not None
    return both and not learned.lighter


def _microscope_first(learned: Learned, space: Space) -> bool:
    """Nothing said that tissue was taken, and then a finding of the microscope was: it brings that event itself."""
    return not space.tissue_was_taken(learned.before) and learned.key in (*HISTOLOGY_KEYS, *AFTER_TISSUE)


def _judged_without_meeting(learned: Learned, _: Space) -> bool:
    """A judgement that only a meeting can give is stated where the meeting was denied; the rules ask for both."""
    meeting = JUDGED_IN_MEETING.get(learned.key)
    return meeting is not None and learned.before.get(meeting) == "no"


Exception_ = Callable[[Learned, Space], bool]
EXCEPTIONS: tuple[Exception_, ...] = (
    _contradicts,
    _histology_established,
    _denied,
    _mixed_differential,
    _two_differentials,
    _microscope_first,
    _judged_without_meeting,
)
"""The ways in which the answer to a fact may leave open what was excluded before; each docstring says why."""


def check_learning(bench: Bench) -> Iterator[Counterexample]:
    """Each answer to a fact narrows what is open, the exceptions aside; and each exception occurs."""
    space = _small_space(bench.space)
    used: set[Exception_] = set()
    found: dict[tuple[str, str], Counterexample] = {}
    steps = (_lesion_steps(space), _suspicion_steps(space), _microscope_steps(space), _plain_steps(space))
    for subject, learned in chain(*steps):
        excuse = next((excuse for excuse in EXCEPTIONS if excuse(learned, space)), None)
        if excuse is not None:
            used.add(excuse)
        else:
            found.setdefault((subject, learned.key), _counterexample(subject, learned))
    yield from found.values()
    for excuse in EXCEPTIONS:
        if excuse not in used:
            expected = f"the exception is needed: {(excuse.__doc__ or '').strip()}"
            yield Counterexample(NAME, STRUCTURE[NAME], None, (), expected, "no answer needs it")


def _small_space(space: Space) -> Space:
    """The same space with at most two entities of each kind that can be told apart."""
    alike: dict[tuple[object, ...], list[EntityClass]] = {}
    for entity in space.classes.values():
        alike.setdefault(space.lesion.alike(entity.name), []).append(entity)
    kept = [entity for group in alike.values() for entity in group[:2]]
    return Space(kept, {entity.name: entity.name for entity in kept}, space.lesion.weighing, space.tissue_taken)


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
    """All combinations of category, entity, differentials and histology, a bone tumour being suspected."""
    names = tuple(space.classes)
    by_kind: dict[str, list[str]] = {}
    for entity in space.classes.values():
        by_kind.setdefault(entity.kind, []).append(entity.name)
    values: dict[str, tuple[Answer, ...]] = {
        "lesion.suspected": ("yes",),
        "lesion.category_by": (None, "other"),
        CATEGORY: (None, *CATEGORIES),
        ENTITY: (None, *names),
        DIFFERENTIAL: (None, *_differentials(by_kind)),
        ESTABLISHED: (None, *names),
        WEIGHED: (None, *_differentials(by_kind)[::3]),
    }
    weigh = cache(partial(_lightest, space.nature))
    for learned in _widening(lambda raw: space.mask("nature", raw), values, (CATEGORY, *NAMING_KEYS), weigh):
        yield "nature", learned


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


def _counterexample(subject: str, learned: Learned) -> Counterexample:
    return Counterexample(
        property=NAME,
        words=STRUCTURE[NAME],
        case=_case(learned.before),
        rules=(),
        expected=f"an answer to {learned.key} leaves of {subject} nothing that was excluded before",
        found=f"{learned.after[learned.key]} does",
        after=_case(learned.after),
        shown="possible",
    )


def _case(answers: Answers) -> Case | None:
    """The case that states these answers; None for a derived subject that no field states under its own name."""
    plain = {key: _plain(value) for key, value in answers.items() if value is not None}
    if any("." not in key for key in plain):
        return None
    return Case.model_validate(nested(plain))


def _plain(value: Answer) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return {"yes": True, "no": False}.get(value or "", value)
