"""The FHIR bundle: valid to other people's validator whatever the case, true to the letter, identity in its place."""

import copy
import json
import re
from xml.etree import ElementTree

import pytest

from desktop_app.papers.letter_kinds import TO_A_CENTRE
from guideline_core.case import Case
from tests.desktop_app.exchange.cases import FULL, examples, random_cases, textbook_cases
from tests.desktop_app.exchange.conftest import SETTINGS, VERIFIED
from tests.desktop_app.exchange.validation import problems_of
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.each_kind import OF_EACH_KIND

BSN = "111222333"
RANDOM_CASES = 25
XHTML = "{http://www.w3.org/1999/xhtml}"


def resources(content, kind):
    found = [entry["resource"] for entry in json.loads(content)["entry"]]
    return [each for each in found if each["resourceType"] == kind]


# --- valid ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_bundle_is_valid_to_the_foreign_validator(bundle, edition, language):
    everything = [
        *examples(),
        *textbook_cases(),
        *random_cases(edition, RANDOM_CASES),
        Case(),
        Case.model_validate(FULL),
    ]
    bundles = [bundle(case, language=language) for case in everything]
    found = {number: problems for number, problems in enumerate(problems_of(bundles)) if problems}
    assert found == {}


def test_every_kind_of_letter_is_valid_and_says_what_it_is(bundle):
    kinds = [(kind, language) for kind in OF_EACH_KIND for language in ("nl", "en")]
    bundles = [bundle(OF_EACH_KIND[kind], language=language, kind=kind) for kind, language in kinds]
    assert dict(zip(kinds, problems_of(bundles), strict=True)) == {each: [] for each in kinds}
    for (kind, _), content in zip(kinds, bundles, strict=True):
        assert bool(resources(content, "ServiceRequest")) is (kind in TO_A_CENTRE)
        for needed in ("Composition", "Patient", "Practitioner", "PractitionerRole", "Organization"):
            assert resources(content, needed), (kind, needed)


def test_a_bundle_without_sender_is_valid(bundle):
    from desktop_app.papers.correspondents import LetterSettings, Sender

    settings = (LetterSettings(), LetterSettings(Sender(name="Dr. A. Proef")), LetterSettings(Sender(phone="000")))
    bundles = [bundle(answers, each) for each in settings for answers in (FULL, cases.CHILD_OSTEOSARCOMA, {})]
    assert problems_of(bundles) == [[]] * len(bundles)


def strings_in(part):
    if isinstance(part, dict):
        return [text for each in part.values() for text in strings_in(each)]
    if isinstance(part, list):
        return [text for each in part for text in strings_in(each)]
    return [part] if isinstance(part, str) else []


def test_every_string_is_one_to_the_pattern_of_fhir_as_json_schemas_read_it(bundle, edition):
    """A blank, an end of line, a tab or a sign (FHIR R4, string), where a no-break space is neither blank nor sign."""
    spaced = changed(cases.CHILD_OSTEOSARCOMA, letter={"history": "12\u00a0mm groei,\u2009in\u202f2026\ufeff"})
    contents = [bundle(case) for case in (*examples(), *random_cases(edition, RANDOM_CASES), spaced)]
    odd = re.compile(r"[^\S\r\n\t ]|\ufeff")
    assert [text for content in contents for text in strings_in(json.loads(content)) if odd.search(text)] == []
    assert b"12 mm groei, in 2026" in contents[-1] and odd.search("12\u00a0mm")


def test_the_parts_of_a_letter_have_the_codes_of_the_dutch_primary_care(bundle):
    """Nictiz-R4-ELZ: envelope 405624007, core 406550009, reason 440378000, treatment 108631000146107, proposal
    240471000146100, further 159121000146100; a part without a code has no word of the machine in its place."""
    [letter] = resources(bundle(FULL), "Composition")
    parts = [part for each in letter["section"] for part in (each, *each.get("section", []))]
    codes = {part["title"]: part["code"]["coding"][0]["code"] for part in parts if "code" in part}
    assert codes["Kern"] == "406550009" and codes["Envelop"] == "405624007"
    assert {each["code"]["coding"][0]["system"] for each in parts if "code" in each} == {"http://snomed.info/sct"}
    known = {"405624007", "406550009", "440378000", "108631000146107", "240471000146100", "159121000146100"}
    assert set(codes.values()) <= known and len(set(codes.values())) == len(codes)
    assert not any("text" in part.get("code", {}) for part in parts)


