"""A patient from FHIR: what is taken over, what is doubted, and that nothing that was typed is lost."""

import datetime
import json
import time

import pytest

from desktop_app.exchange.finding import Weight
from desktop_app.exchange.patient.merging import Conflict, merge_patient, take_found
from desktop_app.exchange.patient.reading import patient_from_fhir
from guideline_core.case import Case, Patient
from tests.desktop_app.exchange.conftest import SETTINGS
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY

BSN_SYSTEM = "http://fhir.nl/fhir/NamingSystem/bsn"
NAME = "http://hl7.org/fhir/StructureDefinition/humanname-"
QUALIFIER = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier"
MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}


@pytest.fixture(scope="module")
def read(dutch):
    def found(content):
        given = content if isinstance(content, bytes) else json.dumps(content).encode()
        got = patient_from_fhir(given, DAY, dutch)
        for finding in got.findings:
            assert finding.message(dutch)
        return got.patient, [each.key for each in got.findings]

    return found


def patient(**elements):
    return {"resourceType": "Patient", **elements}


def extensions(**parts):
    return {
        "extension": [{"url": f"{NAME}{key.replace('_', '-')}", "valueString": said} for key, said in parts.items()]
    }


FULL = patient(
    identifier=[{"system": BSN_SYSTEM, "value": "111222333"}, {"type": MR, "value": "0000471"}],
    active=True,
    name=[{"use": "official", "family": "van den Bedacht", "given": ["Proef"]}],
    telecom=[{"system": "phone", "value": "06 00000000"}, {"system": "email", "value": "proef@voorbeeld.invalid"}],
    gender="female",
    birthDate="1980-02-29",
    address=[{"line": ["Lindelaan 12"], "postalCode": "0000 AB", "city": "Nergenshuizen", "country": "Nederland"}],
    generalPractitioner=[{"display": "H. Verzonnen"}],
)


def test_a_full_patient(read):
    found, keys = read(FULL)
    assert found == Patient(
        birth_date=datetime.date(1980, 2, 29),
        sex="female",
        given_name="Proef",
        family_name="van den Bedacht",
        bsn="111222333",
        patient_number="0000471",
        address="Lindelaan 12, 0000 AB Nergenshuizen",
        phone="06 00000000",
        email="proef@voorbeeld.invalid",
        general_practitioner="H. Verzonnen",
    )
    assert keys == ["bsn_to_verify"]


def test_what_this_program_exports_it_can_read(read, bundle):
    from tests.desktop_app.exchange.conftest import VERIFIED

    for settings, bsn in ((SETTINGS, None), (VERIFIED, "111222333")):
        found, _ = read(bundle(cases.CHILD_OSTEOSARCOMA, settings))
        expected = Case.model_validate(cases.CHILD_OSTEOSARCOMA).patient
        assert found == expected.model_copy(update={"bsn": bsn})


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ({"family": "de Vries", "given": ["Jan", "Piet"]}, "de Vries", "Jan Piet"),
        # nl-core: the family name is whole, the extensions repeat its parts
        (
            {"family": "van der Hoek", "_family": extensions(own_prefix="van der", own_name="Hoek")},
            "van der Hoek",
            None,
        ),
        # systems that leave the prefix out of the family name
        ({"family": "Hoek", "_family": extensions(own_prefix="van der", own_name="Hoek")}, "van der Hoek", None),
        # only the parts
        ({"_family": extensions(own_prefix="van der", own_name="Hoek")}, "van der Hoek", None),
        (
            {
                "extension": [{"url": f"{NAME}assembly-order", "valueCode": "NL4"}],
                "_family": extensions(own_prefix="van der", own_name="Hoek", partner_prefix="de", partner_name="Jong"),
            },
            "van der Hoek-de Jong",
            None,
        ),
        (
            {
                "extension": [{"url": f"{NAME}assembly-order", "valueCode": "NL3"}],
                "_family": extensions(own_name="Hoek", partner_prefix="de", partner_name="Jong"),
            },
            "de Jong-Hoek",
            None,
        ),
        # full names before initials and before the name by which one is called
        (
            {
                "family": "Vries",
                "given": ["Johanna", "J.", "Jo"],
                "_given": [
                    {"extension": [{"url": QUALIFIER, "valueCode": "BR"}]},
                    {"extension": [{"url": QUALIFIER, "valueCode": "IN"}]},
                    {"extension": [{"url": QUALIFIER, "valueCode": "CL"}]},
                ],
            },
            "Vries",
            "Johanna",
        ),
        (
            {"family": "Vries", "given": ["J."], "_given": [{"extension": [{"url": QUALIFIER, "valueCode": "IN"}]}]},
            "Vries",
            "J.",
        ),
        # the prefix of HumanName is a title, no "voorvoegsel"
        ({"prefix": ["dr."], "family": "Vries", "given": ["Jan"]}, "Vries", "Jan"),
    ],
)
def test_dutch_names(read, name, family, given):
    found, keys = read(patient(name=[name]))
    assert (found.family_name, found.given_name) == (family, given)
    assert keys == []


