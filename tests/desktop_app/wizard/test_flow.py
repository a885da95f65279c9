"""The flow of the wizard, walked without a display."""

import datetime
import subprocess
import sys

import pytest

from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER
from desktop_app.wizard import flow
from desktop_app.wizard.flow import StepState
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.case_reading.reading import check_case
from guideline_core.contract import fields
from guideline_core.fields import IMPLIED, AnswerKind, FieldClass
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.case_deck import deck
from tests.editions import read_real_edition, real_places

DAY = datetime.date(2026, 11, 23)
ALERTS = read_real_edition().alerts

TEXTBOOK = {
    "child with suspected osteosarcoma": {
        "patient": {"birth_date": "2012-02-01", "family_name": "Jansen"},
        "complaints": {"persistent_pain": True, "night_pain": True},
        "lesion": {
            "suspected": True,
            "origin": "primary",
            "category": "malignant",
            "entity": "osteosarcoma",
            "bone": "femur",
        },
        "imaging": {"xray": {"done": True, "two_views": True}, "mri": {"done": False}},
        "consultation": {"expertise_centre_consulted": False},
        "biopsy": {"status": "considered"},
        "letter": {"question": "Graag beoordeling."},
    },
    "adult with pelvic chondrosarcoma grade 2": {
        "patient": {"birth_date": "1961-05-09", "family_name": "Bakker"},
        "complaints": {"persistent_pain": True},
        "lesion": {
            "suspected": True,
            "origin": "primary",
            "category": "malignant",
            "entity": "chondrosarcoma",
            "chondrosarcoma_grade": "grade_2",
            "bone": "ilium",
            "mri_supports_chondrosarcoma": True,
        },
        "imaging": {"xray": {"two_views": True}, "mri": {"contrast": True}, "ct_thorax": {"done": False}},
        "consultation": {"expertise_centre_consulted": True},
        "biopsy": {"status": "not_considered"},
        "letter": {"question": "Graag overname."},
    },
    "adult with giant cell tumour": {
        "patient": {"birth_date": "1990-01-31", "family_name": "Visser"},
        "complaints": {"swelling": True},
        "lesion": {
            "suspected": True,
            "origin": "primary",
            "category": "intermediate",
            "entity": "giant_cell_tumour_of_bone",
            "bone": "tibia",
        },
        "imaging": {"xray": {"two_views": True}, "mri": {"contrast": True}},
        "biopsy": {"status": "performed", "in_or_with_expertise_centre": True},
        "pathology": {
            "diagnosis": "outside_expertise_centre",
            "histology": "giant_cell_tumour_of_bone",
            "h3_g34w": "positive",
        },
        "letter": {"question": "Graag revisie."},
    },
    "child with non-ossifying fibroma found by chance": {
        "patient": {"birth_date": "2016-07-14", "family_name": "Smit"},
        "lesion": {
            "suspected": True,
            "origin": "primary",
            "category": "do_not_touch",
            "entity": "non_ossifying_fibroma",
            "bone": "femur",
            "diagnosis_in_doubt": False,
            "incidental": True,
        },
        "imaging": {"xray": {"two_views": True}},
        "biopsy": {"status": "not_considered"},
    },
    "adult with established metastases in the spine": {
        "patient": {"birth_date": "1949-11-02", "family_name": "Mulder"},
        "history": {"cancer": True},
        "lesion": {"suspected": True, "origin": "metastasis", "bone": "vertebra_l3"},
        "letter": {"question": "Ter informatie."},
    },
}

DECISIONS = {
    "child with suspected osteosarcoma": ("refer", "princess_maxima"),
    "adult with pelvic chondrosarcoma grade 2": ("refer", "expertise_centre"),
    "adult with giant cell tumour": ("refer", "expertise_centre"),
    "child with non-ossifying fibroma found by chance": ("none", None),
    "adult with established metastases in the spine": ("other_guideline", None),
}

# Steps that Next passes by, for they have nothing to ask.
SKIPPED = {
    "child with suspected osteosarcoma": {"resection"},
    "adult with pelvic chondrosarcoma grade 2": {"pathology", "resection"},
    "adult with giant cell tumour": {"resection"},
    "child with non-ossifying fibroma found by chance": {"pathology", "resection"},
    "adult with established metastases in the spine": {"imaging", "consultation", "pathology", "resection"},
}


def with_answer(case: Case, path: str, value: object) -> Case:
    given = case.model_dump(exclude_unset=True)
    group = given
    *names, last = path.split(".")
    for name in names:
        group = group.setdefault(name, {})
    group[last] = value
    return Case.model_validate(given)


