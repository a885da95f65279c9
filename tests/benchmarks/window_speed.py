"""From process start to usable window, beside an empty wizard: time and memory, taken in turn."""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from guideline_core.edition.values import Edition
from tests.benchmarks.measuring import heading, line, ratios, spread
from tests.checkout import CHECKOUT

BASELINE, PROGRAM = "tests.benchmarks.empty_wizard", "tests.benchmarks.program_window"
MOMENTS = {
    "usable": "window usable",
    "answered": "  and a key is answered",
    "planned": "  and the plan stands beside it",
    "settled": "  a second later",
}
TARGETS = {"seconds": "1.4", "memory": "1.5"}


class Moment(NamedTuple):
    """When something was so, counted from the start of the process, and the most memory used until then."""

    seconds: float
    megabytes: float


def run(edition: Edition, number: int) -> None:
    """Measure on each platform of Qt that is there; `number` is how many runs of each."""
    for platform in platforms():
        heading(f"Start to usable window, {number} runs each in turn, Qt {platform}; baseline: an empty QWizard")
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), platform, number)


def platforms() -> list[str]:
    """Without a screen, and with the one that there is."""
    return ["offscreen", *(["xcb"] if os.environ.get("DISPLAY") else [])]


def _measure(folder: Path, platform: str, number: int) -> None:
    for module in (BASELINE, PROGRAM):
        start(module, folder, platform)  # the first start compiles what the others find compiled
    found: dict[str, dict[str, list[Moment]]] = {BASELINE: defaultdict(list), PROGRAM: defaultdict(list)}
    for _ in range(number):
        for module, moments in found.items():
            for name, moment in start(module, folder, platform).items():
                moments[name].append(moment)
    base = found[BASELINE]["usable"]
    line("", "median (least-most)", "ratio of medians", "ratio of least", "target")
    line("empty wizard usable", _milliseconds(base), "1.00", "1.00")
    for name, words in MOMENTS.items():
        if name != "settled":
            _line_of_times(words, found[PROGRAM][name], base, TARGETS["seconds"] if name == "usable" else "")
    line("empty wizard, peak memory", _megabytes(base), "1.00", "1.00")
    for name in ("usable", "settled"):
        _line_of_memory(f"{MOMENTS[name]}, peak memory", found[PROGRAM][name], base)


def _line_of_times(words: str, moments: list[Moment], base: list[Moment], target: str) -> None:
    if not moments:
        line(words, "not seen")
        return
    line(words, _milliseconds(moments), *ratios(_seconds(moments), _seconds(base)), target)


def _line_of_memory(words: str, moments: list[Moment], base: list[Moment]) -> None:
    if not all(each.megabytes for each in base):
        line(words, "this system does not tell")
        return
    found = ratios([each.megabytes for each in moments], [each.megabytes for each in base])
    line(words, _megabytes(moments), *found, TARGETS["memory"])


def _seconds(moments: Iterable[Moment]) -> list[float]:
    return [each.seconds for each in moments]


def _milliseconds(moments: Iterable[Moment]) -> str:
    return f"{spread([1000 * each.seconds for each in moments])} ms"


def _megabytes(moments: Iterable[Moment]) -> str:
    return f"{spread([each.megabytes for each in moments])} MB"


def start(module: str, folder: Path, platform: str) -> dict[str, Moment]:
    """Start a program that tells its moments, as a user whose settings and data are still empty."""
    with tempfile.TemporaryDirectory(dir=folder) as home:
        environment = variables(os.environ, folder, Path(home), platform)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", module],
            cwd=CHECKOUT,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
    if done.returncode != 0 or "usable" not in done.stdout:
        raise RuntimeError(f"{module} did not become usable: {done.stderr[-1000:]}")
    return moments_told(done.stdout, began)


def variables(given: Mapping[str, str], folder: Path, home: Path, platform: str) -> dict[str, str]:
    """The environment: an empty home, a cache that all runs share, and no keyring that could ask something."""
    return {
        "DISPLAY": ":0",  # without a display the program opens no window; Qt offscreen never looks at it
        **{name: value for name, value in given.items() if name != "DBUS_SESSION_BUS_ADDRESS"},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "QT_QPA_PLATFORM": platform,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }


def moments_told(output: str, began: float) -> dict[str, Moment]:
    """Read the lines of a program that was started at a moment."""
    moments = {}
    for name, seconds, kilobytes in (words for each in output.splitlines() if len(words := each.split()) == 3):
        moments[name] = Moment(float(seconds) - began, int(kilobytes) / 1024)
    return moments
