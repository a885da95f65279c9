"""The referral table of an edition as a table of plain text."""

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from desktop_app.library.phrases import Phrases
from desktop_app.library.rule_words import RuleWords
from guideline_core.condition import Condition
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.referral_table import ReferralRow

REFERRAL_TABLE = "referral-table"
"""The id under which the table can be looked up."""
COLUMNS = ("for", "decision", "by_phone", "consult_first")
_SHARES = (35, 19, 13, 21)
"""How the width is divided over the columns."""
_NARROWEST = 88
"""The fewest characters in which no id or word is broken."""


def referral_table_text(texts: EditionEntries, phrases: Phrases, width: int) -> str:
    """The table in lines of at most `width` characters (but not of fewer than its words need), one row a rule."""
    width = max(width, _NARROWEST)
    widths = [share * (width - 3 * len(_SHARES) + 3) // sum(_SHARES) for share in _SHARES]
    heads = [phrases.get("guideline", "referral_table", column) for column in COLUMNS]
    rows = [cells_of(row, RuleWords(texts, phrases)) for row in texts.referral_table.values()]
    line = "-+-".join("-" * each for each in widths)
    written = [_written(row, widths) for row in [[[head] for head in heads], *rows]]
    return "\n".join((phrases.get("guideline", "referral_table", "title"), "", f"\n{line}\n".join(written), ""))


def cells_of(row: ReferralRow, words: RuleWords) -> list[list[str]]:
    """The cells of a row by `COLUMNS`, each as its paragraphs; the id stands above those for whom it is."""
    decision, destination, urgency, *_ = words.referral(row.rule)
    return [
        [row.id, *(words.conditions.said(cell) for cell in cells_for(row) if cell is not None)],
        [decision, *((destination, urgency) if row.outcome.destination else ())],
        [words.yes_no_or_when(row.outcome.by_phone_when)],
        [words.yes_no_or_when(row.outcome.consult_first_when)],
    ]


def cells_for(row: ReferralRow) -> tuple[Condition | None, ...]:
    """The columns that say for whom a row is: category, age, setting, and what must hold besides."""
    patients = row.patients
    return patients.category, patients.age, patients.setting, patients.further


def _written(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    columns = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join(
        " | ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _wrapped(cell: Sequence[str], width: int) -> list[str]:
    return [
        line
        for paragraph in cell
        for line in textwrap.wrap(paragraph, width, subsequent_indent="  ", break_on_hyphens=False)
    ]
