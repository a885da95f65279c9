"""Measures the core and the command line, each beside a baseline of the same run, and asserts nothing.

python3 packaging/benchmark.py                     all parts
python3 packaging/benchmark.py plans questions     these parts
python3 packaging/benchmark.py --number 500        with so many random cases (runs, deck cases) in each part
"""

import argparse
import os
import platform
from collections.abc import Callable

from guideline_core.edition import Edition
from tests.benchmarks import evaluation_speed, plan_speed, proof_speed, questions_asked, start_to_end
from tests.editions import read_real_edition

PARTS: dict[str, tuple[Callable[[Edition, int], None], int]] = {
    "plans": (plan_speed.run, 10_000),
    "evaluation": (evaluation_speed.run, 2_000),
    "questions": (questions_asked.run, 10_000),
    "start": (start_to_end.run, start_to_end.RUNS),
    "proofs": (proof_speed.run, 5),
}


def main() -> None:
    """Run the parts that are asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all when none is named")
    options.add_argument("--number", type=int, help="how many cases or runs, instead of the number of each part")
    chosen = options.parse_args()
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        options.error(f"unknown: {', '.join(unknown)}; known: {', '.join(PARTS)}")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors")
    edition = read_real_edition()
    for part in chosen.parts or PARTS:
        run, number = PARTS[part]
        run(edition, chosen.number or number)


if __name__ == "__main__":
    main()
