"""Do formula, evaluator and planner mean the same? What each says of many random cases is compared.

The formulas are what is proved, the evaluator is the plainest reading of the rules, and the planner is what runs. A
case that states everything must be planned exactly so; where a case cannot state a thing (a nature that arises only
while an answer is open), what the plan calls definite must be so, and what is so must be called possible.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from guideline_core.answers import collect
from guideline_core.case import Case
from guideline_core.compiler import catalogue_of, thresholds_of
from guideline_core.condition import value_in_words
from guideline_core.evaluation import CompleteCase, Outcome
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING
from guideline_core.keys import REFERRAL_KEYS, UNDETERMINED, WEAKEST_FIRST, Verdict
from guideline_core.lesion import NOT_SUSPECTED
from guideline_core.plan import Plan
from guideline_core.proof.batch import Batch, CaseSet, places, set_of
from guideline_core.proof.coherence import tissue_events
from guideline_core.proof.formula import Part
from guideline_core.proof.realisation import LESION_GROUP, evaluable
from guideline_core.proof.replay import REFERENCE_DAY
from guideline_core.proof.search import Bench
from guideline_core.space import Space
from guideline_core.subjects import AFTER_TISSUE, GRADE_ON_IMAGING, NO_HISTOLOGY, sure_subject

CIRCUMSTANCES = 25

Name = tuple[str, ...]
"""A part of a plan, such as ("advice", "biopsy.perform", "do")."""


@dataclass(frozen=True)
class Disagreement:
    """One part of a plan on which formula, evaluator and planner differ, in one case."""

    part: Name
    case: Case
    formula: bool
    evaluator: bool
    planner: str


@dataclass
class Agreement:
    """What the comparison found: how many cases, how many of them stated everything, and every difference."""

    cases: int
    fully_stated: int
    disagreements: list[Disagreement] = field(default_factory=list)


def check_agreement(bench: Bench, count: int, seed: int = 0) -> Agreement:
    """Compare the three on this many random complete cases."""
    cases = [_as_certain_as_planned(bench, complete) for complete in random_cases(bench, count, seed)]
    parts = list(bench.formulas.parts())
    batch = Batch(bench.variables, cases)
    spoken = _Spoken(bench, count)
    for place, complete in enumerate(cases):
        spoken.note(place, complete)
    found = Agreement(count, spoken.exact.count(1))
    exact = set_of(spoken.exact)
    for part in parts:
        found.disagreements += spoken.disagreements(part, batch.holds(part.formula), exact)
    return found


def _as_certain_as_planned(bench: Bench, complete: CompleteCase) -> dict[str, str]:
    """A complete case in which that is certain which the answers of its case make certain."""
    _, raw = bench.planner.items.answers_of(bench.realiser.case(complete), REFERENCE_DAY)
    return {**complete, **{key: str(raw[key] or "no") for key in bench.planner.items.sure}}


class _Spoken:
    """What evaluator and planner say of each case, as sets of cases by part of the plan."""

    def __init__(self, bench: Bench, count: int) -> None:
        self.bench = bench
        self.evaluator = bench.evaluator
        self.exact = bytearray(count)
        self._evaluated: dict[Name, bytearray] = {}
        self._surely: dict[Name, bytearray] = {}
        self._possibly: dict[Name, bytearray] = {}
        self._cases: list[Case] = []
        self._count = count
        self._catalogue = catalogue_of(bench.edition, bench.space)
        self._thresholds = thresholds_of(bench.edition)

    def note(self, place: int, complete: CompleteCase) -> None:
        """Evaluate and plan the case at this place, and mark all that is said of it."""
        case = self.bench.realiser.case(complete)
        self._cases.append(case)
        self.exact[place] = self._states_everything(case)
        for name in said_by_outcome(self.evaluator.evaluate(complete)):
            self._mark(self._evaluated, name, place)
        plan = self.bench.planner.make_bare_plan(case, REFERENCE_DAY)
        for name, sure in said_by_plan(plan):
            self._mark(self._possibly, name, place)
            if sure and (name[0] != "waits" or self.exact[place]):  # a plan lists all for which it may have to wait
                self._mark(self._surely, name, place)
        for key in REFERRAL_KEYS:
            if getattr(plan.referral, key) == UNDETERMINED:
                self._mark(self._possibly, ("referral", key), place)

    def _mark(self, marks: dict[Name, bytearray], name: Name, place: int) -> None:
        if name not in marks:
            marks[name] = bytearray(self._count)
        marks[name][place] = 1

    def _states_everything(self, case: Case) -> bool:
        raw = collect(case, self._catalogue, self._thresholds, REFERENCE_DAY).raw
        return all(self.bench.space.mask(name, raw).bit_count() == 1 for name in self.bench.used_subjects)

    def disagreements(self, part: Part, formula: CaseSet, exact: CaseSet) -> Iterator[Disagreement]:
        """The cases in which they differ on this part."""
        name = (part.kind, *part.name)
        nothing = bytearray(self._count)
        evaluated = set_of(self._evaluated.get(name, nothing))
        surely = set_of(self._surely.get(name, nothing))
        possibly = set_of(self._possibly.get(name, nothing))
        if part.kind == "referral":
            possibly |= set_of(self._possibly.get(name[:2], nothing))
        if part.kind == "alternative" or (part.kind == "alert" and not self._is_listed_when_possible(name)):
            # a plan lists these only when it is sure of them
            possibly |= ~exact
        wrong = (formula ^ evaluated) | (surely & ~formula) | (formula & ~possibly) | (exact & (formula ^ surely))
        for place in places(wrong):
            planner = "sure" if surely >> place & 1 else "possible" if possibly >> place & 1 else "no"
            yield Disagreement(
                name, self._cases[place], bool(formula >> place & 1), bool(evaluated >> place & 1), planner
            )

    def _is_listed_when_possible(self, alert: Name) -> bool:
        rules = [rule for rule in self.bench.edition.alert_rules if (rule.alert, rule.severity) == alert[1:]]
        return alert[2] == "stop" and not any(rule.only_when_definite for rule in rules)


def random_cases(bench: Bench, count: int, seed: int) -> list[dict[str, str]]:
    """Random coherent complete cases: drawn with the links between subjects in mind, and kept when coherent."""
    drawing = _Drawing(bench.space, random.Random(seed))
    found: list[dict[str, str]] = []
    while len(found) < count:
        drawn = [drawing.case() for _ in range(count)]
        coherent = Batch(bench.variables, drawn).holds(bench.coherent)
        found += (evaluable(drawn[place]) for place in places(coherent))
    return found[:count]


class _Drawing:
    """Draws complete cases, most of them coherent and most of them such that a person could state them in full."""

    def __init__(self, space: Space, chance: random.Random) -> None:
        self.space = space
        self.chance = chance
        self._lesion: dict[str, str] = {}
        self._drawn = 0

    def case(self) -> dict[str, str]:
        """One case. Each lesion is met in many circumstances: the planner remembers it, which saves half the time."""
        found = {name: self.chance.choice(subject.values) for name, subject in self.space.subjects.items()}
        if self._drawn % CIRCUMSTANCES == 0:
            self._lesion = self._draw_lesion(found)
        self._drawn += 1
        found |= self._lesion
        self._link(found)
        return found

    def _draw_lesion(self, found: dict[str, str]) -> dict[str, str]:
        """What the lesion is: half of the time without tissue; with tissue most histologies are that of the lesion."""
        lesion = {name: found[name] for name in LESION_GROUP}
        if self.chance.random() < 0.5:
            for name, values in tissue_events(self.space).items():
                if lesion[name] in values:
                    lesion[name] = "no" if name == "resection.performed" else self.space.subjects[name].values[0]
            lesion["histology"] = NO_HISTOLOGY
        elif self.chance.random() < 0.8 and lesion["nature"] != NOT_SUSPECTED:
            lesion["histology"] = lesion["nature"].split("/")[1]
        if lesion["category_given"] == "no" or self.chance.random() < 0.5:
            lesion["category_conflict"] = "no"
        if lesion["nature"] == NOT_SUSPECTED:
            lesion["category_given"] = lesion["category_conflict"] = "no"
        return lesion

    def _link(self, found: dict[str, str]) -> None:
        """Redraw what cannot go together with the rest."""
        if found[GRADE_ON_IMAGING] == "uncertain" and self.chance.random() < 0.8:
            found[GRADE_ON_IMAGING] = self.chance.choice(("grade_1", "grade_2", "grade_3"))
        if self.chance.random() < 0.8:
            found["lesion.origin"] = self.chance.choice(("primary", "uncertain"))
        for path, event in (IMPLIED | JUDGED_IN_MEETING).items():
            if found[path] == "yes" and found[event] != "yes":
                name, value = self.chance.choice(((path, "no"), (event, "yes")))
                found[name] = value
        if found["histology"] != NO_HISTOLOGY:
            for name in AFTER_TISSUE:
                found[name] = self.chance.choice(self.space.subjects[name].values[1:])
        if found["resection_size_in_three_dimensions"] == "yes":
            found["answered(resection.size_mm)"] = "yes"
        if found["region"] == "skull_base":
            found["skull_base_named"] = "yes"
        elif found["skull_base_named"] == "yes":
            found["skull_base_named"] = "no"
        found["answered(pathology.specimen)"] = "no" if found["pathology.specimen"] == "unanswered" else "yes"
        if self.chance.random() < 0.9:
            found["answered(resection.margin)"] = "yes"
        found |= dict.fromkeys(map(sure_subject, self.space.sure_words), "no")


def at_most(verdict: Verdict) -> tuple[Verdict, ...]:
    """The verdicts that ask for an action no more strongly than this one; none for one that does not ask for it.

    >>> at_most("prefer"), at_most("do_not")
    (('consider', 'prefer'), ())
    """
    return WEAKEST_FIRST[: WEAKEST_FIRST.index(verdict) + 1] if verdict in WEAKEST_FIRST else ()


def said_by_outcome(outcome: Outcome) -> Iterator[Name]:
    """The parts of a plan that hold according to the evaluator."""
    for action, verdict in outcome.verdicts.items():
        yield "advice", action, verdict
        yield from (("at_least", action, weaker) for weaker in at_most(verdict))
    for action, others in outcome.alternatives.items():
        yield from (("alternative", action, other) for other in others)
    for action in outcome.closed:
        if outcome.verdicts[action] in ("do", "prefer", "consider"):
            yield "done", action
    for action in outcome.waived - outcome.closed:
        if outcome.verdicts[action] in ("do", "prefer", "consider"):
            yield "waived", action
    for action, others in outcome.waits.items():
        yield from (("waits", action, other) for other in others)
    if outcome.referral is not None:
        for key in REFERRAL_KEYS:
            value = getattr(outcome.referral, key)
            yield "referral", key, value_in_words(value)
    yield from (("alert", *alert) for alert in outcome.alerts)
    if outcome.response_grade is not None and "resection.record_response" in outcome.verdicts:
        yield "response_grade", "response_grade", outcome.response_grade


def said_by_plan(plan: Plan) -> Iterator[tuple[Name, bool]]:
    """The parts of a plan that it says, and whether it is sure of them."""
    for r in plan.recommendations:
        sure = r.certainty == "definite"
        for verdict in (r.verdict, *r.stronger_possible):
            yield ("advice", r.action, verdict), sure and not r.stronger_possible
            yield from ((("at_least", r.action, weaker), False) for weaker in at_most(verdict))
        yield from ((("at_least", r.action, weaker), sure) for weaker in at_most(r.verdict))
        yield ("done", r.action), sure and r.progress == "done"
        yield ("waived", r.action), sure and r.progress == "waived"
        yield from ((("waits", r.action, other), sure) for other in r.waits_for)
        yield from ((("alternative", r.action, other), sure) for other in r.alternative_to)
        if r.action == "resection.record_response":
            for grade in ("good", "poor", "at_threshold", "no_agreed_threshold"):
                if r.response_grade in (grade, UNDETERMINED):
                    yield ("response_grade", "response_grade", grade), sure and r.response_grade == grade
    for key in REFERRAL_KEYS:
        value = getattr(plan.referral, key)
        if value != UNDETERMINED:
            yield ("referral", key, value_in_words(value)), True
    for alert in plan.alerts:
        yield ("alert", alert.id, alert.severity), alert.certainty == "definite"
