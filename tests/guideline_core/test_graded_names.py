"""Which tumour a name means beside its grade: grade 2 or 3 makes any cartilage tumour a chondrosarcoma (L374).

What a name must stand for is written out here, tumour by tumour; the table of the edition must say the same.
"""

from collections.abc import Iterable, Mapping
from itertools import product

import pytest

from guideline_core.case import Case
from guideline_core.contract import nested
from guideline_core.edition.values import Edition
from guideline_core.graded_names import GradedNames
from guideline_core.planning import Planner
from tests.editions import space_of_real_edition
from tests.review_cases import DAY

LIGHTER = frozenset(
    [
        "subungual_exostosis",
        "bizarre_parosteal_osteochondromatous_proliferation",
        "periosteal_chondroma",
        "enchondroma",
        "osteochondroma",
        "chondroblastoma",
        "chondromyxoid_fibroma",
        "osteochondromyxoma",
        "synovial_chondromatosis",
        "atypical_cartilaginous_tumour",
        "atypical_cartilaginous_tumour_secondary_peripheral",
    ]
)
"""The cartilage tumours that are lighter than a chondrosarcoma."""
HIGH = ("grade_2", "grade_3")
IMAGE_GRADE, TISSUE_GRADE = "lesion.chondrosarcoma_grade", "pathology.histological_grade"
CHONDROSARCOMA, MICROSCOPE = "chondrosarcoma", ("pathology.histology", "pathology.histology_differential")


@pytest.fixture(scope="module")
def graded() -> GradedNames:
    return space_of_real_edition().lesion.graded


@pytest.mark.parametrize("grade", [None, "grade_1", "grade_2", "grade_3", "uncertain"])
@pytest.mark.parametrize("field", ["lesion.entity", *MICROSCOPE[:1]])
def test_a_high_grade_makes_a_chondrosarcoma_of_a_lighter_cartilage_tumour(
    graded: GradedNames, edition: Edition, field: str, grade: str | None
) -> None:
    own, other = (IMAGE_GRADE, TISSUE_GRADE) if field == "lesion.entity" else (TISSUE_GRADE, IMAGE_GRADE)
    contradicted = LIGHTER | {"chondrosarcoma_grade_1"} if field == "lesion.entity" else LIGHTER
    for name in edition.entities:
        expected = CHONDROSARCOMA if name in contradicted and grade in HIGH else name
        assert graded.read({field: name, own: grade})[field] == expected
        assert graded.read({field: name, other: grade})[field] == name, "the grade of the other says nothing of it"


NAMES = ("enchondroma", "atypical_cartilaginous_tumour", CHONDROSARCOMA, "chondrosarcoma_mesenchymal", "osteosarcoma")


def test_of_several_names_on_the_image_the_grade_is_that_of_a_chondrosarcoma_where_one_is_named(
    graded: GradedNames,
) -> None:
    for entity, *several in product((None, *NAMES), NAMES, NAMES):
        names = frozenset(several)
        raw = {"lesion.entity": entity, "lesion.differential": names, IMAGE_GRADE: "grade_2"}
        named = {entity, *names}
        stays = any(str(name).startswith("chondrosarcoma") for name in named)
        expected = names if stays else _in_place_of_lighter(names)
        assert graded.read(raw)["lesion.differential"] == expected, raw


def test_of_several_names_under_the_microscope_each_lighter_one_is_a_chondrosarcoma(graded: GradedNames) -> None:
    for histology, *several in product((None, *NAMES), NAMES, NAMES):
        names = frozenset(several)
        raw = {"pathology.histology": histology, "pathology.histology_differential": names, TISSUE_GRADE: "grade_3"}
        assert graded.read(raw)["pathology.histology_differential"] == _in_place_of_lighter(names), raw


def _in_place_of_lighter(names: Iterable[str]) -> frozenset[str]:
    return frozenset(CHONDROSARCOMA if name in LIGHTER else name for name in names)


def test_only_on_the_image_a_name_and_a_grade_are_a_contradiction(graded: GradedNames) -> None:
    on_image = graded.read({"lesion.entity": "enchondroma", IMAGE_GRADE: "grade_2"})
    in_tissue = graded.read({"pathology.histology": "enchondroma", TISSUE_GRADE: "grade_2"})
    assert graded.conflict(on_image) and not graded.conflict(in_tissue)
    assert [row.id for row in graded.rows_read(on_image)] == ["high_grade_on_image"]
    assert [row.id for row in graded.rows_read(in_tissue)] == ["high_grade_under_microscope"]


