"""The letter as a PDF, by ReportLab: A4, shipped fonts, page x of y. It only places what the model says.

The same letter gives the same bytes: no clock, no random identifier.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from desktop_app.letter import pdf_style as look
from desktop_app.letter.model import Fact, Letter, Tone
from desktop_app.letter.outline import (
    Banner,
    BannerCell,
    Block,
    Closing,
    Facts,
    Grid,
    Heading,
    Items,
    Notice,
    Opening,
    Text,
    outline,
)
from desktop_app.letter.pdf_text import BOLD, REGULAR, Gate, register_fonts, shortened

PROGRAM = "Botwijzer"
KEEP_WITH_HEADING = {1: 70, 2: 48, 3: 32}
KEEP_WITH_TABLE = 96
"""So much must still fit from a heading on, else it opens the next page (points); before a table its head and a row."""


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A PDF, the characters in it that the fonts lack, and whether some text runs from right to left."""

    content: bytes
    pages: int
    missing_characters: tuple[str, ...]
    right_to_left: bool = False


def write_letter_pdf(letter: Letter) -> bytes:
    """The letter as a PDF."""
    return write_letter(letter).content


def write_letter(letter: Letter) -> WrittenLetter:
    """The letter as a PDF, with what the fonts lack."""
    register_fonts()
    gate, file = Gate(), io.BytesIO()
    numbered = _numbered_canvas(letter, gate)
    document = _Document(letter, gate, file)
    document.build(_story(letter, gate), canvasmaker=numbered)
    return WrittenLetter(file.getvalue(), document.page, tuple(sorted(gate.missing)), gate.right_to_left)


# --- pages ----------------------------------------------------------------------------------------------------------


class _Document(BaseDocTemplate):
    """Two kinds of page: the first, and those after it with patient and title at the top."""

    def __init__(self, letter: Letter, gate: Gate, file: io.BytesIO) -> None:
        super().__init__(
            file,
            pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
            title=gate.line(letter.document_title),  # no identity: titles end up in lists of files and print jobs
            author=PROGRAM,
            creator=PROGRAM,
            subject=gate.line(letter.footer.edition),
            lang=letter.language,
            invariant=1,
            displayDocTitle=True,
            initialFontName=REGULAR,
        )
        self.addPageTemplates(
            [
                PageTemplate("first", [_frame(look.TOP_FIRST)], autoNextPageTemplate="later"),
                PageTemplate("later", [_frame(look.TOP_LATER)], onPage=_page_head(letter, gate)),
            ]
        )


def _frame(top: float) -> Frame:
    height = look.PAGE_HEIGHT - top - look.BOTTOM
    return Frame(look.LEFT, look.BOTTOM, look.LINE_WIDTH, height, 0, 0, 0, 0)


def _page_head(letter: Letter, gate: Gate) -> Any:
    """Whose letter a loose page belongs to."""
    who, what = gate.line(letter.patient_line), gate.line(f"{letter.title} · {letter.envelope.date}")

    def draw(canvas: Canvas, _document: Any) -> None:
        y = look.PAGE_HEIGHT - 14 * look.mm
        canvas.setFillColor(look.INK)
        canvas.setFont(BOLD, look.SMALL + 0.6)
        canvas.drawString(look.LEFT, y, shortened(who, BOLD, look.SMALL + 0.6, look.LINE_WIDTH * 0.5))
        canvas.setFillColor(look.MUTED)
        canvas.setFont(REGULAR, look.SMALL)
        canvas.drawRightString(
            look.PAGE_WIDTH - look.RIGHT, y, shortened(what, REGULAR, look.SMALL, look.LINE_WIDTH * 0.48)
        )
        _rule(canvas, y - 5)

    return draw


