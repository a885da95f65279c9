"""Shows a picture as large as its place allows: skeleton or pathway."""

import logging

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.drawing.picture import Picture
from desktop_app.plan_view.palette import Palette
from desktop_app.plan_view.picture_painter import paint_picture

logger = logging.getLogger(__name__)


class PictureView(QWidget):
    """A picture in the middle of its place; in words it is the accessible name."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.picture: Picture | None = None

    def show_picture(self, picture: Picture | None) -> None:
        """Show another picture, or none."""
        self.picture = picture
        self.setAccessibleName(picture.alternative_text if picture else "")
        self.update()

    def height_at(self, width: int) -> int:
        """The height of the picture at its full width, in pixels."""
        return round(width * self.picture.height / self.picture.width) if self.picture else 0

    def _paint(self, painter: QPainter) -> None:
        if self.picture is None:
            return
        scale = min(self.width() / self.picture.width, self.height() / self.picture.height)
        painter.translate(
            (self.width() - scale * self.picture.width) / 2, (self.height() - scale * self.picture.height) / 2
        )
        painter.scale(scale, scale)
        paint_picture(painter, self.picture, self._palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; after a defect the place is empty, never an old picture."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception as error:
            logger.error("a picture cannot be drawn: %s", type(error).__name__)
            painter.resetTransform()
            painter.fillRect(self.rect(), self.palette().window())
        finally:
            painter.end()
