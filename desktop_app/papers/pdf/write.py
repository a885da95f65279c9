"""Documents as PDF: ReportLab draws them (A4, shipped fonts, page x of y), `finish` makes them PDF/A and PDF/UA.

It only places what the model says. The same document gives the same bytes: no clock, no random identifier.
"""

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from reportlab.platypus import Flowable, KeepTogether

from desktop_app.papers.blocks import Block
from desktop_app.papers.document import Measured, PrintedDocument, WrittenDocument
from desktop_app.papers.pdf import style as look
from desktop_app.papers.pdf.blocks import story_of
from desktop_app.papers.pdf.finish import finished
from desktop_app.papers.pdf.pages import Pages
from desktop_app.papers.pdf.text import Gate, register_fonts

ENDLESS = 100_000.0
"""Points: higher than any page."""


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
