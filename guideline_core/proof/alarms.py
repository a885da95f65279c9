"""The alarming changes: what an answer can add to what is known of danger, for the check that the plan gets no lighter.

What is alarming is a clinical judgement and stands in tables for that reason, one line a change.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from guideline_core.lesion import CATEGORIES, NOT_SUSPECTED, nature_value
from guideline_core.proof.search import Bench
from guideline_core.proof.variables import Formula, all_of, any_of
from guideline_core.proof.weighing import recounted
from guideline_core.space import Space
from guideline_core.subjects import (
    DISAGREEMENT,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    HIGH_GRADE_UNNAMED,
    NATURE,
    TISSUE_LIGHTER,
)

CATEGORY_STEPS: Mapping[str, tuple[str, ...]] = {
    "do_not_touch": ("benign_indolent",),
    "benign_indolent": ("benign_active", "benign_unspecified"),
    "benign_active": ("benign_unspecified", "intermediate"),  # the two middle ones weigh the same:
    "benign_unspecified": ("benign_active", "intermediate"),  # neither way may lower anything
    "intermediate": ("uncertain",),
    "uncertain": ("malignant",),
}
"""For each category those that weigh as much or one step more."""

GRADED_NAMES = (
    (
        "atypical_cartilaginous_tumour",
        "chondrosarcoma_grade_1",
        "chondrosarcoma_grade_2",
        "chondrosarcoma_grade_3",
        "chondrosarcoma_dedifferentiated",
    ),
    ("osteosarcoma_low_grade_central", "osteosarcoma"),
)
"""Tumours whose names hold a grade, each followed by that of the next grade. Other names cannot be ordered so: what is
asked for each of them belongs to that tumour."""

MOVES_WITH_NATURE = (NATURE, "category_given", "category_conflict")
HISTOLOGY = "histology"
NOW_SUSPECTED = "suspected no -> yes"


@dataclass(frozen=True)
class Alarm:
    """An answer that becomes more alarming: the subject, the values before, and the value after."""

    subject: str
    before: tuple[str, ...]
    after: str
    along: tuple[str, ...] = ()
    """What else can become so with this answer."""

    def __str__(self) -> str:
        return f"{self.subject} {' or '.join(self.before)} -> {self.after}"


NOT_YET = ("unanswered", "no")
ALARMS = (
    Alarm("complaints.persistent_pain", ("no",), "yes"),
    Alarm("complaints.night_pain", ("no",), "yes"),
    Alarm("complaints.swelling", ("no",), "yes"),
    Alarm("lesion.diagnosis_in_doubt", ("no",), "yes"),
    Alarm("lesion.uncertain_after_reassessment", ("no",), "yes"),
    Alarm("lesion.chondrosarcoma_grade", ("grade_1",), "uncertain"),
    Alarm("lesion.chondrosarcoma_grade", ("grade_1",), "grade_2"),
    Alarm("lesion.chondrosarcoma_grade", ("grade_2",), "grade_3"),
    Alarm(GRADE_OF_TISSUE, ("grade_1",), "grade_2", along=(HIGH_GRADE_UNNAMED,)),
    Alarm(GRADE_OF_TISSUE, ("grade_2",), "grade_3"),  # high already: what has no name had none
    Alarm("disease.extent", ("localised",), "advanced"),
    Alarm("disease.extent", ("advanced",), "metastatic"),
    Alarm("patient_factors.spinal_cord_compression", NOT_YET, "yes"),
    Alarm("treatment.earlier_unplanned_surgery", NOT_YET, "yes"),
    Alarm("imaging.xray.normal", ("yes",), "no"),
    Alarm("biopsy.status", ("unanswered", "not_considered"), "considered"),
    Alarm("resection.margin", ("R0",), "R1"),
    Alarm("resection.margin", ("R1",), "R2"),
    Alarm("age_group", ("adult",), "child"),
)
"""Alarming changes of one subject. Those of the lesion itself (suspicion, category, entity) are `nature_steps`."""


@dataclass(frozen=True)
class Change:
    """What becomes more alarming: its name, the subjects that move, and the formula over the cases before and after."""

    name: str
    moved: tuple[str, ...]
    formula: Formula


def changes(bench: Bench) -> Iterator[Change]:
    """Every alarming change."""
    yield from (_change(bench, alarm) for alarm in ALARMS)
    for name, pairs in nature_steps(bench.space).items():
        yield Change(name, MOVES_WITH_NATURE, _one_of(bench, pairs))
    for classes in _steps_of_grade(bench.space):
        yield from _under_the_microscope(bench, *classes)
    yield _category_by_other(bench)


def _change(bench: Bench, alarm: Alarm) -> Change:
    variables, changed = bench.variables, bench.changed
    before = variables.among(alarm.subject, alarm.before)
    after = changed.among(alarm.subject, [alarm.after])
    stays = (any_of((variables.among(each, ["no"]), changed.among(each, ["yes"]))) for each in alarm.along)
    return Change(str(alarm), (alarm.subject, *alarm.along), all_of((before, after, *stays)))


def _one_of(bench: Bench, pairs: Iterable[tuple[str, str]]) -> Formula:
    """The lesion goes from one nature to the other."""
    variables, changed = bench.variables, bench.changed
    return any_of(all_of((variables.among(NATURE, [one]), changed.among(NATURE, [other]))) for one, other in pairs)


def nature_steps(space: Space) -> dict[str, list[tuple[str, str]]]:
    """The alarming changes of the lesion, as pairs of natures; a step of the category keeps the entity where it can, a
    step of the entity the category."""
    steps = {
        f"category {lower} -> {category}": _category_step(space, lower, category)
        for lower, higher in CATEGORY_STEPS.items()
        for category in higher
    }
    for classes in _steps_of_grade(space):
        steps[f"entity {' -> '.join(classes)}"] = _entity_step(space, *classes)
    suspected = [value for value in space.nature.values if value != NOT_SUSPECTED]
    return {**steps, NOW_SUSPECTED: [(NOT_SUSPECTED, value) for value in suspected]}


def _category_step(space: Space, lower: str, higher: str) -> list[tuple[str, str]]:
    known = space.nature.values
    others = [value for value in known if value.startswith(f"{higher}/")]
    pairs = []
    for entity in space.classes:
        if nature_value(lower, entity) in known:
            kept = nature_value(higher, entity)
            pairs += [(nature_value(lower, entity), value) for value in ([kept] if kept in known else others)]
    return pairs


def _steps_of_grade(space: Space) -> Iterator[tuple[str, str]]:
    """Each name with that of the next grade; names that no rule tells apart are one."""
    for names in GRADED_NAMES:
        yield from pairwise(dict.fromkeys(space.class_of_entity[name] for name in names))


def _entity_step(space: Space, lower: str, higher: str) -> list[tuple[str, str]]:
    pairs = ((nature_value(category, lower), nature_value(category, higher)) for category in CATEGORIES)
    return [pair for pair in pairs if set(pair) <= set(space.nature.values)]


def _under_the_microscope(bench: Bench, lower: str, higher: str) -> Iterator[Change]:
    """The tissue turns out of the next grade, where it stands in for the image and where it counts beside it."""
    step = all_of((bench.variables.among(HISTOLOGY, [lower]), bench.changed.among(HISTOLOGY, [higher])))
    instead = _one_of(bench, _entity_step(bench.space, lower, higher))
    moved = (HISTOLOGY, *MOVES_WITH_NATURE, TISSUE_LIGHTER, DISAGREEMENT)
    yield Change(f"histology {lower} -> {higher}, for the image", moved, all_of((step, instead)))
    beside = (bench.variables.among(ENTITY_BESIDE, [lower]), bench.changed.among(ENTITY_BESIDE, [higher]))
    moved_beside = (HISTOLOGY, ENTITY_BESIDE, DISAGREEMENT)
    yield Change(f"histology {lower} -> {higher}, beside the image", moved_beside, all_of((step, *beside)))


def _category_by_other(bench: Bench) -> Change:
    """The category turns out not to come from a radiologist: by the table of the edition it may count otherwise."""
    pairs = ((NOT_SUSPECTED, NOT_SUSPECTED), *sorted(recounted(bench.space, "other")))
    before = bench.variables.among("lesion.category_by", ["radiologist", "expertise_centre"])
    by_other = bench.changed.among("lesion.category_by", ["other"])
    name = "lesion.category_by radiologist or expertise_centre -> other"
    moved = (*MOVES_WITH_NATURE, "lesion.category_by")
    return Change(name, moved, all_of((before, by_other, _one_of(bench, pairs))))
