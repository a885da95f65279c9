"""The rows of a plan: all that the plan says is there, in words, with its reasons and its place in the guideline."""

from collections import Counter

import pytest

from desktop_app.plan.changes import firm_advice_changed, is_referral_open
from desktop_app.plan.view.row import Kind, PlanRows
from desktop_app.plan.view.rows import RowMaker
from desktop_app.plan.view.sign import Sign
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.case_deck import deck
from tests.desktop_app.plan.view.documents import DAY, edition, phrases


@pytest.fixture(scope="module")
def plans(planner: Planner) -> list[Plan]:
    """The plans of the deck."""
    return [case.plan(planner) for case in deck()]


@pytest.fixture(scope="module", params=["nl", "en"])
def maker(request: pytest.FixtureRequest) -> RowMaker:
    """Makes rows in each language."""
    return RowMaker(edition(), phrases(request.param))


def all_opened(maker: RowMaker, plan: Plan) -> PlanRows:
    """The rows with everything opened that opens."""
    closed = maker.rows(plan)
    return maker.rows(plan, {row.key for row in (*closed.head, *closed.body) if row.opens})


def test_head_holds_decision_meanwhile_and_every_stop(maker, plans):
    for plan in plans:
        head = maker.rows(plan).head
        assert next(row.kind for row in head if row.kind is not Kind.NOTICE) is Kind.DECISION
        stops = {row.key for row in head if row.sign is Sign.STOP}
        assert stops == {f"alert:{alert.id}" for alert in plan.alerts if alert.severity == "stop"}
        meanwhile = [row for row in head if row.key.startswith("meanwhile:")]
        assert len(meanwhile) == (len(plan.meanwhile) if is_referral_open(plan.referral) else 0)


def sign_of_decision(plan: Plan) -> Sign:
    """An arrow is only for a patient who goes somewhere; two arrow heads for one who goes there urgently."""
    if plan.referral.urgency == "urgent":
        return Sign.URGENT
    nowhere = {"undetermined": Sign.DEPENDS, "none": Sign.INFORM}
    return nowhere.get(plan.referral.decision, Sign.REFERRAL)


def test_the_sign_before_the_decision_says_what_the_words_say(maker, plans):
    met = set()
    for plan in plans:
        row = next(row for row in maker.rows(plan).head if row.kind is Kind.DECISION)
        assert row.sign is sign_of_decision(plan)
        met.add(row.sign)
    assert met == {Sign.URGENT, Sign.REFERRAL, Sign.DEPENDS, Sign.INFORM}


def test_each_recommendation_and_alert_is_one_row(maker, plans):
    for plan in plans:
        rows = maker.rows(plan)
        keys = Counter(row.key for row in (*rows.head, *rows.body))
        assert max(keys.values()) == 1
        for each in plan.recommendations:
            assert keys[f"advice:{each.action}:{each.verdict}"] == 1
        for alert in plan.alerts:
            assert keys[f"alert:{alert.id}"] == (alert.id != "draft_guideline")


def test_each_open_question_but_the_first_is_a_row(maker, plans):
    for plan in plans:
        asked = [row.path for row in maker.rows(plan).body if row.kind is Kind.QUESTION]
        assert asked == [question.field for question in plan.open_questions[1:]]


def test_everything_opens_in_words_with_unique_keys(maker, plans):
    known = fields()
    for plan in plans:
        rows = all_opened(maker, plan)
        keys = Counter(row.key for row in (*rows.head, *rows.body))
        assert max(keys.values()) == 1, keys.most_common(3)
        for row in (*rows.head, *rows.body):
            assert row.text.strip() and all(line.strip() for line in row.small)
            assert "{" not in row.text + "".join(row.small)
            assert row.path is None or row.path in known


def test_why_names_answers_places_and_strength(maker, plans):
    words = maker._phrases
    for plan in plans[::7]:
        rows = all_opened(maker, plan)
        for each in plan.recommendations:
            key = f"advice:{each.action}:{each.verdict}/"
            why = [row for row in rows.body if row.key.startswith(key)]
            led_to = [row.path for row in why if row.kind is Kind.WHY_FIELD]
            assert led_to == [*(reason.field for reason in each.reasons), *each.depends_on]
            told = " ".join(line for row in why for line in row.small)
            for statement in each.statements:
                assert statement in told
                own_rule = statement.startswith("PROG-")
                assert own_rule or words.get("window", "plan_view", "strength") in told
            for name in each.interpretations:
                assert name in told


def test_states_are_said_in_words(maker, planner):
    case = Case.model_validate(
        {
            "lesion": {"category": "malignant", "entity": "osteosarcoma"},
            "imaging": {"xray": {"done": True, "two_views": True}},
            "biopsy": {"status": "considered"},
        }
    )
    rows = {row.key: row for row in maker.rows(planner.make_plan(case, DAY)).body}
    done = rows["advice:imaging.xray_two_views:do"]
    assert done.sign is Sign.DONE
    assert phrases(maker._phrases.language).plan("progress", "done").lower() in done.spoken.lower()
    waiting = next(row for row in rows.values() if row.sign is Sign.WAITING)
    assert any(maker._phrases.heading("waits_for") in line for line in waiting.small)
    open_one = next(row for row in rows.values() if row.sign is Sign.DEPENDS)
    assert any(maker._phrases.heading("depends_on") in line for line in open_one.small)


def test_firm_advice_that_goes_is_noticed(planner):
    before = planner.make_plan(Case.model_validate({"lesion": {"category": "benign_active"}}), DAY)
    after = planner.make_plan(Case.model_validate({"lesion": {"category": "malignant"}}), DAY)
    assert firm_advice_changed(before, after)
    assert not firm_advice_changed(before, before)
    nothing = planner.make_plan(Case(), DAY)
    assert not firm_advice_changed(nothing, after)


def test_why_nobody_is_referred_stands_in_the_first_plan_after_an_answer_too(planner):
    """The first plan has no reasons yet; why nobody is referred is not read from them."""
    case = Case.model_validate({"lesion": {"suspected": False}})
    maker = RowMaker(edition(), phrases("en"))
    for plan in (planner.make_bare_plan(case, DAY), planner.make_plan(case, DAY)):
        decision = next(row for row in maker.rows(plan).head if row.kind is Kind.DECISION)
        assert "No bone tumour is suspected." in decision.small
