"""Documents as PDF: ReportLab draws them (A4, shipped fonts, page x of y), `pdf_finish` makes them PDF/A and PDF/UA.

It only places what the model says. The same document gives the same bytes: no clock, no random identifier.
"""

import datetime
import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager

from desktop_app.letter.model import Letter
from desktop_app.letter.pdf_blocks import story_of
from desktop_app.letter.pdf_pages import Pages
from desktop_app.letter.pdf_text import Gate, register_fonts
from desktop_app.letter.printed_document import Attachment, PrintedDocument, WrittenDocument
from desktop_app.letter.printed_letter import printed_letter


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
    from desktop_app.letter.pdf_finish import finished  # late: it imports pikepdf

    register_fonts()
    gate, file = Gate(), io.BytesIO()
    story, structure = story_of(document, gate)
    pages = Pages(document, gate, file)
    pages.build_pages(story)
    content = finished(file, structure, document)
    return WrittenDocument(content, pages.page, tuple(sorted(gate.missing)), gate.right_to_left)


def write_letter(
    letter: Letter, attachments: tuple[Attachment, ...] = (), made_on: datetime.date | None = None
) -> WrittenDocument:
    """A letter as PDF; the attachments travel inside it."""
    return write_document(printed_letter(letter, attachments, made_on))


def write_letter_pdf(letter: Letter) -> bytes:
    """The letter as a PDF."""
    return write_letter(letter).content
