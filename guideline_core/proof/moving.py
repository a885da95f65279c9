"""What an answer moves: the subjects that an event, an exception or a default changes, and how they can change.

A fact only narrows what is open (`learning`); here stands what it brings about besides.
"""

from guideline_core.contract import fields
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING, FieldClass
from guideline_core.lesion import CATEGORIES, NOT_SUSPECTED, kind_of, nature_value
from guideline_core.origin_answers import DIAGNOSIS, METASTASIS, PRIMARY, UNCERTAIN
from guideline_core.proof.coherence import is_established, reviewed_by
from guideline_core.proof.search import Bench
from guideline_core.proof.variables import Formula, all_of, any_of
from guideline_core.proof.weighing import CATEGORY_BY, recounted
from guideline_core.subjects import (
    AFTER_TISSUE,
    ANSWERED_FIELDS,
    CONTRADICTED,
    DEFAULTS,
    DISAGREEMENT,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    GRADE_ON_IMAGING,
    HIGH_GRADE_UNNAMED,
    HISTOLOGY_KEYS,
    NATURE,
    ORIGIN,
    PREGNANCY_AGE,
    RECENT_WHO_EDITION,
    SKULL_BASE_NAMED,
    THICK_SLICES,
    TISSUE_LIGHTER,
    UNTOLD_HISTOLOGY,
    answered_subject,
    plain_subjects,
    sure_subject,
    word_of_sure,
)
from guideline_core.weighing import GRADE_FIELDS, asked_by

WEIGHED_AGAIN = (ENTITY_BESIDE, "category_conflict", TISSUE_LIGHTER)
"""What follows from the answers about the lesion beside its nature."""
TISSUE = ("histology", *AFTER_TISSUE)
_READ_AGAIN = (NATURE, ENTITY_BESIDE, "category_conflict", TISSUE_LIGHTER, "histology")
"""What follows from a name that a grade makes another."""

_MOVES: dict[str, tuple[str, ...]] = {
    # events that take tissue open the questions of the microscope
    "biopsy.status": ("biopsy.status", *TISSUE),
    # once the diagnosis is established, tissue stands in for the image
    DIAGNOSIS: (DIAGNOSIS, *TISSUE, NATURE, ENTITY_BESIDE, "category_conflict", TISSUE_LIGHTER),
    "resection.performed": ("resection.performed", *TISSUE),
    "treatment.earlier_unplanned_surgery": ("treatment.earlier_unplanned_surgery", *TISSUE),
    "pathology.specimen": ("pathology.specimen", *TISSUE),
    # fields of which only a derived subject reaches a rule
    **{path: (name,) for path, name in THICK_SLICES.items()},
    "biopsy.date": ("biopsy_dated_before_mri", "pet_ct_dated_after_biopsy"),
    "imaging.pet_ct.date": ("pet_ct_dated_after_biopsy",),
    "imaging.mri.date": ("biopsy_dated_before_mri",),
    "resection.viable_tumour_percent": ("response",),
    "resection.response_percent": ("response",),
    "patient.birth_date": (PREGNANCY_AGE,),
    "patient.age_years": (PREGNANCY_AGE,),
    "lesion.bone": (SKULL_BASE_NAMED,),
    "lesion.region": (SKULL_BASE_NAMED,),
    "lesion.other_sites": ("lesion.count",),
    "pathology.who_edition": (RECENT_WHO_EDITION,),
    "resection.size_mm": (answered_subject("resection.size_mm"), "resection_size_in_three_dimensions"),
    # who gave the category decides what it counts as
    "lesion.category_by": ("lesion.category_by", NATURE),
    # facts that bring an event with them
    "lesion.category": ("category_given", "category_conflict", TISSUE_LIGHTER, DISAGREEMENT),
    # a tumour that is named ends what a list of names said of the grade
    "lesion.entity": ("category_conflict", ENTITY_BESIDE, TISSUE_LIGHTER, DISAGREEMENT, ORIGIN, GRADE_ON_IMAGING),
    "lesion.differential": ("category_conflict", TISSUE_LIGHTER, DISAGREEMENT, ORIGIN),
    # a high grade makes another tumour of a name, and a grade ends what a list of names said of it
    GRADE_ON_IMAGING: (GRADE_ON_IMAGING, NATURE, ENTITY_BESIDE, "category_conflict", TISSUE_LIGHTER, DISAGREEMENT),
    "pathology.histology": (
        *TISSUE,
        UNTOLD_HISTOLOGY,
        HIGH_GRADE_UNNAMED,
        ENTITY_BESIDE,
        TISSUE_LIGHTER,
        DISAGREEMENT,
        ORIGIN,
    ),
    "pathology.histology_differential": (*TISSUE, HIGH_GRADE_UNNAMED, ENTITY_BESIDE, ORIGIN),
    **{name: (name,) for name in AFTER_TISSUE},
    GRADE_OF_TISSUE: (
        GRADE_OF_TISSUE,
        HIGH_GRADE_UNNAMED,
        "histology",
        NATURE,
        ENTITY_BESIDE,
        TISSUE_LIGHTER,
        DISAGREEMENT,
    ),
}

