"""What the last answer changed in the plan: as a sentence, as marks on rows, and as rows of what is gone. No Qt.

The effect of one answer is told from before its first key stroke. It stays until the next answer that changes
something; loading a case and another day mark nothing.
"""

from typing import NamedTuple, Protocol

from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.plan.changes import changes_between, in_a_sentence
from desktop_app.plan.view.marks import gone_rows, row_marks
from desktop_app.plan.view.row import Row
from desktop_app.plan.view.why import EditionWords
from desktop_app.plan.words import Words
from guideline_core.case import Case
from guideline_core.plan import Plan


class Answered(Protocol):
    """The answer that changed a case last."""

    @property
    def path(self) -> str:
        """The field of the answer."""

    @property
    def before(self) -> Case:
        """The case before it."""


class Planned(NamedTuple):
    """A case with its plan."""

    case: Case
    plan: Plan


class LastChange:
    """Follows the plans of one document."""

    def __init__(self, edition: EditionWords, phrases: Phrases) -> None:
        self._edition = edition
        self._phrases = phrases
        self._now: Planned | None = None
        self._before: Planned | None = None
        self._forget_marks()
        self.sentence = ""

    def _forget_marks(self) -> None:
        self.marks: dict[str, str] = {}
        self.gone: tuple[Row, ...] = ()
        self._marked_by = ""
        self._marked_since: Case | None = None

    def forget(self) -> None:
        """Nothing is known of any plan: another case came, or there is no plan."""
        self._now = self._before = None
        self._forget_marks()
        self.sentence = ""

    def follow(self, case: Case, plan: Plan, last: Answered | None) -> None:
        """Take the plan of a case that `last` changed; None when no answer did."""
        now = Planned(case, plan)
        if last is None:
            self.forget()
        elif self._now is None or case is not self._now.case:
            self._tell(now, last)
        self._now = now

    def _tell(self, now: Planned, last: Answered) -> None:
        if self._now is not None and last.before is self._now.case:
            self._before = self._now
        elif self._before is None or last.before is not self._before.case:  # a step of which the plan was not seen
            self.forget()
            return
        changes = changes_between(self._before.plan, now.plan)
        answer = answer_words(
            last.path, now.case.answer_at(last.path), self._words(now.plan), self._edition.field_kinds
        )
        if changes or self._marked_since is last.before:
            self._forget_marks()
        if changes:
            self.marks = row_marks(changes, self._phrases)
            self.gone = gone_rows(changes, self._before.plan, self._phrases)
            self._marked_by, self._marked_since = answer, last.before
            self.sentence = self._said(
                "by_answer", answer=answer, changes=inside_a_sentence(in_a_sentence(changes, self._phrases))
            )
        else:
            self.sentence = self._said("nothing", answer=answer)
            if self._marked_by:
                self.sentence += " " + self._said("marks_of", answer=self._marked_by)

    def _words(self, plan: Plan) -> Words:
        return Words(self._edition.names, self._phrases, plan.reference_date)

    def _said(self, key: str, **details: str) -> str:
        return self._phrases.get("plan", "what_changed", key).format(**details)


def answer_words(path: str, value: object, words: Words, kinds: FieldKinds) -> str:
    """A field with its answer, or the name of the field alone where the answer cannot be said aloud."""
    label = words.phrases.label(path)
    if value is None:
        return f"{label}: {words.phrases.get('values', 'yes_no', 'unknown').lower()}"
    said = words.aloud(path, value, kinds)
    return label if said is None else f"{label}: {said}"


def inside_a_sentence(sentence: str) -> str:
    """As it stands inside a sentence: names that begin with two capitals keep theirs."""
    return sentence if sentence[1:2].isupper() else f"{sentence[:1].lower()}{sentence[1:]}"
