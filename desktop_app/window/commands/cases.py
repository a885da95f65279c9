"""What can be done with whole cases in a window: new, open, save, export. The words go through the messages."""

import datetime
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop_app.case.document import CaseDocument
from desktop_app.case.keeper import CaseKeeper
from desktop_app.exchange.fhir.reading import LARGEST_FHIR_BYTES, looks_like_fhir
from desktop_app.exchange.finding import Weight
from desktop_app.exchange.letter_reading import LARGEST_PDF_BYTES, ReadLetter, read_letter
from desktop_app.exchange.patient.reading import FoundPatient
from desktop_app.library.fault_text import lines_of_faults
from desktop_app.settings.settings import SettingsNotSaved
from desktop_app.store.plain_files import read_plain_file, save_plain_file
from desktop_app.store.problems import CaseOpenElsewhere, StoreProblem
from desktop_app.store.store import RecentCase
from desktop_app.window.dialogs.kept_cases import FROM_FILE
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import Choice, FileKind, Messages, Question
from desktop_app.window.services import Services
from guideline_core.case import Case
from guideline_core.case_reading import CaseFaults

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition
    from desktop_app.window.commands.patients import PatientCommands

logger = logging.getLogger(__name__)

FAULTS_SHOWN = 8
LETTER_ENDING = ".pdf"


class CaseWindow(Protocol):
    """What the commands need of their window, and of another one."""

    document: CaseDocument
    keeper: CaseKeeper
    messages: Messages

    @property
    def patients(self) -> "PatientCommands":
        """How a patient comes from a file."""

    @property
    def long_work(self) -> LongWork:
        """What the user may have to wait for."""

    def another(self) -> "CaseWindow":
        """Open one more window."""

    def empty_case(self) -> Case:
        """A case in which nothing is answered but where the workstation stands."""

    def tell_time_changed(self, since: datetime.date) -> None:
        """Say so when the plan has changed by time alone."""


