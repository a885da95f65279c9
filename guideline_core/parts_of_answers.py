"""Some of the answers of a case by themselves: what they leave, tried for many choices at once."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from guideline_core.at_once import AtOnce, Left, Sets
from guideline_core.fields import PRESUPPOSED
from guideline_core.lesion import NatureLeft
from guideline_core.subject_levels import Chosen, SubjectLevels
from guideline_core.subjects import RawAnswers


class PartsOfAnswers:
    """What some of the answers of a case leave by themselves, with what they presuppose: found once for all diagrams
    that ask for it."""

    def __init__(self, subjects: SubjectLevels, raw: RawAnswers) -> None:
        self.subjects = subjects
        self._all = raw
        self._given = [(key, bit, raw[key]) for key, bit in subjects.bit_of.items() if raw.get(key) is not None]
        self._every = sum(bit for _, bit, _ in self._given)
        self._known: dict[tuple[int, Chosen], int] = {}
        self._raw: dict[Chosen, RawAnswers] = {}
        self._natures: dict[Chosen, NatureLeft] = {}

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
        return self.subjects.deciding[level] & self._every

    def mask(self, level: int, chosen: Chosen) -> int:
        """The values that these answers leave at a level."""
        deciding = self.deciding(level)
        chosen &= deciding
        if not chosen:
            return self.subjects.unanswered[level]
        found = self._known.get((level, chosen))
        if found is None:
            raw = self._all if chosen == deciding else self.raw(chosen)
            found = self._known[level, chosen] = self.subjects.masks[level](raw)
        return found

    def nature(self, chosen: Chosen) -> NatureLeft:
        """What they leave of `nature`."""
        deciding = self.deciding_nature()
        chosen &= deciding
        found = self._natures.get(chosen)
        if found is None:
            raw = self._all if chosen == deciding else self.raw(chosen)
            found = self._natures[chosen] = self.subjects.space.nature_left(raw)
        return found

    def each(self) -> "Trials":
        """No answer, each answer alone, and all answers but each: most reasons are found among these."""
        bits = [bit for _, bit, _ in self._given]
        doubted = [bit for bit in bits if not bit & self.subjects.overruled]
        further = (self.all_but(bit, bit) for bit in doubted)
        return Trials(self, (0, *bits, *(~bit for bit in doubted), *further), self.subjects.most_leaves)

    def all_but(self, missing: Chosen, answered: Chosen) -> Chosen:
        """All answers of the case but these, and but those that presuppose them and are not among the answered ones:
        a diagram that does not ask for what presupposes an answer knows nothing of it."""
        return ~(missing | self.subjects.presupposing(missing) & self._every & ~answered)

    def deciding_nature(self) -> Chosen:
        """The answers that decide `nature`."""
        return self.subjects.deciding_nature & self._every

    def counts_alike(self, chosen: Chosen) -> bool:
        """Whether the lesion can still count, by some of the answers, as it counts by all: an answer that another one
        overrules is no reason."""
        only, left = self.nature(chosen), self.nature(self._every)
        return left.counted <= only.counted and left.candidates <= only.candidates


class Trials(AtOnce):
    """What a diagram reaches by each of these choices; one below zero is all answers but those that its complement
    names. They are the choices, not the trials, that tell what is left: what a case needs no more then goes at once."""

    def __init__(self, parts: PartsOfAnswers, tried: Iterable[Chosen], leaves: int) -> None:
        choices = _Choices(parts, tried)
        self.places = choices.places
        super().__init__(parts.subjects.store, len(self.places), leaves, choices.left_at)
        self._choices = choices

    @cached_property
    def counting_alike(self) -> Sets:
        """The choices by which the lesion can still count as it counts by all answers."""
        parts = self._choices.parts
        return sum(sets for had, sets in self._choices.by(parts.deciding_nature()).items() if parts.counts_alike(had))


class _Choices:
    """Some choices among the answers of a case, and what each leaves."""

    def __init__(self, parts: PartsOfAnswers, tried: Iterable[Chosen]) -> None:
        self.parts = parts
        self.places = {chosen: place for place, chosen in enumerate(dict.fromkeys(tried))}
        self._every: Sets = (1 << len(self.places)) - 1
        self._all_but: Sets = 0
        self._naming: dict[Chosen, Sets] = {}
        for chosen, place in self.places.items():
            if chosen < 0:
                self._all_but |= 1 << place
            for answer in one_by_one(chosen if chosen >= 0 else ~chosen):
                self._naming[answer] = self._naming.get(answer, 0) | 1 << place

    def by(self, answers: Chosen) -> Mapping[Chosen, Sets]:
        """The choices by what they have of some answers."""
        found: dict[Chosen, Sets] = {0: self._every}
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

    def left_at(self, level: int) -> Left:
        """What they leave at a level: those that have the same of the answers that decide it, leave the same."""
        deciding = self.parts.deciding(level)
        if not deciding:  # as at most levels
            return {self.parts.subjects.unanswered[level]: self._every}
        left: dict[int, Sets] = {}
        for had, sets in self.by(deciding).items():
            mask = self.parts.mask(level, had)
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
