"""The handbook of a window: opened at the step where one is, and made anew when language or colours are others."""

from PySide6.QtWidgets import QMainWindow

from desktop_app.handbook.handbook_window import HandbookWindow
from desktop_app.looks.palette import Palette
from desktop_app.services import Services


class HandbookCommands:
    """Opens the handbook."""

    def __init__(self, window: QMainWindow, services: Services) -> None:
        self._window = window
        self._services = services
        self._made_with: tuple[str, Palette] | None = None
        self.opened: HandbookWindow | None = None

    def open_at(self, chapter: str) -> None:
        """Show a chapter; the first one when there is none of that name."""
        looks = (self._services.phrases.language, self._services.appearance.palette)
        if self.opened is not None and looks != self._made_with:
            self.opened.close()
            self.opened.deleteLater()
            self.opened = None
        if self.opened is None:
            self.opened, self._made_with = HandbookWindow(self._services, looks[1], self._window), looks
        self.opened.open_at(chapter)
