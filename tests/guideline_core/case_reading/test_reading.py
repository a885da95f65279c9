"""Reading a case: each refusal, all faults at once, and never a number of a person in a message."""

import datetime
import json
from typing import Any

import pytest

from guideline_core.answer_types import MOST_LINES, MOST_LISTED
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.case_reading.reading import check_case, read_case
from guideline_core.compiler import catalogue_of, space_of
from guideline_core.fields import IMPLIED
from guideline_core.file_limits import CASE, FAULTS_TOLD

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalogue(edition):
    return catalogue_of(edition, space_of(edition))


@pytest.fixture(scope="module")
def faults_of(catalogue):
    """The faults of a case, given as data or as text."""

    def read(given: Any) -> list[tuple[str, str, dict[str, Any]]]:
        text = given if isinstance(given, bytes) else json.dumps(given).encode()
        with pytest.raises(CaseFaults) as refused:
            read_case(text, catalogue, TODAY)
        return [(fault.path, fault.code, dict(fault.details)) for fault in refused.value.faults]

    return read


def test_a_case_is_read(catalogue):
    case = read_case(b'{"lesion": {"category": "malignant", "bone": null}, "imaging": null}', catalogue, TODAY)
    assert case.lesion.category == "malignant"
    assert case.lesion.bone is None


def test_a_bsn_without_its_leading_zero_is_the_same_number(catalogue):
    for written in ("010000008", "10000008", "1000.00.08"):
        case = read_case(json.dumps({"patient": {"bsn": written}}).encode(), catalogue, TODAY)
        assert case.patient.bsn == "010000008"


def test_a_byte_order_mark_is_accepted(catalogue):
    assert read_case(b"\xef\xbb\xbf{}", catalogue, TODAY).model_fields_set == set()


@pytest.mark.parametrize(
    ("text", "code", "details"),
    [
        (b"", "empty", {}),
        (b" \n\t", "empty", {}),
        (b'{"lesion":\n  {"bone" "femur"}}', "broken_json", {"line": 2, "column": 11}),
        (b"{} {}", "broken_json", {"line": 1, "column": 4}),
        (b"\xff\xfe{\x00}\x00", "not_utf8", {"byte": 1}),
        (b'{"letter": {"history": "caf\xe9"}}', "not_utf8", {"byte": 28}),
        (b"[]", "not_an_object", {"found": "list"}),
        (b"7", "not_an_object", {"found": "number"}),
        (b"true", "not_an_object", {"found": "yes_no"}),
        (b'"case"', "not_an_object", {"found": "text"}),
        (b"null", "not_an_object", {"found": "null"}),
        (b"NaN", "not_an_object", {"found": "null"}),
        (b"[" * 200_000, "nested_too_deeply", {}),
        (b'{"patient": {"age_years": ' + b"1" * 5000 + b"}}", "number_too_long", {}),
        (b" " * CASE.largest + b"{}", "too_large", {"megabytes": 5}),
        (b'{"a":' + b"[" * 600 + b"]" * 600 + b"}", "nested_too_deeply", {}),
        (b'{"a":' * 600 + b"1" + b"}" * 600, "nested_too_deeply", {}),
        (b'{"a": [0' + b",0" * CASE.values + b"]}", "too_many_values", {"most": CASE.values}),
    ],
)
def test_what_is_no_case_at_all(faults_of, text, code, details):
    assert faults_of(text) == [("", code, details)]


@pytest.mark.parametrize("beyond", [49, 50, 51, 52])
def test_nesting_that_just_fits_is_read_through(faults_of, beyond):
    assert faults_of(b'{"a":' + b"[" * (beyond - 1) + b"]" * (beyond - 1) + b"}")[0][1] == (
        "unknown_key" if beyond <= CASE.depth else "nested_too_deeply"
    )


def test_signs_within_a_text_count_for_nothing(catalogue):
    words = "[{" * 300 + ',"' * 20_000 + "\\"
    case = read_case(json.dumps({"letter": {"history": words}}).encode(), catalogue, TODAY)
    assert case.letter.history == words


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({f"k{number}": 1 for number in range(3000)}),
        "{" + ",".join(f'"k{number // 2}": 1' for number in range(6000)) + "}",
        json.dumps({"imaging": {"other": [1] * 3000}}),
    ],
)
def test_of_thousands_of_faults_some_are_told_and_all_counted(catalogue, text):
    with pytest.raises(CaseFaults) as refused:
        read_case(text.encode(), catalogue, TODAY)
    assert len(refused.value.faults) == FAULTS_TOLD
    assert refused.value.number >= 3000


