"""Shows a picture as large as its place allows: skeleton or pathway."""

import logging

from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_app.looks.drawing.picture import Picture
from desktop_app.looks.palette import Palette
from desktop_app.plan.view.picture_painter import paint_picture

logger = logging.getLogger(__name__)


class PictureView(QLabel):
    """A picture in the middle of its place; its accessible name is the picture in words.

    It is a label with a pixmap, because Qt then tells a screen reader that it is a graphic; it draws everything itself.
    """

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.shown: Picture | None = None
        self.setPixmap(QPixmap(1, 1))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

    def show_picture(self, picture: Picture | None) -> None:
        """Show another picture, or none."""
        if picture is self.shown and picture is not None:
            return
        self.shown = picture
        self.setAccessibleName(picture.alternative_text if picture else "")
        self.update()

    def height_at(self, width: int) -> int:
        """The height of the picture at its full width, in pixels."""
        return round(width * self.shown.height / self.shown.width) if self.shown else 0

    def _paint(self, painter: QPainter) -> None:
        if self.shown is None:
            return
        scale = min(self.width() / self.shown.width, self.height() / self.shown.height)
        painter.translate(
            (self.width() - scale * self.shown.width) / 2, (self.height() - scale * self.shown.height) / 2
        )
        painter.scale(scale, scale)
        paint_picture(painter, self.shown, self._palette)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture; after a defect the place is empty, and never shows an old picture."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception as error:
            logger.error("a picture cannot be drawn: %s", type(error).__name__)
            painter.resetTransform()
            painter.fillRect(self.rect(), self.palette().window())
        finally:
            painter.end()
