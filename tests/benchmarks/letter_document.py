"""The letter as a PDF: beside a bare ReportLab document of as many pages, and the command beside its dearest imports.

In process: from a plan to the bytes, tags and attachments included; time, and the most memory. From start to end:
`botwijzer letter`, with and without attachments.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from guideline_core.edition.values import Edition
from tests.benchmarks.bare_document import bare_document
from tests.benchmarks.measuring import heading, line, milliseconds, percentile, ratios, seconds_of
from tests.checkout import CHECKOUT

EXAMPLE = CHECKOUT / "resources" / "examples" / "kind-met-vermoeden-op-osteosarcoom.json"
ATTACHED = json.dumps({"resourceType": "Bundle", "entry": [{"fullUrl": f"urn:uuid:{n:032d}"} for n in range(800)]})
"""About as large as a bundle of a full case."""
IMPORTS = "import reportlab.platypus, pydantic"


def run(_edition: Edition, number: int) -> None:
    """Measure all; `number` is how many runs of each."""
    in_process(number)
    memory()
    start_to_end(number)


# --- in process -----------------------------------------------------------------------------------------------------


def planned() -> SimpleNamespace:
    """A planned case with all that a letter of it needs."""
    from desktop_app.library.editions import Library
    from desktop_app.papers.correspondents import LetterSettings, Sender
    from guideline_core.case import Case
    from tests.desktop_app.papers.cases import CHILD_OSTEOSARCOMA, DAY

    library = Library()
    edition, case = library.edition(), Case.model_validate(CHILD_OSTEOSARCOMA)
    return SimpleNamespace(
        plan=edition.planner.make_plan(case, DAY),
        case=case,
        edition=edition,
        phrases=library.phrases("nl"),
        settings=LetterSettings(Sender(name="Dr. A. Proef", clinic="Ziekenhuis Nergenshuizen")),
        day=DAY,
    )


def _letter(ready: SimpleNamespace, with_attachments: bool) -> Any:
    """From the plan to the bytes."""
    from desktop_app.papers.embedded_file import EmbeddedFile
    from desktop_app.papers.letter.blocks import letter_document
    from desktop_app.papers.letter.compose import compose_letter
    from desktop_app.papers.order import PaperOrder
    from desktop_app.papers.pdf.write import write_document

    letter = compose_letter(PaperOrder(ready.plan, ready.case, ready.edition, ready.phrases, ready.day, ready.settings))
    content = ATTACHED.encode()
    attachments = (
        EmbeddedFile("zaak.json", "application/json", content[: len(content) // 3], "De zaak", "Source"),
        EmbeddedFile("bundle.json", "application/fhir+json", content, "FHIR R4", "Data"),
    )
    return write_document(letter_document(letter, attachments if with_attachments else (), ready.day))


def in_process(number: int) -> None:
    """Time from a plan to the bytes of a letter."""
    ready = planned()
    pages = _letter(ready, with_attachments=True).pages
    baseline = f"bare ReportLab document, {pages} pages"
    heading(f"A letter of {pages} pages from its plan, {number} runs each, taken in turn; baseline: {baseline}")
    works: dict[str, Callable[[], object]] = {
        baseline: partial(bare_document, pages),
        "letter, tagged": partial(_letter, ready, False),
        "letter, tagged, with two attachments": partial(_letter, ready, True),
    }
    _table(works, baseline, number)


def _table(works: dict[str, Callable[[], object]], baseline: str, number: int) -> None:
    for work in works.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(number):
        for name, work in works.items():
            seconds[name].append(seconds_of(work))
    line("", "median", "p99", "ratio of medians")
    for name, found in seconds.items():
        ratio = median(found) / median(seconds[baseline])
        line(name, milliseconds(median(found)), milliseconds(percentile(found, 0.99)), f"{ratio:.2f}")


# --- memory ---------------------------------------------------------------------------------------------------------


def memory() -> None:
    """The most memory of a process that has planned the case and then writes the one or the other."""
    heading("Most memory of a process that planned the case and then writes; baseline: the bare document")
    bare, letter = (_most_memory(which) for which in ("bare", "letter"))
    line("", "most memory", "ratio")
    line("bare ReportLab document", f"{bare / 1024:.1f} MB", "1.00")
    line("letter with two attachments", f"{letter / 1024:.1f} MB", f"{letter / bare:.2f}")


def _most_memory(which: str) -> int:
    """In kilobytes."""
    command = [sys.executable, "-m", "tests.benchmarks.letter_document", which]
    return int(subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True).stdout)


def write_and_weigh(which: str) -> int:
    """Plan the case, write one document in this process, and return the most memory that it took, in kilobytes."""
    ready = planned()
    if which == "letter":
        _letter(ready, with_attachments=True)
    else:
        bare_document(3)
    # Not ru_maxrss: that of a child starts at what its parent had.
    [most] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(most)


# --- from start to end ----------------------------------------------------------------------------------------------


def start_to_end(number: int) -> None:
    """The command, beside a Python that only imports what it cannot do without; as when the program is installed."""
    heading(f"Start to end of `letter`, {number} runs each, taken in turn; baseline: python -c '{IMPORTS}'")
    with tempfile.TemporaryDirectory() as folder:
        case, target = Path(folder) / "case.json", Path(folder) / "letter.pdf"
        case.write_bytes(EXAMPLE.read_bytes())
        letter = ["-m", "desktop_app", "letter", str(case), "-o", str(target), "--force"]
        commands = {
            "imports": ["-c", IMPORTS],
            "letter --no-attach": [*letter, "--no-attach"],
            "letter --attach": [*letter, "--attach"],
        }
        variables = _installed(Path(folder))
        for command in commands.values():
            _run(command, variables)  # fills the caches
        seconds: dict[str, list[Seconds]] = {name: [] for name in commands}
        for _ in range(number):
            for name, command in commands.items():
                seconds[name].append(_run(command, variables))
    _print_starts(seconds)


@dataclass(frozen=True)
class Seconds:
    """How long a process took: by the clock, and of the processor, which other work on the machine changes less."""

    clock: float
    processor: float


def _installed(folder: Path) -> dict[str, str]:
    """The variables of a user who has installed the program and used it before: Python keeps what it compiled, and the
    program its edition, here in places that no other checkout writes to. Settings are those of a new user."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    places = {"PYTHONPYCACHEPREFIX": "bytecode", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "settings"}
    return {**kept, **{variable: str(folder / name) for variable, name in places.items()}}


def _run(arguments: list[str], variables: dict[str, str]) -> Seconds:
    before = _processor_of_children()
    clock = seconds_of(
        lambda: subprocess.run(
            [sys.executable, *arguments], cwd=CHECKOUT, check=True, capture_output=True, env=variables
        )
    )
    return Seconds(clock, _processor_of_children() - before)


def _processor_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _print_starts(seconds: dict[str, list[Seconds]]) -> None:
    line("", "clock", "ratio, of least", "user + system", "ratio, of least")
    base = seconds["imports"]
    for name, found in seconds.items():
        clock, processor = [each.clock for each in found], [each.processor for each in found]
        of_clock = " ".join(ratios(clock, [each.clock for each in base]))
        of_processor = " ".join(ratios(processor, [each.processor for each in base]))
        line(name, milliseconds(median(clock)), of_clock, milliseconds(median(processor)), of_processor)
    line("load of the machine in the last minute", f"{os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    print(write_and_weigh(sys.argv[1]))
