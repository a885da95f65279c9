"""From the empty window to the PDF with a real window: five textbook cases by key presses, one by the mouse alone."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop_app.library.editions import Library
from desktop_app.library.phrases import Phrases
from guideline_core.case import Case
from guideline_core.plan import Plan, Recommendation
from guideline_core.planning import Planner
from tests.windows.acts import acts_of
from tests.windows.conftest import Workstation
from tests.windows.textbook_cases import CASES, script_of


def squeezed(text: str) -> str:
    """A text without spaces and hyphens, which a PDF puts where its lines end."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", text).lower()


def words_of_pdf(path: Path) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(path).pages))


def plan_of(planner: Planner, case: dict[str, Any]) -> Plan:
    return planner.make_plan(Case.model_validate(case), datetime.date.today())


def ways_to_say(advice: Recommendation, phrases: Phrases) -> list[str]:
    """What a letter may say of an advice: its sentence; its name where it is done or carried out by the letter itself.

    What is not to be done is always said in its sentence.
    """
    sentence = phrases.action_sentence(advice.action, advice.verdict)
    return (
        [sentence]
        if advice.verdict in ("do_not", "in_principle_not")
        else [sentence, phrases.action_name(advice.action)]
    )


def check_letter(pdf: Path, plan: Plan, number: str) -> None:
    """Hold the words of the PDF against the plan: the decision, each stop, each recommendation, no other alert."""
    phrases, words = Library().phrases("nl"), words_of_pdf(pdf)
    assert squeezed(phrases.get("letter", "title", plan.referral.decision)) in words
    assert squeezed(number) in words
    for alert in plan.alerts:
        if alert.severity == "stop":
            assert squeezed(phrases.get("alerts", alert.id, "told", "title")) in words, alert.id
    for each in plan.recommendations:
        if each.certainty == "definite" and each.action != "refer.not_needed":  # that is the title
            assert any(squeezed(said) in words for said in ways_to_say(each, phrases)), each.action
    advised = {(each.action, each.verdict) for each in plan.recommendations}
    for action, verdict in (("biopsy.perform", "do"), ("refer.princess_maxima", "do")):
        if (action, verdict) not in advised:
            assert squeezed(phrases.action_sentence(action, verdict)) not in words


@pytest.mark.parametrize("name", CASES)
def test_by_key_presses_alone(workstation: Workstation, planner: Planner, name: str):
    workstation.set_to(attach_plan=True)
    told = workstation.work(name)
    pdf = workstation.out / f"{name}.pdf"
    plan = plan_of(planner, told["case"])
    check_letter(pdf, plan, told["number"])
    patient = told["case"]["patient"]
    assert squeezed(patient["family_name"]) in words_of_pdf(pdf)
    assert told["clicks"] == 0
    assert patient["family_name"] not in told["title"]
    assert tuple(told["acts"]) == acts_of(path for path, _, _ in script_of(name))
    print(f"{name}: {len(told['acts'])} acts, {told['keys']} keys")


def test_by_the_mouse_alone(workstation: Workstation, planner: Planner):
    told = workstation.work("by_mouse")
    (pdf,) = workstation.out.glob("*.pdf")
    plan = plan_of(planner, told["case"])
    assert plan.referral.decision == "none"
    check_letter(pdf, plan, told["number"])
    print(f"by mouse: {told['clicks']} clicks")


def test_no_patient_in_file_names(workstation: Workstation):
    told = workstation.work("adult_with_giant_cell_tumour")
    patient = told["case"]["patient"]
    for path in workstation.home.rglob("*"):
        for secret in (patient["family_name"], patient["given_name"], patient["patient_number"]):
            assert secret not in path.name
            assert path.is_dir() or path.suffix == ".pdf" or secret.encode() not in path.read_bytes(), path
