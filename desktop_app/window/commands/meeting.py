"""Opens the full screen of the MDO from a window, and leaves it; the meeting itself is `desktop_app.meeting`."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.case.open_case import OpenCase
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.commands.cases import CaseCommands
from desktop_app.window.parts.cover import IdleWatch
from desktop_app.window.services import Services
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.inputs.base import context_of

if TYPE_CHECKING:  # loaded when the full screen is first opened
    from desktop_app.meeting.screen.meeting import Meeting
    from desktop_app.meeting.screen.meeting_screen import MeetingScreen


class MeetingCommands:
    """The meeting of one window."""

    def __init__(
        self,
        case: OpenCase,
        cases: CaseCommands,
        idle: IdleWatch,
        services: Services,
        window: QWidget,
        *,
        in_windows: Callable[[], Sequence[OpenCase]],
        hide: Callable[[], None],
        open_handbook: Callable[[str], None],
    ) -> None:
        self._case = case
        self._cases = cases
        self._idle = idle
        self._services = services
        self._window = window
        self._in_windows = in_windows
        self._hide = hide
        self._open_handbook = open_handbook

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the menus offer."""
        return (Command("meeting", Place(Menu.VIEW, 1, 5), self.toggle, "F11"),)

    def toggle(self) -> None:
        """Open the full screen, or leave it."""
        if self.screen is not None:
            self.leave()
        else:
            self._meeting.open(self._cases.recent())

    def leave(self) -> None:
        """Leave the full screen."""
        self._meeting.leave()

    @property
    def screen(self) -> "MeetingScreen | None":
        """The full screen, as long as it is open."""
        return self._meeting.screen

    @cached_property
    def _meeting(self) -> "Meeting":
        """What leads the screen from case to case."""
        # The meeting is loaded when the full screen is first opened.
        from desktop_app.window.full_screen import FullScreen

        screen = FullScreen(self._services, self._window, self._question, self._leave_and_hide, self._open_handbook)
        meeting = screen.meeting(self._case, self._in_windows)
        meeting.opened.connect(self._idle.watch)
        self._case.closing.connect(meeting.leave)
        self._idle.idle.connect(meeting.hide_identity)
        return meeting

    def _leave_and_hide(self) -> None:
        self.leave()
        self._hide()

    def _question(self, path: str, document: CaseDocument) -> FieldRow:
        """A question of the wizard; it answers into the document that is on the screen."""
        edition = self._services.edition
        return FieldRow(path, document, context_of(self._services.phrases, edition.field_kinds, lambda: edition.lists))
