"""Takes the patient of a FHIR file into the case of a window."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.case.document import CaseDocument
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import FileKind, Messages
from desktop_app.window.services import Services

if TYPE_CHECKING:  # loaded when the first file is opened
    from desktop_app.window.patient_takeover import PatientTakeover


class PatientCommands:
    """Lets the user choose the file; `patient_takeover` does the rest."""

    def __init__(
        self,
        document: CaseDocument,
        messages: Messages,
        long_work: LongWork,
        services: Services,
        parent: QWidget,
        show_patient: Callable[[], None],
    ) -> None:
        self._document = document
        self._messages = messages
        self._long_work = long_work
        self._services = services
        self._parent = parent
        self._show_patient = show_patient

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the menus offer."""
        return (Command("patient_file", Place(Menu.FILE, 1, 5), self.choose_file),)

    @cached_property
    def takeover(self) -> "PatientTakeover":
        """What takes the patient over."""
        # What reads FHIR files is loaded with the first file.
        from desktop_app.window.patient_takeover import PatientTakeover

        return PatientTakeover(
            self._document, self._messages, self._long_work, self._services, self._parent, self._show_patient
        )

    def choose_file(self) -> None:
        """Let the user choose a file, and take over the patient in it."""
        word = self._services.window_words
        kind = FileKind(word("patient_file", "kind"), "json")
        path = self._messages.file_to_open(word("patient_file", "title"), kind)
        if path is not None:
            self.takeover.take_file(path)
