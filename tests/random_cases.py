"""Cases at random, for tests and benchmarks: complete ones, partial ones, and partial ones with few facts open."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from guideline_core.case import Case, OtherSite
from guideline_core.contract import fields
from guideline_core.edition.values import Edition
from guideline_core.fields import FieldClass
from tests.complete_cases import GRADE_IN_NAME, NOT_THERE, PRESUPPOSES, Completions, answers_of, subjects_of, values_of

DAY = datetime.date(2026, 11, 23)
MOST_OPEN = 8
OFTEN_OPEN = ("lesion.category", "lesion.entity", "patient.birth_date", "lesion.bone", "lesion.diagnosis_in_doubt")
"""Facts that most rules turn on; they are left open more often than chance would."""

NEVER_MERELY_OPEN = ("lesion.differential", "pathology.histology_differential")
"""Lists that are given now and then; without them nothing is asked."""

UNTOLD = ("lesion.entity", "lesion.chondrosarcoma_grade", "pathology.histology", *NEVER_MERELY_OPEN)
"""Answers that can be "cannot be told", or hold it, and then leave much open."""

LIKELIHOOD = {
    "lesion.origin": 0.3,
    "lesion.suspected": 0.5,
    "lesion.differential": 0.25,
    "lesion.category_by": 0.2,
    "lesion.basis": 0.3,
    "lesion.other_sites": 0.1,
    "pathology.histology": 0.5,
    "pathology.histology_differential": 0.1,
    "pathology.diagnosis": 0.4,
    "resection.performed": 0.35,
}
"""How often a field is answered where the facts are fixed; other facts always, other fields two times in three."""

REFUSED_WITHOUT = {path: other for path, other in PRESUPPOSES.items() if path != "lesion.radiologically_unequivocal"}
"""Pairs that the contract refuses when the first is yes and the second no; a judgement without a meeting lapses."""

Answers = dict[str, Any]


# --- complete cases: one value for each subject


def random_complete_case(edition: Edition, chance: Random) -> dict[str, str]:
    """A complete case in which every subject has any of its values; coherent or not, rules must be read alike."""
    return {subject: chance.choice(values) for subject, values in subject_values(edition).items()}


_SUBJECT_VALUES: dict[str, dict[str, tuple[str, ...]]] = {}


def subject_values(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """The subjects that the conditions of an edition use, each with the values that it can have."""
    if edition.sha256 not in _SUBJECT_VALUES:
        used = sorted(subjects_of(edition) | {"lesion.origin"})
        _SUBJECT_VALUES[edition.sha256] = {subject: _values_of_subject(edition, subject) for subject in used}
    return _SUBJECT_VALUES[edition.sha256]


def _values_of_subject(edition: Edition, subject: str) -> tuple[str, ...]:
    entities = (NOT_THERE, *edition.entities)
    derived = {
        "entity": entities,
        "entity_beside": entities,
        "histology": entities,
        "category": (NOT_THERE, *values_of("lesion.category")),
        "region": values_of("lesion.region"),
        "age_group": ("child", "adult"),
        "response": ("not_measured", "good", "at_threshold", "poor"),
    }
    if subject in derived:
        return derived[subject]
    field = fields().get(subject)
    if field is None:
        return ("no", "yes")
    return values_of(subject) if field.field_class is FieldClass.FACT else ("unanswered", *values_of(subject))


# --- partial cases


@cache
def rule_fields() -> tuple[str, ...]:
    """The fields of the contract that can reach a rule; age and site by one field each."""
    return tuple(
        path
        for path, field in fields().items()
        if field.field_class is not FieldClass.LETTER and path not in ("patient.age_years", "lesion.region")
    )


@cache
def facts() -> tuple[str, ...]:
    """The facts among them that can be merely open."""
    known = fields()
    return tuple(
        path for path in rule_fields() if known[path].field_class is FieldClass.FACT and path not in NEVER_MERELY_OPEN
    )


def case_of(answers: Mapping[str, Any]) -> Case:
    """The case that holds these answers, by path."""
    tree: dict[str, Any] = {}
    for path, value in answers.items():
        *groups, name = path.split(".")
        inside = tree
        for group in groups:
            inside = inside.setdefault(group, {})
        inside[name] = value
    return Case.model_validate(tree)


def random_answer(edition: Edition, path: str, chance: Random) -> Any:
    """Any answer that a field can take."""
    if path in ("lesion.entity", "pathology.histology"):
        return chance.choice(list(edition.entities))
    if path in NEVER_MERELY_OPEN:
        return tuple(chance.sample(list(edition.entities), chance.randint(1, 4)))
    if path == "lesion.bone":
        return chance.choice(list(edition.bones))
    if path == "patient.birth_date":
        return DAY - datetime.timedelta(days=chance.randrange(365 * (18 if chance.random() < 0.5 else 90)))
    if path == "lesion.other_sites":
        return (OtherSite(bone=chance.choice(list(edition.bones))),)
    if path.endswith(".date"):
        return DAY - datetime.timedelta(days=chance.randrange(60))
    if path.endswith("_percent"):
        return chance.choice((0, 5, 10, 50, 90, 95, 100))
    if path == "resection.size_mm":
        return tuple(chance.randint(5, 200) for _ in range(chance.randint(1, 3)))
    if path.endswith("slice_mm"):
        return chance.choice((0.75, 1, 1.5, 3))
    if path.endswith("_mm"):
        return chance.randint(0, 50)
    values = values_of(path) or ("WHO 2020, 5e editie", "WHO 2013", "2026", "5th edition", "nieuwste")
    value = chance.choice(values)
    return {"yes": True, "no": False}[value] if values == ("no", "yes") else value


def random_partial_case(edition: Edition, chance: Random) -> Case:
    """A case in which each field is answered or not by chance; how much is known differs from case to case."""
    known = chance.random()
    return case_of(_contradictions_out(edition, _some_answers(edition, chance, lambda _: known)))


def random_case_with_few_open(completions: Completions, chance: Random, most: int) -> tuple[Case, tuple[str, ...]]:
    """A case in which all facts but a few are fixed, and the facts that are open; at most so many completions."""
    edition = completions.edition
    answers = _some_answers(edition, chance, _likelihood)
    open_facts = _choose_open(chance)
    for path in open_facts:
        answers.pop(path, None)
    if "lesion.category" in open_facts and chance.random() < 0.5:
        answers.pop("lesion.differential", None)
    if "lesion.entity" in open_facts:
        answers.pop("lesion.differential", None)
    if chance.random() < 0.7:
        _agree_on_category(edition, answers, chance)
    answers = _contradictions_out(edition, answers)
    while completions.number_of(case := case_of(answers), DAY) > most:
        untold = [path for path in UNTOLD if "uncertain" in answers.get(path, ())]
        path = open_facts.pop(chance.randrange(len(open_facts))) if open_facts else chance.choice(untold)
        answers[path] = random_answer(edition, path, chance)
        answers = _contradictions_out(edition, answers)
    still_open = tuple(path for path in open_facts if path not in answers)
    assert len(still_open) <= MOST_OPEN
    return case, still_open


def _choose_open(chance: Random) -> list[str]:
    chosen = {path for path in OFTEN_OPEN if chance.random() < 0.4}
    wanted = chance.randint(len(chosen), MOST_OPEN)
    rest = [path for path in facts() if path not in chosen]
    return sorted(chosen) + chance.sample(rest, wanted - len(chosen))


def _likelihood(path: str) -> float:
    if path in facts():
        return LIKELIHOOD.get(path, 1.0)
    return LIKELIHOOD.get(path, 2 / 3)


def _some_answers(edition: Edition, chance: Random, likelihood: Any) -> Answers:
    return {path: random_answer(edition, path, chance) for path in rule_fields() if chance.random() < likelihood(path)}


def _agree_on_category(edition: Edition, answers: Answers, chance: Random) -> None:
    """Make the stated entity one of the stated category, so that not every case is a conflict."""
    category = answers.get("lesion.category")
    if category is None or "lesion.entity" not in answers:
        return
    kind = category if category in ("intermediate", "malignant", "uncertain") else "benign"
    alike = [entity.id for entity in edition.entities.values() if entity.category == kind]
    answers["lesion.entity"] = chance.choice(alike)
    answers.pop("lesion.differential", None)
    if "pathology.histology" in answers:
        answers["pathology.histology"] = chance.choice(alike)


def _contradictions_out(edition: Edition, answers: Answers) -> Answers:
    """Take out what the contract refuses (two views of a radiograph that was not made, percentages that do not add up),
    and grades beside a name that holds one."""
    found = dict(answers)
    for path, presupposed in REFUSED_WITHOUT.items():
        if found.get(path) is True and found.get(presupposed) is False:
            found[presupposed] = True
    if "lesion.other_sites" in found:
        found["lesion.count"] = "multiple"
    if "resection.viable_tumour_percent" in found:
        found.pop("resection.response_percent", None)
    if any(path in found and edition.entities[found[path]].grade for path in GRADE_IN_NAME):
        for grade in GRADE_IN_NAME.values():
            found.pop(grade, None)
    return found


def as_json(case: Case) -> dict[str, Any]:
    """The answers of a case as plain data, to be shown and to be taken up in the deck."""
    return case.model_dump(mode="json", exclude_defaults=True)


def case_answers(case: Case) -> dict[str, Any]:
    """The answers of a case by path, as its fields hold them."""
    found: dict[str, Any] = {}
    for path in answers_of(case):
        value: Any = case
        for name in path.split("."):
            value = getattr(value, name)
        found[path] = value
    return found


def without(case: Case, paths: Iterable[str]) -> Case:
    """The case without some of its answers."""
    return only(case, [path for path in answers_of(case) if path not in set(paths)])


def only(case: Case, paths: Sequence[str]) -> Case:
    """The case with these of its answers and no others."""
    given = case_answers(case)
    return case_of({path: given[path] for path in paths if path in given})
