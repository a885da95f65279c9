"""Only readings that concern the patient: each interpretation that a plan names can still concern this case.

Whether it can is looked up in the plainest way, apart from the planner: the case is completed at random
(tests/complete_cases.py) and the evaluator reads the condition in each completion. One in which it holds is a witness.
"""

from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest

from guideline_core.case import Case
from guideline_core.condition import ALWAYS
from guideline_core.edition.faults import EditionFaults
from guideline_core.edition.reading import read_edition
from guideline_core.edition.values import Edition
from guideline_core.evaluation import Evaluator
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from guideline_core.subjects import word_of_sure
from tests.case_deck import DeckCase, answers_left, deck
from tests.complete_cases import Completions
from tests.editions import edition_files, planner_of, read_real_edition

FEW, MANY = 60, 3_000
ABOUT_CHILDREN = {"AMB-01", "AMB-22", "AMB-67"}
"""Readings about children, by what they say: the age limit, the intermediate child, the images of a child."""
NO_RULE_RESTS_ON_IT = {
    *("AMB-06", "AMB-57", "AMB-60", "AMB-62", "AMB-63", "AMB-64", "AMB-65", "AMB-74", "AMB-77", "AMB-87"),
}
"""Readings of the text as a whole, its references and its spelling: no plan names them."""
SILENT: set[str] = set()
"""Readings that a rule rests on and no plan names."""


def concerned(case: DeckCase, names: set[str], samples: int) -> set[str]:
    """Those of these interpretations that concern the patient in some completion of the case, as far as chance
    finds one."""
    edition, completions, evaluator = _plain()
    chance, sure = Random(case.name), _sure(case)
    left = set(names)
    for _ in range(samples):
        if not left:
            break
        evaluation = evaluator.of({**completions.one_of(case.case, case.day, chance).case, **sure})
        left -= {name for name in left if evaluation.holds(edition.interpretations[name].concerns)}
    return names - left


def _sure(case: DeckCase) -> dict[str, str]:
    """What the answers of a case make certain: the same in each of its completions, which are too many to look at."""
    left = answers_left(_planner(), case)
    return {name: str(answer) for name, answer in left.raw.items() if word_of_sure(name) is not None}


@cache
def _planner() -> Planner:
    return planner_of(read_real_edition())


@cache
def _plain() -> tuple[Edition, Completions, Evaluator]:
    edition = read_real_edition()
    return edition, Completions(edition), Evaluator(edition)


def spoken(plan: Plan, edition: Edition) -> set[str]:
    """The interpretations on which the rules rest that a plan names as its sources, whomever they concern."""
    advice = [rule for each in plan.recommendations for rule in each.rules]
    rules = {*plan.referral.rules, *advice, *(rule for alert in plan.alerts for rule in alert.rules)}
    return {name for rule in rules for name in edition.rule(rule).interpretations}


def everywhere(plan: Plan) -> set[str]:
    """The interpretations that a plan names, in whatever part."""
    advice = {name for each in (*plan.recommendations, *plan.meanwhile) for name in each.interpretations}
    return {*plan.interpretations, *advice, *(name for alert in plan.alerts for name in alert.interpretations)}


def test_every_reading_that_a_plan_names_can_concern_the_patient(planner: Planner, thorough: bool) -> None:
    strange = {}
    for case in deck() if thorough else deck()[::8]:
        named = everywhere(case.plan(planner))
        without_witness = named - concerned(case, named, FEW)
        without_witness -= concerned(case, without_witness, MANY)
        if without_witness:
            strange[case.name] = without_witness
    assert strange == {}


def test_every_reading_that_a_speaking_rule_rests_on_and_that_can_concern_the_patient_is_named(
    planner: Planner, edition: Edition, thorough: bool
) -> None:
    for case in deck() if thorough else deck()[::8]:
        plan = case.plan(planner)
        silent = spoken(plan, edition) - set(plan.interpretations)
        assert concerned(case, silent, FEW) == set(), case.name


def test_the_check_notices_readings_that_concern_others(edition: Edition) -> None:
    """With every reading said to concern whomever a rule speaks to, as it was, many would concern somebody else."""
    everybody = {name: replace(each, concerns=ALWAYS) for name, each in edition.interpretations.items()}
    planner = planner_of(replace(edition, interpretations=everybody))
    number: Counter[str] = Counter()
    for case in deck()[::20]:
        named = set(case.plan(planner).interpretations)
        number["named"] += len(named)
        number["strange"] += len(named - concerned(case, named, 4 * FEW))
    assert number["strange"] > number["named"] / 5


