"""What kind of answer each field takes, so that each gets an input that fits. Without Qt, and without the model.

The kinds are read from the contract when an edition is compiled, and kept with it: the window is on the screen before
the model of a case is loaded.
"""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from guideline_core.fields import AnswerKind

EDITED_IN_THE_LETTER = ("letter.left_out",)
"""What no step of the wizard asks: which recommendations a letter leaves out is chosen where the letter is seen."""


class KindsForm(TypedDict):
    """What FieldKinds needs of the contract, as plain data: what the cache keeps."""

    kinds: Mapping[str, str]
    values: Mapping[str, Sequence[str]]
    said_aloud: Sequence[str]


class FieldKinds:
    """The kind of every field that the wizard asks, and the values of a choice."""

    def __init__(self, form: KindsForm) -> None:
        self._kinds = {path: AnswerKind(kind) for path, kind in form["kinds"].items()}
        self._values: Mapping[str, Sequence[str]] = form["values"]
        self._said_aloud = frozenset(form["said_aloud"])

    @property
    def paths(self) -> tuple[str, ...]:
        """Every field that the wizard asks, in the order of the contract."""
        return tuple(self._kinds)

    def of(self, path: str) -> AnswerKind:
        """The kind of a field; raises KeyError for what is no field."""
        return self._kinds[path]

    def values(self, path: str) -> Sequence[str]:
        """The values of a choice, in the order of the contract; none of any other field."""
        return self._values.get(path, ())

    def can_be_said_aloud(self, path: str) -> bool:
        """Whether the answer to a field can be spoken: it identifies nobody, and cannot hold a name that was typed."""
        return path in self._said_aloud

    def unit(self, path: str) -> str | None:
        """The unit of a number: a key of the phrases; None when it has none."""
        if path == "patient.age_years":
            return "years"
        if self.of(path) not in (AnswerKind.NUMBER, AnswerKind.NUMBERS):
            return None
        return "percent" if path.endswith("_percent") else "millimetres"
