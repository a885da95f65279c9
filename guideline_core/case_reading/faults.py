"""What is wrong with a case, as data without language (a code and its details), so that each caller can word it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from guideline_core.file_limits import FAULTS_TOLD

Path = tuple[str | int, ...]
"""The way to a place in the data of a case: keys of objects and numbers of lists."""
Details = Mapping[str, object]

_LONGEST_REPEATED = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a case: where, what (a code), and what its message needs to be helpful."""

    path: str
    code: str
    details: Details = field(default_factory=dict)


class CaseFaults(Exception):
    """What is wrong with a case: as many faults as are told, and how many there are (`untold` are not among those
    given). Its text names paths and codes only, never an answer."""

    def __init__(self, faults: Iterable[Fault], untold: int = 0) -> None:
        found = tuple(faults)
        self.faults = found[:FAULTS_TOLD]
        self.number = len(found) + untold
        super().__init__("; ".join(f"{fault.path or 'case'}: {fault.code}" for fault in self.faults))


def written(path: Path) -> str:
    """A path as it is written.

    >>> written(("lesion", "differential", 1))
    'lesion.differential[1]'
    """
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{shortened(step)}" if text else shortened(step)
    return text


def shortened(text: str, most: int = _LONGEST_REPEATED) -> str:
    """A text that came from outside, no longer than a message can hold."""
    return text if len(text) <= most else f"{text[:most]}…"


def suggestion(given: str, known: Iterable[str]) -> dict[str, str]:
    """The details of a fault that name what exists and comes close to what was given; none when nothing does.

    >>> suggestion("Osteo-sarcoma", ["osteosarcoma", "chordoma"])
    {'suggestion': 'osteosarcoma'}
    """
    folded = given.strip().lower().replace("-", "_").replace(" ", "_")[:_LONGEST_REPEATED]
    close = get_close_matches(folded, list(known), n=1)
    return {"suggestion": close[0]} if close else {}