def _rule(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColor(look.LINE)
    canvas.setLineWidth(0.6)
    canvas.line(look.LEFT, y, look.PAGE_WIDTH - look.RIGHT, y)


def _numbered_canvas(letter: Letter, gate: Gate) -> type[Canvas]:
    """A canvas that draws the foot of each page when the number of pages is known."""

    class NumberedCanvas(Canvas):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._pages: list[dict[str, Any]] = []
            self._start_next: Any = getattr(self, "_startPage")  # noqa: B009 - known to no type stub

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._start_next()

        def save(self) -> None:
            for page in self._pages:
                self.__dict__.update(page)
                _draw_foot(self, letter, gate, len(self._pages))
                super().showPage()
            super().save()

    return NumberedCanvas


def _draw_foot(canvas: Canvas, letter: Letter, gate: Gate, pages: int) -> None:
    """Edition and its status, what the program is not, which case, and page x of y."""
    footer, y, size = letter.footer, 12.5 * look.mm, look.SMALL - 0.4
    number = footer.page_pattern.format(page=canvas.getPageNumber(), pages=pages)
    first = gate.line(" · ".join((footer.edition, footer.status, footer.notice)))
    second = gate.line(" · ".join(part for part in (footer.patient, footer.case_number, footer.fingerprints) if part))
    _rule(canvas, y + 9)
    canvas.setFillColor(look.MUTED)
    canvas.setFont(REGULAR, size)
    canvas.drawString(look.LEFT, y, shortened(first, REGULAR, size, look.LINE_WIDTH * 0.84))
    canvas.drawString(look.LEFT, y - 9, shortened(second, REGULAR, size, look.LINE_WIDTH * 0.84))
    canvas.setFillColor(look.INK)
    canvas.setFont(BOLD, look.SMALL)
    canvas.drawRightString(look.PAGE_WIDTH - look.RIGHT, y, gate.line(number))


# --- story ----------------------------------------------------------------------------------------------------------


def _story(letter: Letter, gate: Gate) -> list[Flowable]:
    drawing = _Drawing(letter, gate)
    story: list[Flowable] = [NextPageTemplate("later")]
    blocks = outline(letter)
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Heading):
            room = KEEP_WITH_TABLE if isinstance(following, Grid) else KEEP_WITH_HEADING[block.level]
            story.append(CondPageBreak(room))
        story += drawing.block(block)
    return story


