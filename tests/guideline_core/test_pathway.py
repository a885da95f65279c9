"""What a plan says of the stations of the pathway: what happened there, by the answers alone."""

import datetime
from typing import Any

import pytest

from guideline_core.case import Case
from guideline_core.keys import StationFact
from guideline_core.plan import PathwayStation
from guideline_core.planning import Planner

DAY = datetime.date(2026, 11, 23)
PAIN = {"persistent_pain": True, "swelling": True}


def station(planner: Planner, key: str, answers: dict[str, Any]) -> PathwayStation:
    plan = planner.make_bare_plan(Case.model_validate(answers), DAY)
    (found,) = (each for each in plan.pathway if each.station == key)
    return found


# Written from section 3 of the contract: which answers say that something has happened, before the code ran.
@pytest.mark.parametrize(
    ("key", "answers", "facts"),
    [
        ("complaint", {}, ()),
        ("complaint", {"complaints": PAIN}, ("done",)),
        (
            "complaint",
            {"complaints": {"persistent_pain": False, "night_pain": False, "swelling": False}},
            ("ruled_out",),
        ),
        ("complaint", {"complaints": {"persistent_pain": False, "night_pain": False}}, ()),
        ("radiograph", {"imaging": {"xray": {"done": True}}}, ("made",)),
        ("radiograph", {"imaging": {"xray": {"two_views": True}}}, ("made",)),
        ("mri", {"imaging": {"mri": {"not_possible": True}}}, ("not_possible",)),
        ("mri", {"consultation": {"accepts_without_contrast_mri": True}}, ("waived",)),
        ("staging", {"lesion": {"suspected": False}, "imaging": {"pet_ct": {"done": True}}}, ("partly_made",)),
        ("biopsy", {"biopsy": {"status": "considered"}}, ()),
        ("biopsy", {"biopsy": {"status": "performed"}}, ("done",)),
        ("biopsy", {"resection": {"performed": True}}, ("ruled_out",)),
        ("pathology", {"biopsy": {"status": "performed"}}, ("begun",)),
        ("pathology", {"pathology": {"diagnosis": "none"}}, ()),
        ("pathology", {"pathology": {"histology": "osteosarcoma"}}, ("begun",)),
        ("treatment", {"lesion": {"category": "malignant"}}, ("in_centre",)),
        ("treatment", {"lesion": {"suspected": False}}, ()),
        # a giant cell tumour is intermediate, and its staging stands in an appendix that the edition does not hold
        ("staging", {"lesion": {"entity": "giant_cell_tumour_of_bone"}}, ("elsewhere",)),
    ],
)
def test_what_has_happened_at_a_station(
    planner: Planner, key: str, answers: dict[str, Any], facts: tuple[StationFact, ...]
) -> None:
    assert station(planner, key, answers).facts == facts


def test_a_station_names_the_complaints_that_there_are(planner: Planner) -> None:
    assert station(planner, "complaint", {"complaints": {**PAIN, "night_pain": False}}).answers == (
        "complaints.persistent_pain",
        "complaints.swelling",
    )


def test_a_station_names_each_date_once(planner: Planner) -> None:
    made = {"done": True, "date": "2026-11-02"}
    imaging = {"ct_thorax": made, "pet_ct": made, "whole_body_mri": {"done": True, "date": "2026-11-09"}}
    assert station(planner, "staging", {"imaging": imaging}).dates == ("2026-11-02", "2026-11-09")


def test_what_was_not_made_has_no_date(planner: Planner) -> None:
    assert station(planner, "staging", {"imaging": {"pet_ct": {"date": "2026-11-09"}}}).dates == ()
