"""A pathway: stations in clinical order, each with how far it is."""

from dataclasses import dataclass
from enum import Enum

from guideline_core.keys import Phase


class State(Enum):
    """How far a station is. Each has its own sign, word and colour in the picture."""

    DONE = "done"  # the plan or the case says that it was done
    NOW = "now"  # the first in clinical order that is to be done and waits for nothing
    TO_DO = "to do"  # to be done or considered, waits for nothing, and is not the first
    WAITING = "waiting"  # something else comes first
    NOT_NEEDED = "not needed"  # the guideline does not ask for it here, or advises against it
    DEPENDS = "depends"  # hangs on what is still open


@dataclass(frozen=True, slots=True)
class Station:
    """One station: its state, the word for it, and what is behind it."""

    key: str
    name: str
    state: State
    words: str
    """The state in a word or three, as it stands under the sign."""
    detail: str = ""
    """What exactly, what it waits for, on what it depends: half a sentence, or nothing."""
    is_optional: bool = False
    """Whether the guideline merely lets it be considered."""
    phase: Phase | None = None
    """The part of the plan to which it belongs."""
    asks: tuple[str, ...] = ()
    """The questions with which it begins; a click on the station leads to the first."""
    actions: tuple[str, ...] = ()
    """The actions of the plan behind it, those that the plan lists; the first is where a click leads."""


@dataclass(frozen=True, slots=True)
class Pathway:
    """All stations of one plan, with the words that the picture and the text have in common."""

    title: str
    stations: tuple[Station, ...]

    def station(self, key: str) -> Station:
        """The station of this name; raises KeyError."""
        for station in self.stations:
            if station.key == key:
                return station
        raise KeyError(key)

    @property
    def now(self) -> Station | None:
        """The station that is to be done now, when there is one."""
        return next((station for station in self.stations if station.state is State.NOW), None)
