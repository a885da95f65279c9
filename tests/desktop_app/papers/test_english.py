"""A letter in English has no Dutch left in it, whatever its kind."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from desktop_app.library import resource_files
from desktop_app.library.phrase_files import read_phrase_files
from desktop_app.papers.correspondents import Centre, LetterSettings, Sender
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.letter_kinds import Kind, kinds_for
from guideline_core.case import Case
from tests.case_deck import deck
from tests.desktop_app.papers import cases

FILES = ("actions", "alerts", "fields", "letter", "plan", "values", "command_line")
DUTCH_WORDS = re.compile(
    r"\b(het|een|van|voor|niet|naar|wordt|worden|geen|nog|bij|uit|deze|ook|als|zonder|alleen|eerst|overleg|graag|"
    r"patiënt|richtlijn|verwijzing|verwijzer|onderzoek|beelden|biopsie|weefsel|vermoedelijk|nee|gedaan|onbekend|"
    r"datum|plaats|botafwijking|expertisecentrum|meegestuurd|ontbreekt)\b",
    re.IGNORECASE,
)
NEUTRAL = LetterSettings(
    Sender("A. Test", clinic="Test Clinic"),
    centre=Centre("lumc", "Test Centre", "expertise_centre", "Testville"),
    centres={"princess_maxima": Centre("princess_maxima", "Princess Test", "princess_maxima")},
    identity_verified=True,
)


def leaves(tree: Any, language: str) -> Iterator[str]:
    if isinstance(tree, dict):
        if isinstance(tree.get(language), str):
            yield " ".join(tree[language].split()).casefold()
        for key, item in tree.items():
            if key not in ("nl", "en"):
                yield from leaves(item, language)


@pytest.fixture(scope="module")
def dutch_phrases() -> list[str]:
    """The Dutch phrases of some length that are no part of an English one."""
    tree = read_phrase_files({f"{name}.yaml": resource_files.content("phrases", f"{name}.yaml") for name in FILES})
    english = "\n".join(leaves(tree, "en"))
    found = {text.rstrip(".") for text in leaves(tree, "nl") if len(text) >= 6 and "{" not in text}
    return sorted(text for text in found if text not in english)


TEXTBOOK = (
    cases.CHILD_OSTEOSARCOMA,
    cases.ADULT_CHONDROSARCOMA,
    cases.OUTSIDE_PATHOLOGY,
    cases.DO_NOT_TOUCH_IN_DOUBT,
    cases.CHILD_FIBROMA_BY_CHANCE,
    cases.SPINAL_METASTASES,
    cases.UNDECIDED,
    {},
)


def without_free_text(answers: dict[str, Any]) -> Case:
    """The case with nothing in it that a person typed, and one advice left out."""
    patient, imaging = answers.get("patient", {}), answers.get("imaging", {})
    chosen = {
        "patient": {key: patient[key] for key in ("birth_date", "age_years", "sex") if key in patient},
        "imaging": {name: {**examination, "place": None} for name, examination in imaging.items()},
        "letter": {"left_out": [{"action": "imaging.mri_dwi", "reason": "reden"}]},
        "images": {},
    }
    return Case.model_validate({**answers, **chosen})


def english_letters(make, opened):
    """A letter of each kind for cases of all sorts."""
    for case in (*map(without_free_text, TEXTBOOK), *(each.case for each in deck()[::40])):
        for kind in kinds_for(opened.planner.make_plan(case, cases.DAY), opened.tables.actions):
            yield kind, make(case, NEUTRAL, language="en", kind=kind)


def test_no_dutch_in_an_english_letter(make, opened, dutch_phrases):
    seen = set()
    for kind, letter in english_letters(make, opened):
        seen.add(kind)
        text = " ".join(letter_text(letter).split())
        text += " ".join([letter.document_title, *(warning.text for warning in letter.warnings)])
        assert DUTCH_WORDS.findall(text) == [], kind
        folded = text.casefold()
        assert [phrase for phrase in dutch_phrases if phrase in folded] == [], kind
    assert seen == set(Kind)


def test_the_check_finds_dutch(make, dutch_phrases):
    text = " ".join(letter_text(make(cases.CHILD_OSTEOSARCOMA)).split())
    assert len(DUTCH_WORDS.findall(text)) > 20
    assert sum(phrase in text.casefold() for phrase in dutch_phrases) > 50
    assert len(dutch_phrases) > 500
