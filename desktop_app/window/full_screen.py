"""Makes the full screen of the MDO for a window: in its language and colours, over the cases of all windows."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.case.open_case import OpenCase
from desktop_app.meeting.screen.meeting import Meeting
from desktop_app.meeting.screen.meeting_screen import MeetingScreen
from desktop_app.meeting.screen.round_cases import RoundCases
from desktop_app.window.services import Services
from desktop_app.wizard.field_row import FieldRow


class FullScreen:
    """The screen of one window, made anew when language or colours change."""

    def __init__(
        self,
        services: Services,
        window: QWidget,
        question: Callable[[str, CaseDocument], FieldRow],
        leave_and_hide: Callable[[], None],
        open_handbook: Callable[[str], None],
    ) -> None:
        self._services = services
        self._window = window
        self._question = question
        self._leave_and_hide = leave_and_hide
        self._open_handbook = open_handbook

    def meeting(self, case: OpenCase, in_windows: Callable[[], Sequence[OpenCase]]) -> Meeting:
        """What leads the screen from case to case; it follows the settings and the colours."""
        services = self._services
        cases = RoundCases(case, in_windows, services.edition, services.now, services.store.for_window, self._window)
        meeting = Meeting(cases, self._new_screen, self._window)
        meeting.left.connect(self._window.activateWindow)
        services.settings.changed.connect(lambda: meeting.speak(services.phrases.language))
        services.appearance.changed.connect(lambda _palette: meeting.remake())
        return meeting

    def _new_screen(self) -> MeetingScreen:
        """A screen in the current language and colours."""
        services = self._services
        screen = MeetingScreen(
            services.edition,
            services.phrases,
            services.present,
            services.appearance.palette,
            self._question,
            self._window,
        )
        screen.hide_wanted.connect(self._leave_and_hide)
        screen.help_wanted.connect(lambda: self._open_handbook("meeting"))
        return screen
