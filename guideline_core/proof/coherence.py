"""Which complete cases there are: those that some real case can still turn into.

Planning takes each subject by itself, so a complete case exists exactly when one and the same set of answers leaves
each of its values open. Most subjects are free. The others are linked because one answer implies
another; each function below states one such link, and `coherence` is all of them. Two tests hold it to the space
itself: every way in which a random case can turn out is coherent, and every coherent case is a way in which some case
can turn out. That what the answers make certain is so is one more link; it is stated where the formulas of the
definitions are (`search.Bench`).
"""

from collections.abc import Iterator, Mapping
from itertools import product

import z3

from guideline_core.condition import atoms
from guideline_core.fields import IMPLIED, FieldClass
from guideline_core.lesion import CATEGORIES, NOT_SUSPECTED, EntityClass, nature_value, weight
from guideline_core.proof.variables import Formula, Variables, all_of, any_of
from guideline_core.proof.weighing import CATEGORY_BY, statements_of_few
from guideline_core.space import Space
from guideline_core.subjects import (
    AFTER_TISSUE,
    CONTRADICTED,
    DISAGREEMENT,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    GRADE_ON_IMAGING,
    HIGH_GRADE_UNNAMED,
    NATURE,
    NO_HISTOLOGY,
    NOTHING_BESIDE,
    ORIGIN,
    REGION,
    SKULL_BASE_NAMED,
    TISSUE_KEYS,
    TISSUE_LIGHTER,
    UNTOLD_HISTOLOGY,
    answered_subject,
)
from guideline_core.weighing import asked_by

_YES = {False: "no", True: "yes"}


def coherence(variables: Variables) -> Formula:
    """Each variable has one value, and the values can go together."""
    links = (
        variables.domain(),
        *_tissue(variables),
        *_microscope_speaks_of_the_lesion(variables),
        *_high_grade_unnamed(variables),
        *_suspicion(variables),
        *_category_statement(variables),
        *_tissue_counts(variables),
        *_presupposed(variables),
        *_filled_in(variables),
        *_site(variables),
    )
    return all_of(links)


def tissue_event(variables: Variables) -> Formula:
    """An event by which tissue was taken."""
    return any_of(variables.among(name, values) for name, values in tissue_events(variables.space).items())


def tissue_events(space: Space) -> Mapping[str, frozenset[str]]:
    """The answers that say that tissue was taken, as the edition defines it; a histology says so by itself."""
    found: dict[str, frozenset[str]] = {}
    for atom in atoms(space.tissue_taken):
        if atom.subject in TISSUE_KEYS:
            found[atom.subject] = found.get(atom.subject, frozenset()) | atom.values
    return found


def _no_histology(variables: Variables) -> Formula:
    return variables.among("histology", [NO_HISTOLOGY])


def _tissue(variables: Variables) -> Iterator[Formula]:
    """Once tissue was taken there is something to see under the microscope, known or not.

    A stated histology says by itself that tissue was taken; a stated stain or grade says nothing of the kind.
    """
    yield z3.Implies(tissue_event(variables), z3.Not(_no_histology(variables)))
    for name in AFTER_TISSUE:
        yield z3.Implies(z3.Not(_no_histology(variables)), z3.Not(variables.among(name, ["none"])))


def _microscope_speaks_of_the_lesion(variables: Variables) -> Iterator[Formula]:
    """A histology without an event that took tissue was stated, so that there is a suspicion; so was one that cannot be
    told. What was told counts, in place of the image or beside it.

    Nothing else follows: who stated that it cannot be told left every histology possible, and every nature.
    """
    untold = variables.among(UNTOLD_HISTOLOGY, ["yes"])
    stated = all_of((z3.Not(tissue_event(variables)), z3.Not(_no_histology(variables))))
    yield z3.Implies(any_of((stated, untold)), z3.Not(variables.among(NATURE, [NOT_SUSPECTED])))
    yield z3.Implies(untold, z3.Not(_no_histology(variables)))
    yield z3.Implies(all_of((stated, z3.Not(untold))), z3.Not(variables.among(ENTITY_BESIDE, [NOTHING_BESIDE])))


