"""Opens what a file holds (a case, the case inside a letter, the patient of a FHIR file), and writes a case."""

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_app.exchange.embedded_case import is_case_of_letter
from desktop_app.exchange.fhir.reading import looks_like_fhir
from desktop_app.exchange.finding import Weight
from desktop_app.exchange.letter_reading import ReadLetter, read_case_of_letter, read_letter
from desktop_app.exchange.patient.reading import FoundPatient
from desktop_app.library.editions import OpenedEdition
from desktop_app.library.fault_text import lines_of_faults
from desktop_app.store.plain_files import read_plain_file, save_plain_file
from desktop_app.store.problems import StoreProblem
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import Messages
from desktop_app.window.patient_takeover import PatientTakeover
from desktop_app.window.services import Services
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.file_limits import FHIR, LETTER_BYTES

FAULTS_SHOWN = 8
LETTER_ENDING = ".pdf"

Held = Case | ReadLetter | FoundPatient


class FileOpening:
    """Reads files in another thread, and passes on what they hold."""

    def __init__(
        self,
        start: Callable[[Case, Sequence[str], bool], None],
        takeover: PatientTakeover,
        messages: Messages,
        long_work: LongWork,
        services: Services,
    ) -> None:
        self._start = start
        self._takeover = takeover
        self._messages = messages
        self._long_work = long_work
        self._services = services

    def open(self, path: Path) -> None:
        """Open a file. A file that cannot be read is told, and changes nothing."""
        edition, today = self._services.edition, self._services.today()
        read_patient, take_patient = self._takeover.reader(), self._takeover.receiver()
        self._long_work.start(
            self._services.window_words("long_work", "reading"),
            lambda _job: _read(path, edition, today, read_patient),
            lambda held: self._take(held, take_patient),
            self._tell_failure,
        )

    def save(self, path: Path, case: Case) -> None:
        """Write a case to a plain file; raises a StoreProblem."""
        save_plain_file(path, case)

    def _take(self, held: Held, take_patient: Callable[[FoundPatient], None]) -> None:
        match held:
            case Case():
                self._start(held, (), False)
            case ReadLetter():
                self._take_letter(held)
            case FoundPatient():
                take_patient(held)

    def _take_letter(self, read: ReadLetter) -> None:
        """Open the case inside a letter, and tell everything that has to be said about it."""
        said = [finding.message(self._services.phrases) for finding in read.findings]
        if read.case is None:
            self._messages.warn("\n".join(said))
            return
        must_be_seen = any(finding.weight is Weight.CAUTION for finding in read.findings)
        self._start(read.case, said, must_be_seen)

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, CaseFaults):
            self._tell_faults(error)
        elif isinstance(error, StoreProblem):
            self._messages.tell(error)
        else:
            raise error

    def _tell_faults(self, faults: CaseFaults) -> None:
        word = self._services.window_words
        lines = lines_of_faults(faults.faults[:FAULTS_SHOWN], self._services.phrases, indent="")
        more = faults.number - FAULTS_SHOWN
        rest = [word("unreadable", "more", number=more)] if more > 0 else []
        self._messages.warn("\n".join([word("unreadable", "text"), *lines, *rest]))


def _read(
    path: Path, edition: OpenedEdition, today: datetime.date, read_patient: Callable[[bytes], FoundPatient]
) -> Held:
    """What a file holds; raises a StoreProblem, or CaseFaults."""
    if path.suffix.lower() == LETTER_ENDING:
        return read_letter(read_plain_file(path, LETTER_BYTES), edition, today)
    content = read_plain_file(path, FHIR.largest)
    if is_case_of_letter(content):
        return read_case_of_letter(content, edition, today)
    return read_patient(content) if looks_like_fhir(content) else edition.read_case(content, today)
