"""A letter in one step, for tests that look at what became of a case."""

import atexit
import datetime
import hashlib
import tempfile
from pathlib import Path
from typing import Any

from desktop_app.papers.document import WrittenDocument
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.letter.blocks import letter_document
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.order import order_paper
from desktop_app.papers.pdf.write import write_document

_LOGOS = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
atexit.register(_LOGOS.cleanup)


def letter_for(*order: Any, **chosen: Any) -> Letter:
    """Plan a case and make its letter: case, edition, phrases, settings, today, and what was chosen for it."""
    return compose_letter(order_paper(*order, **chosen))


def write_letter(
    letter: Letter, inside: tuple[EmbeddedFile, ...] = (), made_on: datetime.date | None = None
) -> WrittenDocument:
    """A letter as PDF, with files inside."""
    return write_document(letter_document(letter, inside, made_on))


def logo_file(content: bytes) -> Path:
    """A file that holds what a clinic chose as its logo."""
    file = Path(_LOGOS.name) / hashlib.sha256(content).hexdigest()
    file.write_bytes(content)
    return file
