"""What a plan asks first, what it asks later, and what it does not ask: tier by tier (D35)."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from guideline_core.case import Case
from guideline_core.edition.values import Edition
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.benchmarks.questions_asked import askings, best_offered
from tests.case_deck import DeckCase, deck
from tests.checkout import CHECKOUT
from tests.review_cases import DAY

COMPLAINTS = ("complaints.persistent_pain", "complaints.night_pain", "complaints.swelling")
WHOLE_BODY_MRI = {
    "imaging.whole_body_mri_indicated_individually",
    "imaging.whole_body_mri.done",
    "patient_factors.non_removable_metal_implant",
    "context.research",
}
CONTENT_OF_MRI = {"imaging.mri.dwi", "imaging.mri.t1_long_axis_whole_bone", "lesion.mri_supports_chondrosarcoma"}
ASKED_OVER_THE_EXAMPLES = 279
"""The burden that must not grow: open questions over the examples that come with the program."""
ASKED_UNTIL_SETTLED = 1.1 * 2.2
"""The most that tiers may cost: the mean was 2.2 before there were any."""
SAMPLE = 60


def asked(plan: Plan) -> list[str]:
    return [question.field for question in plan.open_questions]


@pytest.fixture(scope="module")
def plans(planner: Planner) -> list[tuple[DeckCase, Plan]]:
    return [(each, each.plan(planner)) for each in deck()]


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_a_general_practitioner_is_first_asked_about_the_radiograph_or_the_complaint(
    complaint: str, planner: Planner
) -> None:
    group, _, field = complaint.partition(".")
    case = Case.model_validate({"setting": "primary_care", group: {field: True}})
    assert asked(planner.make_plan(case, DAY))[0] in (*COMPLAINTS, "imaging.xray.two_views", "imaging.xray.normal")


def test_who_has_said_nothing_is_asked_for_complaints_and_radiograph_first(planner: Planner) -> None:
    assert asked(planner.make_plan(Case(), DAY))[:4] == [*COMPLAINTS, "imaging.xray.two_views"]


def test_what_the_lesion_is_waits_for_an_image_or_a_suspicion(planner: Planner) -> None:
    judged = {"lesion.category", "lesion.entity", "lesion.chondrosarcoma_grade"}
    pain = {"complaints": {"persistent_pain": True}}
    assert judged.isdisjoint(asked(planner.make_plan(Case.model_validate(pain), DAY)))
    for more in (
        {"lesion": {"suspected": True}},
        {"imaging": {"xray": {"done": True, "two_views": True}}},
        {"treatment": {"earlier_unplanned_surgery": True}},
    ):
        assert judged <= set(asked(planner.make_plan(Case.model_validate({**pain, **more}), DAY))), more


def test_compression_is_asked_first_of_all_in_the_spine_and_nowhere_else(planner: Planner) -> None:
    compression = "patient_factors.spinal_cord_compression"
    for bone, first in (("vertebra_t5", True), ("sacrum", True), ("femur", False), (None, False)):
        case = Case.model_validate({"lesion": {"suspected": True, "bone": bone}})
        questions = asked(planner.make_plan(case, DAY))
        assert (questions[0] == compression, compression in questions) == (first, first), bone


def test_the_examples_ask_no_more_than_before(planner: Planner) -> None:
    files = sorted((CHECKOUT / "resources" / "examples").glob("*.json"))
    cases = (Case.model_validate(json.loads(Path(file).read_text(encoding="utf-8"))) for file in files)
    assert sum(len(asked(planner.make_plan(case, case.reference_date or DAY))) for case in cases) <= (
        ASKED_OVER_THE_EXAMPLES
    )


def test_no_man_is_asked_about_a_pregnancy(plans: list[tuple[DeckCase, Plan]]) -> None:
    men = [plan for each, plan in plans if each.case.patient.sex == "male"]
    assert men
    assert [plan for plan in men if "patient_factors.pregnancy" in asked(plan)] == []


def test_whole_body_mri_is_not_asked_about_before_an_expertise_centre_was_consulted(
    plans: list[tuple[DeckCase, Plan]],
) -> None:
    early = [each.name for each, plan in plans if not consulted(each.case) and WHOLE_BODY_MRI & set(asked(plan))]
    assert early == []
    assert any("imaging.whole_body_mri_indicated_individually" in asked(plan) for _, plan in plans)


def consulted(case: Case) -> bool:
    """As the edition says it in `consulted`, read from the answers."""
    advice = case.consultation
    return bool(
        case.setting == "expertise_centre"
        or advice.expertise_centre_consulted
        or case.mdo.with_expertise_centre
        or case.biopsy.repeat_agreed
        or advice.expertise_centre_supports_princess_maxima is not None
        or case.lesion.uncertain_after_reassessment is False
    )


def test_what_an_mri_shows_is_not_asked_before_there_is_one(plans: list[tuple[DeckCase, Plan]]) -> None:
    made = {each.name for each, _ in plans if any(value for value in each.case.imaging.mri.model_dump().values())}
    assert [each.name for each, plan in plans if each.name not in made and CONTENT_OF_MRI & set(asked(plan))] == []
    assert any(CONTENT_OF_MRI & set(asked(plan)) for _, plan in plans)


def test_contrast_and_pregnancy_are_asked_about_only_while_an_examination_is_to_be_made(
    plans: list[tuple[DeckCase, Plan]],
) -> None:
    about = {"imaging.gadolinium_planned", "imaging.iv_contrast_ct_planned", "patient_factors.pregnancy"}
    examinations = ("imaging.mri", "imaging.ct", "staging.ct", "staging.fdg_pet_ct")
    for each, plan in plans:
        to_be_made = [r for r in plan.recommendations if r.action.startswith(examinations) and r.progress != "done"]
        assert to_be_made or about.isdisjoint(asked(plan)), each.name


def test_each_tier_comes_before_the_next(edition: Edition, plans: list[tuple[DeckCase, Plan]]) -> None:
    for each, plan in plans:
        assert any(_are_in_order(asked(plan), tiers) for tiers in _tiers_that_may_hold(edition)), each.name


def _tiers_that_may_hold(edition: Edition) -> Iterator[list[tuple[str, ...]]]:
    """All tiers, and those without the one for a lesion that nobody suspects yet."""
    tiers = edition.question_tiers
    yield [tier.asks for tier in tiers.values()]
    yield [tier.asks for name, tier in tiers.items() if name != "complaint_and_radiograph"]


def _are_in_order(questions: list[str], tiers: list[tuple[str, ...]]) -> bool:
    numbers = [next(number for number, asks in enumerate(tiers) if field in asks) for field in questions]
    return numbers == sorted(numbers)


def test_the_tiers_cost_few_questions(edition: Edition) -> None:
    counts = [
        count
        for asking in askings(edition, Random(SAMPLE).sample(deck(), SAMPLE))
        if not asking.settled(asking.each.case) and (count := asking.number_asked(best_offered)) is not None
    ]
    assert len(counts) > SAMPLE / 3
    assert sum(counts) / len(counts) <= ASKED_UNTIL_SETTLED
