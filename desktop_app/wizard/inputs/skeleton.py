"""The drawn skeleton as an input: a click, or the arrows and Enter, choose a bone and its side in one act."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QLabel, QMenu, QToolTip, QWidget

from desktop_app.looks.announcing import announce
from desktop_app.looks.drawing.picture import Path, Picture
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette, palette_for
from desktop_app.looks.skeleton.figure import Figure, Part
from desktop_app.looks.skeleton.neighbours import first_of_inset, neighbour
from desktop_app.looks.skeleton.picture import skeleton_picture
from desktop_app.looks.skeleton.words import SkeletonWords
from desktop_app.plan.view.picture_painter import paint_picture, painter_path
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS

SMALLEST_SCALE = 0.97
"""Below this a target would be smaller than 24 pixels; then the plate scrolls instead of shrinking."""

DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
PICK_KEYS = (*ENTER_KEYS, Qt.Key.Key_Space)


def fitting(widget: QWidget, picture: Picture) -> QTransform:
    """From a picture to a widget: as large as fits, in the middle."""
    scale = min(widget.width() / picture.width, widget.height() / picture.height)
    left = (widget.width() - picture.width * scale) / 2
    top = (widget.height() - picture.height * scale) / 2
    return QTransform(scale, 0, 0, scale, left, top)


class KeptPainting:
    """A picture in the pixels of a screen, painted again only when picture, size, screen or colours are others."""

    def __init__(self) -> None:
        self._key: object = None
        self._picture: Picture | None = None
        self._pixels = QPixmap()

    def pixels(self, widget: QWidget, picture: Picture, colours: Palette) -> QPixmap:
        """The picture as it fits in the widget, on no ground."""
        ratio = widget.devicePixelRatioF()
        key = (id(picture), colours.name, widget.size(), ratio)
        if self._key != key:
            pixels = QPixmap(widget.size() * ratio)
            pixels.setDevicePixelRatio(ratio)
            pixels.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixels)
            painter.setFont(widget.font())
            painter.setTransform(fitting(widget, picture), True)
            paint_picture(painter, picture, colours)
            painter.end()
            self._key, self._pixels, self._picture = key, pixels, picture  # kept, so that no other has its id
        return self._pixels


class SkeletonPlate(QLabel):
    """Front, back and enlargements on one plate; the region under mouse or cursor is framed and named.

    It is a label with a picture, for that is how Qt tells a screen reader that it is a graphic; it draws all itself.
    """

    picked = Signal(str, object)  # a bone of the catalogue, and right, left, midline or None (side still open)
    pointed_at = Signal(str)  # the words for what is under mouse or cursor; empty when nothing is

    def __init__(self, figure: Figure, words: SkeletonWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPixmap(QPixmap(1, 1))
        self.figure = figure
        self.words = words
        self.current: Part | None = None
        self.menu = QMenu(self)
        self.menu.triggered.connect(self._on_offered)
        self._offered: Part | None = None
        self._pressed: Part | None = None
        self._bone: str | None = None
        self._side: str | None = None
        self._picture = skeleton_picture(figure, None, None, words)
        self._outlines: dict[int, QPainterPath] = {}
        self._painting = KeptPainting()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(self.sizeHint() * SMALLEST_SCALE)
        self.setAccessibleName(words.tell("title"))
        self._describe()

    @guarded(fallback=QSize())
    def sizeHint(self) -> QSize:
        """As large as it is drawn."""
        return QSize(round(self.figure.width), round(self.figure.height))

    # --- showing ----------------------------------------------------------------------------------------------------

    def present(self, bone: str | None, side: str | None) -> None:
        """Show a chosen bone; the arrows start there."""
        self._bone, self._side = bone, side
        self._picture = skeleton_picture(self.figure, bone, side, self.words)
        self._point_at(None)
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell a screen reader what is chosen, what the cursor is on, and which keys there are."""
        here = self.words.part(self.current) if self.current is not None else ""
        lines = (here, self._picture.alternative_text, self.words.tell("keys"))
        self.setAccessibleDescription("\n".join(line for line in lines if line))

    def transform(self) -> QTransform:
        """From the figure to the widget."""
        return fitting(self, self._picture)

    def place_of(self, part: Part) -> QPoint:
        """The middle of the target of a part, in the widget."""
        return self.transform().map(QPointF(*(part.anchor or (0.0, 0.0)))).toPoint()

    def part_under(self, position: QPointF) -> Part | None:
        """What is meant by a point of the widget."""
        inverted, _ = self.transform().inverted()
        point = inverted.map(position)
        return self.figure.part_at(point.x(), point.y())

    @guarded()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, and over it the part that mouse or cursor is on."""
        colours = palette_for(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours[Role.SURFACE])
        painter.drawPixmap(0, 0, self._painting.pixels(self, self._picture, colours))
        painter.setTransform(self.transform(), True)
        if self.current is not None:
            self._paint_current(painter, self.current, colours[Role.ACCENT])
        elif self.hasFocus():
            painter.setPen(QPen(colours[Role.ACCENT], 1.2, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(1, 1, self.figure.width - 2, self.figure.height - 2))

    def _paint_current(self, painter: QPainter, part: Part, colour: QColor) -> None:
        """A tint and a firm outline, so that it does not rest on colour alone; with the keys, a frame around it too."""
        tint = QColor(colour)
        tint.setAlpha(70)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(tint)
        painter.drawPath(self._outline(part))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(_frame(part), 4, 4)

    def _outline(self, part: Part) -> QPainterPath:
        if id(part) not in self._outlines:
            outline = QPainterPath()
            for shape in part.shapes:
                if shape.kind in ("bone", "hollow"):
                    outline.addPath(painter_path(Path(shape.commands)))
            self._outlines[id(part)] = outline
        return self._outlines[id(part)]

    # --- pointing ---------------------------------------------------------------------------------------------------

    def _point_at(self, part: Part | None) -> None:
        if part is self.current:
            return
        self.current = part
        self.setCursor(Qt.CursorShape.PointingHandCursor if part is not None else Qt.CursorShape.ArrowCursor)
        self._describe()
        self.pointed_at.emit(self.words.part(part) if part is not None else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    @guarded()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name what is under the mouse."""
        self._point_at(self.part_under(event.position()))

    @guarded()
    def leaveEvent(self, event: QEvent) -> None:
        """The mouse is elsewhere: only the cursor of the keys stays."""
        if not self.hasFocus():
            self._point_at(None)

    @guarded()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys come here."""
        super().focusInEvent(event)
        self.update()

    @guarded(fallback=False)
    def event(self, event: QEvent) -> bool:
        """The name under the mouse, as a hint."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            part = self.part_under(QPointF(event.pos()))
            if part is not None:
                QToolTip.showText(event.globalPos(), self.words.part(part), self)
                return True
        return super().event(event)

    # --- choosing ---------------------------------------------------------------------------------------------------

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = self.part_under(event.position())

    @guarded()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that ends where it began chooses."""
        part = self.part_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and part is not None and part is self._pressed:
            self._point_at(part)
            inverted, _ = self.transform().inverted()
            self.pick(part, inverted.map(event.position()))
        self._pressed = None

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the part beside this one, Enter and space choose it."""
        key = Qt.Key(event.key())
        if key in DIRECTIONS:
            self._step(*DIRECTIONS[key])
        elif key in PICK_KEYS and self.current is not None:
            self.pick(self.current, QPointF(*(self.current.anchor or (0.0, 0.0))))
        else:
            super().keyPressEvent(event)

    def _step(self, right: int, down: int) -> None:
        """To the part beside this one; the first step is to the chosen bone, or to the first of all."""
        if self.current is None:
            self._point_at((self.figure.shown_for(self._bone, self._side) or self.figure.regions)[0])
        else:
            self._point_at(neighbour(self.figure, self.current, right, down) or self.current)
        announce(self, self.words.part(self.current) if self.current is not None else "")

    def pick(self, part: Part, point: QPointF) -> None:
        """Choose a region: its bone, or one of its bones from a list; a door leads to its enlargement."""
        if part.inset:
            self._point_at(first_of_inset(self.figure, part))
        elif len(part.bones) == 1:
            self._choose(part, part.bones[0])
        else:
            self._offer(part, part.bone_at(point.x(), point.y()))

    def _offer(self, part: Part, nearest: str) -> None:
        """The bones of a region as a list, the one under the mouse marked."""
        self._offered = part
        self.menu.clear()
        self.menu.setAccessibleName(self.words.part(part))
        for bone in part.bones:
            action = self.menu.addAction(self.words.bone(bone).replace("&", "&&"))
            action.setData(bone)
            if bone == nearest:
                self.menu.setActiveAction(action)
        self.menu.popup(self.mapToGlobal(self.place_of(part)))

    @guarded()
    def _on_offered(self, action: QAction) -> None:
        if self._offered is not None:
            self._choose(self._offered, action.data())

    def _choose(self, part: Part, bone: str) -> None:
        """A region of the midline does not say the side of a bone that exists twice."""
        is_open = part.side == "midline" and self.words.is_paired(bone)
        self.picked.emit(bone, None if is_open else part.side)


def _frame(part: Part) -> QRectF:
    left, top, right, bottom = part.box
    return QRectF(left - 4, top - 4, right - left + 8, bottom - top + 8)
