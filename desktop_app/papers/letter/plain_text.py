"""The letter as plain text, for a field of the electronic health record: short lines, plain characters, same order."""

import textwrap
from collections.abc import Iterator, Sequence

from desktop_app.library.clean_text import cleaned, plain
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
    Tone,
    in_reading_order,
)
from desktop_app.papers.letter.blocks import outline
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.order import NO_BREAK

WIDTH = 72
MARKS = {Tone.STOP: "!! ", Tone.CAUTION: "! ", Tone.CALM: ""}


def letter_text(letter: Letter) -> str:
    """Write out the letter as lines of at most 72 characters."""
    lines: list[str] = []
    for block in in_reading_order(outline(letter)):
        lines += [line.rstrip() for line in _block(letter, block)]
    lines += ["", *_foot(letter)]
    return "\n".join(_without_double_blanks(lines)).strip("\n") + "\n"


def _block(letter: Letter, block: Piece) -> Iterator[str]:
    match block:
        case Opening():
            yield from _opening(letter)
        case Heading(text, level):
            yield from ("", *_heading(text, level))
        case Text(text):
            yield from _paragraphs(text)
        case Facts(facts):
            yield from _facts(facts)
        case Items(items):
            yield from _items(items)
        case Grid(header, rows):
            yield from _grid(header, rows)
        case Banner(cells, below):
            yield from _banner((*cells, *below))
        case Notice():
            yield from _notice(block)
        case Figure(picture):
            yield from _paragraphs(picture.alternative_text)
        case Closing(lines):
            yield ""
            for line in lines:
                yield from _wrapped(line)


def _opening(letter: Letter) -> Iterator[str]:
    envelope, heading = letter.envelope, letter.heading
    if envelope.letterhead.name:
        yield from _wrapped(envelope.letterhead.name)
    for line in envelope.letterhead.lines:
        yield from _wrapped(line)
    yield ""
    yield from _labelled(heading("envelope.to"), "; ".join(envelope.recipient.lines))
    yield from _labelled(heading("envelope.from"), "; ".join(envelope.sender))
    yield from _labelled(heading("envelope.date"), envelope.date)
    if envelope.case_number:
        yield from _labelled(heading("envelope.reference"), envelope.case_number)
    yield ""
    yield from _wrapped(f"{letter.title.upper()}: {letter.subtitle}")
    yield ""


def _heading(text: str, level: int) -> list[str]:
    if level == 1:
        return [*_wrapped(text.upper()), "=" * min(len(text), WIDTH)]
    return [*_wrapped(text), "-" * min(len(text), WIDTH)] if level == 2 else _wrapped(f"{text}:")


def _paragraphs(text: str, indent: str = "") -> Iterator[str]:
    for line in cleaned(text).split("\n"):
        yield from _wrapped(line, indent) if line.strip() else ("",)


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        yield from _labelled(fact.label, fact.value)


def _items(items: Sequence[tuple[str, str]]) -> Iterator[str]:
    for text, remark in items:
        yield from _wrapped(f"{text} [{remark.rstrip('.')}]" if remark else text, "- ", "  ")


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Each row as one item: a table with columns would not survive a field with letters of different widths."""
    for row in rows:
        if len(row) == 2:
            yield from _wrapped(": ".join(row), "- ", "  ")
            continue
        rest = "; ".join(f"{name.lower()}: {value}" for name, value in zip(header[1:], row[1:], strict=True) if value)
        yield from _wrapped(f"{row[0]} ({rest})" if rest else row[0], "- ", "  ")


def _banner(cells: Sequence[BannerCell]) -> Iterator[str]:
    for cell in cells:
        detail = f" {cell.detail}" if cell.detail else ""
        joint = "." if detail and not cell.text.endswith(".") else ""
        yield from _labelled(f"{MARKS[cell.tone]}{cell.label.upper()}", f"{cell.text}{joint}{detail}")
    yield ""


def _notice(notice: Notice) -> Iterator[str]:
    yield from _wrapped(f"{MARKS[notice.tone]}{notice.title}")
    if notice.text:
        yield from _paragraphs(notice.text, "  ")
    yield from _items(notice.items)
    if notice.foot:
        yield from _wrapped(notice.foot, "  ")
    yield ""


def _foot(letter: Letter) -> Iterator[str]:
    footer = letter.footer
    parts = (footer.edition, footer.status, footer.notice, footer.case_number, footer.fingerprints)
    yield from _wrapped(" - ".join(part for part in parts if part))


# --- lines ----------------------------------------------------------------------------------------------------------


def _labelled(label: str, value: str) -> list[str]:
    lines = [line for line in cleaned(value).split("\n") if line.strip()]
    first = f"{label}: {lines[0]}" if label and lines else "".join(lines[:1]) or label
    found = _wrapped(first, "", "  ")
    for line in lines[1:]:
        found += _wrapped(line, "  ", "  ")
    return found


def _wrapped(text: str, first: str = "", later: str | None = None) -> list[str]:
    """Lines of one paragraph, in plain characters; a word that is longer than a line is broken, so that no field cuts
    it off, and no line ends between the parts of `p. 12`."""
    rest = first if later is None else later
    words = NO_BREAK.join(map(plain, text.split(NO_BREAK)))
    lines = textwrap.wrap(words, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
    return [line.replace(NO_BREAK, " ") for line in lines]


def _without_double_blanks(lines: Sequence[str]) -> list[str]:
    return [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
