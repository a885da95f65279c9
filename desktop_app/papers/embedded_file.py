"""A file that travels inside a letter."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file inside a PDF: its name, what it is, and how it relates to the document (PDF/A-3, AFRelationship)."""

    name: str
    media_type: str
    content: bytes
    description: str
    relationship: Literal["Source", "Data", "Supplement", "Alternative", "Unspecified"]
