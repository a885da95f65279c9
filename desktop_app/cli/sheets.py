"""`botwijzer meeting-sheet` and `botwijzer patient-sheet`: one case for the MDO, and what the patient takes home."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop_app.cli.context import OK, UNREADABLE, Context, Refused, leave
from desktop_app.cli.files import case_for, own_settings, save
from desktop_app.cli.output import complain, say

if TYPE_CHECKING:
    from desktop_app.papers.patient_sheet.patient_sheet import Offer, PatientSheetChoices
    from desktop_app.papers.printed_document import PrintedDocument

TICKS = {
    "name": "with_name",
    "place": "with_place",
    "destination": "with_destination",
    "urgency": "with_urgency",
    "biopsy": "with_biopsy_reason",
    "contact": "with_contact",
    "website": "with_website",
}
"""What can be ticked beside the steps, and where the choices keep it."""


def run_meeting_sheet(chosen: argparse.Namespace, context: Context) -> int:
    """Write the sheet of one case for the meeting."""
    import datetime

    from desktop_app.papers.meeting_sheet.meeting_blocks import meeting_sheet
    from desktop_app.papers.order import order_letter
    from desktop_app.papers.writing import letter_settings

    today = datetime.date.today()
    case, settings = case_for(chosen, today, context), letter_settings(own_settings())
    order = order_letter(case, context.edition, context.phrases, settings, today)
    status = _write(meeting_sheet(order), chosen.output, context)
    leave()
    return status


def run_patient_sheet(chosen: argparse.Namespace, context: Context) -> int:
    """Write the sheet for the patient, in Dutch, with nothing on it that was not ticked."""
    import datetime

    from desktop_app.papers.order import order_letter
    from desktop_app.papers.patient_sheet.patient_blocks import patient_sheet
    from desktop_app.papers.patient_sheet.patient_certainty import contradiction, tissue_category
    from desktop_app.papers.patient_sheet.patient_sheet import offer_of
    from desktop_app.papers.writing import letter_settings

    today = datetime.date.today()
    choices = _choices(chosen, context)
    case, settings = case_for(chosen, today, context), letter_settings(own_settings())
    order = order_letter(case, context.edition, context.library.phrases("nl"), settings, today)
    status = _write(patient_sheet(order, choices), chosen.output, context)
    contradicted = contradiction(choices.suspicion, order.plan, case, tissue_category(case, context.edition))
    if contradicted is not None:
        complain([context.phrases.get("window", "patient_sheet", "contradiction", contradicted)])
    complain(list(_remarks(chosen.tick, offer_of(order.plan, order.edition.tables), choices, context)))
    leave()
    return status


def _choices(chosen: argparse.Namespace, context: Context) -> "PatientSheetChoices":
    """What was ticked; raises Refused for what cannot be ticked on any sheet."""
    from desktop_app.papers.patient_sheet.patient_sheet import PatientSheetChoices, Reader, Suspicion

    steps = context.edition.tables.sheets.told_to_patient
    known = (*TICKS, *steps)
    strange = [each for each in chosen.tick if each not in known]
    if strange:
        message = context.message("tick_unknown", ticks=", ".join(strange), known=", ".join(known))
        raise Refused([message], UNREADABLE)
    return PatientSheetChoices(
        reader=Reader.PARENTS if chosen.for_parents else Reader.PATIENT,
        suspicion=Suspicion(chosen.suspicion) if chosen.suspicion else None,
        steps=frozenset(each for each in chosen.tick if each in steps),
        **{field: True for tick, field in TICKS.items() if tick in chosen.tick},
    )


def _remarks(ticked: list[str], offer: "Offer", choices: "PatientSheetChoices", context: Context) -> Iterator[str]:
    """What was ticked and the plan does not bear; or, with nothing ticked, what can be."""
    by_plan = {"destination": offer.destination, "urgency": offer.urgency, "biopsy": offer.biopsy_reason}
    lost = [each for each in ticked if not by_plan.get(each, True) or ("." in each and each not in offer.steps)]
    if lost:
        yield context.message("ticks_not_borne", ticks=", ".join(lost))
    if not ticked and choices.suspicion is None:
        possible = [*(tick for tick in TICKS if by_plan.get(tick, True)), *offer.steps]
        yield context.message("nothing_ticked", possible=", ".join(possible))


def _write(document: "PrintedDocument", output: str, context: Context) -> int:
    from desktop_app.papers.pdf.pdf import write_document
    from desktop_app.papers.writing import page_warnings

    written = write_document(document)
    save(output, written.content, context)
    complain([warning.text for warning in page_warnings(written, context.phrases)])
    say(context.message("sheet_written", file=output))
    return OK
