"""The bar at the foot of the window for messages that need no answer, sometimes with one button.

It has a room of its own that is always there, and grows over the page above it: nothing moves under the pointer when a
message comes or goes.
"""

from collections.abc import Callable
from typing import NamedTuple

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


class _Message(NamedTuple):
    """What stands in the bar, with the word of its button and what that does, if it has one."""

    text: str
    tone: str
    button: str = ""
    do: Callable[[], None] | None = None

    @property
    def stays(self) -> bool:
        """Whether it must be seen: it waits while another message stands before it."""
        return self.tone == "caution"


class MessageBar(QFrame):
    """Shows one message at a time, the newest; a warning that is not yet closed waits behind it. A screen reader speaks
    it; a warning interrupts."""

    filled = Signal()
    """There is another message, which may need another height."""

    def __init__(self, name: str, close_word: str, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._name = name
        self._colours = palette
        self._shown = _Message("", "note")
        self._waiting: list[_Message] = []
        """The warnings that nobody closed, the newest last."""
        self.text = PlainLabel("", self)
        self.action = QPushButton(self)
        self.action.setVisible(False)
        self.action.clicked.connect(self._act)
        self.close_button = QPushButton(close_word, self)
        self.close_button.setFlat(True)
        self.close_button.clicked.connect(self._leave)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 8, 4)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.action)
        self._row.addWidget(self.close_button)
        self._timer = QTimer(self, singleShot=True, interval=NOTE_STAYS_MS)
        self._timer.timeout.connect(self._leave)
        self.hide()

    def say(self, text: str, tone: str) -> None:
        """Show a message."""
        self._take(_Message(text, tone))

    def offer(self, text: str, button: str, do: Callable[[], None], tone: str = "note") -> None:
        """Show a message with one action; it stays until that is done or the message is closed."""
        self._take(_Message(text, tone, button, do))

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
        """Remove a message, also one that waits behind another."""
        self._waiting = [each for each in self._waiting if shown(each.text) != shown(text)]
        if not self.isHidden() and shown(self._shown.text) == shown(text):
            self._leave()

    def take_over_warnings(self, other: "MessageBar") -> None:
        """Show the warnings that another bar shows or keeps, in its words and with its actions."""
        standing = [] if other.isHidden() else [other._shown]
        for message in (*other._waiting, *standing):
            if message.stays:
                self._take(message)

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        self._colours = palette
        ink, ground = (palette[role].name() for role in _TONES[self._shown.tone])
        self.setStyleSheet(
            f"QFrame#message_bar {{ background: {ground}; }} QFrame#message_bar QLabel {{ color: {ink}; }}"
            f"QFrame#message_bar QPushButton:flat:focus {{ border: 2px solid {ink}; border-radius: 3px; }}"
        )

    def _take(self, message: _Message) -> None:
        """Show a message before the warning that stands."""
        if not self.isHidden() and self._shown.stays:
            self._waiting.append(self._shown)
        self._waiting = [each for each in self._waiting if each.text != message.text]
        self._show(message)

    def _show(self, message: _Message) -> None:
        self._timer.stop()
        self._shown = message
        self.use_palette(self._colours)
        self.text.setText(message.text)
        self.text.setAccessibleName(f"{self._name}: {message.text}")
        self.setAccessibleName(f"{self._name}: {message.text}")
        self.action.setText(message.button)
        self.action.setVisible(message.do is not None)
        self.show()
        self.filled.emit()
        announce(self.text, message.text, urgent=message.stays)
        if message.do is None and not message.stays:
            self._timer.start()

    def _leave(self) -> None:
        """The message that stands goes; a warning that waits behind it comes back."""
        self._timer.stop()
        if self._waiting:
            self._show(self._waiting.pop())
        else:
            self.hide()

    def _act(self) -> None:
        do = self._shown.do
        self._leave()
        if do is not None:
            do()
