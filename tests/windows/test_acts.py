"""How much a user has to do for a textbook case, counted in the scripts that the real window is worked with."""

import datetime

import pytest

from desktop_app.library.editions import Library
from guideline_core.planning import Planner
from tests.windows.acts import Tally, Words, acts_of, relevant_answers, tally
from tests.windows.letter_words import letter_words
from tests.windows.textbook_cases import CASES, Answers, case_of_script, script_of

DAY = datetime.date(2026, 11, 23)
IDLE: Answers = [
    ("patient_factors.pregnancy", "", False),
    ("biopsy.route_agreed", "", True),
    ("imaging.pet_ct.done", "", False),
    ("mdo.discussed", "", True),
    ("resection.slab_embedded", "", True),
]
"""Answers that change nothing of the plan of a child with a non-ossifying fibroma without doubt."""


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Words:
    """The words of a letter."""
    return letter_words(Library(cache_folder=tmp_path_factory.mktemp("cache")), DAY)


@pytest.mark.parametrize("name", CASES)
def test_acts_stay_within_the_limit(planner: Planner, letter: Words, name: str):
    found = tally(script_of(name), planner, letter, DAY)
    assert found.acts <= found.relevant + found.steps + 5, found
    assert found.is_within_limit


def test_answers_that_change_nothing_are_superfluous(planner: Planner, letter: Words):
    script = script_of("child_with_non_ossifying_fibroma")
    relevant = relevant_answers(case_of_script([*script, *IDLE]), planner, letter, DAY)
    assert {path for path, _, _ in IDLE} & set(relevant) == set()
    assert not tally([*script, *IDLE], planner, letter, DAY).is_within_limit


def test_going_to_and_fro_is_superfluous(planner: Planner, letter: Words):
    script = script_of("child_with_suspected_osteosarcoma")
    to_and_fro = [*script[::2], *script[1::2]]
    assert not tally(to_and_fro, planner, letter, DAY).is_within_limit


def test_what_counts_as_an_act():
    acts = acts_of(["patient.family_name", "complaints.swelling", "complaints.night_pain", "patient.sex"])
    assert acts == (
        "passphrase",
        "answer patient.family_name",
        "go to complaints",
        "answer complaints.swelling",
        "answer complaints.night_pain",
        "go to patient",
        "answer patient.sex",
        "go to letter",
        "save the PDF",
        "name of the file",
    )


def test_the_limit_is_one_for_each_relevant_answer_one_for_each_step_and_five():
    assert Tally(relevant=10, steps=4, acts=19).is_within_limit
    assert not Tally(relevant=10, steps=4, acts=20).is_within_limit
