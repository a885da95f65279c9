"""What an answer changed: expected by the tables of the contract, not by what the program said."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from desktop_app.case.answers import changed_case
from desktop_app.case.refused import AnswerRefused
from desktop_app.plan.changes import (
    Change,
    Turn,
    changes_between,
    firm_advice_changed,
    in_a_sentence,
    is_referral_open,
)
from desktop_app.plan.grounds import is_seen_in_centre
from desktop_app.plan.view.row import Kind
from desktop_app.plan.view.rows import RowMaker
from desktop_app.plan.view.sign import Sign
from desktop_app.plan.words import remarks
from guideline_core.case import Case
from tests.desktop_app.plan.view.documents import DAY, phrases
from tests.desktop_app.plan.view.documents import edition as opened_edition
from tests.random_cases import random_answer, random_partial_case, rule_fields

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
    assert sentence.startswith("Verwijzing wordt: verwijzen, expertisecentrum voor bottumoren, met spoed")


def test_contrast_mri_becomes_done_and_a_biopsy_is_freed(planner):
    asked = {**MALIGNANT, "patient": {"age_years": 40}}
    ready = {"xray": {"two_views": True, "done": True}, "mri": {"done": True}, "declared_complete": True}
    agreed = {
        "consultation": {"expertise_centre_consulted": True, "referred": True},
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


AGREED = {
    "consultation": {"expertise_centre_consulted": True},
    "biopsy": {"status": "considered", "in_or_with_expertise_centre": True, "route_agreed": True},
}


def test_a_biopsy_that_still_waits_for_the_meeting_waits_no_more_for_the_mri(planner):
    asked = {**MALIGNANT, "patient": {"age_years": 40}, **AGREED, "mdo": {"discussed": False}}
    done = {"xray": {"two_views": True, "done": True}, "mri": {"done": True, "contrast": True}}
    before = plan_of(planner, **asked)
    after = plan_of(planner, **asked, imaging=done)
    less = [change for change in changes_between(before, after) if change.turn is Turn.WAITS_LESS]
    assert "imaging.mri_contrast" in next(change for change in less if change.effect == "biopsy.perform").waits_for
    assert "(niet meer op " in in_a_sentence(less, phrases())
    more = [change for change in changes_between(after, before) if change.turn is Turn.WAITS_MORE]
    assert "imaging.mri_contrast" in next(change for change in more if change.effect == "biopsy.perform").waits_for
    assert "(ook op " in in_a_sentence(more, phrases())


def test_another_verdict_is_said_with_its_verdict():
    """The bare name of an action would read as advice."""
    changes = (Change("biopsy.perform", Turn.OTHER_VERDICT, verdicts=("do_not",)),)
    assert "(niet doen)" in in_a_sentence(changes, phrases())
    assert "(niet doen)" in in_a_sentence((Change("biopsy.perform", Turn.NEW, verdicts=("do_not",)),), phrases())
    assert "niet" not in in_a_sentence((Change("biopsy.perform", Turn.NEW, verdicts=("do",)),), phrases())


def test_a_warning_that_holds_and_then_depends_is_not_said_to_be_gone(planner):
    asked = {**MALIGNANT, "biopsy": {"status": "considered"}}
    before = plan_of(planner, **asked, imaging={"mri": {"contrast": False}})
    after = plan_of(planner, setting="hospital", biopsy={"status": "considered"})
    found = turns(changes_between(before, after)).get("alert.biopsy_before_mri")
    still = next((alert.certainty for alert in after.alerts if alert.id == "biopsy_before_mri"), None)
    assert found is {"depends": Turn.ALERT_POSSIBLE, None: Turn.ALERT_GONE, "definite": None}[still]


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
        meanwhile = {f"meanwhile:{each.action}:{each.verdict}" for each in after.meanwhile}
        assert {row for change in changes for row in change.rows} <= {"referral"} | advice | alerts | meanwhile
        assert changes_between(after, after) == ()


def said_to_do(plan, maker):
    """What stands on the screen of a plan to act on: all its lines but notes, questions and what they depend on."""
    rows = maker.rows(plan)
    names = opened_edition().names
    plain = [replace(each, alternative_to=()) for each in plan.recommendations]
    notes = {text for each in plain for text in remarks(each, names, phrases())}
    depends = phrases().heading("depends_on")
    return {
        row.key: (
            row.text,
            row.sign_words,
            tuple(text for text in row.small if not text.startswith(depends) and text not in notes),
        )
        for row in (*rows.head, *rows.body)
        if row.kind is Kind.DECISION or (row.kind in (Kind.ADVICE, Kind.ALERT) and row.sign is not Sign.INFORM)
    }


def test_no_line_of_the_plan_differs_unsaid(planner, edition):
    """One answer at a time: every line that differs is one of a change, and a line that came or went is named."""
    chance, maker, met = Random(23), RowMaker(opened_edition(), phrases()), set()
    for _ in range(50):
        case = random_partial_case(edition, chance)
        before = planner.make_bare_plan(case, DAY)
        for path in chance.sample(rule_fields(), 6):
            try:
                after_case = changed_case(
                    case, {path: random_answer(edition, path, chance)}, opened_edition().catalogue, DAY
                )
            except AnswerRefused:
                continue
            after = planner.make_bare_plan(after_case, DAY)
            changes = changes_between(before, after)
            old, new = said_to_do(before, maker), said_to_do(after, maker)
            marked = {row for change in changes for row in change.rows}
            differing = {key for key in new if new[key] != old.get(key)}
            headline = {"referral"} if is_seen_in_centre(after.referral) else set()  # it follows what comes first there
            assert differing <= marked | headline | unsaid_meanwhile(before, after), (path, differing - marked)
            gone = {change.effect for change in changes}
            lost = {key.split(":")[1] for key in old.keys() - new.keys() if key.startswith("advice:")}
            assert lost <= gone, (path, lost - gone)
            met |= {change.turn for change in changes}
    assert len(met) > 10


def unsaid_meanwhile(before, after):
    """Where the referral is clear in one of the plans, the referral itself says what becomes of the meanwhile."""
    if is_referral_open(before.referral) and is_referral_open(after.referral):
        return set()
    return {f"meanwhile:{each.action}:{each.verdict}" for each in after.meanwhile}


def test_an_answer_that_raises_what_was_firm_at_least_takes_nothing_back(planner):
    lesion = {"origin": "primary", "category": "malignant"}
    several = ["osteosarcoma", "chondrosarcoma_dedifferentiated"]
    before = plan_of(planner, lesion={**lesion, "differential": several})
    after = plan_of(planner, lesion={**lesion, "differential": several, "entity": several[1]})
    assert not firm_advice_changed(before, after)
    assert turns(changes_between(before, after))["staging.fdg_pet_ct"] is Turn.OTHER_VERDICT
    other = plan_of(planner, lesion={**lesion, "differential": several, "entity": several[0]})
    assert turns(changes_between(before, other))["staging.fdg_pet_ct"] is Turn.FIRM
    assert turns(changes_between(other, before))["staging.fdg_pet_ct"] is Turn.OPEN_AGAIN
