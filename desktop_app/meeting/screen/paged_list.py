"""A list that never scrolls: it shows what fits, and a button with the number of the rest leads to the next page."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.screen.cells import Framed
from desktop_app.meeting.screen.lettering import BODY, WrappedButton, WrappedLabel

SMALLEST = 0.6
"""How far a single entry may shrink when it is higher than the whole list."""


Entry = Framed | WrappedButton | WrappedLabel
"""What can stand in the list: a widget that knows its height."""


class PagedList(QWidget):
    """A heading, the entries of a page, and the button to the next page."""

    def __init__(self, heading: str, more: Callable[[int], str], palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._more_words = more
        self.heading = WrappedLabel(BODY, Role.QUIET, True, self)
        self.heading.tell(heading)
        self.heading.use_palette(palette)
        self.setAccessibleName(heading)
        self.more = WrappedButton(palette, self.turn_page, self)
        self.entries: list[Entry] = []
        self._starts = [0]
        self.page = 0
        self._unit = 20.0

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries, from the first page; the list owns them."""
        for old in self.entries:
            old.hide()
            old.deleteLater()
        self.entries = list(entries)
        for entry in self.entries:
            entry.setParent(self)
        for before, after in pairwise([*self.entries, self.more]):
            QWidget.setTabOrder(before, after)
        self.page = 0
        self.arrange()

    def use_unit(self, unit: float) -> None:
        """Set the size of the unit of type, in pixels."""
        self._unit = unit
        self.arrange()

    def turn_page(self) -> None:
        """Show the next page; after the last page the first."""
        self.page = (self.page + 1) % len(self._starts)
        had_focus = self.more.hasFocus()
        self.arrange()
        if had_focus and not self.more.isVisible():
            self.setFocus()

    def whole_height(self, width: int, unit: float) -> int:
        """The height that shows all entries in this type, in pixels."""
        gap = round(0.3 * unit)
        for part in (self.heading, *self.entries):
            part.use_unit(unit)
        heights = [entry.height_at(width) + gap for entry in self.entries]
        return self.heading.height_at(width) + gap + sum(heights)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._starts)

    # --- arranging

    def arrange(self) -> None:
        """Place the entries of the page; hide the others."""
        gap = round(0.3 * self._unit)
        for part in (self.heading, self.more):
            part.use_unit(self._unit)
        top = self.heading.height_at(self.width())
        self.heading.setGeometry(0, 0, self.width(), top)
        heights = [self._fitted_height(entry, self.height() - top - gap) for entry in self.entries]
        self._starts = self._page_starts(heights, top, gap)
        self.page = min(self.page, len(self._starts) - 1)
        first = self._starts[self.page]
        end = self._starts[self.page + 1] if self.page + 1 < len(self._starts) else len(self.entries)
        y = top + gap
        for place, (entry, height) in enumerate(zip(self.entries, heights, strict=True)):
            entry.setVisible(first <= place < end)
            if first <= place < end:
                entry.setGeometry(0, y, self.width(), height)
                y += height + gap
        self._show_more(len(self.entries) - (end - first), y)

    def _page_starts(self, heights: Sequence[int], top: int, gap: int) -> list[int]:
        """The first entry of each page; one page without the button where everything fits."""
        if top + sum(height + gap for height in heights) <= self.height():
            return [0]
        room = self.height() - self._more_height() - gap
        starts, y = [0], top + gap
        for place, height in enumerate(heights):
            if y + height > room and place > starts[-1]:
                starts.append(place)
                y = top + gap
            y += height + gap
        return starts

    def _fitted_height(self, entry: Entry, room: int) -> int:
        """The height of an entry; an entry that is higher than the list is set in smaller type."""
        room -= self._more_height() + round(0.3 * self._unit) if len(self.entries) > 1 else 0
        height = 0
        for factor in (1.0, 0.9, 0.8, 0.7, SMALLEST):
            entry.use_unit(self._unit * factor)
            height = entry.height_at(self.width())
            if height <= room:
                break
        return height

    def _more_height(self) -> int:
        self.more.tell(self._more_words(len(self.entries)))
        return self.more.height_at(self.width())

    def _show_more(self, hidden: int, y: int) -> None:
        self.more.setVisible(hidden > 0 and len(self._starts) > 1)
        if self.more.isVisibleTo(self):
            self.more.tell(self._more_words(hidden))
            self.more.setGeometry(0, y, self.width(), self.more.height_at(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the pages again for the new size."""
        super().resizeEvent(event)
        self.arrange()
