"""A line in which a name is searched: what fits floats under it as a list, and what is chosen is told by its id."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent
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

if TYPE_CHECKING:
    from guideline_core.edition.catalogue import ListName
from desktop_app.looks.announcing import announce
from desktop_app.looks.plain_edit import as_typed
from desktop_app.wizard.guarded import guarded
from desktop_app.wizard.inputs.base import ENTER_KEYS, InputContext
from desktop_app.wizard.inputs.typed import Line
from desktop_app.wizard.search import Found, NameSearch
from desktop_app.wizard.wording import Wording

MOST_ROWS_IN_SIGHT = 9
FOLLOW_MS = 30
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

    @guarded()
    def hideEvent(self, event: QHideEvent) -> None:
        """The list floats in the window and closes with its line: it must not outlive that."""
        super().hideEvent(event)
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

    def __init__(self, catalogue: "ListName", context: InputContext) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._context = context
        self.left_out: tuple[str, ...] = ()
        self.line = NameLine()
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
        if self.line.text() != as_typed(text):
            self.line.show_text(text)
        self.line.setModified(False)
