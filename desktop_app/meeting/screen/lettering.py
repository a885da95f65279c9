"""The texts of the full screen: labels and buttons that wrap, and whose type grows and shrinks with the screen."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_label import PlainLabel

logger = logging.getLogger(__name__)

TITLE, LARGE, BODY, SMALL = 1.3, 1.5, 1.0, 0.82
"""Sizes of type, in units of the screen (a fortieth of its height); no text is smaller than SMALL."""
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ENDLESS = 100_000


def lettering(base: QFont, pixels: float, is_bold: bool = False) -> QFont:
    """A font of this height."""
    font = QFont(base)
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(is_bold)
    return font


class WrappedLabel(PlainLabel):
    """A text in the type of the full screen."""

    def __init__(self, size: float, role: Role, is_bold: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._size, self._role, self._is_bold = size, role, is_bold
        self._ground: Role | None = None

    def tell(self, text: str) -> None:
        """Show a text; a label without text is hidden."""
        self.setText(text)
        if self.parent() is not None or not text:  # without a parent it would become a window
            self.setVisible(bool(text))

    def use_unit(self, unit: float) -> None:
        """Set the size of the unit of type, in pixels."""
        self.setFont(lettering(self.font(), self._size * unit, self._is_bold))

    def use_palette(self, palette: Palette, role: Role | None = None) -> None:
        """Use other colours; with `role`, the colour of that role from now on."""
        self._role = role or self._role
        ground = f" background: {palette[self._ground].name()}; border-radius: 6px;" if self._ground else ""
        self.setStyleSheet(f"QLabel {{ color: {palette[self._role].name()};{ground} }}")

    def lie_on(self, ground: Role) -> None:
        """Use this background, from the next `use_palette` on."""
        self._ground = ground

    def height_at(self, width: int) -> int:
        """The height of the wrapped text at a width, in pixels; 0 without a text."""
        return self.heightForWidth(max(width, 1)) if self.text() else 0


class WrappedButton(QAbstractButton):
    """A button whose words wrap, with an arrow before them and an explanation in smaller type below."""

    def __init__(self, palette: Palette, do: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._unit = 20.0
        self.small = ""
        self.is_prominent = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: do())

    def tell(self, text: str, small: str = "", is_prominent: bool = False) -> None:
        """Show other words."""
        self.setText(text.replace("&", "&&"))
        self.small, self.is_prominent = small, is_prominent
        self.setAccessibleName(text)
        self.setAccessibleDescription(small)
        self.update()

    def use_unit(self, unit: float) -> None:
        """Set the size of the unit of type, in pixels."""
        self._unit = unit
        self.setFont(lettering(self.font(), BODY * unit, self.is_prominent))
        self.update()

    def height_at(self, width: int) -> int:
        """The height of the wrapped words at a width, in pixels."""
        return self._words_height(width) + self._small_height(width) + round(0.5 * self._unit)

    # --- drawing

    def _side(self) -> int:
        return round(0.5 * self._unit)

    def _start(self) -> int:
        return self._side() + round(1.1 * self._unit)

    def _room(self, width: int) -> int:
        return max(width - self._start() - self._side(), 1)

    def _words_height(self, width: int) -> int:
        room = QRect(0, 0, self._room(width), ENDLESS)
        return QFontMetrics(self.font()).boundingRect(room, int(WRAPPED), self._drawn(self.text())).height()

    def _small_font(self) -> QFont:
        return lettering(self.font(), SMALL * self._unit)

    def _small_height(self, width: int) -> int:
        if not self.small:
            return 0
        room = QRect(0, 0, self._room(width), ENDLESS)
        return QFontMetrics(self._small_font()).boundingRect(room, int(WRAPPED), self.small).height()

    @staticmethod
    def _drawn(text: str) -> str:
        return text.replace("&&", "&")

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_marked = self.hasFocus() or self.underMouse()
        ground = Role.ACCENT_SURFACE if is_marked or self.is_prominent else Role.SURFACE
        line = Role.ACCENT if is_marked or self.is_prominent else Role.LINE
        width = max(self._unit / (7 if self.hasFocus() else 16), 1.0)
        inset = round(width)
        painter.setPen(QPen(self._palette[line], width))
        painter.setBrush(self._palette[ground])
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), self._unit / 4, self._unit / 4)
        top, height = round(0.25 * self._unit), self._words_height(self.width())
        painter.setPen(self._palette[Role.ACCENT])
        painter.setFont(self.font())
        painter.drawText(QRect(self._side(), top, self._start(), height), Qt.AlignmentFlag.AlignTop, "▸")
        painter.setPen(self._palette[Role.INK])
        words = QRect(self._start(), top, self._room(self.width()), height)
        painter.drawText(words, int(WRAPPED), self._drawn(self.text()))
        if self.small:
            painter.setPen(self._palette[Role.QUIET])
            painter.setFont(self._small_font())
            below = QRect(self._start(), top + height, words.width(), self._small_height(self.width()))
            painter.drawText(below, int(WRAPPED), self.small)

    # --- overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame and words; after a defect the button is empty."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception as error:
            logger.error("a button cannot be drawn: %s", type(error).__name__)
            painter.fillRect(self.rect(), self.palette().window())
        finally:
            painter.end()

    def sizeHint(self) -> QSize:
        """As high as the text at the present width."""
        return QSize(200, self.height_at(max(self.width(), 1)))
