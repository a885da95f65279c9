"""Some of the answers of a case tried by themselves, for many choices at once."""

from collections.abc import Callable, Iterable, Mapping

from guideline_core.at_once import AtOnce, Left, Sets
from guideline_core.diagram import DiagramStore
from guideline_core.subject_levels import Chosen


class Trials(AtOnce):
    """What a diagram reaches by each of these choices.

    `deciding` gives the answers of the case that decide a level, `mask` what some of these leave there. A choice below
    zero is all answers but those that its complement names.
    """

    def __init__(
        self,
        store: DiagramStore,
        leaves: int,
        tried: Iterable[Chosen],
        deciding: Callable[[int], Chosen],
        mask: Callable[[int, Chosen], int],
    ) -> None:
        self.places = {chosen: place for place, chosen in enumerate(dict.fromkeys(tried))}
        super().__init__(store, len(self.places), leaves, self._left_at)
        self._deciding = deciding
        self._mask = mask
        self._all_but: Sets = 0
        self._naming: dict[Chosen, Sets] = {}
        for chosen, place in self.places.items():
            if chosen < 0:
                self._all_but |= 1 << place
            for answer in one_by_one(chosen if chosen >= 0 else ~chosen):
                self._naming[answer] = self._naming.get(answer, 0) | 1 << place

    def by(self, answers: Chosen) -> Mapping[Chosen, Sets]:
        """The choices by what they have of some answers."""
        found: dict[Chosen, Sets] = {0: self.every}
        for answer in one_by_one(answers):
            having = self._all_but ^ self._naming.get(answer, 0)
            split: dict[Chosen, Sets] = {}
            for had, sets in found.items():
                if inside := sets & having:
                    split[had | answer] = inside
                if outside := sets & ~having:
                    split[had] = outside
            found = split
        return found

    def _left_at(self, level: int) -> Left:
        """What they leave at a level: those that have the same of the answers that decide it, leave the same."""
        left: dict[int, Sets] = {}
        for had, sets in self.by(self._deciding(level)).items():
            mask = self._mask(level, had)
            left[mask] = left.get(mask, 0) | sets
        return left


def one_by_one(chosen: Chosen) -> list[Chosen]:
    """The answers among these.

    >>> one_by_one(0b1010)
    [2, 8]
    """
    found = []
    while chosen:
        found.append(chosen & -chosen)
        chosen &= chosen - 1
    return found
