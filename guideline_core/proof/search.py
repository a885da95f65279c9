"""Looks for a complete case in which something holds, and makes it as plain as possible."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TypeVar

import z3

from guideline_core.compiler import catalogue_of, compiled_with, space_of, thresholds_of
from guideline_core.condition import Atom, atoms
from guideline_core.diagram_builder import DiagramBuilder
from guideline_core.edition.values import Edition
from guideline_core.evaluation import Evaluator
from guideline_core.lesion import NOT_SUSPECTED, kind_of
from guideline_core.planning import Planner
from guideline_core.proof.coherence import coherence, natures
from guideline_core.proof.formula import Formulas
from guideline_core.proof.lesion_realisation import LesionRealiser
from guideline_core.proof.realisation import Realiser, evaluable
from guideline_core.proof.variables import Formula, Variables, all_of, any_of, conjuncts, support, supports
from guideline_core.subjects import (
    AGE,
    DEFAULTS,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    GRADE_ON_IMAGING,
    NATURE,
    TISSUE_LIGHTER,
    subjects_behind,
    sure_subject,
)

CompleteCase = dict[str, str]
Found = TypeVar("Found")

LOGIC = "QF_FD"
"""The solver for finite domains."""


class SolverGaveUp(Exception):
    """The solver answered neither yes nor no: nothing is proved then."""


class Bench:
    """What all checks of one edition share: its formulas, one solver that knows what is coherent, and a planner."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.space = space_of(edition)
        self.formulas = Formulas(edition, self.space)
        self.variables = self.formulas.variables
        self.changed = Variables(self.space, mark="'")
        self.coherent = all_of((coherence(self.variables), *self._what_is_sure_holds()))
        links = list(conjuncts(self.coherent))
        self._links = list(zip(links, supports(links), strict=True))
        self._still_coherent = cache(self._coherent_after)
        self.evaluator = Evaluator(edition)
        catalogue = catalogue_of(edition, self.space)
        self.realiser = Realiser(
            self.space,
            thresholds_of(edition),
            LesionRealiser(self.space, catalogue.not_a_tumour, catalogue.grade_of_entity),
        )
        self.queries = 0
        self._solver = z3.SolverFor(LOGIC)
        self._solver.add(self.coherent)
        self._wishes = {variables: self._lesion_wishes(variables) for variables in (self.variables, self.changed)}

    @cached_property
    def planner(self) -> Planner:
        """The planner in which a counterexample must show; made only when there is one."""
        return Planner(compiled_with(DiagramBuilder(self.edition, self.space)))

    @cached_property
    def used_subjects(self) -> frozenset[str]:
        """The subjects on which some condition of the edition turns."""
        named = {atom.subject for c in self.edition.conditions() for atom in atoms(c) if isinstance(atom, Atom)}
        return frozenset(subject for name in named for subject in subjects_behind(name))

    @cached_property
    def sure_words_turn_on(self) -> Mapping[str, frozenset[str]]:
        """The subjects on which each definition turns that the answers can make certain."""
        meanings = {word: self.edition.definitions[word].when for word in self.space.sure_words}
        return {word: support(self.formulas.condition(meaning)) for word, meaning in meanings.items()}

    def _what_is_sure_holds(self) -> Iterator[Formula]:
        """What the answers make certain is so; what is so need not be certain."""
        for word in self.space.sure_words:
            meaning = self.formulas.condition(self.edition.definitions[word].when)
            yield z3.Implies(self.variables.among(sure_subject(word), ["yes"]), meaning)

    def possible(self, *formulas: Formula) -> bool:
        """Whether some coherent complete case has all of these formulas."""
        return self._asking(formulas, lambda: True) is not None

    def find(self, *formulas: Formula) -> CompleteCase | None:
        """The plainest complete case that has all of these formulas; None when there is none."""
        return self._asking(formulas, self._plainest)

    def possible_pair(self, changed: Iterable[str], *formulas: Formula) -> bool:
        """Whether two coherent cases that differ only in the changed subjects have these formulas between them."""
        return self._asking((*formulas, self._still_coherent(frozenset(changed))), lambda: True) is not None

    def held_by_pairs(self, changed: Iterable[str], change: Formula, wanted: Mapping[str, Formula]) -> frozenset[str]:
        """Which of these formulas hold in some such pair of cases; one pair shows many at once."""
        held: frozenset[str] = frozenset()
        marks = {name: z3.FreshBool("holds") for name in wanted}
        self._solver.push()
        try:
            self._solver.add(change, self._still_coherent(frozenset(changed)))
            self._solver.add([mark == wanted[name] for name, mark in marks.items()])
            while held < wanted.keys():
                self._solver.add(any_of(mark for name, mark in marks.items() if name not in held))
                if not self._check([]):
                    break
                model = self._solver.model()
                held |= {name for name, mark in marks.items() if z3.is_true(model.eval(mark, True))}
        finally:
            self._solver.pop()
        return held

    def find_pair(self, changed: Sequence[str], *formulas: Formula) -> tuple[CompleteCase, CompleteCase] | None:
        """Two such cases, before and after the change."""

        def read() -> tuple[CompleteCase, CompleteCase]:
            before = self._settle([], self._plain_wishes(self.variables, self.variables.bits))
            self._check(self._settle(before, self._plain_wishes(self.changed, changed)))
            first = self.variables.read(self._solver.model())
            after = {**first, **self.changed.read(self._solver.model(), changed)}
            return evaluable(first), evaluable(after)

        return self._asking((*formulas, self._still_coherent(frozenset(changed))), read)

    def after(self, formula: Formula, changed: Iterable[str]) -> Formula:
        """The formula as it reads after the changed subjects have got their new values."""
        return self.all_after([formula], changed)[0]

    def all_after(self, formulas: Sequence[Formula], changed: Iterable[str]) -> list[Formula]:
        """The same of several formulas."""
        return self.variables.moved(formulas, self.changed, changed)

    def _coherent_after(self, changed: frozenset[str]) -> Formula:
        """The case is coherent after the change. What does not turn on it holds as it did: the solver knows that."""
        return self.after(all_of(link for link, turns_on in self._links if turns_on & changed), changed)

    def _asking(self, formulas: Iterable[Formula], read: Callable[[], Found]) -> Found | None:
        self._solver.push()
        try:
            self._solver.add(all_of(formulas))
            return read() if self._check([]) else None
        finally:
            self._solver.pop()

    def _check(self, literals: Sequence[Formula]) -> bool:
        self.queries += 1
        answer = self._solver.check(*literals)
        if answer == z3.unknown:
            raise SolverGaveUp(self._solver.reason_unknown())
        return bool(answer == z3.sat)

    def _plainest(self) -> CompleteCase:
        self._check(self._settle([], self._plain_wishes(self.variables, self.variables.bits)))
        return evaluable(self.variables.read(self._solver.model()))

    def _settle(self, settled: list[Formula], wishes: Iterable[Sequence[Formula]]) -> list[Formula]:
        """Grant each wish its first alternative that still leaves a case, so that the same case is found each time."""
        for alternatives in wishes:
            for literal in alternatives:
                if self._check([*settled, literal]):
                    settled = [*settled, literal]
                    break
        return settled

    def _lesion_wishes(self, variables: Variables) -> list[Formula]:
        """Wishes for a lesion that one can state: entity and category of one kind, the category given, and no grade
        that would make another tumour of a name."""
        alike = [value for value, category, kind in natures(self.space) if kind_of(category) == kind]
        no_lesion = variables.among("nature", [NOT_SUSPECTED])
        of_one_kind = any_of((no_lesion, variables.among("nature", alike)))
        given = any_of((no_lesion, variables.among("category_given", ["yes"])))
        wishes = []
        for wanted in (of_one_kind, given, self._no_grade_too_high(variables)):
            wishes.append(z3.FreshBool("wish"))
            self._solver.add(z3.Implies(wishes[-1], wanted))
        return wishes

    def _no_grade_too_high(self, variables: Variables) -> Formula:
        """No tumour on the image or under the microscope has a grade that its name cannot have."""
        graded = self.space.lesion.graded
        too_light = [value for value in self.space.nature.values if value.rpartition("/")[2] in graded.lighter]
        stood_in_for = variables.among(TISSUE_LIGHTER, ["yes"])
        on_image = z3.If(
            stood_in_for, variables.among(ENTITY_BESIDE, graded.lighter), variables.among(NATURE, too_light)
        )
        named = {GRADE_ON_IMAGING: on_image, GRADE_OF_TISSUE: variables.among("histology", graded.lighter)}
        too_high = (all_of((each, variables.among(f, graded.grades_read(f)))) for f, each in named.items())
        return z3.Not(any_of(too_high))

    def _plain_wishes(self, variables: Variables, names: Iterable[str]) -> Iterator[Sequence[Formula]]:
        """For each subject the wish for its plainest value (not answered, the default, or no), then for the others."""
        yield from ((wish,) for wish in self._wishes[variables])
        for name in names:
            values, bits = self.space.subjects[name].values, variables.bits[name]
            plain = bits[values.index("adult" if name == AGE else DEFAULTS.get(name, values[0]))]
            yield (plain, *(bit for bit in bits if bit is not plain))