def _high_grade_unnamed(variables: Variables) -> Iterator[Formula]:
    """A high grade of which no tumour is named was stated, and nothing under the microscope counts beside the image.
    Where nothing was seen there, a grade was stated by itself."""
    graded = variables.space.lesion.graded.grades_read(GRADE_OF_TISSUE)
    unnamed = variables.among(HIGH_GRADE_UNNAMED, ["yes"])
    silent = (variables.among(ENTITY_BESIDE, [NOTHING_BESIDE]), variables.among(TISSUE_LIGHTER, ["no"]))
    agrees = variables.among(DISAGREEMENT, ["no"])
    high = variables.among(GRADE_OF_TISSUE, graded)
    yield z3.Implies(unnamed, all_of((high, *silent, agrees)))
    yield z3.Implies(all_of((high, _no_histology(variables))), unnamed)


def _suspicion(variables: Variables) -> Iterator[Formula]:
    """What was answered of the lesion implies that a bone tumour is suspected.

    The basis `radiological` does not count here: it is also what holds when nothing was answered.
    """
    implying = (
        variables.among("category_given", ["yes"]),
        variables.among("lesion.basis", ["histological"]),
        variables.among("treatment.earlier_unplanned_surgery", ["yes"]),
        variables.among("pathology.specimen", ["curettage", "excision", "resection"]),
    )
    yield z3.Implies(any_of(implying), z3.Not(variables.among("nature", [NOT_SUSPECTED])))


def _category_statement(variables: Variables) -> Iterator[Formula]:
    """What the stated category, who stated it, a contradiction on the image, established tissue that is lighter, and
    the origin leave of the nature and of what counts beside it, by the table of the edition. A name that a grade
    contradicts was read beside that grade. Without a category or a name nothing is contradicted, and there may be no
    suspicion at all."""
    known: dict[tuple[bool, bool, bool, str, str], dict[tuple[str, str, bool], set[str]]] = {}
    few, members = statements_of_few(variables.space)
    for way in few:
        for origin in way.origins:
            key = (way.category_given, way.conflict, way.lighter, way.category_by, origin)
            meant = (way.nature, way.weighed[1], way.graded)
            known.setdefault(key, {}).setdefault(meant, set()).update(members[way.beside])
    grades = variables.space.lesion.graded.grades_read(GRADE_ON_IMAGING)
    read = {False: z3.BoolVal(True), True: variables.among(GRADE_ON_IMAGING, grades)}
    by_values, origins = (variables.space.subjects[name].values for name in (CATEGORY_BY, ORIGIN))
    said = product((False, True), (False, True), (False, True), by_values, origins)
    for given, conflict, lighter, by, origin in said:
        natures_of: dict[tuple[frozenset[str], bool], list[str]] = {}
        for (category, name, graded), beside in known.get((given, conflict, lighter, by, origin), {}).items():
            counted = (nature_value(category, each) for each in members[name])
            natures_of.setdefault((frozenset(beside), graded), []).extend(counted)
        if not given and not conflict and not lighter and origin != CONTRADICTED:
            natures_of.setdefault((frozenset({NOTHING_BESIDE}), False), []).append(NOT_SUSPECTED)
        stated = (
            variables.among("category_given", [_YES[given]]),
            variables.among("category_conflict", [_YES[conflict]]),
            variables.among(TISSUE_LIGHTER, [_YES[lighter]]),
            variables.among(CATEGORY_BY, [by]),
            variables.among(ORIGIN, [origin]),
        )
        possible = any_of(
            all_of((variables.among(NATURE, those), variables.among(ENTITY_BESIDE, beside), read[graded]))
            for (beside, graded), those in natures_of.items()
        )
        yield z3.Implies(all_of(stated), possible)


