"""Draws the rows of a plan. Measuring text is what costs: each row is measured once for a width and then remembered."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.type_scale import TypeSize, sized
from desktop_app.plan.view.row import Kind, Row
from desktop_app.plan.view.row_model import ROW
from desktop_app.plan.view.sign import Sign
from desktop_app.plan.view.signs import SIGN_ROLES, draw_chevron, draw_sign, picture

ROOM_BESIDE_MARK = 12
"""What words need beside the mark of a row, in heights of a line; where there is less the mark stands above them."""
REMEMBERED = 4000
"""How many measured rows are kept; a plan has about a hundred."""


@dataclass(frozen=True, slots=True)
class Looks:
    """How a kind of row looks; lengths are in heights of a line."""

    size: TypeSize = TypeSize.BODY
    bold: bool = False
    indent: float = 0.0
    above: float = 0.3
    below: float = 0.3
    ink: Role = Role.INK
    ground: Role | None = None
    small_size: TypeSize = TypeSize.NOTE
    signed: bool = True
    struck: bool = False


LOOKS = {
    Kind.DECISION: Looks(
        size=TypeSize.NAME, bold=True, above=0.5, below=0.5, ground=Role.ACCENT_SURFACE, small_size=TypeSize.BODY
    ),
    Kind.HEADING: Looks(bold=True, above=0.9, below=0.25, ink=Role.QUIET, signed=False),
    Kind.ADVICE: Looks(),
    Kind.ALERT: Looks(bold=True, above=0.4, below=0.4, ground=Role.RAISED, small_size=TypeSize.BODY),
    Kind.QUESTION: Looks(),
    Kind.NOTICE: Looks(ink=Role.QUIET, signed=False, above=0.2, below=0.2),
    Kind.WHY_LABEL: Looks(
        size=TypeSize.NOTE, bold=True, indent=1.6, above=0.3, below=0.0, ink=Role.QUIET, signed=False
    ),
    Kind.WHY_TEXT: Looks(indent=1.6, above=0.15, below=0.15, signed=False),
    Kind.WHY_FIELD: Looks(indent=1.6, above=0.12, below=0.12, ink=Role.ACCENT),
    Kind.WHAT_IF: Looks(indent=1.6, above=0.12, below=0.12, ink=Role.ACCENT),
    Kind.FOLD: Looks(bold=True, above=0.8, below=0.4, ink=Role.ACCENT, signed=False),
    Kind.GONE: Looks(ink=Role.QUIET, struck=True),
}
ALERT_GROUNDS = {Sign.STOP: Role.STOP_SURFACE, Sign.CAUTION: Role.CAUTION_SURFACE}
INKS = {
    (Kind.ALERT, Sign.STOP): Role.STOP,
    (Kind.ALERT, Sign.CAUTION): Role.CAUTION,
    (Kind.ADVICE, Sign.DEPENDS): Role.QUIET,  # so that what is firm stands out
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in its place inside a row."""

    text: QStaticText
    font: QFont
    ink: Role
    at: QPointF


@dataclass(frozen=True, slots=True)
class Measured:
    """A row, measured for a width."""

    paragraphs: tuple[Paragraph, ...]
    height: int
    sign: QRectF | None
    chevron: QRectF | None
    inner: QRectF
    mark: QRectF | None = None
    """The box around the word that marks a row."""


