"""The review of the edition: every rule once, in words, with its cases and a box; a valid tagged PDF."""

import json
import subprocess
from functools import cache
from pathlib import Path

import pytest

from desktop_app.library.editions import Library
from desktop_app.library.shared_words import SHARED_PARTS, SharedWords
from desktop_app.papers.blocks import Block, Facts, Grid, Heading, Kept, in_reading_order
from desktop_app.papers.guideline_review.deck_cases import deck_cases
from desktop_app.papers.guideline_review.review import Review
from desktop_app.papers.pdf.write import write_document
from tests.desktop_app.library.test_condition_words import CODE_NAME
from tests.desktop_app.papers.pdf.validation import judge
from tests.editions import read_real_edition
from tests.rule_cases import FILE, content

LANGUAGES = ("nl", "en")


@cache
def review(language: str) -> Review:
    library = Library()
    opened = library.edition()
    return Review(opened.texts, library.phrases(language), deck_cases(), opened.tables.guideline.sha256)


def blocks_of(language: str) -> list[Block]:
    return [block for part in review(language).parts() for block in part.blocks]


def test_the_cases_in_the_resources_are_those_of_the_deck() -> None:
    assert FILE.read_bytes() == content(), "run python -m tests.rule_cases"


def test_a_case_shows_each_rule() -> None:
    shown = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(shown) == {rule.id for rule in read_real_edition().rules}


def test_there_is_a_part_for_the_program_each_module_and_what_they_share() -> None:
    assert [part.name for part in review("nl").parts()] == [
        "program",
        "module-1-pathology",
        "module-2-imaging-and-staging",
        "module-3-referral",
        "start-page",
        "shared",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rule_stands_once_with_a_box_on_the_same_page(language: str) -> None:
    kept = [block.blocks for block in blocks_of(language) if isinstance(block, Kept)]
    boxed = [blocks for blocks in kept if isinstance(blocks[-1], Grid)]
    heads = [[each.text for each in blocks if isinstance(each, Heading)][-1] for blocks in boxed]
    edition = read_real_edition()
    for name in (*(rule.id for rule in edition.rules), *edition.interpretations):
        assert heads.count(name) == 1, name
    for blocks in boxed:
        box = blocks[-1]
        assert isinstance(box, Grid) and [head[:1] for head in box.header[:2]] == ["☐", "☐"]
    told = [each for each in edition.statements.values() if each.treatment != "encoded"]
    everything = (edition.rules, edition.definitions, edition.thresholds, edition.interpretations, told)
    library = Library()
    words = SharedWords(library.edition().texts, library.phrases(language))
    listings = [listing.entries for part in SHARED_PARTS for listing in words.listings(part)]
    assert len(boxed) == sum(map(len, (*everything, *listings)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_tumour_and_bone_that_a_case_can_name_stands_in_a_list(language: str) -> None:
    edition = read_real_edition()
    rows = {row[0] for block in blocks_of(language) if isinstance(block, Grid) for row in block.rows}
    for each in (*edition.entities.values(), *edition.bones.values()):
        assert " ".join(each.name[language].split()) in rows


def test_a_reading_says_whom_it_concerns() -> None:
    facts = [block.facts for block in in_reading_order(blocks_of("nl")) if isinstance(block, Facts)]
    assert {fact.key: fact.value for some in facts for fact in some}["AMB-01/concerns"] == "‘kind’"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_condition_shows_a_code_name(language: str) -> None:
    facts = [
        fact for block in in_reading_order(blocks_of(language)) if isinstance(block, Facts) for fact in block.facts
    ]
    said = [fact.value for fact in facts if fact.key.endswith(("/when", "/gives", "/until", "/means"))]
    assert len(said) > 300
    assert [text for text in said if CODE_NAME.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_stands_there_in_our_words(language: str) -> None:
    text = " ".join(getattr(block, "text", "") for block in in_reading_order(blocks_of(language)))
    for statement in read_real_edition().statements.values():
        assert " ".join(statement.text[language].split()) in text


def test_a_rule_says_its_condition_outcome_readings_and_cases() -> None:
    rule = next(
        block.blocks[-2]
        for block in blocks_of("nl")
        if isinstance(block, Kept) and Heading("M3-R6.not-princess-maxima", 3) in block.blocks
    )
    assert isinstance(rule, Facts)
    said = {fact.key: fact.value for fact in rule.facts}
    assert said["/when"] == "‘kind’ en ‘vermoedelijk goedaardig’"
    assert said["/gives"] == "verwijzing naar het Prinses Máxima Centrum (niet doen)"
    assert said["/readings"] == "AMB-01 (‘kind’)"
    assert "en nog" in said["/cases"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The start page in both languages, and all in one."""
    folder = tmp_path_factory.mktemp("review")
    made = {}
    for language in LANGUAGES:
        parts = list(review(language).parts())
        chosen = {"shared": parts[-1:], "start-page": parts[-2:-1]} | ({"all": parts} if language == "nl" else {})
        for name, some in chosen.items():
            written = write_document(review(language).document(some))
            assert written.missing_characters == ()
            made[f"{name} {language}"] = folder / f"{name}-{language}.pdf"
            made[f"{name} {language}"].write_bytes(written.content)
    return made


def test_the_review_is_a_valid_tagged_pdf(files: dict[str, Path], thorough: bool) -> None:
    chosen = {name: file for name, file in files.items() if thorough or not name.startswith("all")}
    verdicts = judge(chosen.values())
    for name, file in chosen.items():
        assert verdicts.of(file) == {"ua1": {}, "3a": {}}, name


def test_every_page_says_that_it_is_a_draft_without_ce_mark(files: dict[str, Path]) -> None:
    done = subprocess.run(["pdftotext", "-layout", files["all nl"], "-"], capture_output=True, text=True, check=True)
    pages = done.stdout.split("\f")[:-1]
    assert len(pages) > 50
    assert all("Concept van een richtlijn; Botwijzer heeft geen CE-markering." in page for page in pages)
