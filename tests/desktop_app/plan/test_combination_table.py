"""The table of combinations as text and as a chapter: each row in words, within the width, with its notices."""

import pytest

from desktop_app.library.editions import Library
from desktop_app.plan.combination_table import combination_markdown, combination_text
from guideline_core.combinations import CombinationTable, combination_table

LANGUAGES = ("nl", "en")


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def table(library: Library) -> CombinationTable:
    return combination_table(library.edition().planner, library.edition().texts)


def text_of(table: CombinationTable, library: Library, language: str, width: int = 88) -> str:
    return combination_text(table, library.edition().names, library.phrases(language), width)


def chapter_of(table: CombinationTable, library: Library, language: str = "nl") -> str:
    return combination_markdown(table, library.edition().names, library.phrases(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [72, 88, 120])
def test_no_line_is_too_wide_and_nothing_is_left_unsaid(
    table: CombinationTable, library: Library, language: str, width: int
) -> None:
    text = text_of(table, library, language, width)
    assert max(map(len, text.splitlines())) <= width
    assert not any(word in text for word in ("None", "{", "undetermined", "_"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_chapter_say_the_same(table: CombinationTable, library: Library, language: str) -> None:
    text = " ".join(text_of(table, library, language).split())
    rows = [line for line in chapter_of(table, library, language).splitlines() if line.startswith("| ")]
    cells = [row.strip("| ").split(" | ") for row in rows]
    assert len(cells) > 35 and {len(row) for row in cells} == {5}
    assert all(" ".join(cell.split()) in text for row in cells for cell in row if cell != "---")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("Concept", "nog niet vastgesteld", "geen CE-markering", "advies aan een zorgverlener, die beslist")),
        ("en", ("Draft", "has not been adopted", "no CE mark", "advice to a clinician, who decides")),
    ],
)
def test_it_says_first_that_it_is_a_draft_without_ce_mark_and_advice(
    table: CombinationTable, library: Library, language: str, words: tuple[str, ...]
) -> None:
    for page in (text_of(table, library, language), chapter_of(table, library, language)):
        first = " ".join(page.split())[:300]
        assert all(word in first for word in words)


def test_the_row_of_a_malignant_image_beside_benign_tissue_reads_as_a_clinician_looks_it_up(
    table: CombinationTable, library: Library
) -> None:
    page = chapter_of(table, library)
    part = page.split("## Beeld: kwaadaardig\n")[1].split("## ")[0]
    assert [line for line in part.splitlines() if line.startswith("| goedaardig")] == [
        "| goedaardig, niet herbeoordeeld; intermediair, niet herbeoordeeld | kwaadaardig "
        "| Verwijzen met spoed: expertisecentrum, bellen "
        "| Verwijzen met spoed: Prinses Máxima Centrum, eerst overleg, bellen "
        "| Let op: beeld en weefsel spreken elkaar tegen. Stadiëring: hangt af van de tumor. |",
        "| goedaardig, herbeoordeeld | goedaardig, soort niet vermeld "
        "| Verwijzen zonder spoed: expertisecentrum | als volwassene "
        "| Let op: beeld en weefsel spreken elkaar tegen. De vastgestelde diagnose is lichter dan het beeld. "
        "Laat beide opnieuw bezien voordat er wordt behandeld. Stadiëring: nee. |",
    ]


def test_a_row_whose_tumours_differ_says_that_it_depends(table: CombinationTable, library: Library) -> None:
    page = chapter_of(table, library)
    (row,) = [line for line in page.splitlines() if line.startswith("| do-not-touch-laesie – goedaardig")]
    assert "Advies vragen zonder spoed: expertisecentrum; of geen verwijzing (hangt af van de tumor)" in row
