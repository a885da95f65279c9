"""What is certain and what is open of one diagram under one set of answers.

Definite means: the same leaf for every way in which the open answers can turn out. `essential` names the open fields
that really matter: those that remain when the diagram is restricted to the answers and reduced again.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import TypeVar

from guideline_core.compiled import CompiledEdition, Root
from guideline_core.diagram import FIRST_NODE, Edges
from guideline_core.fields import PRESUPPOSED
from guideline_core.lesion import NOT_SUSPECTED, REMEMBERED, NatureLeft
from guideline_core.restricted import Restricted
from guideline_core.subjects import FIELD_OF_KEY, NATURE, RawAnswers

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Finding:
    """The leaves that are still possible, and the open fields that matter."""

    leaves: frozenset[int]
    essential: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether only one leaf is left."""
        return len(self.leaves) == 1


class Item:
    """One root of the compiled edition, with everything found out about it so far."""

    def __init__(self, compiled: CompiledEdition, root: Root) -> None:
        self.root = root
        self._space = compiled.space
        self._store = compiled.store
        levels = compiled.store.support(root.node)
        self._subjects = {level: compiled.space.subjects[compiled.order[level]] for level in levels}
        self.keys = tuple(dict.fromkeys(key for subject in self._subjects.values() for key in subject.keys))
        self._on_nature = compiled.space.nature in self._subjects.values()
        self._signature = _getter(self._deciding_keys())
        self._raw_signature = _getter(self.keys)
        self._nothing: dict[str, object] = dict.fromkeys((*self.keys, NATURE))
        self._all_leaves = len(compiled.store.leaves(root.node))
        self._leaves: dict[Hashable, frozenset[int]] = {}
        self._findings: dict[Hashable, Finding] = {}
        self._settling: dict[Hashable, Mapping[str, float]] = {}
        self._reasons: dict[Hashable, tuple[str, ...]] = {}

    def leaves(self, raw: RawAnswers) -> frozenset[int]:
        """The leaves that are still possible under these answers."""
        return self._remember(self._leaves, self._signature(raw), raw, self._find_leaves)

    def finding(self, raw: RawAnswers) -> Finding:
        """What is certain and what is open under these answers."""
        return self._remember(self._findings, self._signature(raw), raw, self._find)

    def settling(self, raw: RawAnswers) -> Mapping[str, float]:
        """For each open field that matters the share of its answers that settle this item."""
        return self._remember(self._settling, self._signature(raw), raw, self._find_settling)

    def reasons(self, raw: RawAnswers) -> tuple[str, ...]:
        """The smallest set of answered keys that suffices for the finding: alone they make it as certain as all do."""
        return self._remember(self._reasons, self._raw_signature(raw), raw, self._smallest_reasons)

    def _deciding_keys(self) -> tuple[str, ...]:
        """The keys of the answers, with all that is said of the lesion as one: what it leaves of `nature`."""
        found: dict[str, None] = {}
        for subject in self._subjects.values():
            found |= dict.fromkeys((NATURE,) if subject is self._space.nature else subject.keys)
        return tuple(found)

    @staticmethod
    def _remember(
        memory: dict[Hashable, Found], signature: Hashable, raw: RawAnswers, find: Callable[[RawAnswers], Found]
    ) -> Found:
        found = memory.get(signature)
        if found is None:
            if len(memory) > REMEMBERED:
                memory.clear()
            found = memory[signature] = find(raw)
        return found

    def _restricted(self, raw: RawAnswers) -> tuple[Restricted, dict[int, int]]:
        masks = {level: self._space.mask(subject.name, raw) for level, subject in self._subjects.items()}
        return Restricted(self._store, self.root.node, masks), masks

    def _find_leaves(self, raw: RawAnswers) -> frozenset[int]:
        """Follow the diagram along the values that are left; a subject is looked up only when it is reached."""
        masks: dict[int, int] = {}
        seen = {self.root.node}
        stack = [self.root.node]
        found: set[int] = set()
        while stack and len(found) < self._all_leaves:
            node = stack.pop()
            if node < FIRST_NODE:
                found.add(node)
                continue
            level = self._store.levels[node - FIRST_NODE]
            if level not in masks:
                masks[level] = self._space.mask(self._subjects[level].name, raw)
            for mask, child in self._store.edges[node - FIRST_NODE]:
                if mask & masks[level] and child not in seen:
                    seen.add(child)
                    stack.append(child)
        return frozenset(found)

    def _find(self, raw: RawAnswers) -> Finding:
        leaves = self.leaves(raw)
        if len(leaves) == 1:
            return Finding(leaves, ())
        restricted, masks = self._restricted(raw)
        fields: list[str] = []
        nodes = restricted.reachable()
        for level in sorted({level for level, _ in nodes}):
            fields.extend(self._alternatives(level, masks[level], raw, nodes))
        return Finding(leaves, tuple(fields))

    def _find_settling(self, raw: RawAnswers) -> Mapping[str, float]:
        restricted, masks = self._restricted(raw)
        nodes = restricted.reachable()
        found: dict[str, float] = {}
        for level in sorted({level for level, _ in nodes}):
            for field, answers in self._alternatives(level, masks[level], raw, nodes).items():
                found[field] = sum(restricted.settled_by(level, mask) for mask in answers) / len(answers)
        return found

    def _alternatives(
        self, level: int, mask: int, raw: RawAnswers, nodes: Sequence[tuple[int, Edges]]
    ) -> dict[str, list[int]]:
        """The fields behind an open subject, each with the sets of values that its answers would leave."""
        subject = self._subjects[level]
        if subject is self._space.nature:
            unsuspected = self._space.nature_bits[NOT_SUSPECTED]
            return _nature_fields(
                self._space.nature_left(raw), unsuspected, [edges for at, edges in nodes if at == level]
            )
        singles = [1 << n for n in range(len(subject.values)) if mask >> n & 1]
        return {FIELD_OF_KEY.get(subject.keys[0], subject.keys[0]): singles}

    def _only(self, raw: RawAnswers, keys: Iterable[str]) -> RawAnswers:
        """The answers to these keys alone, with what they presuppose."""
        only = self._nothing.copy()
        for key in keys:
            only[key] = raw[key]
        for key, presupposed in PRESUPPOSED.items():
            if only.get(key) == "yes" and presupposed in only and only[presupposed] is None:
                only[presupposed] = "yes"
        if self._on_nature:
            only[NATURE] = self._space.nature_left(only)
        return only

    def _smallest_reasons(self, raw: RawAnswers) -> tuple[str, ...]:
        target = self.finding(raw)
        answered = [key for key in self.keys if raw.get(key) is not None]

        def suffices(keys: Iterable[str]) -> bool:
            only = self._only(raw, keys)
            if not self._counts_alike(only, raw) or self.leaves(only) != target.leaves:
                return False
            return target.certain or set(self.finding(only).essential) <= set(target.essential)

        # Answers about the lesion overrule one another, so that some of them can suffice where more do not.
        of_lesion = self._space.lesion.keys
        needed = [k for k in answered if k not in of_lesion and not suffices(key for key in answered if key != k)]
        rest = [key for key in answered if key not in needed]
        for size in range(len(rest) + 1):
            for extra in combinations(rest, size):
                chosen = tuple(key for key in answered if key in needed or key in extra)
                if suffices(chosen):
                    return _without_surplus(chosen, suffices)
        return tuple(answered)

    def _counts_alike(self, only: RawAnswers, raw: RawAnswers) -> bool:
        """Whether the lesion can still count, by some of the answers, as it counts by all: an answer that another one
        overrules is no reason."""
        if not self._on_nature:
            return True
        all_left, left = self._space.nature_left(raw), self._space.nature_left(only)
        return all_left.counted <= left.counted and all_left.candidates <= left.candidates


