"""Frames on the full screen: a part of the decision, an alert, an option with the grounds for and against it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.library.sentences import sentence_case
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.screen.content import Cell
from desktop_app.meeting.screen.lettering import BODY, LARGE, SMALL, WrappedLabel
from desktop_app.papers.blocks import Tone
from desktop_app.papers.meeting_sheet.options import Option

GROUNDS = {Tone.STOP: Role.STOP_SURFACE, Tone.CAUTION: Role.CAUTION_SURFACE, Tone.CALM: Role.SURFACE}
INKS = {Tone.STOP: Role.STOP, Tone.CAUTION: Role.CAUTION, Tone.CALM: Role.INK}
LINES = {Tone.STOP: Role.STOP, Tone.CAUTION: Role.CAUTION, Tone.CALM: Role.LINE}


class Framed(QFrame):
    """Texts one under the other, in a frame."""

    def __init__(self, texts: Sequence[WrappedLabel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = list(texts)
        self._unit = 20.0
        for text in self.texts:
            text.setParent(self)
        self.setObjectName("framed")

    def use_unit(self, unit: float) -> None:
        """Set the size of the unit of type, in pixels."""
        self._unit = unit
        for text in self.texts:
            text.use_unit(unit)

    def _margins(self) -> tuple[int, int, int]:
        """The margins at the sides, above and below, and between texts."""
        return round(0.5 * self._unit), round(0.3 * self._unit), round(0.1 * self._unit)

    def height_at(self, width: int) -> int:
        """The height of all texts at a width, in pixels."""
        side, above, between = self._margins()
        return 2 * above + sum(text.height_at(width - 2 * side) + between for text in self.texts if text.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the texts one under the other by hand: a layout would squeeze them without warning."""
        super().resizeEvent(event)
        side, y, between = self._margins()
        room = self.width() - 2 * side
        for text in self.texts:
            height = text.height_at(room)
            text.setGeometry(side, y, room, height)
            y += height + between if height else 0

    def frame(self, palette: Palette, tone: Tone) -> None:
        """Draw the frame in the colours of a tone."""
        self.setStyleSheet(
            f"QFrame#framed {{ background: {palette[GROUNDS[tone]].name()}; border-radius: 6px;"
            f" border: 1px solid {palette[LINES[tone]].name()}; }}"
        )


class DecisionCell(Framed):
    """A part of the decision, in the largest type of the screen."""

    def __init__(self, cell: Cell, palette: Palette, parent: QWidget | None = None) -> None:
        heading, text, detail = (
            WrappedLabel(SMALL, Role.QUIET, True),
            WrappedLabel(LARGE, INKS[cell.tone], True),
            WrappedLabel(BODY, Role.INK),
        )
        super().__init__((heading, text, detail), parent)
        for words, said in zip(self.texts, (cell.heading, cell.text, cell.detail), strict=True):
            words.tell(said)
            words.use_palette(palette)
        self.frame(palette, cell.tone)
        self.setAccessibleName(f"{cell.heading}: {cell.text}")
        self.setAccessibleDescription(cell.detail)


class AlertFrame(Framed):
    """An alert, or what to do until everything is known."""

    def __init__(self, cell: Cell, palette: Palette, parent: QWidget | None = None) -> None:
        title, text = WrappedLabel(BODY, INKS[cell.tone], True), WrappedLabel(SMALL, Role.INK)
        super().__init__((title, text), parent)
        said = f"{cell.heading}: {cell.text}"
        title.tell(said)
        text.tell(cell.detail)
        for words in self.texts:
            words.use_palette(palette)
        self.frame(palette, cell.tone)
        self.setAccessibleName(said)
        self.setAccessibleDescription(cell.detail)


class OptionEntry(Framed):
    """Something to decide on: its name, the grounds for it (plus) and against it (minus)."""

    def __init__(self, option: Option, words: tuple[str, str], palette: Palette, parent: QWidget | None = None) -> None:
        name = WrappedLabel(BODY, Role.INK, True)
        name.tell(sentence_case(option.name))
        said_for = [self._ground("+", ground, Role.INK) for ground in option.for_it]
        said_against = [self._ground("\N{MINUS SIGN}", ground, Role.STOP) for ground in option.against_it]
        super().__init__((name, *said_for, *said_against), parent)
        for text in self.texts:
            text.use_palette(palette)
        self.frame(palette, Tone.CALM)
        self.setAccessibleName(name.text())
        grounds = ((words[0], option.for_it), (words[1], option.against_it))
        self.setAccessibleDescription(". ".join(f"{word}: {'; '.join(said)}" for word, said in grounds if said))

    @staticmethod
    def _ground(sign: str, ground: str, role: Role) -> WrappedLabel:
        words = WrappedLabel(SMALL, role)
        words.tell(f"{sign} {ground}")
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        return words
