"""The colours of the program by their role, in light and in dark.

A role says what a colour means, never what it looks like. No meaning rests on colour alone: a sign or word is there.
Any ink can be read on any ground (4.5 : 1; hints too, and what is dimmed but can still be answered). Edges stand out
from each (3 : 1), and so do the words of what cannot be acted on, of which WCAG asks nothing. LINE only parts what
space parts already. A test reckons it. Colours stand here and, for paper, in the letter; nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app.looks.drawing.role import Role


@dataclass(frozen=True)
class Palette:
    """A colour for each role."""

    name: str
    colours: Mapping[Role, str]

    def __getitem__(self, role: Role) -> QColor:
        return QColor(self.colours[role])


LIGHT = Palette(
    "light",
    {
        Role.WINDOW: "#eef2f4",
        Role.SURFACE: "#ffffff",
        Role.RAISED: "#f6f9fa",
        Role.LINE: "#d3dce1",
        Role.EDGE: "#66767f",
        Role.INK: "#16252d",
        Role.QUIET: "#4f626d",
        Role.ACCENT: "#0b6470",
        Role.ACCENT_SURFACE: "#e3f1f3",
        Role.ON_ACCENT: "#ffffff",
        Role.STOP: "#a81c16",
        Role.STOP_SURFACE: "#fdeceb",
        Role.CAUTION: "#7a4f00",
        Role.CAUTION_SURFACE: "#fff5df",
        Role.DONE: "#24703f",
        Role.DEPENDS: "#5a4a8c",
    },
)
DARK = Palette(
    "dark",
    {
        Role.WINDOW: "#14191c",
        Role.SURFACE: "#1b2226",
        Role.RAISED: "#232b30",
        Role.LINE: "#3a464d",
        Role.EDGE: "#82929b",
        Role.INK: "#eef3f5",
        Role.QUIET: "#a9b8c0",
        Role.ACCENT: "#6cc7d3",
        Role.ACCENT_SURFACE: "#173b41",
        Role.ON_ACCENT: "#0b1a1d",
        Role.STOP: "#ff9d94",
        Role.STOP_SURFACE: "#471a18",
        Role.CAUTION: "#f2c46d",
        Role.CAUTION_SURFACE: "#3d2f12",
        Role.DONE: "#85d3a0",
        Role.DEPENDS: "#c0b2f2",
    },
)


def palette_for(system: QPalette) -> Palette:
    """The palette that goes with a palette of Qt: dark when its windows are."""
    return DARK if system.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def qt_palette(palette: Palette) -> QPalette:
    """The colours as Qt's own widgets use them."""
    result = QPalette(palette[Role.WINDOW])
    roles = {
        QPalette.ColorRole.Window: Role.WINDOW,
        QPalette.ColorRole.WindowText: Role.INK,
        QPalette.ColorRole.Base: Role.SURFACE,
        QPalette.ColorRole.AlternateBase: Role.RAISED,
        QPalette.ColorRole.Text: Role.INK,
        QPalette.ColorRole.Button: Role.RAISED,
        QPalette.ColorRole.ButtonText: Role.INK,
        QPalette.ColorRole.Highlight: Role.ACCENT,
        QPalette.ColorRole.HighlightedText: Role.ON_ACCENT,
        QPalette.ColorRole.PlaceholderText: Role.QUIET,
        QPalette.ColorRole.ToolTipBase: Role.SURFACE,
        QPalette.ColorRole.ToolTipText: Role.INK,
        QPalette.ColorRole.Link: Role.ACCENT,
        QPalette.ColorRole.Mid: Role.LINE,
    }
    for qt_role, role in roles.items():
        result.setColor(qt_role, palette[role])
    for qt_role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, qt_role, faded(palette))
    return result


EDGED = ("QAbstractButton", "QLineEdit", "QComboBox", "QAbstractSpinBox", "QPlainTextEdit", "QListWidget")
"""What one can act on: its edge must be seen, in the dark too."""


def put_on(palette: Palette) -> None:
    """Put a palette on the whole application."""
    common = qt_palette(palette)
    QApplication.setPalette(common)  # first, for it forgets those of classes
    edged = QPalette(common)
    edged.setColor(QPalette.ColorRole.Window, palette[Role.EDGE].lighter(140))  # Fusion draws edges so much darker
    for name in EDGED:
        QApplication.setPalette(edged, name)  # type: ignore[arg-type]  # Qt takes a text, its stub says bytes


def faded(palette: Palette) -> QColor:
    """The colour of words that cannot be acted on: between quiet words and their ground, and still legible."""
    quiet, ground = palette[Role.QUIET], palette[Role.SURFACE]
    shares = zip(quiet.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(0.75 * ink + 0.25 * behind) for ink, behind in shares))
