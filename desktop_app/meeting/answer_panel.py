"""Where an answer is given in the meeting: one question of the wizard, in the type of the room.

The question itself is handed in, for the meeting does not know the wizard; it answers into the document by itself.
"""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop_app.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.lettering import BODY, Words, lettering

RATIO = "ratio of its type"
SHRINKING = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
"""How far the type of a long question shrinks, in steps; what is longer still scrolls with the cursor."""


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
        self.setObjectName("answer_panel")
        self.setAccessibleName(heading)
        self.heading = Words(BODY, Role.QUIET, True)
        self.heading.tell(heading)
        self.heading.use_palette(palette)
        self.done_button = QPushButton(done_words)
        self.done_button.clicked.connect(self.done)
        self.done_button.setAutoDefault(False)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._holder = QWidget()
        self._holder.setObjectName("holder")
        self._place = QVBoxLayout(self._holder)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addStretch(1)
        self.scroller.setWidget(self._holder)
        self.field: AnswerField | None = None
        self._top = QHBoxLayout()
        self._top.addWidget(self.heading, 1)
        self._top.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.addLayout(self._top)
        column.addWidget(self.scroller, 1)
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
        self._place.insertWidget(0, field)
        field.present()
        field.moved_on.connect(self.done)

    def clear(self) -> None:
        """Take the question away."""
        if self.field is not None:
            old, self.field = self._widget(), None
            self._place.removeWidget(old)
            old.hide()
            old.deleteLater()

    def fit(self, unit: float) -> float:
        """Set the type in units of pixels, smaller where the question would not fit in the panel as it is now.

        Returns how far it shrank; 0 when the question is still too high, and scrolls with the cursor.
        """
        for factor in SHRINKING:
            self._use_unit(unit * factor)
            if self._height() <= self.height():
                return factor
        return 0.0

    def _use_unit(self, unit: float) -> None:
        """What is smaller in the wizard stays so in proportion."""
        self.heading.use_unit(unit)
        self.done_button.setFont(lettering(self.done_button.font(), 0.8 * unit))
        side = round(0.5 * unit)
        self.layout().setContentsMargins(side, side // 2, side, side // 2)  # type: ignore[union-attr]
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
        """The rounds before the answers: as large as their words, and filled when chosen."""
        line, chosen, ground = (self._palette[role].name() for role in (Role.QUIET, Role.ACCENT, Role.SURFACE))
        thin, thick = max(size // 10, 1), max(size // 4, 2)
        shape = f"width: {size - 2 * thin}px; height: {size - 2 * thin}px; border-radius: {size // 2}px;"
        inside = f"width: {size - 2 * thick}px; height: {size - 2 * thick}px; border-radius: {size // 2}px;"
        return (
            f"QRadioButton::indicator {{ {shape} border: {thin}px solid {line}; background: {ground}; }}"
            f"QRadioButton::indicator:focus {{ border-color: {chosen}; }}"
            f"QRadioButton::indicator:checked {{ {inside} border: {thick}px solid {chosen}; background: {ground}; }}"
        )

    def _height(self) -> int:
        """The height at which the whole question is in sight, in pixels."""
        layout = self.layout()
        if self.field is None or layout is None:
            return 0
        margins, field = layout.contentsMargins(), self._widget()
        room = self.width() - margins.left() - margins.right()
        inside = field.layout()
        is_wrapping = inside is not None and inside.hasHeightForWidth()
        needed = inside.totalHeightForWidth(room) if is_wrapping and inside else field.sizeHint().height()
        top = max(self.heading.sizeHint().height(), self.done_button.sizeHint().height())
        return margins.top() + top + layout.spacing() + needed + margins.bottom() + 4

    def _widget(self) -> QWidget:
        assert isinstance(self.field, QWidget)
        return self.field

    def _follow_focus(self, _old: QObject | None, new: QObject | None) -> None:
        """What has the cursor is in sight."""
        if self.field is not None and isinstance(new, QWidget) and self._widget().isAncestorOf(new):
            self.scroller.ensureWidgetVisible(new)
