"""Where an answer is given in the meeting: one question of the wizard, in large type.

The caller passes in the question, because the meeting does not know the wizard. The question changes the document by
itself.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QWidget

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.screen.lettering import BODY, WrappedLabel, lettering

RATIO = "ratio of its type"
SHRINKING = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
"""How far the type of a long question shrinks, in steps; a question that is longer still scrolls with the cursor."""


class Focusable(Protocol):
    """The input of a question."""

    def take_focus(self) -> None:
        """Put the cursor where one answers."""


class AnswerField(Protocol):
    """A question with its input: a widget that carries answers to its document."""

    moved_on: SignalInstance

    @property
    def input(self) -> Focusable:
        """Where one answers."""

    def present(self) -> None:
        """Show what the document says of this question."""


class AnswerPanel(QFrame):
    """One question at a time."""

    done = Signal()

    def __init__(self, heading: str, done_words: str, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._palette = palette
        self._side = 0
        self.setObjectName("answer_panel")
        self.setAccessibleName(heading)
        self.heading = WrappedLabel(BODY, Role.QUIET, True)
        self.heading.tell(heading)
        self.heading.use_palette(palette)
        self.done_button = QPushButton(done_words)
        self.done_button.clicked.connect(self.done)
        self.done_button.setAutoDefault(False)
        self.scroller = QScrollArea()
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._holder = QWidget()
        self._holder.setObjectName("holder")
        self.scroller.setWidget(self._holder)
        self.field: AnswerField | None = None
        for part in (self.heading, self.done_button, self.scroller):
            part.setParent(self)
        self.setStyleSheet(
            f"QFrame#answer_panel {{ background: {palette[Role.SURFACE].name()}; border-radius: 6px;"
            f" border: 2px solid {palette[Role.ACCENT].name()}; }}"
            f"QWidget#holder {{ background: {palette[Role.SURFACE].name()}; }}"
        )
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def ask(self, field: AnswerField) -> None:
        """Put a question in the panel; the panel owns it."""
        assert isinstance(field, QWidget)
        self.field = field
        field.setParent(self._holder)
        field.show()
        field.present()
        field.moved_on.connect(self.done)

    def clear(self) -> None:
        """Take the question away."""
        if self.field is not None:
            old, self.field = self._widget(), None
            old.hide()
            old.setParent(None)
            old.deleteLater()

    def fit(self, unit: float) -> float:
        """Set the type, in units of pixels; smaller where the question does not fit in the panel.

        Returns how far the type shrank; 0 when the question is still too high, and scrolls with the cursor.
        """
        self.heading.use_unit(unit)
        self.done_button.setFont(lettering(self.done_button.font(), 0.8 * unit))
        self._side = round(0.5 * unit)
        self._arrange()
        room = self._room()
        factor = next((factor for factor in SHRINKING if self._needed(unit * factor) <= room.height()), 0.0)
        self._place(room)
        return factor

    def _arrange(self) -> None:
        """Heading and button above, the question below."""
        side, button = self._side, self.done_button.sizeHint()
        above = side // 2
        self.done_button.setGeometry(self.width() - side - button.width(), above, button.width(), button.height())
        self.heading.setGeometry(side, above, self.width() - 3 * side - button.width(), button.height())
        top = above + button.height() + above
        self.scroller.setGeometry(side, top, self.width() - 2 * side, self.height() - top - above)

    def _room(self) -> QSize:
        """The room for the question, in pixels."""
        return self.scroller.size()

    def _needed(self, unit: float) -> int:
        """Set the question in this type; returns the height that it needs, in pixels."""
        self._use_unit(unit)
        return self._height_at(self._room().width())

    def _height_at(self, width: int) -> int:
        if self.field is None:
            return 0
        inside = self._widget().layout()
        if inside is None or not inside.hasHeightForWidth():
            return self._widget().sizeHint().height()
        inside.activate()
        return inside.totalHeightForWidth(width)

    def _place(self, room: QSize) -> None:
        """Set the height of the question by hand: the layouts of Qt only guess where text wraps."""
        if self.field is None:
            return
        height = self._height_at(room.width())
        width = room.width() - (self.scroller.verticalScrollBar().sizeHint().width() if height > room.height() else 0)
        height = self._height_at(width)
        self._holder.setFixedSize(width, max(height, room.height()))
        self._widget().setGeometry(0, 0, width, height)

    def _use_unit(self, unit: float) -> None:
        """Set the type; parts that are smaller in the wizard stay smaller in proportion."""
        if self.field is None:
            return
        usual = QFontInfo(QApplication.font()).pixelSize()
        field = self._widget()
        parts = (field, *field.findChildren(QWidget))
        for part in parts:
            if part.property(RATIO) is None:
                part.setProperty(RATIO, QFontInfo(part.font()).pixelSize() / usual)
        for part in parts:
            part.setFont(lettering(part.font(), unit * float(part.property(RATIO)), part.font().bold()))
        field.setStyleSheet(self._marks(round(0.8 * unit)))

    def _marks(self, size: int) -> str:
        """The style of the radio buttons: as large as their words, and filled when chosen."""
        line, chosen, ground = (self._palette[role].name() for role in (Role.QUIET, Role.ACCENT, Role.SURFACE))
        thin, thick = max(size // 10, 1), max(size // 4, 2)
        shape = f"width: {size - 2 * thin}px; height: {size - 2 * thin}px; border-radius: {size // 2}px;"
        inside = f"width: {size - 2 * thick}px; height: {size - 2 * thick}px; border-radius: {size // 2}px;"
        marked = self._palette[Role.ACCENT_SURFACE].name()
        return (
            f"QRadioButton:focus {{ background: {marked}; border-radius: 4px; }}"
            f"QRadioButton::indicator {{ {shape} border: {thin}px solid {line}; background: {ground}; }}"
            f"QRadioButton::indicator:focus {{ border-color: {chosen}; }}"
            f"QRadioButton::indicator:checked {{ {inside} border: {thick}px solid {chosen}; background: {ground}; }}"
        )

    def _widget(self) -> QWidget:
        assert isinstance(self.field, QWidget)
        return self.field

    def _follow_focus(self, _old: QObject | None, new: QObject | None) -> None:
        """Keep the cursor in sight."""
        if self.field is not None and isinstance(new, QWidget) and self._widget().isAncestorOf(new):
            self.scroller.ensureWidgetVisible(new)
