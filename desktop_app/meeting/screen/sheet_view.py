"""Everything below the top line: skeleton, decision, pathway, and the lists or the open question."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.library.phrases import Phrases
from desktop_app.looks.announcing import announce
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.screen.answer_panel import AnswerField, AnswerPanel
from desktop_app.meeting.screen.cells import AlertFrame, DecisionCell, Framed, OptionEntry
from desktop_app.meeting.screen.content import MeetingContent, Unknown
from desktop_app.meeting.screen.lettering import BODY, LARGE, SMALL, WrappedButton, WrappedLabel, lettering
from desktop_app.meeting.screen.paged_list import Entry, PagedList
from desktop_app.meeting.screen.picture_view import PictureView
from desktop_app.plan.pathway.model import Pathway
from desktop_app.plan.pathway.picture import LEAST_COLUMN, pathway_picture

SKELETON_PART = 0.17
"""The share of the width for the skeleton."""
CELL_PARTS = {1: (1.0,), 3: (0.24, 0.42, 0.34)}
UNKNOWN_PART = 0.4
LEAST_LISTS = 0.36
"""The least share of the height for the lists."""
READABLE = 0.76
"""How far a question may shrink before it covers what stands above it."""
PATHWAY_SCALE = 0.083
"""The size of a point of the pathway, in units: its smallest words are then 0.8 units high."""


class SheetView(QWidget):
    """One case, arranged for the size of the screen."""

    answer_wanted = Signal(str)
    undo_wanted = Signal()

    def __init__(self, phrases: Phrases, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._palette = palette
        self._word = lambda key, **details: phrases.get("meeting", key).format(**details)
        self._unit = 20.0
        self._pathway: Pathway | None = None
        self._unknowns: tuple[Unknown, ...] = ()
        self._failed = self._can_undo = False
        self.cells: list[Framed] = []
        self.frames: list[Framed] = []
        self.skeleton, self.pathway = PictureView(palette, self), PictureView(palette, self)
        self.place = self._words(SMALL, Role.INK)
        self.certainty = self._words(BODY, Role.DONE, True)
        self.sentence = self._words(SMALL, Role.INK)
        self.sentence.lie_on(Role.ACCENT_SURFACE)
        self.sentence.use_palette(palette)
        self.sentence.tell("")
        self.undo = QPushButton(self._word("undo"), self)
        self.undo.clicked.connect(self.undo_wanted)
        self.undo.hide()
        self.failure = self._words(LARGE, Role.STOP)
        self.unknowns = PagedList(self._word("unknowns"), self._more, palette, self)
        self.options = PagedList(self._word("options"), self._more, palette, self)
        self.panel = AnswerPanel(self._word("answer"), self._word("answered"), palette, self)
        self.draft = self._words(SMALL, Role.CAUTION, True)
        self.draft.tell(self._word("draft"))

    def _words(self, size: float, role: Role, is_bold: bool = False) -> WrappedLabel:
        words = WrappedLabel(size, role, is_bold, self)
        words.use_palette(self._palette)
        return words

    def _more(self, number: int) -> str:
        return str(self._word("more", number=str(number)))

    # --- what is shown

    def show_content(self, content: MeetingContent) -> None:
        """Show a case."""
        self._failed = False
        self._pathway, self._unknowns = content.pathway, content.unknowns
        self.skeleton.show_picture(content.skeleton)
        self.place.tell(content.place)
        self.certainty.use_palette(self._palette, Role.DONE if content.is_certain else Role.DEPENDS)
        self.certainty.tell(content.certainty)
        for old in (*self.cells, *self.frames):
            old.hide()
            old.deleteLater()
        self.cells = [DecisionCell(cell, self._palette, self) for cell in content.cells]
        self.frames = [AlertFrame(cell, self._palette, self) for cell in content.frames]
        self.unknowns.show_entries(self._unknown_entries())
        words = (self._word("for"), self._word("against"))
        options: list[Entry] = [OptionEntry(option, words, self._palette) for option in content.options]
        self.options.show_entries(options or [self._nothing("no_options")])
        for part in self._all_parts():
            part.setVisible(True)
        self.failure.tell("")
        self._show_lists_or_question()

    def _all_parts(self) -> list[QWidget]:
        pictures: list[QWidget] = [self.skeleton, self.pathway, self.place, self.certainty]
        return [*pictures, *self.cells, *self.frames]

    def _unknown_entries(self) -> list[Entry]:
        entries: list[Entry] = []
        for place, unknown in enumerate(self._unknowns):
            button = WrappedButton(self._palette, partial(self.answer_wanted.emit, unknown.path))
            button.tell(unknown.question, unknown.effects if place == 0 else "", is_prominent=place == 0)
            entries.append(button)
        return entries or [self._nothing("no_unknowns")]

    def _nothing(self, key: str) -> WrappedLabel:
        words = WrappedLabel(BODY, Role.INK)
        words.use_palette(self._palette)
        words.tell(self._word(key))
        return words

    def show_failure(self, text: str) -> None:
        """Show nothing but a sentence, and no advice."""
        self.stop_asking()
        self._failed, self._pathway, self._unknowns = True, None, ()
        for part in (*self._all_parts(), self.unknowns, self.options):
            part.hide()
        self.skeleton.show_picture(None)
        self.pathway.show_picture(None)
        self.unknowns.show_entries([])
        self.options.show_entries([])
        self.say("", can_undo=False)
        self.failure.tell(text)

    def say(self, text: str, can_undo: bool) -> None:
        """Show what an answer changed; an empty text shows nothing."""
        self._can_undo = can_undo and bool(text)
        self.sentence.tell(text)
        self.sentence.setAccessibleName(text)
        announce(self.sentence, text)
        self.undo.setVisible(self._can_undo)

    @property
    def first_question(self) -> str:
        """The field of the most useful question; empty when there is no question."""
        return self._unknowns[0].path if self._unknowns else ""

    @property
    def first_entry(self) -> QWidget | None:
        """The button of that question."""
        return self.unknowns.entries[0] if self._unknowns and self.unknowns.isVisibleTo(self) else None

    def ask(self, field: AnswerField) -> None:
        """Put a question in the place of the lists."""
        self.panel.clear()
        self.panel.ask(field)
        self._show_lists_or_question()

    def stop_asking(self) -> None:
        """Show the lists again."""
        self.panel.clear()
        self._show_lists_or_question()

    def _show_lists_or_question(self) -> None:
        is_asking = self.panel.field is not None
        self.panel.setVisible(is_asking)
        for each in (self.unknowns, self.options):
            each.setVisible(not is_asking and not self._failed)

    # --- arranging

    def fits(self, width: int, height: int, unit: float, with_all_lists: bool = False) -> bool:
        """Set everything in this type; whether it fits (of the lists at least the first page)."""
        self._use_unit(unit)
        self._compose_pathway(width)
        above = self._height_above(width)
        needed = round(LEAST_LISTS * height) if self.panel.field or not with_all_lists else self._lists_height(width)
        return self._failed or above + needed + self._foot(width) <= height

    def _lists_height(self, width: int) -> int:
        """The height at which no list has a second page."""
        unknown, options = self._list_widths(self._right(width))
        return max(self.unknowns.whole_height(unknown, self._unit), self.options.whole_height(options, self._unit))

    def _list_widths(self, room: int) -> tuple[int, int]:
        unknown = round(UNKNOWN_PART * (room - 2 * self._gap()))
        return unknown, room - 2 * self._gap() - unknown

    def _use_unit(self, unit: float) -> None:
        self._unit = unit
        for words in (self.place, self.certainty, self.sentence, self.failure, self.draft):
            words.use_unit(unit)
        for framed in (*self.cells, *self.frames):
            framed.use_unit(unit)
        side, above = round(0.5 * unit), round(0.25 * unit)
        self.sentence.setContentsMargins(side, above, side, above)
        self.undo.setFont(lettering(self.undo.font(), 0.8 * unit))

    def _gap(self) -> int:
        return round(0.4 * self._unit)

    def _left(self, width: int) -> int:
        return round(SKELETON_PART * width)

    def _right(self, width: int) -> int:
        return width - self._left(width) - self._gap()

    def _compose_pathway(self, width: int) -> None:
        if self._pathway is not None:
            one_row = LEAST_COLUMN * len(self._pathway.stations)
            across = max(self._right(width) / (PATHWAY_SCALE * self._unit), one_row)
            self.pathway.show_picture(pathway_picture(self._pathway, across))

    def _cell_widths(self, room: int) -> list[int]:
        parts = CELL_PARTS.get(len(self.cells), (1.0,) * len(self.cells))
        shared = room - self._gap() * (len(self.cells) - 1)
        return [int(part * shared) for part in parts]

    def _cells_height(self, room: int) -> int:
        widths = self._cell_widths(room)
        return max((cell.height_at(width) for cell, width in zip(self.cells, widths, strict=True)), default=0)

    def _height_above(self, width: int) -> int:
        """The height of all that stands above the lists."""
        room, gap = self._right(width), self._gap()
        heights = [self._cells_height(room), self.certainty.height_at(room), self.pathway.height_at(room)]
        heights += [frame.height_at(room) for frame in self.frames]
        heights += [self._sentence_height(room)] if self.sentence.text() else []
        return sum(heights) + gap * len(heights)

    def _undo_width(self) -> int:
        return self.undo.sizeHint().width() + self._gap() if self._can_undo else 0

    def _sentence_height(self, room: int) -> int:
        return max(self.sentence.height_at(room - self._undo_width()), self.undo.sizeHint().height())

    def _foot(self, width: int) -> int:
        return self.draft.height_at(width) + self._gap()

    def arrange(self) -> None:
        """Place every part."""
        width, foot = self.width(), self._foot(self.width())
        self.draft.setGeometry(0, self.height() - self.draft.height_at(width), width, self.draft.height_at(width))
        if self._failed:
            self.failure.setGeometry(0, 0, width, self.height() - foot)
            return
        bottom = self.height() - foot
        self._arrange_left(bottom)
        x, room, gap = self._left(width) + self._gap(), self._right(width), self._gap()
        y = self._arrange_cells(x, room)
        parts: list[WrappedLabel | Framed | PictureView] = [self.certainty, *self.frames, self.pathway]
        tops = []
        for part in parts:
            part.show()
            height = part.height_at(room)
            part.setGeometry(x, y, room, height)
            tops.append(y)
            y += height + gap
        if self.sentence.text():
            self.sentence.show()
            self.undo.setVisible(self._can_undo)
            y = self._arrange_sentence(x, y, room)
        if self.panel.field is None:
            self._arrange_lists(x, y, room, bottom - y)
        else:
            self._arrange_panel(x, (y, tops[-1], tops[1]), room, bottom)

    def _arrange_panel(self, x: int, tops: tuple[int, int, int], room: int, bottom: int) -> None:
        """Place the question below the pathway; a long one covers the pathway, the longest also the frames."""
        for top in tops:
            self.panel.setGeometry(x, top, room, bottom - top)
            if self.panel.fit(self._unit) >= READABLE:
                break
        for covered in (self.pathway, *self.frames, self.sentence, self.undo):
            covered.setVisible(covered.isVisibleTo(self) and covered.geometry().bottom() < self.panel.y())

    def _arrange_left(self, bottom: int) -> None:
        left = self._left(self.width())
        words = self.place.height_at(left)
        self.skeleton.setGeometry(0, 0, left, max(bottom - words - self._gap(), 0))
        self.place.setGeometry(0, bottom - words, left, words)

    def _arrange_cells(self, x: int, room: int) -> int:
        height = self._cells_height(room)
        for cell, width in zip(self.cells, self._cell_widths(room), strict=True):
            cell.setGeometry(x, 0, width, height)
            x += width + self._gap()
        return height + self._gap()

    def _arrange_sentence(self, x: int, y: int, room: int) -> int:
        height, undo = self._sentence_height(room), self._undo_width()
        self.sentence.setGeometry(x, y, room - undo, height)
        if undo:
            size = self.undo.sizeHint()
            self.undo.setGeometry(x + room - size.width(), y, size.width(), size.height())
        return y + height + self._gap()

    def _arrange_lists(self, x: int, y: int, room: int, height: int) -> None:
        unknown, options = self._list_widths(room)
        for each, left, width in ((self.unknowns, x, unknown), (self.options, x + room - options, options)):
            each.setGeometry(left, y, width, height)
            each.use_unit(self._unit)