class CaseCommands:
    """The commands of one window. One patient a window: what is opened beside a case gets a window of its own."""

    def __init__(self, window: CaseWindow, services: Services, choose_case: Callable[..., str | None]) -> None:
        self._window = window
        self._services = services
        self._choose_case = choose_case

    # --- new and open

    def new_case(self) -> None:
        """Start an empty case."""
        target = self._target()
        target.keeper.start_case(target.empty_case())

    def open_dialog(self) -> None:
        """Let the user choose one of the kept cases, or a file."""
        chosen = self._choose_case(self.recent(), self._services.phrases, self._window)
        if chosen == FROM_FILE:
            self.open_file_dialog()
        elif chosen is not None:
            self.open_number(chosen)

    def open_number(self, number: str) -> None:
        """Open a kept case."""
        if number == self._window.keeper.number:
            self._inform("already_open_here", number=number)
            return
        target = self._target()
        try:
            kept = target.keeper.open_case(number, take_over=False)
        except CaseOpenElsewhere as problem:
            if not self._wants_to_take_over(problem):
                return
            kept = target.keeper.open_case(number, take_over=True)
        except StoreProblem as problem:
            self._window.messages.tell(problem)
            return
        target.messages.inform(self._opened("restored", number, kept.case))
        target.tell_time_changed(kept.changed.astimezone().date())

    def open_file_dialog(self) -> None:
        """Let the user choose a file."""
        path = self._window.messages.file_to_open(self._word("open", "title"), self._case_file())
        if path is not None:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Open a file with a case: it becomes a case of its own, and the file stays as it is. The patient of a FHIR
        file comes into the case of this window."""
        patients, words = self._window.patients, self._word("long_work", "reading")
        edition, today, read_patient = self._services.edition, self._services.today(), patients.reader()
        receive: dict[type, Callable[[Any], None]] = {
            Case: self._start,
            ReadLetter: self._take_letter,
            FoundPatient: patients.receiver(),
        }
        self._window.long_work.start(
            words,
            lambda _job: _read(path, edition, today, read_patient),
            lambda read: receive[type(read)](read),
            self._tell_failure,
        )

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, CaseFaults):
            self._tell_faults(error)
        elif isinstance(error, StoreProblem):
            self._window.messages.tell(error)
        else:
            raise error

    def _take_letter(self, read: ReadLetter) -> None:
        """Open the case inside a letter, and tell all that has to be said about it."""
        said = [finding.message(self._services.phrases) for finding in read.findings]
        if read.case is None:
            self._window.messages.warn("\n".join(said))
            return
        must_be_seen = any(finding.weight is Weight.CAUTION for finding in read.findings)
        self._start(read.case, said, must_be_seen)

    def _start(self, case: Case, said: Sequence[str] = (), must_be_seen: bool = False) -> None:
        """Make it a case of its own; what must be seen of it, such as that its letter was altered, stays on the
        screen. While the store is not open yet the case has no number; what was found is told all the same."""
        target = self._target()
        target.keeper.start_case(case)
        number = target.keeper.number
        lines = [*([self._opened("imported", number, case)] if number else []), *said]
        if lines:
            tell = target.messages.warn if must_be_seen else target.messages.inform
            tell("\n".join(lines))

    def _opened(self, key: str, number: str, case: Case) -> str:
        """What is said of a case that was opened; also what of it was left out."""
        words = self._word("message", key, number=number)
        years = case.patient.age_years
        if years is None or case.patient.birth_date is None:
            return words
        return f"{words} {self._word('message', 'age_left_out', years=years)}"

    def latest(self) -> RecentCase | None:
        """The case that was changed last."""
        return next(iter(self.recent()), None)

    def recent(self) -> tuple[RecentCase, ...]:
        """The kept cases, the one that was changed last first; that they cannot be read is told."""
        try:
            return self._window.keeper.recent()
        except StoreProblem as problem:
            self._window.messages.tell(problem)
            return ()

    # --- save and export

    def save(self) -> None:
        """Store the case; it is stored with each answer, this only says so."""
        if self._window.document.is_empty():
            self._inform("nothing_to_save")
        elif self._window.keeper.keep_now():
            self._inform("saved", number=self._window.keeper.number)

    def save_as(self) -> None:
        """Go on with a copy under a new number."""
        if self._window.document.is_empty():
            self._inform("nothing_to_save")
            return
        case, raws = self._window.document.snapshot()
        self._window.keeper.start_case(case, raws)
        if self._window.keeper.number:  # else why not has been told
            self._inform("saved_as", number=self._window.keeper.number)

    def export(self) -> None:
        """Write the case to a plain file, after the user was told once what that means."""
        if not self._may_write_plain_file():
            return
        name = self._word("export", "name", number=self._window.keeper.number or self._word("export", "new"))
        path = self._window.messages.file_to_save(self._word("export", "title"), name, self._case_file())
        if path is None:
            return
        try:
            save_plain_file(path, self._window.document.case)
        except StoreProblem as problem:
            self._window.messages.tell(problem)
            return
        self._inform("exported")

    def _may_write_plain_file(self) -> bool:
        settings = self._services.settings
        if settings.current.told_of_plain_files:
            return True
        choices = (Choice("yes", self._word("export", "yes")), Choice("no", self._word("export", "no")))
        question = Question(self._word("export", "question"), self._word("export", "explanation"), choices, safe="no")
        if self._window.messages.ask(question) != "yes":
            return False
        try:
            settings.change(settings.current.model_copy(update={"told_of_plain_files": True}))
        except SettingsNotSaved:  # then it is told once more in the next session: no harm
            logger.warning("that plain files were explained could not be remembered")
        return True

    # --- small things

    def _target(self) -> CaseWindow:
        """The window for another case: this one while it is empty, else a new one."""
        return self._window if self._window.document.is_empty() else self._window.another()

    def _wants_to_take_over(self, problem: StoreProblem) -> bool:
        phrases = self._services.phrases
        choices = (Choice("yes", self._word("taken", "take_over")), Choice("no", self._word("taken", "cancel")))
        question = Question(problem.what(phrases), problem.what_to_do(phrases), choices, safe="no", grave=True)
        return self._window.messages.ask(question) == "yes"

    def _tell_faults(self, faults: CaseFaults) -> None:
        lines = lines_of_faults(faults.faults[:FAULTS_SHOWN], self._services.phrases, indent="")
        more = len(faults.faults) - FAULTS_SHOWN
        shown = [*lines, *([self._word("unreadable", "more", number=more)] if more > 0 else [])]
        self._window.messages.warn("\n".join([self._word("unreadable", "text"), *shown]))

    def _case_file(self) -> FileKind:
        return FileKind(self._word("export", "kind"), "json")

    def _inform(self, key: str, **details: object) -> None:
        self._window.messages.inform(self._word("message", key, **details))

    def _word(self, *keys: str, **details: object) -> str:
        return self._services.window_words(*keys, **details)


def _read(
    path: Path, edition: "OpenedEdition", today: datetime.date, read_patient: Callable[[bytes], FoundPatient]
) -> Case | ReadLetter | FoundPatient:
    """What a file holds: a case, the case in a letter, or a patient; raises a StoreProblem, or CaseFaults."""
    if path.suffix.lower() == LETTER_ENDING:
        return read_letter(read_plain_file(path, LARGEST_PDF_BYTES), edition, today)
    content = read_plain_file(path, LARGEST_FHIR_BYTES)
    return read_patient(content) if looks_like_fhir(content) else edition.read_case(content, today)
