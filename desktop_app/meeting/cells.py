"""Frames of the full screen: a part of the decision, an alert, an option with what speaks for and against it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.drawing.role import Role
from desktop_app.letter.making import sentence_case
from desktop_app.letter.meeting_options import Option
from desktop_app.letter.model import Tone
from desktop_app.meeting.content import Cell
from desktop_app.meeting.lettering import BODY, LARGE, SMALL, Words
from desktop_app.plan_view.palette import Palette

GROUNDS = {Tone.STOP: Role.STOP_SURFACE, Tone.CAUTION: Role.CAUTION_SURFACE, Tone.CALM: Role.SURFACE}
INKS = {Tone.STOP: Role.STOP, Tone.CAUTION: Role.CAUTION, Tone.CALM: Role.INK}
LINES = {Tone.STOP: Role.STOP, Tone.CAUTION: Role.CAUTION, Tone.CALM: Role.LINE}


class Framed(QFrame):
    """Texts one under the other, in a frame."""

    def __init__(self, texts: Sequence[Words], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = list(texts)
        self._column = QVBoxLayout(self)
        for text in self.texts:
            self._column.addWidget(text)
        self._column.addStretch(1)
        self.setObjectName("framed")

    def use_unit(self, unit: float) -> None:
        """Set the type in other units, in pixels."""
        side, above = round(0.5 * unit), round(0.3 * unit)
        self._column.setContentsMargins(side, above, side, above)
        self._column.setSpacing(round(0.1 * unit))
        for text in self.texts:
            text.use_unit(unit)

    def height_at(self, width: int) -> int:
        """The height of all texts at a width, in pixels."""
        margins, shown = self._column.contentsMargins(), [text for text in self.texts if text.text()]
        room = width - margins.left() - margins.right()
        between = self._column.spacing() * max(len(shown), 1)
        return margins.top() + margins.bottom() + between + sum(text.height_at(room) for text in shown)

    def frame(self, palette: Palette, tone: Tone) -> None:
        """Draw the frame in the colours of a tone."""
        self.setStyleSheet(
            f"QFrame#framed {{ background: {palette[GROUNDS[tone]].name()}; border-radius: 6px;"
            f" border: 1px solid {palette[LINES[tone]].name()}; }}"
        )


class DecisionCell(Framed):
    """A part of the decision, in the largest type of the screen."""

    def __init__(self, cell: Cell, palette: Palette, parent: QWidget | None = None) -> None:
        heading, text, detail = Words(SMALL, Role.QUIET, True), Words(LARGE, INKS[cell.tone], True), Words(BODY, Role.INK)
        super().__init__((heading, text, detail), parent)
        for words, said in zip(self.texts, (cell.heading, cell.text, cell.detail), strict=True):
            words.tell(said)
            words.use_palette(palette)
        self.frame(palette, cell.tone)
        self.setAccessibleName(f"{cell.heading}: {cell.text}")
        self.setAccessibleDescription(cell.detail)


class AlertFrame(Framed):
    """An alert, or what to do until all is clear."""

    def __init__(self, cell: Cell, palette: Palette, parent: QWidget | None = None) -> None:
        title, text = Words(BODY, INKS[cell.tone], True), Words(SMALL, Role.INK)
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
    """Something to decide on: its name, what speaks for it (+) and what against it (−)."""

    def __init__(self, option: Option, words: tuple[str, str], palette: Palette, parent: QWidget | None = None) -> None:
        name = Words(BODY, Role.INK, True)
        name.tell(sentence_case(option.name))
        said_for = [self._ground("+", ground, Role.INK) for ground in option.for_it]
        said_against = [self._ground("−", ground, Role.STOP) for ground in option.against_it]
        super().__init__((name, *said_for, *said_against), parent)
        for text in self.texts:
            text.use_palette(palette)
        self.frame(palette, Tone.CALM)
        self.setAccessibleName(name.text())
        grounds = ((words[0], option.for_it), (words[1], option.against_it))
        self.setAccessibleDescription(". ".join(f"{word}: {'; '.join(said)}" for word, said in grounds if said))

    @staticmethod
    def _ground(sign: str, ground: str, role: Role) -> Words:
        words = Words(SMALL, role)
        words.tell(f"{sign} {ground}")
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        return words
