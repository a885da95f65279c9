"""The settings as a window uses them: shown and changed, asked for when first needed, followed when they change."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QDialog, QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.looks.palette import Palette
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services

if TYPE_CHECKING:
    from desktop_app.settings.settings import Settings

Accepted = Callable[[QDialog], bool]


class SettingsWindow(Protocol):
    """What this needs of its window."""

    document: CaseDocument
    messages: Messages
    colours: Palette


def show_dialog(dialog: QDialog) -> bool:
    """Show a dialog and wait; whether it was accepted."""
    return bool(dialog.exec())


class SettingsCommands:
    """What one window does with the settings that all share."""

    def __init__(self, window: SettingsWindow, parent: QWidget, services: Services) -> None:
        self._window = window
        self._parent = parent
        self._services = services
        self.accepted: Accepted = show_dialog
        """Shows the dialog; tests answer in its place."""

    def ask(self) -> None:
        """Let the user see and change the settings."""
        from desktop_app.papers.centres import shipped_centres
        from desktop_app.window.dialogs.settings import SettingsDialog

        services = self._services
        centres = {key: centre.name for key, centre in shipped_centres().items() if centre.kind == "expertise_centre"}
        dialog = SettingsDialog(
            services.settings.current,
            centres,
            services.phrases,
            self._window.messages,
            self._window.colours,
            self._parent,
        )
        if self.accepted(dialog):
            self.change(dialog.chosen)

    def change(self, settings: "Settings") -> None:
        """Use other settings; that they could not be saved is told."""
        from desktop_app.settings.settings import SettingsNotSaved

        try:
            self._services.settings.change(settings)
        except SettingsNotSaved as problem:
            self._window.messages.tell(problem)

    def attach_case(self, attached: bool) -> None:
        """Whether the letter takes the case along was chosen beside the letter."""
        settings = self._services.settings.current
        if settings.attach_case != attached:
            self.change(settings.model_copy(update={"attach_case": attached}))

    def remember_workplace(self, paths: tuple[str, ...]) -> None:
        """The place of work is asked once, in the first case, and then stands in every new one."""
        settings = self._services.settings.current
        setting = self._window.document.case.setting
        if "setting" in paths and setting is not None and settings.setting is None:
            self.change(settings.model_copy(update={"setting": setting}))
            self._window.messages.inform(self._services.window_words("message", "setting_remembered"))
