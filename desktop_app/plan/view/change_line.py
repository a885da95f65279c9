"""The sentence above the plan that says what the last answer changed; two lines of it, and all of it when unfolded."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from desktop_app.library.phrases import Phrases
from desktop_app.looks.announcing import announce
from desktop_app.looks.plain_label import PlainLabel

LINES = 2
"""How many lines are always kept free for the sentence: the plan below it does not jump with each answer."""
WHAT_IF_KEY = "F9"
ANNOUNCE_AFTER_MS = 600
"""How long after the last key stroke a screen reader is told."""
SIDE, ABOVE, GAP, EDGE = 10, 2, 6, 4


class ChangeLine(QFrame):
    """What changed, and the button that tries another answer."""

    what_if_wanted = Signal()
    """The user wants to try another answer to the question at hand."""
    height_changed = Signal()

    def __init__(self, phrases: Phrases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phrases = phrases
        self.sentence = ""
        self.label = PlainLabel("", self)
        self.label.setObjectName("what_changed")
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.more = QToolButton(self)
        self.more.setAutoRaise(True)
        self.more.setCheckable(True)
        self.more.toggled.connect(self._fold)
        self.what_if = QToolButton(self)
        self.what_if.setText(f"{self._word('what_if')} · {WHAT_IF_KEY}")
        self.what_if.setToolTip(self._word("what_if_long"))
        self.what_if.setAccessibleName(self._word("what_if"))
        self.what_if.setAccessibleDescription(self._word("what_if_long"))
        self.what_if.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in its question
        self.what_if.clicked.connect(lambda: self.what_if_wanted.emit())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, singleShot=True, interval=ANNOUNCE_AFTER_MS)
        self._timer.timeout.connect(self._announce)
        self._fold(False)

    def _place(self) -> None:
        """Put sentence and buttons in their places: a layout would lay out the whole view anew at each answer."""
        right = self.width() - EDGE
        for button, top in ((self.what_if, ABOVE), (self.more, ABOVE + self.what_if.sizeHint().height())):
            size = button.sizeHint()
            button.setGeometry(right - size.width(), top, size.width(), size.height())
        self.label.setGeometry(SIDE, ABOVE, round(self._text_width()) + 2, self.height() - 2 * ABOVE)

    def tell(self, sentence: str) -> None:
        """Show what the last answer changed; empty when there was none."""
        if sentence == self.sentence:
            return
        self.sentence = sentence
        self.label.setAccessibleName(sentence)
        self.more.setChecked(False)
        self._show()
        if sentence:
            self._timer.start()
        else:
            self._timer.stop()

    def _announce(self) -> None:
        announce(self.label, self.sentence)

    # --- folding

    @property
    def is_unfolded(self) -> bool:
        """Whether all of the sentence is shown, however long."""
        return self.more.isChecked()

    def _fold(self, _unfolded: bool) -> None:
        words = self._word("less" if self.is_unfolded else "more")
        self.more.setText(words)
        self.more.setAccessibleName(f"{words}: {self._phrases.heading('what_changed')}")
        self._show()
        self.updateGeometry()
        self.height_changed.emit()

    def _show(self) -> None:
        shown = self.sentence if self.is_unfolded else self._two_lines()
        self.more.setVisible(self.is_unfolded or shown != self.sentence)
        self.label.setText(shown)
        self._place()
        self.label.setToolTip("" if shown == self.sentence else self.sentence)

    def _text_width(self) -> float:
        """The width of the sentence: the wider button counts, seen or not, so that showing it wraps nothing anew."""
        buttons = max(self.what_if.sizeHint().width(), self.more.sizeHint().width())
        return max(self.width() - SIDE - EDGE - buttons - GAP - 2, 40)

    def _two_lines(self) -> str:
        return elided(self.sentence, self.label.font(), self._text_width(), LINES)

    def wanted_height(self) -> int:
        """The height at the present width."""
        font = QFontMetricsF(self.label.font())
        lines = len(line_starts(self.sentence, self.label.font(), self._text_width())) if self.is_unfolded else LINES
        buttons = self.what_if.sizeHint().height() + self.more.sizeHint().height()
        return 2 * ABOVE + round(max(max(lines, LINES) * font.lineSpacing() + 2, buttons))

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "what_changed", key)

    # --- overrides

    def sizeHint(self) -> QSize:
        """Two lines, or all of them."""
        return QSize(300, self.wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Two lines, or all of them."""
        return QSize(100, self.wanted_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew, and put everything in its place."""
        super().resizeEvent(event)
        self._place()
        if event.oldSize().width() != event.size().width():
            self._show()


def line_starts(text: str, font: QFont, width: float) -> list[int]:
    """Where the lines of a text begin when it is wrapped at a width."""
    layout = QTextLayout(text, font)
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    return starts


def elided(text: str, font: QFont, width: float, lines: int) -> str:
    """A text that takes no more than so many lines, with dots where it was cut."""
    starts = line_starts(text, font, width)
    if len(starts) <= lines:
        return text
    last = starts[lines - 1]
    return text[:last] + QFontMetricsF(font).elidedText(text[last:], Qt.TextElideMode.ElideRight, width)