def test_of_several_names_the_official_one_is_taken_and_the_old_one_is_not(read):
    names = [
        {"use": "old", "family": "Vroeger"},
        {"use": "maiden", "family": "Meisje"},
        {"use": "usual", "family": "Bekend"},
        {"use": "official", "family": "Officieel", "period": {"start": "2000"}},
        {"use": "official", "family": "Afgelopen", "period": {"end": "2020-01-01"}},
    ]
    found, keys = read(patient(name=names))
    assert found.family_name == "Officieel"
    assert keys == ["several_names", "other_names_left_out"]


@pytest.mark.parametrize(
    ("name", "family", "given", "expected"),
    [
        # older FHIR: a family name is a list of its parts
        ({"family": ["van den Bedacht"], "given": ["Proef"]}, "van den Bedacht", "Proef", ["family_name_in_parts"]),
        ({"family": ["van den", "Bedacht"]}, "van den Bedacht", None, ["family_name_in_parts"]),
        ({"family": ["Bedacht", 7]}, "Bedacht", None, ["no_name", "family_name_in_parts"]),
        # a number, or another shape, where a name belongs
        ({"family": 7, "given": ["Proef"]}, None, "Proef", ["no_name"]),
        ({"family": "12345", "given": ["Proef"]}, None, "Proef", ["no_name"]),
        ({"family": {"value": "Bedacht"}, "given": ["Proef"]}, None, "Proef", ["no_name"]),
        ({"family": True, "given": ["Proef"]}, None, "Proef", ["no_name"]),
        ({"family": "Bedacht", "given": [7]}, "Bedacht", None, ["no_name"]),
        ({"family": "Bedacht", "given": ["Proef", 7]}, "Bedacht", "Proef", ["no_name"]),
        ({"family": "Bedacht", "given": 7}, "Bedacht", None, ["no_name"]),
        ({"family": "Bedacht", "text": 7}, "Bedacht", None, ["no_name"]),
        ({"text": "12345", "given": ["Proef"]}, None, "Proef", ["no_name"]),
        # text and parts
        ({"text": "Jan de Vries", "family": "Jansen"}, "Jansen", None, ["name_text_differs"]),
        ({"text": "Jan de Vries", "family": "Vries", "given": ["Jan"]}, "Vries", "Jan", ["name_text_differs"]),
        ({"text": "Piet de Vries", "family": "de Vries", "given": ["Jan"]}, "de Vries", "Jan", ["name_text_differs"]),
        ({"text": "J. van der Hoek-de Jong", "family": "van der Hoek"}, "van der Hoek", None, ["name_text_differs"]),
        ({"text": "Jan de Vries", "family": "de Vries", "given": ["Jan"]}, "de Vries", "Jan", []),
        ({"text": "de Vries, J.P.", "family": "de Vries", "given": ["Jan", "Piet"]}, "de Vries", "Jan Piet", []),
        ({"text": "Mw. J. de Vries", "family": "de Vries", "given": ["Johanna"]}, "de Vries", "Johanna", []),
        ({"text": "Jo DE VRIËS", "family": "de Vries", "given": ["Johanna"]}, "de Vries", "Johanna", []),
        # when it is in use
        ({"family": "Bedacht", "period": {"end": "2026-11-22"}}, None, None, ["name_not_in_use"]),
        ({"family": "Bedacht", "period": {"end": "2025"}}, None, None, ["name_not_in_use"]),
        ({"text": "Proef Bedacht", "period": {"end": "2025"}}, None, None, ["name_not_in_use"]),
        ({"family": "Bedacht", "period": {"start": "2026-11-24"}}, None, None, ["name_not_in_use"]),
        ({"family": "Bedacht", "use": "old"}, None, None, ["name_not_in_use"]),
        ({"family": "Bedacht", "period": {"end": "2026-11-23"}}, "Bedacht", None, []),
        ({"family": "Bedacht", "period": {"start": "2026-11-23T08:00:00Z"}}, "Bedacht", None, []),
        ({"family": "Bedacht", "period": {"end": "01-01-2020"}}, "Bedacht", None, ["name_period_unreadable"]),
        ({"family": "Bedacht", "period": {"end": 2020}}, "Bedacht", None, ["name_period_unreadable"]),
        ({"family": "Bedacht", "period": "2020"}, "Bedacht", None, ["name_period_unreadable"]),
    ],
)
def test_a_name_is_never_dropped_or_misread_in_silence(read, name, family, given, expected):
    found, keys = read(patient(name=[name], gender="male"))
    assert (found.family_name, found.given_name, keys) == (family, given, expected)


