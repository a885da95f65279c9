"""Clocks and lines of a benchmark: every figure stands beside the named baseline of the same run."""

import time
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any


def seconds_of(work: Callable[[], object]) -> float:
    """How long one piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def seconds_each(work: Callable[[Any], object], things: Iterable[Any]) -> list[float]:
    """How long a piece of work takes for each of these things."""
    clock, found = time.perf_counter, []
    for thing in things:
        start = clock()
        work(thing)
        found.append(clock() - start)
    return found


def best_rate(work: Callable[[Any], object], things: Sequence[Any], rounds: int = 5) -> float:
    """How many of these things are done in a second: the median of several rounds."""

    def all_of_them() -> None:
        for thing in things:
            work(thing)

    return len(things) / median(seconds_of(all_of_them) for _ in range(rounds))


def percentile(values: Iterable[float], part: float) -> float:
    """The value below which this part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def ratios(values: Sequence[float], base: Sequence[float]) -> tuple[str, str]:
    """How many times the baseline, as text: by the medians, and by the least, which other work on the machine changes
    least."""
    return f"{median(values) / median(base):.2f}", f"{min(values) / min(base):.2f}"


def spread(values: Sequence[float]) -> str:
    """Median, least and most, as text."""
    return f"{median(values):,.0f} ({min(values):,.0f}-{max(values):,.0f})"


def heading(text: str) -> None:
    """Announce a part."""
    print(f"\n=== {text}", flush=True)


def line(name: str, *figures: str) -> None:
    """Print one row."""
    print(f"  {name:<44}" + "".join(f"{figure:>22}" for figure in figures), flush=True)


def milliseconds(seconds: float) -> str:
    """Seconds as text in milliseconds."""
    return f"{1000 * seconds:.3f} ms"
