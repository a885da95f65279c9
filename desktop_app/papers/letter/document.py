"""The letter as a document for paper: its blocks, its opening, and what stands on every page."""

import datetime

from desktop_app.papers.document import DocumentOpening, OpeningColumn, OpeningEntry, PrintedDocument, RunningLines
from desktop_app.papers.embedded_file import EmbeddedFile
from desktop_app.papers.letter.blocks import outline
from desktop_app.papers.letter.letter import Letter


def letter_document(
    letter: Letter, attachments: tuple[EmbeddedFile, ...] = (), made_on: datetime.date | None = None
) -> PrintedDocument:
    """The document that a letter is."""
    return PrintedDocument(
        language=letter.language,
        title=letter.document_title,
        subject=letter.footer.edition,
        blocks=outline(letter),
        running=_running(letter),
        opening=_opening(letter),
        attachments=attachments,
        made_on=made_on,
    )


def _opening(letter: Letter) -> DocumentOpening:
    envelope, heading = letter.envelope, letter.heading
    when = [OpeningEntry(heading("envelope.date"), (envelope.date,))]
    if envelope.case_number:
        when.append(OpeningEntry(heading("envelope.reference"), (envelope.case_number,)))
    columns = (
        OpeningColumn(0.42, (OpeningEntry(heading("envelope.to"), envelope.recipient.lines),)),
        OpeningColumn(0.36, (OpeningEntry(heading("envelope.from"), envelope.sender),)),
        OpeningColumn(0.22, tuple(when)),
    )
    logo_text = f"Logo {envelope.letterhead.name}".strip()
    return DocumentOpening(letter.title, letter.subtitle, envelope.letterhead, logo_text, columns)


def _running(letter: Letter) -> RunningLines:
    footer, envelope = letter.footer, letter.envelope
    day = envelope.other_day
    below = " · ".join(part for part in (footer.patient, footer.case_number, footer.fingerprints) if part)
    return RunningLines(
        head_left=letter.patient_line,
        head_right=" · ".join((letter.title, envelope.date, *([day.title] if day is not None else []))),
        foot=(" · ".join((footer.edition, footer.status, footer.notice)), below),
        page_pattern=footer.page_pattern,
    )
