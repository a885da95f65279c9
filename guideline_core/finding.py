"""What is certain and what is open of one diagram under one set of answers.

Definite means: the same leaf for every way in which the open answers can turn out. `essential` names the open fields
that really matter: those that remain when the diagram is restricted to the answers and reduced again.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from guideline_core.answers_left import AnswersLeft, signature
from guideline_core.compiled import CompiledEdition, Root
from guideline_core.diagram import Edges
from guideline_core.lesion import NOT_SUSPECTED, NatureLeft
from guideline_core.reasons import Search
from guideline_core.remembering import remembering
from guideline_core.restricted import Restricted
from guideline_core.subject_levels import Chosen, SubjectLevels
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
        self.finding = diagram.finding
        self.settling = diagram.settling
        self.reasons = diagram.reasons


class DiagramFindings:
    """One diagram of the compiled edition, with everything found out about it; half of the roots share theirs."""

    def __init__(self, compiled: CompiledEdition, subjects: SubjectLevels, node: int) -> None:
        self._root = node
        self._space = compiled.space
        self._store = compiled.store
        self.levels = compiled.store.support(node)
        """Where it asks for a subject."""
        self._subjects = subjects
        self.keys = subjects.keys_at(self.levels)
        self._on_nature = subjects.level_of[NATURE] in self.levels
        self._all_leaves = compiled.store.leaves(node)
        decided = signature(self.levels, with_nature=False)
        in_detail = signature(self.levels, with_nature=self._on_nature)
        self.leaves: Asked[frozenset[int]] = remembering(decided, self._find_leaves)
        """The leaves that are still possible under some answers."""
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
        return left.leaves(self._root)

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
        bits, bit_of = self._subjects.bits, self._subjects.bit_of
        answered = {key: bit_of[key] for key in self.keys if left.raw.get(key) is not None}
        met = 0
        for level in self._store.met(self._root, left):
            met |= bits[level]
        # An answer on which nothing turns is not needed; answers about the lesion overrule one another.
        attempt = partial(self._try, left, self.finding(left), sum(answered.values()))
        found = Search(tuple(answered.values()), attempt).smallest(met & ~self._subjects.overruled)
        return tuple(key for key, bit in answered.items() if bit & found)

    def _try(self, left: AnswersLeft, target: Finding, answered: Chosen, tried: Sequence[Chosen]) -> Iterator[bool]:
        """Whether some answers alone make the finding as certain as all do, for each of these choices."""
        parts, trials, named = left.parts, left.parts.each, tried
        if not all(chosen in trials.places for chosen in tried):
            named = [parts.all_but(answered & ~chosen, answered) for chosen in tried]
            if not all(chosen in trials.places for chosen in named):
                trials = parts.trials(tried, max(self._all_leaves) + 1)
                named = tried
        enough = trials.exactly(trials.reached(self._root), target.leaves)
        if enough and self._on_nature:
            enough &= parts.counting_alike(trials)
        for chosen, name in zip(tried, named, strict=True):
            leaves_alike = bool(enough >> trials.places[name] & 1)
            yield leaves_alike and (target.certain or self._is_as_open(parts.left(chosen), target))

    def _is_as_open(self, only: AnswersLeft, target: Finding) -> bool:
        return set(self.finding(only).essential) <= set(target.essential)


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
