"""Takes the patient of a FHIR file over into the case of a window.

Empty fields are filled; the user decides about fields that were typed already. All of it is one step on the undo stack,
or nothing changes. The user is told what was taken over, what was not, and why.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.case.answers import differing_paths
from desktop_app.case.document import CaseDocument
from desktop_app.exchange.fhir.reading import too_large
from desktop_app.exchange.finding import Finding, Weight
from desktop_app.exchange.patient.merging import Conflict, merge_patient, take_found
from desktop_app.exchange.patient.reading import FoundPatient, patient_from_fhir
from desktop_app.store.plain_files import read_plain_file
from desktop_app.store.problems import FileTooLarge, StoreProblem
from desktop_app.window.dialogs.patient import choose_in_dialog
from desktop_app.window.long_work import LongWork
from desktop_app.window.messages import Messages
from desktop_app.window.services import Services
from guideline_core.case import Patient
from guideline_core.file_limits import FHIR

AGE, BIRTH_DATE = "patient.age_years", "patient.birth_date"


class PatientTakeover:
    """Takes patients from files over into one document."""

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
        self.choose: Callable[[Sequence[Conflict]], Collection[Conflict] | None] = self._choose_in_dialog
        """Asks which conflicts the file decides; None takes over nothing at all. Tests answer in its place."""
        self._loads = 0
        document.loaded.connect(self._count_load)

    def take_file(self, path: Path) -> None:
        """Take over the patient of a file."""
        words = self._services.window_words("long_work", "reading")
        read, receive = self.reader(), self.receiver()
        self._long_work.start(words, lambda _job: _read(path, read), receive, self._tell_failure)

    def reader(self) -> Callable[[bytes], FoundPatient]:
        """A function that reads the patient from the content of a file, in any thread."""
        day, phrases = self._document.day, self._services.phrases
        return lambda content: patient_from_fhir(content, day, phrases)

    def receiver(self) -> Callable[[FoundPatient], None]:
        """A function that takes over a patient that is being read, into the present case and never into a later one."""
        loads = self._loads
        return lambda found: self.take(found) if loads == self._loads else self._tell_nothing_taken()

    def take(self, found: FoundPatient) -> None:
        """Take over a patient that was read."""
        if not found.patient.model_fields_set:
            self._tell([], found.findings)
            return
        before, raws = self._document.snapshot()
        conflicts, after = merge_patient(before, found.patient, self._document.day, raws)
        chosen = self.choose(conflicts) if conflicts else ()
        if chosen is None:
            self._tell_nothing_taken()
            return
        after = take_found(after, chosen)
        changed = differing_paths(before, after)
        if changed:
            self._document.answer_together({path: after.answer_at(path) for path in changed})
        self._show_patient()
        kept = [conflict.field for conflict in conflicts if conflict not in chosen]
        is_told = [finding for finding in found.findings if finding.about in ("", *changed)]
        self._tell(list(self._outcome(changed, kept)), is_told)

    def _choose_in_dialog(self, conflicts: Sequence[Conflict]) -> Collection[Conflict] | None:
        return choose_in_dialog(conflicts, self._services.phrases, self._services.appearance.palette, self._parent)

    def _count_load(self) -> None:
        self._loads += 1

    # --- telling

    def _tell_nothing_taken(self) -> None:
        self._messages.inform(self._word("nothing_taken"))

    def _tell_failure(self, error: Exception) -> None:
        if not isinstance(error, StoreProblem):
            raise error
        self._messages.tell(error)

    def _outcome(self, changed: Sequence[str], kept: Sequence[str]) -> Iterator[str]:
        """What was taken over and what was not."""
        taken = [path for path in changed if path != AGE or BIRTH_DATE not in changed]  # the birth date implies the age
        if taken:
            yield self._word("taken", fields=self._labels(taken))
        if kept:
            yield self._word("kept", fields=self._labels(kept))
        if not taken and not kept:
            yield self._word("same")

    def _labels(self, paths: Sequence[str]) -> str:
        return ", ".join(self._services.phrases.label(path) for path in paths)

    def _tell(self, outcome: Sequence[str], findings: Sequence[Finding]) -> None:
        words = "\n".join([*outcome, *(finding.message(self._services.phrases) for finding in findings)])
        if all(finding.weight is Weight.NOTE for finding in findings):
            self._messages.inform(words)
        else:
            self._messages.warn(words)

    def _word(self, key: str, **details: object) -> str:
        return self._services.window_words("patient_file", key, **details)


def _read(path: Path, read: Callable[[bytes], FoundPatient]) -> FoundPatient:
    """The patient of a file; raises a StoreProblem."""
    try:
        return read(read_plain_file(path, FHIR.largest))
    except FileTooLarge:  # its message is about a case
        return FoundPatient(Patient(), (too_large().finding,))
