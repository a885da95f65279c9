"""`botwijzer meeting-sheet` and `botwijzer patient-sheet`: one case for the MDO, and what the patient takes home."""

import argparse
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.cli.cases import day_of_clock
from desktop_app.cli.context import OK, UNREADABLE, Context, Refused, leave
from desktop_app.cli.files import case_for, own_settings, save
from desktop_app.cli.output import complain
from desktop_app.exchange.made_paper import make_paper
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.papers.order import Paper, PaperOrder, order_paper
from desktop_app.papers.patient_choices import PatientSheetChoices, Reader, Suspicion
from desktop_app.papers.patient_sheet.certainty import contradiction, tissue_category
from desktop_app.papers.patient_sheet.sheet import Offer, offer_of

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
    status = _write(_order(Paper.MEETING, chosen, context), chosen.output, context)
    leave()
    return status


def run_patient_sheet(chosen: argparse.Namespace, context: Context) -> int:
    """Write the sheet for the patient, in Dutch, with nothing on it that was not ticked."""
    choices = _choices(chosen, context)
    order = replace(_order(Paper.PATIENT, chosen, context), told_to_patient=choices)
    status = _write(order, chosen.output, context)
    contradicted = contradiction(choices.suspicion, order.plan, order.case, tissue_category(order.case, order.edition))
    if contradicted is not None:
        complain([context.phrases.get("window", "patient_sheet", "contradiction", contradicted)])
    complain(list(_remarks(chosen.tick, offer_of(order.plan, order.tables), choices, context)))
    leave()
    return status


def _order(paper: Paper, chosen: argparse.Namespace, context: Context) -> PaperOrder:
    today = day_of_clock(context)
    case, settings = case_for(chosen, today, context), letter_settings(own_settings(context))
    return order_paper(case, context.edition, context.phrases, settings, today, paper=paper)


def _choices(chosen: argparse.Namespace, context: Context) -> PatientSheetChoices:
    """What was ticked; raises Refused for what cannot be ticked on any sheet."""
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


def _remarks(ticked: list[str], offer: Offer, choices: PatientSheetChoices, context: Context) -> Iterator[str]:
    """What was ticked and the plan does not bear; or, with nothing ticked, what can be."""
    by_plan = {
        "destination": offer.destination,
        "urgency": offer.urgency,
        "biopsy": offer.biopsy_reason,
        "website": offer.website,
    }
    lost = [each for each in ticked if not by_plan.get(each, True) or ("." in each and each not in offer.steps)]
    if lost:
        yield context.message("ticks_not_borne", ticks=", ".join(lost))
    if not ticked and choices.suspicion is None:
        possible = [*(tick for tick in TICKS if by_plan.get(tick, True)), *offer.steps]
        yield context.message("nothing_ticked", possible=", ".join(possible))


def _write(order: PaperOrder, output: str, context: Context) -> int:
    made = make_paper(order)
    save(output, made.pdf, "sheet_written", context)
    complain([warning.text for warning in made.warnings])
    return OK
