"""The pathway as a strip above the recommendations; a station leads to its lines in the plan."""

import logging
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontInfo, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from desktop_app.looks.announcing import announce
from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.plan.pathway.model import Pathway, Station
from desktop_app.plan.pathway.picture import StationBox, pathway_picture, station_boxes
from desktop_app.plan.pathway.text import pathway_text, station_text
from desktop_app.plan.view.picture_painter import paint_picture
from desktop_app.plan.view.row import Kind, Row

logger = logging.getLogger(__name__)

TEXT_PIXELS = 13
"""The size of the window's text at which the picture is drawn in its own size; it grows with the text."""
SIDE = 2
OPENING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def first_row_of(station: Station, rows: Sequence[Row]) -> str | None:
    """The key of the row where a station is spoken of: its advice, else its phase; None where the plan is silent."""
    keys = [row.key for row in rows]
    own = (key for action in station.actions for key in keys if key.startswith(f"advice:{action}:"))
    phase = (key for key in keys if key == f"phase:{station.phase}")
    return next(own, None) or next(phase, None)


def pathway_row(pathway: Pathway) -> Row:
    """The pathway in one row of words: for large type in a small window, where the picture would push the plan away."""
    stations = "  →  ".join(f"{station.name}: {station.words}" for station in pathway.stations)
    return Row(Kind.NOTICE, "pathway", pathway.title, (stations,))


class PathwayView(QLabel):
    """The picture of a pathway, as wide as there is room; the arrow keys go from station to station.

    It is a label with a picture, for that is how Qt tells a screen reader that it is a graphic; it draws all itself.
    """

    station_activated = Signal(str)
    """The user wants to go to a station: its key."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPixmap(QPixmap(1, 1))
        self._palette = palette
        self._pathway: Pathway | None = None
        self._picture: Picture | None = None
        self._boxes: tuple[StationBox, ...] = ()
        self._drawn_width = 0.0
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def pathway(self) -> Pathway | None:
        """What is shown."""
        return self._pathway

    def show_pathway(self, pathway: Pathway | None) -> None:
        """Show another pathway, or none."""
        if pathway == self._pathway:
            return
        self._pathway = pathway
        self._drawn_width = 0.0
        self.setAccessibleName(pathway_text(pathway) if pathway else "")
        self._tell_current()
        self.updateGeometry()
        self.update()

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._palette = palette
        self.update()

    def height_at(self, width: int) -> int:
        """The height that the pathway needs at a width, in pixels; 0 without a pathway."""
        if self._pathway is None:
            return 0
        boxes = station_boxes(self._pathway, self._picture_width(width))
        return round(max(box.y + box.height for box in boxes) * self._scale())

    # --- drawing

    def _scale(self) -> float:
        return max(QFontInfo(self.font()).pixelSize() / TEXT_PIXELS, 1.0)

    def _picture_width(self, width: int) -> float:
        return max(width - 2 * SIDE, 1) / self._scale()

    def _compose(self) -> None:
        """Make the picture for the present width, unless it is there already."""
        width = self._picture_width(self.width())
        if self._pathway is not None and width != self._drawn_width:
            self._picture = pathway_picture(self._pathway, width)
            self._boxes = station_boxes(self._pathway, width)
            self._drawn_width = width

    def _draw(self, painter: QPainter) -> None:
        self._compose()
        painter.fillRect(self.rect(), self._palette[Role.SURFACE])
        if self._pathway is None or self._picture is None:
            return
        painter.translate(SIDE, 0)
        painter.scale(self._scale(), self._scale())
        paint_picture(painter, self._picture, self._palette)
        if self.hasFocus():
            box = self._boxes[self._current]
            painter.setPen(QPen(self._palette[Role.ACCENT], 1.6))
            painter.drawRoundedRect(QRectF(box.x + 1, box.y + 1, box.width - 2, box.height - 3), 6, 6)

    # --- stations

    def station_at(self, place: QPointF) -> Station | None:
        """The station under a point of the widget."""
        self._compose()
        if self._pathway is None:
            return None
        x, y = (place.x() - SIDE) / self._scale(), place.y() / self._scale()
        key = next((box.key for box in self._boxes if box.holds(x, y)), None)
        return None if key is None else self._pathway.station(key)

    def rectangle_of(self, key: str) -> QRectF:
        """Where a station is drawn, in pixels of the widget."""
        self._compose()
        box, scale = next(box for box in self._boxes if box.key == key), self._scale()
        return QRectF(box.x * scale + SIDE, box.y * scale, box.width * scale, box.height * scale)

    def _step(self, step: int) -> None:
        if self._pathway is not None:
            self._current = min(max(self._current + step, 0), len(self._pathway.stations) - 1)
            self._tell_current()
            self.update()
            announce(self, self.accessibleDescription())

    def _tell_current(self) -> None:
        """Let a screen reader say the station at which the keyboard is."""
        station = self._pathway.stations[self._current] if self._pathway else None
        self.setAccessibleDescription(station_text(station) if station else "")

    # --- overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; after a defect the strip is empty, never an old pathway."""
        painter = QPainter(self)
        try:
            self._draw(painter)
        except Exception as error:
            logger.error("the pathway cannot be drawn: %s", type(error).__name__)
            painter.resetTransform()
            painter.fillRect(self.rect(), self._palette[Role.SURFACE])
        finally:
            painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click leads to the lines of the station."""
        station = self.station_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if station is not None and self._pathway is not None:
            self._current = self._pathway.stations.index(station)
            self._tell_current()
            self.update()
            self.station_activated.emit(station.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        is_station = self.station_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_station else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the stations; Enter and space lead to the lines of one."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
        elif key in OPENING_KEYS and self._pathway is not None:
            self.station_activated.emit(self._pathway.stations[self._current].key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say all of a station where the mouse rests."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            station = self.station_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), station_text(station) if station else "", self)
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:
        """As high as the pathway at the present width."""
        return QSize(400, self.height_at(self.width()))
