"""The open question that comes first, as a button that leads to it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.looks.plain_label import PlainLabel

KEY = "F6"
SIDE, ABOVE, BELOW = 12, 5, 6
"""The space around the words, in pixels."""


class NextQuestion(QPushButton):
    """A button with a heading and a question that wraps; one key presses it from anywhere in the window."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("next_question")
        self._heading = heading
        self.heading = self._label("heading", f"{heading} · {KEY}")
        self.question = self._label("question", "")
        self.question.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, ABOVE, SIDE, BELOW)
        column.setSpacing(1)
        column.addWidget(self.heading)
        column.addWidget(self.question)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        QShortcut(QKeySequence(KEY), self, self.click)  # a shortcut of the button itself would act 0.1 s later

    def _label(self, name: str, text: str) -> QLabel:
        label = PlainLabel(text, self, wraps=False)
        label.setObjectName(name)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def ask(self, question: str, effects: str, can_be_answered: bool) -> None:
        """Show a question, or a sentence in its place."""
        self.setEnabled(can_be_answered)
        if self.question.text() != question or self.toolTip() != effects:
            self.question.setText(question)
            self.setToolTip(effects)
            self.setAccessibleName(f"{self._heading}: {question}")
            self.setAccessibleDescription(effects)
            self.updateGeometry()

    # --- overrides

    def hasHeightForWidth(self) -> bool:
        """The question wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped question."""
        lines = self.question.heightForWidth(max(width - 2 * SIDE, 100))
        return ABOVE + self.heading.sizeHint().height() + 1 + lines + BELOW

    def sizeHint(self) -> QSize:
        """As high as the question, wrapped at the present width."""
        return QSize(300, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """As high as the question, wrapped at the present width."""
        return QSize(100, self.heightForWidth(self.width()))