_BY_A_PRIMARY_TUMOUR = ((METASTASIS, CONTRADICTED),)
_BY_A_METASTASIS = ((PRIMARY, CONTRADICTED), (CONTRADICTED, METASTASIS), (UNCERTAIN, METASTASIS))
"""How the origin changes when a primary tumour is named, which contradicts a metastasis, and when the microscope shows
a metastasis: it contradicts a primary tumour, agrees with a stated metastasis, and may be one where nothing is said."""


def moves(field: str) -> tuple[str, ...]:
    """The subjects that an answer to a field moves: of a fact only the events that it brings with it."""
    found = dict.fromkeys(_MOVES.get(field, ()))
    is_fact = fields()[field].field_class is FieldClass.FACT
    if not found and not is_fact and field in {subject.name for subject in plain_subjects()}:
        found[field] = None
    if field in ANSWERED_FIELDS:
        found[answered_subject(field)] = None
    for event in (IMPLIED.get(field), JUDGED_IN_MEETING.get(field)):
        if event is not None:
            found[event] = None
    return tuple(found)


def moved_by(bench: Bench, field: str) -> tuple[str, ...]:
    """The same, with what the answer can make certain."""
    found = dict.fromkeys(moves(field))
    for word, turns_on in bench.sure_words_turn_on.items():
        if any(name in found or field in bench.space.subjects[name].keys for name in turns_on):
            found[sure_subject(word)] = None
    return tuple(found)


def fields_that_move(bench: Bench) -> tuple[str, ...]:
    """The fields whose answer can revise what was definite, in the order of the contract."""
    return tuple(path for path, field in fields().items() if field.reaches_a_rule and moved_by(bench, path))


def step(bench: Bench, field: str) -> Formula:
    """The field is answered: each subject that it moves stays, or leaves the value that stands for "not answered"."""
    if field in GRADE_FIELDS:
        return _graded(bench, field)
    found = []
    is_fact = fields()[field].field_class is FieldClass.FACT
    for name in moved_by(bench, field):
        if word_of_sure(name) and not is_fact:
            continue  # what was certain under another event need not be so under this one
        if name == NATURE:
            found.append(_established(bench) if field == DIAGNOSIS else _counted_again(bench))
        elif name == HIGH_GRADE_UNNAMED:
            ends = bench.changed.among(name, ["no"])  # a tumour is named under the microscope, and the grade is its own
            found.append(any_of((ends, _stays(bench, name))))
        elif name == ORIGIN != field:
            found.append(_origin_beside_a_name(bench, field))
        elif field != DIAGNOSIS or name not in WEIGHED_AGAIN:
            found.append(any_of((_was_open(bench, field, name), _stays(bench, name))))
    return all_of(found)


def _origin_beside_a_name(bench: Bench, field: str) -> Formula:
    """A tumour is named: the origin stays what it is, or changes as it can then."""
    seen = field == HISTOLOGY_KEYS[0]
    before, after = bench.variables, bench.changed
    stays = ((origin, origin) for origin in bench.space.subjects[ORIGIN].values)
    ways = (*stays, *_BY_A_PRIMARY_TUMOUR, *(_BY_A_METASTASIS if seen else ()))
    return any_of(all_of((before.among(ORIGIN, [one]), after.among(ORIGIN, [other]))) for one, other in ways)


def _stays(bench: Bench, *names: str) -> Formula:
    """These subjects keep their values."""
    pairs = (pair for name in names for pair in zip(bench.variables.bits[name], bench.changed.bits[name], strict=True))
    return all_of(one == other for one, other in pairs)


