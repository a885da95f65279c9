"""From what a complete case says of the lesion to the answers that state it, the plainest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guideline_core.evaluation import CompleteCase
from guideline_core.graded_names import LOW_GRADE
from guideline_core.lesion import HEAVIEST_KIND, KINDS, NOT_SUSPECTED
from guideline_core.origin_answers import METASTASIS
from guideline_core.proof.coherence import uncertain_entity
from guideline_core.space import Space
from guideline_core.subjects import (
    CONTRADICTED,
    DEFAULTS,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    GRADE_ON_IMAGING,
    HIGH_GRADE_UNNAMED,
    HISTOLOGY_KEYS,
    NO_HISTOLOGY,
    NOTHING_BESIDE,
    ORIGIN,
    TISSUE_KEYS,
    TISSUE_LIGHTER,
    UNTOLD_HISTOLOGY,
    RawAnswers,
)
from guideline_core.weighing import GRADE_FIELDS

Answers = dict[str, object]
"""Answers of a case by path, such as `imaging.mri.contrast`."""

DIFFERENTIAL = "lesion.differential"
LESION_SUBJECTS = (
    *(
        "nature",
        ENTITY_BESIDE,
        "histology",
        UNTOLD_HISTOLOGY,
        HIGH_GRADE_UNNAMED,
        "category_given",
        "category_conflict",
        TISSUE_LIGHTER,
        ORIGIN,
    ),
)
HIGH = "high"
"""How a grade by which names are read is remembered."""
LESION_GROUP = (
    *LESION_SUBJECTS,
    "lesion.category_by",
    "lesion.basis",
    *TISSUE_KEYS,
    *GRADE_FIELDS,
)
"""Subjects that can only be stated together: what the lesion counts as follows from all of them."""


@dataclass
class LesionRealiser:
    """Finds the answers that state a lesion; remembers how each state of it is best stated."""

    space: Space
    no_tumours: frozenset[str]
    """The entities that no answer on imaging can name alone."""
    graded: Mapping[str, str]
    """The entities whose name holds a grade, with the grade; as one of several possibilities such a name says nothing
    of it, unless it is the lowest."""
    _lesions: dict[tuple[str, ...], Answers] = field(default_factory=dict)

    def answers(self, complete: CompleteCase) -> Answers:
        """The answers that state the lesion; one that is None must not be given."""
        key = tuple(HIGH if self._is_high(name, complete) else complete[name] for name in LESION_GROUP)
        if key not in self._lesions:
            self._lesions[key] = self._best(complete)
        return self._lesions[key]

    def _is_high(self, grade: str, complete: CompleteCase) -> bool:
        """Whether a subject is a grade by which names are read, of which one stands for all."""
        return grade in GRADE_FIELDS and complete[grade] in self.space.lesion.graded.grades_read(grade)

    def _best(self, complete: CompleteCase) -> Answers:
        """The first answers that state the lesion exactly, or else those that leave the least open."""
        best: Answers = {}
        least_open = 1 << 30
        for named in self._candidates(complete):
            for answers in self._with_grades(named, complete):
                left_open = self._open_values(answers, complete)
                if left_open < least_open:
                    best, least_open = answers, left_open
                if least_open == 1:
                    return best
        return best

    def _with_grades(self, named: Answers, complete: CompleteCase) -> Iterator[Answers]:
        """These names with the grades; and, where a grade would make another tumour of a name, or would stand without
        one, with it left open."""
        ways = [named]
        if complete[HIGH_GRADE_UNNAMED] == "no" and self._is_high(GRADE_OF_TISSUE, complete):
            ways.append({**named, GRADE_OF_TISSUE: None})
        for way in ways:
            yield way
            readings = self.space.lesion.graded.readings(self._raw(way, complete))
            if readings:
                yield {**way, **{grade: None for reading in readings for grade in reading.grades}}

    def _raw(self, answers: Answers, complete: CompleteCase) -> RawAnswers:
        """These answers about the lesion in the words of the rules, beside what the complete case says of tissue; with
        the grade that names leave, as reading a case notes it."""
        suspected = answers.get("lesion.suspected")
        raw: dict[str, object] = {
            **{name: complete[name] for name in TISSUE_KEYS},
            **{name: complete[name] if complete[name] != "none" else None for name in GRADE_FIELDS},
            **{path: frozenset(value) if isinstance(value, list) else value for path, value in answers.items()},
            "lesion.suspected": None if suspected is None else "yes" if suspected else "no",
        }
        named = (name for name in GRADE_FIELDS if self.space.lesion.graded.leaving_low_grade(name, raw, self.graded))
        return raw | dict.fromkeys(named, LOW_GRADE)

    def _open_values(self, answers: Answers, complete: CompleteCase) -> int:
        """In how many ways nature and histology can turn out under these answers; very many when not as wanted."""
        raw = self._raw(answers, complete)
        ways = 1
        for name in (*LESION_SUBJECTS, *GRADE_FIELDS):
            subject = self.space.subjects[name]
            mask = self.space.mask(name, raw)
            if not mask & subject.set_of([complete[name]]):
                return 1 << 30
            ways *= mask.bit_count()
        return ways

    def _candidates(self, complete: CompleteCase) -> Iterator[Answers]:
        """Sets of answers that may state the lesion, the plainest first."""
        paths = ("lesion.category_by", "lesion.basis", ORIGIN)
        common: Answers = {path: complete[path] for path in paths if complete[path] != DEFAULTS[path]}
        if complete[ORIGIN] == CONTRADICTED:
            common[ORIGIN] = METASTASIS
        if complete["nature"] == NOT_SUSPECTED:
            yield {"lesion.suspected": False, **common}
            return
        for category in self._categories(complete):
            for entity in self._entities(complete):
                for differential in self._differentials(complete):
                    for histology in self._histologies(complete):
                        yield {**common, **category, **entity, **differential, **histology}
        yield {"lesion.suspected": True, **common}

    @staticmethod
    def _categories(complete: CompleteCase) -> list[Answers]:
        if complete["category_given"] == "no":
            return [{}]
        heavier = ["malignant"] if complete[TISSUE_LIGHTER] == "yes" else []
        stated = [*heavier, complete["nature"].split("/")[0], "benign_unspecified", "do_not_touch"]
        return [{"lesion.category": category} for category in dict.fromkeys(stated)]

    def _entities(self, complete: CompleteCase) -> list[Answers]:
        """That of the nature, the one beside it, a heavier one, one that a grade contradicts, none, or one that cannot
        be told."""
        entity, beside = complete["nature"].split("/")[1], complete[ENTITY_BESIDE]
        names = [entity] if beside in (NOTHING_BESIDE, entity) else [entity, beside]
        heavier = [n for n, known in self.space.classes.items() if known.kind == HEAVIEST_KIND][-1:]
        if complete[TISSUE_LIGHTER] == "yes":
            names = [*names[1:], *heavier]
        if self._grade_contradicts(complete):
            names = [*names, self._lighter]
        named: list[Answers] = [{"lesion.entity": n} for n in names if n not in self.no_tumours | self.graded.keys()]
        return [*named, {}, {"lesion.entity": uncertain_entity(self.space)}]

    def _grade_contradicts(self, complete: CompleteCase) -> bool:
        """Whether a grade on imaging can be why answers on the image contradict each other."""
        return complete["category_conflict"] == "yes" and self._is_high(GRADE_ON_IMAGING, complete)

    @property
    def _lighter(self) -> str:
        """A tumour that a high grade contradicts."""
        return next(name for name in self.space.classes if name in self.space.lesion.graded.lighter)

    def _differentials(self, complete: CompleteCase) -> list[Answers]:
        """None, the entity alone, beside one of each kind, so that it counts as that kind, or beside a metastasis; what
        cannot be told, or one of each kind, alone or together."""
        entity = complete["nature"].split("/")[1]
        others = [next(n for n, known in self.space.classes.items() if known.kind == kind) for kind in KINDS]
        beside = [*others, *sorted(self.space.origin.metastases)]
        lists = [
            [entity],
            *([entity, other] for other in beside),
            *([each] for each in (uncertain_entity(self.space), *others)),
            *([uncertain_entity(self.space), other] for other in others),
        ]
        if self._grade_contradicts(complete):
            names = (entity, uncertain_entity(self.space))
            read = [
                [self._lighter, name, *more] for name in names for more in ((), sorted(self.space.origin.metastases))
            ]
            lists = [*read, *lists]
        found: list[Answers] = [{}]
        found.extend({DIFFERENTIAL: list(dict.fromkeys(names))} for names in lists if set(names) - self.no_tumours)
        return found

    def _histologies(self, complete: CompleteCase) -> list[Answers]:
        """What can be said of the microscope; where it cannot be told, possibilities may still be weighed."""
        told = [{}] if complete[HIGH_GRADE_UNNAMED] == "yes" else self._told_histologies(complete)
        if complete[UNTOLD_HISTOLOGY] == "no":
            return told
        weighed = ({}, *told)
        untold: Answers = {HISTOLOGY_KEYS[0]: uncertain_entity(self.space)}
        return [{**each, **untold} for each in weighed]

    def _told_histologies(self, complete: CompleteCase) -> list[Answers]:
        """None; stated, or among possibilities with the tumour that counts beside and that of the nature. A
        name that holds a grade is not stated alone beside a lower one."""
        histology, beside = complete["histology"], complete[ENTITY_BESIDE]
        if histology == NO_HISTOLOGY:
            return [{}]
        stated, weighed = HISTOLOGY_KEYS
        alone: list[Answers] = [{stated: histology}]
        if histology in self.graded and complete[GRADE_OF_TISSUE] == LOW_GRADE:
            alone = []
        if beside == NOTHING_BESIDE:
            one_of: list[Answers] = [] if histology in self.no_tumours else [{weighed: [histology]}]
            return [*alone, *one_of, {}]
        entity = complete["nature"].split("/")[1]
        heavier = [next(n for n, known in self.space.classes.items() if known.kind == kind) for kind in KINDS]
        lists = [[beside, histology], [beside, histology, entity], *([beside, histology, name] for name in heavier)]
        lists.append([uncertain_entity(self.space)])
        several: list[Answers] = [{weighed: list(dict.fromkeys(names))} for names in lists]
        return [*alone, *several]