def _tissue_counts(variables: Variables) -> Iterator[Formula]:
    """What counts beside the image was seen under the microscope, and so it weighs no more than the category that
    counts; established tissue that is lighter than the image is the tumour that is meant. An image can disagree only
    with tissue that counts and was told; more is not said here: whether it does follows from answers that count no
    longer."""
    space = variables.space
    lighter = variables.among(TISSUE_LIGHTER, ["yes"])
    beside = z3.Not(variables.among(ENTITY_BESIDE, [NOTHING_BESIDE]))
    yield z3.Implies(beside, z3.Not(_no_histology(variables)))
    for category in CATEGORIES:
        of_category = variables.among(NATURE, [value for value, each, _ in natures(space) if each == category])
        seen = [name for name, each in space.classes.items() if _can_be_seen_with(space, category, each)]
        weighs = all_of((beside, z3.Not(lighter), of_category))
        yield z3.Implies(weighs, variables.among("histology", seen))
    established = is_established(variables)
    yield z3.Implies(lighter, established)
    disagrees = variables.among(DISAGREEMENT, ["yes"])
    yield z3.Implies(disagrees, z3.Not(variables.among(UNTOLD_HISTOLOGY, ["yes"])))
    yield z3.Implies(disagrees, variables.among("histology", space.lesion.told))
    for name in space.classes:
        of_entity = variables.among(NATURE, [value for value, _, _ in natures(space) if value.endswith(f"/{name}")])
        shown = variables.among("histology", [name])
        yield z3.Implies(all_of((lighter, of_entity)), shown)
        stands_in_or_beside = any_of((all_of((established, of_entity)), variables.among(ENTITY_BESIDE, [name])))
        yield z3.Implies(all_of((disagrees, shown)), stands_in_or_beside)


def _can_be_seen_with(space: Space, category: str, entity: EntityClass) -> bool:
    """Whether the microscope can name this tumour where it counts beside one of this category: the heavier of the two
    is what counts, and a lesion is left alone only if every tumour that counts is one of those."""
    if category == "do_not_touch":
        return nature_value(category, entity.name) in space.nature.values
    return weight(category) >= weight(entity.kind) or weight(category) >= weight("uncertain")


def is_established(variables: Variables) -> Formula:
    """A centre or committee assessed the tissue, and could tell what it is."""
    reviewed = variables.among("pathology.diagnosis", reviewed_by(variables.space))
    return all_of((reviewed, variables.among(UNTOLD_HISTOLOGY, ["no"])))


def reviewed_by(space: Space) -> frozenset[str]:
    """The answers by which a diagnosis is established, as the rows of the table ask for them."""
    rows = (row for row in space.lesion.weighing.tissue if row.gives == "established")
    asked = (atom for row in rows for atom in asked_by(row) if atom.subject == "pathology.diagnosis")
    return frozenset().union(*(atom.values for atom in asked))


def _presupposed(variables: Variables) -> Iterator[Formula]:
    """Two views presuppose a radiograph, contrast an MRI, and so on; a case that denies it is refused when read.

    A fact may be open while the event before it has not happened; then nothing links the two.
    """
    subjects = variables.space.subjects
    for name, presupposed in IMPLIED.items():
        if subjects[name].field_class is FieldClass.EVENT:
            yield z3.Implies(variables.among(name, ["yes"]), variables.among(presupposed, ["yes"]))


def _filled_in(variables: Variables) -> Iterator[Formula]:
    """A field is filled in exactly when it holds something."""
    size = variables.among(answered_subject("resection.size_mm"), ["yes"])
    yield z3.Implies(variables.among("resection_size_in_three_dimensions", ["yes"]), size)
    specimen = variables.among(answered_subject("pathology.specimen"), ["yes"])
    yield specimen == z3.Not(variables.among("pathology.specimen", ["unanswered"]))


def _site(variables: Variables) -> Iterator[Formula]:
    """To name the skull base is to say that the lesion lies there."""
    yield z3.Implies(variables.among(SKULL_BASE_NAMED, ["yes"]), variables.among(REGION, ["skull_base"]))


def natures(space: Space) -> Iterator[tuple[str, str, str]]:
    """Each suspected nature with its category and the kind of its entity."""
    for value in space.nature.values:
        if value != NOT_SUSPECTED:
            category, entity = value.split("/")
            yield value, category, space.classes[entity].kind


def uncertain_entity(space: Space) -> str:
    """The entity that was answered when it cannot be told."""
    return next(name for name, entity in space.classes.items() if entity.kind == "uncertain")
