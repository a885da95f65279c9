"""Who stands in for the user and for threads in the tests: a user who is recorded, and work that is done at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.library.phrases import Phrases
from desktop_app.library.told import Told
from desktop_app.window.messages import FileKind, Question
from desktop_app.window.tasks import FailureReceiver


class ImmediateTasks:
    """Does the work at once, in the caller's thread."""

    def run(
        self,
        purpose: str,
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: FailureReceiver,
        *,
        must_end: bool = False,
    ) -> None:
        """Do the work and report before returning."""
        try:
            result = work()
        except Exception as error:  # whatever goes wrong in the work is the receiver's to tell
            failed(error)
        else:
            done(result)

    def wait(self) -> None:
        """Nothing is ever under way."""

    def finish(self) -> bool:
        """Nothing is ever under way."""
        return True


@dataclass
class RecordedMessages:
    """Stands in for the user: records what is said and answers from a script, where that is silent safely."""

    phrases: Callable[[], Phrases]
    """The words in which a problem says itself."""
    answers: dict[str, str] = field(default_factory=dict)
    """The choice by the text of a question."""
    files: Sequence[Path] = ()
    """The files that are chosen, in this order."""
    said: list[tuple[str, str]] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What was said to go along, of each file that was to be saved."""
    proposed: list[str] = field(default_factory=list)
    """The name that was proposed for each of them."""
    offered: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What can be done now, by what was said of it."""

    @property
    def is_silent(self) -> bool:
        """This user reads everything at once."""
        return True

    def inform(self, text: str) -> None:
        """Record it."""
        self.said.append(("note", text))

    def warn(self, text: str) -> None:
        """Record it."""
        self.said.append(("caution", text))

    def tell(self, problem: Told, again: Callable[[], None] | None = None) -> None:
        """Record it in its own words, with what tries it again."""
        text = problem.message(self.phrases())
        self.warn(text)
        if again is not None:
            self.offered[text] = again

    def offer(self, text: str, button: str, do: Callable[[], None]) -> None:
        """Record it; the test does what is offered."""
        self.said.append(("offer", text))
        self.offered[text] = do

    def withdraw(self, text: str) -> None:
        """Nothing is offered any more."""
        self.offered.pop(text, None)

    def ask(self, question: Question) -> str:
        """Record it and answer from the script."""
        self.asked.append(question)
        return self.answers.get(question.text, question.safe)

    def show_text(self, title: str, text: str) -> None:
        """Record it."""
        self.said.append(("told", f"{title} {text}".strip()))

    def show_report(self, title: str, explanation: str, report: str, save: str) -> bool:
        """Record it; the report is saved when the script has a file for it."""
        self.said.append(("error", f"{title} {explanation}".strip()))
        self.reports.append(report)
        return bool(self.files)

    def file_to_open(self, title: str, kind: FileKind) -> Path | None:
        """Give the next file of the script."""
        return self._next_file()

    def file_to_save(self, title: str, proposed_name: str, kind: FileKind, note: str = "") -> Path | None:
        """Record the note and the name, and give the next file of the script."""
        self.notes.append(note)
        self.proposed.append(proposed_name)
        return self._next_file()

    def _next_file(self) -> Path | None:
        if not self.files:
            return None
        chosen, *rest = self.files
        self.files = rest
        return chosen
