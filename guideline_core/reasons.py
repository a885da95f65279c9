"""The search for the smallest set of answers that suffices. Sets of answers are bit masks."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, islice

Chosen = int
"""Some of the answers, a bit each."""
Attempt = Callable[[Sequence[Chosen]], Iterable[bool]]
"""Tells of some sets, in their order, whether each suffices."""
_AT_ONCE = 200
"""How many sets are tried together: few searches need more, and most find what they seek among the first."""


class Search:
    """A search among the answers of one case, the first ones first where two sets are equally small."""

    def __init__(self, answered: Sequence[Chosen], attempt: Attempt) -> None:
        self._answered = answered
        self._attempt = attempt

    def smallest(self, may_be_needed: Chosen) -> Chosen:
        """The smallest set that suffices. Of the answers that may be needed each is, when all others together do not
        suffice; of the rest some can suffice where more do not, as they can overrule one another."""
        everything = sum(self._answered)
        doubted = [each for each in self._answered if each & may_be_needed]
        can_be_missed = self._attempt([everything - each for each in doubted])
        needed = sum(each for each, missed in zip(doubted, can_be_missed, strict=True) if not missed)
        rest = [each for each in self._answered if not each & needed]
        for size in range(len(rest) + 1):
            found = self._first(needed + sum(extra) for extra in combinations(rest, size))
            if found is not None:
                return self._without_surplus(found)
        return everything

    def _first(self, sets: Iterable[Chosen]) -> Chosen | None:
        """The first of these that suffices."""
        untried = iter(sets)
        while tried := list(islice(untried, _AT_ONCE)):
            for chosen, suffices in zip(tried, self._attempt(tried), strict=True):
                if suffices:
                    return chosen
        return None

    def _without_surplus(self, chosen: Chosen) -> Chosen:
        """Leave out what only undoes an answer that is no reason itself: a resection beside a biopsy that it ends."""
        fewer = self._first(chosen - each for each in self._answered if each & chosen)
        return chosen if fewer is None else self._without_surplus(fewer)
