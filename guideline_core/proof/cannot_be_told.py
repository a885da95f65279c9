""" "Cannot be told" is never lighter than no answer: of tumour, grade and histology.

Two things are checked of each of these answers. It leaves every value that no answer leaves, whatever else was
answered of the lesion. Where it takes a value away all the same (a grade that cannot be told is not the lowest; who
could not tell what the microscope shows has looked), what that value would have brought is still there with another
that is left: no action is asked for less, no biopsy is freed, and the referral does not become lighter. Nor does it
where the tissue was reviewed, and that it cannot be told says that nothing is established.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import z3

from guideline_core.keys import POSITIVE_VERDICTS
from guideline_core.lesion import CATEGORIES, KINDS, NOT_SUSPECTED
from guideline_core.proof.coherence import uncertain_entity
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.formula import Formulas
from guideline_core.proof.heaviness import BIOPSY, LADDERS, YIELD, at_least
from guideline_core.proof.replay import replayed
from guideline_core.proof.search import Bench
from guideline_core.proof.variables import Formula, all_of, any_of, support
from guideline_core.space import Space
from guideline_core.subjects import GRADE_ON_IMAGING, HISTOLOGY_KEYS, NO_HISTOLOGY, UNTOLD_HISTOLOGY

NAME = "cannot-be-told-is-never-lighter"
ENTITY = "lesion.entity"
ESTABLISHED, WEIGHED = HISTOLOGY_KEYS


@dataclass(frozen=True)
class Lost:
    """A value that "cannot be told" takes away, and one that is left and weighs at least as much in all respects."""

    subject: str
    value: str
    stands_in: str
    is_histology: bool = False
    """Whether it is the histology that cannot be told, which is something to know by itself."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """What the answer moves."""
        return tuple(dict.fromkeys((self.subject, *((UNTOLD_HISTOLOGY,) if self.is_histology else ()))))


LOST = (
    Lost(GRADE_ON_IMAGING, "grade_1", "grade_2"),
    Lost("histology", NO_HISTOLOGY, "uncertain", is_histology=True),
    Lost(UNTOLD_HISTOLOGY, "no", "yes", is_histology=True),
)
"""What is lost, and why it may be: a grade that cannot be told is never read as low grade (AMB-33), a histology that
cannot be told says that there is tissue, and that it can still be told is over."""


def check_cannot_be_told(bench: Bench) -> Iterator[Counterexample]:
    """Nothing else is lost, and what is lost is missed nowhere."""
    yield from _narrowed(bench)
    for lost in LOST:
        for what, less in _lighter(bench.formulas, bench, lost):
            yield from _missed(bench, lost, what, less)


def _narrowed(bench: Bench) -> Iterator[Counterexample]:
    """Values that no answer leaves and "cannot be told" does not, those aside that are named."""
    space = bench.space
    untold: Mapping[str, str] = {
        ENTITY: uncertain_entity(space),
        ESTABLISHED: uncertain_entity(space),
        GRADE_ON_IMAGING: "uncertain",
    }
    excused = {("nature", NOT_SUSPECTED), *((lost.subject, lost.value) for lost in LOST)}
    missing: dict[tuple[str, str], None] = {}
    for key, answer in untold.items():
        for others in _other_answers(space):
            if others.get(key) is None:
                for subject, value in _missing(space, others, {**others, key: answer}):
                    if (subject, value) not in excused:
                        missing[key, subject] = None
    for key, subject in missing:
        expected = f"{key} that cannot be told leaves of {subject} all that no answer leaves"
        yield Counterexample(NAME, STRUCTURE[NAME], None, (), expected, "it leaves less")


def _other_answers(space: Space) -> Iterator[dict[str, object]]:
    """What else can be answered of the lesion: one tumour of each kind, alone or beside one that cannot be told."""
    first = [next(name for name, entity in space.classes.items() if entity.kind == kind) for kind in KINDS]
    lists = (None, *(frozenset({name}) for name in first), frozenset({first[0], uncertain_entity(space)}))
    values: dict[str, tuple[object, ...]] = {
        "lesion.suspected": (None, "yes"),
        "lesion.category": (None, *CATEGORIES),
        ENTITY: (None, *first),
        "lesion.differential": lists,
        ESTABLISHED: (None, *first),
        WEIGHED: lists,
        "biopsy.status": (None, "performed"),
    }
    for state in product(*values.values()):
        yield dict(zip(values, state, strict=True))


def _missing(space: Space, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The values that are possible before and not after, each with its subject."""
    for subject in (space.nature, space.histology, space.subjects[GRADE_ON_IMAGING]):
        gone = space.mask(subject.name, before) & ~space.mask(subject.name, after)
        if gone:
            yield from ((subject.name, value) for place, value in enumerate(subject.values) if gone >> place & 1)


def _lighter(formulas: Formulas, bench: Bench, lost: Lost) -> Iterator[tuple[str, Formula]]:
    """Each way in which the plan could be lighter with the value that stands in, as a formula over both cases."""

    def after(formula: Formula) -> Formula:
        return bench.after(formula, lost.subjects)

    climbs = _climbs(formulas, after)
    for action in formulas.rules_of:
        asked = formulas.one_of(action, POSITIVE_VERDICTS)
        yields = bench.edition.actions[action].phase == "referral" or action in YIELD
        yield action, all_of((asked, z3.Not(after(asked)), z3.Not(climbs) if yields else z3.BoolVal(True)))
    held_back = all_of((formulas.one_of(BIOPSY, POSITIVE_VERDICTS), z3.Not(formulas.free(BIOPSY))))
    yield BIOPSY, all_of((held_back, after(formulas.free(BIOPSY))))
    for key, steps in LADDERS.items():
        drops = [
            all_of((formulas.referral_is(key, [high]), after(formulas.referral_is(key, steps[:place]))))
            for place, high in enumerate(steps)
        ]
        yield f"referral.{key}", any_of(drops)


def _climbs(formulas: Formulas, after: Callable[[Formula], Formula]) -> Formula:
    """The referral becomes heavier: the lines of a lighter one, and "no further imaging", then yield to its own."""
    rungs = ((key, rung) for key, ladder in LADDERS.items() for rung in ladder[1:])
    reached = (at_least(formulas, key, rung) for key, rung in rungs)
    return any_of(all_of((after(each), z3.Not(each))) for each in reached)


def _missed(bench: Bench, lost: Lost, what: str, less: Formula) -> Iterator[Counterexample]:
    if bench.after(less, lost.subjects).eq(less):  # it does not turn on what is lost
        return
    before = bench.variables.among(lost.subject, [lost.value])
    instead = bench.changed.among(lost.subject, [lost.stands_in])
    if lost.is_histology:
        before = all_of((before, bench.variables.among(UNTOLD_HISTOLOGY, ["no"])))
        instead = all_of((instead, bench.changed.among(UNTOLD_HISTOLOGY, ["yes"])))
    found = bench.find_pair(lost.subjects, before, instead, less)
    if found is None:
        return
    pair = replayed(bench, found, {*lost.subjects, *support(less)})
    one, other = pair.evaluations
    rules = (rule.id for rule in bench.edition.rules if one.fires(rule) and not other.fires(rule))
    expected = f"{what} is no lighter with {lost.subject} {lost.stands_in} than with {lost.value}"
    yield pair.against(NAME, rules, expected, "it is lighter", [pair.plans_differ])
