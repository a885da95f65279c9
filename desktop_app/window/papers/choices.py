"""What was chosen beside the preview of one document: which paper, which letter to whom, what the patient is told.

A case has no place for these choices. They stay with the document, also when the window changes its language, until
another case is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from desktop_app.case.document import CaseDocument
from desktop_app.papers.correspondents import Centre, Recipient, recipient_of
from desktop_app.papers.letter_kinds import Kind, kinds_for, recipients_for
from desktop_app.papers.order import Paper
from desktop_app.papers.patient_choices import PatientSheetChoices
from guideline_core.edition_facts import ActionFacts
from guideline_core.plan import Plan


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was chosen beside the preview: kind and recipient of the letter (None: those that follow from the plan; a
    recipient by its key in the directory), and what the patient sheet tells."""

    kind: Kind | None = None
    recipient: str | None = None
    patient: PatientSheetChoices = field(default_factory=PatientSheetChoices)


def allowed_by_plan(
    wishes: Wishes, plan: Plan, actions: Mapping[str, ActionFacts], centres: Mapping[str, Centre]
) -> tuple[Kind | None, Recipient | None, Wishes]:
    """Kind and recipient as far as the plan allows them, and what was wished and is not allowed."""
    kinds = kinds_for(plan, actions)
    kind = wishes.kind if wishes.kind in kinds else None
    allowed = {centre.key: centre for centre in recipients_for(plan, kind or kinds[0], centres)}
    centre = allowed.get(wishes.recipient or "")
    refused = Wishes(
        kind=wishes.kind if kind is None else None,
        recipient=wishes.recipient if centre is None else None,
    )
    return kind, recipient_of(centre) if centre is not None else None, refused


class PaperChoices(QObject):
    """The choices of one document."""

    changed = Signal()

    def __init__(self, document: CaseDocument) -> None:
        super().__init__(document)
        self.paper = Paper.LETTER
        self.wishes = Wishes()
        self.refused = Wishes()
        """What was chosen and then given up, because the plan no longer allowed it; until something else is chosen."""
        document.loaded.connect(self._forget)

    def choose_paper(self, paper: Paper) -> None:
        """Show another paper."""
        if paper is not self.paper:
            self.paper = paper
            self.changed.emit()

    def choose_kind(self, kind: Kind | None) -> None:
        """Write another kind of letter; None: the one that follows from the plan. Its recipient follows from it."""
        self._wish(replace(self.wishes, kind=kind, recipient=None))

    def choose_recipient(self, key: str | None) -> None:
        """Write to another centre of the directory; None: to whom the plan leads."""
        self._wish(replace(self.wishes, recipient=key))

    def choose_for_patient(self, choices: PatientSheetChoices) -> None:
        """Tell the patient this."""
        self._wish(replace(self.wishes, patient=choices))

    def give_up(self, refused: Wishes) -> None:
        """Take back what the plan no longer allows, and remember that for the user."""
        if refused == Wishes():
            return
        self.refused = refused
        if refused.kind is not None:
            self.wishes = replace(self.wishes, kind=None)
        if refused.recipient is not None:
            self.wishes = replace(self.wishes, recipient=None)

    def _wish(self, wishes: Wishes) -> None:
        if wishes != self.wishes or self.refused != Wishes():
            self.wishes, self.refused = wishes, Wishes()
            self.changed.emit()

    def _forget(self) -> None:
        self.paper, self.wishes, self.refused = Paper.LETTER, Wishes(), Wishes()
        self.changed.emit()


def choices_of(document: CaseDocument) -> PaperChoices:
    """The choices of a document; made when they are first asked for."""
    found = document.findChild(PaperChoices)
    return found if found is not None else PaperChoices(document)
