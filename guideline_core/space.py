"""The space of cases as the rules see it: every subject of an edition, and which values the answers leave each of them.

A case fixes some subjects and leaves others open; each subject gets the *set* of values that it can still have. What an
unanswered field leaves open follows from its class (`fields.FieldClass`), what the answers about the lesion leave open
from how they combine (`lesion_answers`).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping

from guideline_core.condition import Condition, holds
from guideline_core.fields import FieldClass
from guideline_core.lesion import (
    CATEGORIES,
    NOT_SUSPECTED,
    REMEMBERED,
    Completion,
    EntityClass,
    NatureLeft,
    nature_value,
)
from guideline_core.lesion_answers import LesionAnswers
from guideline_core.origin_answers import OriginAnswers, OriginWords
from guideline_core.subjects import (
    AFTER_TISSUE,
    BESIDE_KEYS,
    DEFAULTS,
    DISAGREEMENT,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    GRADE_ON_IMAGING,
    HIGH_GRADE_UNNAMED,
    HISTOLOGY_KEYS,
    NAMING_KEYS,
    NATURE,
    NO_HISTOLOGY,
    NOTHING_BESIDE,
    ORIGIN,
    TISSUE_KEYS,
    TISSUE_LIGHTER,
    UNEQUIVOCAL,
    UNTOLD_HISTOLOGY,
    RawAnswers,
    Subject,
    derived_subjects,
    plain_subjects,
    sure_subject,
)
from guideline_core.weighing import Weighing


class Space:
    """All subjects of an edition, and the way from answers to the values that each subject can still have."""

    def __init__(
        self,
        classes: Iterable[EntityClass],
        class_of_entity: Mapping[str, str],
        weighing: Weighing,
        tissue_taken: Condition,
        origin_words: OriginWords,
        sure_words: Iterable[str] = (),
        natures: Iterable[str] | None = None,
    ) -> None:
        """`natures` are the natures as which some answers can count, where that was found before: it takes long."""
        self.classes = {entity.name: entity for entity in classes}
        self.class_of_entity = dict(class_of_entity)
        self.lesion = LesionAnswers(self.classes, weighing)
        self.tissue_taken = tissue_taken
        self.origin = OriginAnswers(self.classes, origin_words)
        self._tissue: dict[tuple[object, ...], bool] = {}
        self.nature = self._nature_subject(frozenset(natures) if natures is not None else self.lesion.natures())
        self.nature_bits = {value: 1 << number for number, value in enumerate(self.nature.values)}
        seen_by = (*HISTOLOGY_KEYS, *TISSUE_KEYS, GRADE_OF_TISSUE)
        self.histology = Subject("histology", (NO_HISTOLOGY, *self.classes), seen_by, FieldClass.FACT)
        self.beside = Subject(ENTITY_BESIDE, (NOTHING_BESIDE, *self.classes), BESIDE_KEYS, FieldClass.EVENT)
        self.sure_words = tuple(sure_words)
        sure = (Subject(name, ("no", "yes"), (name,), FieldClass.EVENT) for name in map(sure_subject, self.sure_words))
        ordered = (self.nature, self.beside, *derived_subjects(), self.histology, *plain_subjects(), *sure)
        self.subjects = {subject.name: subject for subject in ordered}
        self._natures: dict[tuple[object, ...], NatureLeft] = {}
        self._decided: dict[Hashable, NatureLeft] = {}
        self._same: dict[tuple[object, ...], NatureLeft] = {}
        self._mask_functions = {name: self._mask_function(subject) for name, subject in self.subjects.items()}

    def raw_keys(self) -> tuple[str, ...]:
        """Every raw key that decides a subject, each once."""
        return tuple(dict.fromkeys(key for subject in self.subjects.values() for key in subject.keys))

    def _nature_subject(self, reached: frozenset[str]) -> Subject:
        pairs = (nature_value(category, name) for category in CATEGORIES for name in self.classes)
        return Subject(
            "nature", (NOT_SUSPECTED, *(pair for pair in pairs if pair in reached)), self.lesion.keys, FieldClass.FACT
        )

    def tissue_was_taken(self, raw: RawAnswers) -> bool:
        """Whether tissue exists, so that histology is a question: the definition of the edition, in which a histology
        that was answered, or weighed, is one that is not `none`."""
        answers = tuple(raw.get(key) for key in (*TISSUE_KEYS, *HISTOLOGY_KEYS))
        found = self._tissue.get(answers)
        if found is None:
            facts = dict(zip(TISSUE_KEYS, answers, strict=False))
            facts["histology"] = NO_HISTOLOGY if answers[-2:] == (None, None) else self.lesion.uncertain
            found = holds(self.tissue_taken, lambda atom: facts[atom.subject] in atom.values)
            if len(self._tissue) > REMEMBERED:
                self._tissue.clear()
            self._tissue[answers] = found
        return found

    def something_shows(self, raw: RawAnswers) -> bool:
        """Whether there is more than a clinical suspicion: an image of any kind, a category or a name, tissue, or a
        suspicion that is said to rest on them."""
        return (
            self.tissue_was_taken(raw)
            or raw.get("lesion.basis") in ("radiological", "histological")
            or any(raw.get(key) is not None for key in NAMING_KEYS)
            or any(
                answer == "yes" for key, answer in raw.items() if key.startswith("imaging.") and key.endswith(".done")
            )
        )

    def mask(self, name: str, raw: RawAnswers) -> int:
        """Return the values that a subject can still have, as a bit mask."""
        return self._mask_functions[name](raw)

    def mask_function(self, name: str) -> Callable[[RawAnswers], int]:
        """The function that gives this mask, for who asks it often."""
        return self._mask_functions[name]

    def _mask_function(self, subject: Subject) -> Callable[[RawAnswers], int]:
        if subject.name == "nature":
            return lambda raw: self.nature_left(raw).mask
        lesion, read = self.lesion, self.lesion.graded.read
        if subject.name == "category_conflict":
            return lambda raw: 2 if lesion.conflict(read(raw)) else 1
        if subject.name == TISSUE_LIGHTER:
            return lambda raw: 2 if lesion.tissue_is_lighter(read(raw)) else 1
        if subject.name == DISAGREEMENT:
            return lambda raw: 2 if lesion.disagrees(read(raw)) else 1
        if subject is self.beside:
            return lambda raw: subject.set_of(lesion.beside(read(raw)) or (NOTHING_BESIDE,))
        if subject.name == UNTOLD_HISTOLOGY:
            return lambda raw: 2 if raw.get(HISTOLOGY_KEYS[0]) == lesion.uncertain else 1
        if subject.name == HIGH_GRADE_UNNAMED:
            return lambda raw: 2 if lesion.graded.unnamed(raw) else 1
        if subject.name == "category_given":
            return lambda raw: 2 if raw.get("lesion.category") is not None else 1
        if subject.name == "histology":
            return lambda raw: self._histology_mask(read(raw))
        if subject.name == ORIGIN:
            return lambda raw: subject.set_of(self.origin.left(raw))
        if subject.name == UNEQUIVOCAL:
            return _unequivocal_mask
        if subject.name in AFTER_TISSUE:
            return lambda raw: self._after_tissue_mask(subject, raw)
        if subject.name == GRADE_ON_IMAGING:
            return _grade_mask(subject)
        return _simple_mask_function(subject)

    def nature_left(self, raw: RawAnswers) -> NatureLeft:
        """What the answers leave of `nature`; callers that ask often keep it among the answers, under NATURE."""
        kept = raw.get(NATURE)
        if isinstance(kept, NatureLeft):
            return kept
        given, raw = raw, self.lesion.graded.read(raw)
        named = None if raw is given else self.lesion.candidates(given)
        signature = (*map(raw.get, self.lesion.weighed_keys), named)
        found = self._natures.get(signature)
        if found is None:
            if len(self._natures) > REMEMBERED:
                self._natures.clear()
                self._decided.clear()
                self._same.clear()
            candidates = self.lesion.candidates(raw) if named is None else named
            deciding = (self.lesion.deciding(raw), candidates)
            found = self._decided.get(deciding)
            if found is None:
                left = self._find_nature(raw, candidates)
                found = self._decided[deciding] = self._same.setdefault(left.content, left)
            self._natures[signature] = found
        return found

    def _find_nature(self, raw: RawAnswers, named: frozenset[str]) -> NatureLeft:
        unsuspected = self.nature_bits[NOT_SUSPECTED]
        if self.lesion.must_be_unsuspected(raw):
            return NatureLeft(unsuspected, (), (), frozenset({NOT_SUSPECTED}), named)
        mask = unsuspected if self.lesion.may_be_unsuspected(raw) else 0
        return self._nature_of(self.lesion.completions(raw), mask, named)

    def stays_untold(self, raw: RawAnswers) -> NatureLeft | None:
        """What is left of `nature` if the tumour that cannot be told on imaging stays so; None when it was not said, or
        another answer names tumours."""
        untold, raw = self.lesion.uncertain, self.lesion.graded.read(raw)
        completions = [each for each in self.lesion.completions(raw) if each.entity == untold]
        if raw.get("lesion.entity") != untold or not completions:
            return None
        left = self._nature_of(completions, 0, self.lesion.candidates(raw))
        return self._same.setdefault(left.content, left)

    def _nature_of(self, completions: Iterable[Completion], mask: int, candidates: frozenset[str]) -> NatureLeft:
        by_category: dict[str, int] = {}
        by_entity: dict[str, int] = {}
        counted = {NOT_SUSPECTED} if mask else set()
        for completion in completions:
            bit = self.nature_bits[completion.nature]
            mask |= bit
            counted.add(completion.counts_as)
            by_category[completion.category] = by_category.get(completion.category, 0) | bit
            by_entity[completion.entity] = by_entity.get(completion.entity, 0) | bit
        masks = (tuple(by_category.values()), tuple(by_entity.values()))
        return NatureLeft(mask, *masks, frozenset(counted), candidates)

    def _histology_mask(self, raw: RawAnswers) -> int:
        """What the microscope can show: what it showed or weighs, or anything once it is at hand and cannot be told."""
        established, weighed = (raw.get(key) for key in HISTOLOGY_KEYS)
        told_of_none = self.lesion.uncertain
        if isinstance(established, str) and established != told_of_none:
            return self.histology.set_of([established])
        if isinstance(weighed, frozenset) and told_of_none not in weighed:
            return self.histology.set_of(weighed)
        if self.tissue_was_taken(raw):
            return self.histology.everything & ~1
        return self.histology.set_of([NO_HISTOLOGY])

    def _after_tissue_mask(self, subject: Subject, raw: RawAnswers) -> int:
        """The mask of a finding of the microscope: there is none before tissue was taken, and any after it."""
        value = raw.get(subject.name)
        if isinstance(value, str):
            return subject.set_of([value])
        return subject.everything & ~1 if self.tissue_was_taken(raw) else 1


def _unequivocal_mask(raw: RawAnswers) -> int:
    """Only a meeting of an expertise centre can call a diagnosis unequivocal; where there was none, it is not."""
    answer = raw.get(UNEQUIVOCAL)
    if answer is not None:
        return 2 if answer == "yes" else 1
    return 1 if raw.get("mdo.with_expertise_centre") == "no" else 3


def _grade_mask(subject: Subject) -> Callable[[RawAnswers], int]:
    """A grade that cannot be told may turn out to be any but the lowest: it is never read as low grade (AMB-33)."""
    by_answer = {value: subject.set_of([value]) for value in subject.values} | {
        None: subject.everything,
        "uncertain": subject.everything & ~subject.set_of(["grade_1"]),
    }
    return lambda raw: by_answer[raw.get(GRADE_ON_IMAGING)]  # type: ignore[index]


def _simple_mask_function(subject: Subject) -> Callable[[RawAnswers], int]:
    """The mask of a subject that one raw key decides."""
    key = subject.keys[0]
    by_answer: dict[object, int] = {value: 1 << position for position, value in enumerate(subject.values)}
    if subject.field_class is FieldClass.FACT:
        by_answer[None] = subject.everything
    else:
        by_answer[None] = by_answer[DEFAULTS.get(key, subject.values[0])]
    return lambda raw: by_answer[raw.get(key)]
