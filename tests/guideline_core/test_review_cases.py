"""Every case of the first clinical review gets the plan that its decision asks for, save those that still wait."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest

from guideline_core.planning import Planner
from tests.review_cases import ReviewCase, differences, review_cases

NOT_YET: Mapping[str, str] = {}
"""The cases that wait, each under the decision for which it waits. A case that passes must leave this table."""


def waits_for() -> dict[str, str]:
    return {case: decision for decision, cases in NOT_YET.items() for case in cases.split()}


def cases() -> Iterator[Any]:
    for case in review_cases():
        decision = waits_for().get(case.id)
        marks = [] if decision is None else [pytest.mark.xfail(strict=True, reason=f"not yet: {decision}")]
        yield pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", list(cases()))
def test_case_of_the_review_gets_the_plan_of_its_decision(case: ReviewCase, planner: Planner) -> None:
    assert differences(case.plan(planner), case.expect) == []


def test_the_table_names_cases_under_a_decision_of_theirs() -> None:
    known = {case.id: case.decisions for case in review_cases()}
    assert [case for case, decision in waits_for().items() if decision not in known[case]] == []
    assert len(waits_for()) == sum(len(cases.split()) for cases in NOT_YET.values())


def test_all_cases_are_read() -> None:
    ids = [case.id for case in review_cases()]
    assert ids == [f"R{number:03}" for number in range(1, 127)]
    assert all(case.expect for case in review_cases())


@pytest.mark.parametrize(
    "expect",
    [
        {"scope": "other_guideline"},
        {"referral": {"urgency": "routine"}},
        {"referral": {"depends_on_includes": ["lesion.bone"]}},
        {"referral_any": {"decision": ["none"]}},
        {"must": [{"action": "refer.seek_advice"}]},
        {"must": [{"action": "biopsy.perform", "waits_for_includes": ["refer.seek_advice"]}]},
        {"must": [{"action": "biopsy.perform", "waits_for_excludes": ["imaging.mri_contrast"]}]},
        {"must_any": [[{"action": "refer.seek_advice"}, {"action": "refer.expertise_centre", "verdict": "consider"}]]},
        {"must_not": [{"action": "refer.expertise_centre", "verdict": "do"}]},
        {"not_listed": ["refer.expertise_centre"]},
        {"meanwhile": [{"action": "staging.fdg_pet_ct"}]},
        {"meanwhile_not": [{"action": "biopsy.without_consultation"}]},
        {"alerts": ["normal_radiograph"]},
        {"no_alerts": ["biopsy_before_mri"]},
        {"alert_severity": {"biopsy_before_mri": "note"}},
        {"asks": ["patient.birth_date"]},
        {"asks_any": [["patient.birth_date", "lesion.entity"]]},
        {"asks_not": ["biopsy.route_agreed"]},
        {"first_question_any": ["patient.birth_date"]},
        {"asks_before": [["patient.birth_date", "biopsy.route_agreed"]]},
        {"interpretations": ["AMB-53"]},
        {"interpretations_not": ["AMB-15"]},
        {"statements": ["START-1"]},
    ],
    ids=str,
)
def test_an_expectation_that_is_not_met_is_said(expect: Mapping[str, Any], planner: Planner) -> None:
    """The case R059: an adult with an osteosarcoma, for whom a biopsy is considered and nothing was agreed."""
    osteosarcoma = next(case for case in review_cases() if case.id == "R059")
    assert len(differences(replace(osteosarcoma, expect=expect).plan(planner), expect)) == 1