def _without_surplus(keys: tuple[str, ...], suffices: Callable[[Iterable[str]], bool]) -> tuple[str, ...]:
    """Leave out what only undoes an answer that is no reason itself: a resection beside a biopsy that it ends."""
    for key in keys:
        fewer = tuple(other for other in keys if other != key)
        if suffices(fewer):
            return _without_surplus(fewer, suffices)
    return keys


def _nature_fields(left: NatureLeft, unsuspected: int, nodes: Iterable[Edges]) -> dict[str, list[int]]:
    """Which of suspicion, category and entity matter where the nature of the lesion does: those that, changed alone,
    change the outcome; each with the values of `nature` that its answers would leave."""
    sides = [[part for part, _ in edges] for edges in nodes]

    def apart(values: int) -> bool:
        return any(sum(1 for part in parts if part & values) > 1 for parts in sides)

    found: dict[str, list[int]] = {}
    if left.mask & unsuspected and apart(left.mask):
        found["lesion.suspected"] = [unsuspected, left.mask & ~unsuspected]
    if any(apart(same_entity) for same_entity in left.by_entity):
        found["lesion.category"] = list(left.by_category)
    if any(apart(same_category) for same_category in left.by_category):
        found["lesion.entity"] = list(left.by_entity)
    return found or {"lesion.category": list(left.by_category)}


def _getter(keys: tuple[str, ...]) -> Callable[[RawAnswers], Hashable]:
    return itemgetter(*keys) if keys else lambda raw: ()
