"""The compiled edition survives JSON: plans from the kept form equal plans from the source."""

import datetime
import json
from dataclasses import asdict

import pytest

from guideline_core.case import Case
from guideline_core.compiled_form import planning_form, read_planning_form
from guideline_core.compiler import compile_edition
from guideline_core.edition_names import names_of, read_names
from guideline_core.planning import Planner
from tests.case_deck import deck


@pytest.fixture(scope="module")
def kept(edition) -> str:
    return json.dumps(planning_form(compile_edition(edition)))


@pytest.fixture(scope="module")
def planner_from_kept(kept) -> Planner:
    return Planner(read_planning_form(json.loads(kept)))


def test_plans_from_the_kept_form_equal_plans_from_the_source(planner, planner_from_kept, thorough):
    for each in deck() if thorough else deck()[::12]:
        assert each.plan(planner_from_kept) == each.plan(planner), each.name


def test_keeping_and_reading_again_changes_nothing(kept):
    again = planning_form(read_planning_form(json.loads(kept)))
    assert json.loads(json.dumps(again)) == json.loads(kept)


def test_compiling_twice_gives_the_same_form(edition, kept):
    assert json.dumps(planning_form(compile_edition(edition))) == kept


def test_the_planning_part_stays_small(kept):
    """Each start reads it: 380 kB take some six milliseconds. How long a start takes, the benchmarks measure."""
    assert len(kept) < 420_000


def test_names_hold_all_that_a_plan_can_name(edition, planner):
    names = read_names(json.loads(json.dumps(asdict(names_of(edition)))))
    plan = planner.make_plan(Case(), datetime.date(2026, 11, 23))
    for language in ("nl", "en"):
        assert names.title(language)
        assert all(names.shown(name, language) for name in plan.interpretations)
        assert all(names.entity(entity, language) for entity in edition.entities)
        assert all(names.bone(bone, language) for bone in edition.bones)
    assert all(names.page(name) or edition.statements[name].strength == "program" for name in plan.statements)
    assert names.reviewers == (None,)
    assert names == names_of(edition)
