"""Page 1 of every letter to a centre holds urgency, phone, biopsy and the question, whatever else the case holds."""

import dataclasses
import json

import pytest

from desktop_app.papers.centres import shipped_centres
from desktop_app.papers.correspondents import Sender, recipient_of
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, kinds_for, recipients_for
from guideline_core.case import Case
from tests.checkout import EXAMPLES
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY, changed
from tests.desktop_app.papers.conftest import SETTINGS

EXAMPLE_FILES = sorted(EXAMPLES.glob("*.json"))
LONG = "Sinds jaren bekend met wisselende klachten, waarvoor meermaals gezien. " * 900
MAY_BE_CAUTIOUS = (
    "Geen biopsie",
    "Geen verdere biopsie",
    "No further biopsy",
    "Nog geen biopsie",
    "In principe geen biopsie",
    "Biopsie",
    "No biopsy",
    "Biopsy",
)


def check(letter, page):
    envelope = letter.envelope
    for marked in (envelope.urgency, envelope.phone, envelope.biopsy):
        assert marked.text in page
    if envelope.phone_arrangement is not None:
        assert " ".join(envelope.phone_arrangement.text.split()) in page
    assert envelope.biopsy.text.startswith(MAY_BE_CAUTIOUS)
    assert " ".join(letter.core.question.split()) in page
    assert letter.heading("heading.question") in page


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=[path.stem for path in EXAMPLE_FILES])
def test_example_cases_in_each_kind(make, opened, pages_of, path, language):
    case = Case.model_validate(json.loads(path.read_text()))
    plan = opened.planner.make_plan(case, case.reference_date or DAY)
    kinds = kinds_for(plan, opened.tables.actions) if language == "nl" else kinds_for(plan, opened.tables.actions)[:1]
    for kind in kinds:
        letter = make(case, language=language, kind=kind)
        page = pages_of(letter)[0]
        assert letter.title in page
        if kind in TO_A_CENTRE:
            check(letter, page)


ASKING = [answers for name, answers in vars(cases).items() if name.isupper() and isinstance(answers, dict)]


def test_each_kind_to_each_recipient(make, opened, pages_of):
    """The expertise centres, the Princess Máxima Center and the committee, as far as kind and plan allow them."""
    centres, checked = shipped_centres(), set()
    settings = dataclasses.replace(SETTINGS, centres=centres)
    for answers in ASKING:
        plan = opened.planner.make_plan(Case.model_validate(answers), DAY)
        for kind in TO_A_CENTRE & set(kinds_for(plan, opened.tables.actions)):
            for centre in recipients_for(plan, kind, centres):
                if (kind, centre.key) not in checked:
                    letter = make(answers, settings, kind=kind, recipient=recipient_of(centre))
                    page = pages_of(letter)[0]
                    check(letter, page)
                    assert centre.name in page
                    checked.add((kind, centre.key))
    assert {kind for kind, _ in checked} == TO_A_CENTRE
    assert {centres[key].kind for _, key in checked} == {"expertise_centre", "princess_maxima", "advisory"}


@pytest.mark.parametrize(
    ("answers", "kind", "centre", "heading"),
    [
        (cases.ADULT_CHONDROSARCOMA, None, "lumc", "Vraag aan het centrum"),
        (cases.ADULT_CHONDROSARCOMA, Kind.REQUEST_FOR_ADVICE, "commissie_voor_beentumoren", "Vraag aan de commissie"),
        (cases.CHILD_FIBROMA_BY_CHANCE, None, None, "Vraag aan de huisarts"),
        (cases.SPINAL_METASTASES, None, None, "Vraag aan de huisarts"),
        (changed(cases.BENIGN_INDOLENT, setting="expertise_centre"), None, None, "Vraag aan de huisarts"),
        (changed({"setting": "primary_care"}, lesion={"suspected": False}), None, None, "Vraag"),
    ],
)
def test_the_heading_says_who_is_asked(make, pages_of, answers, kind, centre, heading):
    centres = shipped_centres()
    recipient = recipient_of(centres[centre]) if centre else None
    asked = changed(answers, letter={"question": "Wat adviseert u?"})
    letter = make(asked, dataclasses.replace(SETTINGS, centres=centres), kind=kind, recipient=recipient)
    assert f"{heading} Wat adviseert u?" in pages_of(letter)[0]


def test_the_message_to_a_general_practitioner_comes_before_the_question_to_him(make, pages_of):
    answers = changed(cases.CHILD_FIBROMA_BY_CHANCE, letter={"question": "Wilt u de ouders bellen?"})
    letter = make(answers)
    page = pages_of(letter)[0]
    assert 0 < page.index(letter.core.conclusion[0]) < page.index("Wilt u de ouders bellen?")


def test_the_examples_hold_letters_to_centres(make):
    kinds = {make(json.loads(path.read_text())).kind for path in EXAMPLE_FILES}
    assert kinds >= {Kind.REFERRAL, Kind.REQUEST_FOR_ADVICE, Kind.REQUEST_FOR_REASSESSMENT, Kind.NO_REFERRAL_NEEDED}