@pytest.mark.parametrize(
    ("group", "field", "item"),
    [("imaging", "other", {"what": "bone scan"}), ("lesion", "other_sites", {"text": "rib"})],
)
def test_a_list_of_groups_has_an_end(faults_of, catalogue, group, field, item):
    full = {group: {field: [item] * MOST_LISTED}}
    assert len(read_case(json.dumps(full).encode(), catalogue, TODAY).answer_at(f"{group}.{field}")) == MOST_LISTED
    full[group][field].append(item)
    assert faults_of(full) == [(f"{group}.{field}", "list_length", {"max_length": MOST_LISTED})]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_the_texts_of_a_case_together_have_an_end(faults_of, catalogue, end):
    full = {"letter": {"question": f"a{end}" * (MOST_LINES - 1)}, "imaging": {"other": [{"result": "b"}]}}
    assert read_case(json.dumps(full).encode(), catalogue, TODAY)
    full["letter"]["remarks"] = "c"
    assert faults_of(full) == [("letter.remarks", "too_many_lines", {"most": MOST_LINES})]
    full["imaging"]["other"][0]["result"] = f"b{end}" * MOST_LINES
    assert faults_of(full) == [("letter.question", "too_many_lines", {"most": MOST_LINES})]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"contrast": True}, ("contrast", "unknown_key", {"suggestion": "context"})),
        ({"lesion": {"categorie": "malignant"}}, ("lesion.categorie", "unknown_key", {"suggestion": "category"})),
        ({"entity": "osteosarcoma"}, ("entity", "unknown_key", {"elsewhere": "lesion.entity"})),
        ({"qqqq": 1}, ("qqqq", "unknown_key", {})),
        ({"imaging": {"other": [{"wat": "echo"}]}}, ("imaging.other[0].wat", "unknown_key", {"suggestion": "what"})),
        ({"setting": "hospitaal"}, ("setting", "not_allowed", {"given": "hospitaal", "suggestion": "hospital"})),
        ({"biopsy": {"status": 1}}, ("biopsy.status", "not_allowed", {})),
        ({"patient": {"sex": "geheim"}}, ("patient.sex", "not_allowed", {})),
        ({"schema_version": 2}, ("schema_version", "unknown_schema_version", {"known": [1]})),
        ({"schema_version": True}, ("schema_version", "unknown_schema_version", {"known": [1]})),
        ({"schema_version": 1.0}, ("schema_version", "unknown_schema_version", {"known": [1]})),
        ({"schema_version": "1"}, ("schema_version", "unknown_schema_version", {"known": [1]})),
        ({"reference_date": "23-11-2026"}, ("reference_date", "date_form", {})),
        ({"reference_date": "2026-02-30"}, ("reference_date", "date_form", {})),
        ({"reference_date": "2026-W12-1"}, ("reference_date", "date_form", {})),
        ({"patient": {"birth_date": "2010-W12-1"}}, ("patient.birth_date", "date_form", {})),
        ({"reference_date": "\uff12\uff10\uff12\uff16-11-23"}, ("reference_date", "date_form", {})),
        ({"reference_date": 20261123}, ("reference_date", "date_form", {})),
        ({"mdo": {"discussed": "ja"}}, ("mdo.discussed", "wrong_kind", {"expected": "yes_no", "found": "text"})),
        ({"mdo": {"discussed": 1}}, ("mdo.discussed", "wrong_kind", {"expected": "yes_no", "found": "number"})),
        ({"mdo": []}, ("mdo", "wrong_kind", {"expected": "object", "found": "list"})),
        ({"imaging": {"other": [{"what": 7}]}}, ("imaging.other[0].what", "wrong_kind", {"expected": "text"})),
        ({"imaging": {"other": [{"date": "3-1"}]}}, ("imaging.other[0].date", "date_form", {})),
        (
            {"lesion": {"other_sites": [{"bone": "femr"}]}},
            ("lesion.other_sites[0].bone", "unknown_bone", {"suggestion": "femur"}),
        ),
        ({"lesion": {"other_sites": [{"bone": "het bot"}]}}, ("lesion.other_sites[0].bone", "unknown_bone", {})),
        ({"lesion": {"other_sites": [{"side": "boven"}]}}, ("lesion.other_sites[0].side", "not_allowed", {})),
        (
            {"lesion": {"count": "solitary", "other_sites": [{"text": "rib"}]}},
            ("lesion.other_sites", "contradicts", {"other": "lesion.count"}),
        ),
        ({"lesion": {"size_mm": 7}}, ("lesion.size_mm", "wrong_kind", {"expected": "list", "found": "number"})),
        ({"lesion": {"size_mm": ["7"]}}, ("lesion.size_mm[0]", "wrong_kind", {"expected": "number", "found": "text"})),
        ({"lesion": {"size_mm": []}}, ("lesion.size_mm", "list_length", {"min_length": 1})),
        ({"lesion": {"size_mm": [1, 2, 3, 4]}}, ("lesion.size_mm", "list_length", {"max_length": 3})),
        ({"patient": {"age_years": 3.5}}, ("patient.age_years", "wrong_kind", {"expected": "whole_number"})),
        ({"patient": {"age_years": -1}}, ("patient.age_years", "out_of_range", {"ge": 0})),
        ({"patient": {"age_years": 131}}, ("patient.age_years", "out_of_range", {"le": 130})),
        ({"patient": {"given_name": 7}}, ("patient.given_name", "wrong_kind", {"expected": "text", "found": "number"})),
        ({"patient": {"given_name": "x" * 401}}, ("patient.given_name", "text_too_long", {"max_length": 400})),
        ({"imaging": {"ct_thorax": {"slice_mm": 0}}}, ("imaging.ct_thorax.slice_mm", "out_of_range", {"gt": 0})),
        ({"imaging": {"ct_thorax": {"slice_mm": 5e-324}}}, ("imaging.ct_thorax.slice_mm", "out_of_range", {"gt": 0})),
        ({"resection": {"viable_tumour_percent": True}}, ("resection.viable_tumour_percent", "wrong_kind", {})),
        ({"patient": {"bsn": "111222334"}}, ("patient.bsn", "bsn", {})),
        ({"patient": {"bsn": "10000009"}}, ("patient.bsn", "bsn", {})),
        ({"patient": {"bsn": "1000007"}}, ("patient.bsn", "bsn_length", {})),  # with two zeros it passes the 11-test
        ({"patient": {"bsn": "100006"}}, ("patient.bsn", "bsn_length", {})),  # so does this with three
        ({"patient": {"bsn": "0111222333"}}, ("patient.bsn", "bsn_length", {})),
        ({"patient": {"bsn": "999****99"}}, ("patient.bsn", "bsn_length", {})),
        ({"patient": {"birth_date": "2026-11-24"}}, ("patient.birth_date", "born_after_reference_date", {})),
        ({"patient": {"birth_date": "1890-01-01"}}, ("patient.birth_date", "too_old", {"years": 130})),
        (
            {"reference_date": "2026-11-23", "patient": {"birth_date": "2008-11-23", "age_years": 17}},
            ("patient.age_years", "age_and_birth_date_disagree", {"years": 17, "age": 18}),
        ),
        (
            {"patient": {"birth_date": "2008-11-24", "age_years": 18}},
            ("patient.age_years", "age_and_birth_date_disagree", {"years": 18, "age": 17}),
        ),
        (
            {"patient": {"birth_date": "2008-11-23", "age_years": 16}},
            ("patient.age_years", "age_and_birth_date_disagree", {"years": 16, "age": 18}),
        ),
        ({"lesion": {"entity": "Osteosarcoom"}}, ("lesion.entity", "unknown_entity", {"suggestion": "osteosarcoma"})),
        ({"lesion": {"entity": "x" * 90}}, ("lesion.entity", "unknown_entity", {})),
        (
            {"lesion": {"differential": ["chordoma", "chordomma"]}},
            ("lesion.differential[1]", "unknown_entity", {"given": "chordomma", "suggestion": "chordoma"}),
        ),
        ({"pathology": {"histology": "ewing"}}, ("pathology.histology", "unknown_entity", {"given": "ewing"})),
        (
            {"pathology": {"histology_differential": ["ewing!"]}},
            ("pathology.histology_differential[0]", "unknown_entity", {}),
        ),
        ({"lesion": {"bone": "femr"}}, ("lesion.bone", "unknown_bone", {"suggestion": "femur"})),
        (
            {"lesion": {"bone": "sacrum", "region": "pelvis"}},
            ("lesion.region", "region_contradicts_bone", {"bone": "sacrum", "expected": "spine"}),
        ),
        (
            {"resection": {"viable_tumour_percent": 10, "response_percent": 80}},
            ("resection.response_percent", "do_not_add_up", {"sum": 100}),
        ),
    ],
)
def test_one_thing_wrong(faults_of, given, expected):
    [(path, code, details)] = faults_of(given)
    assert (path, code) == expected[:2]
    assert expected[2].items() <= details.items()


