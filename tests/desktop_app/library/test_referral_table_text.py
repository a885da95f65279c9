"""The referral table in words: each row of the edition, within the width asked for."""

import pytest

from desktop_app.library.editions import Library
from desktop_app.library.guideline_text import known_ids, looked_up
from tests.editions import read_real_edition


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [72, 88, 120])
def test_each_row_stands_in_the_table_and_no_line_is_too_wide(language: str, width: int) -> None:
    library = Library()
    texts = library.edition().texts
    text = looked_up("referral-table", texts, library.phrases(language), width) or ""
    lines = text.splitlines()
    assert len(texts.referral_table) == len(read_real_edition().referral_rules)
    assert all(any(line.startswith(row) for line in lines) for row in texts.referral_table)
    assert max(map(len, lines)) <= max(width, 88)


def test_the_row_of_a_child_says_all_five_keys() -> None:
    library = Library()
    text = looked_up("referral-table", library.edition().texts, library.phrases("nl"), 200) or ""
    row = text[text.index("M3-R8.referral") :].split("---")[0]
    assert all(
        words in row
        for words in (
            "‘kind voor het Prinses Máxima Centrum’",
            "Verwijzen",
            "Prinses Máxima Centrum",
            "met spoed",
            "als ‘met spoed en",
            "als ‘niet: expertisecentrum",
        )
    )


def test_the_table_is_among_the_ids_that_can_be_looked_up() -> None:
    assert "referral-table" in list(known_ids(Library().edition().texts))
