"""What kind of answer each field takes, so that each gets an input that fits. Without Qt, and without the model.

The kinds are read from the contract by `kinds_of_contract` when an edition is compiled, and kept with it: the window is
on the screen before the model of a case is loaded.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

EDITED_IN_THE_LETTER = ("letter.left_out",)
"""What no step of the wizard asks: which recommendations a letter leaves out is chosen where the letter is seen."""


class Kind(Enum):
    """The kinds of input."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    WHOLE_NUMBER = "whole_number"
    NUMBER = "number"
    NUMBERS = "numbers"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    BSN = "bsn"
    ENTITY = "entity"
    ENTITIES = "entities"
    BONE = "bone"
    EXAMINATIONS = "examinations"


class FieldKinds:
    """The kind of every field that the wizard asks, and the values of a choice."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self._kinds = {path: Kind(kind) for path, kind in form["kinds"].items()}
        self._values: Mapping[str, Sequence[str]] = form["values"]

    @property
    def paths(self) -> tuple[str, ...]:
        """Every field that the wizard asks, in the order of the contract."""
        return tuple(self._kinds)

    def of(self, path: str) -> Kind:
        """The kind of a field; raises KeyError for what is no field."""
        return self._kinds[path]

    def values(self, path: str) -> Sequence[str]:
        """The values of a choice, in the order of the contract; none of any other field."""
        return self._values.get(path, ())

    def unit(self, path: str) -> str | None:
        """The unit of a number: a key of the phrases; None when it has none."""
        if path == "patient.age_years":
            return "years"
        if self.of(path) not in (Kind.NUMBER, Kind.NUMBERS):
            return None
        return "percent" if path.endswith("_percent") else "millimetres"
