"""What the answers of one case leave of each subject: the form in which the diagrams take a case."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Self

from guideline_core.fields import PRESUPPOSED
from guideline_core.lesion import NatureLeft
from guideline_core.space import Space
from guideline_core.subjects import NATURE, RawAnswers, Subject

MaskOf = Callable[[RawAnswers], int]
Chosen = int
"""Some of the raw keys, a bit each."""


class AnswersLeft(dict[int, int]):
    """For each level of the diagrams the values that are left of its subject, as a bit mask; found when asked for.

    `raw` are the answers behind it; what they leave of `nature` is kept among them.
    """

    def __init__(self, subjects: "SubjectLevels", raw: RawAnswers) -> None:
        super().__init__()
        self._subjects = subjects
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
    def parts(self) -> "PartsOfAnswers":
        """What some of the answers would leave by themselves."""
        return PartsOfAnswers(self._subjects, self.raw)


class PartsOfAnswers:
    """What some of the answers of a case leave by themselves, with what they presuppose: found once for all diagrams
    that ask for it."""

    def __init__(self, subjects: "SubjectLevels", raw: RawAnswers) -> None:
        self.subjects = subjects
        self._given = [(key, bit, raw[key]) for key, bit in subjects.bit_of.items() if raw.get(key) is not None]
        self._known: dict[tuple[int, Chosen], int] = {}
        self._natures: dict[Chosen, NatureLeft] = {}

    def left(self, chosen: Chosen) -> "PartLeft":
        """What these answers leave."""
        return PartLeft(self, chosen)

    def raw(self, chosen: Chosen) -> RawAnswers:
        """These answers, with what they presuppose."""
        raw = {key: value for key, bit, value in self._given if bit & chosen}
        for key, presupposed in PRESUPPOSED.items():
            if raw.get(key) == "yes":
                raw.setdefault(presupposed, "yes")
        return raw

    def mask(self, level: int, chosen: Chosen) -> int:
        """The values that they leave at a level."""
        deciding = self.subjects.deciding[level] & chosen
        found = self._known.get((level, deciding))
        if found is None:
            found = self._known[level, deciding] = self.subjects.masks[level](self.raw(deciding))
        return found

    def nature(self, chosen: Chosen) -> NatureLeft:
        """What they leave of `nature`."""
        deciding = self.subjects.together & chosen
        found = self._natures.get(deciding)
        if found is None:
            found = self._natures[deciding] = self.subjects.space.nature_left(self.raw(deciding))
        return found


class PartLeft(AnswersLeft):
    """What some of the answers of a case leave by themselves."""

    def __init__(self, parts: PartsOfAnswers, chosen: Chosen) -> None:
        super().__init__(parts.subjects, {})
        self._parts = parts
        self._chosen = chosen

    def __missing__(self, level: int) -> int:
        mask = self[level] = self._parts.mask(level, self._chosen)
        return mask

    @property
    def nature(self) -> NatureLeft:
        """What is left of `nature`."""
        return self._parts.nature(self._chosen)


class SubjectLevels:
    """The subjects of a compiled edition by their level in its diagrams."""

    def __init__(self, space: Space, order: Sequence[str]) -> None:
        self.space = space
        self.subjects = tuple(space.subjects[name] for name in order)
        self.masks: Sequence[MaskOf] = tuple(space.mask_function(name) for name in order)
        self.level_of = {name: level for level, name in enumerate(order)}
        self.bit_of = {key: 1 << place for place, key in enumerate(space.raw_keys())}
        """The raw keys in the order of the space, each with its bit."""
        self._of_key: dict[str, list[int]] = {}
        for level, subject in enumerate(self.subjects):
            for key in subject.keys:
                self._of_key.setdefault(key, []).append(level)
        self.bits = tuple(self.bits_of(subject.keys) for subject in self.subjects)
        """For each level the keys of its subject."""
        several = (subject.keys for subject in self.subjects if len(subject.keys) > 1)
        self.together = self.bits_of({key for keys in several for key in keys})
        """The keys of which some are weighed together before a subject is decided."""
        self.deciding = tuple(map(self._deciding, self.subjects))
        """For each level the keys that decide it where only some are given."""

    def _deciding(self, subject: Subject) -> Chosen:
        if len(subject.keys) > 1:
            return self.together
        return self.bits_of({*subject.keys, *(key for key, other in PRESUPPOSED.items() if other in subject.keys)})

    def bits_of(self, keys: Iterable[str]) -> Chosen:
        """Some keys as bits."""
        return sum(self.bit_of[key] for key in keys)

    def keys_at(self, levels: Iterable[int]) -> tuple[str, ...]:
        """The keys of the answers that decide what is left at these levels, in the order of the space: which of two
        equal reasons is named must not hang on the order in which a diagram asks."""
        return tuple(
            sorted({key for level in levels for key in self.subjects[level].keys}, key=self.bit_of.__getitem__)
        )

    def of_keys(self, keys: Iterable[str]) -> frozenset[int]:
        """The levels at which answers to these keys can leave something else."""
        return frozenset(level for key in keys for level in self._of_key.get(key, ()))


def signature(levels: Sequence[int], with_nature: bool) -> Callable[[AnswersLeft], Hashable]:
    """The function that tells apart what is left at these levels, and how it is left of `nature` if that matters."""
    if not levels:
        return lambda left: ()
    masks: Callable[[Mapping[int, int]], Hashable] = itemgetter(*levels)
    if with_nature:
        return lambda left: (left.nature, masks(left))
    return masks
