"""The letter as a PDF: beside a bare ReportLab document of as many pages, and the command beside its dearest imports.

In process: from a plan to the bytes, tags and attachments included; time, and the most memory. From start to end:
`botwijzer letter`, with and without attachments.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from guideline_core.edition import Edition
from tests.benchmarks.measuring import heading, line, milliseconds, percentile, seconds_of

CHECKOUT = Path(__file__).parents[2]
RUNS = 20
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
    from desktop_app.editions import Library
    from desktop_app.letter.sender import LetterSettings, Sender
    from guideline_core.case import Case
    from tests.desktop_app.letter.cases import CHILD_OSTEOSARCOMA, DAY

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
    from desktop_app.letter.compose import compose_letter
    from desktop_app.letter.pdf import write_letter
    from desktop_app.letter.printed_document import Attachment

    letter = compose_letter(ready.plan, ready.case, ready.edition, ready.phrases, ready.settings, ready.day, None)
    content = ATTACHED.encode()
    attachments = (
        Attachment("zaak.json", "application/json", content[: len(content) // 3], "De zaak", "Source"),
        Attachment("bundle.json", "application/fhir+json", content, "FHIR R4", "Data"),
    )
    return write_letter(letter, attachments if with_attachments else (), ready.day)


def bare_document(pages: int) -> bytes:
    """As many pages of plain paragraphs in the same font and size: no table, no colour, no tag, no head or foot."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    if "Bare" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Bare", str(CHECKOUT / "resources" / "fonts" / "DejaVuSansCondensed.ttf")))
    style = ParagraphStyle("bare", fontName="Bare", fontSize=8.8, leading=11.3, spaceAfter=2)
    text = "Een gewone regel van een brief over een afwijking van het bot, zoals men die schrijft. " * 2
    story: list[Any] = []
    for number in range(pages):
        story += [PageBreak()] if number else []
        story += [Paragraph(f"{line_of_page} {text}", style) for line_of_page in range(26)]  # what a page holds
    file = io.BytesIO()
    document = SimpleDocTemplate(file, pagesize=A4, invariant=1, initialFontName="Bare", pageCompression=1)
    document.build(story)
    assert document.page == pages, document.page
    return file.getvalue()


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
    """The command, beside a Python that only imports what it cannot do without."""
    heading(f"Start to end of `letter`, {number} runs each, taken in turn; baseline: python -c '{IMPORTS}'")
    with tempfile.TemporaryDirectory() as folder:
        case, target = Path(folder) / "case.json", Path(folder) / "letter.pdf"
        example = CHECKOUT / "resources" / "examples" / "kind-met-vermoeden-op-osteosarcoom.json"
        case.write_bytes(example.read_bytes())
        commands = {"imports": ["-c", IMPORTS]}
        letter = ["-m", "desktop_app", "letter", str(case), "-o", str(target), "--force"]
        commands["letter --no-attach"] = [*letter, "--no-attach"]
        commands["letter --attach"] = [*letter, "--attach"]
        _table({name: partial(_run, command) for name, command in commands.items()}, "imports", number)


def _run(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=CHECKOUT, check=True, capture_output=True)


if __name__ == "__main__":
    print(write_and_weigh(sys.argv[1]))