@pytest.mark.parametrize("name", ["Proef Bedacht", ["Proef Bedacht"], 7, [7], [{"family": "Bedacht"}, "Anders"]])
def test_a_name_that_has_not_the_shape_of_one(read, name):
    assert "no_name" in read(patient(name=name, gender="male"))[1]


def test_a_former_name_beside_the_present_one_is_told(read):
    names = [{"family": "Nu"}, {"family": "Vroeger", "period": {"end": "2020"}}, {"family": "Meisje", "use": "maiden"}]
    found, keys = read(patient(name=names))
    assert (found.family_name, keys) == ("Nu", ["other_names_left_out"])
    same = [{"family": "Nu"}, {"family": "nu", "use": "old"}]
    assert read(patient(name=same))[1] == []


def test_no_finding_repeats_a_name(dutch):
    names = [{"family": ["Bedacht", 7], "given": [8], "text": "Heel Anders"}, {"family": "Vroeger", "use": "old"}]
    got = patient_from_fhir(json.dumps(patient(name=names)).encode(), DAY, dutch)
    said = "".join(each.message(dutch) + repr(each) for each in got.findings)
    assert len(got.findings) == 5 and not any(word in said for word in ("Bedacht", "Anders", "Vroeger"))


def test_the_same_name_twice_is_no_doubt(read):
    names = [{"use": "official", "family": "Vries"}, {"use": "usual", "family": "vries", "given": ["Jo"]}]
    found, keys = read(patient(name=names))
    assert (found.family_name, found.given_name, keys) == ("Vries", "Jo", [])


def test_a_name_that_is_one_text(read):
    found, keys = read(patient(name=[{"text": "Proef van den Bedacht"}]))
    assert (found.family_name, found.given_name) == ("Proef van den Bedacht", None)
    assert keys == ["name_as_text"]


# --- numbers and dates ------------------------------------------------------------------------------------------------


def test_a_wrong_bsn_is_not_taken_nor_repeated(read, dutch):
    content = patient(identifier=[{"system": BSN_SYSTEM, "value": "111222334"}], gender="male")
    found, keys = read(content)
    assert (found.bsn, keys) == (None, ["bsn_invalid"])
    got = patient_from_fhir(json.dumps(content).encode(), DAY, dutch)
    assert "111222334" not in repr(got) + "".join(each.message(dutch) for each in got.findings)


def test_different_bsns_are_not_chosen_from(read):
    identifiers = [{"system": BSN_SYSTEM, "value": value} for value in ("111222333", "123456782")]
    found, keys = read(patient(identifier=identifiers, gender="male"))
    assert (found.bsn, keys) == (None, ["several_bsn"])


def test_a_bsn_by_its_oid_with_points_and_one_that_is_masked(read):
    identifiers = [
        {"system": "urn:oid:2.16.840.1.113883.2.4.6.3", "value": "1112.22.333"},
        {"system": BSN_SYSTEM, "_value": {"extension": [{"valueCode": "masked"}]}},
    ]
    assert read(patient(identifier=identifiers))[0].bsn == "111222333"


