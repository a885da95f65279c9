"""Which complete cases there are: those that some real case can still turn into.

Planning takes each subject by itself, so a complete case exists exactly when one and the same set of answers leaves
each of its values open. Most subjects are free. The others are linked because one answer implies
another; each function below states one such link, and `coherence` is all of them. Two tests hold it to the space
itself: every way in which a random case can turn out is coherent, and every coherent case is a way in which some case
can turn out. That what the answers make certain is so is one more link; it is stated where the formulas of the
definitions are (`search.Bench`).
"""

from collections.abc import Iterator, Mapping

import z3

from guideline_core.fields import IMPLIED, FieldClass
from guideline_core.lesion import KINDS, NOT_SUSPECTED, REASSURING_CATEGORIES, kind_of
from guideline_core.proof.variables import Formula, Variables, all_of, any_of
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, NO_HISTOLOGY, answered_subject

TISSUE_EVENTS: Mapping[str, tuple[str, ...]] = {
    "biopsy.status": ("performed",),
    "pathology.diagnosis": ("outside_expertise_centre", "confirmed_by_expertise_centre"),
    "resection.performed": ("yes",),
}
"""The answers that say that tissue was taken; `space.tissue_was_taken` reads them the same way."""


def coherence(variables: Variables) -> Formula:
    """Each variable has one value, and the values can go together."""
    links = (
        variables.domain(),
        *_tissue(variables),
        *_microscope_speaks_of_the_lesion(variables),
        *_suspicion(variables),
        *_category_statement(variables),
        *_presupposed(variables),
        *_filled_in(variables),
    )
    return all_of(links)


def tissue_event(variables: Variables) -> Formula:
    """An event by which tissue was taken."""
    return any_of(variables.among(name, values) for name, values in TISSUE_EVENTS.items())


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
    """A histology without an event that took tissue was stated, so that it weighs in what the lesion counts as.

    The histology `uncertain` is the exception: it was stated, so there is a suspicion, but it restricts nothing.
    """
    space = variables.space
    stated = all_of((z3.Not(tissue_event(variables)), z3.Not(_no_histology(variables))))
    yield z3.Implies(stated, z3.Not(variables.among("nature", [NOT_SUSPECTED])))
    for kind in KINDS:
        names = [n for n, entity in space.classes.items() if entity.kind == kind and n != uncertain_entity(space)]
        heavy_enough = [
            value
            for value, category, entity_kind in natures(space)
            if KINDS.index(kind_of(category)) >= max(KINDS.index(kind), KINDS.index(entity_kind))
        ]
        stated_kind = all_of((z3.Not(tissue_event(variables)), variables.among("histology", names)))
        yield z3.Implies(stated_kind, variables.among("nature", heavy_enough))


def _suspicion(variables: Variables) -> Iterator[Formula]:
    """What was answered of the lesion implies that a bone tumour is suspected.

    The basis `radiological` does not count here: it is also what holds when nothing was answered.
    """
    implying = (variables.among("category_given", ["yes"]), variables.among("lesion.basis", ["histological"]))
    yield z3.Implies(any_of(implying), z3.Not(variables.among("nature", [NOT_SUSPECTED])))


def _category_statement(variables: Variables) -> Iterator[Formula]:
    """What the stated category, and who stated it, exclude.

    A conflict needs a stated category and a stated entity of another kind; the heavier of two kinds is never benign,
    and no stated entity is heavier than the category that then counts. Reassurance by anyone but a radiologist or a
    centre counts as `benign_unspecified` (AMB-07).
    """
    space = variables.space
    conflict = variables.among("category_conflict", ["yes"])
    yield z3.Implies(conflict, variables.among("category_given", ["yes"]))
    disputed = [
        value
        for value, category, entity_kind in natures(space)
        if kind_of(category) != "benign" and KINDS.index(entity_kind) <= KINDS.index(kind_of(category))
    ]
    yield z3.Implies(conflict, variables.among("nature", disputed))
    reassuring = [value for value, category, _ in natures(space) if category in REASSURING_CATEGORIES]
    by_other = variables.among("lesion.category_by", ["other"])
    yield z3.Implies(by_other, z3.Not(variables.among("nature", reassuring)))


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


def natures(space: Space) -> Iterator[tuple[str, str, str]]:
    """Each suspected nature with its category and the kind of its entity."""
    for value in space.nature.values:
        if value != NOT_SUSPECTED:
            category, entity = value.split("/")
            yield value, category, space.classes[entity].kind


def uncertain_entity(space: Space) -> str:
    """The entity that was answered when it cannot be told."""
    return next(name for name, entity in space.classes.items() if entity.kind == "uncertain")
