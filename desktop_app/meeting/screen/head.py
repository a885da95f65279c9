"""The top line of the full screen: the lesion, the number of the case, the buttons. No name, unless it is asked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.library.phrases import Phrases
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.meeting.screen.lettering import BODY, TITLE, WrappedLabel, lettering

BUTTONS = ("previous", "next", "identity", "leave")


class Head(QWidget):
    """Title at the left, buttons at the right."""

    pressed = Signal(str)
    """One of BUTTONS."""

    def __init__(self, phrases: Phrases, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._word = lambda key, **details: phrases.get("meeting", key).format(**details)
        self.lesion = WrappedLabel(TITLE, Role.INK, True)
        self.case = WrappedLabel(BODY, Role.QUIET)
        self.identity = WrappedLabel(BODY, Role.ACCENT, True)
        self.place = WrappedLabel(BODY, Role.QUIET)
        self.place.setWordWrap(False)
        for words in (self.lesion, self.case, self.identity, self.place):
            words.use_palette(palette)
        self.identity.tell("")
        self.buttons = {name: self._button(name) for name in BUTTONS}
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for words in (self.lesion, self.case, self.identity):
            texts.addWidget(words)
        texts.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(texts, 1)
        self._row.addWidget(self.place)
        for button in self.buttons.values():
            self._row.addWidget(button)
        self.show_identity_button(False)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._word(name) if name != "identity" else "")
        button.setAutoDefault(False)
        if name in ("previous", "next"):
            button.setAccessibleName(self._word(f"{name}_name"))
        button.clicked.connect(lambda: self.pressed.emit(name))
        return button

    def show_identity_button(self, is_shown: bool) -> None:
        """Label the button of the identity with what it does now."""
        self.buttons["identity"].setText(self._word("hide_identity" if is_shown else "show_identity"))

    def show_place(self, place: int, count: int) -> None:
        """Show the place of this case (from 1) among all cases, and enable the way to the others."""
        self.place.setText(self._word("place", place=str(place), count=str(count)))
        self.buttons["previous"].setEnabled(place > 1)
        self.buttons["next"].setEnabled(place < count)

    def use_unit(self, unit: float) -> None:
        """Set the size of the unit of type, in pixels."""
        for words in (self.lesion, self.case, self.identity, self.place):
            words.use_unit(unit)
        for button in self.buttons.values():
            button.setFont(lettering(button.font(), 0.8 * unit))
        self._row.setSpacing(round(0.4 * unit))

    def height_at(self, width: int) -> int:
        """The height at a width, in pixels."""
        taken = sum(button.sizeHint().width() for button in self.buttons.values()) + self.place.sizeHint().width()
        room = width - taken - self._row.spacing() * (len(self.buttons) + 1)
        texts = sum(words.height_at(room) for words in (self.lesion, self.case, self.identity))
        return max(texts, *(button.sizeHint().height() for button in self.buttons.values()))
