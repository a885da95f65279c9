"""Puts a letter and what travels inside it together into one finished file."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.exchange.seal import sealed
from desktop_app.exchange.travelling_case import case_attachment, travelling_case, travelling_identity
from desktop_app.letter.attachment import Attachment
from desktop_app.letter.compose import compose_letter
from desktop_app.letter.model import Kind, Letter, LetterWarning, Recipient
from desktop_app.letter.sender import LetterSettings
from desktop_app.letter.writing import warnings_of
from desktop_app.phrases import Phrases
from guideline_core.case import Case
from guideline_core.plan import Plan

if TYPE_CHECKING:
    from desktop_app.editions import OpenedEdition
    from desktop_app.exchange.fhir_source import Source


@dataclass(frozen=True, slots=True)
class FinishedDocument:
    """A letter ready to be saved: the PDF, what to tell the user before it leaves, and in words what travels inside."""

    pdf: bytes
    warnings: tuple[LetterWarning, ...]
    travels: tuple[str, ...]


def referral_letter(
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
    *,
    attach_case: bool,
    recipient: Recipient | None = None,
    kind: Kind | None = None,
) -> FinishedDocument:
    """Plan the case, make its letter and finish it; `attach_case` says whether case and bundle travel inside.

    Raises KindNotAllowed for a kind of letter that the plan does not allow.
    """
    plan = edition.planner.make_plan(case, case.reference_date or today)
    letter = compose_letter(plan, case, edition, phrases, settings, today, recipient, kind)
    return finished_letter(letter, plan, case, edition, phrases, settings, today, attach_case=attach_case)


def finished_letter(
    letter: Letter,
    plan: Plan,
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
    *,
    attach_case: bool,
) -> FinishedDocument:
    """Finish a letter that was made of this plan and case; the same content gives the same bytes."""
    from desktop_app.letter.pdf import write_letter  # ReportLab: only for who writes a PDF

    attachments = letter_attachments(letter, plan, case, edition, phrases, settings, today) if attach_case else ()
    written = write_letter(letter, attachments, today)
    warnings = warnings_of(letter, written, phrases)
    if not attach_case:
        return FinishedDocument(written.content, warnings, ())
    return FinishedDocument(sealed(written.content), warnings, what_travels(case, phrases, settings))


def letter_attachments(
    letter: Letter,
    plan: Plan,
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
) -> tuple[Attachment, ...]:
    """The files inside a letter: the case, and the letter as a FHIR bundle."""
    from desktop_app.exchange.fhir_bundle import bundle_attachment

    source = fhir_source(letter, plan, case, edition, phrases, settings, today)
    return case_attachment(letter, plan, case, phrases, settings), bundle_attachment(source)


def fhir_source(
    letter: Letter,
    plan: Plan,
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
) -> "Source":
    """What a FHIR bundle is made of: of the case only what travels."""
    from desktop_app.exchange.fhir_source import Source

    return Source(letter, plan, travelling_case(case, settings.identity_verified), edition, phrases, settings, today)


def fhir_document(
    case: Case, edition: "OpenedEdition", phrases: Phrases, settings: LetterSettings, today: datetime.date
) -> bytes:
    """The letter of a case as a FHIR R4 document in JSON, without a PDF."""
    from desktop_app.exchange.fhir_bundle import bundle_json

    plan = edition.planner.make_plan(case, case.reference_date or today)
    letter = compose_letter(plan, case, edition, phrases, settings, today)
    return bundle_json(fhir_source(letter, plan, case, edition, phrases, settings, today))


def what_travels(case: Case, phrases: Phrases, settings: LetterSettings) -> tuple[str, ...]:
    """What goes along inside a letter, in words, for the dialog before it is saved."""

    def say(key: str, **details: str) -> str:
        return phrases.get("exchange", "travels", key).format(**details)

    fields = travelling_identity(case, phrases, settings.identity_verified)
    identity = say("identity", fields=", ".join(fields)) if fields else say("no_identity")
    return say("case"), say("bundle"), identity, say("stays")
