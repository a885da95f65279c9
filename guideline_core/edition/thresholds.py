"""Between which numbers each threshold of an edition can lie: a slip of the hand in one turns advice for many patients.

The ranges are wider than anybody would choose, and keep the ages in their order: asking for pregnancy begins among
children and ends among adults.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from guideline_core.edition.entry_reader import NoteFault
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.values import Threshold

THRESHOLDS_FILE = "thresholds.yaml"


class Range(NamedTuple):
    """What a threshold can be."""

    least: float
    most: float
    is_whole: bool

    def __contains__(self, value: object) -> bool:
        return (
            isinstance(value, int | float)
            and self.least <= value <= self.most
            and (not self.is_whole or float(value).is_integer())
        )

    def __str__(self) -> str:
        kind = "a whole number" if self.is_whole else "a number"
        return f"{kind} from {self.least:g} to {self.most:g} is expected"


RANGES: Mapping[str, Range] = {
    "child_below_years": Range(16, 25, is_whole=True),
    "pregnancy_asked_from_years": Range(8, 12, is_whole=True),
    "pregnancy_asked_up_to_years": Range(50, 65, is_whole=True),
    "ct_slice_at_most_mm": Range(0.1, 5, is_whole=False),
    "good_response_below_viable_percent": Range(1, 20, is_whole=False),
    "who_edition_from_year": Range(1972, 2099, is_whole=True),
}
"""By the names that the core uses."""


def check_thresholds(thresholds: Iterable[Threshold], note: NoteFault) -> None:
    """Note every threshold that is missing, that the core does not know, or that lies outside its range."""
    values = {threshold.id: threshold.value for threshold in thresholds}
    for name in RANGES.keys() - values:
        note(THRESHOLDS_FILE, (), name, f"the threshold '{name}' is missing")
    for name, value in values.items():
        if name not in RANGES:
            note(THRESHOLDS_FILE, (name,), name, f"unknown threshold '{name}'{did_you_mean(name, RANGES)}")
        elif value not in RANGES[name]:
            note(THRESHOLDS_FILE, (name, "value"), name, f"'value' is {value:g}: {RANGES[name]}")
