"""The case inside a letter: what the letter shows and the rules read goes along, nothing else; and it comes back."""

import datetime
import io
import json
from random import Random

import pikepdf
import pytest

from desktop_app.exchange.fhir.bundle import FILE_NAME as BUNDLE_NAME
from desktop_app.exchange.letter_reading import read_letter
from desktop_app.exchange.made_paper import what_travels
from desktop_app.exchange.travelling_case import FILE_NAME, SHOWN, content_hash, travelling_case
from desktop_app.exchange.travelling_case import _travels as travels
from desktop_app.papers.letter.plain_text import letter_text
from guideline_core.case import Case
from guideline_core.contract import fields
from guideline_core.fields import FieldClass
from tests.desktop_app.exchange.cases import FULL, examples, random_cases, textbook_cases
from tests.desktop_app.exchange.conftest import SETTINGS, VERIFIED
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.made_letter import letter_for

MARK = "Kenteken"
ROUND_TRIPS = 30


def files_in(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {name: opened.attachments[name].get_file().read_bytes() for name in opened.attachments}


def everything_in(pdf):
    """All bytes of a PDF: as they are, and each stream unpacked, text drawn with subset fonts aside."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [each.read_bytes() for each in opened.objects if isinstance(each, pikepdf.Stream)]
    return b"\n".join([pdf, *streams])


# --- there and back ---------------------------------------------------------------------------------------------------


def test_what_travels_comes_back(document, opened, edition):
    chance = Random(5)
    for case in (*examples(), *textbook_cases()[::4], *random_cases(edition, ROUND_TRIPS), Case()):
        settings = chance.choice((SETTINGS, VERIFIED))
        read = read_letter(document(case, settings).pdf, opened, DAY)
        assert read.case == travelling_case(case, settings.identity_verified)
        assert [each.key for each in read.findings] == ["no_signature"]


def test_what_travels_gives_the_same_plan(opened, edition):
    for case in (*random_cases(edition, ROUND_TRIPS), Case.model_validate(FULL)):
        travelled = travelling_case(case, False)
        planner = opened.planner
        assert planner.make_plan(travelled, DAY) == planner.make_plan(case, DAY)


def test_what_travels_gives_the_same_letter(opened, dutch, edition):
    for case in (*random_cases(edition, 20), Case.model_validate(FULL)):
        for settings in (SETTINGS, VERIFIED):
            travelled = travelling_case(case, settings.identity_verified)
            before, after = (_said(letter_for(each, opened, dutch, settings, DAY)) for each in (case, travelled))
            assert after == before


def _said(letter):
    """The letter without its fingerprints, which tell any difference."""
    return [line for line in letter_text(letter).splitlines() if letter.footer.case_fingerprint not in line]


def test_nothing_travels_twice_as_something_else():
    case = Case.model_validate(FULL)
    once = travelling_case(case, True)
    assert travelling_case(once, True) == once


# --- only what the letter shows ---------------------------------------------------------------------------------------


LETTER_ONLY = {path for path, field in fields().items() if field.field_class is FieldClass.LETTER}


@pytest.mark.parametrize(
    "path", sorted(path for path in LETTER_ONLY & SHOWN if path.startswith(("letter.", "images.sent_by")))
)
def test_the_letter_shows_each_text_that_travels(opened, dutch, path):
    group, name = path.split(".")
    for answers in (cases.CHILD_OSTEOSARCOMA, cases.CHILD_FIBROMA_BY_CHANCE, cases.SPINAL_METASTASES, {}):
        case = Case.model_validate(changed(answers, **{group: {name: MARK}}))
        assert MARK in letter_text(letter_for(case, opened, dutch, VERIFIED, DAY))


def test_every_field_of_the_list_exists_and_no_rule_reads_it():
    assert SHOWN <= LETTER_ONLY


@pytest.mark.parametrize("path", ["letter.left_out", "letter.internal_note", "patient.nickname", "images.account"])
def test_a_field_that_nobody_listed_stays_at_home(path):
    assert not travels(path, Case(), identity_verified=True)


def test_place_and_day_of_an_examination_travel_once_it_was_made():
    place = {"xray": {"done": False, "place": MARK, "date": "2026-11-01"}, "pet_ct": {"done": True, "place": MARK}}
    imaging = travelling_case(Case.model_validate({"imaging": place}), True).imaging
    assert (imaging.xray.place, imaging.xray.date, imaging.pet_ct.place) == (None, None, MARK)


def test_the_bsn_travels_only_when_it_was_verified(document):
    assert b"111222333" not in everything_in(document(cases.CHILD_OSTEOSARCOMA, SETTINGS).pdf)
    assert all(b"111222333" in each for each in files_in(document(cases.CHILD_OSTEOSARCOMA, VERIFIED).pdf).values())


def test_what_the_letter_does_not_show_is_nowhere_in_the_file(document):
    answers = changed(cases.CHILD_OSTEOSARCOMA, imaging={"ct_thorax": {"done": False, "place": MARK}})
    assert MARK.encode() not in everything_in(document(answers).pdf)
    shown = changed(cases.CHILD_OSTEOSARCOMA, imaging={"ct_thorax": {"done": True, "place": MARK}})
    assert MARK.encode() in everything_in(document(shown).pdf)  # the search finds what is there


def test_no_case_travels_unless_asked_for(document):
    plain = document(cases.CHILD_OSTEOSARCOMA, attach_case=False)
    assert files_in(plain.pdf) == {}
    assert what_travels(plain.order) == ()
    assert b"osteosarcoma" not in everything_in(plain.pdf)


def test_identity_is_in_the_attached_files_and_on_the_pages_only(document):
    pdf = document(cases.CHILD_OSTEOSARCOMA).pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = [str(each) for each in (*opened.docinfo.values(), *opened.attachments)]
        specifications = [opened.attachments[name].description for name in opened.attachments]
    for identity in ("Bedacht", "Proef ", "111222333", "0000471", "2012"):
        assert identity not in " ".join([*names, *specifications])


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_file_says_under_what_it_was_made_and_what_its_hash_is_worth(document, opened):
    data = json.loads(files_in(document(cases.CHILD_OSTEOSARCOMA).pdf)[FILE_NAME])
    from desktop_app import __version__

    assert (data["format"], data["format_version"], data["case"]["schema_version"]) == ("botwijzer-case", 1, 1)
    assert data["program"] == {"name": "Botwijzer", "version": __version__}
    assert data["guideline"]["sha256"] == opened.tables.guideline.sha256
    assert data["planned_for"] == "2026-11-23"
    about = " ".join(data["about"])
    for words in ("concept", "CE-markering", "advies", "geen handtekening"):
        assert words in about
    assert data["sha256"] == content_hash(data)


def test_the_rules_in_the_file_are_rules_of_the_plan(document, opened):
    case = Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    data = json.loads(files_in(document(case).pdf)[FILE_NAME])
    plan = opened.planner.make_plan(case, DAY)
    behind = [*plan.recommendations, *plan.meanwhile, *plan.alerts, plan.referral]
    assert set(data["rules"]) <= {rule for each in behind for rule in each.rules}
    assert "M3-R2.no-biopsy-without-consultation" in data["rules"]


def test_the_hash_does_not_depend_on_order_or_indent_and_tells_every_change(document):
    data = json.loads(files_in(document(FULL).pdf)[FILE_NAME])
    shuffled = json.loads(json.dumps(dict(reversed(data.items())), indent=4))
    assert content_hash(shuffled) == data["sha256"]
    for change in ({"language": "en"}, {"rules": data["rules"][1:]}, {"case": {**data["case"], "phase": "work_up"}}):
        assert content_hash({**data, **change}) != data["sha256"]


def test_the_files_are_associated_with_the_document(document):
    with pikepdf.open(io.BytesIO(document(cases.CHILD_OSTEOSARCOMA).pdf)) as opened:
        associated = {str(each.F): str(each.AFRelationship) for each in opened.Root.AF}
        kinds = {name: opened.attachments[name].get_file().mime_type for name in opened.attachments}
    assert associated == {FILE_NAME: "/Source", BUNDLE_NAME: "/Alternative"}
    assert kinds == {FILE_NAME: "application/json", BUNDLE_NAME: "application/fhir+json"}


def test_the_same_case_gives_the_same_bytes(document):
    assert document(FULL).pdf == document(FULL).pdf
    assert document(FULL).pdf != document(changed(FULL, letter={"remarks": "anders"})).pdf


def test_what_travels_is_said_in_words(document, library):
    said = what_travels(document(cases.CHILD_OSTEOSARCOMA, SETTINGS).order)
    assert "BSN" not in " ".join(said)
    assert any("Achternaam" in line and "Geboortedatum" in line for line in said)
    assert any("BSN" in line for line in what_travels(document(cases.CHILD_OSTEOSARCOMA, VERIFIED).order))
    nobody = what_travels(document(cases.UNDECIDED, language="en").order)
    assert "Nothing that identifies the patient" in nobody


def test_a_day_elsewhere_in_the_case_is_kept(opened, document):
    case = Case.model_validate({"reference_date": "2026-10-01", "lesion": {"category": "malignant"}})
    assert read_letter(document(case).pdf, opened, DAY).case.reference_date == datetime.date(2026, 10, 1)
