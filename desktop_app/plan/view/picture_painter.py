"""Draws a picture in the window, with the colours of a palette."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from desktop_app.looks.drawing.picture import Label, Path, Picture
from desktop_app.looks.palette import Palette

FONT_GRAIN = 8
"""Words are set at so many times their size and drawn smaller: fonts take whole pixels, pictures take any size."""


def paint_picture(painter: QPainter, picture: Picture, palette: Palette) -> None:
    """Draw a picture in its own coordinates, at the origin; the caller translates and scales the painter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    try:
        for shape in picture.shapes:
            if isinstance(shape, Path):
                _paint_path(painter, shape, palette)
            else:
                _paint_label(painter, shape, palette)
    finally:
        painter.restore()


def painter_path(path: Path) -> QPainterPath:
    """The outline of a path, also for finding what lies under the mouse."""
    outline = QPainterPath()
    for letter, numbers in path.commands:
        points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        match letter:
            case "M":
                outline.moveTo(points[0])
            case "L":
                outline.lineTo(points[0])
            case "C":
                outline.cubicTo(*points)
            case "Z":
                outline.closeSubpath()
            case _:
                raise ValueError(f"a path has no command {letter!r}: use M, L, C or Z")
    return outline


def _paint_path(painter: QPainter, path: Path, palette: Palette) -> None:
    painter.setBrush(QBrush(palette[path.fill]) if path.fill else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(_pen(path, palette))
    painter.drawPath(painter_path(path))


def _pen(path: Path, palette: Palette) -> QPen:
    if path.line is None:
        return QPen(Qt.PenStyle.NoPen)
    pen = QPen(palette[path.line], path.line_width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if path.is_dashed else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if path.is_dashed:
        pen.setDashPattern([3, 2.5])  # in widths of the line
    return pen


def _paint_label(painter: QPainter, label: Label, palette: Palette) -> None:
    """Words in the font of the painter; one line, however small the picture is drawn."""
    font = QFont(painter.font())
    font.setPixelSize(max(1, round(label.size * FONT_GRAIN)))
    font.setBold(label.is_bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # else the widths change with the scale
    width = QFontMetricsF(font).horizontalAdvance(label.text) / FONT_GRAIN
    start = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    painter.save()
    painter.translate(label.x - start, label.y)
    painter.scale(1 / FONT_GRAIN, 1 / FONT_GRAIN)
    painter.setFont(font)
    painter.setPen(palette[label.role])
    painter.drawText(QPointF(0, 0), label.text)
    painter.restore()
