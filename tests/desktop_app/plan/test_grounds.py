"""The decision on referral in a few words: what a centre that sees the patient itself reads in its place (D44)."""

import datetime

import pytest

from desktop_app.library.editions import Library
from desktop_app.plan.grounds import decision_text, headline
from guideline_core.case import Case
from guideline_core.keys import ASKED_VERDICTS
from guideline_core.planning import Planner
from tests.case_deck import deck

DAY = datetime.date(2026, 11, 23)
EWING = {
    "patient": {"age_years": 31},
    "phase": "after_biopsy",
    "lesion": {"origin": "primary", "category": "malignant", "entity": "ewing_sarcoma", "bone": "fibula"},
    "imaging": {"xray": {"done": True, "two_views": True}},
    "biopsy": {"status": "performed", "in_or_with_expertise_centre": True},
}


@pytest.mark.parametrize(
    ("setting", "more", "expected"),
    [
        ("expertise_centre", {}, "Volgende stap: MRI met contrast"),
        ("expertise_centre", {"imaging": {}}, "Volgende stap: röntgenfoto’s in twee richtingen"),
        ("hospital", {}, "Verwijzen"),
    ],
)
def test_a_centre_reads_its_next_act(setting: str, more: dict, expected: str, planner: Planner) -> None:
    case = Case.model_validate({**EWING, **more, "setting": setting})
    assert headline(planner.make_plan(case, DAY), Library().phrases("nl")) == expected


def test_a_centre_is_first_told_what_it_does_itself(planner: Planner) -> None:
    """Where anything is asked of it that waits for nothing, that stands first, and never that nobody is referred."""
    for each in deck():
        plan = each.plan(planner)
        if plan.referral.ground == "in_expertise_centre":
            asked = [r for r in plan.recommendations if (r.action, r.verdict) == ("imaging.mri_contrast", "do")]
            if any((r.certainty, r.progress) == ("definite", "open") for r in asked):
                assert plan.meanwhile[0].verdict in ASKED_VERDICTS, each.name


@pytest.mark.parametrize(
    ("site", "begins"),
    [
        ({}, "Deze patiënt wordt verwezen. Of de richtlijn dat vraagt"),
        ({"region": "pelvis"}, "Volgens een lezing van Botwijzer"),
        ({"region": "long_bone"}, "De richtlijn vraagt"),
    ],
)
def test_the_guideline_is_said_to_ask_a_referral_only_where_that_is_sure(site: dict, begins: str, planner: Planner):
    """An atypical cartilaginous tumour is referred wherever it lies; on whose word depends on the site (AMB-100)."""
    lesion = {"entity": "atypical_cartilaginous_tumour", **site}
    referral = planner.make_plan(Case.model_validate({"patient": {"age_years": 52}, "lesion": lesion}), DAY).referral
    assert referral.decision == "refer"
    assert decision_text("refer", referral, Library().phrases("nl")).startswith(begins)
