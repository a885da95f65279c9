"""What a user has to do for each textbook case, from the empty window to the PDF: a count, no clock."""

import datetime

from desktop_app.library.editions import Library
from guideline_core.edition.values import Edition
from tests.benchmarks.measuring import heading, line
from tests.editions import planner_of
from tests.windows.acts import tally
from tests.windows.letter_words import letter_words
from tests.windows.textbook_cases import CASES, script_of

DAY = datetime.date(2026, 11, 23)


def run(edition: Edition, number: int) -> None:
    """Print the table of the first so many cases."""
    heading("Acts from the empty window to the PDF; baseline: relevant answers + steps + 5")
    line("", "relevant answers", "steps", "acts", "at most", "acts / at most")
    planner, letter = planner_of(edition), letter_words(Library(), DAY)
    for name in list(CASES)[:number]:
        found = tally(script_of(name), planner, letter, DAY)
        figures = (found.relevant, found.steps, found.acts, found.limit)
        line(name.replace("_", " "), *map(str, figures), f"{found.acts / found.limit:.2f}")
