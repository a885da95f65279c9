"""Draws a picture on a page as lines, areas and words, with the colours of print."""

from collections.abc import Mapping

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from desktop_app.drawing.picture import Label, Path, Picture
from desktop_app.drawing.role import Role
from desktop_app.letter.pdf_text import BOLD, REGULAR, Gate, register_fonts

PRINT_COLOURS: Mapping[Role, str] = {
    Role.WINDOW: "#ffffff",
    Role.SURFACE: "#ffffff",
    Role.RAISED: "#f1f6f8",
    Role.LINE: "#a9b7c0",
    Role.EDGE: "#6f7e88",
    Role.INK: "#1c2833",
    Role.QUIET: "#566471",
    Role.ACCENT: "#0d5470",
    Role.ACCENT_SURFACE: "#e2eff4",
    Role.ON_ACCENT: "#ffffff",
    Role.STOP: "#a11d1d",
    Role.STOP_SURFACE: "#fdf0ee",
    Role.CAUTION: "#7d4a00",
    Role.CAUTION_SURFACE: "#fdf6e6",
    Role.DONE: "#1f6438",
    Role.DEPENDS: "#54448a",
}
"""Ink on paper by role. Words have at least 4.5:1 contrast on every ground here; lines are darker than on a screen,
because printers lose thin pale ones."""


def draw_picture(
    canvas: Canvas, picture: Picture, x: float, y: float, scale: float = 1.0, gate: Gate | None = None
) -> None:
    """Draw a picture with its lower left corner at (x, y) of the page, in points; `gate` remembers what fonts lack."""
    register_fonts()
    letters = gate or Gate()
    canvas.saveState()
    canvas.translate(x, y + picture.height * scale)
    canvas.scale(scale, scale)
    canvas.setLineJoin(1)
    for shape in picture.shapes:
        if isinstance(shape, Path):
            _draw_path(canvas, shape)
        else:
            _draw_label(canvas, shape, letters)
    canvas.restoreState()


def label_width(label: Label) -> float:
    """How wide a label is on paper, in the points of its picture."""
    register_fonts()
    return pdfmetrics.stringWidth(label.text, _font(label), label.size)


def _colour(role: Role) -> Color:
    return HexColor(PRINT_COLOURS[role])


def _draw_path(canvas: Canvas, path: Path) -> None:
    if path.fill is not None:
        canvas.setFillColor(_colour(path.fill))
    if path.line is not None:
        canvas.setStrokeColor(_colour(path.line))
        canvas.setLineWidth(path.line_width)
        canvas.setLineCap(0 if path.is_dashed else 1)
        canvas.setDash([3 * path.line_width, 2.5 * path.line_width] if path.is_dashed else [])
    canvas.drawPath(_outline(canvas, path), stroke=int(path.line is not None), fill=int(path.fill is not None))


def _outline(canvas: Canvas, path: Path) -> PDFPathObject:
    """The outline with y upward, as pages have it."""
    outline = canvas.beginPath()
    for letter, numbers in path.commands:
        upward = [-number if place % 2 else number for place, number in enumerate(numbers)]
        match letter:
            case "M":
                outline.moveTo(*upward)
            case "L":
                outline.lineTo(*upward)
            case "C":
                outline.curveTo(*upward)
            case "Z":
                outline.close()
            case _:
                raise ValueError(f"a path has no command {letter!r}: use M, L, C or Z")
    return outline


def _font(label: Label) -> str:
    return BOLD if label.is_bold else REGULAR


def _draw_label(canvas: Canvas, label: Label, gate: Gate) -> None:
    canvas.setFillColor(_colour(label.role))
    canvas.setFont(_font(label), label.size)
    draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
    draw[label.anchor](label.x, -label.y, gate.line(label.text))
