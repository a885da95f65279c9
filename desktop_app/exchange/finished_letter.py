"""Puts a letter and what travels inside it together into one finished file."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.exchange.seal import sealed
from desktop_app.exchange.travelling_case import case_attachment, travelling_case, travelling_identity
from desktop_app.papers.attachment import Attachment
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.model import Letter, LetterWarning
from desktop_app.papers.order import LetterOrder
from desktop_app.papers.printed_document import WrittenDocument
from desktop_app.papers.writing import warnings_of

if TYPE_CHECKING:
    from desktop_app.exchange.fhir.source import Source


@dataclass(frozen=True, slots=True)
class FinishedDocument:
    """A letter ready to be saved: the PDF, what to tell the user before it leaves, and in words what travels inside."""

    pdf: bytes
    warnings: tuple[LetterWarning, ...]
    travels: tuple[str, ...]


@dataclass(frozen=True)
class MadeLetter:
    """A letter of an order, and the files that can be made of it; the same order gives the same bytes."""

    order: LetterOrder
    letter: Letter

    @cached_property
    def bare(self) -> FinishedDocument:
        """The PDF with nothing inside: what is shown, printed, and saved when the case is to stay at home."""
        written = self._written(())
        return FinishedDocument(written.content, self._warnings(written), ())

    def finished(self) -> FinishedDocument:
        """The PDF with the case and the FHIR bundle inside."""
        written = self._written(self.attachments())
        return FinishedDocument(sealed(written.content), self._warnings(written), self.travels())

    def attachments(self) -> tuple[Attachment, ...]:
        """The files inside the finished letter: the case, and the letter as a FHIR bundle."""
        from desktop_app.exchange.fhir.bundle import bundle_attachment

        order = self.order
        own = case_attachment(self.letter, order.plan, order.case, order.phrases, order.settings)
        return own, bundle_attachment(self.fhir_source())

    def fhir_document(self) -> bytes:
        """The letter as a FHIR R4 document in JSON, without a PDF."""
        from desktop_app.exchange.fhir.bundle import bundle_json

        return bundle_json(self.fhir_source())

    def fhir_source(self) -> "Source":
        """What the FHIR bundle is made of: of the case only what travels."""
        from desktop_app.exchange.fhir.source import Source

        order = self.order
        case = travelling_case(order.case, order.settings.identity_verified)
        return Source(self.letter, order.plan, case, order.edition, order.phrases, order.settings, order.today)

    def travels(self) -> tuple[str, ...]:
        """What goes along inside the finished letter, in words, for the user before it is saved."""
        order = self.order

        def say(key: str, **details: str) -> str:
            return order.phrases.get("exchange", "travels", key).format(**details)

        fields = travelling_identity(order.case, order.phrases, order.settings.identity_verified)
        identity = say("identity", fields=", ".join(fields)) if fields else say("no_identity")
        return say("case"), say("bundle"), identity, say("stays")

    def _written(self, attachments: tuple[Attachment, ...]) -> WrittenDocument:
        from desktop_app.papers.pdf.pdf import write_letter  # ReportLab: only for who writes a PDF

        return write_letter(self.letter, attachments, self.order.today)

    def _warnings(self, written: WrittenDocument) -> tuple[LetterWarning, ...]:
        return warnings_of(self.letter, written, self.order.phrases)


def make_letter(order: LetterOrder) -> MadeLetter:
    """Make the letter of an order; raises KindNotAllowed for a kind that the plan does not allow."""
    return MadeLetter(order, compose_letter(order))
