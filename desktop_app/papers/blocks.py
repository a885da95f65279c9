"""The blocks of which documents consist, in reading order. PDF, plain text and exports are drawn from the same row of
blocks, so they never differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.looks.drawing.picture import Picture


class Tone(StrEnum):
    """How much a part of a document must stand out."""

    STOP = "stop"
    CAUTION = "caution"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer with its label; `key` is the path of the field."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Letterhead, recipient, sender and title."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a part of the letter, 2 a section, 3 a text within one."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; the text may have lines of its own."""

    text: str
    style: str = "body"  # body, lead, small


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with values, in one or two columns."""

    facts: tuple[Fact, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item with what belongs to it in small type."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a header; `widths` are shares of the line."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class BannerCell:
    """One of the things that must be seen first."""

    label: str
    text: str
    detail: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Banner:
    """What must be seen first, side by side; `below` stands under it, each over the full width."""

    cells: tuple[BannerCell, ...]
    below: tuple[BannerCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A text in a frame."""

    tone: Tone
    title: str
    text: str
    foot: str
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture; `width` is the share of the line that it takes."""

    picture: Picture
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Closing:
    """Greeting, signature and name."""

    lines: tuple[str, ...]


Piece = Opening | Heading | Text | Facts | Items | Grid | Banner | Notice | Figure | Closing


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks one under the other, with a figure at their right; the figure is read last. `share` of the line is the
    column of the figure."""

    blocks: tuple[Piece, ...]
    figure: Figure
    share: float


@dataclass(frozen=True, slots=True)
class Kept:
    """Blocks that stay together on one page."""

    blocks: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page of paper; nothing is read here."""


Block = Piece | Beside | Kept | NewPage


def in_reading_order(blocks: Iterable[Block]) -> Iterator[Piece]:
    """The blocks as they are read, whatever stands beside what on paper."""
    for block in blocks:
        if isinstance(block, Beside):
            yield from (*block.blocks, block.figure)
        elif isinstance(block, Kept):
            yield from block.blocks
        elif not isinstance(block, NewPage):
            yield block
