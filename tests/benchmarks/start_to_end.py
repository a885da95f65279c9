"""From start to end: one plan on the command line beside a script with two pydantic models, and a thousand at once."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median

from guideline_core.edition.values import Edition
from tests.benchmarks.measuring import heading, line, milliseconds, percentile, seconds_of
from tests.case_deck import deck
from tests.checkout import CHECKOUT
from tests.random_cases import as_json, random_partial_case

COMMAND_LINE = CHECKOUT / "desktop_app" / "cli.py"
AT_ONCE = 1_000


def run(edition: Edition, number: int) -> None:
    """Measure both; `number` is how many runs of each."""
    baseline = "two nested pydantic models"
    heading(f"Start to end of `plan`, {number} runs each, taken in turn; baseline: a script with {baseline}")
    if not COMMAND_LINE.exists():
        line("not measured: desktop_app/cli.py is not there")
        return
    with tempfile.TemporaryDirectory() as folder:
        _one_by_one(Path(folder), number, baseline)
        _all_at_once(Path(folder), edition)


def _one_by_one(folder: Path, number: int, baseline: str) -> None:
    case = folder / "case.json"
    case.write_text(json.dumps(as_json(deck()[0].case)), encoding="utf-8")
    commands = {
        "plan CASE.json": ["-m", "desktop_app", "plan", str(case)],
        baseline: [str(Path(__file__).with_name("nested_models.py"))],
    }
    for command in commands.values():
        _run(command)  # the first start compiles what the others find compiled
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(number):
        for name, command in commands.items():
            seconds[name].append(seconds_of(lambda command=command: _run(command)))  # type: ignore[misc]
    line("", "median", "p99", "ratio of medians")
    for name, found in seconds.items():
        ratio = median(found) / median(seconds[baseline])
        line(name, milliseconds(median(found)), milliseconds(percentile(found, 0.99)), f"{ratio:.2f}")


def _all_at_once(folder: Path, edition: Edition) -> None:
    chance = Random(14)
    files = []
    for number in range(AT_ONCE):
        files.append(folder / f"{number}.json")
        files[-1].write_text(json.dumps(as_json(random_partial_case(edition, chance))), encoding="utf-8")
    seconds = seconds_of(lambda: _run(["-m", "desktop_app", "plan", "--json", *map(str, files)]))
    line(f"plan --json, {AT_ONCE} cases in one call", f"{AT_ONCE / seconds:,.0f} a second")


def _run(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