def broken(bundle, change):
    data = copy.deepcopy(json.loads(bundle))
    change(data, {entry["resource"]["resourceType"]: entry["resource"] for entry in data["entry"]})
    return json.dumps(data).encode()


BREAKAGES = {
    "no status": (lambda data, by: by["ServiceRequest"].pop("status"), "Missing required property"),
    "unknown property": (lambda data, by: by["Patient"].update(shoeSize=43), "shoeSize"),
    "a code of another set": (lambda data, by: by["Patient"].update(gender="M"), "administrative-gender"),
    "an impossible date": (lambda data, by: by["Patient"].update(birthDate="2012-13-40"), "date"),
    "an empty text": (lambda data, by: by["Composition"].update(title=""), "resource.title"),
    "null": (lambda data, by: by["Composition"].update(title=None), "title"),
    "a SNOMED code with a wrong digit": (
        lambda data, by: by["Composition"]["section"][0]["code"]["coding"][0].update(code="405624008"),
        "no SNOMED CT identifier",
    ),
    "no identifier": (lambda data, by: data.pop("identifier"), "bdl-9"),
    "a wrong display": (
        lambda data, by: by["Composition"]["type"]["coding"][0].update(display="Referral"),
        "display",
    ),
    "a code that does not exist": (
        lambda data, by: by["Condition"]["verificationStatus"]["coding"][0].update(code="likely"),
        "likely",
    ),
    "a morphology that is none": (
        lambda data, by: by["Condition"]["code"]["coding"][0].update(code="C40.2"),
        "morphology",
    ),
    "a reference to nowhere": (
        lambda data, by: by["ServiceRequest"]["subject"].update(reference="urn:uuid:0"),
        "not in the bundle",
    ),
    "a reference to the wrong thing": (
        lambda data, by: by["ServiceRequest"]["subject"].update(by["Composition"]["author"][0]),
        "cannot stand here",
    ),
    "something that nothing refers to": (
        lambda data, by: by["Composition"]["section"][0].pop("entry"),
        "nothing refers to ServiceRequest",
    ),
    "the composition is not first": (lambda data, by: data["entry"].reverse(), "begins with its composition"),
    "an empty section": (lambda data, by: by["Composition"]["section"].append({"title": "x"}), "cmp-1"),
}


@pytest.fixture(scope="module")
def refusals(bundle):
    """What is said of each broken bundle; the whole one beside them is valid."""
    whole = bundle(cases.CHILD_OSTEOSARCOMA)
    none, *found = problems_of([whole, *(broken(whole, change) for change, _ in BREAKAGES.values())])
    assert none == []
    return dict(zip(BREAKAGES, found, strict=True))


@pytest.mark.parametrize("name", BREAKAGES)
def test_the_foreign_validator_refuses(refusals, name):
    assert BREAKAGES[name][1] in "\n".join(refusals[name])


def test_its_text_is_xhtml_as_fhir_allows_it(bundle, edition):
    for case in (Case.model_validate(FULL), *random_cases(edition, 5)):
        [composition] = resources(bundle(case), "Composition")
        divs = list(_divs(composition))
        assert len(divs) > 3
        for div in divs:
            tags = {each.tag.removeprefix(XHTML) for each in ElementTree.fromstring(div).iter()}
            assert tags <= {"div", "p", "br", "h4", "table", "thead", "tbody", "tr", "th", "td", "ul", "li"}


def _divs(section):
    if "text" in section:
        yield section["text"]["div"]
    for inner in section.get("section", []):
        yield from _divs(inner)


def test_every_text_of_the_doctor_is_in_it_as_written(bundle):
    [composition] = resources(bundle(changed(FULL, letter={"history": "Pijn <3 mnd & zwelling"})), "Composition")
    said = " ".join("".join(ElementTree.fromstring(div).itertext()) for div in _divs(composition))
    assert "Pijn <3 mnd & zwelling" in said


# --- what it says -----------------------------------------------------------------------------------------------------