class RowDelegate(QStyledItemDelegate):
    """Measures and draws rows. Qt calls it for each row at each repaint: a defect is told, and leaves the row empty."""

    failed = Signal(object)
    """The exception with which measuring or drawing a row ended."""

    def __init__(self, parent: QWidget, palette: Palette) -> None:
        super().__init__(parent)
        self.palette = palette
        self._widget = parent
        self._measured: dict[tuple[Row, int], Measured] = {}
        self._fonts: dict[tuple[TypeSize, bool, bool], QFont] = {}
        self._pictures: dict[tuple[str, Hashable, float, float], QPixmap] = {}

    def forget(self) -> None:
        """Forget all measures: the font or the palette is another."""
        self._measured.clear()
        self._fonts.clear()
        self._pictures.clear()

    def measured(self, row: Row, width: int) -> Measured:
        """The measures of a row at a width."""
        found = self._measured.get((row, width))
        if found is None:
            if len(self._measured) > REMEMBERED:
                self._measured.clear()
            found = self._measured[row, width] = self._measure(row, width)
        return found

    def _font(self, size: TypeSize, bold: bool, struck: bool = False) -> QFont:
        found = self._fonts.get((size, bold, struck))
        if found is None:
            found = self._fonts[size, bold, struck] = sized(self._widget.font(), size, bold)
            found.setStrikeOut(struck)
        return found

    def _measure(self, row: Row, width: int) -> Measured:
        looks = LOOKS[row.kind]
        line = QFontMetricsF(self._widget.font()).height()
        side = 0.6 * line
        sign_size = line * (1.15 if row.kind is Kind.DECISION else 0.95)
        left = side + looks.indent * line
        signed = looks.signed or row.sign is not Sign.NONE
        text_left = left + (sign_size + 0.5 * line if signed else 0.0)
        mark = self._mark_box(row, width - side - (line if row.opens else 0.0), line)
        is_above = mark is not None and mark.left() - text_left < ROOM_BESIDE_MARK * line
        text_right = width - side - (line if row.opens else 0.0)
        top = looks.above * line
        if mark is not None and is_above:
            mark.moveTo(text_left, top)
            top += mark.height() + 0.2 * line
        elif mark is not None:
            text_right -= mark.width() + 0.5 * line
        first_top = top
        parts = self._parts(row)
        paragraphs = []
        for text, font, role in parts:
            static = _static_text(text, font, max(text_right - text_left, line))
            paragraphs.append(Paragraph(static, font, role, QPointF(text_left, top)))
            top += static.size().height()
        first_line = QFontMetricsF(parts[0][1]).height()
        sign_top = first_top + (first_line - sign_size) / 2
        if mark is not None:
            if not is_above:
                mark.moveTop(first_top + (first_line - mark.height()) / 2)
            paragraphs.append(self._mark_words(row.mark, mark, line))
        return Measured(
            tuple(paragraphs),
            round(top + looks.below * line),
            QRectF(left, sign_top, sign_size, sign_size) if row.sign is not Sign.NONE else None,
            QRectF(width - side - 0.8 * line, sign_top, sign_size, sign_size) if row.opens else None,
            QRectF(0.25 * line, 0.08 * line, width - 0.5 * line, top + (looks.below - 0.16) * line),
            mark,
        )

    def _parts(self, row: Row) -> list[tuple[str, QFont, Role]]:
        """The texts of a row, each with its font and ink."""
        looks = LOOKS[row.kind]
        ink = INKS.get((row.kind, row.sign), looks.ink)
        small_ink = Role.INK if row.kind in (Kind.ALERT, Kind.DECISION) else Role.QUIET
        small = [(text, self._font(looks.small_size, False), small_ink) for text in row.small]
        return [(row.text, self._font(looks.size, looks.bold, looks.struck), ink), *small]

    def _mark_box(self, row: Row, right: float, line: float) -> QRectF | None:
        """Where the word that marks a row stands: at the right, beside the first line."""
        if not row.mark:
            return None
        font = QFontMetricsF(self._font(TypeSize.NOTE, True))
        width = font.horizontalAdvance(row.mark) + 0.7 * line
        return QRectF(right - width, 0.0, width, font.height() + 2)

    def _mark_words(self, words: str, box: QRectF, line: float) -> Paragraph:
        font = self._font(TypeSize.NOTE, True)
        return Paragraph(
            _static_text(words, font, box.width()), font, Role.ON_ACCENT, box.topLeft() + QPointF(0.35 * line, 1)
        )

    # --- overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of a row at the width of its list."""
        width = self._widget.viewport().width()  # type: ignore[attr-defined]
        row = index.data(ROW)
        try:
            return QSize(width, self.measured(row, width).height if row is not None else 0)
        except Exception as error:
            self.failed.emit(error)
            return QSize(width, 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        row = index.data(ROW)
        if row is None:
            return
        area: QRectF = QRectF(option.rect)
        painter.save()
        try:
            self._paint_row(painter, area, row, option.state)
        except Exception as error:
            self.failed.emit(error)
        finally:
            painter.restore()

    def _paint_row(self, painter: QPainter, area: QRectF, row: Row, state: QStyle.StateFlag) -> None:
        measured = self.measured(row, int(area.width()))
        painter.translate(area.topLeft())
        ground = self._paint_ground(painter, row, measured, state)
        if measured.mark is not None:
            self._paint_mark(painter, measured.mark, measured.inner)
        for paragraph in measured.paragraphs:
            painter.setFont(paragraph.font)
            painter.setPen(self.palette[paragraph.ink])
            _draw_paragraph(painter, paragraph)
        scale = painter.device().devicePixelRatio()
        if measured.sign is not None:
            painter.drawPixmap(measured.sign.topLeft(), self._sign(row.sign, ground, measured.sign.width(), scale))
        if measured.chevron is not None:
            painter.drawPixmap(measured.chevron.topLeft(), self._chevron(row.is_open, measured.chevron.width(), scale))

    def _paint_mark(self, painter: QPainter, box: QRectF, inner: QRectF) -> None:
        """Paint what marks a row: a bar along its left side, and the box of its word."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette[Role.ACCENT])
        painter.drawRect(QRectF(0.0, inner.top(), 4.0, inner.height()))
        painter.drawRoundedRect(box, 3, 3)

    def _sign(self, sign: Sign, ground: Role, size: float, scale: float) -> QPixmap:
        def draw(painter: QPainter, box: QRectF) -> None:
            draw_sign(painter, sign, box, self.palette[SIGN_ROLES[sign]], self.palette[ground])

        return self._picture((sign, ground), size, scale, draw)

    def _chevron(self, is_open: bool, size: float, scale: float) -> QPixmap:
        def draw(painter: QPainter, box: QRectF) -> None:
            draw_chevron(painter, box, self.palette[Role.QUIET], is_open)

        return self._picture(is_open, size, scale, draw)

    def _picture(self, what: Hashable, size: float, scale: float, draw: Callable[[QPainter, QRectF], None]) -> QPixmap:
        """A picture, drawn when it is first needed at this size."""
        name = (self.palette.name, what, size, scale)
        found = self._pictures.get(name)
        if found is None:
            found = self._pictures[name] = picture(size, scale, draw)
        return found

    def _paint_ground(self, painter: QPainter, row: Row, measured: Measured, state: QStyle.StateFlag) -> Role:
        """Paint what lies behind the words, and the frame of the row that has the keyboard; returns the ground."""
        looks = LOOKS[row.kind]
        ground = ALERT_GROUNDS.get(row.sign, looks.ground) if row.kind is Kind.ALERT else looks.ground
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and (row.opens or row.path is not None)
        if ground is None and hovered:
            ground = Role.RAISED
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if ground is not None or focused:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette[Role.ACCENT], 1.6) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(self.palette[ground] if ground is not None else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(measured.inner, 5, 5)
        return ground if ground is not None else Role.SURFACE


def _draw_paragraph(painter: QPainter, paragraph: Paragraph) -> None:
    """Draw a paragraph; a struck one word by word, for what is laid out beforehand is never struck."""
    if not paragraph.font.strikeOut():
        painter.drawStaticText(paragraph.at, paragraph.text)
        return
    text = paragraph.text
    area = QRectF(paragraph.at, QSizeF(text.textWidth(), text.size().height() + 2))
    painter.drawText(area, Qt.TextFlag.TextWordWrap, text.text())


def _static_text(text: str, font: QFont, width: float) -> QStaticText:
    """A paragraph, wrapped at a width; plain, so that nothing in it is read as markup."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setTextOption(option)
    static.setTextWidth(width)
    static.prepare(font=font)
    return static