def walk(planner: Planner, goal: Case) -> tuple[list[str], Case, list[str]]:
    """Go through the wizard as a clinician does: answer what is lit, press Next; tells also what could not be said."""
    case, visited, unsaid = Case(), [], []
    step: str | None = flow.STEPS[0]
    while step is not None:
        visited.append(step)
        for path in flow.fields_of(step):
            value = goal.answer_at(path)
            if value is None:
                continue
            reason = flow.why_not(path, case, planner.make_plan(case, DAY), real_places(), ALERTS)
            if reason is not None:
                unsaid.append(f"{path}: {reason}")
            case = with_answer(case, path, value)
        step = flow.next_step(step, flow.states(case, planner.make_plan(case, DAY)))
    return visited, case, unsaid


@pytest.mark.parametrize("name", TEXTBOOK)
def test_the_textbook_cases_can_be_walked(planner, name):
    goal = Case.model_validate(TEXTBOOK[name])
    visited, case, unsaid = walk(planner, goal)
    assert case == goal
    assert visited[-1] == "letter"
    assert set(flow.STEPS) - set(visited) <= SKIPPED[name]
    plan = planner.make_plan(case, DAY)
    assert (plan.referral.decision, plan.referral.destination) == DECISIONS[name]
    assert unsaid == []  # what a textbook case says is worth saying


def test_every_field_of_the_contract_stands_on_exactly_one_step():
    asked = [path for step in flow.STEPS for path in flow.fields_of(step)]
    assert len(asked) == len(set(asked))
    assert {*asked, *EDITED_IN_THE_LETTER} == set(fields())
    assert not set(asked) & set(EDITED_IN_THE_LETTER)


def test_every_field_that_is_named_exists():
    named = {
        *real_places().places,
        *(path for paths in flow.NEEDED_FOR_LETTER.values() for path in paths),
    }
    assert named <= set(fields())


def test_flow_and_its_neighbours_need_no_qt():
    names = ("wizard.flow", "library.field_kinds", "wizard.entry", "wizard.search", "wizard.wording")
    modules = ", ".join(f"desktop_app.{name}" for name in names)
    check = f"import sys, {modules}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_step_of():
    assert flow.step_of("biopsy.status") == "consultation"
    assert flow.step_of("imaging.other[1].date") == "imaging"
    with pytest.raises(KeyError):
        flow.step_of("biopsy.colour")


def test_letter_fields_are_never_dimmed_by_the_plan(planner):
    plan = planner.make_plan(Case(), DAY)
    for path, field in fields().items():
        if field.field_class is FieldClass.LETTER:
            assert flow.why_not(path, Case(), plan, real_places(), ALERTS) is None, path


def test_what_is_answered_is_never_dimmed(planner):
    case = Case.model_validate(
        {"patient": {"age_years": 40}, "lesion": {"origin": "metastasis", "category": "malignant"}}
    )
    assert flow.why_not("lesion.category", case, planner.make_plan(case, DAY), real_places(), ALERTS) is None


@pytest.mark.parametrize(("path", "presupposed"), IMPLIED.items())
def test_what_an_answer_presupposes_denies_it_when_it_is_not_so(path, presupposed):
    """The contract of a case and the places of the questions say the same."""
    assert real_places().denied(path, {presupposed: False}.get) is not None
    assert real_places().denied(path, {presupposed: True}.get) is None


@pytest.mark.parametrize(
    ("answers", "path", "reason"),
    [
        ({"imaging": {"mri": {"done": False}}}, "imaging.mri.contrast", "not_made"),
        ({"imaging": {"mri": {"done": False}}}, "imaging.mri.place", "not_made"),
        ({"patient": {"birth_date": "2000-01-01"}}, "patient.age_years", "follows_from_birth_date"),
        ({"lesion": {"bone": "femur"}}, "lesion.region", "follows_from_bone"),
        ({"lesion": {"entity": "osteosarcoma"}}, "lesion.differential", "diagnosis_given"),
        ({"lesion": {"entity": "osteosarcoma"}}, "lesion.category", "follows_from_diagnosis"),
        ({"lesion": {"entity": "uncertain"}}, "lesion.differential", None),
        ({"lesion": {"suspected": True}}, "pathology.histology", "needs_tissue"),
        ({"biopsy": {"status": "performed"}}, "pathology.histology", None),
        ({"pathology": {"histology_differential": ["osteosarcoma"]}}, "pathology.specimen", None),
        ({"biopsy": {"status": "not_considered"}}, "biopsy.route_agreed", "no_biopsy"),
        ({"resection": {"performed": False}}, "resection.margin", "no_resection"),
        ({}, "resection.margin", "needs_resection"),
        ({"lesion": {"origin": "metastasis"}}, "biopsy.status", "other_guideline"),
        ({"lesion": {"origin": "metastasis"}}, "lesion.bone", None),
        ({"treatment": {"planned": False}}, "treatment.outside_expertise_centre", "no_treatment"),
    ],
)
def test_why_a_question_is_dimmed(planner, answers, path, reason):
    case = Case.model_validate(answers)
    assert flow.why_not(path, case, planner.make_plan(case, DAY), real_places(), ALERTS) == reason