def test_a_child_with_a_suspected_osteosarcoma(bundle):
    content = bundle(cases.CHILD_OSTEOSARCOMA)
    [request], [condition] = resources(content, "ServiceRequest"), resources(content, "Condition")
    assert (request["status"], request["intent"], request["priority"]) == ("active", "order", "urgent")
    assert condition["code"]["coding"] == [
        {"system": "http://terminology.hl7.org/CodeSystem/icd-o-3", "code": "9180/3"}
    ]
    assert condition["verificationStatus"]["coding"][0]["code"] == "provisional"
    assert {each["performedDateTime"] for each in resources(content, "Procedure")} == {"2026-11-19", "2026-11-21"}
    [plan] = resources(content, "CarePlan")
    assert (plan["status"], plan["intent"]) == ("draft", "proposal")
    forbidden = [each["detail"] for each in plan["activity"] if each["detail"].get("doNotPerform")]
    assert len(forbidden) == 1
    assert "biops" in forbidden[0]["code"]["text"]
    [recipient, clinic] = sorted(
        resources(content, "Organization"), key=lambda each: each["name"].startswith("Ziekenhuis")
    )
    assert recipient["name"].startswith("Prinses Máxima")
    assert clinic["name"] == "Ziekenhuis Nergenshuizen"


def test_who_writes_has_the_dutch_identifiers(bundle):
    [doctor] = resources(bundle(cases.CHILD_OSTEOSARCOMA), "Practitioner")
    assert {each["system"]: each["value"] for each in doctor["identifier"]} == {
        "http://fhir.nl/fhir/NamingSystem/big": "19012345601",
        "http://fhir.nl/fhir/NamingSystem/agb-z": "03012345",
        "http://fhir.nl/fhir/NamingSystem/uzi-nr-pers": "900012345",
    }


def test_what_asks_nothing_of_a_centre_has_no_request(bundle):
    for answers in (cases.CHILD_FIBROMA_BY_CHANCE, cases.SPINAL_METASTASES):
        assert resources(bundle(answers), "ServiceRequest") == []


def test_an_open_decision_is_a_draft(bundle):
    [request] = resources(bundle(cases.UNDECIDED), "ServiceRequest")
    assert (request["status"], request["intent"]) == ("draft", "proposal")


def test_a_code_that_a_pathologist_must_check_is_not_given(bundle):
    # resources/guideline: chondroblastoma has 9230/0 and a doubt about it
    [condition] = resources(bundle(cases.BENIGN_ACTIVE), "Condition")
    assert condition["code"] == {"text": "Chondroblastoom"}


def test_the_microscope_goes_before_the_suspicion(bundle):
    answers = changed(
        cases.CHILD_OSTEOSARCOMA,
        pathology={"histology": "ewing_sarcoma", "diagnosis": "confirmed_by_expertise_centre"},
    )
    [condition] = resources(bundle(answers), "Condition")
    assert condition["code"]["coding"][0]["code"] == "9364/3"
    assert condition["verificationStatus"]["coding"][0]["code"] == "confirmed"


def test_a_lesion_that_is_not_suspected_is_no_condition(bundle):
    assert resources(bundle({"lesion": {"suspected": False}, "complaints": {"swelling": True}}), "Condition") == []


def test_an_established_metastasis_is_no_suspected_primary_tumour(bundle):
    [condition] = resources(bundle(cases.SPINAL_METASTASES, language="en"), "Condition")
    assert condition["code"] == {"text": "An established metastasis in bone"}
    assert condition["verificationStatus"]["coding"][0]["code"] == "confirmed"


def test_a_lesion_without_a_name_has_that_of_its_category(bundle):
    [condition] = resources(bundle(cases.MALIGNANT_AGE_UNKNOWN, language="en"), "Condition")
    assert condition["code"] == {"text": "A presumably malignant bone tumour"}
    assert condition["verificationStatus"]["coding"][0]["code"] == "unconfirmed"


def test_a_differential_is_one_condition_each(bundle):
    answers = {"lesion": {"differential": ["osteosarcoma", "ewing_sarcoma"], "suspected": True}}
    found = {
        each["code"]["coding"][0]["code"]: each["verificationStatus"]["coding"][0]["code"]
        for each in resources(bundle(answers), "Condition")
    }
    assert found == {"9180/3": "differential", "9364/3": "differential"}