ABSENT = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]}


@pytest.mark.parametrize(
    ("identifier", "key"),
    [
        ({"value": "999****99"}, "bsn_masked"),
        ({"value": "*********"}, "bsn_masked"),
        ({"value": "XXXXX2333"}, "bsn_masked"),
        ({"_value": ABSENT}, "bsn_masked"),
        ({"value": "111222334"}, "bsn_invalid"),
        ({"value": "100006"}, "bsn_invalid"),  # with three zeros it passes the 11-test
        ({"value": "onbekend"}, "bsn_invalid"),
        ({"value": 111222333}, "not_a_text"),
        ({"value": ["111222333"]}, "not_a_text"),
    ],
)
def test_a_bsn_that_cannot_be_taken_is_told_and_not_repeated(read, dutch, identifier, key):
    content = patient(identifier=[{"system": BSN_SYSTEM, **identifier}], gender="male")
    found, keys = read(content)
    assert (found.bsn, keys) == (None, [key])
    said = "".join(each.message(dutch) for each in patient_from_fhir(json.dumps(content).encode(), DAY, dutch).findings)
    assert not any(sign.isdigit() and sign != "1" for sign in said)  # 11-proef


def test_a_bsn_without_its_leading_zero_is_to_be_verified_like_any(read):
    identifiers = [{"system": BSN_SYSTEM, "value": value} for value in ("10000008", "010000008")]
    found, keys = read(patient(identifier=identifiers))
    assert (found.bsn, keys) == ("010000008", ["bsn_to_verify"])


@pytest.mark.parametrize(
    "element",
    [
        {"birthDate": 19800229},
        {"gender": 1},
        {"identifier": [{"type": MR, "value": 471}]},
        {"telecom": [{"system": "phone", "value": 600000000}]},
        {"telecom": [{"system": "email", "value": {"text": "proef@voorbeeld.invalid"}}]},
    ],
)
def test_what_is_no_text_is_not_dropped_in_silence(read, element):
    found, keys = read(patient(name=[{"family": "Bedacht"}], **element))
    assert (found, keys) == (Patient(family_name="Bedacht"), ["not_a_text"])


def test_the_number_of_the_clinic_is_not_guessed_among_others(read):
    others = [{"system": "urn:a", "value": "1"}, {"system": "urn:b", "value": "2"}]
    assert read(patient(identifier=others, gender="male"))[0].patient_number is None
    assert read(patient(identifier=others[:1]))[0].patient_number == "1"
    passport = {"type": {"coding": [{"code": "PPN"}]}, "value": "NP1"}
    assert read(patient(identifier=[passport], gender="male"))[0].patient_number is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1980", "birth_date_partial"),
        ("1980-02", "birth_date_partial"),
        ("1981-02-29", "birth_date_impossible"),
        ("2026-11-24", "birth_date_impossible"),
        ("1880-01-01", "birth_date_impossible"),
        ("29-02-1980", "birth_date_impossible"),
    ],
)
def test_birth_dates_that_are_not_taken(read, written, key):
    found, keys = read(patient(birthDate=written, gender="male"))
    assert (found.birth_date, keys) == (None, [key])


def test_a_sex_that_fhir_does_not_know(read):
    assert read(patient(gender="V", birthDate="1980-01-01"))[1] == ["sex_unknown_code"]


# --- where it is, who is the doctor -----------------------------------------------------------------------------------


def test_the_number_on_which_somebody_is_reached_and_no_old_one(read):
    telecom = [
        {"system": "phone", "use": "work", "value": "010"},
        {"system": "phone", "use": "old", "value": "020"},
        {"system": "phone", "use": "mobile", "value": "06"},
        {"system": "fax", "value": "030"},
        {"system": "email", "value": "een@voorbeeld.invalid", "rank": 2},
        {"system": "email", "value": "twee@voorbeeld.invalid", "rank": 1},
    ]
    found, keys = read(patient(telecom=telecom))
    assert (found.phone, found.email) == ("06", "twee@voorbeeld.invalid")
    assert keys == ["several_contacts", "several_contacts"]


