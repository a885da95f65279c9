"""What a PDF says of its own structure: elements in reading order, and the canvas that marks what belongs to which.

Screen readers read a PDF by this structure. Everything on a page belongs either to an element or to an *artifact*:
lines, backgrounds, running heads and repeated table heads, which are not read out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Table
from reportlab.platypus.tables import CellStyle

from desktop_app.looks.drawing.picture import Picture
from desktop_app.papers.pdf.picture_drawing import draw_picture
from desktop_app.papers.pdf.text import Gate

Tag = Literal[
    "Document", "Sect", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody",
    "Table", "TR", "TH", "TD", "Figure",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page that belongs to an element: the number of the page, from 0, and of the stretch on it."""

    page: int
    number: int


@dataclass(eq=False, slots=True)
class Element:
    """A heading, a paragraph, a table cell …; its marks come when it is drawn, so its place is fixed beforehand."""

    tag: Tag
    children: "list[Element | Mark]" = field(default_factory=list)
    alternative_text: str = ""
    actual_text: str = ""
    """What is read out where that is not what stands on the page, character by character."""
    box: tuple[float, float, float, float] | None = None
    """Of a figure: left, bottom, right and top on its page, in points."""

    def add(self, tag: Tag, alternative_text: str = "") -> "Element":
        """A new element at the end of this one."""
        child = Element(tag, alternative_text=alternative_text)
        self.children.append(child)
        return child


class MarkedCanvas(Canvas):
    """A canvas that knows to which element belongs what is drawn on it."""

    @cached_property
    def _marks(self) -> Counter[int]:
        """How many stretches each page has, by its number."""
        return Counter()

    def fill_with(self, colour: Color) -> None:
        """Set the colour of what is filled, words too, unless it is set already."""
        if getattr(self, "_fillColorObj") is not colour:  # noqa: B009 - known to no type stub
            self.setFillColor(colour)

    def begin_element(self, element: Element) -> None:
        """What is drawn from here to `end_marked` belongs to this element; one does not begin within another."""
        page = self.getPageNumber() - 1
        number = self._marks[page]
        self._marks[page] = number + 1
        element.children.append(Mark(page, number))
        self.addLiteral(f"/{element.tag} <</MCID {number}>> BDC")

    def begin_artifact(self, running: Literal["Header", "Footer", ""] = "") -> None:
        """What is drawn from here to `end_marked` is not read out."""
        self.addLiteral(f"/Artifact <</Type /Pagination /Subtype /{running}>> BDC" if running else "/Artifact BMC")

    def end_marked(self) -> None:
        """Here ends what belongs to an element or an artifact."""
        self.addLiteral("EMC")


class MarkedTable(Table):
    """A table whose lines and backgrounds are artifacts; its cells hold flowables only, and these mark themselves."""

    canv: MarkedCanvas

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """How large it is; a table within a cell is placed by it."""
        self.width, self.height = super().wrap(available_width, available_height)
        return self.width, self.height

    def _drawCell(
        self,
        cellval: Flowable | Sequence[Flowable],
        cellstyle: CellStyle,
        pos: tuple[float, float],
        size: tuple[float, float],
    ) -> None:
        """Draw what is in a cell, as ReportLab does, without naming a font and a colour that no flowable uses."""
        (left, bottom), (_, height) = pos, size
        parts: Sequence[Flowable] = (cellval,) if isinstance(cellval, Flowable) else cellval
        if not parts:
            return
        y = bottom + height - cellstyle.topPadding
        if cellstyle.valign == "BOTTOM":
            y = bottom + cellstyle.bottomPadding + _height_of(parts)
        y += parts[0].getSpaceBefore()
        for part in parts:
            y -= part.getSpaceBefore() + part.height
            part.drawOn(self.canv, left + cellstyle.leftPadding, y)
            y -= part.getSpaceAfter()

    def _drawBkgrnd(self) -> None:
        self.canv.begin_artifact()
        getattr(super(), "_drawBkgrnd")()  # noqa: B009 - known to no type stub
        self.canv.end_marked()

    def _drawLines(self) -> None:
        self.canv.begin_artifact()
        getattr(super(), "_drawLines")()  # noqa: B009 - known to no type stub
        self.canv.end_marked()


def _height_of(parts: Sequence[Flowable]) -> float:
    """Of parts that were wrapped: with the space between them, without that before the first and after the last."""
    between = sum(part.getSpaceBefore() + part.getSpaceAfter() for part in parts)
    return sum(part.height for part in parts) + between - parts[0].getSpaceBefore() - parts[-1].getSpaceAfter()


class MarkedImage(Image):
    """An image of dots, such as a logo."""

    canv: MarkedCanvas

    def belong_to(self, element: Element) -> "MarkedImage":
        """Make this image that of a figure."""
        self._element = element
        self.width, self.height = self.drawWidth, self.drawHeight
        return self

    def draw(self) -> None:
        self._element.box = _box(self.canv, self.drawWidth, self.drawHeight)
        self.canv.begin_element(self._element)
        super().draw()
        self.canv.end_marked()


class MarkedPicture(Flowable):
    """A picture of lines and words; read out by its alternative text."""

    canv: MarkedCanvas

    def __init__(self, picture: Picture, width: float, element: Element, gate: Gate) -> None:
        super().__init__()
        self._picture, self._element, self._gate = picture, element, gate
        self._scale = width / picture.width
        self.width, self.height = width, picture.height * self._scale

    def draw(self) -> None:
        self._element.box = _box(self.canv, self.width, self.height)
        self.canv.begin_element(self._element)
        draw_picture(self.canv, self._picture, 0, 0, self._scale, self._gate)
        self.canv.end_marked()


def _box(canvas: Canvas, width: float, height: float) -> tuple[float, float, float, float]:
    left, bottom = canvas.absolutePosition(0, 0)
    return round(left, 2), round(bottom, 2), round(left + width, 2), round(bottom + height, 2)
