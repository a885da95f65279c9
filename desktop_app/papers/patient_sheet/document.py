"""The sheet for the patient as a document: one page A4, large type, few things."""

from desktop_app.library.phrases import Phrases
from desktop_app.papers.blocks import Block, Heading, Items, Opening, Text
from desktop_app.papers.document import DocumentOpening, PrintedDocument, RunningLines
from desktop_app.papers.order import PaperOrder
from desktop_app.papers.patient_sheet.sheet import Part, PatientSheet, compose_patient_sheet

SCALES = ((1450, 1.4), (1750, 1.28), (2100, 1.15))
"""Up to so many letters, so large: running text of 12, 11 and 10 points, so that the sheet stays one page."""
SMALLEST = 1.0


def patient_sheet(order: PaperOrder) -> PrintedDocument:
    """Make the sheet that the doctor chose; raises ValueError when the phrases of the order are not Dutch."""
    return patient_document(compose_patient_sheet(order), order.phrases)


def patient_document(sheet: PatientSheet, phrases: Phrases) -> PrintedDocument:
    """The sheet as a page."""
    return PrintedDocument(
        language=phrases.language,
        title=phrases.get("sheets", "patient", "document_title"),
        subject=phrases.get("sheets", "patient", "document_title"),  # the edition's name would give away a suspicion
        blocks=patient_blocks(sheet),
        running=RunningLines("", sheet.title, ("", ""), sheet.page_pattern),
        opening=DocumentOpening(sheet.title, sheet.subtitle),
        text_scale=_scale(sheet),
    )


def patient_blocks(sheet: PatientSheet) -> tuple[Block, ...]:
    """All blocks in reading order; what stands small at the foot of a letter is at the end of the text, for reading."""
    about = Text("\n" + "\n".join(sheet.foot), "small")
    return (Opening(), *(block for part in sheet.parts for block in _part(part)), about)


def _scale(sheet: PatientSheet) -> float:
    """Large type; less so where much was ticked, so that it stays one page."""
    letters = sum(len(text) for part in sheet.parts for text in (part.heading, *part.texts))
    return next((scale for most, scale in SCALES if letters <= most), SMALLEST)


def _part(part: Part) -> tuple[Block, ...]:
    heading = Heading(part.heading, 2)
    if part.is_list:
        return (heading, Items(tuple((text, "") for text in part.texts)))
    return (heading, *(Text(text) for text in part.texts))
