"""The bar at the foot of the window for messages that need no answer, sometimes with one button.

It has a room of its own that is always there, and grows over the page above it: nothing moves under the pointer when a
message comes or goes.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop_app.library.sentences import shown
from desktop_app.looks.announcing import announce
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_label import PlainLabel

NOTE_STAYS_MS = 10_000
"""How long a note stays; a warning stays until it is closed."""
_TONES = {"note": (Role.ACCENT, Role.ACCENT_SURFACE), "caution": (Role.CAUTION, Role.CAUTION_SURFACE)}


class MessageBar(QFrame):
    """Shows one message at a time, the newest. A screen reader speaks it; a warning interrupts."""

    filled = Signal()
    """There is another message, which may need another height."""

    def __init__(self, name: str, close_word: str, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._name = name
        self._colours = palette
        self._tone = "note"
        self.text = PlainLabel("", self)
        self.action = QPushButton(self)
        self.action.setVisible(False)
        self._do: Callable[[], None] | None = None
        self.action.clicked.connect(self._act)
        self.close_button = QPushButton(close_word, self)
        self.close_button.setFlat(True)
        self.close_button.clicked.connect(self.hide)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 8, 4)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.action)
        self._row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=NOTE_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, tone: str) -> None:
        """Show a message."""
        self._fill(text, tone)
        self.action.setVisible(False)
        self.filled.emit()
        if tone == "note":
            self._timer.start()

    def offer(self, text: str, button: str, do: Callable[[], None], tone: str = "note") -> None:
        """Show a message with one action; it stays until that is done or the message is closed."""
        self._fill(text, tone)
        self._do = do
        self.action.setText(button)
        self.action.setVisible(True)
        self.filled.emit()

    def line_height(self) -> int:
        """The height of a message of one line, in pixels: the room that is kept for it. That of its buttons, for the
        text asks for more the longer it is."""
        margins = self.contentsMargins() + self._row.contentsMargins()
        return self.close_button.sizeHint().height() + margins.top() + margins.bottom()

    def stand_at_foot_of(self, page: QWidget) -> None:
        """Stand over the foot of a page, as wide as it is and as high as the message needs."""
        self._row.activate()
        height = max(self._row.totalHeightForWidth(page.width()), self.line_height())
        self.setGeometry(0, page.height() - height, page.width(), height)
        self.raise_()

    def withdraw(self, text: str) -> None:
        """Remove a message, unless a newer one has replaced it."""
        if self.text.text() == shown(text):
            self.hide()

    def take_over_warning(self, other: "MessageBar") -> None:
        """Show the warning that another bar shows, if it does; in its words, and with its action."""
        if other._tone != "caution" or other.isHidden():
            return
        self.say(other.text.text(), "caution")
        if not other.action.isHidden() and other._do is not None:
            self.offer(other.text.text(), other.action.text(), other._do, "caution")

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._colours = palette
        ink, ground = (palette[role].name() for role in _TONES[self._tone])
        self.setStyleSheet(
            f"QFrame#message_bar {{ background: {ground}; }} QFrame#message_bar QLabel {{ color: {ink}; }}"
            f"QFrame#message_bar QPushButton:flat:focus {{ border: 2px solid {ink}; border-radius: 3px; }}"
        )

    def _fill(self, text: str, tone: str) -> None:
        self._timer.stop()
        self._tone = tone
        self.use_palette(self._colours)
        self.text.setText(text)
        self.text.setAccessibleName(f"{self._name}: {text}")
        self.setAccessibleName(f"{self._name}: {text}")
        self.show()
        announce(self.text, text, urgent=tone == "caution")

    def _act(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()
