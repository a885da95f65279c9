"""Documents as PDF: ReportLab draws them (A4, shipped fonts, page x of y), `finish` makes them PDF/A and PDF/UA.

It only places what the model says. The same document gives the same bytes: no clock, no random identifier.
"""

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate

from desktop_app.papers.blocks import Block
from desktop_app.papers.document import Measured, PrintedDocument, RunningLines, WrittenDocument
from desktop_app.papers.pdf import style as look
from desktop_app.papers.pdf.blocks import story_of
from desktop_app.papers.pdf.finish import finished
from desktop_app.papers.pdf.structure import MarkedCanvas
from desktop_app.papers.pdf.text import BOLD, REGULAR, Gate, draw_line, register_fonts, shortened, width_in_fonts

ENDLESS = 100_000.0
"""Points: higher than any page."""
GAP = 12.0
"""Points between what stands left and right on one line."""


def write_document(document: PrintedDocument) -> WrittenDocument:
    """A document as PDF/A-3a and PDF/UA-1, with what the fonts lack."""
    with _no_garbage_collection():
        return _written(document)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Fonts and pages are tens of thousands of small things that all stay until the end: looking for garbage among
    them finds none, and takes a tenth of the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()


def _written(document: PrintedDocument) -> WrittenDocument:

    register_fonts()
    gate, file = Gate(), io.BytesIO()
    story, structure = story_of(document, gate)
    pages = Pages(document, gate, file)
    pages.build_pages(story)
    content = finished(file, structure, document)
    return WrittenDocument(content, pages.page, tuple(sorted(gate.missing)))


def measure(document: PrintedDocument) -> Measured:
    """How high each block will be on paper, and how much its first page holds: for what must stay one page."""
    register_fonts()
    width, margins = look.line_width(document.page_format), look.MARGINS[document.page_format]
    heights = tuple(_height(document, block, width) for block in document.blocks)
    return Measured(heights, look.page_size(document.page_format)[1] - margins.top - margins.bottom)


def _height(document: PrintedDocument, block: Block, width: float) -> float:
    story, _ = story_of(replace(document, blocks=(block,)), Gate())
    return sum(_wrapped_height(flowable, width) for flowable in story)


def _wrapped_height(flowable: Flowable, width: float) -> float:
    """What is kept together says of itself that it is endless, so that it is split: here its parts count."""
    if isinstance(flowable, KeepTogether):
        parts: list[Flowable] = getattr(flowable, "_content")  # noqa: B009 - known to no type stub
        return sum((_wrapped_height(part, width) for part in parts), 0.0)
    spaces = flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return float(flowable.wrap(width, ENDLESS)[1] + spaces)


# --- the pages of a document ------------------------------------------------------------------------------------------


class Pages(BaseDocTemplate):
    """Two kinds of page: the first, and those after it with a head."""

    def __init__(self, document: PrintedDocument, gate: Gate, file: io.BytesIO) -> None:
        width, height = look.page_size(document.page_format)
        margins = look.MARGINS[document.page_format]
        self._running = _Running(document.running, gate, width, height, margins.side)
        super().__init__(file, pagesize=(width, height), invariant=1, initialFontName=REGULAR, pageCompression=1)
        frame = partial(_frame, width, height, margins)
        self.addPageTemplates(
            [
                PageTemplate("first", [frame(margins.top)], autoNextPageTemplate="later"),
                PageTemplate("later", [frame(look.TOP_LATER)], onPage=self._running.draw_head),
            ]
        )

    def build_pages(self, story: list[Flowable]) -> None:
        """Place all of it."""
        self.build(story, canvasmaker=partial(_NumberedCanvas, running=self._running))


def _frame(width: float, height: float, margins: look.Margins, top: float) -> Frame:
    side, bottom = margins.side, margins.bottom
    return Frame(side, bottom, width - 2 * side, height - top - bottom, 0, 0, 0, 0)


class _Running:
    """Draws head and foot: artifacts, so that they are not read out on every page."""

    def __init__(self, lines: RunningLines, gate: Gate, width: float, height: float, side: float) -> None:
        self._left, self._right = side, width - side
        self._line_width = self._right - self._left
        self._height = height
        self._pattern = gate.line(lines.page_pattern)
        self._head = gate.line(lines.head_left), gate.line(lines.head_right)
        self._foot = gate.line(lines.foot[0]), gate.line(lines.foot[1])

    def draw_head(self, canvas: Canvas, _document: object) -> None:
        """Whose letter a loose page belongs to."""
        assert isinstance(canvas, MarkedCanvas)
        y, width, (left, right) = self._height - 14 * look.mm, self._line_width, self._head
        size = look.SMALL + 0.6
        wanted = width_in_fonts(left, BOLD, size), width_in_fonts(right, REGULAR, look.SMALL)
        room_left, room_right = _shared(width, *wanted)
        canvas.begin_artifact("Header")
        canvas.setFillColor(look.INK)
        draw_line(canvas, shortened(left, BOLD, size, room_left), BOLD, size, self._left, y)
        canvas.setFillColor(look.MUTED)
        words = shortened(right, REGULAR, look.SMALL, room_right)
        draw_line(canvas, words, REGULAR, look.SMALL, self._right, y, is_right=True)
        self._rule(canvas, y - 5)
        canvas.end_marked()

    def draw_foot(self, canvas: MarkedCanvas, pages: int) -> None:
        """Edition and its status, what the program is not, which case, and page x of y."""
        y, size = 12.5 * look.mm, look.SMALL - 0.4
        canvas.begin_artifact("Footer")
        self._rule(canvas, y + 9)
        canvas.setFillColor(look.MUTED)
        for number, line in enumerate(self._foot):
            words = shortened(line, REGULAR, size, self._line_width * 0.84)
            draw_line(canvas, words, REGULAR, size, self._left, y - 9 * number)
        canvas.setFillColor(look.INK)
        page = self._pattern.format(page=canvas.getPageNumber(), pages=pages)
        draw_line(canvas, page, BOLD, look.SMALL, self._right, y, is_right=True)
        canvas.end_marked()

    def _rule(self, canvas: MarkedCanvas, y: float) -> None:
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(self._left, y, self._right, y)


def _shared(width: float, left: float, right: float) -> tuple[float, float]:
    """The room for what stands left and right on one line: each half of it, and what the other does not need."""
    half = (width - GAP) / 2
    return max(half, width - GAP - right), max(half, width - GAP - left)


class _NumberedCanvas(MarkedCanvas):
    """A canvas that draws the foot of each page when the number of pages is known."""

    # Any: whatever ReportLab gives a canvas.
    def __init__(self, *arguments: Any, running: _Running, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._running = running
        self._pages: list[dict[str, object]] = []
        self._start_next = getattr(self, "_startPage")  # noqa: B009 - known to no type stub

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._start_next()

    def save(self) -> None:
        for page in self._pages:
            self.__dict__.update(page)
            self._running.draw_foot(self, len(self._pages))
            super().showPage()
        super().save()
