"""Turns the blocks of a document into what ReportLab can place, each with its element of the structure.

Elements are made in reading order, before anything is drawn; where a block stands on paper does not change that order.
"""

import io
from collections.abc import Iterable, Sequence
from itertools import takewhile

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer

from desktop_app.library.right_to_left import as_typed, runs_right_to_left
from desktop_app.papers.blocks import (
    Banner,
    BannerCell,
    Beside,
    Block,
    Closing,
    Fact,
    Facts,
    Figure,
    Grid,
    Heading,
    Items,
    Kept,
    NewPage,
    Notice,
    Opening,
    Text,
)
from desktop_app.papers.document import DocumentOpening, Letterhead, OpeningEntry, PrintedDocument
from desktop_app.papers.pdf import style as look
from desktop_app.papers.pdf.structure import Element, MarkedImage, MarkedPicture, MarkedTable, Tag
from desktop_app.papers.pdf.text import REGULAR, Gate, in_fonts
from desktop_app.papers.pdf.text_block import Run, TextBlock

KEEP_WITH_HEADING = {1: 70, 2: 48, 3: 32}
KEEP_WITH_TABLE = 96
KEEP_WITH_NOTICE = 130
"""So much must still fit from a heading on, else it opens the next page (points); before a table its head and a row,
before a notice all of it."""
HEADING = 20
"""What a heading between another one and its content takes."""
HEADINGS: tuple[Tag, ...] = ("H1", "H2", "H3", "H4", "H5", "H6")
DASH = "–"
GAP = 10.0
"""Points between blocks and the figure beside them."""

Cell = Flowable | list[Flowable]


def story_of(document: PrintedDocument, gate: Gate) -> tuple[list[Flowable], Element]:
    """All that is placed, in order, and the structure that it will fill when it is drawn."""
    root = Element("Document")
    blocks = _Blocks(document, gate, root)
    line_width = look.line_width(document.page_format)
    story: list[Flowable] = [NextPageTemplate("later")]
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            story.append(CondPageBreak(_room_after(block, document.blocks[place + 1 :], line_width)))
        story += blocks.placed(block)
    return story, root


def _room_after(heading: Heading, following: Sequence[Block], line_width: float) -> float:
    """How much must fit below a heading, or it goes to the next page with what it announces."""
    below = list(takewhile(lambda block: isinstance(block, Heading), following))
    room = KEEP_WITH_HEADING[heading.level] + len(below) * HEADING
    match following[len(below)] if len(below) < len(following) else None:
        case Grid():
            return max(room, KEEP_WITH_TABLE + len(below) * HEADING)
        case Notice():  # is never split
            return max(room, KEEP_WITH_NOTICE + len(below) * HEADING)
        case Figure() | Beside() as figures:  # nor are these
            return room + _height(figures, line_width)
    return room


def _height(block: Figure | Beside, line_width: float) -> float:
    """How high the figures of a block are, in points."""
    if isinstance(block, Figure):
        return block.width * line_width * block.picture.height / block.picture.width
    left = (each for each in block.blocks if isinstance(each, Figure))
    return max(
        _height(block.figure, line_width),
        sum(_height(each, (1 - block.share) * line_width - GAP) for each in left),
    )


TableCommand = tuple[str, tuple[int, int], tuple[int, int], *tuple[object, ...]]
"""What ReportLab is told of the cells of a table: a command, the first and the last cell, and details."""


