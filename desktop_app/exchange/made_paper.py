"""Makes the paper of an order as one finished file: as PDF with nothing inside, or a letter with the case inside."""

from dataclasses import dataclass, replace
from functools import cache

from desktop_app.exchange.fhir.bundle import bundle_attachment, bundle_json
from desktop_app.exchange.fhir.source import Source
from desktop_app.exchange.seal import sealed
from desktop_app.exchange.travelling_case import case_attachment, travelling_case, travelling_identity
from desktop_app.library.editions import Library
from desktop_app.library.phrases import Phrases
from desktop_app.papers.content import LetterWarning
from desktop_app.papers.document import Measured, PrintedDocument, WrittenDocument
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.letter.blocks import letter_document
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.meeting_sheet.document import meeting_sheet
from desktop_app.papers.order import Paper, PaperOrder
from desktop_app.papers.patient_sheet.document import patient_sheet


@dataclass(frozen=True, slots=True)
class MadePaper:
    """The paper of an order as PDF, and what the user should hear of it before it leaves; the same order gives the same
    bytes. A sheet has no `letter`."""

    order: PaperOrder
    pdf: bytes
    warnings: tuple[LetterWarning, ...]
    letter: Letter | None = None


def make_paper(order: PaperOrder) -> MadePaper:
    """Make a paper with nothing inside, as it is shown and printed; raises KindNotAllowed for a letter of a kind that
    the plan does not allow."""
    if order.paper is Paper.LETTER:
        return _letter_alone(order, compose_letter(order))
    written = _written(sheet_of(order))
    return MadePaper(order, written.content, _page_warnings(written, order.phrases))


def paper_to_save(made: MadePaper) -> MadePaper:
    """The paper as its file is saved: a letter takes the case along when it was ordered so."""
    if made.letter is None or not made.order.with_case:
        return made
    return letter_to_save(made.order, made.letter)


# --- sheets -----------------------------------------------------------------------------------------------------------


def sheet_of(order: PaperOrder) -> PrintedDocument:
    """The sheet that was ordered. That for the patient is in Dutch, whatever the program speaks."""
    if order.paper is Paper.MEETING:
        return meeting_sheet(order, _measured)
    dutch = order.phrases if order.phrases.language == "nl" else _dutch()
    return patient_sheet(replace(order, phrases=dutch))


@cache
def _dutch() -> Phrases:
    return Library().phrases("nl")


# --- letters ----------------------------------------------------------------------------------------------------------


def letter_to_save(order: PaperOrder, letter: Letter) -> MadePaper:
    """The letter of an order as its file is saved: with the case inside when it was ordered so."""
    return _letter_with_case(order, letter) if order.with_case else _letter_alone(order, letter)


def _letter_alone(order: PaperOrder, letter: Letter) -> MadePaper:
    """The letter of an order with nothing inside."""
    written = _written(letter_document(letter, made_on=order.today))
    return MadePaper(order, written.content, _warnings(letter, written, order), letter)


def _letter_with_case(order: PaperOrder, letter: Letter) -> MadePaper:
    """The letter of an order with the case and the FHIR bundle inside, sealed."""
    written = _written(letter_document(letter, embedded_files(order, letter), order.today))
    return MadePaper(order, sealed(written.content), _warnings(letter, written, order), letter)


def embedded_files(order: PaperOrder, letter: Letter) -> tuple[EmbeddedFile, ...]:
    """The files inside the finished letter: the case, and the letter as a FHIR bundle."""
    return case_attachment(letter, order), bundle_attachment(fhir_source(order, letter))


def fhir_document(order: PaperOrder, letter: Letter) -> bytes:
    """The letter as a FHIR R4 document in JSON, without a PDF."""
    return bundle_json(fhir_source(order, letter))


def fhir_source(order: PaperOrder, letter: Letter) -> Source:
    """What the FHIR bundle is made of: of the case only what travels."""
    return Source(letter, replace(order, case=travelling_case(order.case, order.settings.identity_verified)))


def what_travels(order: PaperOrder) -> tuple[str, ...]:
    """What goes along inside the file, in words, for the user before it is saved; nothing where no case does."""
    if order.paper is not Paper.LETTER or not order.with_case:
        return ()

    def say(key: str, **details: str) -> str:
        return order.phrases.get("exchange", "travels", key).format(**details)

    fields = travelling_identity(order.case, order.phrases, order.settings.identity_verified)
    identity = say("identity", fields=", ".join(fields)) if fields else say("no_identity")
    return say("case"), say("bundle"), identity, say("stays")


# --- the PDF ----------------------------------------------------------------------------------------------------------


def _written(document: PrintedDocument) -> WrittenDocument:
    # ReportLab and pikepdf: a letter as text does without.
    from desktop_app.papers.pdf.write import write_document

    return write_document(document)


def _measured(document: PrintedDocument) -> Measured:
    # ReportLab: a letter as text does without.
    from desktop_app.papers.pdf.write import measure

    return measure(document)


# --- what to tell -----------------------------------------------------------------------------------------------------


def _warnings(letter: Letter, written: WrittenDocument, order: PaperOrder) -> tuple[LetterWarning, ...]:
    """All that the user should hear before the letter leaves: what it lacks, and what could not be printed."""
    return (*letter.warnings, *_page_warnings(written, order.phrases))


def _page_warnings(written: WrittenDocument, phrases: Phrases) -> tuple[LetterWarning, ...]:
    """What could not be printed as it was typed."""
    if not written.missing_characters:
        return ()
    characters = " ".join(written.missing_characters)
    words = phrases.get("letter", "warning", "characters").format(characters=characters)
    return (LetterWarning("characters", words),)
