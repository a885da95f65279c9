"""The sheets of some cases, for the tests that hold of every document."""

from dataclasses import replace

from desktop_app.library.editions import Library
from desktop_app.papers.document import PrintedDocument
from desktop_app.papers.meeting_sheet.document import meeting_sheet
from desktop_app.papers.order import order_paper
from desktop_app.papers.patient_choices import PatientSheetChoices, Suspicion
from desktop_app.papers.patient_sheet.document import patient_sheet
from desktop_app.papers.pdf.write import measure
from guideline_core.case import Case
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY
from tests.desktop_app.papers.conftest import SETTINGS
from tests.editions import told_to_patient

TICKED = PatientSheetChoices(
    with_name=True,
    suspicion=Suspicion.MAY_BE_CANCER,
    with_place=True,
    steps=frozenset(told_to_patient()),
    with_destination=True,
    with_urgency=True,
    with_biopsy_reason=True,
    with_contact=True,
    with_website=True,
)


def sheets(library: Library) -> dict[str, PrintedDocument]:
    """Sheets for meetings in both languages, and for a patient with everything ticked and with nothing."""
    opened, dutch = library.edition(), library.phrases("nl")
    child = Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    found = {
        f"meeting {number} {language}": meeting_sheet(
            order_paper(Case.model_validate(answers), opened, library.phrases(language), SETTINGS, DAY), measure
        )
        for number, answers in enumerate(
            (cases.CHILD_UNCERTAIN, cases.UNDECIDED, cases.SPINAL_METASTASES, cases.CHILD_OSTEOSARCOMA, {})
        )
        for language in ("nl", "en")
    }
    for_child = order_paper(child, opened, dutch, SETTINGS, DAY)
    found["patient, all ticked"] = patient_sheet(replace(for_child, told_to_patient=TICKED))
    found["patient, nothing ticked"] = patient_sheet(for_child)
    return found
