"""What the reading of a foreign file has to tell: a key into the phrases with its details, never an answer of a case
that can identify a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.library.phrases import Phrases


class Weight(StrEnum):
    """How much a finding matters."""

    REFUSAL = "refusal"  # nothing could be taken from the file
    CAUTION = "caution"  # something was taken and must be looked at
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the user."""

    key: str
    weight: Weight
    details: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    """The field without which there is nothing to tell: when its answer was not taken over after all."""

    def message(self, phrases: Phrases) -> str:
        """What was found and what to do, in words."""
        return phrases.get("exchange", "finding", self.key).format_map(self.details)


def refusal(key: str, **details: str) -> Finding:
    """Nothing could be taken from the file."""
    return Finding(key, Weight.REFUSAL, details)


def caution(key: str, about: str = "", **details: str) -> Finding:
    """Something was taken and must be looked at."""
    return Finding(key, Weight.CAUTION, details, about)


def note(key: str, about: str = "", **details: str) -> Finding:
    """Good to know."""
    return Finding(key, Weight.NOTE, details, about)
