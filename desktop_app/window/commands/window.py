"""What can be done with the window itself: hide it, close it, close all."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from desktop_app.window.command import Command, Menu, Place


def window_commands(hide: Callable[[], object], close: Callable[[], object]) -> tuple[Command, ...]:
    """The commands of one window, given what hides its case and what closes it."""
    return (
        Command("hide", Place(Menu.VIEW, 3, 1), hide, "Ctrl+L"),
        Command("close", Place(Menu.FILE, 4, 1), close, "Ctrl+W"),
        Command("quit", Place(Menu.FILE, 4, 2), QApplication.closeAllWindows, "Ctrl+Q"),
    )
