"""An event, an exception or a default changes what is declared of it (`may_change`) and nothing else.

Before the answer its subjects have the values that stand for "not answered"; afterwards any value. Two coherent cases
that differ in nothing but that are compared, part by part of what a plan says. The declared list is exact: what
stands in it but can never change is reported as well.
"""

from collections.abc import Iterable, Iterator

import z3

from guideline_core.contract import fields
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING, FieldClass
from guideline_core.lesion import NOT_SUSPECTED
from guideline_core.plan import Plan
from guideline_core.proof.counterexample import STRUCTURE, Counterexample
from guideline_core.proof.effects import EVERYTHING
from guideline_core.proof.formula import Part
from guideline_core.proof.may_change import MAY_CHANGE
from guideline_core.proof.replay import Replay, Truth, shown
from guideline_core.proof.search import Bench, CompleteCase
from guideline_core.proof.variables import Formula, all_of, any_of, support
from guideline_core.proof.weighing import CATEGORY_BY, recounted
from guideline_core.subjects import (
    AFTER_TISSUE,
    ANSWERED_FIELDS,
    DEFAULTS,
    PREGNANCY_AGE,
    RECENT_WHO_EDITION,
    SKULL_BASE_NAMED,
    THICK_SLICES,
    answered_subject,
    plain_subjects,
    sure_subject,
    word_of_sure,
)

NAME = "an-answer-changes-only-what-is-declared"
TISSUE = ("histology", *AFTER_TISSUE)

_MOVES: dict[str, tuple[str, ...]] = {
    # events that take tissue open the questions of the microscope
    "biopsy.status": ("biopsy.status", *TISSUE),
    "pathology.diagnosis": ("pathology.diagnosis", *TISSUE),
    "resection.performed": ("resection.performed", *TISSUE),
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
    "pathology.who_edition": (RECENT_WHO_EDITION,),
    "resection.size_mm": (answered_subject("resection.size_mm"), "resection_size_in_three_dimensions"),
    # who gave the category decides what it counts as
    "lesion.category_by": ("lesion.category_by", "nature"),
    # facts that bring an event with them
    "lesion.category": ("category_given", "category_conflict"),
    "lesion.entity": ("category_conflict",),
    "lesion.differential": ("category_conflict",),
    "pathology.histology": (*TISSUE, "category_conflict"),
    "pathology.histology_differential": (*TISSUE, "category_conflict"),
    **{name: (name,) for name in AFTER_TISSUE},
}


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
    for word in bench.space.sure_words:
        turns_on = support(bench.formulas.condition(bench.edition.definitions[word].when))
        if any(name in found or field in bench.space.subjects[name].keys for name in turns_on):
            found[sure_subject(word)] = None
    return tuple(found)


def fields_that_move(bench: Bench) -> tuple[str, ...]:
    """The fields whose answer can revise what was definite, in the order of the contract."""
    return tuple(path for path, field in fields().items() if field.reaches_a_rule and moved_by(bench, path))


def check_answers(bench: Bench) -> Iterator[Counterexample]:
    """For each such field: nothing changes but what is declared, and all that is declared can change."""
    parts = [(part, support(part.formula)) for part in bench.formulas.parts()]
    for field in fields_that_move(bench):
        subjects = moved_by(bench, field)
        touched = [part for part, turns_on in parts if turns_on & set(subjects)]
        declared = MAY_CHANGE.get(field, frozenset())
        if declared is not EVERYTHING:
            yield from _undeclared(bench, field, [part for part in touched if part.effect not in declared])
            yield from _unused(bench, field, touched, declared)


def step(bench: Bench, field: str) -> Formula:
    """The field is answered: each subject that it moves stays, or leaves the value that stands for "not answered"."""
    found = []
    is_fact = fields()[field].field_class is FieldClass.FACT
    for name in moved_by(bench, field):
        if word_of_sure(name) and not is_fact:
            continue  # what was certain under another event need not be so under this one
        if name == "nature":
            found.append(_counted_again(bench))
            continue
        values = bench.space.subjects[name].values
        before, after = bench.variables.bits[name], bench.changed.bits[name]
        open_before = bench.variables.among(name, [DEFAULTS.get(name, values[0])])
        found.append(any_of((open_before, all_of(one == other for one, other in zip(before, after, strict=True)))))
    return all_of(found)


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


