"""What the answers of one case leave of each subject: the form in which the diagrams take a case."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Self

from guideline_core.at_once import Reached
from guideline_core.lesion import NatureLeft
from guideline_core.parts_of_answers import PartsOfAnswers, Trials
from guideline_core.subject_levels import Chosen, SubjectLevels
from guideline_core.subjects import NATURE, RawAnswers


class AnswersLeft(dict[int, int]):
    """For each level of the diagrams the values that are left of its subject, as a bit mask; found when asked for.

    `raw` are the answers behind it; what they leave of `nature` is kept among them.
    """

    def __init__(self, subjects: SubjectLevels, raw: RawAnswers) -> None:
        super().__init__()
        self._subjects = subjects
        self.reached = Reached(subjects.store)
        self.leaves: dict[int, frozenset[int]] = {}
        """Those that diagrams reach, as far as they were asked."""
        self.raw = raw

    def __missing__(self, level: int) -> int:
        mask = self[level] = self._subjects.masks[level](self.raw)
        return mask

    @property
    def nature(self) -> NatureLeft:
        """What is left of `nature`, with the values behind each category and each tumour."""
        found = self.raw[NATURE]
        assert isinstance(found, NatureLeft), "kept among the answers by who made them"
        return found

    def with_other(self, raw: RawAnswers, levels: Iterable[int]) -> Self:
        """The same for other answers, of which only what they leave at these levels is different."""
        other = type(self)(self._subjects, raw)
        other.update(self)
        for level in levels:
            other.pop(level, None)
        return other

    @cached_property
    def parts(self) -> PartsOfAnswers:
        """What some of the answers would leave by themselves."""
        return PartsOfAnswers(self._subjects, self.raw)

    @cached_property
    def each(self) -> Trials:
        """What is tried of the answers for all diagrams."""
        return self.parts.each()

    def only(self, chosen: Chosen) -> "PartLeft":
        """What these answers leave by themselves."""
        return PartLeft(self._subjects, self.parts, chosen)


class PartLeft(AnswersLeft):
    """What some of the answers of a case leave by themselves."""

    def __init__(self, subjects: SubjectLevels, parts: PartsOfAnswers, chosen: Chosen) -> None:
        super().__init__(subjects, {})
        self._parts = parts
        self._chosen = chosen

    def __missing__(self, level: int) -> int:
        mask = self[level] = self._parts.mask(level, self._chosen)
        return mask

    @property
    def nature(self) -> NatureLeft:
        """What is left of `nature`."""
        return self._parts.nature(self._chosen)


def signature(levels: Sequence[int], with_nature: bool) -> Callable[[AnswersLeft], Hashable]:
    """The function that tells apart what is left at these levels, and how it is left of `nature` if that matters."""
    if not levels:
        return lambda left: ()
    masks: Callable[[Mapping[int, int]], Hashable] = itemgetter(*levels)
    if with_nature:
        return lambda left: (left.nature, masks(left))
    return masks
