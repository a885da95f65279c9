"""Faults in the files of an edition, reported all at once, each with file, line and entry."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in an edition: the file, the line, the entry, and what is wrong with it.

    >>> str(Fault("actions.yaml", 12, "mdo.discuss", "'actor' is missing"))
    "actions.yaml:12: mdo.discuss: 'actor' is missing"
    """

    file: str
    line: int
    entry: str
    message: str

    def __str__(self) -> str:
        entry = f" {self.entry}:" if self.entry else ""
        return f"{self.file}:{self.line}:{entry} {self.message}"


class EditionFaults(Exception):
    """All faults of an edition, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message that suggests the closest existing name; empty when none is close.

    >>> did_you_mean("chld", ["adult", "child"])
    "; did you mean 'child'?"
    """
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""