def test_the_home_address_goes_before_the_postal_one(read):
    addresses = [
        {"use": "work", "text": "Werk"},
        {"use": "home", "type": "postal", "text": "Postbus"},
        {"use": "home", "type": "both", "line": ["Laan 1", "2 hoog"], "city": "Luik", "country": "BE"},
    ]
    assert read(patient(address=addresses))[0].address == "Laan 1, 2 hoog, Luik, BE"


def test_the_general_practitioner_by_reference(read):
    doctor = {"resourceType": "Practitioner", "id": "gp", "name": [{"prefix": ["dr."], "family": "Verzonnen"}]}
    role = {
        "resourceType": "PractitionerRole",
        "id": "role",
        "practitioner": {"reference": "#gp"},
        "organization": {"display": "De Bron"},
    }
    practice = {"resourceType": "Organization", "name": "Huisartsen De Bron"}
    inside = patient(contained=[doctor, role], generalPractitioner=[{"reference": "#role"}])
    assert read(inside)[0].general_practitioner == "dr. Verzonnen, De Bron"
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"fullUrl": "urn:uuid:1", "resource": patient(generalPractitioner=[{"reference": "urn:uuid:2"}])},
            {"fullUrl": "urn:uuid:2", "resource": practice},
        ],
    }
    assert read(bundle)[0].general_practitioner == "Huisartsen De Bron"


def test_references_that_go_round_end(read):
    role = {"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "#r"}}
    assert read(patient(contained=[role], generalPractitioner=[{"reference": "#r"}], gender="male"))[1] == []


# --- whose file it is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("elements", "key"),
    [
        ({"deceasedBoolean": True}, "deceased"),
        ({"deceasedDateTime": "2020-01-01"}, "deceased"),
        ({"active": False}, "inactive"),
        ({"link": [{"type": "replaced-by", "other": {"reference": "Patient/2"}}]}, "replaced"),
    ],
)
def test_a_patient_that_may_be_the_wrong_one(dutch, elements, key):
    got = patient_from_fhir(json.dumps(patient(gender="male", **elements)).encode(), DAY, dutch)
    assert [(each.key, each.weight) for each in got.findings] == [(key, Weight.CAUTION)]
    assert (
        patient_from_fhir(json.dumps(patient(gender="male", deceasedBoolean=False)).encode(), DAY, dutch).findings == ()
    )


def entries(*resources):
    return {
        "resourceType": "Bundle",
        "entry": [{"fullUrl": f"urn:uuid:{n}", "resource": r} for n, r in enumerate(resources)],
    }


def test_of_several_patients_the_one_whom_the_document_is_about(read):
    two = (patient(id="a", gender="male"), patient(id="b", gender="female"))
    assert read(entries(*two))[1] == ["several_patients"]
    for reference in ("urn:uuid:2", "Patient/b"):
        composition = {"resourceType": "Composition", "subject": {"reference": reference}}
        assert read(entries(composition, *two))[0].sex == "female"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "not_json"),
        (b"\xff\xfe\x00", "not_utf8"),
        (b"[" * 200_000, "fhir_too_full"),
        (b"[]", "not_fhir"),
        (b'{"resourceType": 3}', "not_fhir"),
        (b'{"resourceType": "Observation"}', "not_fhir"),
        (b"  <Patient xmlns='http://hl7.org/fhir'/>", "fhir_is_xml"),
        (b'{"resourceType": "Bundle"}', "no_patient"),
        (b'{"resourceType": "Bundle", "entry": [3, {"resource": 3}]}', "no_patient"),
        (b'{"resourceType": "Patient"}', "nothing_usable"),
    ],
)
def test_files_without_a_patient(read, content, key):
    assert read(content) == (Patient(), [key])


def test_a_file_that_is_too_large(read):
    assert read(b" " * 20_000_001) == (Patient(), ["fhir_too_large"])


def test_whatever_has_another_shape_counts_as_not_there(read):
    """Each element of a full patient, replaced by things of every shape, is no crash and costs no other element."""
    for element in FULL.keys() - {"resourceType"}:
        for shape in (None, 3, "tekst", True, [], {}, [None], [3], ["tekst"], [{}], {"x": [1]}, [[[]]]):
            found, _ = read({**FULL, element: shape})
            kept = found.model_dump(exclude_none=True).keys()
            assert len(kept) >= 8, (element, shape)
    for inner in ("identifier", "name", "telecom", "address", "generalPractitioner"):
        for key in FULL[inner][0]:
            for shape in (None, 3, [], {}, [None], [3]):
                read({**FULL, inner: [{**FULL[inner][0], key: shape}]})


