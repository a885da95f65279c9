"""Who sends a letter, and to which centre it can go: what the settings and the clinic's own files hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for annotations
    from desktop_app.library.toml_files import TomlFault


@dataclass(frozen=True, slots=True)
class Sender:
    """The referring doctor and the clinic, as the settings hold them. All of it may be empty."""

    name: str = ""
    specialty: str = ""
    big: str = ""
    agb: str = ""
    uzi: str = ""
    clinic: str = ""
    letterhead: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    logo: Path | None = None  # read by whoever makes the letter, in their thread


@dataclass(frozen=True, slots=True)
class Centre:
    """A centre of the directory."""

    key: str
    name: str
    kind: str
    city: str | None = None
    address: str | None = None
    phone: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """Name and address as they stand in a letter."""
        parts = (self.name, *(self.address or "").splitlines(), self.city if not self.address else None)
        return tuple(part.strip() for part in parts if part and part.strip())


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom the letter goes; not known means that it has a line to fill in."""

    key: str
    lines: tuple[str, ...]
    is_known: bool = True


def recipient_of(centre: Centre) -> Recipient:
    """A centre of the directory as the recipient of a letter."""
    return Recipient(centre.key, centre.lines)


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """All that a letter needs beside plan and case. The BSN is printed only when identity and number were verified."""

    sender: Sender = Sender()
    number: str = ""  # of the case
    centre: Centre | None = None  # chosen by the user or the default of the clinic: for letters to an expertise centre
    centres: Mapping[str, Centre] = field(default_factory=dict)
    centres_faults: "tuple[TomlFault, ...]" = ()  # what in the directory of centres cannot be used
    identity_verified: bool = False
    with_plan: bool = False
    """Whether a letter prints the plan of the guideline, as an annex."""
