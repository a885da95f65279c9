"""The small signs before rows, drawn by path so that no font needs to hold them."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from desktop_app.looks.drawing.role import Role
from desktop_app.plan.view.sign import Sign

SIGN_ROLES = {
    Sign.TO_DO: Role.ACCENT,
    Sign.DONE: Role.DONE,
    Sign.WAITING: Role.QUIET,
    Sign.DEPENDS: Role.DEPENDS,
    Sign.AVOID: Role.STOP,
    Sign.INFORM: Role.QUIET,
    Sign.STOP: Role.STOP,
    Sign.CAUTION: Role.CAUTION,
    Sign.URGENT: Role.STOP,
    Sign.REFERRAL: Role.ACCENT,
    Sign.GO_TO: Role.ACCENT,
}


def draw_sign(painter: QPainter, sign: Sign, box: QRectF, colour: QColor, ground: QColor) -> None:
    """Draw a sign into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 16, box.height() / 16)  # the signs below are drawn on a 16 by 16 grid
    painter.setPen(_pen(colour))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _DRAWN[sign](painter, colour, ground)
    painter.restore()


def picture(size: float, scale: float, draw: Callable[[QPainter, QRectF], None]) -> QPixmap:
    """A square picture of something drawn, for a screen with this many dots a pixel: drawn once, copied often."""
    dots = max(round(size * scale), 1)
    pixmap = QPixmap(dots, dots)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def draw_chevron(painter: QPainter, box: QRectF, colour: QColor, is_open: bool) -> None:
    """Draw the sign that a row opens (or is open)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(colour, 1.6))
    middle, step = box.center(), box.width() / 4
    if is_open:
        points = [(-step, step / 2), (0.0, -step / 2), (step, step / 2)]
    else:
        points = [(-step, -step / 2), (0.0, step / 2), (step, -step / 2)]
    painter.drawPolyline(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in points]))
    painter.restore()


def _pen(colour: QColor, width: float = 1.7) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _to_do(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))


def _done(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    painter.setPen(_pen(ground))
    painter.drawPolyline(QPolygonF([QPointF(5, 8.2), QPointF(7.2, 10.4), QPointF(11, 5.8)]))


def _waiting(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    painter.drawPolyline(QPolygonF([QPointF(8, 5.2), QPointF(8, 8.2), QPointF(10.2, 9.6)]))


def _depends(painter: QPainter, colour: QColor, ground: QColor) -> None:
    pen = _pen(colour)
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawEllipse(QRectF(2, 2, 12, 12))
    painter.setPen(_pen(colour, 1.5))
    hook = QPainterPath(QPointF(6.2, 6.6))
    hook.cubicTo(QPointF(6.4, 4.4), QPointF(9.8, 4.6), QPointF(9.7, 6.6))
    hook.cubicTo(QPointF(9.6, 7.8), QPointF(8, 7.9), QPointF(8, 9.2))
    painter.drawPath(hook)
    painter.drawPoint(QPointF(8, 11.4))


def _avoid(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    painter.drawLine(QPointF(4.4, 11.6), QPointF(11.6, 4.4))


def _inform(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.drawEllipse(QRectF(2.5, 2.5, 11, 11))
    painter.drawLine(QPointF(8, 7.6), QPointF(8, 11))
    painter.drawPoint(QPointF(8, 5.2))


def _stop(painter: QPainter, colour: QColor, ground: QColor) -> None:
    corners = [(5.2, 1.5), (10.8, 1.5), (14.5, 5.2), (14.5, 10.8), (10.8, 14.5), (5.2, 14.5), (1.5, 10.8), (1.5, 5.2)]
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.setPen(_pen(ground, 2))
    painter.drawLine(QPointF(8, 4.4), QPointF(8, 8.6))
    painter.drawPoint(QPointF(8, 11.4))


def _caution(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.6, 13.8), QPointF(1.4, 13.8)]))
    painter.drawLine(QPointF(8, 6.4), QPointF(8, 9.4))
    painter.drawPoint(QPointF(8, 11.6))


def _referral(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ground))
    painter.drawLine(QPointF(4.8, 8), QPointF(11, 8))
    painter.drawPolyline(QPolygonF([QPointF(8.6, 5.4), QPointF(11.2, 8), QPointF(8.6, 10.6)]))


def _urgent(painter: QPainter, colour: QColor, ground: QColor) -> None:
    """Two arrow heads, as of what goes fast: told from the one arrow also by who sees no colours."""
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(ground))
    for left in (4.9, 8.5):
        painter.drawPolyline(QPolygonF([QPointF(left, 5), QPointF(left + 3, 8), QPointF(left, 11)]))


def _go_to(painter: QPainter, colour: QColor, ground: QColor) -> None:
    painter.drawLine(QPointF(3.4, 8), QPointF(12, 8))
    painter.drawPolyline(QPolygonF([QPointF(8.8, 4.8), QPointF(12.2, 8), QPointF(8.8, 11.2)]))


_DRAWN: dict[Sign, Callable[[QPainter, QColor, QColor], None]] = {
    Sign.TO_DO: _to_do,
    Sign.DONE: _done,
    Sign.WAITING: _waiting,
    Sign.DEPENDS: _depends,
    Sign.AVOID: _avoid,
    Sign.INFORM: _inform,
    Sign.STOP: _stop,
    Sign.CAUTION: _caution,
    Sign.URGENT: _urgent,
    Sign.REFERRAL: _referral,
    Sign.GO_TO: _go_to,
}
