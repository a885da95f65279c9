"""What a screen reader gets: the text of a PDF by its structure (poppler), beside what its blocks say in order.

The validator does not notice a lost space or a wrong order; this does.
"""

import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.library.clean_text import cleaned
from desktop_app.papers.blocks import (
    Banner,
    BannerCell,
    Closing,
    Facts,
    Figure,
    Grid,
    Heading,
    Items,
    Notice,
    Opening,
    Piece,
    Text,
    in_reading_order,
)
from desktop_app.papers.document import DocumentOpening, PrintedDocument

Spoken = tuple[str, str]
"""A tag and its words; headings all have the tag H, so that their level can be judged apart."""
TAG = re.compile(r"^( *)([A-Z][A-Za-z0-9]*)(?: \(block\)| \(inline\))?:?(?: \".*\")?$")


def spoken_in(file: Path) -> list[Spoken]:
    """The words of each element of a PDF, in the order of the structure; elements without words are left out."""
    done = subprocess.run(["pdfinfo", "-struct-text", str(file)], capture_output=True, check=True)
    tag, words, found = "", "", []
    for line in done.stdout.decode().split("\n"):
        stripped = line.strip()
        if stripped.startswith('"'):
            words += stripped[1:-1]
        elif not stripped.startswith("/") and (match := TAG.match(line)):
            found.append((tag, words))
            tag, words = match[2], ""
    found.append((tag, words))
    return [(_kind(tag), _one_line(words)) for tag, words in found if words.strip()]


def _kind(tag: str) -> str:
    return "H" if re.fullmatch(r"H\d", tag) else tag


def _one_line(text: str) -> str:
    return " ".join(cleaned(text).split())


def spoken_of(document: PrintedDocument) -> list[Spoken]:
    """What the blocks of a document say, in order."""
    found = (spoken for block in in_reading_order(document.blocks) for spoken in _of_block(block, document))
    return [(tag, _one_line(words)) for tag, words in found if words.strip()]


def _of_block(block: Piece, document: PrintedDocument) -> Iterator[Spoken]:
    match block:
        case Opening():
            assert document.opening is not None
            yield from _of_opening(document.opening)
        case Heading(text, level):
            yield "H", text.upper() if level == 1 else text
        case Text(text):
            yield from (("P", line) for line in cleaned(text).split("\n"))
        case Facts(facts):
            for fact in facts:
                yield from (("Lbl", fact.label), ("LBody", fact.value))
        case Items(items):
            yield from _of_items(items)
        case Grid(header, rows):
            yield from (("TH", cell) for cell in header)
            yield from (("TD", cell) for row in rows for cell in row)
        case Banner(cells, below):
            for cell in (*cells, *below):
                yield from _of_cell(cell)
        case Notice():
            yield from (("P", block.title), ("P", block.text))
            yield from _of_items(block.items)
            yield "P", block.foot
        case Figure(picture):
            yield "Figure", "".join(shape.text for shape in picture.shapes if hasattr(shape, "text"))
        case Closing(lines):
            yield from (("P", line) for line in lines)


def _of_opening(opening: DocumentOpening) -> Iterator[Spoken]:
    if opening.letterhead is not None:
        yield from (("P", line) for line in (opening.letterhead.name, *opening.letterhead.lines))
    for entry in (entry for column in opening.columns for entry in column.entries):
        yield "Lbl", entry.label
        yield from (("P", line) for line in entry.lines)
    yield from (("H", opening.title), ("P", opening.subtitle))


def _of_cell(cell: BannerCell) -> Iterator[Spoken]:
    yield from (("Lbl", cell.label), ("P", cell.text), ("P", cell.detail))


def _of_items(items: Sequence[tuple[str, str]]) -> Iterator[Spoken]:
    for text, remark in items:
        yield from (("Lbl", "–"), ("LBody", f"{text} {remark}"))