def _was_open(bench: Bench, field: str, name: str) -> Formula:
    """The subject has the value that stands for "not answered", and this answer can move it from there."""
    values = bench.space.subjects[name].values
    open_before = bench.variables.among(name, [DEFAULTS.get(name, values[0])])
    if (field, name) != ("lesion.entity", ENTITY_BESIDE):
        return open_before
    # a tumour on the image counts beside an established one only where a row of the table says so
    rows = [row for row in bench.space.lesion.weighing.tissue if field in row.beside]
    asked = [atom for row in rows for atom in asked_by(row)]
    image, shown = (
        frozenset().union(*(atom.values for atom in asked if atom.subject == each))
        for each in (field, "pathology.histology")
    )
    meant = [value for value in bench.space.nature.values if value.partition("/")[2] in shown]
    established = is_established(bench.variables)
    seen = (bench.variables.among("histology", shown), bench.variables.among(NATURE, meant))
    return all_of((open_before, established, *seen, bench.changed.among(name, image)))


def _graded(bench: Bench, field: str) -> Formula:
    """A grade is given: all stays as it was, or the grade is high and makes of a lighter name another tumour, by which
    image and tissue may no longer lie beside each other as they did."""
    names = moved_by(bench, field)
    own = bench.changed if field in names else bench.variables
    high = own.among(field, bench.space.lesion.graded.grades_read(field))
    again = [name for name in names if name in _READ_AGAIN]
    ways = [_becomes(bench, name) for name in again if name != TISSUE_LIGHTER]
    found = [any_of((_stays(bench, *again), all_of((high, *ways))))]
    for name in names:
        if name not in again:
            by_grade = (high,) if name == DISAGREEMENT else ()
            found.append(any_of((_was_open(bench, field, name), _stays(bench, name), *by_grade)))
    return all_of(found)


def _becomes(bench: Bench, name: str) -> Formula:
    """A subject stays, or becomes what it can where a lighter name stands for another tumour."""
    variables, changed, graded = bench.variables, bench.changed, bench.space.lesion.graded
    if name == "category_conflict":
        return any_of((_stays(bench, name), changed.among(name, ["yes"])))
    ways = [_stays(bench, name)]
    for means in sorted(graded.means):
        if name != NATURE:
            lighter = graded.lighter.intersection(bench.space.subjects[name].values)
            ways.append(all_of((variables.among(name, lighter), changed.among(name, [means]))))
            continue
        heavier = bench.space.classes[means].kind
        for entity in bench.space.classes:
            before = [value for value in bench.space.nature.values if value.partition("/")[2] == entity]
            after = nature_value(heavier, means if entity in graded.lighter else entity)
            ways.append(all_of((variables.among(name, before), changed.among(name, [after]))))
    return any_of(ways)


def _established(bench: Bench) -> Formula:
    """The diagnosis is established: all stays as it was, or the tumour that counted beside the image, and that the
    microscope shows, stands in for it, with a category of its own kind."""
    variables, changed = bench.variables, bench.changed
    told = variables.among(UNTOLD_HISTOLOGY, ["no"])
    confirmed = all_of((told, changed.among(DIAGNOSIS, reviewed_by(bench.space))))
    ways = [_stays(bench, NATURE, *WEIGHED_AGAIN)]
    for name, entity in bench.space.classes.items():
        if name in bench.space.origin.metastases:
            continue  # a metastasis that is established counts beside the image still
        of_kind = [nature_value(category, name) for category in CATEGORIES if kind_of(category) == entity.kind]
        shown = (each.among("histology", [name]) for each in (variables, changed))
        counted_beside = variables.among(ENTITY_BESIDE, [name])
        ways.append(all_of((confirmed, counted_beside, *shown, changed.among(NATURE, of_kind))))
    return any_of(ways)


def _counted_again(bench: Bench) -> Formula:
    """It is said who gave the category: by the table of the edition the lesion may then count as something else."""
    variables, changed = bench.variables, bench.changed
    stays = all_of(each.among("nature", [NOT_SUSPECTED]) for each in (variables, changed))
    found = [stays]
    for by in bench.space.subjects[CATEGORY_BY].values:
        is_by = changed.among(CATEGORY_BY, [by])
        for before, after in sorted(recounted(bench.space, by)):
            found.append(all_of((is_by, variables.among("nature", [before]), changed.among("nature", [after]))))
    return any_of(found)
