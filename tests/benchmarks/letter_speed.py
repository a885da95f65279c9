"""The letter: its first page in the window after a change, and the letter itself beside a bare ReportLab document."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median

from guideline_core.case import Case
from guideline_core.edition.values import Edition
from guideline_core.plan import Plan
from tests.benchmarks.bare_document import bare_document
from tests.benchmarks.measuring import heading, line, milliseconds, percentile, seconds_of
from tests.benchmarks.real_window import real_window, turn, turn_until
from tests.random_cases import DAY
from tests.windows.textbook_cases import CASES, case_of_script, script_of

# isort: split
from PySide6.QtCore import QEvent, QObject
from PySide6.QtPdf import QPdfPageRenderer
from PySide6.QtPdfWidgets import QPdfView

from desktop_app.papers.document import WrittenDocument
from desktop_app.papers.letter.blocks import letter_document
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.order import PaperOrder
from desktop_app.papers.pdf.write import write_document
from desktop_app.settings.settings import Settings
from desktop_app.window.main_window import MainWindow
from tests.checkout import EXAMPLES
from tests.desktop_app.plan.view.documents import edition as opened_edition
from tests.desktop_app.plan.view.documents import phrases


def cases() -> list[Case]:
    """The examples that the program ships, and the textbook cases."""
    examples = [Case.model_validate(json.loads(path.read_bytes())) for path in sorted(EXAMPLES.glob("*.json"))]
    return examples + [case_of_script(script_of(name)) for name in CASES]


@dataclass(frozen=True)
class Planned:
    """A case with its plan: what a letter is made of."""

    case: Case
    plan: Plan

    def composed(self) -> Letter:
        """Its letter."""
        settings = letter_settings(Settings())
        return compose_letter(PaperOrder(self.plan, self.case, opened_edition(), phrases(), DAY, settings))

    def made(self) -> WrittenDocument:
        """Its letter as a PDF."""
        return write_document(letter_document(self.composed()))


def run(edition: Edition, number: int) -> None:
    """Measure both; `number` is how many rounds through the cases."""
    found = cases()
    heading(
        f"Letters of {len(found)} cases, {number} rounds, warm; baseline: a bare ReportLab document of as many pages"
    )
    line("", "median", "p95", "ratio of medians", "target")
    bare = _measure_making([Planned(case, opened_edition().planner.make_plan(case, DAY)) for case in found], number)
    with real_window() as window:
        _measure_preview(window, found, number, bare)


def _line_of(name: str, seconds: list[float], base: list[float], *target: str) -> None:
    ratio = f"{median(seconds) / median(base):.2f}"
    line(name, milliseconds(median(seconds)), milliseconds(percentile(seconds, 0.95)), ratio, *target)


# --- making ---------------------------------------------------------------------------------------------------------


def _measure_making(planned: Sequence[Planned], number: int) -> list[float]:
    """Print how long making takes; returns what the baseline took."""
    found = [(each, each.made().pages) for each in planned]  # warm from here on
    composing, making, bare = [], [], []
    for _ in range(number):
        for each, pages in found:
            composing.append(seconds_of(each.composed))
            making.append(seconds_of(each.made))
            bare.append(seconds_of(partial(bare_document, pages)))
    _line_of("bare document of as many pages", bare, bare)
    _line_of("letter composed", composing, bare)
    _line_of("letter composed and written", making, bare, "p95 300 ms")
    return bare


# --- preview --------------------------------------------------------------------------------------------------------


def _measure_preview(window: MainWindow, found: Sequence[Case], number: int, bare: list[float]) -> None:
    window.autosave.start_case(found[0])
    window.content.wizard.go_to_step("letter")
    turn_until(lambda: window.content.preview.findChild(QPdfPageRenderer) is not None)
    first_page = FirstPage(window)
    changes: dict[str, Callable[[], None]] = {
        "a word in the letter": lambda: window.document.answer("letter.question", f"Vraag {time.monotonic_ns()}"),
        "a complaint": lambda: window.document.answer(
            "complaints.swelling", not window.document.case.complaints.swelling
        ),
    }
    seconds: dict[str, list[float]] = {name: [] for name in changes}
    for case in list(found) * number:
        window.autosave.start_case(case)
        window.content.wizard.go_to_step("letter")
        first_page.after(window.document.full_plan)
        for name, change in changes.items():
            seconds[name].append(first_page.after(change))
            turn()
    for name, taken in seconds.items():
        _line_of(f"first page after {name}", taken, bare, "median 150 ms")


class FirstPage(QObject):
    """Waits for the first page of a newly made letter to be painted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._preview = window.content.preview
        self._before = window.content.preview._made
        self._is_drawn = self._is_painted = False
        viewer = window.content.preview.findChild(QPdfView)
        viewer.findChild(QPdfPageRenderer).pageRendered.connect(self._on_drawn)
        viewer.viewport().installEventFilter(self)

    def after(self, change: Callable[[], object]) -> float:
        """How many seconds after a change it stands there."""
        self._before = self._preview._made
        self._is_drawn = self._is_painted = False
        began = time.perf_counter()
        change()
        turn_until(lambda: self._is_painted)
        return time.perf_counter() - began

    def _on_drawn(self, page: int, *_: object) -> None:
        made = self._preview._made
        self._is_drawn = self._is_drawn or (made is not None and made is not self._before and page == 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The picture of a page is there: what is painted now shows it."""
        self._is_painted = self._is_painted or (self._is_drawn and event.type() == QEvent.Type.Paint)
        return False
