"""How the answers about a lesion hang together, and what an unanswered field leaves open."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline_core.compiler import compile_edition
from guideline_core.contract import fields
from guideline_core.fields import FieldClass
from guideline_core.lesion import BENIGN_CATEGORIES, CATEGORIES, KINDS, NOT_SUSPECTED, kind_of
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, NO_HISTOLOGY, UNEQUIVOCAL
from tests.editions import read_real_edition

Raw = Mapping[str, Any]
FIVE = ("simple_bone_cyst", "non_ossifying_fibroma", "geode", "intraosseous_ganglion", "bone_infarct")
UNCERTAIN = "uncertain"
unhurried = settings(deadline=None)  # a busy machine is no fault


@cache
def space() -> Space:
    return compile_edition(read_real_edition()).space


def name_of(entity: str) -> str:
    """The class of an entity: the name by which the answers know it."""
    return space().class_of_entity[entity]


def lesion(**answers: Any) -> Raw:
    """Answers about the lesion; entities by any name of their class."""
    raw: dict[str, Any] = {}
    for key, value in answers.items():
        group = "pathology" if key.startswith("histology") else "lesion"
        if key in ("entity", "histology"):
            value = name_of(value)
        if key in ("differential", "histology_differential"):
            value = frozenset(name_of(name) for name in value)
        raw[f"{group}.{key}"] = value
    return raw


def categories(raw: Raw) -> set[str]:
    return {completion.counts_as for completion in space().lesion.completions(raw)}


def entities(raw: Raw) -> set[str]:
    return {completion.entity for completion in space().lesion.completions(raw)}


def all_of_kind(kind: str) -> set[str]:
    return {name for name, entity in space().classes.items() if entity.kind in (kind, UNCERTAIN)}


# ---- one answer ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", [name for name in CATEGORIES if name not in ("do_not_touch", UNCERTAIN)])
def test_a_category_alone_counts_and_leaves_every_entity_of_its_kind(category: str) -> None:
    assert categories(lesion(category=category)) == {category}
    assert entities(lesion(category=category)) == all_of_kind(kind_of(category))


def test_do_not_touch_alone_may_be_another_benign_lesion() -> None:
    assert categories(lesion(category="do_not_touch")) == {"do_not_touch", "benign_indolent"}


def test_a_category_that_cannot_be_told_leaves_every_entity() -> None:
    assert categories(lesion(category=UNCERTAIN)) == {UNCERTAIN}
    assert entities(lesion(category=UNCERTAIN)) == set(space().classes)


@pytest.mark.parametrize(
    ("entity", "category"),
    [
        ("osteosarcoma", "malignant"),
        ("chondrosarcoma_grade_1", "malignant"),
        ("atypical_cartilaginous_tumour", "intermediate"),
        ("giant_cell_tumour_of_bone", "intermediate"),
        ("chordoma", "malignant"),
    ],
)
def test_an_entity_that_is_not_benign_fixes_the_category(entity: str, category: str) -> None:
    assert categories(lesion(entity=entity)) == {category}
    assert entities(lesion(entity=entity)) == {name_of(entity)}


@pytest.mark.parametrize("entity", FIVE)
def test_one_of_the_five_leaves_every_benign_category(entity: str) -> None:
    assert categories(lesion(entity=entity)) == set(BENIGN_CATEGORIES)


@pytest.mark.parametrize("entity", ["enchondroma", "osteoid_osteoma", "chondroblastoma"])
def test_another_benign_entity_leaves_every_benign_category_but_do_not_touch(entity: str) -> None:
    assert categories(lesion(entity=entity)) == set(BENIGN_CATEGORIES) - {"do_not_touch"}


def test_an_entity_that_cannot_be_told_leaves_every_category() -> None:
    assert categories(lesion(entity=UNCERTAIN)) >= {"benign_active", "intermediate", UNCERTAIN, "malignant"}


def test_without_an_answer_everything_is_open() -> None:
    assert categories({}) == set(CATEGORIES)
    assert entities({}) == set(space().classes)


# ---- two answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("category", "entity", "counts"),
    [
        ("benign_active", "enchondroma", "benign_active"),
        ("benign_indolent", "geode", "benign_indolent"),
        ("do_not_touch", "geode", "do_not_touch"),
        ("do_not_touch", "enchondroma", "benign_indolent"),
        ("benign_active", "osteosarcoma", "malignant"),
        ("do_not_touch", "giant_cell_tumour_of_bone", "intermediate"),
        ("malignant", "enchondroma", "malignant"),
        ("malignant", "giant_cell_tumour_of_bone", "malignant"),
        ("intermediate", "osteosarcoma", "malignant"),
        (UNCERTAIN, "osteosarcoma", "malignant"),
        (UNCERTAIN, "enchondroma", UNCERTAIN),
        (UNCERTAIN, "giant_cell_tumour_of_bone", UNCERTAIN),
        ("malignant", UNCERTAIN, "malignant"),
        ("benign_active", UNCERTAIN, "benign_active"),
    ],
)
def test_of_two_answers_the_heavier_counts(category: str, entity: str, counts: str) -> None:
    raw = lesion(category=category, entity=entity)
    assert categories(raw) == {counts}
    assert entities(raw) == ({name_of(entity)} if entity != UNCERTAIN else entities(lesion(category=category)))


@pytest.mark.parametrize(
    ("answers", "conflict"),
    [
        ({"category": "benign_active", "entity": "osteosarcoma"}, True),
        ({"category": "malignant", "entity": "enchondroma"}, True),
        ({"category": "intermediate", "entity": "osteosarcoma"}, True),
        ({"category": "malignant", "entity": "osteosarcoma"}, False),
        ({"category": "benign_active", "entity": "geode"}, False),
        ({"category": "malignant", "entity": UNCERTAIN}, False),
        ({"category": "malignant"}, False),
        ({"entity": "osteosarcoma"}, False),
        ({}, False),
        ({"category": "benign_active", "histology": "osteosarcoma"}, False),  # image against tissue is another thing
        ({"category": "benign_active", "differential": ["enchondroma", "osteosarcoma"]}, True),
        ({"category": "malignant", "differential": ["enchondroma", "osteosarcoma"]}, False),
    ],
)
def test_a_conflict_needs_two_answers_of_different_kinds(answers: Mapping[str, Any], conflict: bool) -> None:
    raw = lesion(**answers)
    assert space().lesion.conflict(raw) is conflict
    assert space().mask("category_conflict", raw) == (2 if conflict else 1)


CATEGORY = st.sampled_from(CATEGORIES)
ENTITY = st.sampled_from(sorted(read_real_edition().entities))


@unhurried
@given(CATEGORY, ENTITY)
def test_nothing_is_counted_as_lighter_than_either_answer(category: str, entity: str) -> None:
    kinds = [kind_of(category), space().classes[name_of(entity)].kind]
    stated = (kind for kind in kinds if kind != UNCERTAIN or entity != UNCERTAIN)
    heaviest = max(stated, key=KINDS.index, default="benign")
    for counted in categories(lesion(category=category, entity=entity)):
        assert KINDS.index(kind_of(counted)) >= KINDS.index(heaviest)


@unhurried
@given(CATEGORY, ENTITY)
def test_a_second_answer_without_conflict_only_narrows(category: str, entity: str) -> None:
    both = lesion(category=category, entity=entity)
    if not space().lesion.conflict(both):
        narrowed = space().nature_left(both).mask
        assert narrowed & space().nature_left(lesion(category=category)).mask == narrowed
        assert narrowed & space().nature_left(lesion(entity=entity)).mask == narrowed


# ---- who gave the category -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", ["do_not_touch", "benign_indolent"])
def test_reassurance_by_another_than_radiologist_or_centre_does_not_count(category: str) -> None:
    assert categories(lesion(category=category, category_by="other")) == {"benign_unspecified"}


@pytest.mark.parametrize("category", [name for name in CATEGORIES if name not in ("do_not_touch", "benign_indolent")])
def test_any_other_category_counts_whoever_gave_it(category: str) -> None:
    assert categories(lesion(category=category, category_by="other")) == {category}


@pytest.mark.parametrize("by", ["radiologist", "expertise_centre"])
def test_a_radiologist_or_centre_may_reassure(by: str) -> None:
    raw = lesion(category="do_not_touch", entity="geode", category_by=by)
    assert categories(raw) == {"do_not_touch"}


# ---- differential and histology --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "counts"),
    [
        (["enchondroma", "chondrosarcoma"], {"malignant"}),
        (["enchondroma", "atypical_cartilaginous_tumour"], {"intermediate"}),
        (["giant_cell_tumour_of_bone", "osteosarcoma"], {"malignant"}),
        (["enchondroma", "osteoid_osteoma"], set(BENIGN_CATEGORIES) - {"do_not_touch"}),
        (["enchondroma", "geode"], set(BENIGN_CATEGORIES)),
    ],
)
def test_the_heaviest_of_a_differential_counts_and_each_stays_possible(members: list[str], counts: set[str]) -> None:
    raw = lesion(differential=members)
    assert categories(raw) == counts
    assert entities(raw) == {name_of(member) for member in members}


def test_a_stated_entity_goes_before_a_differential() -> None:
    raw = lesion(entity="enchondroma", differential=["enchondroma", "chondrosarcoma"])
    assert entities(raw) == {name_of("enchondroma")}
    assert categories(raw) == {"malignant"}


def test_an_entity_that_cannot_be_told_leaves_the_differential() -> None:
    raw = lesion(entity=UNCERTAIN, differential=["enchondroma", "chondrosarcoma"])
    assert entities(raw) == {name_of("enchondroma"), name_of("chondrosarcoma")}


def established(**answers: Any) -> Raw:
    return {**lesion(**answers), "pathology.diagnosis": "confirmed_by_expertise_centre"}


def beside(raw: Raw) -> set[str]:
    return set(space().lesion.beside(raw))


def test_an_established_histology_stands_in_for_category_and_entity() -> None:
    raw = established(entity="osteosarcoma", histology="giant_cell_tumour_of_bone")
    assert (categories(raw), entities(raw)) == ({"intermediate"}, {name_of("giant_cell_tumour_of_bone")})
    raw = established(category="malignant", histology="osteoid_osteoma")
    assert (categories(raw), entities(raw)) == ({"benign_unspecified"}, {name_of("osteoid_osteoma")})
    raw = established(category="benign_active", histology="osteosarcoma")
    assert (categories(raw), entities(raw), beside(raw)) == ({"malignant"}, {name_of("osteosarcoma")}, set())


def test_a_cartilage_tumour_on_the_image_counts_beside_an_established_one() -> None:
    raw = established(entity="chondrosarcoma", histology="atypical_cartilaginous_tumour")
    assert (categories(raw), beside(raw)) == ({"intermediate"}, {name_of("chondrosarcoma")})
    assert beside(established(entity="chondrosarcoma", histology="osteoid_osteoma")) == set()


def test_tissue_that_was_not_reviewed_counts_beside_the_image() -> None:
    raw = lesion(entity="osteosarcoma", histology="osteoid_osteoma")
    assert (categories(raw), entities(raw)) == ({"malignant"}, {name_of("osteosarcoma")})
    assert beside(raw) == {name_of("osteoid_osteoma")}
    raw = lesion(entity="enchondroma", category="benign_indolent", histology="osteosarcoma")
    assert (categories(raw), entities(raw)) == ({"malignant"}, {name_of("enchondroma")})
    assert beside(raw) == {name_of("osteosarcoma")}


def test_an_image_that_names_no_tumour_takes_part_by_its_category() -> None:
    heavier = lesion(category="benign_active", histology="osteosarcoma")
    assert (categories(heavier), entities(heavier)) == ({"malignant"}, {name_of("osteosarcoma")})
    lighter = lesion(category="malignant", histology="enchondroma")
    assert (categories(lighter), entities(lighter)) == ({"malignant"}, all_of_kind("malignant"))
    assert beside(lighter) == {name_of("enchondroma")}


def test_an_image_of_which_nothing_was_said_may_be_heavier_than_the_tissue() -> None:
    assert categories(lesion(histology="fibrous_dysplasia")) >= {"benign_active", "intermediate", "malignant"}
    assert categories(lesion(histology="osteosarcoma")) == {"malignant"}


def test_a_lesion_is_left_alone_only_if_image_and_tissue_are_one_of_the_five() -> None:
    assert categories(lesion(category="do_not_touch", entity="geode", histology="enchondroma")) == {"benign_indolent"}
    assert categories(lesion(category="do_not_touch", entity="geode", histology="bone_infarct")) == {"do_not_touch"}


def test_a_histology_that_cannot_be_told_leaves_the_entity() -> None:
    assert entities(lesion(entity="osteosarcoma", histology=UNCERTAIN)) == {name_of("osteosarcoma")}


def test_what_the_microscope_weighs_counts_until_a_histology_is_established() -> None:
    weighed = {"histology_differential": ["giant_cell_tumour_of_bone", "osteosarcoma"]}
    assert categories(lesion(**weighed)) == {"malignant"}
    assert categories(established(**weighed, histology="giant_cell_tumour_of_bone")) == {"intermediate"}


@unhurried
@given(st.lists(ENTITY, min_size=1, max_size=4))
def test_a_differential_counts_as_its_heaviest_member(members: list[str]) -> None:
    heaviest = max((space().classes[name_of(member)].kind for member in members), key=KINDS.index)
    found = {kind_of(counted) for counted in categories(lesion(differential=members))}
    assert found == {heaviest} or heaviest == UNCERTAIN


# ---- suspicion -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "may", "must"),
    [
        ({}, True, False),
        ({"suspected": "no"}, True, True),
        ({"suspected": "yes"}, False, False),
        ({"suspected": "no", "category": "malignant"}, False, False),
        ({"suspected": "no", "entity": "geode"}, False, False),
        ({"suspected": "no", "histology": "geode"}, False, False),
        ({"suspected": "no", "differential": ["geode"]}, False, False),
        ({"suspected": "no", "basis": "radiological"}, False, False),
        ({"basis": "histological"}, False, False),
        ({"basis": "clinical"}, True, False),
        ({"suspected": "no", "basis": "clinical"}, True, True),
    ],
)
def test_when_a_tumour_may_be_unsuspected(answers: Mapping[str, Any], may: bool, must: bool) -> None:
    raw = lesion(**answers)
    left = space().nature_left(raw).mask
    unsuspected = space().nature_bits[NOT_SUSPECTED]
    assert (space().lesion.may_be_unsuspected(raw), space().lesion.must_be_unsuspected(raw)) == (may, must)
    assert bool(left & unsuspected) is may
    assert (left == unsuspected) is must


@unhurried
@given(st.none() | CATEGORY, st.none() | ENTITY)
def test_what_is_left_is_never_empty_and_has_two_sides(category: str | None, entity: str | None) -> None:
    given_answers = {"category": category, "entity": entity}
    left = space().nature_left(lesion(**{key: value for key, value in given_answers.items() if value is not None}))
    suspected = left.mask & ~space().nature_bits[NOT_SUSPECTED]
    assert suspected
    assert suspected == either(left.by_category) == either(left.by_entity)


def either(masks: tuple[int, ...]) -> int:
    together = 0
    for mask in masks:
        together |= mask
    return together


def test_do_not_touch_is_possible_for_the_five_only() -> None:
    values = {value for value in space().nature.values if value.startswith("do_not_touch/")}
    assert values == {f"do_not_touch/{name_of(entity)}" for entity in FIVE}
    others = {name_of(entity) for entity in space().class_of_entity if entity not in FIVE}
    assert not values & {f"do_not_touch/{name}" for name in others}


# ---- tissue ----------------------------------------------------------------------------------------------------------


TISSUE: tuple[Raw, ...] = (
    {"biopsy.status": "performed"},
    {"pathology.diagnosis": "outside_expertise_centre"},
    {"pathology.diagnosis": "confirmed_by_expertise_centre"},
    {"resection.performed": "yes"},
    {"pathology.histology": "osteosarcoma"},
    {"pathology.histology_differential": frozenset({"osteosarcoma"})},
)
NO_TISSUE: tuple[Raw, ...] = (
    {},
    {"biopsy.status": "considered"},
    {"biopsy.status": "not_considered"},
    {"pathology.diagnosis": "none"},
    {"resection.performed": "no"},
)


@pytest.mark.parametrize("raw", TISSUE, ids=str)
def test_where_tissue_was_taken_histology_is_a_question(raw: Raw) -> None:
    assert space().tissue_was_taken(raw)
    assert not space().mask("histology", raw) & space().histology.set_of([NO_HISTOLOGY])
    for path in AFTER_TISSUE:
        assert space().mask(path, raw) == space().subjects[path].everything & ~1


@pytest.mark.parametrize("raw", NO_TISSUE, ids=str)
def test_without_tissue_there_is_no_histology(raw: Raw) -> None:
    assert not space().tissue_was_taken(raw)
    assert space().mask("histology", raw) == space().histology.set_of([NO_HISTOLOGY])
    for path in AFTER_TISSUE:
        assert space().mask(path, raw) == 1


def test_an_answer_about_the_microscope_fixes_it() -> None:
    name = name_of("ewing_sarcoma")
    assert space().mask("histology", lesion(histology="ewing_sarcoma")) == space().histology.set_of([name])
    weighed = lesion(histology_differential=["ewing_sarcoma", "osteosarcoma"])
    assert space().mask("histology", weighed) == space().histology.set_of([name, name_of("osteosarcoma")])
    assert space().mask("pathology.h3_g34w", {"pathology.h3_g34w": "positive"}) == space().subjects[
        "pathology.h3_g34w"
    ].set_of(["positive"])


@pytest.mark.parametrize(
    ("answer", "meeting", "left"),
    [
        ("yes", "yes", ["yes"]),
        ("no", "yes", ["no"]),
        (None, "yes", ["no", "yes"]),
        (None, None, ["no", "yes"]),
        (None, "no", ["no"]),
    ],
)
def test_only_a_meeting_of_the_centre_calls_a_diagnosis_unequivocal(
    answer: str | None, meeting: str | None, left: list[str]
) -> None:
    raw = {UNEQUIVOCAL: answer, "mdo.with_expertise_centre": meeting}
    assert space().mask(UNEQUIVOCAL, raw) == space().subjects[UNEQUIVOCAL].set_of(left)


# ---- what an unanswered field leaves ---------------------------------------------------------------------------------


def subjects_of(*classes: FieldClass) -> list[str]:
    special = {UNEQUIVOCAL, *AFTER_TISSUE}
    known = fields()
    own = (name for name in space().subjects if name in known and name not in special)
    return [name for name in own if known[name].field_class in classes]


@pytest.mark.parametrize("path", subjects_of(FieldClass.FACT))
def test_an_unanswered_fact_can_be_anything(path: str) -> None:
    assert space().mask(path, {}) == space().subjects[path].everything


@pytest.mark.parametrize("path", subjects_of(FieldClass.EVENT, FieldClass.EXCEPTION))
def test_an_unanswered_event_or_exception_is_unanswered(path: str) -> None:
    assert space().mask(path, {}) == space().subjects[path].set_of(["unanswered"])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lesion.origin", "uncertain"),
        ("lesion.basis", "radiological"),
        ("lesion.category_by", "radiologist"),
        ("phase", "work_up"),
        ("setting", "primary_care"),
    ],
)
def test_an_unanswered_field_with_a_default_has_it(path: str, value: str) -> None:
    assert space().mask(path, {}) == space().subjects[path].set_of([value])


@pytest.mark.parametrize("path", subjects_of(*FieldClass))
def test_an_answer_fixes_its_subject(path: str) -> None:
    subject = space().subjects[path]
    for value in subject.values:
        if (path, value) != ("lesion.chondrosarcoma_grade", UNCERTAIN):
            assert space().mask(path, {path: value}) == subject.set_of([value])


def test_a_grade_that_cannot_be_told_may_be_any_but_the_lowest() -> None:
    subject = space().subjects["lesion.chondrosarcoma_grade"]
    left = space().mask(subject.name, {subject.name: UNCERTAIN})
    assert left == subject.set_of([UNCERTAIN, "grade_2", "grade_3"])


@pytest.mark.parametrize("answers", [{"histology": UNCERTAIN}, {"histology_differential": ["chordoma", UNCERTAIN]}])
def test_a_histology_that_cannot_be_told_may_be_any(answers: Mapping[str, Any]) -> None:
    subject = space().subjects["histology"]
    assert space().mask("histology", lesion(**answers)) == subject.everything & ~subject.set_of([NO_HISTOLOGY])


def test_age_and_region_are_open_until_answered() -> None:
    assert space().mask("age_group", {}) == space().subjects["age_group"].set_of(["child", "adult"])
    assert space().mask("region", {}) == space().subjects["region"].everything
    assert space().mask("region", {"region": "spine"}) == space().subjects["region"].set_of(["spine"])