def test_signs_that_would_be_obeyed_show_and_too_long_words_are_left_out(read, dutch):
    found, keys = read(patient(name=[{"family": "Be\x00da\u202echt\n  Proef", "given": ["x" * 401]}]))
    assert (found.family_name, found.given_name) == ("Be\\u0000da\\u202echt Proef", None)
    assert keys == ["too_long"]


# --- into the case ----------------------------------------------------------------------------------------------------


FOUND = Patient(family_name="Bedacht", phone="06 1", birth_date=datetime.date(1980, 2, 29))


def test_an_empty_step_is_filled(read):
    conflicts, merged = merge_patient(Case.model_validate(cases.UNDECIDED), FOUND, DAY)
    assert conflicts == ()
    assert merged.patient == FOUND
    assert merged.lesion == Case.model_validate(cases.UNDECIDED).lesion


def test_what_was_typed_stays_until_the_user_chooses():
    case = Case.model_validate({"patient": {"family_name": "Anders", "phone": "06 1", "sex": "male"}})
    conflicts, merged = merge_patient(case, FOUND, DAY)
    assert conflicts == (Conflict("patient.family_name", "Anders", "Bedacht"),)
    assert conflicts[0].may_be_somebody_else
    assert (merged.patient.family_name, merged.patient.sex, merged.patient.birth_date) == (
        "Anders",
        "male",
        FOUND.birth_date,
    )
    assert take_found(merged, conflicts).patient.family_name == "Bedacht"
    assert take_found(merged, ()).patient == merged.patient


def test_another_way_of_writing_is_no_conflict():
    case = Case.model_validate({"patient": {"family_name": " bedacht "}})
    conflicts, merged = merge_patient(case, Patient(family_name="Bedacht"), DAY)
    assert (conflicts, merged) == ((), case)


def test_an_age_that_was_typed_is_compared_with_the_birth_date():
    agrees = Case.model_validate({"patient": {"age_years": 46}})
    conflicts, merged = merge_patient(agrees, FOUND, DAY)
    assert (conflicts, merged.patient.birth_date) == ((), FOUND.birth_date)
    differs = Case.model_validate({"patient": {"age_years": 12}})
    conflicts, merged = merge_patient(differs, FOUND, DAY)
    assert conflicts == (Conflict("patient.age_years", 12, FOUND.birth_date),)
    assert (merged.patient.age_years, merged.patient.birth_date) == (12, None)
    chosen = take_found(merged, conflicts)
    assert (chosen.patient.age_years, chosen.patient.birth_date) == (None, FOUND.birth_date)


def test_another_birth_date_or_bsn_may_be_somebody_else():
    case = Case.model_validate({"patient": {"birth_date": "1990-01-01", "bsn": "123456782", "phone": "1"}})
    conflicts, merged = merge_patient(case, Patient(birth_date="1980-02-29", bsn="111222333", phone="2"), DAY)
    assert {each.field: each.may_be_somebody_else for each in conflicts} == {
        "patient.birth_date": True,
        "patient.bsn": True,
        "patient.phone": False,
    }
    assert merged == case
    assert take_found(case, conflicts).patient == Patient(birth_date="1980-02-29", bsn="111222333", phone="2")


def test_a_thousand_practitioners_each_with_a_thousand_resources_take_no_time(read):
    """Each reference is looked up, not searched for: four thousand once took eleven seconds."""
    nobody = [{"reference": f"Practitioner/none-{number}"} for number in range(20_000)]
    contained = [{"resourceType": "Practitioner", "id": f"p{number}"} for number in range(20_000)]
    practitioner = {"resourceType": "Practitioner", "id": "last", "name": [{"text": "Dr. Huisarts"}]}
    patient = {
        "resourceType": "Patient",
        "contained": [*contained, practitioner],
        "generalPractitioner": [*nobody, {"reference": "#last"}],
    }
    began = time.process_time()
    found, _ = read(json.dumps(patient).encode())
    assert found.general_practitioner == "Dr. Huisarts"
    assert time.process_time() - began < 5
