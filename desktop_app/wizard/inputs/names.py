"""Tumours and bones, found by typing part of a name or synonym: one name, or several."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from guideline_core.fields import AnswerKind
from guideline_core.keys import UNCERTAIN

if TYPE_CHECKING:
    from guideline_core.edition.catalogue import ListName
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.wizard.inputs.base import FieldInput, InputContext
from desktop_app.wizard.inputs.search_line import SearchLine
from desktop_app.wizard.wording import Wording

LIST_WORDS = {"who_2020": "who_edition", "guideline": "guideline_name", "common": "common_name"}
"""What is said of a name, by the list that it is from."""


class SearchInput(FieldInput):
    """What is searched in a catalogue: its line tells of what is chosen, and of a text that is no name yet."""

    def __init__(self, path: str, context: InputContext, catalogue: "ListName") -> None:
        super().__init__(path, context)
        self.catalogue = catalogue
        self.search_line = SearchLine(catalogue, context)
        self.edit = self.search_line.line
        self.setFocusProxy(self.search_line)
        self.search_line.chosen.connect(self.on_chosen)
        self.search_line.typed.connect(self.on_typed)
        self.search_line.done.connect(self.moved_on)
        self.edit.left.connect(self.left)

    def on_chosen(self, identifier: str) -> None:
        """A name was chosen."""
        raise NotImplementedError

    def on_typed(self, text: str) -> None:
        """A text was typed that is no name yet."""
        raise NotImplementedError

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def problem(self, raw: str) -> str:
        """A kept text is a name that was not chosen."""
        return "name_unfinished"

    def shut_list(self) -> None:
        """The page moved under the list."""
        self.search_line.names.shut()

    def describe(self, name: str, description: str) -> None:
        """The line is what a screen reader lands on."""
        super().describe(name, description)
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)


class NameInput(SearchInput):
    """One tumour or one bone."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context, "bones" if context.wording.kinds.of(path) is AnswerKind.BONE else "entities")
        self._value: str | None = None
        placeholder = self.wording.own("placeholder", "bone" if self.catalogue == "bones" else "entity")
        self.edit.setPlaceholderText(placeholder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search_line)

    def present(self, value: object, raw: str | None) -> None:
        """Show the name of an id, or the text that is no name yet."""
        self._value = value if isinstance(value, str) else None
        if raw is not None:
            if self.edit.text() != raw:
                self.search_line.show_text(raw)
                self.edit.setModified(True)
        elif self._value is not None:
            self.search_line.show_text(self.search_line.search.name(self._value))
        else:
            self.search_line.show_text("")

    def take_focus(self) -> None:
        """Put the cursor in the line, with its text selected."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.edit.selectAll()

    def remark(self) -> str:
        """What the catalogue says of the name, and which list it is from."""
        return name_remark(self.context, self.catalogue, self._value) if self._value is not None else ""

    def on_chosen(self, identifier: str) -> None:
        """Take the name as the answer."""
        self.present(identifier, None)
        self.value_entered.emit(identifier)
        self.moved_on.emit()

    def on_typed(self, text: str) -> None:
        """Keep the text; an empty line is no answer."""
        if text.strip():
            self.text_entered.emit(text, "name_unfinished")
        else:
            self.value_entered.emit(None)


def name_remark(context: InputContext, catalogue: "ListName", identifier: str) -> str:
    """The notes of a name in the catalogue, and the list that it is from."""
    lines = (*name_notes(context, catalogue, identifier), name_list(context, catalogue, identifier))
    return "\n".join(line for line in lines if line)


def name_notes(context: InputContext, catalogue: "ListName", identifier: str) -> list[str]:
    """What must still be checked of a name, and what its user must know."""
    entry = context.lists().names(catalogue).get(identifier)
    notes = [entry.in_doubt, entry.note] if entry is not None else []
    return [" ".join(words[context.wording.language].split()) for words in notes if words is not None]


def name_list(context: InputContext, catalogue: "ListName", identifier: str) -> str:
    """From which list the name of a tumour is, and of which edition."""
    if catalogue != "entities" or identifier == UNCERTAIN:
        return ""
    entity = context.lists().entities.get(identifier)
    return context.wording.own("search", LIST_WORDS[entity.list]) if entity is not None else ""


class Chip(QWidget):
    """One of several chosen names, with a button that takes it out."""

    removed = Signal(str)

    def __init__(self, identifier: str, name: str, wording: Wording) -> None:
        super().__init__()
        self.identifier = identifier
        self.button = QToolButton()
        self.button.setText("✕")
        self.button.setAutoRaise(True)
        words = wording.own("button", "remove", name=name)
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        self.button.clicked.connect(self._on_clicked)
        label = PlainLabel(name, wraps=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.button)
        layout.addStretch(1)

    def _on_clicked(self) -> None:
        self.removed.emit(self.identifier)


class NamesInput(SearchInput):
    """Several tumours: what the differential diagnosis leaves open."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context, "entities")
        self._value: tuple[str, ...] = ()
        self.edit.setPlaceholderText(self._placeholder())
        self._chips = QVBoxLayout()
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.search_line)
        layout.addLayout(self._chips)
        self.edit.emptied.connect(self._on_emptied)

    def _placeholder(self) -> str:
        return self.wording.own("placeholder", "add_entity" if self._value else "entity")

    def present(self, value: object, raw: str | None) -> None:
        """Show the chosen names, each with a way out, and the text that is no name yet."""
        chosen = tuple(str(name) for name in value) if isinstance(value, tuple | list) else ()
        if chosen != self._value or self._chips.count() != len(chosen):
            self._value = chosen
            self._show_chips()
        self.search_line.left_out = chosen
        self.edit.setPlaceholderText(self._placeholder())
        if self.edit.text() != (raw or ""):
            self.search_line.show_text(raw or "")
            self.edit.setModified(bool(raw))

    def _show_chips(self) -> None:
        for old in self.chips():
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        for identifier in self._value:
            chip = Chip(identifier, self.search_line.search.name(identifier), self.wording)
            chip.removed.connect(self._on_removed)
            self._chips.addWidget(chip)

    def chips(self) -> list[Chip]:
        """The chosen names as they are shown."""
        items = [self._chips.itemAt(place) for place in range(self._chips.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Chip)]

    def take_focus(self) -> None:
        """Put the cursor in the line."""
        self.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def remark(self) -> str:
        """The edition of the WHO list, and what must still be checked of the names."""
        notes, lists = [], []
        for name in self._value:
            words = self.search_line.search.name(name)
            notes += [f"{words}: {note}" for note in name_notes(self.context, self.catalogue, name)]
            lists.append(name_list(self.context, self.catalogue, name))
        return "\n".join(line for line in (*notes, *dict.fromkeys(lists)) if line)

    def on_chosen(self, identifier: str) -> None:
        """Add the name to the answer."""
        self.search_line.show_text("")
        self.value_entered.emit((*self._value, identifier))

    def _on_removed(self, identifier: str) -> None:
        self.value_entered.emit(tuple(name for name in self._value if name != identifier) or None)
        self.take_focus()

    def _on_emptied(self) -> None:
        """Backspace in an empty line takes the last name out."""
        if self._value:
            self._on_removed(self._value[-1])

    def on_typed(self, text: str) -> None:
        """Keep the text."""
        self.text_entered.emit(text, "name_unfinished" if text.strip() else "")