# Questions that the edition (questions.yaml) does not ask in a rare case although an answer would change the plan:
# less than two in a hundred of the dimmed questions of the deck. More than half of these are on a pregnancy at an age
# at which it is not asked (D15), others on what has its turn later: contrast only while the examination is to be made
# (D35). "Not needed for the plan now" is true of them all the same.
KNOWN_TO_CHANGE = {
    "consultation.agrees_to_local_treatment",
    "consultation.referred_to",
    "context.research",
    "consultation.expertise_centre_asks_pet_ct",
    "consultation.expertise_centre_consulted",
    "consultation.expertise_centre_supports_princess_maxima",
    "imaging.gadolinium_planned",
    "imaging.iv_contrast_ct_planned",
    "imaging.mri.contrast",
    "imaging.mri.done",  # asked after the radiograph (D35)
    "lesion.reassessed_by_expertise_centre",
    "pathology.histological_grade",  # a grade that contradicts the one in the name
    "pathology.laboratory_in_expertise_centre",
    "pathology.ngs_in_study",
    "patient_factors.pregnancy",
}
MOST_KNOWN = 0.02


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.long)])
def test_what_is_dimmed_changes_nothing(planner, every):
    """Whatever is dimmed as *not needed for the plan* leaves the plan as it is, over the deck.

    Cases in which something cannot be told stand apart: a question that only such an answer keeps alive is asked no
    longer than it holds a biopsy (D10).
    """
    wrong, dimmed = [], 0
    for deck_case in (each for each in deck()[::every] if not _cannot_be_told(each.case)):
        plan = deck_case.plan(planner)
        for path in fields():
            if flow.why_not(path, deck_case.case, plan, real_places(), ALERTS) == "not_needed":
                dimmed += 1
                wrong += _changes(planner, deck_case, path, plan)
    assert {path for path, _ in wrong} <= KNOWN_TO_CHANGE, [each for each in wrong if each[0] not in KNOWN_TO_CHANGE]
    assert len(wrong) <= MOST_KNOWN * dimmed, wrong


def _cannot_be_told(case: Case) -> bool:
    answers = (case.lesion.entity, case.lesion.chondrosarcoma_grade, case.pathology.histology)
    return "uncertain" in answers


def _changes(planner, deck_case, path: str, plan: Plan) -> list[tuple[str, str]]:
    for value in _possible(path):
        try:
            case = with_answer(deck_case.case, path, value)
            check_case(case.model_dump(exclude_unset=True), _catalogue(), deck_case.day)
        except (ValueError, CaseFaults):
            continue
        if _essence(planner.make_bare_plan(case, deck_case.day)) != _essence(plan):
            return [(path, deck_case.name)]
    return []


def _possible(path: str) -> list[object]:
    if fields()[path].kind is AnswerKind.YES_NO:
        return [True, False]
    return list(fields()[path].values)


def _essence(plan: Plan) -> object:
    """What counts as the plan: not its reasons."""
    referral = plan.referral
    return (
        plan.scope,
        (referral.decision, referral.destination, referral.urgency, referral.by_phone),
        [(r.action, r.verdict, r.certainty, r.progress, r.waits_for, r.response_grade) for r in plan.recommendations],
        [(alert.id, alert.severity, alert.certainty) for alert in plan.alerts],
    )


def _catalogue():
    from tests.desktop_app.wizard.helpers import catalogue

    return catalogue()


# --- steps ------------------------------------------------------------------------------------------------------------


def states_of(planner, answers: dict) -> dict[str, StepState]:
    case = Case.model_validate(answers)
    return flow.states(case, planner.make_plan(case, DAY))


def test_states_of_the_empty_case(planner):
    states = states_of(planner, {})
    assert states["patient"] is StepState.OPEN
    assert states["resection"] is StepState.NOT_NEEDED
    assert set(states) == set(flow.STEPS)


