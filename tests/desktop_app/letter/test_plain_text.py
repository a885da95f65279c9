"""The letter as plain text: short lines, plain characters, the order of the PDF, and all that matters in it."""

import re

import pytest

from desktop_app.letter.plain_text import letter_text
from tests.case_deck import deck
from tests.desktop_app.letter import cases
from tests.desktop_app.letter.cases import changed

FANCY = re.compile("[‘’“”–—•·×…\u00a0\u202f]")


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_case_of_the_deck_in_lines_that_fit(make, language):
    for case in deck()[::8]:
        text = letter_text(make(case.case, today=case.day, language=language))
        assert max(map(len, text.split("\n"))) <= 78, case.name
        assert not FANCY.search(text), case.name
        assert not any(ord(character) < 32 and character != "\n" for character in text), case.name


@pytest.mark.parametrize(
    "answers", [cases.CHILD_OSTEOSARCOMA, cases.UNDECIDED, cases.CHILD_UNCERTAIN, cases.CHILD_FIBROMA_BY_CHANCE]
)
def test_it_says_what_the_model_says(make, answers):
    letter = make(answers)
    text = flat(letter_text(letter))
    assert letter.title.upper() in text
    for line in letter.core.not_to_do:
        assert line.text in text
    for alert in letter.stop_alerts:
        assert flat(alert.text).replace("’", "'") in text
    if letter.core.question:
        assert letter.core.question in text
    assert letter.footer.status in text


def test_urgency_phone_and_biopsy_come_before_the_question(make):
    text = letter_text(make(cases.CHILD_OSTEOSARCOMA))
    places = [text.index(part) for part in ("!! SPOED", "!! TELEFOON", "!! BIOPSIE", "!! EERST OVERLEG", "Vraag aan")]
    assert places == sorted(places)


def test_long_words_are_broken_and_control_characters_removed(make):
    answers = changed(cases.ADULT_CHONDROSARCOMA, patient={"family_name": "x" * 200}, letter={"history": "a\x07b\r\nc"})
    text = letter_text(make(answers))
    assert max(map(len, text.split("\n"))) <= 78
    assert "ab\nc" in text
