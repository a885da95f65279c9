"""Where a lesion comes from, once what was answered of it lies beside the tumours that are named.

A metastasis that is established takes a patient out of the guideline, so it must not silence a primary tumour that
another answer names: then the origin is `contradicted`, and the patient stays. What counts as a primary tumour, as a
metastasis under the microscope and as established is said by the edition.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from guideline_core.condition import Condition, holds
from guideline_core.subjects import CONTRADICTED, HISTOLOGY_KEYS, ORIGIN, TUMOUR_KEYS, RawAnswers

PRIMARY, METASTASIS, UNCERTAIN = "primary", "metastasis", "uncertain"
DIAGNOSIS: Final = "pathology.diagnosis"


@dataclass(frozen=True)
class OriginWords:
    """The definitions of an edition on which the origin turns."""

    primary_tumour: Condition
    """Which entities are primary bone tumours."""
    metastasis_seen: Condition
    """Which histologies are a metastasis."""
    established: Condition
    """By which values of pathology.diagnosis a histology is established."""


class OriginAnswers:
    """What the answers leave of the origin."""

    def __init__(self, classes: Iterable[str], words: OriginWords) -> None:
        self.words = words
        self._classes = tuple(classes)

    @cached_property
    def primary_tumours(self) -> frozenset[str]:
        """The entity classes that are primary bone tumours."""
        return self._among(self.words.primary_tumour)

    @cached_property
    def metastases(self) -> frozenset[str]:
        """The entity classes that are a metastasis."""
        return self._among(self.words.metastasis_seen)

    def _among(self, condition: Condition) -> frozenset[str]:
        return frozenset(name for name in self._classes if holds(condition, lambda atom: name in atom.values))  # noqa: B023

    def left(self, raw: RawAnswers) -> tuple[str, ...]:
        """The origins that are still possible. A metastasis that the microscope shows and nobody has confirmed leaves
        open whether it is one; without that, an origin that was not answered is uncertain."""
        stated = raw.get(ORIGIN) or UNCERTAIN
        if raw.get(HISTOLOGY_KEYS[0]) in self.metastases:
            return self._beside_metastasis(str(stated), raw)
        if stated == METASTASIS and self._primary_tumour_named(raw):
            return (CONTRADICTED,)
        return (str(stated),)

    def _beside_metastasis(self, stated: str, raw: RawAnswers) -> tuple[str, ...]:
        """The origin beside a metastasis under the microscope, whoever read it."""
        if stated == PRIMARY:
            return (CONTRADICTED,)
        if stated == METASTASIS or holds(self.words.established, lambda atom: raw.get(DIAGNOSIS) in atom.values):
            return (METASTASIS,)
        return (UNCERTAIN, METASTASIS)

    def _primary_tumour_named(self, raw: RawAnswers) -> bool:
        """Whether one of the answers names a primary tumour and leaves no metastasis possible."""
        stated = (raw.get(key) for key in TUMOUR_KEYS)
        named = [frozenset({each}) if isinstance(each, str) else each for each in stated]
        return any(
            isinstance(each, frozenset) and each & self.primary_tumours and not each & self.metastases for each in named
        )
