"""Help: the handbook, opened at the chapter on what the window shows, and the text about the program."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.looks.palette import Palette
from desktop_app.window.about import about_text
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services

if TYPE_CHECKING:  # loaded when the handbook is first opened
    from desktop_app.window.handbook.handbook_window import HandbookWindow


class HelpCommands:
    """Opens the handbook of one window; after a change of language or colours it is built again."""

    def __init__(self, chapter: Callable[[], str], messages: Messages, services: Services, parent: QWidget) -> None:
        self._chapter = chapter
        self._messages = messages
        self._services = services
        self._parent = parent
        self._made_with: tuple[str, Palette] | None = None
        self.opened: HandbookWindow | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the menus offer."""
        return (
            Command("handbook", Place(Menu.HELP, 1, 1), self.open_here, "F1"),
            Command("about", Place(Menu.HELP, 1, 2), self.tell_about),
        )

    def open_here(self) -> None:
        """Show the chapter on what the window shows."""
        self.open_at(self._chapter())

    def open_at(self, chapter: str) -> None:
        """Show a chapter; the first chapter when there is no such chapter."""
        # The handbook is loaded when it is first opened.
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
        """Close the handbook and the window that it photographs."""
        if self.opened is not None:
            self.opened.close()

    def tell_about(self) -> None:
        """Show what the program says about itself."""
        self._messages.show_text(self._services.window_words("about", "title"), about_text(self._services))
