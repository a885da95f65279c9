"""What the parts of a FHIR bundle are made of, and how they name each other."""

import hashlib
import uuid
from dataclasses import dataclass
from functools import cached_property

from desktop_app.exchange.fhir.systems import Data
from desktop_app.library.clean_text import cleaned
from desktop_app.papers.letter.letter import Letter
from desktop_app.papers.order import PaperOrder

_NAMESPACE = uuid.UUID("5b1f6f9e-6a0c-5d0e-9a54-1c3f0d1f2a77")
"""A namespace of this program's own, chosen once."""


@dataclass(frozen=True)
class Source:
    """A letter and the order that it was made of; its case is here the part that travels."""

    letter: Letter
    order: PaperOrder

    @cached_property
    def _content(self) -> str:
        content = repr((self.letter, self.order.case, self.order.today))
        return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()

    def identifier(self, name: str) -> str:
        """A UUID for a part of the bundle: the same content gives the same, so that the bytes can be reproduced."""
        return str(uuid.uuid5(_NAMESPACE, f"{self._content} {name}"))

    def reference(self, name: str) -> Data:
        """A reference to a part of the bundle."""
        return {"reference": f"urn:uuid:{self.identifier(name)}"}

    def say(self, *keys: str, **details: str) -> str:
        """A phrase of the exchange, filled in."""
        return self.order.phrases.get("exchange", "fhir", *keys).format(**details)


def text(value: str | None) -> str | None:
    """A text as FHIR can hold it: without control characters, and none at all rather than an empty one."""
    return cleaned(value or "").strip() or None


def without_nothing(data: Data) -> Data:
    """The same without elements that hold nothing: FHIR knows no null, no empty text and no empty list."""
    return {key: value for key, value in data.items() if value not in (None, "", [], {}, ())}
