"""The page "when findings disagree": filled in by the planner, as plain text and as a chapter of the handbook."""

import textwrap
from collections.abc import Iterator

from desktop_app.library.phrases import Phrases
from desktop_app.plan.combination_words import CombinationWords, Part
from guideline_core.combinations import CombinationTable
from guideline_core.edition_names import EditionNames

COMBINATION_TABLE = "combinations"
"""The id under which the page can be looked up; its chapter in the handbook has the same name."""


def combination_title(phrases: Phrases) -> str:
    """The title of the page."""
    return phrases.get("guideline", "combinations", "title")


def combination_promised(phrases: Phrases) -> str:
    """The page before the planner has filled it in."""
    return _title_with("being_made", phrases)


def combination_failed(phrases: Phrases) -> str:
    """The page when the planner could not fill it in."""
    return _title_with("not_made", phrases)


def _title_with(sentence: str, phrases: Phrases) -> str:
    return f"# {combination_title(phrases)}\n\n{phrases.get('guideline', 'combinations', sentence)}\n"


def combination_text(table: CombinationTable, names: EditionNames, phrases: Phrases, width: int) -> str:
    """The page in lines of at most `width` characters: a heading for each image, a block for each row."""
    words = CombinationWords(table, names, phrases)
    lines = [combination_title(phrases), ""]
    for remark in words.remarks():
        lines += [*textwrap.wrap(remark, width, break_on_hyphens=False), ""]
    for part in words.parts():
        lines += [part.heading.upper(), "", *_blocks(part, words, width)]
    return "\n".join(lines)


def combination_markdown(table: CombinationTable, names: EditionNames, phrases: Phrases) -> str:
    """The page as Markdown: a table for each image."""
    words = CombinationWords(table, names, phrases)
    lines = [f"# {combination_title(phrases)}", ""]
    for remark in words.remarks():
        lines += [remark, ""]
    for part in words.parts():
        heads = [words.word(column) for column in part.columns]
        rows = (heads, ["---"] * len(heads), *part.rows)
        lines += [f"## {part.heading}", "", *(f"| {' | '.join(row)} |" for row in rows), ""]
    return "\n".join(lines)


def _blocks(part: Part, words: CombinationWords, width: int) -> Iterator[str]:
    """A block for each row: what was found first, then what follows, each behind its name."""
    names = [words.word(column) for column in part.columns]
    label = max(map(len, names)) + 4
    for row in part.rows:
        for number, (name, cell) in enumerate(zip(names, row, strict=True)):
            first = f"{'  ' if number else ''}{name}".ljust(label)
            yield from textwrap.wrap(
                cell, width, initial_indent=first, subsequent_indent=" " * label, break_on_hyphens=False
            )
        yield ""
