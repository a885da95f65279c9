"""Documents as PDF: ReportLab draws them (A4, shipped fonts, page x of y), `pdf_finish` makes them PDF/A and PDF/UA.

It only places what the model says. The same document gives the same bytes: no clock, no random identifier.
"""

import datetime
import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from reportlab.platypus import Flowable, KeepTogether

from desktop_app.papers.letter.model import Letter
from desktop_app.papers.letter.printed_letter import printed_letter
from desktop_app.papers.outline import Block
from desktop_app.papers.pdf import pdf_style as look
from desktop_app.papers.pdf.pdf_blocks import story_of
from desktop_app.papers.pdf.pdf_pages import Pages
from desktop_app.papers.pdf.pdf_text import Gate, register_fonts
from desktop_app.papers.printed_document import Attachment, PrintedDocument, WrittenDocument

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
    from desktop_app.papers.pdf.pdf_finish import finished  # late: it imports pikepdf

    register_fonts()
    gate, file = Gate(), io.BytesIO()
    story, structure = story_of(document, gate)
    pages = Pages(document, gate, file)
    pages.build_pages(story)
    content = finished(file, structure, document)
    return WrittenDocument(content, pages.page, tuple(sorted(gate.missing)))


def heights_of(document: PrintedDocument) -> tuple[float, ...]:
    """How high each block will be on paper, in points; for documents that must stay one page (`room_of`)."""
    register_fonts()
    width = look.line_width(document.page_format)
    return tuple(_height(document, block, width) for block in document.blocks)


def room_of(document: PrintedDocument) -> float:
    """How high its first page is between the margins, in points."""
    margins = look.MARGINS[document.page_format]
    return look.page_size(document.page_format)[1] - margins.top - margins.bottom


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


def write_letter(
    letter: Letter, attachments: tuple[Attachment, ...] = (), made_on: datetime.date | None = None
) -> WrittenDocument:
    """A letter as PDF; the attachments travel inside it."""
    return write_document(printed_letter(letter, attachments, made_on))


def write_letter_pdf(letter: Letter) -> bytes:
    """The letter as a PDF."""
    return write_letter(letter).content
