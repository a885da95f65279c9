"""Measures the core, the command line and the window, each beside a baseline of the same run, and asserts nothing.

python3 packaging/benchmark.py                     all parts, each with a number that suits it
python3 packaging/benchmark.py plans questions     these parts
python3 packaging/benchmark.py plans --number 500  these parts with so many cases, runs or answers
python3 packaging/benchmark.py --number 5          a quick look: all parts, with at most so many in each
"""

import argparse
import os
import platform
from collections.abc import Mapping, Sequence
from importlib import import_module

from tests.editions import read_real_edition

PARTS: Mapping[str, tuple[str, int]] = {
    "plans": ("plan_speed", 10_000),
    "evaluation": ("evaluation_speed", 2_000),
    "questions": ("questions_asked", 10_000),
    "start": ("start_to_end", 20),
    "window": ("window_speed", 15),
    "answers": ("answer_speed", 500),
    "letter": ("letter_speed", 3),
    "documents": ("letter_document", 20),
    "files": ("file_reading", 3),
    "acts": ("acts_needed", 5),
    "proofs": ("proof_speed", 5),
}
"""The module of each part, imported when it is measured, and how many cases, runs, answers or rounds suit it."""


def main() -> None:
    """Run the parts that are asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all when none is named")
    options.add_argument("--number", type=int, help="how many cases or runs in each named part; at most, without names")
    chosen = options.parse_args()
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        options.error(f"unknown: {', '.join(unknown)}; known: {', '.join(PARTS)}")
    if chosen.number is not None and chosen.number < 1:
        options.error(f"--number {chosen.number}: at least 1")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors")
    edition = read_real_edition()
    for part, number in numbers(chosen.parts, chosen.number).items():
        import_module(f"tests.benchmarks.{PARTS[part][0]}").run(edition, number)


def numbers(parts: Sequence[str], wanted: int | None) -> dict[str, int]:
    """How many in each part: what was asked for the parts that were named, else what suits a part or less."""
    if parts:
        return {part: wanted or PARTS[part][1] for part in parts}
    return {part: min(wanted or suits, suits) for part, (_, suits) in PARTS.items()}


if __name__ == "__main__":
    main()
