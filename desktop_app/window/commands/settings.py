"""The settings as a window uses them: shown and changed, asked for when first needed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services

if TYPE_CHECKING:  # settings are checked after the window is on the screen
    from desktop_app.settings.settings import Settings


def show_dialog(dialog: QDialog) -> bool:
    """Show a dialog and wait; whether it was accepted."""
    return bool(dialog.exec())


class SettingsCommands:
    """What one window does with the settings that all share."""

    def __init__(self, document: CaseDocument, messages: Messages, services: Services, parent: QWidget) -> None:
        self._document = document
        self._messages = messages
        self._services = services
        self._parent = parent
        self.accepted: Callable[[QDialog], bool] = show_dialog
        """Shows the dialog; tests answer in its place."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the menus offer."""
        return (Command("settings", Place(Menu.EXTRA, 1, 1), self.ask, "Ctrl+,"),)

    def ask(self) -> None:
        """Let the user see and change the settings."""
        # Its settings are checked by pydantic, which takes longer to load than a window may wait.
        from desktop_app.window.dialogs.settings import SettingsDialog, expertise_centres

        services = self._services
        palette, settings = services.appearance.palette, services.settings.current
        dialog = SettingsDialog(settings, expertise_centres(), services.phrases, self._messages, palette, self._parent)
        if self.accepted(dialog):
            self.change(dialog.chosen)

    def change(self, settings: "Settings") -> None:
        """Use other settings. A problem with saving them is told."""
        problem = self._services.settings.change(settings)
        if problem is not None:
            self._messages.tell(problem)

    def attach(self, path: str, is_attached: bool) -> None:
        """Remember the choice, made beside the letter, whether it takes the case along, or the plan."""
        settings = self._services.settings.current
        if getattr(settings, path) != is_attached:
            self.change(settings.model_copy(update={path: is_attached}))

    def remember_workplace(self, paths: tuple[str, ...]) -> None:
        """Remember the place of work: it is asked once, in the first case, and filled in in every later case."""
        if "setting" not in paths:
            return
        settings, setting = self._services.settings.current, self._document.case.setting
        if setting is not None and settings.setting is None:
            self.change(settings.model_copy(update={"setting": setting}))
            self._messages.inform(self._services.window_words("message", "setting_remembered"))