class _Blocks:
    """Turns one block after the other into flowables and elements."""

    def __init__(self, document: PrintedDocument, gate: Gate, root: Element) -> None:
        self._opening_content = document.opening
        self._gate = gate
        self._root = root
        self._styles = look.styles(document.text_scale)
        self._line_width = look.line_width(document.page_format)
        self._heading_level = 0

    def placed(self, block: Block) -> list[Flowable]:
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
                return self._items(items, "item", self._root)
            case Grid(header, rows, widths):
                return [self._grid(header, rows, widths), Spacer(0, 3)]
            case Banner(cells, below):
                return self._banner(cells, below)
            case Notice():
                return [KeepTogether(self._notice(block)), Spacer(0, 4)]
            case Figure():
                return [self._figure(block, self._line_width), Spacer(0, 4)]
            case Beside():
                return [Spacer(0, 3), self._beside(block)]
            case Kept(parts):
                return [KeepTogether([flowable for part in parts for flowable in self.placed(part)])]
            case NewPage():
                return [PageBreak()]
            case Closing(lines):
                return [Spacer(0, 8), KeepTogether(self._closing(lines))]

    # --- words

    def _words(self, text: str, style: str, element: Element) -> TextBlock:
        """A text as an element of its own."""
        look_of = self._styles[style]
        runs = self._runs(text, look_of.font, look_of.size, look_of.colour)
        element.actual_text = _actual_text(runs)
        return TextBlock(runs, look_of, element)

    def _paragraph(self, text: str, style: str, parent: Element | None = None) -> TextBlock:
        return self._words(text, style, (parent or self._root).add("P"))

    def _runs(self, text: str, font: str, size: float, colour: Color) -> list[Run]:
        clean = self._gate.text(text)
        return [Run(part, used, size, colour) for used, part in in_fonts(clean, font)]

    # --- opening

    def _opening(self) -> list[Flowable]:
        opening = self._opening_content
        if opening is None:
            raise ValueError("the document has a block Opening, but says nothing of its opening")
        story: list[Flowable] = []
        if opening.letterhead is not None:
            story += [self._letterhead(opening.letterhead, opening.logo_text), Spacer(0, 7)]
        if opening.columns:
            story += [self._columns(opening), Spacer(0, 9)]
        self._heading_level = 1
        story += [self._words(opening.title, "title", self._root.add("H1")), Spacer(0, 1)]
        if opening.subtitle:
            story.append(self._paragraph(opening.subtitle, "subtitle"))
        return [*story, Spacer(0, 6)]

    def _letterhead(self, head: Letterhead, logo_text: str) -> Flowable:
        name: list[Flowable] = []
        if head.logo:
            name += [_logo(head.logo, self._root.add("Figure", self._gate.line(logo_text))), Spacer(0, 3)]
        name += [self._paragraph(head.name, "clinic")] if head.name else []
        words: list[Flowable] = [self._paragraph(line, "letterhead") for line in head.lines]
        style: list[TableCommand] = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.8, look.ACCENT),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ]
        return self._table([[name, words]], (0.5, 0.5), [*style, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])

    def _columns(self, opening: DocumentOpening) -> Flowable:
        entries = self._root.add("L")
        cells = [self._entries(column.entries, entries) for column in opening.columns]
        shares = [column.share for column in opening.columns]
        return self._table([cells], shares, [("RIGHTPADDING", (0, 0), (-2, -1), 10)])

    def _entries(self, entries: Sequence[OpeningEntry], parent: Element) -> list[Flowable]:
        story: list[Flowable] = []
        for entry in entries:
            item = parent.add("LI")
            story += [Spacer(0, 3)] if story else []
            story.append(self._words(entry.label, "head", item.add("Lbl")))
            body = item.add("LBody")
            story += [self._paragraph(line, "value", body) for line in entry.lines]
        return story

    # --- banner and notices

    def _banner(self, cells: Sequence[BannerCell], below: Sequence[BannerCell]) -> list[Flowable]:
        parent = self._root.add("L")
        rows: list[list[Cell]] = [[self._banner_cell(cell, parent) for cell in cells]]
        style: list[TableCommand] = [*_padding(7, 5), ("LINEBEFORE", (1, 0), (-1, 0), 4, look.PAPER)]
        for column, cell in enumerate(cells):
            ink, ground = look.TONES[cell.tone]
            style.append(("BACKGROUND", (column, 0), (column, 0), ground))
            style.append(("LINEABOVE", (column, 0), (column, 0), 2, ink))
        for row, cell in enumerate(below, 1):
            rows.append([self._banner_cell(cell, parent), *([] for _ in cells[1:])])
            ink, ground = look.TONES[cell.tone]
            style += [("SPAN", (0, row), (-1, row)), ("BACKGROUND", (0, row), (-1, row), ground)]
            style += [("LINEABOVE", (0, row), (-1, row), 0.6, ink)]
        return [self._table(rows, (0.18, 0.45, 0.37), style), Spacer(0, 6)]

    def _banner_cell(self, cell: BannerCell, parent: Element) -> list[Flowable]:
        item, tone = parent.add("LI"), cell.tone.value
        parts: list[Flowable] = [self._words(cell.label, f"banner_label_{tone}", item.add("Lbl"))]
        body = item.add("LBody")
        parts.append(self._paragraph(cell.text, f"banner_text_{tone}", body))
        if cell.detail:
            parts += [Spacer(0, 2), self._paragraph(cell.detail, "value", body)]
        return parts

    def _notice(self, notice: Notice) -> list[Flowable]:
        parent = self._root.add("Sect")
        parts: list[Flowable] = [self._paragraph(notice.title, f"notice_title_{notice.tone.value}", parent)]
        if notice.text:
            parts.append(self._paragraph(notice.text, "value", parent))
        parts += self._items(notice.items, "notice_item", parent)
        if notice.foot:
            parts.append(self._paragraph(notice.foot, "value" if notice.items else "small", parent))
        ink, ground = look.TONES[notice.tone]
        style: list[TableCommand] = [
            ("BACKGROUND", (0, 0), (-1, -1), ground),
            ("LINEBEFORE", (0, 0), (0, -1), 3, ink),
            *_padding(9, 4),
        ]
        return [self._table([[parts]], (1,), style)]

    # --- text, facts, lists, tables

    def _heading(self, text: str, level: int) -> list[Flowable]:
        element = self._heading_element(level)
        if level == 1:
            title = self._words(text.upper(), "part", element)
            line: list[TableCommand] = [
                ("LINEBELOW", (0, 0), (-1, -1), 0.8, look.LINE),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
            return [Spacer(0, 9), self._table([[title]], (1,), line)]
        return [self._words(text, "section" if level == 2 else "subsection", element)]

    def _heading_element(self, level: int) -> Element:
        """Below the title, and never more than one level deeper than the heading before it."""
        below_title = level + (1 if self._opening_content is not None else 0)
        self._heading_level = min(below_title, self._heading_level + 1, len(HEADINGS))
        return self._root.add(HEADINGS[self._heading_level - 1])

    def _text(self, text: str, style: str) -> list[Flowable]:
        """A paragraph for each line of it."""
        lines = self._gate.text(text).split("\n")
        return [self._paragraph(line, style) if line.strip() else Spacer(0, 4) for line in lines if text]

    def _facts(self, facts: Sequence[Fact], columns: int) -> list[Flowable]:
        """Read out as a list of labels with their values, down the left column and then down the right one."""
        if not facts:
            return []
        parent = self._root.add("L")
        rows = [self._fact(fact, parent) for fact in facts]
        if columns == 1:
            return [self._table(rows, (0.2, 0.8), _padding(0, 1.2), split=True)]
        half = (len(rows) + 1) // 2
        right: list[list[Cell]] = [*rows[half:], [[], []]]
        pairs = [[*row, *right[place]] for place, row in enumerate(rows[:half])]
        style = [*_padding(0, 1.2), ("RIGHTPADDING", (0, 0), (-1, -1), 6)]
        return [self._table(pairs, (0.2, 0.31, 0.19, 0.3), style, split=True)]

    def _fact(self, fact: Fact, parent: Element) -> list[Cell]:
        item = parent.add("LI")
        return [
            self._words(fact.label, "label", item.add("Lbl")),
            self._words(fact.value, "value", item.add("LBody")),
        ]

    def _items(self, items: Iterable[tuple[str, str]], style: str, parent: Element) -> list[Flowable]:
        items = tuple(items)
        if not items:
            return []
        element = parent.add("L")
        return [self._item(text, remark, style, element.add("LI")) for text, remark in items]

    def _item(self, text: str, remark: str, style: str, item: Element) -> TextBlock:
        look_of = self._styles[style]
        label = Run(DASH, look_of.font, look_of.size, look_of.colour), item.add("Lbl")
        runs = self._runs(text, look_of.font, look_of.size, look_of.colour)
        if remark:
            runs += self._runs(f" {remark}", REGULAR, self._styles["small"].size, look.MUTED)
        body = item.add("LBody")
        body.actual_text = _actual_text(runs)
        return TextBlock(runs, look_of, body, label)

    def _grid(self, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Flowable:
        table = self._root.add("Table")
        head = table.add("TR")
        cells: list[list[Cell]] = [[self._words(name, "head", head.add("TH")) for name in header]]
        for row in rows:
            element = table.add("TR")
            cells.append([self._words(cell, "cell", element.add("TD")) for cell in row])
        style = [
            *_padding(3, 2.2),
            ("BACKGROUND", (0, 0), (-1, 0), look.PALE),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, look.LINE),
        ]
        return self._table(cells, widths, style, split=True, header_rows=1)

    def _closing(self, lines: Sequence[str]) -> list[Flowable]:
        greeting, sign, *names = lines
        parts: list[Flowable] = [self._paragraph(greeting, "body"), Spacer(0, 16), self._paragraph(sign, "body")]
        return [*parts, *(self._paragraph(name, "value") for name in names), Spacer(0, 4)]

    # --- figures

    def _figure(self, figure: Figure, line_width: float) -> MarkedPicture:
        element = self._root.add("Figure", figure.picture.alternative_text)
        return MarkedPicture(figure.picture, figure.width * line_width, element, self._gate)

    def _beside(self, beside: Beside) -> MarkedTable:
        """Blocks on what the figure leaves of the line, and the figure in the middle of its own column."""
        whole = self._line_width
        self._line_width = (1 - beside.share) * whole - GAP
        left = [flowable for block in beside.blocks for flowable in self.placed(block)]
        self._line_width = whole
        right = self._figure(beside.figure, whole)
        aside = (beside.share * whole - right.width) / 2
        style = [("RIGHTPADDING", (0, 0), (0, 0), GAP), ("LEFTPADDING", (1, 0), (1, 0), aside)]
        return self._table([[left, right]], (1 - beside.share, beside.share), style)

    # --- placing

    def _table(
        self,
        cells: Sequence[Sequence[Cell]],
        shares: Sequence[float],
        style: Sequence[TableCommand],
        split: bool = False,
        header_rows: int = 0,
    ) -> MarkedTable:
        """A table over the whole line; rows too high for a page are split within, not refused."""
        return MarkedTable(
            [list(row) for row in cells],
            colWidths=[share * self._line_width for share in shares],
            style=[*_BASE_STYLE, *style],
            repeatRows=header_rows,
            splitInRow=1 if split else 0,
            hAlign="LEFT",
        )


def _actual_text(runs: Sequence[Run]) -> str:
    """What a reader of the structure is told where letters are joined and turned on paper."""
    text = "".join(run.text for run in runs)
    return as_typed(text) if runs_right_to_left(text) else ""


def _padding(sides: float, ends: float) -> list[TableCommand]:
    return [
        ("LEFTPADDING", (0, 0), (-1, -1), sides),
        ("RIGHTPADDING", (0, 0), (-1, -1), sides),
        ("TOPPADDING", (0, 0), (-1, -1), ends),
        ("BOTTOMPADDING", (0, 0), (-1, -1), ends),
    ]


_BASE_STYLE: tuple[TableCommand, ...] = (("VALIGN", (0, 0), (-1, -1), "TOP"), *_padding(0, 0))


def _logo(content: bytes, element: Element) -> MarkedImage:
    width, height = ImageReader(io.BytesIO(content)).getSize()
    scale = min(look.LOGO_WIDTH / width, look.LOGO_HEIGHT / height)
    image = MarkedImage(io.BytesIO(content), width * scale, height * scale, hAlign="LEFT")
    return image.belong_to(element)
