"""The door of the proofs: `prove(edition)` runs every check and reports what was proved and what was not."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guideline_core.edition.entry_types import Words
from guideline_core.edition.values import Edition, SafetyProperty
from guideline_core.proof import answering, cannot_be_told, checks, danger, learning, unreviewed_tissue
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.search import Bench

Check = Callable[[Bench], Iterable[Counterexample]]
Clock = Callable[[], float]

STRUCTURAL_CHECKS: dict[str, Check] = {
    "one-referral-decision": checks.check_one_referral_decision,
    "one-verdict-per-action": checks.check_one_verdict_per_action,
    "one-response-grade": checks.check_one_response_grade,
    "nothing-both-asked-and-avoided": checks.check_nothing_both_asked_and_avoided,
    "every-rule-can-fire": checks.check_every_rule_can_fire,
    "every-rule-matters": checks.check_every_rule_matters,
    danger.NAME: danger.check_danger,
    cannot_be_told.NAME: cannot_be_told.check_cannot_be_told,
    unreviewed_tissue.NAME: unreviewed_tissue.check_unreviewed_tissue,
    learning.NAME: learning.check_learning,
    answering.NAME: answering.check_answers,
}
"""The checks that hold for any edition; the safety properties of the edition itself come after them."""


@dataclass(frozen=True)
class PropertyResult:
    """What came of one property: proved when there is no counterexample. `queries` counts questions to the solver."""

    name: str
    words: Words
    counterexamples: tuple[Counterexample, ...]
    queries: int
    seconds: float

    @property
    def proved(self) -> bool:
        """Whether it holds in every case."""
        return not self.counterexamples


@dataclass(frozen=True)
class Proof:
    """What came of all properties of one edition."""

    edition: str
    sha256: str
    results: tuple[PropertyResult, ...]

    @property
    def proved(self) -> bool:
        """Whether everything holds in every case."""
        return all(result.proved for result in self.results)

    @property
    def counterexamples(self) -> tuple[Counterexample, ...]:
        """All that was found against the edition."""
        return tuple(found for result in self.results for found in result.counterexamples)

    def lines(self) -> Iterator[str]:
        """The proof for a person, in English."""
        for result in self.results:
            state = "proved" if result.proved else "NOT PROVED"
            yield f"{state:10} {result.name} ({result.queries} queries, {result.seconds:.2f} s)"
            for found in result.counterexamples:
                yield from (f"    {line}" for line in found.lines())
        seconds = sum(result.seconds for result in self.results)
        queries = sum(result.queries for result in self.results)
        held = sum(result.proved for result in self.results)
        yield f"{held} of {len(self.results)} properties of {self.edition} proved ({queries} queries, {seconds:.1f} s)"


def prove(edition: Edition, clock: Clock = lambda: 0.0) -> Proof:
    """Run every check on an edition. The core reads no clock: a caller that wants timings passes one."""
    bench = Bench(edition)
    results = []
    for name, words, check in all_checks(edition):
        results.append(run_check(bench, name, words, check, clock))
    return Proof(edition.id, edition.sha256, tuple(results))


def all_checks(edition: Edition) -> Iterator[tuple[str, Words, Check]]:
    """Every check of an edition by its name, with what it shows in words."""
    for name, check in STRUCTURAL_CHECKS.items():
        yield name, STRUCTURE[name], check
    for safety in edition.properties.values():
        yield safety.id, safety.text, _property_check(safety)


def _property_check(safety: SafetyProperty) -> Check:
    return lambda bench: checks.check_property(bench, safety)


def run_check(bench: Bench, name: str, words: Words, check: Check, clock: Clock = lambda: 0.0) -> PropertyResult:
    """Run one check and count what it took."""
    asked, started = bench.queries, clock()
    found = tuple(check(bench))
    return PropertyResult(name, words, found, bench.queries - asked, clock() - started)
