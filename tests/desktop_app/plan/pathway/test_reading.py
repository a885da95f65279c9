"""What each station says, held against what the contract and the guideline say of such a patient."""

import datetime
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from desktop_app.library.editions import Library
from desktop_app.library.phrases import Phrases
from desktop_app.plan.pathway.model import Pathway, State
from desktop_app.plan.pathway.reading import pathway_of
from desktop_app.plan.pathway.text import pathway_text
from guideline_core.case import Case
from guideline_core.edition.values import Edition
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.desktop_app.plan.pathway.stations import STATIONS
from tests.random_cases import random_partial_case

DAY = datetime.date(2026, 11, 23)
XRAY = {"done": True, "two_views": True}
MRI = {"done": True, "contrast": True}
CONSIDERED = {"status": "considered"}
COMPLAINTS = ("complaints.persistent_pain", "complaints.night_pain", "complaints.swelling")
PAIN = {"persistent_pain": True}
LETTERS = {
    "d": State.DONE,
    "N": State.NOW,
    "t": State.TO_DO,
    "w": State.WAITING,
    "-": State.NOT_NEEDED,
    "?": State.DEPENDS,
}


@pytest.fixture(scope="module")
def phrases() -> Phrases:
    return Library().phrases("nl")


def read(planner: Planner, phrases: Phrases, answers: dict[str, Any]) -> Pathway:
    case = Case.model_validate(answers)
    return pathway_of(planner.make_plan(case, DAY), phrases)


OSTEOSARCOMA = {
    "patient": {"age_years": 14},
    "complaints": {"persistent_pain": True, "night_pain": True, "swelling": True},
    "lesion": {"origin": "primary", "category": "malignant", "entity": "osteosarcoma", "bone": "femur"},
}
CHONDROSARCOMA = {
    "patient": {"age_years": 57},
    "complaints": PAIN,
    "lesion": {
        "origin": "primary",
        "category": "malignant",
        "entity": "chondrosarcoma",
        "chondrosarcoma_grade": "grade_2",
        "bone": "ilium",
        "mri_supports_chondrosarcoma": True,
        "radiologically_unequivocal": False,
    },
    "imaging": {"xray": XRAY, "mri": MRI},
}
DO_NOT_TOUCH = {
    "patient": {"age_years": 11},
    "complaints": {"persistent_pain": False, "night_pain": False, "swelling": False},
    "lesion": {
        "category": "do_not_touch",
        "entity": "non_ossifying_fibroma",
        "bone": "tibia",
        "diagnosis_in_doubt": False,
        "incidental": True,
    },
}
ALL_AGREED = {
    "imaging": {
        "xray": XRAY,
        "mri": MRI,
        "ct_local": {"done": True},
        "ct_thorax": {"done": True},
    },
    "consultation": {"expertise_centre_consulted": True, "referred": True},
    "mdo": {"discussed": True, "with_expertise_centre": True},
    "biopsy": {"status": "considered", "in_or_with_expertise_centre": True, "route_agreed": True},
}

