"""From settings to a letter, the directory of centres, the HASP headings, and every phrase that a letter can need."""

import datetime
import json
import time

import pytest

from desktop_app.library.clean_text import cleaned, plain
from desktop_app.papers.centres import read_directory, shipped_centres, shipped_directory
from desktop_app.papers.correspondents import Recipient
from desktop_app.papers.footer import case_fingerprint
from desktop_app.papers.letter.hasp import hasp_headings, is_confirmed
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.settings.settings import Clinic, Referrer, Settings
from guideline_core.answer_types import MOST_LINES, MOST_LISTED
from guideline_core.case import Case
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.made_letter import write_letter


def test_settings_become_sender_and_centre(tmp_path):
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"picture")
    settings = Settings(
        referrer=Referrer(name="Dr. A. Proef", big_number="19012345601", uzi_number="900012345"),
        clinic=Clinic(name="Nergenshuizen", letterhead=("Orthopedie",), logo=str(logo)),
        default_centre="lumc",
    )
    made = letter_settings(settings, "2026-0147")
    assert (made.sender.name, made.sender.big, made.sender.clinic) == ("Dr. A. Proef", "19012345601", "Nergenshuizen")
    assert made.sender.uzi == "900012345"
    assert made.sender.logo == logo
    assert made.centre is not None
    assert made.centre.lines[0].startswith("Leids Universitair")
    assert not made.identity_verified


def test_the_numbers_of_the_doctor_stand_in_lines_that_fit(make):
    assert make(cases.ADULT_CHONDROSARCOMA).envelope.sender[-2:] == ("BIG 19012345601 · AGB 03012345", "UZI 900012345")


def test_a_logo_that_is_gone_is_reported(make, tmp_path):
    settings = letter_settings(Settings(clinic=Clinic(name="N", logo=str(tmp_path / "gone.png"))))
    letter = make(cases.ADULT_CHONDROSARCOMA, settings)
    assert any("niet te lezen" in warning.text for warning in letter.warnings if warning.key == "logo")


def test_empty_settings_make_a_letter(make):
    letter = make(cases.ADULT_CHONDROSARCOMA, letter_settings(Settings()))
    assert not letter.envelope.recipient.is_known


def test_a_recipient_chosen_for_this_letter_goes_first(make):
    letter = make(cases.ADULT_CHONDROSARCOMA, recipient=Recipient("own", ("Radboudumc", "Nijmegen")))
    assert letter.envelope.recipient.lines == ("Radboudumc", "Nijmegen")


def test_directory_of_centres():
    centres = shipped_centres()
    assert centres["princess_maxima"].kind == "princess_maxima"
    assert shipped_directory().faults == ()
    own = read_directory(
        b'\xef\xbb\xbf[centres.a]\nname = "A"\nkind = "expertise_centre"\naddress = "Weg 1\\n1000 AA B"\n'
    )
    assert own.faults == () and own.centres["a"].lines == ("A", "Weg 1", "1000 AA B")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hasp_headings_are_complete_and_say_that_they_are_unconfirmed(language):
    headings = hasp_headings(language)
    assert list(headings)[:3] == ["envelope", "core", "summary"]
    assert all(headings.values())
    assert not is_confirmed()


def test_both_languages_have_the_same_headings(make):
    assert make({}).headings.keys() == make({}, language="en").headings.keys()


def test_case_fingerprint_follows_the_answers():
    first, second = Case.model_validate(cases.UNDECIDED), Case.model_validate(cases.CHILD_UNCERTAIN)
    assert case_fingerprint(first) == case_fingerprint(Case.model_validate(cases.UNDECIDED))
    assert case_fingerprint(first) != case_fingerprint(second)


def test_age_is_that_of_the_day_of_the_plan(make):
    answers = {**cases.CHILD_OSTEOSARCOMA, "reference_date": "2030-05-01"}
    letter = make(answers, today=datetime.date(2030, 6, 1))
    assert letter.patient[1].value == "9 april 2012 (18 jaar)"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("e\u0301", "é"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("links\u202erechts", "linksrechts"),
        ("een\r\ntwee\rdrie\u2029vier", "een\ntwee\ndrie\nvier"),
        ("a\tb", "a    b"),
        ("\ue000", "\ufffd"),
        ("12\u00a0mm", "12\u00a0mm"),
        ("e\u200d\u0301", "é"),
        ("x" + "\u0301\u200d" * 40, "x" + "\u0301" * 30 + "…"),
    ],
)
def test_cleaned(text, clean):
    assert cleaned(text) == clean
    assert cleaned(clean) == clean


def test_plain():
    assert plain("’s nachts – 8 × 5 … • “ja”") == '\'s nachts - 8 x 5 ... - "ja"'


def test_a_case_of_as_many_lines_as_may_be_makes_a_letter_within_bounds(make, opened):
    text = "a\n" * (MOST_LINES // 10)
    answers = {"letter": dict.fromkeys(("question", "history", "examination", "remarks"), text)}
    answers |= {"imaging": {"other": [{"result": "b\n" * (MOST_LINES * 6 // 10 // MOST_LISTED)}] * MOST_LISTED}}
    case = opened.read_case(json.dumps(answers).encode(), cases.DAY)
    began = time.process_time()
    assert 50 < write_letter(make(case)).pages < 150
    assert time.process_time() - began < 5
