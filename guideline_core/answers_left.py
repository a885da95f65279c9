"""What the answers of one case leave of each subject: the form in which the diagrams take a case."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Self

from guideline_core.at_once import Sets, leaves_reached
from guideline_core.fields import PRESUPPOSED
from guideline_core.lesion import NatureLeft
from guideline_core.subject_levels import Chosen, SubjectLevels
from guideline_core.subjects import NATURE, RawAnswers
from guideline_core.trials import Trials


class AnswersLeft(dict[int, int]):
    """For each level of the diagrams the values that are left of its subject, as a bit mask; found when asked for.

    `raw` are the answers behind it; what they leave of `nature` is kept among them.
    """

    def __init__(self, subjects: SubjectLevels, raw: RawAnswers) -> None:
        super().__init__()
        self._subjects = subjects
        self.raw = raw

    def __missing__(self, level: int) -> int:
        mask = self[level] = self._subjects.masks[level](self.raw)
        return mask

    @property
    def nature(self) -> NatureLeft:
        """What is left of `nature`, with the values behind each category and each tumour."""
        return nature_kept(self.raw)

    def with_other(self, raw: RawAnswers, levels: Iterable[int]) -> Self:
        """The same for other answers, of which only what they leave at these levels is different."""
        other = type(self)(self._subjects, raw)
        other.update(self)
        for level in levels:
            other.pop(level, None)
        return other

    @cached_property
    def leaves(self) -> Callable[[int], frozenset[int]]:
        """The leaves that a diagram reaches, by its root."""
        return leaves_reached(self._subjects.store, self)

    @cached_property
    def parts(self) -> "PartsOfAnswers":
        """What some of the answers would leave by themselves."""
        return PartsOfAnswers(self._subjects, self.raw)


def nature_kept(raw: RawAnswers) -> NatureLeft:
    """What is left of `nature`, as it is kept among some answers."""
    found = raw[NATURE]
    assert isinstance(found, NatureLeft), "kept among the answers by who made them"
    return found


class PartsOfAnswers:
    """What some of the answers of a case leave by themselves, with what they presuppose: found once for all diagrams
    that ask for it."""

    def __init__(self, subjects: SubjectLevels, raw: RawAnswers) -> None:
        self._subjects = subjects
        self._all = raw
        self._given = [(key, bit, raw[key]) for key, bit in subjects.bit_of.items() if raw.get(key) is not None]
        self._every = sum(bit for _, bit, _ in self._given)
        self._known: dict[tuple[int, Chosen], int] = {}
        self._raw: dict[Chosen, RawAnswers] = {}
        self._natures: dict[Chosen, NatureLeft] = {}
        self._alike: dict[Trials, Sets] = {}

    def left(self, chosen: Chosen) -> "PartLeft":
        """What these answers leave."""
        return PartLeft(self._subjects, self, chosen)

    def raw(self, chosen: Chosen) -> RawAnswers:
        """These answers, with what they presuppose and what they leave of `nature`."""
        found = self._raw.get(chosen)
        if found is None:
            raw = {key: value for key, bit, value in self._given if bit & chosen}
            for key, presupposed in PRESUPPOSED.items():
                if raw.get(key) == "yes":
                    raw.setdefault(presupposed, "yes")
            found = self._raw[chosen] = raw
        return found

    def deciding(self, level: int) -> Chosen:
        """The answers that decide what is left at a level."""
        return self._subjects.deciding[level] & self._every

    def mask(self, level: int, chosen: Chosen) -> int:
        """The values that these answers leave at a level."""
        deciding = self.deciding(level)
        chosen &= deciding
        if not chosen:
            return self._subjects.unanswered[level]
        found = self._known.get((level, chosen))
        if found is None:
            raw = self._all if chosen == deciding else self.raw(chosen)
            found = self._known[level, chosen] = self._subjects.masks[level](raw)
        return found

    def nature(self, chosen: Chosen) -> NatureLeft:
        """What they leave of `nature`."""
        deciding = self._subjects.deciding_nature & self._every
        chosen &= deciding
        found = self._natures.get(chosen)
        if found is None:
            raw = self._all if chosen == deciding else self.raw(chosen)
            found = self._natures[chosen] = self._subjects.space.nature_left(raw)
        return found

    def trials(self, tried: Iterable[Chosen], leaves: int) -> Trials:
        """These choices among the answers."""
        return Trials(self._subjects.store, leaves, tried, self.deciding, self.mask)

    @cached_property
    def each(self) -> Trials:
        """No answer, each answer alone, and all answers but each: most reasons are found among these."""
        bits = [bit for _, bit, _ in self._given]
        doubted = [bit for bit in bits if not bit & self._subjects.overruled]
        further = (self.all_but(bit, bit) for bit in doubted)
        return self.trials((0, *bits, *(~bit for bit in doubted), *further), self._subjects.most_leaves)

    def all_but(self, missing: Chosen, answered: Chosen) -> Chosen:
        """All answers of the case but these, and but those that presuppose them and are not among the answered ones:
        a diagram that does not ask for what presupposes an answer knows nothing of it."""
        return ~(missing | self._subjects.presupposing(missing) & self._every & ~answered)

    def counting_alike(self, trials: Trials) -> Sets:
        """The choices by which the lesion can still count as it counts by all answers: an answer that another one
        overrules is no reason."""
        found = self._alike.get(trials)
        if found is None:
            found, left = 0, nature_kept(self._all)
            for had, sets in trials.by(self._subjects.deciding_nature & self._every).items():
                only = self.nature(had)
                if left.counted <= only.counted and left.candidates <= only.candidates:
                    found |= sets
            self._alike[trials] = found
        return found


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