def test_a_step_is_complete_when_nothing_that_matters_is_missing(planner):
    answers = {"patient": {"birth_date": "1990-01-01", "family_name": "Visser"}, "setting": "hospital"}
    assert states_of(planner, answers)["patient"] is StepState.COMPLETE
    assert states_of(planner, {"patient": {"birth_date": "1990-01-01"}})["patient"] is StepState.OPEN


def test_the_setting_alone_completes_nothing(planner):
    states = states_of(planner, {"setting": "hospital", "lesion": {"origin": "metastasis"}})
    assert states["imaging"] is StepState.NOT_NEEDED
    assert states["patient"] is StepState.OPEN  # the letter still wants a name


def test_next_passes_by_what_is_not_needed_and_ends_at_the_letter(planner):
    states = states_of(planner, {"lesion": {"origin": "metastasis", "bone": "femur"}})
    assert flow.next_step("lesion", states) == "letter"
    assert flow.next_step("letter", states) is None
    assert flow.next_step("patient", states) == "complaints"


def test_back_goes_where_one_came_from(planner):
    states = states_of(planner, {})
    assert flow.previous_step("letter", states, ["patient", "imaging"]) == "imaging"
    assert flow.previous_step("complaints", states) == "patient"
    assert flow.previous_step("patient", states) is None
    assert flow.previous_step("patient", states, ["letter"]) == "letter"
    assert flow.previous_step("letter", states) == "imaging"  # nobody is consulted while nothing is suspected


def test_the_next_question_is_the_one_that_the_plan_asks_first(planner):
    plan = planner.make_plan(Case(), DAY)
    assert flow.next_question(plan) == plan.open_questions[0].field
    assert flow.next_question(planner.make_bare_plan(Case(), DAY)) is None


def test_each_open_question_is_lit_and_its_step_open(planner):
    for deck_case in deck()[::10]:
        plan = deck_case.plan(planner)
        states = flow.states(deck_case.case, plan)
        for question in plan.open_questions:
            assert states[flow.step_of(question.field)] is StepState.OPEN
            reason = flow.why_not(question.field, deck_case.case, plan, real_places(), ALERTS)
            # An answer that denies what the question is about is asked for no more, although a rule could still use it.
            assert reason is None or reason == real_places().denied(question.field, deck_case.case.answer_at), (
                deck_case.name
            )


# --- harm and what an answer makes void -------------------------------------------------------------------------------


def test_harm_is_told_where_it_is_entered(planner):
    case = Case.model_validate(
        {"lesion": {"category": "malignant"}, "biopsy": {"status": "considered", "in_or_with_expertise_centre": False}}
    )
    plan = planner.make_bare_plan(case, DAY)
    assert flow.harm_at("biopsy.status", case, plan, ALERTS) == ("biopsy_before_mri",)
    assert flow.harm_at("biopsy.in_or_with_expertise_centre", case, plan, ALERTS) == ("biopsy_outside_centre",)
    assert flow.harm_at("biopsy.route_agreed", case, plan, ALERTS) == ()


def test_no_harm_is_told_of_what_was_not_answered(planner):
    case = Case.model_validate({"lesion": {"category": "malignant"}})
    assert flow.harm_at("biopsy.status", case, planner.make_bare_plan(case, DAY), ALERTS) == ()


def test_an_mri_that_was_not_made_had_no_contrast():
    case = Case.model_validate({"imaging": {"mri": {"contrast": True, "dwi": False}}})
    assert flow.cleared_by("imaging.mri.done", False, case, _catalogue()) == ("imaging.mri.contrast",)
    assert flow.cleared_by("imaging.mri.done", True, case, _catalogue()) == ()


def test_the_bone_takes_the_place_of_another_region():
    case = Case.model_validate({"lesion": {"region": "pelvis"}})
    assert flow.cleared_by("lesion.bone", "femur", case, _catalogue()) == ("lesion.region",)
    assert flow.cleared_by("lesion.bone", "ilium", case, _catalogue()) == ()


def test_details_open_when_there_is_something_to_say():
    xray = flow.SECTIONS["imaging"][0]
    for answers, wanted in (({}, False), ({"done": True}, True), ({"two_views": True}, True), ({"done": False}, False)):
        case = Case.model_validate({"imaging": {"xray": answers}})
        assert flow.details_wanted(xray, case) is wanted
    assert flow.details_wanted(xray, Case.model_validate({"imaging": {"xray": {"place": "Zaandam"}}}))
    assert not flow.details_wanted(flow.SECTIONS["complaints"][0], Case())


def test_entities_of_the_edition_are_known():
    assert set(_catalogue().class_of_entity) == set(read_real_edition().entities)
