"""What goes on paper: any document as a row of blocks, with what stands on every page and what travels inside.

The letter, the MDO sheet and the patient sheet are each one such document; `desktop_app.papers.pdf.write` writes it.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from desktop_app.papers.blocks import Block
from desktop_app.papers.embedded_file import EmbeddedFile


class PageFormat(Enum):
    """The sheet of paper, A4."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The clinic at the top of page 1."""

    name: str
    lines: tuple[str, ...]
    logo: bytes | None


@dataclass(frozen=True, slots=True)
class OpeningEntry:
    """A label with lines under it, such as the recipient."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpeningColumn:
    """Entries one under the other; `share` is the part of the line that they take."""

    share: float
    entries: tuple[OpeningEntry, ...]


@dataclass(frozen=True, slots=True)
class DocumentOpening:
    """What the block `Opening` draws: letterhead, columns such as recipient and sender, title."""

    title: str
    subtitle: str = ""
    letterhead: Letterhead | None = None
    logo_text: str = ""
    """What the logo shows, in words."""
    columns: tuple[OpeningColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class RunningLines:
    """What stands on every page (foot) and on every page but the first (head); none of it is read out as text."""

    head_left: str
    head_right: str
    foot: tuple[str, str]
    page_pattern: str
    """Words with {page} and {pages}."""


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A document; `title` is what lists of files and print jobs show, so it holds no identity."""

    language: str
    title: str
    subject: str
    blocks: tuple[Block, ...]
    running: RunningLines
    opening: DocumentOpening | None = None
    page_format: PageFormat = PageFormat.PORTRAIT
    text_scale: float = 1.0
    """How much larger than a letter it is set: a room reads from afar, a patient without reading glasses."""
    attachments: tuple[EmbeddedFile, ...] = ()
    made_on: datetime.date | None = None
    """The day in the file's properties; without one the file holds no day, never that of the clock."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How high each block of a document will be on paper, and how much its first page holds, in points."""

    heights: tuple[float, ...]
    room: float


Measure = Callable[[PrintedDocument], Measured]
"""What a document that must stay one page asks of whoever will write it."""


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A PDF, and the characters in it that the fonts lack."""

    content: bytes
    pages: int
    missing_characters: tuple[str, ...]
