"""Printing, saving and copying of papers. The menu acts on the letter; the buttons beside the preview act on the paper
that is shown there."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop_app.case.open_case import OpenCase
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services

if TYPE_CHECKING:  # loaded when the first paper is shown or leaves
    from desktop_app.window.papers.leaving import PapersLeaving
    from desktop_app.window.papers.preview import LetterPreview


class PaperCommands:
    """Lets the papers and the plan of one window leave it."""

    def __init__(
        self,
        case: OpenCase,
        preview: "Callable[[], LetterPreview]",
        text_of_plan: Callable[[], str],
        messages: Messages,
        long_work: LongWork,
        services: Services,
    ) -> None:
        self._case = case
        self._preview = preview
        self._text_of_plan = text_of_plan
        self._messages = messages
        self._long_work = long_work
        self._services = services

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the menus offer."""
        return (
            Command("print", Place(Menu.FILE, 3, 1), self.print_letter, "Ctrl+P"),
            Command("save_pdf", Place(Menu.FILE, 3, 2), self.save_letter, "Ctrl+Shift+P"),
            Command("copy_letter", Place(Menu.EDIT, 2, 1), self.copy_letter, "Ctrl+Shift+C"),
            Command("copy_plan", Place(Menu.EDIT, 2, 2), self.copy_plan, "Ctrl+Alt+C"),
        )

    @cached_property
    def leaving(self) -> "PapersLeaving":
        """What prints, saves and copies."""
        # The papers are loaded when the first one leaves.
        from desktop_app.window.papers.leaving import PapersLeaving

        return PapersLeaving(self._case, self._preview, self._messages, self._long_work, self._services)

    def print_letter(self) -> None:
        """Print the letter."""
        self.leaving.print_it()

    def save_letter(self) -> None:
        """Save the letter as PDF."""
        self.leaving.save_pdf()

    def copy_letter(self) -> None:
        """Put the letter on the clipboard as text."""
        self.leaving.copy()

    def print_shown(self) -> None:
        """Print the paper that is shown."""
        self.leaving.print_it(self._preview().paper)

    def save_shown(self) -> None:
        """Save the paper that is shown as PDF."""
        self.leaving.save_pdf(self._preview().paper)

    def copy_plan(self) -> None:
        """Put the plan on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._text_of_plan())
        self._messages.inform(self._services.window_words("message", "plan_copied"))
