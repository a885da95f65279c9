"""The compiled edition survives JSON: plans from the kept form equal plans from the source."""

import datetime
import json
import time

import pytest

from guideline_core.case import Case
from guideline_core.compiled_form import (
    EditionNames,
    EditionTexts,
    names_form,
    planning_form,
    read_planning_form,
    text_form,
)
from guideline_core.compiler import compile_edition
from guideline_core.looked_up import LOOKED_UP
from guideline_core.planning import Planner
from guideline_core.tables import planning_tables
from tests.case_deck import deck


@pytest.fixture(scope="module")
def kept(edition) -> str:
    return json.dumps(planning_form(compile_edition(edition), planning_tables(edition)))


@pytest.fixture(scope="module")
def planner_from_kept(kept) -> Planner:
    return Planner(*read_planning_form(json.loads(kept)))


def test_plans_from_the_kept_form_equal_plans_from_the_source(planner, planner_from_kept):
    for each in deck()[::3]:
        assert each.plan(planner_from_kept) == each.plan(planner), each.name


def test_keeping_and_reading_again_changes_nothing(kept):
    again = planning_form(*read_planning_form(json.loads(kept)))
    assert json.loads(json.dumps(again)) == json.loads(kept)


def test_compiling_twice_gives_the_same_form(edition, kept):
    assert json.dumps(planning_form(compile_edition(edition), planning_tables(edition))) == kept


def test_the_planning_part_is_quickly_read(kept):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        json.loads(kept)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.005


def test_names_hold_all_that_a_plan_can_name(edition, planner):
    names = EditionNames(json.loads(json.dumps(names_form(edition))))
    plan = planner.make_plan(Case(), datetime.date(2026, 11, 23))
    for language in ("nl", "en"):
        assert names.title(language)
        assert all(names.shown(name, language) for name in plan.interpretations)
        assert all(names.entity(entity, language) for entity in edition.entities)
        assert all(names.bone(bone, language) for bone in edition.bones)
    assert all(names.page(statement) for statement in plan.statements)
    assert names.reviewers == (None,)


def test_texts_hold_the_whole_edition(edition):
    texts = EditionTexts(json.loads(json.dumps(text_form(edition))))
    assert texts.form["statements"].keys() == edition.statements.keys()
    assert texts.form["rules"].keys() == {rule.id for rule in edition.rules}
    assert texts.form["mri_protocol"]["sequences"]
    assert all(texts.form[kind] for kind in LOOKED_UP)
    assert texts.kinds_of("child") == ("definitions",)
    assert texts.kinds_of("nothing") == ()


def test_a_rule_stands_with_each_of_its_statements(edition):
    form = text_form(edition)
    for rule in edition.rules:
        assert all(rule.id in form["statements"][name]["encoded_by"] for name in rule.statements)
