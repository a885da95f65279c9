"""The button that goes on: the one action of a page that stands out, by its ground as well as by its place."""

from PySide6.QtWidgets import QAbstractButton

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import Palette


def stand_out(button: QAbstractButton, palette: Palette) -> None:
    """Colour a button as the primary one; called again when the palette is another."""
    colour = {role: palette[role].name() for role in Role}
    button.setStyleSheet(
        f"QAbstractButton {{ background: {colour[Role.ACCENT]}; color: {colour[Role.ON_ACCENT]};"
        f" border: 2px solid {colour[Role.ACCENT]}; border-radius: 3px; padding: 2px 12px; }}"
        f"QAbstractButton:hover {{ background: {colour[Role.INK]}; color: {colour[Role.SURFACE]}; }}"
        f"QAbstractButton:focus {{ border-color: {colour[Role.INK]}; }}"
        f"QAbstractButton:disabled {{ background: {colour[Role.RAISED]}; color: {colour[Role.QUIET]};"
        f" border-color: {colour[Role.LINE]}; }}"
    )