class _Drawing:
    """Turns blocks into what ReportLab can place."""

    def __init__(self, letter: Letter, gate: Gate) -> None:
        self.letter = letter
        self.gate = gate
        self.styles = look.styles()

    def block(self, block: Block) -> list[Flowable]:
        """One block."""
        match block:
            case Opening():
                return self._opening()
            case Heading(text, level):
                return self._heading(text, level)
            case Text(text, style):
                return self._text(text, style)
            case Facts(facts, columns):
                return self._facts(facts, columns)
            case Items(items):
                return self._items(items, "item")
            case Grid(header, rows, widths):
                return [self._grid(header, rows, widths), Spacer(0, 3)]
            case Banner(cells, below):
                return self._banner(cells, below)
            case Notice():
                return [KeepTogether(self._notice(block)), Spacer(0, 4)]
            case Closing(lines):
                return [Spacer(0, 8), KeepTogether(self._closing(lines))]

    def _paragraph(self, text: str, style: str) -> Paragraph:
        return Paragraph(self.gate.markup(text), self.styles[style])

    # --- opening

    def _opening(self) -> list[Flowable]:
        return [
            self._letterhead(),
            Spacer(0, 7),
            self._address(),
            Spacer(0, 9),
            self._paragraph(self.letter.title, "title"),
            Spacer(0, 1),
            self._paragraph(self.letter.subtitle, "subtitle"),
            Spacer(0, 6),
        ]

    def _letterhead(self) -> Flowable:
        head = self.letter.envelope.letterhead
        name: list[Flowable] = [_logo(head.logo), Spacer(0, 3)] if head.logo else []
        name += [self._paragraph(head.name, "clinic")] if head.name else []
        words = [self._paragraph(line, "letterhead") for line in head.lines]
        lines = [("LINEBELOW", (0, 0), (-1, -1), 0.8, look.ACCENT), ("BOTTOMPADDING", (0, 0), (-1, -1), 5)]
        return _table([[name or "", words or ""]], (0.5, 0.5), [*lines, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])

    def _address(self) -> Flowable:
        envelope, heading = self.letter.envelope, self.letter.heading
        to: list[Flowable] = [self._paragraph(heading("envelope.to"), "head")]
        to += [self._paragraph(line, "value") for line in envelope.recipient.lines]
        sender: list[Flowable] = [self._paragraph(heading("envelope.from"), "head")]
        sender += [self._paragraph(line, "value") for line in envelope.sender or ("",)]
        when: list[Flowable] = [self._paragraph(heading("envelope.date"), "head")]
        when.append(self._paragraph(envelope.date, "value"))
        if envelope.case_number:
            when += [Spacer(0, 3), self._paragraph(heading("envelope.reference"), "head")]
            when.append(self._paragraph(envelope.case_number, "value"))
        return _table([[to, sender, when]], (0.42, 0.36, 0.22), [("RIGHTPADDING", (0, 0), (-2, -1), 10)])

    # --- banner and notices

    def _banner(self, cells: Sequence[BannerCell], below: BannerCell | None) -> list[Flowable]:
        rows: list[list[Any]] = [[self._banner_cell(cell) for cell in cells]]
        style: list[Any] = [*_padding(7, 5), ("LINEBEFORE", (1, 0), (-1, 0), 4, look.HexColor("#ffffff"))]
        style += [
            ("BACKGROUND", (column, 0), (column, 0), look.TONES[cell.tone][1]) for column, cell in enumerate(cells)
        ]
        style += [
            ("LINEABOVE", (column, 0), (column, 0), 2, look.TONES[cell.tone][0]) for column, cell in enumerate(cells)
        ]
        if below is not None:
            rows.append([self._banner_cell(below), *[""] * (len(cells) - 1)])
            ink, ground = look.TONES[below.tone]
            style += [("SPAN", (0, 1), (-1, 1)), ("BACKGROUND", (0, 1), (-1, 1), ground)]
            style += [("LINEABOVE", (0, 1), (-1, 1), 0.6, ink)]
        return [_table(rows, (0.18, 0.45, 0.37), style), Spacer(0, 6)]

    def _banner_cell(self, cell: BannerCell) -> list[Flowable]:
        tone = cell.tone.value
        parts: list[Flowable] = [self._paragraph(cell.label, f"banner_label_{tone}")]
        parts.append(self._paragraph(cell.text, f"banner_text_{tone}"))
        if cell.detail:
            parts += [Spacer(0, 2), self._paragraph(cell.detail, "value")]
        return parts

    def _notice(self, notice: Notice) -> list[Flowable]:
        parts: list[Flowable] = [self._paragraph(notice.title, f"notice_title_{notice.tone.value}")]
        if notice.text:
            parts.append(self._paragraph(notice.text, "value"))
        parts += self._items(notice.items, "notice_item")
        if notice.foot:
            parts.append(self._paragraph(notice.foot, "value" if notice.items else "small"))
        ink, ground = look.TONES[notice.tone]
        style = [("BACKGROUND", (0, 0), (-1, -1), ground), ("LINEBEFORE", (0, 0), (0, -1), 3, ink), *_padding(9, 4)]
        return [_table([[parts]], (1,), style)]

    # --- text, facts, lists, tables

    def _heading(self, text: str, level: int) -> list[Flowable]:
        if level == 1:
            title = self._paragraph(text.upper(), "part")
            line = [("LINEBELOW", (0, 0), (-1, -1), 0.8, look.LINE), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]
            return [Spacer(0, 9), _table([[title]], (1,), line)]
        return [self._paragraph(text, "section" if level == 2 else "subsection")]

    def _text(self, text: str, style: str) -> list[Flowable]:
        """A paragraph for each line of it, so that a text of many pages is broken where its lines are."""
        lines = self.gate.text(text).split("\n")
        return [self._paragraph(line, style) if line.strip() else Spacer(0, 4) for line in lines if text]

    def _facts(self, facts: Sequence[Fact], columns: int) -> list[Flowable]:
        if not facts:
            return []
        if columns == 1:
            rows = [self._fact(fact) for fact in facts]
            return [_table(rows, (0.2, 0.8), _padding(0, 1.2), split=True)]
        half = (len(facts) + 1) // 2
        left, right = facts[:half], facts[half:]
        pairs = [
            [*self._fact(fact), *(self._fact(right[place]) if place < len(right) else ["", ""])]
            for place, fact in enumerate(left)
        ]
        return [
            _table(
                pairs, (0.2, 0.31, 0.19, 0.3), [*_padding(0, 1.2), ("RIGHTPADDING", (0, 0), (-1, -1), 6)], split=True
            )
        ]

    def _fact(self, fact: Fact) -> list[Flowable]:
        return [self._paragraph(fact.label, "label"), self._paragraph(fact.value, "value")]

    def _items(self, items: Iterable[tuple[str, str]], style: str) -> list[Flowable]:
        return [self._item(text, remark, style) for text, remark in items]

    def _item(self, text: str, remark: str, style: str) -> Paragraph:
        markup = self.gate.markup(text)
        if remark:
            colour, size = look.MUTED.hexval().replace("0x", "#"), look.SMALL
            markup += f' <font size="{size}" color="{colour}">{self.gate.markup(remark)}</font>'
        return Paragraph(markup, self.styles[style], bulletText="–")

    def _grid(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Table:
        cells = [[self._paragraph(name, "head") for name in header]]
        cells += [[self._paragraph(cell, "cell") for cell in row] for row in rows]
        style = [
            *_padding(3, 2.2),
            ("BACKGROUND", (0, 0), (-1, 0), look.PALE),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, look.LINE),
        ]
        return _table(cells, widths, style, split=True, header_rows=1)

    def _closing(self, lines: Sequence[str]) -> list[Flowable]:
        greeting, sign, *names = lines
        parts: list[Flowable] = [self._paragraph(greeting, "body"), Spacer(0, 22), self._paragraph(sign, "body")]
        return [*parts, *(self._paragraph(name, "value") for name in names), Spacer(0, 8)]


