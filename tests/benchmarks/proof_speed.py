"""How long all proofs take together."""

import time

from guideline_core.edition.values import Edition
from tests.benchmarks.measuring import heading, line, seconds_of
from tests.editions import edition_files


def run(edition: Edition, number: int) -> None:
    """Prove the edition; `number` is how many properties are named, slowest first."""
    heading("Proofs; baseline: reading and checking the edition")
    try:
        from guideline_core.proof.prove import prove
    except ImportError as missing:
        line(f"not measured: {missing}")
        return
    from guideline_core.edition.reading import read_edition

    baseline = seconds_of(lambda: read_edition(edition_files()))
    proof = prove(edition, clock=time.perf_counter)
    seconds = sum(result.seconds for result in proof.results)
    held = sum(result.proved for result in proof.results)
    line("reading the edition", f"{baseline:.2f} s")
    line(f"{held} of {len(proof.results)} properties proved", f"{seconds:.2f} s", f"ratio {seconds / baseline:.1f}")
    for result in sorted(proof.results, key=lambda result: -result.seconds)[:number]:
        line(f"  {result.name}", f"{result.seconds:.2f} s", f"{result.queries} queries")
