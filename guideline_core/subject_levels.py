"""The subjects of a compiled edition by their level in its diagrams, and the keys of the answers that decide them."""

from collections.abc import Callable, Iterable, Sequence

from guideline_core.compiled import CompiledEdition
from guideline_core.diagram import FALSE, TRUE
from guideline_core.fields import PRESUPPOSED
from guideline_core.subjects import RawAnswers, Subject

MaskOf = Callable[[RawAnswers], int]
Chosen = int
"""Some of the raw keys, a bit each."""


class SubjectLevels:
    """The subjects of a compiled edition by their level in its diagrams."""

    def __init__(self, compiled: CompiledEdition) -> None:
        space, order = compiled.space, compiled.order
        self.space = space
        self.store = compiled.store
        self.most_leaves = max(len(root.leaves or (FALSE, TRUE)) for root in compiled.roots)
        """How many leaves a diagram has at most."""
        self.subjects = tuple(space.subjects[name] for name in order)
        self.masks: Sequence[MaskOf] = tuple(space.mask_function(name) for name in order)
        self.unanswered = tuple(mask_of({}) for mask_of in self.masks)
        """For each level what is left where nothing was answered."""
        self.level_of = {name: level for level, name in enumerate(order)}
        self.bit_of = {key: 1 << place for place, key in enumerate(space.raw_keys())}
        """The raw keys in the order of the space, each with its bit."""
        self._of_key: dict[str, list[int]] = {}
        for level, subject in enumerate(self.subjects):
            for key in subject.keys:
                self._of_key.setdefault(key, []).append(level)
        self.bits = tuple(self.bits_of(subject.keys) for subject in self.subjects)
        """For each level the keys of its subject."""
        self.deciding = tuple(map(self._deciding, self.subjects))
        """For each level the keys that decide it where only some are given."""
        self.deciding_nature = self._deciding(space.nature)
        self.overruled = self.bits_of(space.lesion.keys)
        """The keys of the answers that overrule one another."""
        pairs = ((self.bit_of.get(other), self.bit_of.get(key)) for key, other in PRESUPPOSED.items())
        self._presupposing = [(other, key) for other, key in pairs if other is not None and key is not None]

    def _deciding(self, subject: Subject) -> Chosen:
        return self.bits_of({*subject.keys, *(key for key, other in PRESUPPOSED.items() if other in subject.keys)})

    def presupposing(self, keys: Chosen) -> Chosen:
        """The keys of the answers that can presuppose some of these."""
        found = 0
        for presupposed, key in self._presupposing:
            if presupposed & keys:
                found |= key
        return found

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
