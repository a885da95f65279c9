"""The text of the letter as XHTML, as FHIR allows it: block by block in reading order, nothing but text and tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import assert_never

from desktop_app.exchange.fhir.systems import XHTML, Data
from desktop_app.library.clean_text import cleaned
from desktop_app.papers.blocks import (
    Banner,
    BannerCell,
    Closing,
    Fact,
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
from desktop_app.papers.letter.blocks import outline
from desktop_app.papers.letter.letter import Letter


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the XHTML below it, up to the next heading; without a heading what stands before the first."""

    heading: str
    level: int
    html: str


def parts(letter: Letter) -> tuple[Part, ...]:
    """The letter by its headings of the first and second level; lower ones stand within the text."""
    found: list[Part] = []
    heading, level, html = "", 1, ""
    for block in in_reading_order(outline(letter)):
        if isinstance(block, Heading) and block.level <= 2:
            found.append(Part(heading, level, html))
            heading, level, html = block.text, block.level, ""
        else:
            html += _block(letter, block)
    return (*found, Part(heading, level, html))


def narrative(html: str) -> Data:
    """XHTML as the text of a resource."""
    return {"status": "additional", "div": f'<div xmlns="{XHTML}">{html}</div>'}


def paragraphs(texts: Iterable[str]) -> str:
    """Texts as paragraphs."""
    return "".join(f"<p>{_text(each)}</p>" for each in texts if each.strip())


def _block(letter: Letter, block: Piece) -> str:
    match block:
        case Opening():
            return _table(_opening(letter))
        case Heading(words, _):
            return f"<h4>{_text(words)}</h4>"
        case Text(words):
            return paragraphs([words])
        case Facts(facts):
            return _table(_rows(facts))
        case Items(items):
            return _list(items)
        case Grid(header, rows):
            return _table(rows, header)
        case Banner(cells, below):
            return _table(_cells((*cells, *below)))
        case Notice():
            return paragraphs([block.title, block.text]) + _list(block.items) + paragraphs([block.foot])
        case Figure(picture):
            return paragraphs([picture.alternative_text])
        case Closing():
            return ""  # lines to be signed by hand
        case _:
            assert_never(block)


def _opening(letter: Letter) -> Iterator[tuple[str, str]]:
    envelope = letter.envelope
    yield letter.heading("envelope.to"), "; ".join(envelope.recipient.lines)
    yield letter.heading("envelope.from"), "; ".join(envelope.sender)
    yield letter.heading("envelope.date"), envelope.date
    yield letter.heading("envelope.reference"), envelope.case_number


def _rows(facts: Sequence[Fact]) -> Iterator[tuple[str, str]]:
    yield from ((fact.label, fact.value) for fact in facts)


def _cells(cells: Sequence[BannerCell]) -> Iterator[tuple[str, str]]:
    yield from ((cell.label, f"{cell.text} {cell.detail}") for cell in cells)


def _table(rows: Iterable[Sequence[str]], header: Sequence[str] = ()) -> str:
    """A table; rows of two of which the second is empty say nothing and are left out."""
    top = f"<thead><tr>{''.join(f'<th>{_text(each)}</th>' for each in header)}</tr></thead>" if header else ""
    told = [row for row in rows if any(cell.strip() for cell in row[1:])]
    body = "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in told)
    return f"<table>{top}<tbody>{body}</tbody></table>" if body else ""


def _list(items: Sequence[tuple[str, str]]) -> str:
    points = "".join(f"<li>{_text(' '.join(part for part in item if part))}</li>" for item in items)
    return f"<ul>{points}</ul>" if points else ""


def _text(words: str) -> str:
    return "<br/>".join(escape(line, quote=False) for line in cleaned(words).strip().split("\n"))
