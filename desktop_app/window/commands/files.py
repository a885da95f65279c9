"""Files of the user: opened, and written as plain text."""

import logging
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.case.open_case import OpenCase
from desktop_app.store.problems import StoreProblem
from desktop_app.window.command import Command, Menu, Place
from desktop_app.window.commands.patients import PatientCommands
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import Choice, FileKind, Messages, Question
from desktop_app.window.services import Services

if TYPE_CHECKING:  # loaded when the first file is opened
    from desktop_app.window.opening import FileOpening
    from guideline_core.case import Case

logger = logging.getLogger(__name__)

StartCase = Callable[["Case", Sequence[str], bool], None]
"""Opens a case from a file as a new case, with what is said about it, and whether that must be seen."""


class FileCommands:
    """Opens files in one window, and exports its case."""

    def __init__(
        self,
        case: OpenCase,
        start: StartCase,
        patients: PatientCommands,
        messages: Messages,
        long_work: LongWork,
        services: Services,
    ) -> None:
        self._case = case
        self._start = start
        self._patients = patients
        self._messages = messages
        self._long_work = long_work
        self._services = services

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the menus offer."""
        return (
            Command("open_file", Place(Menu.FILE, 1, 4), self.choose, "Ctrl+Shift+O"),
            Command("export", Place(Menu.FILE, 2, 3), self.export, "Ctrl+E"),
        )

    # --- opening

    @cached_property
    def _opening(self) -> "FileOpening":
        # What reads letters and FHIR files is loaded with the first file.
        from desktop_app.window.opening import FileOpening

        return FileOpening(self._start, self._patients.takeover, self._messages, self._long_work, self._services)

    def choose(self) -> None:
        """Let the user choose a file to open."""
        path = self._messages.file_to_open(self._word("open", "title"), self._case_file())
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a file. A case becomes a new case, and the file stays as it is; the patient of a FHIR file is taken over
        into the case of this window."""
        self._opening.open(path)

    # --- export

    def export(self) -> None:
        """Write the case to a plain file, after telling the user once what that means."""
        if not self._may_write_plain_file():
            return
        name = self._word("export", "name", number=self._case.number or self._word("export", "new"))
        path = self._messages.file_to_save(self._word("export", "title"), name, self._case_file())
        if path is not None:
            self._write(path)

    def _write(self, path: Path) -> None:
        try:
            self._opening.save(path, self._case.document.case)
        except StoreProblem as problem:
            self._messages.tell(problem)
            return
        self._messages.inform(self._word("message", "exported"))

    def _may_write_plain_file(self) -> bool:
        settings = self._services.settings
        if settings.current.told_of_plain_files:
            return True
        choices = (Choice("yes", self._word("export", "yes")), Choice("no", self._word("export", "no")))
        question = Question(self._word("export", "question"), self._word("export", "explanation"), choices, safe="no")
        if self._messages.ask(question) != "yes":
            return False
        if settings.change(settings.current.model_copy(update={"told_of_plain_files": True})) is not None:
            logger.warning("that plain files were explained could not be remembered")  # it is explained again next time
        return True

    def _case_file(self) -> FileKind:
        return FileKind(self._word("export", "kind"), "json")

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)
