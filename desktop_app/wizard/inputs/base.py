"""What all inputs share: they show an answer, tell when another is given, and know nothing of the case."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QWidget

from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.wizard.search import NameSearch
from desktop_app.wizard.wording import Wording

if TYPE_CHECKING:
    from guideline_core.edition.catalogue import CatalogueEntries, ListName

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class InputContext:
    """What inputs need of the program: words, and the catalogue (read when it is first needed)."""

    wording: Wording
    search: "Callable[[ListName], NameSearch]"
    """The search in a list of the catalogue."""
    lists: "Callable[[], CatalogueEntries]"
    """The catalogue itself."""
    options_width: int = 470
    """How wide a grid of options may be before it breaks into rows."""


def context_of(phrases: Phrases, kinds: FieldKinds, lists: "Callable[[], CatalogueEntries]") -> InputContext:
    """The context under one edition, in one language; its catalogue is read when it is first needed."""

    @cache
    def search(catalogue: "ListName") -> NameSearch:
        return NameSearch(lists().names(catalogue), phrases.language)

    return InputContext(Wording(phrases, kinds), search, lists)


class FieldInput(QWidget):
    """An input for one field. Nothing is chosen in it that nobody said: it starts empty, and empty means not known."""

    value_entered = Signal(object)  # an answer; None clears it
    text_entered = Signal(str, str)  # a text that is no answer yet, and why (key of a problem)
    moved_on = Signal()  # the user is done here: on to the next question
    left = Signal()  # the cursor went elsewhere

    sits_beside_question = False
    """Whether it stands at the right of its question rather than under it."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__()
        self.path = path
        self.context = context
        self.wording = context.wording

    def present(self, value: object, raw: str | None) -> None:
        """Show an answer, or a text that is none yet, without telling anyone."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the cursor where one answers."""
        raise NotImplementedError

    def text(self) -> str:
        """What is typed; empty where one chooses."""
        return ""

    def problem(self, raw: str) -> str:
        """Why a kept text is no answer: a key of the phrases; empty when that is not known here."""
        return ""

    def shut_list(self) -> None:
        """Close the list of names that floats over the page, if there is one."""

    def remark(self) -> str:
        """What the program says of the answer that stands here, such as the note of a diagnosis."""
        return ""

    def settle(self, day: datetime.date) -> None:
        """The cursor went elsewhere, on the day of the plan: read what could not be read while it was being typed."""

    def describe(self, name: str, description: str) -> None:
        """Tell screen readers what is asked here."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def dim(self, dimmed: bool) -> None:
        """Show that an answer here is not needed; it can still be given."""
        palette = QPalette()
        if dimmed:
            muted = palette.color(QPalette.ColorRole.PlaceholderText)
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
                palette.setColor(role, muted)
        self.setPalette(palette)

    def forget(self) -> None:
        """Another case came: forget what was only of the old one."""


def is_plain_key(event: QKeyEvent) -> bool:
    """Whether a key is pressed without Ctrl, Alt and the like."""
    return not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