def _padding(sides: float, ends: float) -> list[Any]:
    return [
        ("LEFTPADDING", (0, 0), (-1, -1), sides),
        ("RIGHTPADDING", (0, 0), (-1, -1), sides),
        ("TOPPADDING", (0, 0), (-1, -1), ends),
        ("BOTTOMPADDING", (0, 0), (-1, -1), ends),
    ]


def _table(
    cells: Sequence[Sequence[Any]],
    shares: Sequence[float],
    style: Sequence[Any],
    split: bool = False,
    header_rows: int = 0,
) -> Table:
    """A table over the whole line; rows too high for a page are split within, not refused."""
    # A cell without a font of its own names one that is not embedded, even when it is empty.
    base = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("FONTNAME", (0, 0), (-1, -1), REGULAR), *_padding(0, 0)]
    return Table(
        [list(row) for row in cells],
        colWidths=[share * look.LINE_WIDTH for share in shares],
        style=[*base, *style],
        repeatRows=header_rows,
        splitInRow=1 if split else 0,
        hAlign="LEFT",
    )


def _logo(content: bytes) -> Image:
    width, height = ImageReader(io.BytesIO(content)).getSize()
    scale = min(look.LOGO_WIDTH / width, look.LOGO_HEIGHT / height)
    return Image(io.BytesIO(content), width * scale, height * scale, hAlign="LEFT")


__all__ = ["Tone", "WrittenLetter", "write_letter", "write_letter_pdf"]
