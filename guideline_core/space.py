"""The space of cases as the rules see it: a few dozen subjects, each with a short list of values.

A case fixes some subjects and leaves others open; each subject gets the *set* of values that it can still have. What an
unanswered field leaves open follows from its class (`case.FieldClass`); how the answers about the lesion hang together
(category, entity, differential, histology) is written here once, in `nature_completions`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from guideline_core.case import Case, Region, field_classes
from guideline_core.fields import FieldClass

Raw = dict[str, "str | frozenset[str] | None"]
"""Answers in the words of the rules, by raw key; a key that is absent or None was not answered."""

BENIGN_CATEGORIES = ("do_not_touch", "benign_indolent", "benign_active", "benign_unspecified")
CATEGORIES: tuple[str, ...] = (*BENIGN_CATEGORIES, "intermediate", "uncertain", "malignant")
KINDS = ("benign", "intermediate", "uncertain", "malignant")
NOT_SUSPECTED = "none"
NATURE = "nature"
REMEMBERED = 20_000
"""Results that a memory keeps; they are forgotten all at once when there are more."""
NO_HISTOLOGY = "none"
AGE, REGION = "age_group", "region"
FIELD_OF_KEY = {AGE: "patient.birth_date", REGION: "lesion.bone"}
LESION_KEYS = (
    "lesion.suspected",
    "lesion.basis",
    "lesion.category_by",
    "lesion.category",
    "lesion.entity",
    "lesion.differential",
    "pathology.histology",
    "pathology.histology_differential",
)
TISSUE_KEYS = ("biopsy.status", "pathology.diagnosis", "resection.performed")
HISTOLOGY_KEYS = ("pathology.histology", "pathology.histology_differential")
ANSWERED_FIELDS = (
    "resection.size_mm",
    "resection.margin",
    "resection.resection_plane_mm",
    "resection.osteotomy_plane_mm",
    "pathology.specimen",
    "pathology.who_edition",
)
DEFAULTS = {
    "lesion.origin": "uncertain",  # not an established metastasis
    "lesion.basis": "radiological",
    "lesion.category_by": "radiologist",
    "phase": "work_up",
    "setting": "primary_care",
}
UNEQUIVOCAL = "lesion.radiologically_unequivocal"
AFTER_TISSUE = ("pathology.histological_grade", "pathology.h3_g34w", "pathology.h3_k36m")
_HANDLED_APART = frozenset(
    {"patient.birth_date", "patient.age_years", "lesion.bone", "lesion.region", *LESION_KEYS}
    | set(ANSWERED_FIELDS)
    | {"imaging.mri.date", "biopsy.date", "resection.viable_tumour_percent", "resection.response_percent"}
) - {"lesion.basis", "lesion.category_by", "resection.margin", "pathology.specimen"}


def answered_subject(field: str) -> str:
    """Name of the subject "this field was filled in"."""
    return f"answered({field})"


@dataclass(frozen=True)
class Subject:
    """Something on which a rule can turn: its values, the raw keys that decide it, and the class of its field."""

    name: str
    values: tuple[str, ...]
    keys: tuple[str, ...]
    field_class: FieldClass

    def set_of(self, values: Iterable[str]) -> int:
        """Return the set of these values as a bit mask over `values`."""
        return sum(1 << self.values.index(value) for value in set(values))

    @property
    def everything(self) -> int:
        """The mask of all values."""
        return (1 << len(self.values)) - 1


def _options(path: str) -> tuple[Any, ...]:
    """The types that a field of the contract accepts, None among them."""
    model: Any = Case
    *groups, name = path.split(".")
    for group in groups:
        model = model.model_fields[group].annotation
    return get_args(model.model_fields[name].annotation)


@cache
def literal_values(path: str) -> tuple[str, ...] | None:
    """The values of an enumerated field of the contract; None for a yes/no field or free content."""
    for option in _options(path):
        if get_origin(option) is Literal:
            return get_args(option)
    return None


@cache
def is_yes_no(path: str) -> bool:
    """Whether a field of the contract takes true or false."""
    return any(bool in (option, *get_args(option)) for option in _options(path))


def _plain_subject(path: str, field_class: FieldClass) -> Subject | None:
    values = ("no", "yes") if is_yes_no(path) else literal_values(path)
    if values is None:
        return None
    if path == UNEQUIVOCAL:
        return Subject(path, values, (path, "mdo.with_expertise_centre"), field_class)
    if path in AFTER_TISSUE:
        return Subject(path, ("none", *values), (path, *TISSUE_KEYS, *HISTOLOGY_KEYS), field_class)
    if field_class in (FieldClass.EVENT, FieldClass.EXCEPTION):
        values = ("unanswered", *values)
    return Subject(path, values, (path,), field_class)


@cache
def plain_subjects() -> tuple[Subject, ...]:
    """The subjects that are fields of the contract themselves."""
    found = []
    for path, field_class in field_classes().items():
        if field_class is not FieldClass.LETTER and path not in _HANDLED_APART:
            subject = _plain_subject(path, field_class)
            if subject is not None:
                found.append(subject)
    return tuple(found)


@cache
def derived_subjects() -> tuple[Subject, ...]:
    """The subjects that follow from one or more fields, save those that need the entity catalogue."""
    event = FieldClass.EVENT
    return (
        Subject(AGE, ("child", "adult"), (AGE,), FieldClass.FACT),
        Subject(REGION, tuple(get_args(Region)), (REGION,), FieldClass.FACT),
        Subject("category_conflict", ("no", "yes"), LESION_KEYS, event),
        Subject("category_given", ("no", "yes"), ("lesion.category",), event),
        Subject("biopsy_dated_before_mri", ("no", "yes"), ("biopsy_dated_before_mri",), event),
        Subject("resection_size_in_three_dimensions", ("no", "yes"), ("resection_size_in_three_dimensions",), event),
        Subject("response", ("not_measured", "good", "at_threshold", "poor"), ("response",), event),
        *(
            Subject(answered_subject(field), ("no", "yes"), (answered_subject(field),), event)
            for field in ANSWERED_FIELDS
        ),
    )


@dataclass(frozen=True)
class Thresholds:
    """The numbers on which a rule turns (thresholds.yaml)."""

    child_below_years: int
    good_response_below_viable_percent: float


@dataclass(frozen=True)
class EntityClass:
    """Entities that no rule tells apart, known by one of them."""

    name: str
    kind: str
    do_not_touch: bool


@dataclass(frozen=True)
class Completion:
    """One coherent way in which category and entity can turn out, and the category that then counts."""

    category: str
    entity: str
    counts_as: str

    @property
    def nature(self) -> str:
        """The value of the subject `nature`."""
        return nature_value(self.counts_as, self.entity)


def nature_value(category: str, entity: str) -> str:
    """Name the value of the subject `nature` in which this category counts for this entity class."""
    return f"{category}/{entity}"


@dataclass(frozen=True, slots=True, eq=False)
class NatureLeft:
    """What the answers about the lesion leave of the subject `nature`: all values, and those behind each category and
    each entity that is still possible. Equal contents are one object within a space, so that it is compared fast."""

    mask: int
    by_category: tuple[int, ...]
    by_entity: tuple[int, ...]
    counted: frozenset[str]
    candidates: frozenset[str]

    @property
    def content(self) -> tuple[object, ...]:
        """All that it says."""
        return (self.mask, self.by_category, self.by_entity, self.counted, self.candidates)


class LesionAnswers:
    """How the answers about the lesion hang together (design section 4, "category"; AMB-07, AMB-20, AMB-23)."""

    def __init__(self, classes: Mapping[str, EntityClass]) -> None:
        self.classes = classes
        self.uncertain = next(name for name, entity in classes.items() if entity.kind == "uncertain")

    def completions(self, raw: Mapping[str, object]) -> tuple[Completion, ...]:
        """All coherent (category, entity) pairs that the answers leave open, suspicion given."""
        by_other = raw.get("lesion.category_by") == "other"
        return tuple(
            Completion(category, entity, self._counts_as(category, entity, by_other))
            for category, entity in self._pairs(raw)
        )

    def candidates(self, raw: Mapping[str, object]) -> frozenset[str]:
        """The entity classes that the answers about the entity leave open, whatever the category."""
        return frozenset(self._candidates(raw))

    def may_be_unsuspected(self, raw: Mapping[str, object]) -> bool:
        """Whether "no bone tumour suspected" is still possible."""
        return not self.implies_suspicion(raw)

    def must_be_unsuspected(self, raw: Mapping[str, object]) -> bool:
        """Whether it was answered that no bone tumour is suspected, and no other answer says otherwise."""
        return raw.get("lesion.suspected") == "no" and not self.implies_suspicion(raw)

    @staticmethod
    def implies_suspicion(raw: Mapping[str, object]) -> bool:
        """Whether an answer says, or implies, that a bone tumour is suspected."""
        named = (*LESION_KEYS[3:],)
        return (
            raw.get("lesion.suspected") == "yes"
            or raw.get("lesion.basis") in ("radiological", "histological")
            or any(raw.get(key) is not None for key in named)
        )

    def conflict(self, raw: Mapping[str, object]) -> bool:
        """Whether a stated category and a stated entity are of different kinds; the heavier one then counts."""
        category, kind = raw.get("lesion.category"), self._stated_kind(raw)
        return isinstance(category, str) and kind is not None and kind_of(category) != kind

    def _stated_entity(self, raw: Mapping[str, object]) -> str | None:
        """The entity that counts as stated: an established histology stands in for the entity on imaging."""
        for key in ("pathology.histology", "lesion.entity"):
            entity = raw.get(key)
            if isinstance(entity, str) and (key == "lesion.entity" or entity != self.uncertain):
                return entity
        return None

    def _weighed(self, raw: Mapping[str, object]) -> frozenset[str]:
        """The entities that a differential names; that of the microscope only until a histology is established."""
        members: frozenset[str] = frozenset()
        keys = ["lesion.differential"]
        if raw.get("pathology.histology") in (None, self.uncertain):
            keys.append("pathology.histology_differential")
        for key in keys:
            value = raw.get(key)
            if isinstance(value, frozenset):
                members |= value
        return members

    def _stated_kind(self, raw: Mapping[str, object]) -> str | None:
        """The heaviest kind among the entities that are stated; an entity `uncertain` by itself restricts nothing."""
        entity = self._stated_entity(raw)
        named = self._weighed(raw) | ({entity} if entity is not None and entity != self.uncertain else frozenset())
        return max((self.classes[name].kind for name in named), key=KINDS.index, default=None)

    def _candidates(self, raw: Mapping[str, object]) -> tuple[str, ...]:
        """The entity classes that the answers about the entity leave open."""
        entity, weighed = self._stated_entity(raw), self._weighed(raw)
        if entity is not None and not (entity == self.uncertain and weighed):
            return (entity,)
        return tuple(name for name in self.classes if name in weighed) if weighed else tuple(self.classes)

    def _pairs(self, raw: Mapping[str, object]) -> list[tuple[str, str]]:
        category, kind, candidates = raw.get("lesion.category"), self._stated_kind(raw), self._candidates(raw)
        if isinstance(category, str):
            if kind is not None:
                heavier = max((kind_of(category), kind), key=KINDS.index)
                counted = category if heavier == kind_of(category) else heavier
                return [(counted, entity) for entity in candidates]
            return [(category, entity) for entity in candidates if self._fits(category, entity)]
        if kind is not None and kind != "benign":
            return [(kind, entity) for entity in candidates]
        return [
            (possible, entity)
            for entity in candidates
            for possible in CATEGORIES
            if self._fits(possible, entity) and (kind is None or possible in BENIGN_CATEGORIES)
        ]

    def _fits(self, category: str, entity: str) -> bool:
        """Whether category and entity can go together when only one of them is stated."""
        kind = self.classes[entity].kind
        if kind == "uncertain" or category == "uncertain":
            return True
        return kind_of(category) == kind

    def _counts_as(self, category: str, entity: str, by_other: bool) -> str:
        if category == "do_not_touch" and not self.classes[entity].do_not_touch:
            category = "benign_indolent"  # only the five named lesions are left alone (AMB-20)
        if by_other and category in ("do_not_touch", "benign_indolent"):
            category = "benign_unspecified"  # reassurance needs a radiologist or a centre (AMB-07)
        return category


def kind_of(category: str) -> str:
    """The kind of a category: benign, intermediate, uncertain or malignant."""
    return "benign" if category in BENIGN_CATEGORIES else category


def tissue_was_taken(raw: Mapping[str, object]) -> bool:
    """Whether tissue exists, so that histology is a question."""
    return (
        raw.get("biopsy.status") == "performed"
        or raw.get("pathology.diagnosis") in ("outside_expertise_centre", "confirmed_by_expertise_centre")
        or raw.get("resection.performed") == "yes"
        or any(raw.get(key) is not None for key in HISTOLOGY_KEYS)
    )


class Space:
    """All subjects of an edition, and the way from answers to the values that each subject can still have."""

    def __init__(self, classes: Iterable[EntityClass], class_of_entity: Mapping[str, str]) -> None:
        self.classes = {entity.name: entity for entity in classes}
        self.class_of_entity = dict(class_of_entity)
        self.lesion = LesionAnswers(self.classes)
        self.nature = self._nature_subject()
        self.nature_bits = {value: 1 << number for number, value in enumerate(self.nature.values)}
        self.histology = Subject(
            "histology", (NO_HISTOLOGY, *self.classes), (*HISTOLOGY_KEYS, *TISSUE_KEYS), FieldClass.FACT
        )
        ordered = (self.nature, *derived_subjects(), self.histology, *plain_subjects())
        self.subjects = {subject.name: subject for subject in ordered}
        self._natures: dict[tuple[object, ...], NatureLeft] = {}
        self._same: dict[tuple[object, ...], NatureLeft] = {}
        self._mask_functions = {name: self._mask_function(subject) for name, subject in self.subjects.items()}

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
        return KINDS.index(kind_of(category)) >= KINDS.index(entity.kind)

    def mask(self, name: str, raw: Mapping[str, object]) -> int:
        """Return the values that a subject can still have, as a bit mask."""
        return self._mask_functions[name](raw)

    def _mask_function(self, subject: Subject) -> Callable[[Mapping[str, object]], int]:
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

    def nature_left(self, raw: Mapping[str, object]) -> NatureLeft:
        """What the answers leave of `nature`; whoever asks often keeps it among the answers, under NATURE."""
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

    def _find_nature(self, raw: Mapping[str, object]) -> NatureLeft:
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

    def _histology_mask(self, raw: Mapping[str, object]) -> int:
        established, weighed = (raw.get(key) for key in HISTOLOGY_KEYS)
        if isinstance(weighed, frozenset) and established in (None, self.lesion.uncertain):
            return self.histology.set_of(weighed)
        if isinstance(established, str):
            return self.histology.set_of([established])
        if tissue_was_taken(raw):
            return self.histology.everything & ~1
        return self.histology.set_of([NO_HISTOLOGY])


def _unequivocal_mask(raw: Mapping[str, object]) -> int:
    """Only a meeting of an expertise centre can call a diagnosis unequivocal; where there was none, it is not."""
    answer = raw.get(UNEQUIVOCAL)
    if answer is not None:
        return 2 if answer == "yes" else 1
    return 1 if raw.get("mdo.with_expertise_centre") == "no" else 3


def _simple_mask_function(subject: Subject) -> Callable[[Mapping[str, object]], int]:
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

    def mask(raw: Mapping[str, object]) -> int:
        value = raw.get(key)
        return unanswered if value is None else singles[value]  # type: ignore[index]

    return mask
