"""Tissue that nobody reviewed never makes a plan lighter than the images alone (D1 of the first clinical review).

Two coherent cases are compared that differ in what counts of the lesion only: in the first the microscope is silent, in
the second it names a tumour, and no expertise centre or committee established it. Then the referral drops on none of
its ladders, and no examination, meeting or safety step of a biopsy is asked for less or no longer waited for. Left out
are cases in which the meeting of a centre called the lesion unequivocal: it saw what there is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import z3

from guideline_core.proof.coherence import is_established
from guideline_core.proof.counterexample import Counterexample
from guideline_core.proof.heaviness import losses, said
from guideline_core.proof.replay import replayed
from guideline_core.proof.search import Bench
from guideline_core.proof.variables import Formula, all_of, any_of, substituted, support
from guideline_core.proof.weighing import Added, added
from guideline_core.subjects import DISAGREEMENT, ENTITY_BESIDE, NATURE, NOTHING_BESIDE, UNEQUIVOCAL

NAME = "unreviewed-tissue-is-never-lighter"
MOVED = (NATURE, ENTITY_BESIDE, DISAGREEMENT)


def check_unreviewed_tissue(bench: Bench) -> Iterator[Counterexample]:
    """The plan is lighter in no respect once the microscope names a tumour that nobody reviewed."""
    what, formulas = zip(*said(bench), strict=True)
    after = bench.all_after(formulas, MOVED)
    groups: dict[frozenset[str], list[Added]] = {}
    for way in added(bench.space):
        groups.setdefault(way.before if len(way.before) > 1 else frozenset(), []).append(way)
    for natures, ways in sorted(groups.items(), key=lambda group: sorted(group[0])):
        lighter: dict[str, list[Formula]] = {name: [] for name in what}
        for name, one, other in zip(what, _sure(bench, formulas, natures), after, strict=True):
            lighter[name].append(losses(one, other))
        change = _named(bench, ways)
        if bench.possible_pair(MOVED, change, any_of(chain.from_iterable(lighter.values()))):
            for name, less in lighter.items():
                yield from _counterexamples(bench, change, name, any_of(less))


def _named(bench: Bench, ways: Iterable[Added]) -> Formula:
    """The microscope, that was silent, names a tumour, and no centre established it."""
    variables, changed = bench.variables, bench.changed
    named = any_of(
        all_of(
            (
                variables.among(NATURE, way.before),
                changed.among(NATURE, [way.after]),
                changed.among(ENTITY_BESIDE, [way.beside]),
                variables.among("histology", [way.beside]),
            )
        )
        for way in sorted(ways, key=lambda way: (sorted(way.before), way.after, way.beside))
    )
    silent = all_of((variables.among(ENTITY_BESIDE, [NOTHING_BESIDE]), variables.among(DISAGREEMENT, ["no"])))
    seen_by_centre = any_of((is_established(variables), variables.among(UNEQUIVOCAL, ["yes"])))
    return all_of((bench.formulas.in_scope, silent, z3.Not(seen_by_centre), named))


def _sure(bench: Bench, formulas: Sequence[Formula], natures: frozenset[str]) -> Sequence[Formula]:
    """The formulas as they read for each of these natures, where the images leave several."""
    if not natures:
        return formulas
    values, bits = bench.space.nature.values, bench.variables.bits[NATURE]
    read = (
        substituted(formulas, [(bit, z3.BoolVal(value == nature)) for value, bit in zip(values, bits, strict=True)])
        for nature in sorted(natures)
    )
    return [all_of(each) for each in zip(*read, strict=True)]


def _counterexamples(bench: Bench, change: Formula, what: str, less: Formula) -> Iterator[Counterexample]:
    found = bench.find_pair(MOVED, change, less)
    if found is None:
        return
    pair = replayed(bench, found, {name.removesuffix("'") for name in support(less)} | set(MOVED))
    one, other = pair.evaluations
    rules = (rule.id for rule in bench.edition.rules if one.fires(rule) != other.fires(rule))
    expected = f"{what} is no lighter once the microscope names a tumour that nobody reviewed"
    yield pair.against(NAME, rules, expected, "it is lighter", [pair.plans_differ])
