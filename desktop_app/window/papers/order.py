"""The papers that the window can show: letter, MDO sheet and patient sheet, made as PDF of the plan on the screen.

What goes in is a value, so that another thread can make them. Without Qt.
"""

import datetime
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from desktop_app.library.phrases import Phrases
from desktop_app.papers.kinds import kinds_for, recipients_for
from desktop_app.papers.letter.model import Kind
from desktop_app.papers.patient_sheet.patient_sheet import PatientSheetChoices
from desktop_app.settings.settings import Settings
from guideline_core.case import Case
from guideline_core.plan import Plan

if TYPE_CHECKING:
    from desktop_app.exchange.finished_letter import MadeLetter
    from desktop_app.library.editions import OpenedEdition
    from desktop_app.papers.letter.model import LetterWarning
    from desktop_app.papers.order import LetterOrder
    from desktop_app.papers.printed_document import PrintedDocument
    from desktop_app.papers.sender import Centre, LetterSettings


class Paper(StrEnum):
    """What can be put on paper."""

    LETTER = "letter"
    MEETING = "meeting"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was chosen beside the preview: kind and recipient of the letter (None: those that follow from the plan; a
    recipient by its key in the directory), and what the patient sheet tells."""

    kind: Kind | None = None
    recipient: str | None = None
    patient: PatientSheetChoices = field(default_factory=PatientSheetChoices)


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """What the window knows of the paper that it wants; files that the settings name are read by who makes it."""

    paper: Paper
    plan: Plan
    case: Case
    edition: "OpenedEdition"
    phrases: Phrases
    settings: Settings
    number: str
    is_verified: bool
    today: datetime.date
    wishes: Wishes = field(default_factory=Wishes)

    def letter_settings(self) -> "LetterSettings":
        """The settings as a letter wants them; reads the logo and the directory of centres."""
        from desktop_app.papers.writing import letter_settings

        return letter_settings(self.settings, self.number, self.is_verified)


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper as PDF, and what the user should hear of it before it leaves."""

    paper: Paper
    pdf: bytes
    warnings: "tuple[LetterWarning, ...]"
    letter: "MadeLetter | None" = None
    takes_case: bool = False
    refused: Wishes = field(default_factory=Wishes)
    """What was wished for the letter and is no longer allowed by the plan."""

    def file(self) -> bytes:
        """The PDF as it is saved: a letter with the case inside, unless the settings say otherwise."""
        return self.letter.finished().pdf if self.letter is not None and self.takes_case else self.pdf

    def travels(self) -> tuple[str, ...]:
        """In words, what goes along inside the file when it is saved."""
        return self.letter.travels() if self.letter is not None and self.takes_case else ()

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of letter that the plan allows, the one that follows from it first; none of a sheet."""
        if self.letter is None:
            return ()
        order = self.letter.order
        return kinds_for(order.plan, order.edition.tables.actions)

    def recipients(self) -> "tuple[Centre, ...]":
        """The centres to which this letter may go."""
        if self.letter is None:
            return ()
        return recipients_for(self.letter.order.plan, self.letter.letter.kind, self.letter.order.settings.centres)


def make_paper(order: PaperOrder) -> MadePaper:
    """Make a paper with its pages, in the thread of who calls."""
    if order.paper is Paper.LETTER:
        return _letter(order)
    from desktop_app.papers.pdf.pdf import write_document
    from desktop_app.papers.writing import page_warnings

    document = _meeting_sheet(order) if order.paper is Paper.MEETING else _patient_sheet(order)
    written = write_document(document)
    return MadePaper(order.paper, written.content, page_warnings(written, order.phrases))


def _letter(order: PaperOrder) -> MadePaper:
    from desktop_app.exchange.finished_letter import make_letter

    ordered, refused = _allowed(order)
    made = make_letter(ordered)
    return MadePaper(order.paper, made.bare.pdf, made.bare.warnings, made, order.settings.attach_case, refused)


def _allowed(order: PaperOrder) -> "tuple[LetterOrder, Wishes]":
    """The order of the letter with what the plan allows of the wishes, and what it does not allow."""
    from desktop_app.papers.recipients import recipient_of

    ordered, plan, wishes, refused = _ordered(order, order.phrases), order.plan, order.wishes, Wishes()
    kinds = kinds_for(plan, order.edition.tables.actions)
    kind = wishes.kind if wishes.kind in kinds else None
    if kind is not wishes.kind:
        refused = replace(refused, kind=wishes.kind)
    centres = {centre.key: centre for centre in recipients_for(plan, kind or kinds[0], ordered.settings.centres)}
    centre = centres.get(wishes.recipient or "")
    if centre is None and wishes.recipient is not None:
        refused = replace(refused, recipient=wishes.recipient)
    recipient = recipient_of(centre) if centre is not None else None
    return replace(ordered, recipient=recipient, kind=kind), refused


def _meeting_sheet(order: PaperOrder) -> "PrintedDocument":
    from desktop_app.papers.meeting_sheet.meeting_blocks import meeting_sheet

    return meeting_sheet(_ordered(order, order.phrases))


def _patient_sheet(order: PaperOrder) -> "PrintedDocument":
    """The sheet for the patient is in Dutch, whatever the window speaks."""
    from desktop_app.papers.patient_sheet.patient_blocks import patient_sheet

    dutch = order.phrases if order.phrases.language == "nl" else _dutch()
    return patient_sheet(_ordered(order, dutch), order.wishes.patient)


def _ordered(order: PaperOrder, phrases: Phrases) -> "LetterOrder":
    from desktop_app.papers.order import LetterOrder

    return LetterOrder(order.plan, order.case, order.edition, phrases, order.letter_settings(), order.today)


@cache
def _dutch() -> Phrases:
    from desktop_app.library.editions import Library

    return Library().phrases("nl")
