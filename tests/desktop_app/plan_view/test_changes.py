"""What an answer changed: expected by the tables of the contract, not by what the program said."""

from itertools import pairwise
from random import Random

import pytest

from desktop_app.plan_view.changes import Turn, changes_between, firm_advice_changed, in_a_sentence
from guideline_core.case import Case
from tests.desktop_app.plan_view.documents import DAY, phrases
from tests.random_cases import random_partial_case

MALIGNANT = {"lesion": {"suspected": True, "origin": "primary", "category": "malignant"}, "setting": "hospital"}


def plan_of(planner, **answers):
    return planner.make_plan(Case.model_validate(answers), DAY)


def turns(changes):
    return {change.effect: change.turn for change in changes}


def test_a_category_decides_on_referral(planner):
    before = plan_of(planner, lesion={"suspected": True, "origin": "primary"}, patient={"age_years": 40})
    after = plan_of(planner, **MALIGNANT, patient={"age_years": 40})
    found = {change.effect: change.value for change in changes_between(before, after) if change.turn is None}
    assert found["referral.decision"] == "refer"
    assert found["referral.destination"] == "expertise_centre"
    assert found["referral.urgency"] == "urgent"
    sentence = in_a_sentence(changes_between(before, after), phrases())
    assert sentence.startswith("Verwijzing nu: verwijzen, expertisecentrum voor bottumoren, met spoed")


def test_contrast_mri_becomes_done_and_a_biopsy_is_freed(planner):
    asked = {**MALIGNANT, "patient": {"age_years": 40}}
    ready = {"xray": {"two_views": True, "done": True}, "mri": {"done": True}, "declared_complete": True}
    agreed = {
        "consultation": {"expertise_centre_consulted": True},
        "mdo": {"discussed": True, "with_expertise_centre": True},
        "biopsy": {"status": "considered", "in_or_with_expertise_centre": True, "route_agreed": True},
    }
    before = plan_of(planner, **asked, **agreed, imaging=ready)
    after = plan_of(planner, **asked, **agreed, imaging={**ready, "mri": {"done": True, "contrast": True}})
    found = turns(changes_between(before, after))
    assert found["imaging.mri_contrast"] is Turn.DONE
    assert found["biopsy.perform"] is Turn.FREE
    assert found["alert.biopsy_before_mri"] is Turn.ALERT_GONE
    back = turns(changes_between(after, before))
    assert back["imaging.mri_contrast"] is Turn.UNDONE
    assert back["biopsy.perform"] is Turn.WAITING
    assert back["alert.biopsy_before_mri"] is Turn.ALERT_NEW


def test_a_considered_biopsy_brings_its_advice_and_its_warning(planner):
    asked = {**MALIGNANT, "patient": {"age_years": 40}}
    before = plan_of(planner, **asked)
    after = plan_of(planner, **asked, biopsy={"status": "considered"})
    found = turns(changes_between(before, after))
    assert found["biopsy.perform"] is Turn.NEW
    assert found["alert.biopsy_before_mri"] is Turn.ALERT_NEW
    assert turns(changes_between(after, before))["biopsy.perform"] is Turn.GONE


def test_a_firm_advice_that_depends_again_is_told(planner):
    before = plan_of(planner, **MALIGNANT, patient={"age_years": 10})
    after = plan_of(planner, **MALIGNANT)
    found = turns(changes_between(before, after))
    assert found["refer.princess_maxima"] is Turn.OPEN_AGAIN
    assert firm_advice_changed(before, after)


def test_what_changes_nothing_is_no_change(planner):
    before = plan_of(planner, **MALIGNANT)
    after = plan_of(planner, **MALIGNANT, letter={"question": "?"})
    assert changes_between(before, after) == ()
    assert in_a_sentence((), phrases()) == ""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_change_can_be_said_and_shown(planner, edition, language):
    """Between random cases: each change has words, and the rows that it names stand in the new plan."""
    chance = Random(11)
    plans = [planner.make_bare_plan(random_partial_case(edition, chance), DAY) for _ in range(60)]
    for before, after in pairwise(plans):
        changes = changes_between(before, after)
        assert bool(in_a_sentence(changes, phrases(language))) is bool(changes)
        advice = {f"advice:{each.action}:{each.verdict}" for each in after.recommendations}
        alerts = {f"alert:{each.id}" for each in after.alerts}
        assert {row for change in changes for row in change.rows} <= {"referral"} | advice | alerts
        assert changes_between(after, after) == ()
