"""Who sends a letter, and to which centre it can go: what the settings and the clinic's own files hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    logo: bytes | None = None
    logo_unreadable: bool = False  # a logo was chosen, and its file cannot be read


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
class LetterSettings:
    """All that a letter needs beside plan and case. The BSN is printed only when identity and number were verified."""

    sender: Sender = Sender()
    number: str = ""
    centre: Centre | None = None  # chosen by the user or the default of the clinic: for letters to an expertise centre
    centres: Mapping[str, Centre] = field(default_factory=dict)
    identity_verified: bool = False
