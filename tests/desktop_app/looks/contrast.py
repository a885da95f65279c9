"""The contrast of two colours as WCAG 2.2 defines it, and the roles by how they are used."""

from PySide6.QtGui import QColor

from desktop_app.looks.drawing.role import Role

INKS = (Role.INK, Role.QUIET, Role.ACCENT, Role.STOP, Role.CAUTION, Role.DONE, Role.DEPENDS)
"""Words and signs."""
GROUNDS = (
    Role.WINDOW,
    Role.SURFACE,
    Role.RAISED,
    Role.ACCENT_SURFACE,
    Role.STOP_SURFACE,
    Role.CAUTION_SURFACE,
)
OTHERS = (Role.LINE, Role.EDGE, Role.ON_ACCENT)
WORDS, SIGNS = 4.5, 3.0
"""What WCAG asks of text (1.4.3) and of what is no text but must be seen (1.4.11)."""


def luminance(colour: QColor) -> float:
    """How light a colour is, from 0 to 1."""

    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(first: QColor, second: QColor) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)
