"""A plan as JSON: the contract's keys, the shipped schemas, and what --all adds."""

import copy
import datetime
import json

import jsonschema
import pytest

from desktop_app.library import resource_files
from desktop_app.library.editions import Library
from desktop_app.plan.as_json import plan_as_data
from desktop_app.plan.schema import schema_files
from guideline_core.case import Case
from tests.case_deck import deck

TODAY = datetime.date(2026, 11, 23)
EXAMPLES = sorted(path.name for path in resource_files.path("examples").glob("*.json"))
CASE = {
    "patient": {"birth_date": "2012-02-29"},
    "lesion": {"category": "malignant", "differential": ["osteosarcoma", "ewing_sarcoma"], "bone": "femur"},
    "biopsy": {"status": "considered"},
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return Library(cache_folder=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def edition(library):
    return library.edition()


@pytest.fixture(scope="module")
def data_of(library, edition):
    """The plan of a case as data that went through JSON."""

    def make(case, language="nl", everything=False):
        case = Case.model_validate(case) if isinstance(case, dict) else case
        day = case.reference_date or TODAY
        plan = edition.planner.make_plan(case, day)
        excluded = edition.planner.excluded(case, day) if everything else ()
        data = plan_as_data(plan, edition.title[language], library.phrases(language), edition.tables.actions, excluded)
        return json.loads(json.dumps(data))

    return make


def validator(name):
    schema = json.loads(resource_files.content("schema", f"{name}.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", ["case.schema.json", "plan.schema.json"])
def test_the_shipped_schema_is_current(name):
    shipped = resource_files.content("schema", name).decode()
    assert shipped == schema_files()[name], "run: python -m desktop_app.plan.schema"


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_fit_the_schemas(data_of, edition, name):
    content = resource_files.content("examples", name)
    validator("case").validate(json.loads(content))
    case = edition.read_case(content, TODAY)
    for language in ("nl", "en"):
        validator("plan").validate(data_of(case, language, everything=True))


def test_a_part_of_the_deck_fits_the_schema(data_of):
    check = validator("plan")
    for each in deck()[::7]:
        check.validate(data_of(each.case))


def broken(data, change):
    data = copy.deepcopy(data)
    change(data)
    return data


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan.pop("referral"),
        lambda plan: plan.update(extra=1),
        lambda plan: plan["guideline"].pop("sha256"),
        lambda plan: plan["referral"].update(decision="perhaps"),
        lambda plan: plan["referral"].update(by_phone="yes"),
        lambda plan: plan["recommendations"][0].update(verdict="must"),
        lambda plan: plan["recommendations"][0].update(certainty="likely"),
        lambda plan: plan["recommendations"][0].update(text=""),
        lambda plan: plan["recommendations"][0].pop("text"),
        lambda plan: plan["alerts"][0].update(severity="red"),
        lambda plan: plan["open_questions"][0].update(would_change=[]),
    ],
)
def test_a_broken_plan_is_refused(data_of, change):
    with pytest.raises(jsonschema.ValidationError):
        validator("plan").validate(broken(data_of(CASE), change))


@pytest.mark.parametrize(
    "case",
    [
        {"unknown": 1},
        {"lesion": {"category": "bad"}},
        {"mdo": {"discussed": "yes"}},
        {"patient": {"age_years": 200}},
        {"schema_version": 2},
        {"lesion": {"size_mm": []}},
        [],
    ],
)
def test_a_broken_case_is_refused_by_the_schema(case):
    with pytest.raises(jsonschema.ValidationError):
        validator("case").validate(case)


def test_null_is_allowed_everywhere_in_the_schema():
    validator("case").validate({"lesion": None, "patient": {"bsn": None}, "schema_version": None})


def test_the_schema_names_each_field_in_both_languages():
    schema = json.loads(resource_files.content("schema", "case.schema.json"))
    bone = schema["$defs"]["Lesion"]["properties"]["bone"]
    assert bone["description"] == "Bot · Bone"
    assert bone["x-unanswered"] == "fact"


def test_top_level_keys(data_of):
    assert list(data_of(CASE)) == [
        "guideline",
        "reference_date",
        "scope",
        "other_guideline",
        "lesion",
        "referral",
        "meanwhile",
        "recommendations",
        "alerts",
        "pathway",
        "open_questions",
        "interpretations",
        "statements",
    ]


def test_a_plan_says_what_the_lesion_counts_as_and_by_which_answers(data_of):
    benign = ["benign_indolent", "benign_active", "benign_unspecified"]
    lesion = data_of({"lesion": {"entity": "enchondroma"}})["lesion"]
    assert lesion == {
        "counts_as": "undetermined",
        "possible": benign,
        "depends_on": ["lesion.category"],
        "reasons": [{"field": "lesion.entity", "value": "enchondroma"}],
        "tissue_taken": False,
        "rows": ["implied", "silent", "named_on_image", "benign_tumour"],
        "interpretations": ["AMB-07"],
    }
    lesion = data_of({"lesion": {"category": "benign_active", "entity": "osteosarcoma"}})["lesion"]
    assert (lesion["counts_as"], lesion["possible"]) == ("malignant", ["malignant"])
    assert lesion["reasons"] == [{"field": "lesion.entity", "value": "osteosarcoma"}]
    assert lesion["rows"] == ["implied", "silent", "named_on_image", "contradiction", "as_weighed"]
    assert data_of({"lesion": {"suspected": False}})["lesion"]["counts_as"] == "not_suspected"


@pytest.mark.parametrize(
    ("case", "ground"),
    [
        ({"lesion": {"suspected": False}}, "not_suspected"),
        ({"lesion": {"category": "do_not_touch", "entity": "geode", "diagnosis_in_doubt": False}}, "sure_do_not_touch"),
        ({"setting": "expertise_centre", "lesion": {"category": "benign_active"}}, "in_expertise_centre"),
        ({"setting": "expertise_centre", "lesion": {"suspected": False}}, "in_expertise_centre"),
        ({"lesion": {"category": "malignant"}}, None),
        ({}, "undetermined"),
    ],
)
def test_a_plan_says_why_it_refers_nobody(data_of, case, ground):
    referral = data_of(case)["referral"]
    assert referral["ground"] == ground
    assert (referral["decision"] == "none") is (ground not in (None, "undetermined"))


def test_words_stand_beside_the_keys(data_of):
    dutch, english = data_of(CASE), data_of(CASE, "en")
    assert dutch["guideline"]["title"] == "Richtlijn Bottumoren, concept 2026"
    assert english["guideline"]["title"] == "Dutch guideline on bone tumours, draft 2026"
    [phone] = [each for each in dutch["meanwhile"] if each["action"] == "refer.arrange_by_phone"]
    assert phone["text"] == "Bel het ontvangende centrum, zodat de patiënt met spoed gezien kan worden."
    questions = {each["field"]: each for each in english["open_questions"]}
    assert questions["consultation.expertise_centre_consulted"]["text"] == "Has an expertise centre given advice?"
    assert all(" " in effect or "-" in effect or effect for effect in questions["lesion.origin"]["would_change"])


def test_reasons_are_plain_values(data_of):
    reasons = {each["field"]: each["value"] for part in data_of(CASE)["recommendations"] for each in part["reasons"]}
    assert reasons["patient.birth_date"] == "2012-02-29"
    assert reasons["lesion.category"] == "malignant"


def test_only_the_response_carries_a_grade(data_of):
    case = {
        "lesion": {"entity": "osteosarcoma"},
        "resection": {"performed": True, "neoadjuvant_chemotherapy": True, "viable_tumour_percent": 10},
    }
    grades = {each["action"]: each.get("response_grade", "none") for each in data_of(case)["recommendations"]}
    assert grades.pop("resection.record_response") == "at_threshold"
    assert set(grades.values()) == {"none"}


def test_all_lists_each_pair_once(data_of, edition):
    data = data_of(CASE, everything=True)
    pairs = [(each["action"], each["verdict"]) for each in data["recommendations"]]
    every = {(name[1], name[2]) for name in edition.tables.rules_of if name[0] == "advice"}
    assert sorted(pairs) == sorted(every)
    plain = data_of(CASE)["recommendations"]
    assert data["recommendations"][: len(plain)] == plain
    assert {each["certainty"] for each in data["recommendations"][len(plain) :]} == {"excluded"}


def test_the_excluded_holds_for_no_completion(edition):
    case = Case.model_validate({"lesion": {"category": "do_not_touch", "diagnosis_in_doubt": False}})
    plan = edition.planner.make_plan(case, TODAY)
    assert ("imaging.mri_contrast", "do") not in {(each.action, each.verdict) for each in plan.recommendations}
    [phone] = [each for each in edition.planner.excluded(case, TODAY) if each.action == "refer.arrange_by_phone"]
    assert (phone.verdict, phone.certainty) == ("do", "excluded")
    assert [(reason.field, reason.value) for reason in phone.reasons] == [("lesion.category", "do_not_touch")]
