"""What a case says: answers that are impossible, and answers that contradict each other."""

import datetime
from collections.abc import Iterator
from functools import cache

from guideline_core.age import age_on
from guideline_core.answer_types import MAXIMUM_AGE_YEARS, MOST_LINES, Answers
from guideline_core.case import Case
from guideline_core.case_reading.faults import Fault
from guideline_core.case_reading.shape import repeated
from guideline_core.compiled import Catalogue
from guideline_core.contract import fields
from guideline_core.fields import FREE_TEXT, IMPLIED, NAMING, AnswerKind


def meaning_faults(case: Case, catalogue: Catalogue, day: datetime.date) -> Iterator[Fault]:
    """Everything that is wrong with what a case says on a day."""
    yield from _age_faults(case, day)
    yield from _name_faults(case, catalogue)
    yield from _tumour_faults(case, catalogue)
    yield from _region_faults(case, catalogue)
    yield from _grade_faults(case, catalogue)
    yield from _count_faults(case)
    yield from _presupposed_faults(case)
    yield from _response_faults(case)
    yield from _length_faults(case)


def with_catalogue(fault: Fault, catalogue: Catalogue) -> Fault:
    """A name that is not even spelled like an id is an unknown tumour or bone too; it may still resemble one."""
    if fault.code != "not_an_id":
        return fault
    field = fault.path.partition("[")[0]
    given = str(fault.details.get("given", ""))
    return _unknown_name(fault.path, field, given, catalogue)


def _unknown_name(path: str, field: str, name: str, catalogue: Catalogue) -> Fault:
    is_bone = fields()[field].kind in (AnswerKind.BONE, AnswerKind.SITES)
    known = catalogue.region_of_bone if is_bone else catalogue.class_of_entity
    return Fault(path, "unknown_bone" if is_bone else "unknown_entity", repeated(field, name, known))


def _age_faults(case: Case, day: datetime.date) -> Iterator[Fault]:
    """An age without a date of its own may be one year behind the birth date: there was a birthday since it was
    stated, and the birth date counts. Any other difference is an error, and every difference is one where the case
    names its date."""
    birth_date, years = case.patient.birth_date, case.patient.age_years
    if birth_date is None:
        return
    if birth_date > day:
        yield Fault("patient.birth_date", "born_after_reference_date", {"reference_date": day.isoformat()})
        return
    age = age_on(birth_date, day)
    if age > MAXIMUM_AGE_YEARS:
        yield Fault("patient.birth_date", "too_old", {"years": MAXIMUM_AGE_YEARS})
    elif years is not None and years != age and not (case.reference_date is None and years == age - 1):
        details = {"years": years, "age": age, "reference_date": day.isoformat(), "other": "patient.birth_date"}
        yield Fault("patient.age_years", "age_and_birth_date_disagree", details)


def _name_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    """Tumours and bones that the catalogue does not have."""
    for path, field, name in _names(case):
        is_bone = field == "lesion.bone"
        if name not in (catalogue.region_of_bone if is_bone else catalogue.class_of_entity):
            yield _unknown_name(path, field, name, catalogue)


def _names(case: Case) -> Iterator[tuple[str, str, str]]:
    """Every tumour and bone that a case names: the path as it is written, the field, and the name."""
    for field in _naming_fields():
        answer = case.answer_at(field)
        if isinstance(answer, str):
            yield field, field, answer
        elif isinstance(answer, tuple):
            yield from ((f"{field}[{place}]", field, str(name)) for place, name in enumerate(answer))
    for place, site in enumerate(case.lesion.other_sites or ()):
        if site.bone is not None:
            yield f"lesion.other_sites[{place}].bone", "lesion.bone", site.bone


@cache
def _naming_fields() -> tuple[str, ...]:
    """The fields that name a tumour or a bone; cached, because a case is checked at every answer."""
    return tuple(path for path, field in fields().items() if field.kind in NAMING)


def _tumour_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    """What is no tumour is no diagnosis on imaging, and stands in a list only beside a tumour."""
    for field in ("lesion.entity", "lesion.differential", "pathology.histology_differential"):
        answer = case.answer_at(field)
        names = answer if isinstance(answer, tuple) else () if answer is None else (str(answer),)
        if names and catalogue.not_a_tumour.issuperset(names):
            yield Fault(field, "names_no_tumour")


def _region_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    bone, region = case.lesion.bone, case.lesion.region
    known = catalogue.region_of_bone.get(bone) if bone is not None else None
    if region is not None and known is not None and known != region:
        details = {"given": region, "bone": bone, "expected": known, "other": "lesion.bone"}
        yield Fault("lesion.region", "region_contradicts_bone", details)


def _grade_faults(case: Case, catalogue: Catalogue) -> Iterator[Fault]:
    """A grade on imaging that the named entity rules out, such as grade 2 of a chondrosarcoma grade 1: which of
    the two is meant decides on the staging, so it is asked and not guessed."""
    own = catalogue.grade_of_entity.get(case.lesion.entity or "")
    stated = case.lesion.chondrosarcoma_grade
    if own is not None and stated not in (None, "uncertain", own):
        yield Fault("lesion.chondrosarcoma_grade", "grade_contradicts_entity", {"other": "lesion.entity"})


def _count_faults(case: Case) -> Iterator[Fault]:
    """Another site beside a lesion that is said to be the only one."""
    if case.lesion.other_sites and case.lesion.count == "solitary":
        yield Fault("lesion.other_sites", "contradicts", {"other": "lesion.count"})


def _presupposed_faults(case: Case) -> Iterator[Fault]:
    """Two views of a radiograph that was not made, and their like."""
    for path, presupposed in IMPLIED.items():
        if case.answer_at(path) is True and case.answer_at(presupposed) is False:
            yield Fault(path, "contradicts", {"other": presupposed})


def _response_faults(case: Case) -> Iterator[Fault]:
    viable, response = case.resection.viable_tumour_percent, case.resection.response_percent
    if viable is not None and response is not None and abs(viable + response - 100) > 1e-6:
        details = {"other": "resection.viable_tumour_percent", "sum": 100}
        yield Fault("resection.response_percent", "do_not_add_up", details)


def _length_faults(case: Case) -> Iterator[Fault]:
    """Texts that together have more lines than a letter can take; the fault stands where they become too many."""
    lines = 0
    for field in _fields_of_text():
        lines += sum(len(text.splitlines()) for text in _texts_in(case.answer_at(field)))
        if lines > MOST_LINES:
            yield Fault(field, "too_many_lines", {"most": MOST_LINES})
            return


@cache
def _fields_of_text() -> tuple[str, ...]:
    return tuple(path for path, field in fields().items() if field.kind in FREE_TEXT)


def _texts_in(answer: object) -> Iterator[str]:
    """A text, or the texts of each line of a list."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, tuple):
        for line in answer:
            yield from (text for _, text in line if isinstance(text, str)) if isinstance(line, Answers) else ()