@pytest.mark.parametrize(
    ("answers", "grades"),
    [
        (
            {"lesion.differential": ["atypical_cartilaginous_tumour", "chondrosarcoma_grade_1"]},
            {IMAGE_GRADE: "grade_1"},
        ),
        ({"lesion.differential": ["osteosarcoma", "chondrosarcoma_grade_1"]}, {IMAGE_GRADE: "grade_1"}),
        ({"lesion.differential": ["chondrosarcoma", "chondrosarcoma_grade_1"]}, {}),
        ({"lesion.differential": ["chondrosarcoma_grade_1", "chondrosarcoma_grade_2"]}, {}),
        ({"lesion.differential": ["uncertain", "chondrosarcoma_grade_1"]}, {}),
        ({"lesion.differential": ["atypical_cartilaginous_tumour", "enchondroma"]}, {}),
        ({"lesion.entity": CHONDROSARCOMA, "lesion.differential": ["chondrosarcoma_grade_1"]}, {}),
        ({"lesion.entity": "uncertain", "lesion.differential": ["chondrosarcoma_grade_1"]}, {IMAGE_GRADE: "grade_1"}),
        ({"lesion.differential": ["chondrosarcoma_grade_1"], IMAGE_GRADE: "uncertain"}, {IMAGE_GRADE: "grade_1"}),
        ({"lesion.differential": ["chondrosarcoma_grade_1"], IMAGE_GRADE: "grade_2"}, {IMAGE_GRADE: "grade_2"}),
        ({MICROSCOPE[1]: ["atypical_cartilaginous_tumour", "chondrosarcoma_grade_1"]}, {TISSUE_GRADE: "grade_1"}),
        ({MICROSCOPE[1]: ["atypical_cartilaginous_tumour", "chondrosarcoma"]}, {}),
        ({MICROSCOPE[0]: "uncertain", MICROSCOPE[1]: ["chondrosarcoma_grade_1"]}, {TISSUE_GRADE: "grade_1"}),
        ({MICROSCOPE[0]: "chondrosarcoma", MICROSCOPE[1]: ["chondrosarcoma_grade_1"]}, {}),
    ],
)
def test_a_name_keeps_its_grade_in_a_list(
    planner: Planner, answers: Mapping[str, object], grades: Mapping[str, str]
) -> None:
    raw = planner.items.answers_of(Case.model_validate(nested(answers)), DAY)[1].raw
    assert {path: raw[path] for path in (IMAGE_GRADE, TISSUE_GRADE) if raw[path] is not None} == grades


def test_the_plan_says_by_which_answers_a_name_became_another(planner: Planner) -> None:
    answers = {"lesion.entity": "enchondroma", IMAGE_GRADE: "grade_2"}
    plan = planner.make_plan(Case.model_validate(nested(answers)), DAY)
    assert plan.lesion.counts_as == "malignant"
    assert "high_grade_on_image" in plan.lesion.rows and "AMB-109" in plan.lesion.interpretations
    assert {(reason.field, reason.value) for reason in plan.lesion.reasons} == {*answers.items()}
    (alert,) = (alert for alert in plan.alerts if alert.id == "category_conflict")
    assert {reason.field for reason in alert.reasons} == {*answers}


def test_a_grade_is_a_reason_only_for_what_turns_on_it(planner: Planner) -> None:
    """The osteosarcoma of the list is referred with or without the grade; the chest CT is sure by the grade alone."""
    answers = {"patient.age_years": 50, "lesion.differential": ["enchondroma", "osteosarcoma"], IMAGE_GRADE: "grade_2"}
    plan = planner.make_plan(Case.model_validate(nested(answers)), DAY)
    (ct,) = (each for each in plan.recommendations if each.action == "staging.ct_thorax_unenhanced")
    assert IMAGE_GRADE not in {reason.field for reason in plan.referral.reasons}
    assert IMAGE_GRADE in {reason.field for reason in ct.reasons} and ct.certainty == "definite"
