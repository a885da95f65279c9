"""What the doctor tells the patient, beside plan and tissue. Expected is what the contract says of a category (design,
"benign: all below intermediate") and of a histology, not what a run gave."""

from dataclasses import replace

import pytest

from desktop_app.papers.patient_choices import Suspicion
from desktop_app.papers.patient_sheet.certainty import contradiction
from guideline_core.case import Case
from tests.desktop_app.papers.cases import DAY

BENIGN = ("do_not_touch", "benign_indolent", "benign_active", "benign_unspecified")
NOT_BENIGN = ("intermediate", "malignant", "uncertain")
DIAGNOSED = {"diagnosis": "confirmed_by_expertise_centre"}


@pytest.fixture(scope="module")
def found(opened):
    """What is contradicted in a case."""

    def of(told, tissue=None, **answers):
        case = Case.model_validate({"patient": {"age_years": 40}, **answers})
        return contradiction(told, opened.planner.make_plan(case, DAY), case, tissue)

    return of


@pytest.mark.parametrize("category", BENIGN)
@pytest.mark.parametrize("in_doubt", [True, False, None])
def test_benign_is_told_of_what_is_benign(found, category, in_doubt):
    lesion = {"category": category, "diagnosis_in_doubt": in_doubt}
    assert found(Suspicion.PROBABLY_BENIGN, lesion=lesion) is None
    assert found(Suspicion.MAY_BE_CANCER, lesion=lesion) == "plan_is_benign"


@pytest.mark.parametrize("category", NOT_BENIGN)
@pytest.mark.parametrize("setting", ["primary_care", "hospital", "expertise_centre"])
def test_benign_is_not_told_of_what_may_be_more(found, category, setting):
    """In an expertise centre the plan refers nobody; the lesion is no more benign for that."""
    lesion = {"category": category}
    assert found(Suspicion.PROBABLY_BENIGN, lesion=lesion, setting=setting) == "plan_is_not_benign"
    assert found(Suspicion.MAY_BE_CANCER, lesion=lesion, setting=setting) is None


@pytest.mark.parametrize(
    "lesion",
    [
        {},
        {"suspected": True},
        {"suspected": False},
        {"origin": "metastasis"},
        {"entity": "uncertain"},
        {"category": "benign_indolent", "entity": "osteosarcoma"},
        {"differential": ["enchondroma", "chondrosarcoma"]},
    ],
    ids=["nothing", "suspected", "not suspected", "metastasis", "no entity", "conflict", "differential"],
)
def test_benign_is_not_told_while_it_is_open_or_the_heavier_counts(found, lesion):
    assert found(Suspicion.PROBABLY_BENIGN, lesion=lesion) == "plan_is_not_benign"


def test_benign_is_told_by_what_the_lesion_counts_as_and_not_by_a_piece_of_advice(opened):
    """The day the advice on staging is worded otherwise, a benign lesion is as benign as before."""
    case = Case.model_validate({"patient": {"age_years": 40}, "lesion": {"category": "benign_active"}})
    plan = replace(opened.planner.make_plan(case, DAY), recommendations=())
    assert contradiction(Suspicion.PROBABLY_BENIGN, plan, case, None) is None


def test_proof_is_told_of_malignant_tissue_only(found):
    malignant = {"category": "malignant"}
    assert found(Suspicion.PROVEN_CANCER, lesion=malignant) == "no_tissue"
    tissue = {**DIAGNOSED, "histology": "osteosarcoma"}
    assert found(Suspicion.PROVEN_CANCER, "malignant", lesion=malignant, pathology=tissue) is None
    tissue = {**DIAGNOSED, "histology": "giant_cell_tumour_of_bone"}
    assert found(Suspicion.PROVEN_CANCER, "intermediate", pathology=tissue) == "tissue_is_not_malignant"
    tissue = {**DIAGNOSED, "histology": "enchondroma"}
    assert found(Suspicion.PROVEN_CANCER, "benign", pathology=tissue) == "tissue_is_not_malignant"


def test_a_histology_without_a_diagnosis_proves_nothing(found):
    tissue = {"diagnosis": "none", "histology": "osteosarcoma"}
    assert found(Suspicion.PROVEN_CANCER, "malignant", pathology=tissue) == "no_tissue"


@pytest.mark.parametrize("told", [Suspicion.FINDING, Suspicion.TUMOUR_OPEN, Suspicion.MAY_BE_CANCER])
def test_that_nobody_knows_is_not_told_of_what_tissue_proved(found, told):
    tissue = {**DIAGNOSED, "histology": "osteosarcoma"}
    assert found(told, "malignant", pathology=tissue) == "tissue_is_malignant"
    assert found(told, None, lesion={"category": "malignant"}) is None


@pytest.mark.parametrize("category", [*BENIGN, *NOT_BENIGN])
def test_to_tell_nothing_contradicts_nothing(found, category):
    assert found(None, "malignant", lesion={"category": category}) is None
