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
from guideline_core.lesion import NOT_SUSPECTED
from guideline_core.proof.variables import Formula, Variables, all_of, any_of
from guideline_core.proof.weighing import CATEGORY_BY, statements
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, NO_HISTOLOGY, REGION, SKULL_BASE_NAMED, TISSUE_KEYS, answered_subject


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
    """A histology without an event that took tissue was stated, so that there is a suspicion.

    Nothing else follows: who stated that it cannot be told left every histology possible, and every nature.
    """
    stated = all_of((z3.Not(tissue_event(variables)), z3.Not(_no_histology(variables))))
    yield z3.Implies(stated, z3.Not(variables.among("nature", [NOT_SUSPECTED])))


def _suspicion(variables: Variables) -> Iterator[Formula]:
    """What was answered of the lesion implies that a bone tumour is suspected.

    The basis `radiological` does not count here: it is also what holds when nothing was answered.
    """
    implying = (variables.among("category_given", ["yes"]), variables.among("lesion.basis", ["histological"]))
    yield z3.Implies(any_of(implying), z3.Not(variables.among("nature", [NOT_SUSPECTED])))


def _category_statement(variables: Variables) -> Iterator[Formula]:
    """What the stated category, who stated it, and a contradiction with the entity leave of the nature, by the table
    of the edition. Without a category nothing is contradicted, and there may be no suspicion at all."""
    known: dict[tuple[bool, bool, str], set[str]] = {}
    for way in statements(variables.space):
        known.setdefault((way.category_given, way.conflict, way.category_by), set()).add(way.nature)
    for given, conflict, by in product((False, True), (False, True), variables.space.subjects[CATEGORY_BY].values):
        stated = (
            variables.among("category_given", ["yes" if given else "no"]),
            variables.among("category_conflict", ["yes" if conflict else "no"]),
            variables.among(CATEGORY_BY, [by]),
        )
        possible = {*known.get((given, conflict, by), ()), *((NOT_SUSPECTED,) if not given and not conflict else ())}
        yield z3.Implies(all_of(stated), variables.among("nature", possible))


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
