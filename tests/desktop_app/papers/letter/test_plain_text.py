"""The letter as plain text: short lines, plain characters, the order of the PDF, and all that matters in it."""

import dataclasses
import re

import pytest

from desktop_app.library.clean_text import cleaned, plain
from desktop_app.looks.drawing.picture import Picture
from desktop_app.papers.blocks import Fact, Grid, Tone, in_reading_order
from desktop_app.papers.letter.blocks import outline
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import kinds_for
from guideline_core.case import Case
from tests.case_deck import deck
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import changed
from tests.desktop_app.papers.conftest import WITH_PLAN

PLAIN = re.compile("[\n -~À-ÖØ-öø-ÿ]*")
"""ASCII and the letters of Latin-1: what every plain field shows as it was sent."""
WIDTH = 72


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_case_of_the_deck_in_lines_that_fit(make, language):
    for case in deck()[::8]:
        text = letter_text(make(case.case, today=case.day, language=language))
        assert max(map(len, text.split("\n"))) <= WIDTH, case.name
        assert PLAIN.fullmatch(text), case.name


def statements(block):
    """The texts of a block, one after the other, each on one line."""
    if isinstance(block, Tone | int | float | None):
        return []
    if isinstance(block, str):
        return [" ".join(plain(line).split()) for line in cleaned(block).split("\n") if line.strip()]
    if isinstance(block, Fact):
        return [*statements(block.label), *statements(block.value)]
    if isinstance(block, Picture):
        return statements(block.alternative_text)
    if isinstance(block, Grid):
        return statements(block.rows)  # a row is one item: what heads its first column needs no words
    if isinstance(block, tuple | list):
        return [text for part in block for text in statements(part)]
    names = [field.name for field in dataclasses.fields(block) if field.name not in ("style", "level", "widths")]
    return [text for name in names for text in statements(getattr(block, name))]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "answers", [cases.CHILD_OSTEOSARCOMA, cases.OUTSIDE_PATHOLOGY, cases.UNDECIDED, cases.CHILD_FIBROMA_BY_CHANCE]
)
def test_it_holds_every_statement_of_the_letter_in_the_same_order(make, opened, answers, language):
    plan = opened.planner.make_plan(Case.model_validate(answers), cases.DAY)
    for kind in kinds_for(plan, opened.tables.actions):
        letter = make(answers, WITH_PLAN, language=language, kind=kind)
        text = flat(letter_text(letter)).casefold()
        place, count = 0, 0
        for block in in_reading_order(outline(letter)):
            after = place
            for said in statements(block):
                found = text.find(said.rstrip(".").casefold(), place)
                assert found >= 0, (kind, said)
                after, count = max(after, found), count + 1
            place = after
        assert count > 40, kind


def test_a_page_of_the_guideline_stays_on_its_line(make):
    lines = [line.rstrip(" .,;)]") for line in letter_text(make(cases.OUTSIDE_PATHOLOGY, WITH_PLAN)).split("\n")]
    assert not any(line.endswith(" p") for line in lines)
    assert sum(" p. " in line for line in lines) > 10


def test_a_statement_that_is_missing_is_noticed(make):
    letter = make(cases.CHILD_OSTEOSARCOMA)
    text = flat(letter_text(letter)).casefold().replace("telefonisch overleg", "")
    assert any(
        said.rstrip(".").casefold() not in text
        for block in in_reading_order(outline(letter))
        for said in statements(block)
    )


@pytest.mark.parametrize(
    "answers", [cases.CHILD_OSTEOSARCOMA, cases.UNDECIDED, cases.CHILD_UNCERTAIN, cases.CHILD_FIBROMA_BY_CHANCE]
)
def test_it_says_what_the_model_says(make, answers):
    letter = make(answers)
    text = flat(letter_text(letter))
    assert letter.title.upper() in text
    for marked in (letter.envelope.urgency, letter.envelope.phone, letter.envelope.biopsy):
        assert marked is None or flat(marked.text) in text
    for alert in letter.stop_alerts:
        assert flat(alert.text).replace("’", "'") in text
    if letter.core.question:
        assert letter.core.question in text
    assert letter.footer.status in text


def test_urgency_phone_and_biopsy_come_before_the_question(make):
    text = letter_text(make(cases.CHILD_OSTEOSARCOMA))
    parts = ("!! URGENTIE", "!! TELEFOON", "!! BIOPSIE", "!! OVERLEG MET EEN", "Vraag aan")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_long_words_are_broken_and_control_characters_removed(make):
    history = f"a\x07b\r\nc{' d' * 200}"
    answers = changed(cases.ADULT_CHONDROSARCOMA, patient={"family_name": "x" * 200}, letter={"history": history})
    text = letter_text(make(answers))
    assert max(map(len, text.split("\n"))) <= WIDTH
    assert "ab\nc d" in text


def test_what_can_become_stronger_stands_in_the_letter_as_at_least(make):
    several = ["osteosarcoma", "chondrosarcoma_dedifferentiated"]
    lesion = {"origin": "primary", "category": "malignant", "differential": several}
    answers = {"patient": {"age_years": 63}, "setting": "hospital", "lesion": lesion}
    text = flat(letter_text(make(answers, WITH_PLAN)))
    assert "Ten minste bij voorkeur doen; mogelijk nodig, afhankelijk van" in text
