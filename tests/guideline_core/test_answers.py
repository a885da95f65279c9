"""From a case to the words of the rules: age on a day, region of a bone, what an answer presupposes, measurements."""

import datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline_core.age import age_on
from guideline_core.answers import CaseAnswers, collect
from guideline_core.case import Case
from guideline_core.compiled import CompiledEdition
from guideline_core.compiler import compile_edition
from guideline_core.contract import fields
from guideline_core.fields import IMPLIED, FieldClass
from guideline_core.subjects import AGE, REGION, answered_subject
from tests.editions import read_real_edition

DAY = datetime.date(2026, 11, 23)
unhurried = settings(deadline=None)  # a busy machine is no fault


@cache
def compiled_once() -> CompiledEdition:
    return compile_edition(read_real_edition())


@pytest.fixture
def compiled() -> CompiledEdition:
    return compiled_once()


def answers(compiled: CompiledEdition, case: dict[str, Any], day: datetime.date = DAY) -> CaseAnswers:
    return collect(Case.model_validate(case), compiled.catalogue, compiled.thresholds, day)


def nested(path: str, value: Any) -> dict[str, Any]:
    """A case in which one field is answered."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return value  # type: ignore[no-any-return]


# ---- age -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2008-11-23", "2026-11-22", 17),
        ("2008-11-23", "2026-11-23", 18),
        ("2008-11-23", "2026-11-24", 18),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-28", 19),
        ("2008-02-29", "2028-02-29", 20),
        ("2026-11-23", "2026-11-23", 0),
        ("1990-12-31", "2026-01-01", 35),
    ],
)
def test_age_is_in_completed_years(born: str, day: str, age: int) -> None:
    assert age_on(datetime.date.fromisoformat(born), datetime.date.fromisoformat(day)) == age


DATES = st.dates(datetime.date(1930, 1, 1), datetime.date(2030, 12, 31))


@unhurried
@given(DATES, st.integers(0, 40_000))
def test_age_never_falls_and_grows_by_one_at_a_time(born: datetime.date, days: int) -> None:
    day = born + datetime.timedelta(days)
    assert age_on(born, day + datetime.timedelta(1)) - age_on(born, day) in (0, 1)


@unhurried
@given(DATES, st.integers(1, 100))
def test_age_changes_on_the_birthday(born: datetime.date, years: int) -> None:
    if (born.month, born.day) != (2, 29):
        birthday = born.replace(year=born.year + years)
        assert age_on(born, birthday) == years
        assert age_on(born, birthday - datetime.timedelta(1)) == years - 1


@pytest.mark.parametrize(
    ("patient", "day", "group", "field"),
    [
        ({"birth_date": "2008-11-24"}, DAY, "child", "patient.birth_date"),
        ({"birth_date": "2008-11-23"}, DAY, "adult", "patient.birth_date"),
        ({"birth_date": "2008-11-23"}, datetime.date(2026, 11, 22), "child", "patient.birth_date"),
        ({"birth_date": "2008-02-29"}, datetime.date(2026, 2, 28), "child", "patient.birth_date"),
        ({"birth_date": "2008-02-29"}, datetime.date(2026, 3, 1), "adult", "patient.birth_date"),
        ({"age_years": 17}, DAY, "child", "patient.age_years"),
        ({"age_years": 18}, DAY, "adult", "patient.age_years"),
        ({"age_years": 0}, DAY, "child", "patient.age_years"),
        ({"birth_date": "2008-11-23", "age_years": 18}, DAY, "adult", "patient.birth_date"),
    ],
)
def test_who_is_a_child(
    compiled: CompiledEdition, patient: dict[str, Any], day: datetime.date, group: str, field: str
) -> None:
    found = answers(compiled, {"patient": patient}, day)
    assert found.raw[AGE] == group
    assert [path for path, _ in found.fields[AGE]] == [field]


def test_without_age_nothing_is_said_of_it(compiled: CompiledEdition) -> None:
    assert AGE not in answers(compiled, {"patient": {"sex": "female"}}).raw


# ---- bones and regions -----------------------------------------------------------------------------------------------


def test_each_bone_fixes_its_region(compiled: CompiledEdition) -> None:
    for bone in read_real_edition().bones.values():
        found = answers(compiled, {"lesion": {"bone": bone.id}})
        assert found.raw[REGION] == bone.region
        assert found.fields[REGION] == (("lesion.bone", bone.id),)


@pytest.mark.parametrize(
    ("bone", "region"),
    [("sacrum", "spine"), ("sternum", "thoracic_wall"), ("femur", "long_bone"), ("rib_1", "thoracic_wall")],
)
def test_where_a_bone_belongs(compiled: CompiledEdition, bone: str, region: str) -> None:
    assert answers(compiled, {"lesion": {"bone": bone}}).raw[REGION] == region


def test_a_bone_goes_before_a_region_that_was_given_too(compiled: CompiledEdition) -> None:
    found = answers(compiled, {"lesion": {"bone": "femur", "region": "long_bone"}})
    assert found.fields[REGION] == (("lesion.bone", "femur"),)


def test_a_region_alone_counts(compiled: CompiledEdition) -> None:
    found = answers(compiled, {"lesion": {"region": "pelvis"}})
    assert found.fields[REGION] == (("lesion.region", "pelvis"),)


# ---- what an answer presupposes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "presupposed"), IMPLIED.items())
def test_yes_presupposes_yes(compiled: CompiledEdition, path: str, presupposed: str) -> None:
    found = answers(compiled, nested(path, True))
    assert found.raw[presupposed] == "yes"
    assert found.fields[presupposed] == ((path, True),)


@pytest.mark.parametrize("path", IMPLIED)
def test_no_presupposes_nothing(compiled: CompiledEdition, path: str) -> None:
    found = answers(compiled, nested(path, False))
    assert found.raw[path] == "no"
    assert IMPLIED[path] not in found.raw


def test_unequivocal_presupposes_the_meeting(compiled: CompiledEdition) -> None:
    found = answers(compiled, {"lesion": {"radiologically_unequivocal": True}})
    assert found.raw["mdo.with_expertise_centre"] == "yes"


def test_an_answer_that_was_given_is_not_overruled(compiled: CompiledEdition) -> None:
    case = {"lesion": {"radiologically_unequivocal": True}, "mdo": {"with_expertise_centre": False}}
    assert answers(compiled, case).raw["mdo.with_expertise_centre"] == "no"


def test_what_is_presupposed_does_not_count_as_stated(compiled: CompiledEdition) -> None:
    assert answers(compiled, {"imaging": {"mri": {"contrast": True}}}).stated == {"imaging.mri.contrast"}


# ---- entities and grades ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "key", "grade"),
    [
        ({"lesion": {"entity": "chondrosarcoma_grade_2"}}, "lesion.chondrosarcoma_grade", "grade_2"),
        ({"pathology": {"histology": "chondrosarcoma_grade_3"}}, "pathology.histological_grade", "grade_3"),
        (
            {"lesion": {"entity": "chondrosarcoma_grade_1", "chondrosarcoma_grade": "grade_2"}},
            "lesion.chondrosarcoma_grade",
            "grade_2",
        ),
    ],
)
def test_a_name_that_holds_a_grade_gives_it(
    compiled: CompiledEdition, case: dict[str, Any], key: str, grade: str
) -> None:
    assert answers(compiled, case).raw[key] == grade


def test_a_name_without_a_grade_gives_none(compiled: CompiledEdition) -> None:
    assert "lesion.chondrosarcoma_grade" not in answers(compiled, {"lesion": {"entity": "chondrosarcoma"}}).raw


def test_entities_that_no_rule_tells_apart_are_one(compiled: CompiledEdition) -> None:
    one, other = (
        answers(compiled, {"lesion": {"entity": name}}).raw["lesion.entity"] for name in ("chordoma", "adamantinoma")
    )
    assert one == other


def test_a_differential_is_a_set(compiled: CompiledEdition) -> None:
    one, other = (
        answers(compiled, {"lesion": {"differential": names}}).raw["lesion.differential"]
        for names in (["osteosarcoma", "ewing_sarcoma"], ["ewing_sarcoma", "osteosarcoma", "ewing_sarcoma"])
    )
    assert one == other == frozenset(compiled.space.class_of_entity[name] for name in ("osteosarcoma", "ewing_sarcoma"))


# ---- measurements ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resection", "response"),
    [
        ({"viable_tumour_percent": 0}, "good"),
        ({"viable_tumour_percent": 9.99}, "good"),
        ({"viable_tumour_percent": 10}, "at_threshold"),
        ({"viable_tumour_percent": 10.0}, "at_threshold"),
        ({"viable_tumour_percent": 10.01}, "poor"),
        ({"viable_tumour_percent": 100}, "poor"),
        ({"response_percent": 90.01}, "good"),
        ({"response_percent": 90}, "at_threshold"),
        ({"response_percent": 89.99}, "poor"),
        ({"viable_tumour_percent": 4, "response_percent": 96}, "good"),
        ({}, None),
    ],
)
def test_the_response_is_bounded_at_ten_per_cent(
    compiled: CompiledEdition, resection: dict[str, Any], response: str | None
) -> None:
    assert answers(compiled, {"resection": resection}).raw.get("response") == response


@unhurried
@given(st.integers(0, 100))
def test_viable_tumour_and_response_say_the_same(viable: int) -> None:
    compiled = compiled_once()
    by_viable = answers(compiled, {"resection": {"viable_tumour_percent": viable}})
    by_response = answers(compiled, {"resection": {"response_percent": 100 - viable}})
    assert by_viable.raw["response"] == by_response.raw["response"]


@pytest.mark.parametrize(("sizes", "three"), [([64], None), ([64, 40], None), ([64, 40, 33], "yes")])
def test_three_dimensions_are_three_numbers(compiled: CompiledEdition, sizes: list[int], three: str | None) -> None:
    found = answers(compiled, {"resection": {"size_mm": sizes}})
    assert found.raw.get("resection_size_in_three_dimensions") == three
    assert found.raw[answered_subject("resection.size_mm")] == "yes"


@pytest.mark.parametrize(
    ("biopsy", "mri", "before"),
    [
        ("2026-11-09", "2026-11-12", "yes"),
        ("2026-11-12", "2026-11-12", None),
        ("2026-11-13", "2026-11-12", None),
        ("2026-11-09", None, None),
    ],
)
def test_a_biopsy_dated_before_the_mri(
    compiled: CompiledEdition, biopsy: str, mri: str | None, before: str | None
) -> None:
    case = {"biopsy": {"status": "performed", "date": biopsy}, "imaging": {"mri": {"date": mri}}}
    assert answers(compiled, case).raw.get("biopsy_dated_before_mri") == before


# ---- which fields reach a rule ---------------------------------------------------------------------------------------


def test_null_is_the_same_as_absent(compiled: CompiledEdition) -> None:
    case = {"lesion": {"category": None, "suspected": None}, "imaging": {"mri": {"contrast": None}}}
    assert answers(compiled, case) == answers(compiled, {})


def test_what_only_the_letter_holds_reaches_no_rule(compiled: CompiledEdition) -> None:
    case = {
        "patient": {"family_name": "Jansen", "sex": "female"},
        "lesion": {"count": "multiple", "incidental": True, "side": "left", "size_mm": [30]},
        "history": {"cancer": True},
        "letter": {"question": "Wat nu?"},
    }
    assert answers(compiled, case).raw == {}


def test_the_paths_of_the_rules_are_those_that_are_not_letter_only() -> None:
    for field in fields().values():
        assert field.reaches_a_rule == (field.field_class is not FieldClass.LETTER)


def test_each_answer_keeps_the_field_behind_it(compiled: CompiledEdition) -> None:
    case = {"lesion": {"category": "malignant", "bone": "femur"}, "patient": {"age_years": 45}}
    found = answers(compiled, case)
    assert {pair for pairs in found.fields.values() for pair in pairs} == {
        ("lesion.category", "malignant"),
        ("lesion.bone", "femur"),
        ("patient.age_years", 45),
    }
    assert found.stated == {"lesion.category", "lesion.bone", "patient.age_years"}
