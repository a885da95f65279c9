"""The sheets of some cases, for the tests that hold of every document."""

from desktop_app.library.editions import Library
from desktop_app.papers.meeting_sheet.meeting_blocks import meeting_sheet
from desktop_app.papers.order import order_letter
from desktop_app.papers.patient_sheet.patient_blocks import patient_sheet
from desktop_app.papers.patient_sheet.patient_sheet import PatientSheetChoices, Suspicion
from desktop_app.papers.printed_document import PrintedDocument
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
            order_letter(Case.model_validate(answers), opened, library.phrases(language), SETTINGS, DAY)
        )
        for number, answers in enumerate(
            (cases.CHILD_UNCERTAIN, cases.UNDECIDED, cases.SPINAL_METASTASES, cases.CHILD_OSTEOSARCOMA, {})
        )
        for language in ("nl", "en")
    }
    found["patient, all ticked"] = patient_sheet(order_letter(child, opened, dutch, SETTINGS, DAY), TICKED)
    found["patient, nothing ticked"] = patient_sheet(
        order_letter(child, opened, dutch, SETTINGS, DAY), PatientSheetChoices()
    )
    return found