@pytest.mark.parametrize("category", ["malignant", "uncertain", "intermediate", "benign_active", None])
def test_nobody_of_88_reads_of_children(planner: Planner, category: str | None) -> None:
    case = Case.model_validate({"patient": {"age_years": 88}, "lesion": {"suspected": True, "category": category}})
    assert not everywhere(planner.make_plan(case, deck()[0].day)) & ABOUT_CHILDREN


def test_readings_about_children_are_read_by_who_may_be_a_child(planner: Planner) -> None:
    for age, named in ((10, {"AMB-01", "AMB-67"}), (None, {"AMB-01", "AMB-67"}), (40, set())):
        case = Case.model_validate({"patient": {"age_years": age}, "lesion": {"category": "malignant"}})
        assert everywhere(planner.make_plan(case, deck()[0].day)) & ABOUT_CHILDREN == named


def test_a_reading_of_an_open_answer_goes_when_the_answer_comes(planner: Planner) -> None:
    """What kind of tumour it is (AMB-44), and that nobody can classify it (AMB-23): known, these concern nobody."""
    open_case = Case.model_validate({"lesion": {"suspected": True}})
    lesion = {"entity": "osteosarcoma", "category": "malignant", "origin": "primary"}
    known = Case.model_validate({"lesion": lesion})
    day = deck()[0].day
    assert {"AMB-23", "AMB-24", "AMB-44"} <= set(planner.make_plan(open_case, day).interpretations)
    assert not {"AMB-04", "AMB-23", "AMB-24", "AMB-44"} & set(planner.make_plan(known, day).interpretations)


_MADE = {"xray": {"done": True, "two_views": True}, "mri": {"done": True, "contrast": True}}
_METASTASIS = {"diagnosis": "confirmed_by_expertise_centre", "histology": "bone_metastasis"}


@pytest.mark.parametrize(
    ("reading", "is_named", "answers"),
    [
        ("AMB-45", True, {"lesion": {"category": "malignant"}}),
        ("AMB-45", False, {"lesion": {"category": "malignant"}, "imaging": _MADE}),
        ("AMB-33", True, {"lesion": {"entity": "chondrosarcoma"}}),
        ("AMB-33", True, {"lesion": {"entity": "chondrosarcoma", "chondrosarcoma_grade": "uncertain"}}),
        ("AMB-33", False, {"lesion": {"entity": "chondrosarcoma", "chondrosarcoma_grade": "grade_2"}}),
        ("AMB-33", False, {"lesion": {"entity": "atypical_cartilaginous_tumour", "bone": "femur"}}),
        ("AMB-24", True, {"lesion": {"category": "malignant", "origin": "uncertain"}}),
        ("AMB-24", False, {"lesion": {"category": "malignant"}, "pathology": _METASTASIS}),
        ("AMB-24", False, {"lesion": {"category": "do_not_touch", "entity": "geode", "diagnosis_in_doubt": False}}),
    ],
)
def test_a_reading_is_named_only_beside_what_it_leaves_open(
    planner: Planner, reading: str, is_named: bool, answers: dict[str, Any]
) -> None:
    case = Case.model_validate({"patient": {"age_years": 64, "sex": "male"}, **answers})
    assert (reading in everywhere(planner.make_plan(case, deck()[0].day))) is is_named


def test_every_reading_that_a_rule_rests_on_is_named_in_some_plan(planner: Planner, edition: Edition) -> None:
    named = set().union(*(case.plan(planner).interpretations for case in deck()))
    resting = {name for rule in edition.rules for name in rule.interpretations}
    weighed = {name for rows in edition.weighing.values() for row in rows for name in row.interpretations} - resting
    assert weighed <= set().union(*(case.plan(planner).lesion.interpretations for case in deck()))
    resting |= weighed
    named |= weighed
    assert set(edition.interpretations) - resting == NO_RULE_RESTS_ON_IT
    assert resting - named == SILENT


def test_a_reading_that_concerns_nobody_is_refused() -> None:
    files = edition_files()
    text = files["interpretations.yaml"].decode().replace("  concerns: child\n", "  concerns: child and adult\n", 1)
    with pytest.raises(EditionFaults) as refused:
        read_edition({**files, "interpretations.yaml": text.encode()})
    assert [(fault.entry, fault.message) for fault in refused.value.faults] == [
        ("AMB-01", "this interpretation concerns nobody")
    ]


@pytest.mark.parametrize("written", ["", "  concerns: kind\n", "  concerns: listed(imaging.mri)\n"])
def test_a_reading_that_does_not_say_whom_it_concerns_is_refused(written: str) -> None:
    files = edition_files()
    text = files["interpretations.yaml"].decode().replace("  concerns: child\n", written, 1)
    with pytest.raises(EditionFaults) as refused:
        read_edition({**files, "interpretations.yaml": text.encode()})
    assert {fault.entry for fault in refused.value.faults} == {"AMB-01"}
