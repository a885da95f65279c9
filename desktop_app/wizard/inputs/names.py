"""Tumours and bones, found by typing part of a name or synonym: one name, or several."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from guideline_core.fields import AnswerKind
from guideline_core.keys import UNCERTAIN

if TYPE_CHECKING:
    from guideline_core.edition.catalogue import ListName
from desktop_app.looks.announcing import announce
from desktop_app.looks.plain_label import PlainLabel
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS, FieldInput, InputContext
from desktop_app.wizard.inputs.typed import Line
from desktop_app.wizard.search import Found, NameSearch
from desktop_app.wizard.wording import Wording

MOST_ROWS_IN_SIGHT = 9
FOLLOW_MS = 30
LIST_WORDS = {"who_2020": "who_edition", "guideline": "guideline_name", "common": "common_name"}
"""What is said of a name, by the list that it is from."""
LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class NameLine(Line):
    """The line in which a name is typed; arrows, Enter and Esc belong to its list while that is open."""

    stepped = Signal(int)
    chosen = Signal()
    closed = Signal()
    emptied = Signal()
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.list_is_open = False

    @guarded()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list; hand on the rest."""
        key = Qt.Key(event.key())
        if key in LIST_KEYS:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
            self.stepped.emit(steps[key])
        elif self.list_is_open and key in ENTER_KEYS:
            self.chosen.emit()
        elif self.list_is_open and key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            if key == Qt.Key.Key_Backspace and not self.text():
                self.emptied.emit()
            super().keyPressEvent(event)

    @guarded()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the list."""
        super().mousePressEvent(event)
        self.clicked.emit()

    @guarded()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list closes with the focus."""
        super().focusOutEvent(event)
        self.closed.emit()


class NameList(QFrame):
    """The names that fit, floating under their line; it never takes the focus, so typing goes on."""

    chosen = Signal(str)

    def __init__(self, line: NameLine, wording: Wording) -> None:
        super().__init__(line)
        self._line = line
        self._wording = wording
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemClicked.connect(self._on_clicked)
        self.nothing = QLabel(wording.own("search", "none"))
        self.nothing.setContentsMargins(6, 4, 6, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self._place)
        self.hide()

    def offer(self, names: list[Found]) -> None:
        """Show the names, the best one chosen already."""
        self.list.clear()
        for found in names:
            item = QListWidgetItem(self._words(found))
            item.setData(Qt.ItemDataRole.UserRole, found.id)
            item.setToolTip(self._words(found))
            self.list.addItem(item)
        self.list.setVisible(bool(names))
        self.nothing.setVisible(not names)
        if names:
            self.list.setCurrentRow(0)
        self._line.list_is_open = True
        self._place()
        self._following.start()  # what is typed can change the rows of the page, and with them the place of the line

    def _words(self, found: Found) -> str:
        words = found.name
        if found.matched:
            words = self._wording.own("search", "synonym", name=found.name, synonym=found.matched)
        return f"{words} · {self._wording.own('search', 'in_doubt')}" if found.in_doubt else words

    def _place(self) -> None:
        """Under the line, or above it where there is more room."""
        if not self._line.list_is_open:
            return
        count = self.list.count()
        window = self._line.window()
        if self.parent() is not window:
            self.setParent(window)
        row = self.list.sizeHintForRow(0) if count else 0
        height = min(count, MOST_ROWS_IN_SIGHT) * row + 6 if count else self.nothing.sizeHint().height() + 4
        top = self._line.mapTo(window, QPoint(0, self._line.height()))
        if top.y() + height > window.height() and top.y() - self._line.height() > height:
            top.setY(top.y() - self._line.height() - height)
        self.setGeometry(top.x(), top.y(), max(self._line.width(), 260), height)
        self.raise_()
        self.show()

    def shut(self) -> None:
        """Close the list."""
        self._following.stop()
        self.hide()
        self._line.list_is_open = False

    def step(self, by: int) -> None:
        """Go up or down in the list."""
        if self.list.count():
            row = max(0, min(self.list.count() - 1, self.list.currentRow() + by))
            self.list.setCurrentRow(row)
            announce(self._line, self.list.currentItem().text())  # the cursor stays in the line

    def choose_current(self) -> None:
        """Choose the name under the bar."""
        item = self.list.currentItem()
        if item is not None and not self.list.isHidden():
            self._on_clicked(item)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.shut()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


