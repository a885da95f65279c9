"""`botwijzer plan`: the plan of one or more cases, as text or as JSON."""

import argparse
import datetime
import json
from collections.abc import Sequence

from desktop_app.cli.cases import day_of_clock, read_cases
from desktop_app.cli.context import OK, UNREADABLE, Context, Refused, load
from desktop_app.cli.output import say, width
from desktop_app.cli.patients import with_patient
from desktop_app.plan.as_json import plan_as_data
from desktop_app.plan.as_text import plan_as_text
from guideline_core.case import Case


def run_plan(chosen: argparse.Namespace, context: Context) -> int:
    """Print the plan of each case."""
    today = chosen.date or day_of_clock(context)
    load(context)
    if chosen.patient is not None and len(chosen.files) > 1:
        raise Refused([context.message("patient_of_several")], UNREADABLE)
    cases = read_cases(chosen.files, today, context)
    if chosen.patient is not None:
        [(name, case)] = cases
        cases = [(name, with_patient(case, chosen.files[0], chosen.patient, today, context))]
    if chosen.json:
        return _plan_as_json(cases, today, chosen.all, context)
    return _plan_as_text(cases, today, chosen.all, context)


def _plan_as_json(cases: Sequence[tuple[str, Case]], today: datetime.date, everything: bool, context: Context) -> int:
    edition, title = context.edition, context.edition.title[context.language]
    for _, case in cases:
        day = case.reference_date or today
        plan = edition.planner.make_plan(case, day)
        excluded = edition.planner.excluded(case, day) if everything else ()
        data = plan_as_data(plan, title, context.phrases, edition.tables.actions, excluded)
        say(json.dumps(data, ensure_ascii=False))
    return OK


def _plan_as_text(cases: Sequence[tuple[str, Case]], today: datetime.date, everything: bool, context: Context) -> int:
    edition, columns = context.edition, width()
    for number, (name, case) in enumerate(cases, 1):
        if len(cases) > 1:
            heading = context.message("case_number", number=number, total=len(cases), name=name)
            say(f"{'' if number == 1 else chr(10)}{'=' * columns}\n{heading}\n{'=' * columns}\n")
        day = case.reference_date or today
        plan = edition.planner.make_plan(case, day)
        excluded = edition.planner.excluded(case, day) if everything else None
        say(plan_as_text(plan, edition.names, context.phrases, columns, excluded))
    return OK
