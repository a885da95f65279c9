"""What is certain and what is open of one diagram under one set of answers.

Definite means: the same leaf for every way in which the open answers can turn out. `essential` names the open fields
that really matter: those that remain when the diagram is restricted to the answers and reduced again.
"""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from guideline_core.answers_left import AnswersLeft, SubjectLevels, signature
from guideline_core.compiled import CompiledEdition, Root
from guideline_core.diagram import Edges
from guideline_core.followed import Followed
from guideline_core.lesion import NOT_SUSPECTED, NatureLeft
from guideline_core.reasons import Search, Trial
from guideline_core.remembering import remembering
from guideline_core.restricted import Restricted
from guideline_core.subjects import FIELD_OF_KEY, NATURE

Found = TypeVar("Found")
Asked = Callable[[AnswersLeft], Found]


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
    """One thing that a plan can say: a root of the compiled edition, and what is found of its diagram."""

    def __init__(self, root: Root, diagram: "DiagramFindings") -> None:
        self.root = root
        self.levels = diagram.levels
        self.keys = diagram.keys
        self.leaves = diagram.leaves
        self.followed = diagram.followed
        self.finding = diagram.finding
        self.settling = diagram.settling
        self.reasons = diagram.reasons


class DiagramFindings:
    """One diagram of the compiled edition, with everything found out about it so far; half of the roots share theirs.

    `movable` are the levels of which it is asked what a change there would do (`followed`).
    """

    def __init__(self, compiled: CompiledEdition, subjects: SubjectLevels, node: int, movable: Container[int]) -> None:
        self._root = node
        self._space = compiled.space
        self._store = compiled.store
        self.levels = compiled.store.support(node)
        """Where it asks for a subject."""
        self._subjects = subjects
        self._movable = frozenset(level for level in self.levels if level in movable)
        self.keys = subjects.keys_at(self.levels)
        self._overruled = subjects.bits_of(compiled.space.lesion.keys)
        self._on_nature = subjects.level_of[NATURE] in self.levels
        self._all_leaves = compiled.store.leaves(node)
        decided = signature(self.levels, with_nature=False)
        in_detail = signature(self.levels, with_nature=self._on_nature)
        self.leaves: Asked[frozenset[int]] = remembering(decided, self._find_leaves)
        """The leaves that are still possible under some answers."""
        self.followed: Asked[Followed] = remembering(decided, self._find_followed)
        """How it was followed under some answers, to ask what a change at the movable levels would change."""
        self.finding: Asked[Finding] = remembering(in_detail, self._find)
        """What is certain and what is open under some answers."""
        self.settling: Asked[Mapping[str, float]] = remembering(in_detail, self._find_settling)
        """For each open field that matters the share of its answers that leave one leaf."""
        self.reasons: Asked[tuple[str, ...]] = remembering(self._answers, self._smallest_reasons)
        """The smallest set of answered keys that suffices for the finding: alone they make it as certain as all do."""

    def _answers(self, left: AnswersLeft) -> Hashable:
        return tuple(map(left.raw.get, self.keys))

    def _restricted(self, left: AnswersLeft) -> Restricted:
        return Restricted(self._store, self._root, left)

    def _find_leaves(self, left: AnswersLeft) -> frozenset[int]:
        return frozenset(self._store.follow((self._root,), left, self._all_leaves.issubset)[0])

    def _find_followed(self, left: AnswersLeft) -> Followed:
        return Followed(self._store, self._root, left, self._movable)

    def _find(self, left: AnswersLeft) -> Finding:
        leaves = self.leaves(left)
        if len(leaves) == 1:
            return Finding(leaves, ())
        fields: list[str] = []
        nodes = self._restricted(left).reachable()
        for level in sorted({level for level, _ in nodes}):
            fields.extend(self._alternatives(level, left, nodes))
        return Finding(leaves, tuple(fields))

    def _find_settling(self, left: AnswersLeft) -> Mapping[str, float]:
        restricted = self._restricted(left)
        nodes = restricted.reachable()
        found: dict[str, float] = {}
        for level in sorted({level for level, _ in nodes}):
            for field, answers in self._alternatives(level, left, nodes).items():
                found[field] = sum(restricted.settled_by(level, mask) for mask in answers) / len(answers)
        return found

    def _alternatives(self, level: int, left: AnswersLeft, nodes: Sequence[tuple[int, Edges]]) -> dict[str, list[int]]:
        """The fields behind an open subject, each with the sets of values that its answers would leave."""
        subject = self._subjects.subjects[level]
        if subject is self._space.nature:
            unsuspected = self._space.nature_bits[NOT_SUSPECTED]
            return _nature_fields(left.nature, unsuspected, [edges for at, edges in nodes if at == level])
        singles = [1 << n for n in range(len(subject.values)) if left[level] >> n & 1]
        return {FIELD_OF_KEY.get(subject.keys[0], subject.keys[0]): singles}

    def _smallest_reasons(self, left: AnswersLeft) -> tuple[str, ...]:
        target, bit_of = self.finding(left), self._subjects.bit_of
        answered = {key: bit_of[key] for key in self.keys if left.raw.get(key) is not None}
        met = self._bits(self._reached(left, target)[1], self._subjects.bits)
        # An answer on which nothing turns is not needed; answers about the lesion overrule one another.
        found = Search(tuple(answered.values()), partial(self._try, left, target)).smallest(met & ~self._overruled)
        return tuple(key for key, bit in answered.items() if bit & found)

    def _try(self, left: AnswersLeft, target: Finding, chosen: int) -> Trial:
        """Whether some answers alone make the finding as certain as all do."""
        only = left.parts.left(chosen)
        if self._on_nature and not _counts_alike(only.nature, left.nature):
            return Trial(False, self._subjects.together)
        leaves, nodes = self._reached(only, target)
        turned_on = self._bits(nodes, self._subjects.deciding)
        if self._on_nature:
            turned_on |= self._subjects.together
        suffices = leaves == target.leaves and (
            target.certain or set(self.finding(only).essential) <= set(target.essential)
        )
        return Trial(suffices, turned_on)

    def _reached(self, left: AnswersLeft, target: Finding) -> tuple[set[int], list[int]]:
        """The leaves and the nodes that are reached, until a leaf shows that was not found."""
        return self._store.follow((self._root,), left, lambda leaves: not leaves <= target.leaves)

    def _bits(self, nodes: Iterable[int], of_levels: Sequence[int]) -> int:
        """What belongs to the levels of these nodes, together."""
        found = 0
        for node in nodes:
            found |= of_levels[self._store.level(node)]
        return found


def _counts_alike(only: NatureLeft, left: NatureLeft) -> bool:
    """Whether the lesion can still count, by some of the answers, as it counts by all: an answer that another one
    overrules is no reason."""
    return left.counted <= only.counted and left.candidates <= only.candidates


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