class SearchLine(QWidget):
    """A line with its list: tells the id that was chosen, or the text that is no name yet."""

    chosen = Signal(str)
    typed = Signal(str)
    done = Signal()

    def __init__(self, catalogue: "ListName", context: InputContext, placeholder: str) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._context = context
        self.left_out: tuple[str, ...] = ()
        self.line = NameLine()
        self.line.setPlaceholderText(placeholder)
        self.line.setClearButtonEnabled(True)
        for button in self.line.findChildren(QToolButton):
            button.setAccessibleName(context.wording.own("button", "clear"))
        self.names = NameList(self.line, context.wording)
        self.destroyed.connect(self.names.deleteLater)
        self.setFocusProxy(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.line.given.connect(self._on_edited)
        self.line.stepped.connect(self._on_stepped)
        self.line.chosen.connect(self.names.choose_current)
        self.line.closed.connect(self.names.shut)
        self.line.clicked.connect(self._offer)
        self.line.entered.connect(self.done)
        self.names.chosen.connect(self.chosen)

    @property
    def search(self) -> NameSearch:
        """The catalogue; read when it is first needed."""
        return self._context.search(self._catalogue)

    def _on_edited(self, text: str) -> None:
        self._offer()
        self.typed.emit(text)

    def _on_stepped(self, by: int) -> None:
        if self.line.list_is_open:
            self.names.step(by)
        else:
            self._offer()

    def _offer(self) -> None:
        self.names.offer(self.search.find(self._query(), self.left_out))

    def _query(self) -> str:
        return self.line.text() if self.line.isModified() else ""

    def show_text(self, text: str) -> None:
        """Put a text in the line without telling anyone."""
        if self.line.text() != text:
            self.line.show_text(text)
        self.line.setModified(False)


class NameInput(FieldInput):
    """One tumour or one bone."""

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context)
        self.catalogue: ListName = "bones" if self.wording.kinds.of(path) is AnswerKind.BONE else "entities"
        self._value: str | None = None
        placeholder = self.wording.own("placeholder", "bone" if self.catalogue == "bones" else "entity")
        self.search_line = SearchLine(self.catalogue, context, placeholder)
        self.edit = self.search_line.line
        self.setFocusProxy(self.search_line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search_line)
        self.search_line.chosen.connect(self._on_chosen)
        self.search_line.typed.connect(self._on_typed)
        self.search_line.done.connect(self.moved_on)
        self.edit.left.connect(self.left)

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

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def problem(self, raw: str) -> str:
        """A kept text is a name that was not chosen."""
        return "name_unfinished"

    def shut_list(self) -> None:
        """The page moved under the list."""
        self.search_line.names.shut()

    def remark(self) -> str:
        """What the catalogue says of the name, and which list it is from."""
        return name_remark(self.context, self.catalogue, self._value) if self._value is not None else ""

    def describe(self, name: str, description: str) -> None:
        """The line is what a screen reader lands on."""
        super().describe(name, description)
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)

    def _on_chosen(self, identifier: str) -> None:
        self.present(identifier, None)
        self.value_entered.emit(identifier)
        self.moved_on.emit()

    def _on_typed(self, text: str) -> None:
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


class NamesInput(FieldInput):
    """Several tumours: what the differential diagnosis leaves open."""

    catalogue: "ListName" = "entities"

    def __init__(self, path: str, context: InputContext) -> None:
        super().__init__(path, context)
        self._value: tuple[str, ...] = ()
        self.search_line = SearchLine(self.catalogue, context, self._placeholder())
        self.edit = self.search_line.line
        self.setFocusProxy(self.search_line)
        self._chips = QVBoxLayout()
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.search_line)
        layout.addLayout(self._chips)
        self.search_line.chosen.connect(self._on_chosen)
        self.search_line.typed.connect(self._on_typed)
        self.search_line.done.connect(self.moved_on)
        self.edit.left.connect(self.left)
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

    def text(self) -> str:
        """What is typed."""
        return self.edit.text()

    def problem(self, raw: str) -> str:
        """A kept text is a name that was not chosen."""
        return "name_unfinished"

    def shut_list(self) -> None:
        """The page moved under the list."""
        self.search_line.names.shut()

    def remark(self) -> str:
        """The edition of the WHO list, and what must still be checked of the names."""
        notes, lists = [], []
        for name in self._value:
            words = self.search_line.search.name(name)
            notes += [f"{words}: {note}" for note in name_notes(self.context, self.catalogue, name)]
            lists.append(name_list(self.context, self.catalogue, name))
        return "\n".join(line for line in (*notes, *dict.fromkeys(lists)) if line)

    def describe(self, name: str, description: str) -> None:
        """The line is what a screen reader lands on."""
        super().describe(name, description)
        self.edit.setAccessibleName(name)
        self.edit.setAccessibleDescription(description)

    def _on_chosen(self, identifier: str) -> None:
        self.search_line.show_text("")
        self.value_entered.emit((*self._value, identifier))

    def _on_removed(self, identifier: str) -> None:
        self.value_entered.emit(tuple(name for name in self._value if name != identifier) or None)
        self.take_focus()

    def _on_emptied(self) -> None:
        """Backspace in an empty line takes the last name out."""
        if self._value:
            self._on_removed(self._value[-1])

    def _on_typed(self, text: str) -> None:
        self.text_entered.emit(text, "name_unfinished" if text.strip() else "")