@pytest.mark.parametrize(("path", "presupposed"), IMPLIED.items())
def test_yes_to_what_presupposes_a_no(faults_of, path, presupposed):
    given: dict[str, Any] = {}
    for field, value in ((path, True), (presupposed, False)):
        *groups, name = field.split(".")
        inside = given
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[name] = value
    assert faults_of(given) == [(path, "contradicts", {"other": presupposed})]


def test_allowed_values_are_named(faults_of):
    [(_, _, details)] = faults_of({"biopsy": {"decalcification": "azijn"}})
    assert details["allowed"] == ["edta", "acid", "none"]


@pytest.mark.parametrize("written", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none(faults_of, written):
    text = f'{{"resection": {{"viable_tumour_percent": {written}}}}}'.encode()
    assert faults_of(text) == [("resection.viable_tumour_percent", "not_a_number", {})]


def test_a_key_that_stands_twice(faults_of):
    text = b'{"lesion": {"category": "malignant", "category": "benign_active"}, "mdo": {}, "mdo": {}}'
    assert faults_of(text) == [("lesion.category", "repeated_key", {}), ("mdo", "repeated_key", {})]


def test_half_a_character(faults_of):
    assert faults_of(b'{"patient": {"family_name": "\\ud800"}}') == [("patient.family_name", "not_text", {})]


def test_all_faults_come_at_once_in_the_order_of_the_text(faults_of):
    given = {
        "patient": {"bsn": "111222334", "birth_date": "2030-01-01"},
        "lesion": {"entity": "osteosarcom", "bone": "sacrum", "region": "pelvis", "suspected": "ja"},
        "imaging": {"xray": {"done": False, "two_views": True}, "mri": 5},
        "resection": {"margin": "R3", "viable_tumour_percent": 10, "response_percent": 10},
        "unknown": 1,
    }
    assert [(path, code) for path, code, _ in faults_of(given)] == [
        ("patient.bsn", "bsn"),
        ("patient.birth_date", "born_after_reference_date"),
        ("lesion.entity", "unknown_entity"),
        ("lesion.region", "region_contradicts_bone"),
        ("lesion.suspected", "wrong_kind"),
        ("imaging.xray.two_views", "contradicts"),
        ("imaging.mri", "wrong_kind"),
        ("resection.margin", "not_allowed"),
        ("resection.response_percent", "do_not_add_up"),
        ("unknown", "unknown_key"),
    ]


def test_the_reference_date_of_the_case_wins_over_today(catalogue):
    given = {"reference_date": "2000-01-01", "patient": {"birth_date": "1990-01-01", "age_years": 10}}
    assert check_case(given, catalogue, TODAY).patient.age_years == 10


def test_a_birthday_makes_no_case_unreadable(catalogue):
    """Both agreed when the file was written, and it names no date."""
    given = b'{"patient": {"birth_date": "2008-11-24", "age_years": 17}}'
    for day in (TODAY, TODAY + datetime.timedelta(days=1), TODAY + datetime.timedelta(days=365)):
        assert read_case(given, catalogue, day).patient.age_years == 17
    with pytest.raises(CaseFaults):
        read_case(given, catalogue, TODAY + datetime.timedelta(days=366))


def test_beside_a_birth_date_an_age_can_be_left_out():
    case = Case.model_validate({"patient": {"birth_date": "2008-11-24", "age_years": 17, "given_name": "Noor"}})
    left = case.without_age_beside_birth_date()
    assert left == Case.model_validate({"patient": {"birth_date": "2008-11-24", "given_name": "Noor"}})
    for other in ({}, {"patient": {"age_years": 17}}, {"patient": {"birth_date": "2008-11-24"}}):
        assert Case.model_validate(other).without_age_beside_birth_date() == Case.model_validate(other)


def test_a_fault_never_repeats_what_identifies_a_person(catalogue):
    given = {"patient": {"bsn": "111222334", "sex": "Jansen", "given_name": 12345, "phone": ["0612345678"]}}
    with pytest.raises(CaseFaults) as refused:
        check_case(given, catalogue, TODAY)
    said = str(refused.value) + repr(refused.value.faults)
    assert not any(secret in said for secret in ("111222334", "Jansen", "12345", "0612345678"))


def test_a_list_as_the_whole_of_a_form_is_refused_too(catalogue):
    with pytest.raises(CaseFaults):
        check_case([], catalogue, TODAY)


def test_a_grade_that_the_entity_rules_out_is_refused(faults_of):
    given = {"lesion": {"entity": "chondrosarcoma_grade_1", "chondrosarcoma_grade": "grade_2"}}
    expected = ("lesion.chondrosarcoma_grade", "grade_contradicts_entity", {"other": "lesion.entity"})
    assert faults_of(given) == [expected]


@pytest.mark.parametrize("grade", ["grade_1", "uncertain"])
def test_a_grade_that_the_entity_allows_is_read(catalogue, grade):
    given = {"lesion": {"entity": "chondrosarcoma_grade_1", "chondrosarcoma_grade": grade}}
    assert read_case(json.dumps(given).encode(), catalogue, TODAY).lesion.chondrosarcoma_grade == grade


@pytest.mark.parametrize(
    ("left_out", "path", "code"),
    [
        ([{"action": "imaging.mri_dwi"}], "letter.left_out[0].reason", "missing"),
        ([{"action": "imaging.mri_dwi", "reason": None}], "letter.left_out[0].reason", "missing"),
        ([{"action": "imaging.mri_dwi", "reason": " \n"}], "letter.left_out[0].reason", "missing"),
        ([{"reason": "al gemaakt"}], "letter.left_out[0].action", "missing"),
        ([{"action": "Geen DWI", "reason": "al gemaakt"}], "letter.left_out[0].action", "not_an_action"),
    ],
)
def test_nothing_is_left_out_of_a_letter_without_a_reason(faults_of, left_out, path, code):
    assert faults_of({"letter": {"left_out": left_out}}) == [(path, code, {})]


def test_an_action_of_another_edition_may_stay_left_out(catalogue):
    given = {"letter": {"left_out": [{"action": "imaging.of_tomorrow", "reason": "al gemaakt"}]}}
    case = read_case(json.dumps(given).encode(), catalogue, TODAY)
    assert [(each.action, each.reason) for each in case.letter.left_out] == [("imaging.of_tomorrow", "al gemaakt")]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"lesion": {"entity": "osteomyelitis"}}, "lesion.entity"),
        ({"lesion": {"differential": ["stress_fracture", "paget_disease"]}}, "lesion.differential"),
        ({"pathology": {"histology_differential": ["brown_tumour"]}}, "pathology.histology_differential"),
    ],
)
def test_what_is_no_tumour_names_none_by_itself(faults_of, given, field):
    assert faults_of(given) == [(field, "names_no_tumour", {})]


@pytest.mark.parametrize(
    "given",
    [
        {"lesion": {"differential": ["ewing_sarcoma", "osteomyelitis"]}},
        {"lesion": {"differential": ["uncertain", "osteomyelitis"]}},
        {"pathology": {"histology": "osteomyelitis"}},
    ],
)
def test_what_is_no_tumour_may_stand_beside_one_or_be_a_histology(catalogue, given):
    assert check_case(given, catalogue, TODAY) == Case.model_validate(given)
