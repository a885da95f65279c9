"""Do formula, evaluator and planner mean the same? What each says of many random cases is compared.

The formulas are what is proved, the evaluator is the plainest reading of the rules, and the planner is what runs. A
case that states everything must be planned exactly so; where a case cannot state a thing (a nature that arises only
while an answer is open), what the plan calls definite must be so, and what is so must be called possible.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guideline_core.answers import collect
from guideline_core.case import Case
from guideline_core.compiler import catalogue_of, thresholds_of
from guideline_core.evaluation import CompleteCase
from guideline_core.fields import IMPLIED, JUDGED_IN_MEETING
from guideline_core.keys import REFERRAL_KEYS, UNDETERMINED
from guideline_core.lesion import NOT_SUSPECTED
from guideline_core.proof.batch import Batch, CaseSet, places, set_of
from guideline_core.proof.coherence import tissue_events
from guideline_core.proof.formula import Part
from guideline_core.proof.lesion_realisation import LESION_GROUP
from guideline_core.proof.realisation import evaluable
from guideline_core.proof.replay import REFERENCE_DAY
from guideline_core.proof.said import Name, said_by_outcome, said_by_plan
from guideline_core.proof.search import Bench
from guideline_core.space import Space
from guideline_core.subjects import (
    AFTER_TISSUE,
    DISAGREEMENT,
    ENTITY_BESIDE,
    GRADE_OF_TISSUE,
    GRADE_ON_IMAGING,
    HIGH_GRADE_UNNAMED,
    NO_HISTOLOGY,
    NOTHING_BESIDE,
    TISSUE_LIGHTER,
    UNTOLD_HISTOLOGY,
    sure_subject,
)

CIRCUMSTANCES = 25


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
    _, left = bench.planner.items.answers_of(bench.realiser.case(complete), REFERENCE_DAY)
    return {**complete, **{key: str(left.raw[key] or "no") for key in bench.planner.items.sure}}


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
        found += (_disagreeing_as_stated(bench, evaluable(drawn[place])) for place in places(coherent))
    return found[:count]


def _disagreeing_as_stated(bench: Bench, complete: CompleteCase) -> dict[str, str]:
    """A complete case in which image and tissue disagree exactly where the answers do that state it."""
    _, left = bench.planner.items.answers_of(bench.realiser.case(complete), REFERENCE_DAY)
    return {**complete, DISAGREEMENT: "yes" if bench.space.mask(DISAGREEMENT, left.raw) == 2 else "no"}


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
        """What the lesion is: half of the time without tissue; with tissue the histology is that of the lesion, or the
        one that counts beside it, or it was established and is lighter than the image."""
        lesion = {name: found[name] for name in LESION_GROUP}
        no_lesion = lesion["nature"] == NOT_SUSPECTED
        lesion |= {
            ENTITY_BESIDE: NOTHING_BESIDE,
            TISSUE_LIGHTER: "no",
            UNTOLD_HISTOLOGY: "no",
            HIGH_GRADE_UNNAMED: "no",
        }
        found[DISAGREEMENT] = "no"
        if self.chance.random() < 0.5:
            for name, values in tissue_events(self.space).items():
                if lesion[name] in values:
                    lesion[name] = "no" if name == "resection.performed" else self.space.subjects[name].values[0]
            lesion["histology"] = NO_HISTOLOGY
        elif not no_lesion and self.chance.random() < 0.4:
            lesion["histology"] = self._of_nature(lesion)
            if self.chance.random() < 0.3:
                lesion |= {"pathology.diagnosis": "confirmed_by_expertise_centre", TISSUE_LIGHTER: "yes"}
        elif not no_lesion and lesion["histology"] != NO_HISTOLOGY:
            lesion[ENTITY_BESIDE] = lesion["histology"]
        if not no_lesion and lesion[TISSUE_LIGHTER] == "no" and lesion["histology"] != NO_HISTOLOGY:
            lesion[UNTOLD_HISTOLOGY] = self.chance.choice(("no", "no", "no", "yes"))
        if lesion["category_given"] == "no" or self.chance.random() < 0.5:
            lesion["category_conflict"] = "no"
        if lesion["nature"].startswith("malignant/") and self.chance.random() < 0.1:
            lesion |= {"category_conflict": "yes", GRADE_ON_IMAGING: "grade_3"}
        if no_lesion:
            lesion["category_given"] = lesion["category_conflict"] = "no"
        return lesion

    @staticmethod
    def _of_nature(lesion: Mapping[str, str]) -> str:
        return lesion["nature"].rpartition("/")[2]

    def _link(self, found: dict[str, str]) -> None:
        """Redraw what cannot go together with the rest."""
        if found[GRADE_ON_IMAGING] == "uncertain" and self.chance.random() < 0.8:
            found[GRADE_ON_IMAGING] = self.chance.choice(("grade_1", "grade_2", "grade_3"))
        lighter = self.space.lesion.graded.lighter
        if self._of_nature(found) in lighter and self.chance.random() < 0.9:
            found[GRADE_ON_IMAGING] = "grade_1"
        if self.chance.random() < 0.8:
            found["lesion.origin"] = self.chance.choice(("primary", "uncertain"))
        for path, event in (IMPLIED | JUDGED_IN_MEETING).items():
            if found[path] == "yes" and found[event] != "yes":
                name, value = self.chance.choice(((path, "no"), (event, "yes")))
                found[name] = value
        if found["histology"] != NO_HISTOLOGY:
            for name in AFTER_TISSUE:
                found[name] = self.chance.choice(self.space.subjects[name].values[1:])
            if found["histology"] in lighter and self.chance.random() < 0.9:
                found[GRADE_OF_TISSUE] = "grade_1"
        unnamed = found[ENTITY_BESIDE] == NOTHING_BESIDE and found[TISSUE_LIGHTER] == found[DISAGREEMENT] == "no"
        if unnamed and found[GRADE_OF_TISSUE] in ("grade_2", "grade_3"):
            found[HIGH_GRADE_UNNAMED] = (
                "yes" if found["histology"] == NO_HISTOLOGY else self.chance.choice(("no", "yes"))
            )
        if found["resection_size_in_three_dimensions"] == "yes":
            found["answered(resection.size_mm)"] = "yes"
        found["skull_base_named"] = "yes" if found["region"] == "skull_base" else "no"
        found["answered(pathology.specimen)"] = "no" if found["pathology.specimen"] == "unanswered" else "yes"
        if self.chance.random() < 0.9:
            found["answered(resection.margin)"] = "yes"
        found |= dict.fromkeys(map(sure_subject, self.space.sure_words), "no")
