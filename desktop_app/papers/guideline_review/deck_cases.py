"""The cases of the test deck that show a rule, from resources/review/deck-cases.json.

The deck stands in tests/, which is not installed; a test makes this file from the plans of the deck and keeps it true.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from desktop_app.library import resource_files


@dataclass(frozen=True, slots=True)
class ShownBy:
    """How many cases of the deck let a rule hold for certain, and the names of the first few."""

    number: int
    cases: tuple[str, ...]


def deck_cases() -> Mapping[str, ShownBy]:
    """The cases by rule; a rule that none of them shows is absent."""
    content = resource_files.content("review", "deck-cases.json")
    return TypeAdapter(dict[str, ShownBy]).validate_json(content)
