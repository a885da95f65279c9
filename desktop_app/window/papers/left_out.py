"""What the letter says of the plan, line by line: a tick takes a line out, with a reason that stays with the case.

An unticked line stands in the letter until its reason is given. What is left out stays in the list, with the reason,
and one tick puts it back. Each change is an answer of the case, so that undo works; the plan is not touched.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case.document import CaseDocument
from desktop_app.looks.plain_edit import PlainLine
from desktop_app.papers.letter.leaving_out import Line, Standing, leaving_out, lines_of, putting_back
from desktop_app.window.services import Services

LONGEST_REASON = 400
"""Characters, as the contract has it."""
PATH = "letter.left_out"
LEAST_LINES, SHOWN_LINES = 2, 7
"""About how many lines of text the list shows without scrolling: in a low window, and in a high one."""
KEY = Qt.ItemDataRole.UserRole


class LeftOutPane(QWidget):
    """The lines of the letter of a document."""

    asked = Signal()
    """The reason of a line that was unticked is asked for: below the list, where it may be out of sight."""

    def __init__(self, document: CaseDocument, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._services = services
        self._lines: dict[str, Line] = {}
        self._asked: str | None = None
        """The line that was unticked and has no reason yet."""
        self._is_filling = False
        self._build()
        self._ask_nothing()
        document.explained.connect(self._follow)
        document.planning_failed.connect(self._show_nothing)
        document.loaded.connect(self._ask_nothing)

    def _build(self) -> None:
        self.about = QLabel(self._word("about"), self)
        self.about.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self._word("name"))
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        line = self.list.fontMetrics().lineSpacing()
        self.list.setMinimumHeight(LEAST_LINES * line)
        self.list.setMaximumHeight(SHOWN_LINES * line + 12)
        self.list.itemChanged.connect(self._on_ticked)
        self.question = QLabel(self)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        self.reason = PlainLine(self)
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.setPlaceholderText(self._word("reason"))
        self.reason.setAccessibleName(self._word("reason"))
        self.leave_out = QPushButton(self._word("leave_out"), self)
        self.keep = QPushButton(self._word("keep"), self)
        self.reason.textChanged.connect(lambda text: self.leave_out.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._leave_out)
        self.leave_out.clicked.connect(self._leave_out)
        self.keep.clicked.connect(self._ask_nothing)
        row = QHBoxLayout()
        row.addWidget(self.leave_out)
        row.addWidget(self.keep)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.about)
        column.addWidget(self.list)
        column.addWidget(self.question)
        column.addWidget(self.reason)
        column.addLayout(row)

    def refresh(self) -> None:
        """Show the lines of the plan and the answers as they are now, once the plan has its reasons."""
        if not self._document.is_explained:
            return
        try:
            self._fill()
        except Exception:
            self._show_nothing()
            raise

    def _show_nothing(self) -> None:
        """There is no plan: no line of an old one may stay."""
        self._lines = {}
        self.list.clear()
        self._ask_nothing()

    def _fill(self) -> None:
        lines = lines_of(
            self._document.plan,
            self._document.case,
            self._services.phrases,
            self._services.edition.tables.actions,
        )
        if self._asked is not None and not any(each.key == self._asked for each in lines):
            self._ask_nothing()
        shown = {line.key: line for line in lines}
        is_same = list(shown) == list(self._lines)
        self._lines = shown
        self._is_filling = True
        try:
            if not is_same:
                self.list.clear()
                for line in lines:
                    item = QListWidgetItem()
                    item.setData(KEY, line.key)
                    self.list.addItem(item)
            for place, line in enumerate(lines):
                self._show(self.list.item(place), line)
        finally:
            self._is_filling = False

    # --- showing

    def _show(self, item: QListWidgetItem, line: Line) -> None:
        item.setText(self._words(line))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_free = line.standing is not Standing.ALWAYS
        item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if is_free else flags)
        is_in = line.standing in (Standing.IN, Standing.ALWAYS) and line.key != self._asked
        item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)

    def _words(self, line: Line) -> str:
        if line.key == self._asked:
            return f"{line.words}\n{self._word('no_reason_yet')}"
        if line.standing is Standing.IN:
            return line.words
        return f"{line.words}\n{self._word(line.standing.value).format(reason=line.reason)}"

    def _follow(self, _plan: object) -> None:
        if self.isVisible():
            self.refresh()

    # --- choosing

    def _on_ticked(self, item: QListWidgetItem) -> None:
        if self._is_filling:
            return
        line = self._lines[item.data(KEY)]
        if line.standing in (Standing.OUT, Standing.NOT_IN_PLAN):
            self._document.answer(PATH, putting_back(self._document.case, line.key))
            self.refresh()
        elif item.checkState() is Qt.CheckState.Checked:
            self._ask_nothing()
        else:
            self._ask(line)

    def _ask(self, line: Line) -> None:
        self._asked = line.key
        self.question.setText(self._word("question").format(line=line.words))
        for part in (self.question, self.reason, self.leave_out, self.keep):
            part.setVisible(True)
        self.reason.clear()
        self.leave_out.setEnabled(False)
        self.refresh()
        self.reason.setFocus()
        self.asked.emit()

    def _ask_nothing(self) -> None:
        was_asked, self._asked = self._asked, None
        for part in (self.question, self.reason, self.leave_out, self.keep):
            part.setVisible(False)
        if was_asked is not None and self.isVisible():
            self.refresh()

    def _leave_out(self) -> None:
        reason = self.reason.text().encode("utf-8", "replace").decode("utf-8").strip()
        if self._asked is None or not reason:
            return
        action, self._asked = self._asked, None
        self._document.answer(PATH, leaving_out(self._document.case, action, reason))
        self._ask_nothing()
        self.refresh()
        self.list.setCurrentRow(list(self._lines).index(action))
        self.list.setFocus()

    def _word(self, key: str) -> str:
        return self._services.window_words("left_out", key)
