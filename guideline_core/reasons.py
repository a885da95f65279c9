"""The search for the smallest set of answers that suffices. Sets of answers are bit masks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

Chosen = int
"""Some of the answers, a bit each."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying some answers, and the answers on which that turned, chosen or not: any other choice that has
    the same of these comes to the same."""

    suffices: bool
    turned_on: Chosen


class Search:
    """A search among the answers of one case, the first ones first where two sets are equally small."""

    def __init__(self, answered: Sequence[Chosen], attempt: Callable[[Chosen], Trial]) -> None:
        self._answered = answered
        self._attempt = attempt
        self._known: list[tuple[Chosen, Chosen, bool]] = []

    def smallest(self, may_be_needed: Chosen) -> Chosen:
        """The smallest set that suffices. Of the answers that may be needed each is, when all others together do not
        suffice; of the rest some can suffice where more do not, as they can overrule one another."""
        everything = sum(self._answered)
        needed = sum(each for each in self._answered if each & may_be_needed and not self._suffices(everything - each))
        rest = [each for each in self._answered if not each & needed]
        for size in range(len(rest) + 1):
            for extra in combinations(rest, size):
                chosen = needed + sum(extra)
                if self._suffices(chosen):
                    return self._without_surplus(chosen)
        return everything

    def _without_surplus(self, chosen: Chosen) -> Chosen:
        """Leave out what only undoes an answer that is no reason itself: a resection beside a biopsy that it ends."""
        for each in self._answered:
            if each & chosen and self._suffices(chosen - each):
                return self._without_surplus(chosen - each)
        return chosen

    def _suffices(self, chosen: Chosen) -> bool:
        for turned_on, had, suffices in self._known:
            if chosen & turned_on == had:
                return suffices
        trial = self._attempt(chosen)
        self._known.append((trial.turned_on, chosen & trial.turned_on, trial.suffices))
        return trial.suffices
