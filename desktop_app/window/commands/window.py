"""Hides the window, closes it, closes all windows."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from desktop_app.window.command import Command, Menu, Place


def window_commands(hide: Callable[[], object], close: Callable[[], object]) -> tuple[Command, ...]:
    """The commands of one window, given the functions that hide and close it."""
    return (
        Command("hide", Place(Menu.VIEW, 3, 1), hide, "Ctrl+L"),
        Command("close", Place(Menu.FILE, 4, 1), close, "Ctrl+W"),
        Command("quit", Place(Menu.FILE, 4, 2), QApplication.closeAllWindows, "Ctrl+Q"),
    )
