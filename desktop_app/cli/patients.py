"""The patient of a case, from a FHIR file where the command names one."""

import datetime

from desktop_app.cli.context import Context
from guideline_core.case import Case


def with_patient(case: Case, case_file: str, file: str | None, today: datetime.date, context: Context) -> Case:
    """The case with the patient of a file where it says nothing itself; raises Refused."""
    if file is None:
        return case
    # What reads FHIR: most commands name no such file.
    from desktop_app.cli.patient_filling import filled

    return filled(case, case_file, file, today, context)
