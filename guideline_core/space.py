"""The space of cases as the rules see it: every subject of an edition, and which values the answers leave each of them.

A case fixes some subjects and leaves others open; each subject gets the *set* of values that it can still have. What an
unanswered field leaves open follows from its class (`fields.FieldClass`), what the answers about the lesion leave open
from how they combine (`lesion.LesionAnswers`).
"""

from collections.abc import Callable, Iterable, Mapping

from guideline_core.fields import FieldClass
from guideline_core.lesion import (
    CATEGORIES,
    KINDS,
    NOT_SUSPECTED,
    EntityClass,
    LesionAnswers,
    NatureLeft,
    nature_value,
    tissue_was_taken,
    weight,
)
from guideline_core.subjects import (
    AFTER_TISSUE,
    DEFAULTS,
    HISTOLOGY_KEYS,
    LESION_KEYS,
    NATURE,
    NO_HISTOLOGY,
    TISSUE_KEYS,
    UNEQUIVOCAL,
    RawAnswers,
    Subject,
    derived_subjects,
    plain_subjects,
    sure_subject,
)

REMEMBERED = 20_000
"""Results that a memory keeps; they are forgotten all at once when there are more."""


class Space:
    """All subjects of an edition, and the way from answers to the values that each subject can still have."""

    def __init__(
        self, classes: Iterable[EntityClass], class_of_entity: Mapping[str, str], sure_words: Iterable[str] = ()
    ) -> None:
        self.classes = {entity.name: entity for entity in classes}
        self.class_of_entity = dict(class_of_entity)
        self.lesion = LesionAnswers(self.classes)
        self.nature = self._nature_subject()
        self.nature_bits = {value: 1 << number for number, value in enumerate(self.nature.values)}
        self.histology = Subject(
            "histology", (NO_HISTOLOGY, *self.classes), (*HISTOLOGY_KEYS, *TISSUE_KEYS), FieldClass.FACT
        )
        self.sure_words = tuple(sure_words)
        sure = (Subject(name, ("no", "yes"), (name,), FieldClass.EVENT) for name in map(sure_subject, self.sure_words))
        ordered = (self.nature, *derived_subjects(), self.histology, *plain_subjects(), *sure)
        self.subjects = {subject.name: subject for subject in ordered}
        self._natures: dict[tuple[object, ...], NatureLeft] = {}
        self._same: dict[tuple[object, ...], NatureLeft] = {}
        self._mask_functions = {name: self._mask_function(subject) for name, subject in self.subjects.items()}

    def raw_keys(self) -> tuple[str, ...]:
        """Every raw key that decides a subject, each once."""
        return tuple(dict.fromkeys(key for subject in self.subjects.values() for key in subject.keys))

    def _nature_subject(self) -> Subject:
        pairs = [
            nature_value(category, name)
            for category in CATEGORIES
            for name, entity in self.classes.items()
            if self._reachable(category, entity)
        ]
        return Subject("nature", (NOT_SUSPECTED, *pairs), LESION_KEYS, FieldClass.FACT)

    @staticmethod
    def _reachable(category: str, entity: EntityClass) -> bool:
        if category == "do_not_touch":
            return entity.do_not_touch
        if category == "uncertain" or entity.kind == "uncertain":
            return True
        return weight(category) >= KINDS.index(entity.kind)

    def mask(self, name: str, raw: RawAnswers) -> int:
        """Return the values that a subject can still have, as a bit mask."""
        return self._mask_functions[name](raw)

    def _mask_function(self, subject: Subject) -> Callable[[RawAnswers], int]:
        if subject.name == "nature":
            return lambda raw: self.nature_left(raw).mask
        if subject.name == "category_conflict":
            return lambda raw: 2 if self.lesion.conflict(raw) else 1
        if subject.name == "category_given":
            return lambda raw: 2 if raw.get("lesion.category") is not None else 1
        if subject.name == "histology":
            return self._histology_mask
        if subject.name == UNEQUIVOCAL:
            return _unequivocal_mask
        return _simple_mask_function(subject)

    def nature_left(self, raw: RawAnswers) -> NatureLeft:
        """What the answers leave of `nature`; callers that ask often keep it among the answers, under NATURE."""
        kept = raw.get(NATURE)
        if isinstance(kept, NatureLeft):
            return kept
        signature = tuple(raw.get(key) for key in LESION_KEYS)
        found = self._natures.get(signature)
        if found is None:
            if len(self._natures) > REMEMBERED:
                self._natures.clear()
                self._same.clear()
            left = self._find_nature(raw)
            found = self._natures[signature] = self._same.setdefault(left.content, left)
        return found

    def _find_nature(self, raw: RawAnswers) -> NatureLeft:
        unsuspected = self.nature_bits[NOT_SUSPECTED]
        if self.lesion.must_be_unsuspected(raw):
            return NatureLeft(unsuspected, (), (), frozenset({NOT_SUSPECTED}), self.lesion.candidates(raw))
        mask = unsuspected if self.lesion.may_be_unsuspected(raw) else 0
        by_category: dict[str, int] = {}
        by_entity: dict[str, int] = {}
        counted = {NOT_SUSPECTED} if mask else set()
        for completion in self.lesion.completions(raw):
            bit = self.nature_bits[completion.nature]
            mask |= bit
            counted.add(completion.counts_as)
            by_category[completion.category] = by_category.get(completion.category, 0) | bit
            by_entity[completion.entity] = by_entity.get(completion.entity, 0) | bit
        masks = (tuple(by_category.values()), tuple(by_entity.values()))
        return NatureLeft(mask, *masks, frozenset(counted), self.lesion.candidates(raw))

    def _histology_mask(self, raw: RawAnswers) -> int:
        established, weighed = (raw.get(key) for key in HISTOLOGY_KEYS)
        if isinstance(weighed, frozenset) and established in (None, self.lesion.uncertain):
            return self.histology.set_of(weighed)
        if isinstance(established, str):
            return self.histology.set_of([established])
        if tissue_was_taken(raw):
            return self.histology.everything & ~1
        return self.histology.set_of([NO_HISTOLOGY])


def _unequivocal_mask(raw: RawAnswers) -> int:
    """Only a meeting of an expertise centre can call a diagnosis unequivocal; where there was none, it is not."""
    answer = raw.get(UNEQUIVOCAL)
    if answer is not None:
        return 2 if answer == "yes" else 1
    return 1 if raw.get("mdo.with_expertise_centre") == "no" else 3


def _simple_mask_function(subject: Subject) -> Callable[[RawAnswers], int]:
    """The mask of a subject that one raw key decides."""
    key = subject.keys[0]
    singles = {value: 1 << position for position, value in enumerate(subject.values)}
    if key in AFTER_TISSUE:
        return lambda raw: (
            singles[raw[key]] if raw.get(key) else (subject.everything & ~1 if tissue_was_taken(raw) else 1)  # type: ignore[index]
        )
    if subject.field_class is FieldClass.FACT:
        unanswered = subject.everything
    else:
        unanswered = singles[DEFAULTS.get(key, subject.values[0])]

    def mask(raw: RawAnswers) -> int:
        value = raw.get(key)
        return unanswered if value is None else singles[value]  # type: ignore[index]

    return mask
