"""What the modules of an edition share, in words: the weighing, the pathway, the sheets, actions, alerts, questions."""

from functools import cache

import pytest

from desktop_app.library.editions import Library
from desktop_app.library.guideline_text import known_ids, looked_up
from desktop_app.library.phrases import MissingPhrase
from desktop_app.library.shared_words import SHARED_PARTS, SHOWN_BY_NAME, Described, SharedPart, SharedWords
from guideline_core.edition.weighing import WEIGHING_LISTS
from tests.desktop_app.library.test_condition_words import CODE_NAME
from tests.editions import read_real_edition

LANGUAGES = ("nl", "en")
WIDE = 2_000


@cache
def entries(part: SharedPart, language: str) -> dict[str, Described]:
    library = Library()
    words = SharedWords(library.edition().texts, library.phrases(language))
    return {entry.id: entry for listing in words.listings(part) for entry in listing.entries}


def shown(identifier: str, language: str = "nl") -> str:
    library = Library()
    return looked_up(identifier, library.edition().texts, library.phrases(language), WIDE) or ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_of_the_edition_is_left_out(language: str) -> None:
    edition = read_real_edition()
    every = {
        "weighing": [row.id for name in WEIGHING_LISTS for row in edition.weighing[name]],
        "pathway": list(edition.stations),
        "sheets": ["referral", "tissue_and_treatment", "examinations", "told_to_patient"],
        "actions": list(edition.actions),
        "alerts": list(edition.alerts),
        "questions": list(edition.questions),
        "question_tiers": list(edition.question_tiers),
        "properties": list(edition.properties),
    }
    assert set(every) == set(SHARED_PARTS)
    for part in SHARED_PARTS:
        assert list(entries(part, language)) == every[part]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", SHARED_PARTS)
def test_no_code_name_is_left_in_the_words(part: SharedPart, language: str) -> None:
    said = [text for each in entries(part, language).values() for _, text in (("", each.title), *each.facts)]
    assert len(said) > 7
    assert [text for text in said if CODE_NAME.search(text)] == []


def test_a_row_of_the_weighing_says_when_it_holds_and_what_it_gives() -> None:
    row = entries("weighing", "nl")["contradiction"]
    facts = dict(row.facts)
    assert row.title.startswith("De genoemde categorie en de genoemde tumor spreken elkaar tegen.")
    assert facts["when"] == "‘genoemde soort naast die aard: één van (zwaarder; lichter)’"
    assert facts["gives"].endswith("de antwoorden spreken elkaar tegen, en dat wordt gezegd")
    assert facts["readings"] == "AMB-23"


def test_the_rows_of_the_weighing_stand_in_their_order_under_their_questions() -> None:
    text = shown("weighing")
    places = [text.index(f"\n{name}: ") for name in entries("weighing", "nl")]
    assert places == sorted(places)
    assert text.startswith("Welke tumor bedoelt een naam naast zijn graad?")


def test_a_station_names_its_actions_and_its_conditions() -> None:
    facts = dict(entries("pathway", "en")["mri"].facts)
    assert "MRI with contrast" in facts["shows"]
    assert facts["not_possible_when"] == "‘MRI not possible: yes’"


def test_they_can_be_looked_up_by_name() -> None:
    assert set(SHOWN_BY_NAME) <= set(known_ids(Library().edition().texts))
    assert all(shown(name, language) for name in SHOWN_BY_NAME for language in LANGUAGES)


def test_a_row_of_the_referral_table_says_its_ground() -> None:
    table = Library().edition().texts.referral_table
    grounds = {name: "Reden: " in shown(name) for name in table}
    assert grounds == {name: row.outcome.ground is not None for name, row in table.items()}
    assert any(grounds.values()) and not all(grounds.values())


def test_an_unknown_part_of_the_weighing_is_not_passed_over() -> None:
    library = Library()
    with pytest.raises(MissingPhrase):
        library.phrases("nl").get("guideline", "shared", "weighing_unheard_of")