# One letter a station, in the order of STATIONS. Written from section 4 of the contract, before the code ran:
#   complaint, radiograph, MRI, local CT, staging, MDO, biopsy, pathology, treatment
EXPECTED = {
    # nothing known: ask; the guideline's scope is still open
    "nothing_known": ({}, "N????????"),
    # a complaint alone: the radiograph comes first, everything else hangs on whether a tumour is suspected
    "pain_alone": ({"complaints": PAIN}, "dN???????"),
    # the five textbook cases
    # osteosarcoma: MRI waits for the radiograph; CT chest and PET/CT, MDO wait for nothing; no local CT in a femur
    "child_osteosarcoma": (OSTEOSARCOMA, "dNw-tt??w"),
    # with a biopsy considered it waits, and so does pathology
    "child_osteosarcoma_biopsy_considered": ({**OSTEOSARCOMA, "biopsy": CONSIDERED}, "dNw-ttwww"),
    # pelvic chondrosarcoma grade 2: local CT (axial, MRI supports it) and CT chest; biopsy not considered yet
    "adult_pelvic_chondrosarcoma": (CHONDROSARCOMA, "dddNtt??w"),
    # giant cell tumour: contrast MRI, no local CT; its staging stands in an appendix; MDO as intermediate
    "adult_giant_cell_tumour": (
        {
            "patient": {"age_years": 35},
            "complaints": {"swelling": True},
            "lesion": {
                "origin": "primary",
                "category": "intermediate",
                "entity": "giant_cell_tumour_of_bone",
                "bone": "radius",
            },
            "imaging": {"xray": XRAY},
        },
        "ddN-?t??w",
    ),
    # a do-not-touch lesion without doubt gets radiographs and nothing more
    "child_non_ossifying_fibroma": (DO_NOT_TOUCH, "-N-------"),
    "child_non_ossifying_fibroma_with_radiographs": ({**DO_NOT_TOUCH, "imaging": {"xray": XRAY}}, "-d-------"),
    # a biopsy of it is advised against, and brings no meeting along (D17)
    "do_not_touch_biopsy_considered": (
        {**DO_NOT_TOUCH, "imaging": {"xray": XRAY}, "biopsy": CONSIDERED},
        "-d-------",
    ),
    # established metastases: this guideline says nothing; an unanswered complaint stays unknown
    "adult_spinal_metastases": (
        {
            "patient": {"age_years": 72},
            "complaints": {"night_pain": True},
            "lesion": {"suspected": True, "origin": "metastasis", "region": "spine"},
        },
        "d--------",
    ),
    # MRI impossible: it is not to do; the centre judges, the biopsy still waits for it; the local CT does not (D14)
    "mri_impossible": (
        {
            **CHONDROSARCOMA,
            "imaging": {"xray": XRAY, "mri": {"not_possible": True}},
            "biopsy": {"status": "considered"},
        },
        "ddwNttwww",
    ),
    # MRI impossible and the centre accepts that: it is no longer asked for
    "mri_impossible_and_accepted": (
        {
            **OSTEOSARCOMA,
            "imaging": {"xray": XRAY, "mri": {"not_possible": True}},
            "consultation": {"accepts_without_contrast_mri": True},
        },
        "dd--Nt??w",
    ),
    # everything agreed: the biopsy is free to go, and it is what is to be done now
    "biopsy_free": ({**CHONDROSARCOMA, **ALL_AGREED}, "ddddddNww"),
    # biopsy done: the tissue is to be judged
    "biopsy_performed": ({**CHONDROSARCOMA, **ALL_AGREED, "biopsy": {"status": "performed"}}, "dddddddNw"),
    # diagnosis confirmed: what is left is the treatment in the centre
    "diagnosis_confirmed": (
        {
            **CHONDROSARCOMA,
            **ALL_AGREED,
            "biopsy": {"status": "performed"},
            "pathology": {"diagnosis": "confirmed_by_expertise_centre", "histology": "chondrosarcoma"},
        },
        "ddddddddN",
    ),
    # diagnosed elsewhere: the review is open
    "diagnosed_outside": (
        {
            **CHONDROSARCOMA,
            **ALL_AGREED,
            "biopsy": {"status": "performed"},
            "pathology": {"diagnosis": "outside_expertise_centre", "histology": "chondrosarcoma"},
        },
        "dddddddNw",
    ),
    # benign, indolent, no doubt: radiographs; what follows hangs on the advice of the centre
    "benign_indolent": (
        {
            "complaints": PAIN,
            "lesion": {
                "category": "benign_indolent",
                "entity": "enchondroma",
                "bone": "humerus",
                "diagnosis_in_doubt": False,
            },
        },
        "dN----???",
    ),
    # nobody suspects a tumour
    "not_suspected": (
        {
            "complaints": {"persistent_pain": False, "night_pain": False, "swelling": False},
            "lesion": {"suspected": False},
        },
        "---------",
    ),
    # in an expertise centre the plan refers nobody: the pathway goes on all the same
    "in_expertise_centre": ({**CHONDROSARCOMA, "setting": "expertise_centre"}, "dddNtt??w"),
    # a contrast MRI is asked, and one without was made
    "mri_without_contrast": (
        {**OSTEOSARCOMA, "imaging": {"xray": XRAY, "mri": {"done": True, "contrast": False}}},
        "ddN-tt??w",
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_station_is_what_the_contract_says(planner: Planner, phrases: Phrases, name: str) -> None:
    answers, states = EXPECTED[name]
    pathway = read(planner, phrases, answers)
    assert tuple(station.key for station in pathway.stations) == STATIONS
    assert [station.state for station in pathway.stations] == [LETTERS[letter] for letter in states]


def test_an_mri_made_without_contrast_says_so(planner: Planner, phrases: Phrases) -> None:
    answers, _ = EXPECTED["mri_without_contrast"]
    assert "gemaakt, nog niet zoals de richtlijn vraagt" in read(planner, phrases, answers).station("mri").detail


def test_a_waiting_biopsy_names_what_it_waits_for(planner: Planner, phrases: Phrases) -> None:
    answers, _ = EXPECTED["child_osteosarcoma_biopsy_considered"]
    detail = read(planner, phrases, answers).station("biopsy").detail
    for action in ("imaging.mri_contrast", "mdo.discuss", "biopsy.agree_route"):
        assert phrases.action_name(action) in detail


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_text_names_every_station_with_its_state(planner: Planner, language: str) -> None:
    pathway = read(planner, Library().phrases(language), EXPECTED["adult_pelvic_chondrosarcoma"][0])
    text = pathway_text(pathway)
    for station in pathway.stations:
        assert f"{station.name}: {station.words}" in text
        assert station.detail in text


# --- what holds of every case


def random_cases(edition: Edition, number: int) -> list[Case]:
    chance = Random(20261123)
    return [random_partial_case(edition, chance) for _ in range(number)]


def listed(plan: Plan, key: str) -> list[Any]:
    (station,) = (each for each in plan.pathway if each.station == key)
    return [each for each in plan.recommendations if each.action in station.shows]


def complaints_of_a_station_read_wrongly(plan: Plan, case: Case, pathway: Pathway) -> list[str]:
    """What in a pathway contradicts its plan; held against the plan's own words, station by station."""
    wrong = []
    for station in pathway.stations:
        found = listed(plan, station.key)
        if station.key == "complaint":
            answers = [case.answer_at(path) for path in COMPLAINTS]
            if station.state is State.DONE and True not in answers:
                wrong.append("complaint done without a complaint")
            if station.state is State.NOT_NEEDED and None in answers:
                wrong.append("complaint not needed while one is unknown")
            continue
        says_done = any(each.progress == "done" for each in found)
        happened = {
            "biopsy": case.biopsy.status == "performed",
            "treatment": case.resection.performed is True,
        }.get(station.key, False)
        if station.state is State.DONE and not (says_done or happened):
            wrong.append(f"{station.key} done, and the plan does not say so")
        firmly_open = any(each.certainty == "definite" and each.progress == "open" for each in found)
        if station.state in (State.NOW, State.TO_DO) and station.key != "treatment" and not firmly_open:
            wrong.append(f"{station.key} to do, and the plan has nothing firm and open")
        if station.state is State.NOT_NEEDED and station.key not in ("pathology", "treatment"):
            lifted = station.key == "mri" and case.consultation.accepts_without_contrast_mri is True
            asked = [each for each in found if each.verdict in ("do", "prefer", "consider")]
            if not lifted and any(each.progress not in ("done", "waived") for each in asked):
                wrong.append(f"{station.key} not needed, and the plan may still ask for it")
    biopsy = [each for each in listed(plan, "biopsy") if each.verdict != "in_principle_not"]
    if any(each.waits_for for each in biopsy) and pathway.station("biopsy").state in (State.NOW, State.TO_DO):
        wrong.append("biopsy to do while it waits")
    if sum(station.state is State.NOW for station in pathway.stations) > 1:
        wrong.append("more than one station is now")
    return wrong


def test_no_pathway_contradicts_its_plan(planner: Planner, edition: Edition, phrases: Phrases) -> None:
    seen: set[tuple[str, State]] = set()
    for case in random_cases(edition, 250):
        plan = planner.make_bare_plan(case, DAY)
        pathway = pathway_of(plan, phrases)
        assert complaints_of_a_station_read_wrongly(plan, case, pathway) == [], case.model_dump_json(exclude_none=True)
        seen |= {(station.key, station.state) for station in pathway.stations}
    for key in ("mri", "staging", "mdo", "biopsy"):
        assert {state for station, state in seen if station == key} >= {State.DONE, State.DEPENDS, State.NOT_NEEDED}


def test_the_first_plan_after_an_answer_and_the_explained_one_read_alike(
    planner: Planner, edition: Edition, phrases: Phrases
) -> None:
    cases = [Case.model_validate(answers) for answers, _ in EXPECTED.values()] + random_cases(edition, 20)
    for case in cases:
        bare, explained = planner.make_bare_plan(case, DAY), planner.make_plan(case, DAY)
        assert pathway_of(bare, phrases) == pathway_of(explained, phrases)


@pytest.mark.parametrize(
    ("key", "state", "complaint"),
    [
        ("mri", State.DONE, "mri done, and the plan does not say so"),
        ("mri", State.NOT_NEEDED, "mri not needed, and the plan may still ask for it"),
        ("biopsy", State.NOW, "biopsy to do while it waits"),
        ("staging", State.NOW, "more than one station is now"),
        ("complaint", State.NOT_NEEDED, "complaint not needed while one is unknown"),
    ],
)
def test_a_wrong_pathway_is_refused(planner: Planner, phrases: Phrases, key: str, state: State, complaint: str) -> None:

    answers = {**OSTEOSARCOMA, "complaints": PAIN, "biopsy": CONSIDERED}
    case = Case.model_validate(answers)
    plan = planner.make_plan(case, DAY)
    right = pathway_of(plan, phrases)
    wrong = replace(
        right, stations=tuple(replace(each, state=state) if each.key == key else each for each in right.stations)
    )
    assert complaints_of_a_station_read_wrongly(plan, case, right) == []
    assert complaint in complaints_of_a_station_read_wrongly(plan, case, wrong)
