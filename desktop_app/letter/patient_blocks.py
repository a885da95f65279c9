"""The sheet for the patient as a document: one page A4, large type, few things."""

import datetime
from typing import TYPE_CHECKING

from desktop_app.letter.kinds import kinds_for
from desktop_app.letter.making import Making
from desktop_app.letter.outline import Block, Heading, Items, Opening, Text
from desktop_app.letter.patient_sheet import Part, PatientSheet, PatientSheetChoices, compose_patient_sheet
from desktop_app.letter.printed_document import DocumentOpening, PrintedDocument, RunningLines
from desktop_app.letter.sender import LetterSettings
from desktop_app.phrases import Phrases
from guideline_core.case import Case

if TYPE_CHECKING:
    from desktop_app.editions import OpenedEdition

SCALES = ((1450, 1.4), (1750, 1.28), (2100, 1.15))
"""Up to so many letters, so large: running text of 12, 11 and 10 points, so that the sheet stays one page."""
SMALLEST = 1.0


def patient_sheet(
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
    choices: PatientSheetChoices,
) -> PrintedDocument:
    """Plan the case and make the sheet that the doctor chose; raises ValueError when the phrases are not Dutch."""
    plan = edition.planner.make_plan(case, case.reference_date or today)
    making = Making(plan, case, edition, phrases, settings, today, kinds_for(plan)[0])
    return patient_document(compose_patient_sheet(making, choices), phrases)


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
