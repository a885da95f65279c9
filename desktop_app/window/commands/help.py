"""Help: the handbook, opened at what the window shows, and what the program says about itself."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.looks.palette import Palette
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services

if TYPE_CHECKING:  # loaded when the handbook is first opened
    from desktop_app.window.handbook.handbook_window import HandbookWindow


class HelpCommands:
    """Opens the handbook of one window, and makes it anew when language or colours have changed."""

    def __init__(self, chapter: Callable[[], str], messages: Messages, services: Services, parent: QWidget) -> None:
        self._chapter = chapter
        self._messages = messages
        self._services = services
        self._parent = parent
        self._made_with: tuple[str, Palette] | None = None
        self.opened: HandbookWindow | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """All that is offered."""
        return (
            Command("handbook", Place(Menu.HELP, 1, 1), self.open_here, "F1"),
            Command("about", Place(Menu.HELP, 1, 2), self.tell_about),
        )

    def open_here(self) -> None:
        """Show the chapter on what the window shows."""
        self.open_at(self._chapter())

    def open_at(self, chapter: str) -> None:
        """Show a chapter; the first one when there is none of that name."""
        from desktop_app.window.handbook.handbook_window import HandbookWindow

        looks = (self._services.phrases.language, self._services.appearance.palette)
        if self.opened is not None and looks != self._made_with:
            self.opened.close()
            self.opened.deleteLater()
            self.opened = None
        if self.opened is None:
            self.opened, self._made_with = HandbookWindow(self._services, looks[1], self._parent), looks
        self.opened.open_at(chapter)

    def close(self) -> None:
        """Close the handbook; what it photographs goes too."""
        if self.opened is not None:
            self.opened.close()

    def tell_about(self) -> None:
        """Show what the program says about itself."""
        from desktop_app.window.about import about_text

        self._messages.show_text(self._services.window_words("about", "title"), about_text(self._services))