def test_what_depends_on_open_answers_is_no_activity(bundle):
    answers = cases.MALIGNANT_AGE_UNKNOWN
    content = bundle(answers)
    [plan] = resources(content, "CarePlan")
    said = {each["detail"]["code"]["text"] for each in plan["activity"]}
    assert not any("Máxima" in words for words in said)
    assert said


@pytest.mark.parametrize(
    ("language", "words"), [("nl", ("CONCEPT", "CE-markering", "advies")), ("en", ("DRAFT", "CE mark", "advi"))]
)
def test_the_composition_says_draft_no_ce_mark_and_advice(bundle, language, words):
    for answers in (FULL, {}, cases.CHILD_OSTEOSARCOMA, cases.CHILD_FIBROMA_BY_CHANCE):
        [composition] = resources(bundle(answers, language=language), "Composition")
        assert composition["language"] == language
        for each in words:
            assert each in composition["text"]["div"]


def test_its_sections_are_envelope_core_and_file_summary_in_the_order_of_hasp(bundle):
    wanted = ["Envelop", "Kern", "Dossiersamenvatting"]  # of the published draft; see hasp-headings.toml
    for kind, answers in OF_EACH_KIND.items():
        [composition] = resources(bundle(answers, kind=kind), "Composition")
        sections = composition["section"]
        assert [each["title"] for each in sections] in (wanted, wanted[:2]), kind
        inner = [each["title"] for section in sections for each in section.get("section", [])]
        assert len(inner) == len(set(inner)) >= 3, kind


def test_the_doctor_has_not_signed_it(bundle):
    [composition] = resources(bundle(cases.CHILD_OSTEOSARCOMA), "Composition")
    assert composition["status"] == "preliminary"


def test_no_line_to_fill_in_by_hand_is_left(bundle):
    content = bundle(cases.CHILD_OSTEOSARCOMA).decode()
    assert "____" not in content
    assert "[niet ingevuld]" in content


# --- identity ---------------------------------------------------------------------------------------------------------


def test_the_bsn_is_there_only_when_it_was_verified(bundle):
    assert BSN not in bundle(cases.CHILD_OSTEOSARCOMA, SETTINGS).decode()
    verified = bundle(cases.CHILD_OSTEOSARCOMA, VERIFIED)
    [patient] = resources(verified, "Patient")
    assert {"system": "http://fhir.nl/fhir/NamingSystem/bsn", "value": BSN} in patient["identifier"]


def test_identity_stands_with_the_patient_and_in_the_text_of_the_envelope_only(bundle):
    data = json.loads(bundle(cases.CHILD_OSTEOSARCOMA))
    for entry in data["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] == "Composition":
            resource["section"] = resource["section"][1:]
        if resource["resourceType"] != "Patient":
            said = json.dumps(resource, ensure_ascii=False)
            for identity in ("Bedacht", BSN, "0000471", "2012-04-09", "Lindelaan"):
                assert identity not in said, resource["resourceType"]


def test_the_same_letter_gives_the_same_bytes_and_another_one_another_identifier(bundle):
    first, second = bundle(cases.CHILD_OSTEOSARCOMA), bundle(cases.CHILD_OSTEOSARCOMA)
    assert first == second
    other = bundle(changed(cases.CHILD_OSTEOSARCOMA, letter={"question": "Een andere vraag."}))
    assert json.loads(first)["identifier"] != json.loads(other)["identifier"]
    assert json.loads(first)["timestamp"] == f"{DAY.isoformat()}T00:00:00Z"


def test_every_site_and_earlier_surgery_are_in_it(bundle):
    more = {
        "lesion": {"other_sites": [{"bone": "tibia", "side": "right"}]},
        "treatment": {"earlier_unplanned_surgery": True},
    }
    content = bundle(changed(cases.CHILD_OSTEOSARCOMA, **more))
    [condition] = resources(content, "Condition")
    assert len(condition["bodySite"]) == 2
    names = [each["code"]["text"] for each in resources(content, "Procedure")]
    assert "Operatie voordat de diagnose bekend was" in names