@pytest.mark.parametrize("group", ["history", "told_to_patient", "remarks"])
def test_twenty_pages_of_text_push_nothing_away(make, pages_of, group):
    answers = changed(
        cases.CHILD_OSTEOSARCOMA, letter={group: LONG}, biopsy={"status": "considered"}, imaging={"mri": {}}
    )
    letter = make(answers)
    pages = pages_of(letter)
    assert len(pages) >= 10
    check(letter, pages[0])
    assert letter.stop_alerts[0].text in pages[0]


def test_a_long_question_begins_on_page_one(make, pages_of):
    letter = make(changed(cases.CHILD_OSTEOSARCOMA, letter={"question": LONG}))
    page = pages_of(letter)[0]
    assert letter.envelope.urgency.text in page and letter.envelope.biopsy.text in page
    assert "Vraag aan het centrum Sinds jaren bekend" in page


def test_the_check_notices_a_page_without_the_question(make):
    letter = make(cases.CHILD_OSTEOSARCOMA)
    with pytest.raises(AssertionError):
        check(letter, "Met spoed Telefonisch overleg Geen biopsie vóór advies van een expertisecentrum")


@pytest.mark.parametrize("kind", [Kind.REFERRAL, Kind.REQUEST_FOR_PATHOLOGY_REVIEW])
def test_every_page_says_whose_it_is(make, pages_of, kind):
    pages = pages_of(make(cases.OUTSIDE_PATHOLOGY, kind=kind))
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert "Gefingeerd · 19 januari 1987" in page
        assert f"Pagina {number} van {len(pages)}" in page


# --- the fullest page 1: three stop alerts, an open destination, and long names ------------------------------------

NAME = ("Langenaam-van den Uitgerekten tot Verre " * 5)[:200]
FULLEST = changed(
    cases.CHILD_UNCERTAIN,
    patient={
        **{key: value for key, value in cases.CHILD_OSTEOSARCOMA["patient"].items() if key != "birth_date"},
        "age_years": None,
    },
    treatment={"earlier_unplanned_surgery": True},
    consultation={"contact": NAME, "centre": NAME},
)
LONG_SENDER = dataclasses.replace(
    SETTINGS, sender=Sender(NAME, NAME, clinic=NAME, letterhead=(NAME,) * 9, phone="000 000 0000")
)


@pytest.mark.parametrize(
    ("patient", "settings"),
    [({}, SETTINGS), ({"given_name": NAME, "family_name": NAME}, SETTINGS), ({}, LONG_SENDER)],
    ids=["usual names", "names of 200 characters", "a sender of 200 characters"],
)
def test_the_fullest_page_one(make, pages_of, patient, settings):
    letter = make(changed(FULLEST, patient=patient), settings)
    assert (len(letter.stop_alerts), letter.meanwhile is not None) == (3, True)
    page = pages_of(letter)[0]
    check(letter, page)
    for alert in letter.stop_alerts:
        assert alert.text in page
    if patient:
        assert NAME.strip() in page


# --- image and tissue ----------------------------------------------------------------------------------------------

BOTH = {
    "setting": "hospital",
    "lesion": {"category": "malignant", "entity": "osteosarcoma"},
    "biopsy": {"status": "performed", "repeat_considered": True},
    "pathology": {"diagnosis": "outside_expertise_centre", "histology": "aneurysmal_bone_cyst"},
}
NOT_REVIEWED = (
    "een botafwijking, op beeld osteosarcoom (niet nader omschreven); weefsel elders beoordeeld als aneurysmatische "
    "botcyste, niet herbeoordeeld."
)


def test_a_histology_that_nobody_reviewed_stands_beside_the_image(make, pages_of):
    page = pages_of(make(BOTH))[0]
    assert NOT_REVIEWED in page
    assert "beeld en weefsel spreken elkaar tegen" in page.lower()
    assert "Biopsie; tweede biopsie overwogen" in page


def test_an_established_histology_is_the_reason_by_itself_without_an_edition_nobody_named(make):
    letter = make(changed(BOTH, pathology={"diagnosis": "confirmed_by_expertise_centre"}))
    assert "een bottumor met als histologische diagnose: aneurysmatische botcyste." in letter.core.reason


def test_images_that_contradict_each_other_are_not_repeated_beside_the_tissue(make):
    letter = make(changed(BOTH, lesion={"category": "benign_indolent"}))
    assert "op beeld" not in letter.core.reason
    assert "weefsel elders beoordeeld als aneurysmatische botcyste" in letter.core.reason


def test_a_tumour_that_cannot_be_told_is_said_in_plain_words(make):
    letter = make({"lesion": {"category": "uncertain", "entity": "uncertain"}})
    assert [fact.value for fact in letter.core.problem if fact.key == "lesion.entity"] == ["niet te zeggen"]


def test_the_warning_after_a_first_biopsy_is_about_the_second(make, pages_of):
    page = pages_of(make(BOTH))[0]
    assert "Neem geen tweede biopsie voordat een expertisecentrum voor bottumoren advies heeft gegeven." in page
    first = changed(BOTH, biopsy={"status": "considered", "repeat_considered": None})
    assert "Neem geen biopsie voordat" in pages_of(make(first))[0]
