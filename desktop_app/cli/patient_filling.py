"""Fills the patient of a case from a FHIR file; what the case says otherwise is refused, never replaced."""

import datetime
from collections.abc import Iterator

from desktop_app.cli.cases import STANDARD_INPUT, content_of, name_of, refusal_of_cases
from desktop_app.cli.context import UNREADABLE, Context, Refused
from desktop_app.cli.output import complain
from desktop_app.exchange.finding import Finding
from desktop_app.exchange.patient.merging import Conflict, merge_patient
from desktop_app.exchange.patient.reading import patient_from_fhir
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults, Fault
from guideline_core.file_limits import FHIR


def filled(case: Case, case_file: str, file: str, today: datetime.date, context: Context) -> Case:
    """The case with the patient of a file where it says nothing itself; raises Refused. Fields are named, no values."""
    content = _content(file, case_file, context)
    day = case.reference_date or today
    found = patient_from_fhir(content, day, context.phrases)
    if not found.patient.model_fields_set:
        raise Refused(list(_told(file, found.findings, context)), UNREADABLE)
    conflicts, merged = merge_patient(case, found.patient, day)
    if conflicts:
        raise Refused(list(_refusal(file, conflicts, context)), UNREADABLE)
    complain(list(_told(file, found.findings, context)))
    return merged.without_age_beside_birth_date()


def _content(file: str, case_file: str, context: Context) -> bytes:
    try:
        if file == case_file == STANDARD_INPUT:
            raise CaseFaults([Fault("", "stdin_twice")])
        return content_of(file, FHIR.largest)
    except CaseFaults as error:
        refusal = refusal_of_cases([(name_of(file, context), error)], context)
        raise Refused(list(refusal), UNREADABLE) from None


def _told(file: str, findings: tuple[Finding, ...], context: Context) -> Iterator[str]:
    for finding in findings:
        yield f"{name_of(file, context)}: {finding.message(context.phrases)}"


def _refusal(file: str, conflicts: tuple[Conflict, ...], context: Context) -> Iterator[str]:
    """Each field of the case that the file has otherwise, with the field of the file that says so."""
    yield context.message("patient_differs", file=name_of(file, context))
    for conflict in conflicts:
        fields = dict.fromkeys([conflict.field, conflict.found_field])
        yield "  " + " / ".join(f"{field} ({context.phrases.label(field)})" for field in fields)
