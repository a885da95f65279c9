"""The handbook of a window: opened at the step where one is, and made anew when language or colours are others."""

from typing import TYPE_CHECKING

from desktop_app.looks.palette import Palette
from desktop_app.window.handbook.handbook_window import HandbookWindow
from desktop_app.window.services import Services

if TYPE_CHECKING:
    from desktop_app.window.main_window import MainWindow


class HandbookCommands:
    """Opens the handbook."""

    def __init__(self, window: "MainWindow", services: Services) -> None:
        self._window = window
        self._services = services
        self._made_with: tuple[str, Palette] | None = None
        self.opened: HandbookWindow | None = None
        window.leaving.connect(self._close)

    def open_at(self, chapter: str) -> None:
        """Show a chapter; the first one when there is none of that name."""
        looks = (self._services.phrases.language, self._services.appearance.palette)
        if self.opened is not None and looks != self._made_with:
            self._close()
            self.opened.deleteLater()
            self.opened = None
        if self.opened is None:
            self.opened, self._made_with = HandbookWindow(self._services, looks[1], self._window), looks
        self.opened.open_at(chapter)

    def _close(self) -> None:
        """It goes with its window, and so does what it photographs."""
        if self.opened is not None:
            self.opened.close()
