"""No alarming answer makes a referral less urgent: the table of alarming changes, and the check.

Seen in an expertise centre there is no referral to speak of, and a metastasis belongs to another guideline; both are
left out. What is alarming is a clinical judgement and stands in the table for that reason, one line a change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import z3

from guideline_core.condition import value_in_words
from guideline_core.keys import UNDETERMINED, ReferralKey
from guideline_core.lesion import NOT_SUSPECTED, nature_value
from guideline_core.plan import ReferralDecision
from guideline_core.proof.counterexample import Counterexample
from guideline_core.proof.heaviness import LADDERS, at_least
from guideline_core.proof.replay import Truth, replayed
from guideline_core.proof.search import Bench, CompleteCase
from guideline_core.proof.variables import Formula, all_of, any_of, support
from guideline_core.proof.weighing import recounted
from guideline_core.space import Space
from guideline_core.subjects import GRADE_OF_TISSUE, HIGH_GRADE_UNNAMED

NAME = "no-alarming-answer-lowers-urgency"
CATEGORY_STEPS: Mapping[str, tuple[str, ...]] = {
    "do_not_touch": ("benign_indolent",),
    "benign_indolent": ("benign_active", "benign_unspecified"),
    "benign_active": ("benign_unspecified", "intermediate"),  # the two middle ones weigh the same:
    "benign_unspecified": ("benign_active", "intermediate"),  # neither way may lower anything
    "intermediate": ("uncertain",),
    "uncertain": ("malignant",),
}
"""For each category those that weigh as much or one step more."""

BROUGHT_ALONG = {GRADE_OF_TISSUE: (HIGH_GRADE_UNNAMED,)}
"""What else can change with an alarming answer."""

MOVES_WITH_NATURE = ("nature", "category_given", "category_conflict")


@dataclass(frozen=True)
class Alarm:
    """An answer that becomes more alarming: the subject, the values before, and the value after."""

    subject: str
    before: tuple[str, ...]
    after: str

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
    Alarm("pathology.histological_grade", ("grade_1",), "grade_2"),
    Alarm("pathology.histological_grade", ("grade_2",), "grade_3"),
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
"""Alarming changes of one subject. Those of the lesion itself (suspicion, category, who gave it) are `nature_steps`."""


def nature_steps(space: Space) -> dict[str, list[tuple[str, str]]]:
    """The alarming changes of category and suspicion, as pairs of natures; the entity stays where it can."""
    steps = {
        f"category {lower} -> {category}": _category_step(space, lower, category)
        for lower, higher in CATEGORY_STEPS.items()
        for category in higher
    }
    suspected = [value for value in space.nature.values if value != NOT_SUSPECTED]
    steps["suspected no -> yes"] = [(NOT_SUSPECTED, value) for value in suspected]
    return steps


def _category_step(space: Space, lower: str, higher: str) -> list[tuple[str, str]]:
    known = space.nature.values
    others = [value for value in known if value.startswith(f"{higher}/")]
    pairs = []
    for entity in space.classes:
        if nature_value(lower, entity) in known:
            kept = nature_value(higher, entity)
            pairs += [(nature_value(lower, entity), value) for value in ([kept] if kept in known else others)]
    return pairs


def check_alarms(bench: Bench) -> Iterator[Counterexample]:
    """Neither urgency nor decision nor telephone drops when an answer becomes more alarming."""
    variables, changed = bench.variables, bench.changed
    for alarm in ALARMS:
        along = BROUGHT_ALONG.get(alarm.subject, ())
        moved = (alarm.subject, *along)
        before = variables.among(alarm.subject, alarm.before)
        after = changed.among(alarm.subject, [alarm.after])
        stays = (any_of((variables.among(each, ["no"]), changed.among(each, ["yes"]))) for each in along)
        yield from _drops(bench, str(alarm), moved, all_of((before, after, *stays)))
    for name, pairs in nature_steps(bench.space).items():
        step = any_of(
            all_of((variables.among("nature", [lower]), changed.among("nature", [higher]))) for lower, higher in pairs
        )
        yield from _drops(bench, name, MOVES_WITH_NATURE, step)
    yield from _drops(bench, *_category_by_other(bench))


def _category_by_other(bench: Bench) -> tuple[str, tuple[str, ...], Formula]:
    """The category turns out not to come from a radiologist: by the table of the edition it may count otherwise."""
    variables, changed = bench.variables, bench.changed
    pairs = ((NOT_SUSPECTED, NOT_SUSPECTED), *sorted(recounted(bench.space, "other")))
    kept = [all_of((variables.among("nature", [one]), changed.among("nature", [other]))) for one, other in pairs]
    before = variables.among("lesion.category_by", ["radiologist", "expertise_centre"])
    by_other = changed.among("lesion.category_by", ["other"])
    name = "lesion.category_by radiologist or expertise_centre -> other"
    return name, (*MOVES_WITH_NATURE, "lesion.category_by"), all_of((before, by_other, any_of(kept)))


def _drops(bench: Bench, alarm: str, subjects: tuple[str, ...], change: Formula) -> Iterator[Counterexample]:
    elsewhere = bench.variables.among("setting", ["primary_care", "hospital"])
    for key in LADDERS:
        falls = _drop(bench, key, subjects)
        found = bench.find_pair(subjects, bench.formulas.in_scope, elsewhere, change, falls)
        if found is not None:
            yield _counterexample(bench, alarm, key, *found, frozenset(subjects) | support(falls))


def _drop(bench: Bench, key: ReferralKey, subjects: tuple[str, ...]) -> Formula:
    """Where the key stands on some rung before the change and below it afterwards."""
    found = []
    for rung in LADDERS[key][1:]:
        before = at_least(bench.formulas, key, rung)
        found.append(all_of((before, z3.Not(bench.after(before, subjects)))))
    return any_of(found)


def _counterexample(
    bench: Bench, alarm: str, key: ReferralKey, before: CompleteCase, after: CompleteCase, subjects: frozenset[str]
) -> Counterexample:
    pair = replayed(bench, (before, after), {name.removesuffix("'") for name in subjects})
    referrals = [evaluation.referral() for evaluation in pair.evaluations]
    values = [value_in_words("undecided" if each is None else getattr(each, key)) for each in referrals]
    fired = (
        rule.id for evaluation in pair.evaluations for rule in bench.edition.referral_rules if evaluation.fires(rule)
    )
    said = (_says(plan.referral, key, value) for plan, value in zip(pair.plans, values, strict=True))
    expected, found = f"{alarm}: {key} at least {values[0]}", f"{key} {values[0]} before, {values[1]} after"
    return pair.against(NAME, dict.fromkeys(fired), expected, found, said)


def _says(referral: ReferralDecision, key: ReferralKey, value: str) -> Truth:
    found = getattr(referral, key)
    if found == UNDETERMINED:
        return True if value == "undecided" else None
    return bool(value_in_words(found) == value)
