"""A line that must not be missed, inside a pane: hidden until it says something, and spoken when it does."""

from PySide6.QtWidgets import QWidget

from desktop_app.looks.announcing import announce
from desktop_app.looks.appearance import Appearance
from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette
from desktop_app.looks.plain_label import PlainLabel


class CautionLabel(PlainLabel):
    """Plain text in the colours of a caution."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setVisible(False)
        appearance.changed.connect(self.use_palette)
        self.use_palette(appearance.palette)

    def tell(self, text: str) -> None:
        """Show a text; an empty one hides the line."""
        is_new = text != self.text()
        self.setText(text)
        self.setVisible(bool(text))
        if is_new and text:
            announce(self, text)

    def use_palette(self, palette: Palette) -> None:
        """Draw with other colours."""
        ink, ground = palette[Role.CAUTION].name(), palette[Role.CAUTION_SURFACE].name()
        self.setStyleSheet(f"color: {ink}; background: {ground}; padding: 3px;")