def differs(bench: Bench, field: str, parts: Iterable[Part]) -> Formula:
    """One of these parts of the plan is different after the answer."""
    subjects = moved_by(bench, field)
    return any_of(z3.Xor(part.formula, bench.after(part.formula, subjects)) for part in parts)


def _undeclared(bench: Bench, field: str, parts: list[Part]) -> Iterator[Counterexample]:
    subjects = moved_by(bench, field)
    by_effect: dict[str, list[Part]] = {}
    for part in parts:
        by_effect.setdefault(part.effect, []).append(part)
    change = step(bench, field)
    if not bench.possible_pair(subjects, change, differs(bench, field, parts)):
        return
    for effect, its_parts in by_effect.items():
        found = bench.find_pair(subjects, change, differs(bench, field, its_parts))
        if found is not None:
            yield _counterexample(bench, field, effect, its_parts, *found)


def _unused(bench: Bench, field: str, touched: list[Part], declared: frozenset[str]) -> Iterator[Counterexample]:
    change = step(bench, field)
    for effect in sorted(declared):
        parts = [part for part in touched if part.effect == effect]
        if not bench.possible_pair(moved_by(bench, field), change, differs(bench, field, parts)):
            expected = f"{field} can change {effect}, as declared"
            yield Counterexample(NAME, STRUCTURE[NAME], None, _rules(bench, parts), expected, "it never does")


def _rules(bench: Bench, parts: Iterable[Part]) -> tuple[str, ...]:
    """The rules that speak of what these parts say."""
    names = {name for part in parts for name in part.name}
    kinds = {part.kind for part in parts}
    found = []
    for rule in bench.edition.rules:
        spoken = {getattr(rule, key, None) for key in ("action", "alert", "response_grade")}
        if spoken & names or ("referral" in kinds and rule in bench.edition.referral_rules):
            found.append(rule.id)
    return tuple(found)


def _counterexample(
    bench: Bench, field: str, effect: str, parts: list[Part], before: CompleteCase, after: CompleteCase
) -> Counterexample:
    wanted = {*moved_by(bench, field), *(name for part in parts for name in support(part.formula))}
    cases = [bench.realiser.case(complete, wanted) for complete in (before, after)]
    plans = [
        Replay(bench.planner, bench.evaluator.of(complete), case).plan
        for case, complete in zip(cases, (before, after), strict=True)
    ]
    speaking = [bench.edition.rule(name) for name in _rules(bench, parts)]
    one, other = bench.evaluator.of(before), bench.evaluator.of(after)
    changed = [rule.id for rule in speaking if one.fires(rule) != other.fires(rule)]
    return Counterexample(
        property=NAME,
        words=STRUCTURE[NAME],
        case=cases[0],
        rules=tuple(changed) or tuple(rule.id for rule in speaking),
        expected=f"an answer to {field} leaves {effect} as it was",
        found=f"{effect} changes",
        after=cases[1],
        shown=shown(_plans_differ(plans[0], plans[1], effect)),
    )


def _plans_differ(before: Plan, after: Plan, effect: str) -> Truth:
    return True if said_of(before, effect) != said_of(after, effect) else None


def said_of(plan: Plan, effect: str) -> object:
    """What a plan says of an action, an alert, a key of the referral decision, or the response grade."""
    kind, _, name = effect.partition(".")
    if kind == "referral":
        return getattr(plan.referral, name)
    if kind == "alert":
        return [(alert.severity, alert.certainty) for alert in plan.alerts if alert.id == name]
    if effect == "response_grade":
        return [r.response_grade for r in plan.recommendations if r.action == "resection.record_response"]
    found = [r for r in plan.recommendations if r.action == effect]
    return [(r.verdict, r.stronger_possible, r.certainty, r.progress, r.waits_for, r.alternative_to) for r in found]
