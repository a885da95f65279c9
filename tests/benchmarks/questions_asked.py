"""How many facts a clinician is asked until the plan is settled: in the order offered, in page order, at random, and at
least.

Each case of the deck gets a truth, a random coherent way in which its open answers turn out. Its open facts are
answered by that truth one at a time, until nothing in the plan depends on an open answer any more whose turn it is:
what waits for an image, an MRI or the advice of a centre cannot be answered now.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import Any

from guideline_core.case import Case
from guideline_core.diagram import TRUE
from guideline_core.edition.values import Edition
from guideline_core.plan import Plan
from guideline_core.planning import Planner
from tests.benchmarks.measuring import heading, line
from tests.case_deck import DeckCase, deck
from tests.complete_cases import Completions, Turn, values_of
from tests.editions import planner_of
from tests.random_cases import case_answers, case_of

SEARCHED = 200
"""In how many cases the least number of questions is searched for."""
Order = Callable[["Asking", Case], str | None]


@dataclass
class Asking:
    """One case of the deck, its truth, and the facts that are open in it."""

    planner: Planner
    each: DeckCase
    truth: Turn
    page_order: Sequence[str]
    random_order: Sequence[str]

    def answered(self, case: Case, field: str) -> Case:
        """The case with the true answer to a question."""
        value: Any = self.truth[field]
        if field == "patient.birth_date":
            field, value = "patient.age_years", 10 if value == "child" else 50
        elif field == "lesion.bone":
            field = "lesion.region"
        elif values_of(field) == ("no", "yes"):
            value = value == "yes"
        return case_of({**case_answers(case), field: value})

    def depending(self, case: Case) -> list[tuple[str, ...]]:
        """The open answers whose turn it is on which each unsettled part of the plan depends."""
        plan = self.planner.make_bare_plan(case, self.each.day)
        items = self.planner.items
        _, left = items.answers_of(case, self.each.day)
        depends = [plan.referral.depends_on, *(r.depends_on for r in plan.recommendations)]
        depends += [alert.depends_on for alert in plan.alerts]
        have_their_turn = {
            field for fields in depends for field in fields if TRUE in items.by_name["question", field].leaves(left)
        }
        turns = (tuple(field for field in fields if field in have_their_turn) for fields in depends)
        return [fields for fields in turns if fields]

    def settled(self, case: Case) -> bool:
        """Whether nothing in the plan depends on an open answer whose turn it is."""
        return not self.depending(case)

    def number_asked(self, next_question: Order) -> int | None:
        """How many questions are asked in this order until the plan is settled; None when it never is."""
        case, asked = self.each.case, 0
        while not self.settled(case):
            field = next_question(self, case)
            if field is None:
                return None
            case, asked = self.answered(case, field), asked + 1
        return asked

    def fewest(self, at_most: int) -> int:
        """The least number of answers that settle the plan, when so many are known to do; found by search.

        What an unsettled part of the plan depends on holds at least one of them.
        """
        sets = {frozenset[str](): self.each.case}
        for number in range(at_most):
            larger: dict[frozenset[str], Case] = {}
            for known, case in sets.items():
                depending = self.depending(case)
                if not depending:
                    return number
                for field in min(depending, key=len):
                    if field in self.truth and field not in known and known | {field} not in larger:
                        larger[known | {field}] = self.answered(case, field)
            sets = larger
        return at_most


def _open(asking: Asking, case: Case, order: Sequence[str]) -> Iterator[str]:
    """The facts that are still to be asked, in this order."""
    given = case_answers(case)
    stands_in = {"patient.birth_date": "patient.age_years", "lesion.bone": "lesion.region"}
    return (f for f in order if f in asking.truth and f not in given and stands_in.get(f) not in given)


def _offered(asking: Asking, case: Case) -> list[str]:
    plan: Plan = asking.planner.make_plan(case, asking.each.day)
    return list(_open(asking, case, [question.field for question in plan.open_questions]))


def best_offered(asking: Asking, case: Case) -> str | None:
    """The open fact that the plan asks first."""
    return next(iter(_offered(asking, case)), None)


def _offered_in_page_order(asking: Asking, case: Case) -> str | None:
    offered = _offered(asking, case)
    return next((field for field in asking.page_order if field in offered), None)


def _in_page_order(asking: Asking, case: Case) -> str | None:
    return next(_open(asking, case, asking.page_order), None)


def _at_random(asking: Asking, case: Case) -> str | None:
    return next(_open(asking, case, asking.random_order), None)


OFFERED = "offered, best first"
ORDERS: dict[str, Order] = {
    OFFERED: best_offered,
    "offered, in page order": _offered_in_page_order,
    "every open fact, in page order": _in_page_order,
    "every open fact, at random": _at_random,
}


def run(edition: Edition, number: int) -> None:
    """Ask in each order over the deck."""
    baseline = "every open fact, in page order"
    heading(f"Questions until the plan is settled; baseline: {baseline}")
    asked: dict[str, list[int]] = {name: [] for name in ORDERS}
    shares: dict[str, list[float]] = {name: [] for name in ORDERS}
    unsettled = already = 0
    for asking in askings(edition, deck()[:number]):
        if asking.settled(asking.each.case):
            already += 1
            continue
        counts = {name: asking.number_asked(order) for name, order in ORDERS.items()}
        if any(count is None for count in counts.values()):
            unsettled += 1
            continue
        for name, count in counts.items():
            asked[name].append(count or 0)
            shares[name].append((count or 0) / len(asking.truth))
    line(f"{len(asked[baseline])} cases; {already} settled as they are, {unsettled} in which only events are left")
    line("", "median asked", "mean asked", "median share of facts", "mean / baseline")
    mean = {name: sum(found) / max(1, len(found)) for name, found in asked.items()}
    for name in ORDERS:
        figures = (f"{median(asked[name]):.0f}", f"{mean[name]:.1f}", f"{median(shares[name]):.2f}")
        line(name, *figures, f"{mean[name] / mean[baseline]:.2f}")
    _beside_the_fewest(edition, min(number, SEARCHED))


def _beside_the_fewest(edition: Edition, number: int) -> None:
    """Set the order offered beside the least number of questions that could have settled the plan."""
    asked = fewest = as_few = cases = 0
    for asking in askings(edition, Random(7).sample(deck(), len(deck()))):
        count = None if asking.settled(asking.each.case) else asking.number_asked(best_offered)
        if count is None:
            continue
        least = asking.fewest(count)
        asked, fewest, as_few, cases = asked + count, fewest + least, as_few + (count == least), cases + 1
        if cases == number:
            break
    line(
        f"{cases} cases at random: {asked} asked, {fewest} at least; ratio {asked / max(1, fewest):.2f};"
        f" as few as can be in {as_few / max(1, cases):.0%}"
    )


def askings(edition: Edition, cases: Iterable[DeckCase]) -> Iterator[Asking]:
    """Each of these cases with a truth."""
    chance, completions, planner = Random(13), Completions(edition), planner_of(edition)
    pages = list(edition.questions)
    for each in cases:
        truth = _truth(completions, each, chance)
        askable = {field: value for field, value in truth.items() if field in edition.questions}
        order = [field for field in pages if field in askable]
        yield Asking(planner, each, askable, order, chance.sample(order, len(order)))


def _truth(completions: Completions, each: DeckCase, chance: Random) -> Turn:
    """How the open answers of a case turn out. Where nothing says so yet, a tumour is suspected: else there is nothing
    to ask. What the microscope shows is the entity."""
    for _ in range(1_000):
        turn = dict(completions.one_of(each.case, each.day, chance).turn)
        if turn.get("lesion.suspected") != "no":
            break
    if "pathology.histology" in turn and "lesion.entity" in turn:
        turn["pathology.histology"] = turn["lesion.entity"]
    return turn
