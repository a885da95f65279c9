"""What is certain and what is open of one diagram under one set of answers.

Definite means: the same leaf for every way in which the open answers can turn out. `essential` names the open fields
that really matter: those that remain when the diagram is restricted to the answers and reduced again.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from guideline_core.answers_left import AnswersLeft, signature
from guideline_core.at_once import Sets
from guideline_core.compiled import CompiledEdition, Root
from guideline_core.diagram import TRUE, Edges
from guideline_core.lesion import NOT_SUSPECTED, NatureLeft
from guideline_core.parts_of_answers import Trials
from guideline_core.reasons import Search
from guideline_core.remembering import remembering
from guideline_core.restricted import Restricted
from guideline_core.subject_levels import Chosen, SubjectLevels
from guideline_core.subjects import FIELD_OF_KEY, NATURE

Found = TypeVar("Found")
Asked = Callable[[AnswersLeft], Found]
ONLY_TRUE = frozenset({TRUE})


@dataclass(frozen=True, slots=True)
class Finding:
    """The leaves that are still possible, and the open fields that matter."""

    leaves: frozenset[int]
    essential: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether only one leaf is left."""
        return len(self.leaves) == 1


@cache
def _certain(leaves: frozenset[int]) -> Finding:
    return Finding(leaves, ())


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
        self.root = node
        self._space = compiled.space
        self._store = compiled.store
        self.levels = compiled.store.support(node)
        """Where it asks for a subject."""
        self._subjects = subjects
        self.keys = subjects.keys_at(self.levels)
        self.on_nature = subjects.level_of[NATURE] in self.levels
        """Whether it asks for the nature of the lesion."""
        self.number_of_leaves = max(compiled.store.leaves(node)) + 1
        in_detail = signature(self.levels, with_nature=self.on_nature)
        self._open: Asked[Finding] = remembering(in_detail, self._find_open)
        self.settling: Asked[Mapping[str, float]] = remembering(in_detail, self._find_settling)
        """For each open field that matters the share of its answers that leave one leaf."""
        self.reasons: Asked[tuple[str, ...]] = remembering(self._answers, self._smallest_reasons)
        """The smallest set of answered keys that suffices for the finding: alone they make it as certain as all do."""

    def _answers(self, left: AnswersLeft) -> Hashable:
        return tuple(map(left.raw.get, self.keys))

    def _restricted(self, left: AnswersLeft) -> Restricted:
        return Restricted(self._store, self.root, left)

    def leaves(self, left: AnswersLeft) -> frozenset[int]:
        """The leaves that are still possible under some answers."""
        found = left.leaves.get(self.root)
        if found is None:
            found = left.leaves[self.root] = left.reached.leaves(self.root, left)
        return found

    def finding(self, left: AnswersLeft) -> Finding:
        """What is certain and what is open under some answers."""
        leaves = self.leaves(left)
        return _certain(leaves) if len(leaves) == 1 else self._open(left)

    def _find_open(self, left: AnswersLeft) -> Finding:
        fields: list[str] = []
        nodes = self._restricted(left).reachable()
        for level in sorted({level for level, _ in nodes}):
            fields.extend(self._alternatives(level, left, nodes))
        return Finding(self.leaves(left), tuple(fields))

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
        for level in self._store.met(self.root, left):
            met |= bits[level]
        sufficing = Sufficing(self, left, sum(answered.values()))
        # An answer on which nothing turns is not needed; answers about the lesion overrule one another.
        found = Search(tuple(answered.values()), sufficing.of).smallest(met & ~self._subjects.overruled)
        return tuple(key for key, bit in answered.items() if bit & found)


class Sufficing:
    """Which of the answers to the keys of a diagram alone make its finding as certain as all answers of the case do."""

    def __init__(self, diagram: DiagramFindings, left: AnswersLeft, answered: Chosen) -> None:
        self._diagram = diagram
        self._left = left
        self._target = diagram.finding(left)
        self._answered = answered
        self._enough_of_each = self._enough(left.each)

    def of(self, tried: Sequence[Chosen]) -> Iterator[bool]:
        """Whether they suffice, for each of these choices."""
        places, enough = self._among_each(tried), self._enough_of_each
        if len(places) < len(tried):
            places = range(len(tried))
            enough = self._enough(Trials(self._left.parts, tried, self._diagram.number_of_leaves))
        for chosen, place in zip(tried, places, strict=True):
            yield bool(enough >> place & 1) and (self._target.certain or self._leaves_no_more_open(chosen))

    def _among_each(self, tried: Sequence[Chosen]) -> Sequence[int]:
        """The places of these choices among those that are tried for all diagrams, up to the first that has none."""
        found, places, parts = [], self._left.each.places, self._left.parts
        for chosen in tried:
            place = places.get(chosen)
            if place is None:
                place = places.get(parts.all_but(self._answered & ~chosen, self._answered))
            if place is None:
                break
            found.append(place)
        return found

    def _enough(self, trials: Trials) -> Sets:
        """The choices that leave the leaves that were found."""
        found = trials.exactly(trials.reached(self._diagram.root), self._target.leaves)
        return found & trials.counting_alike if found and self._diagram.on_nature else found

    def _leaves_no_more_open(self, chosen: Chosen) -> bool:
        only = self._diagram.finding(self._left.only(chosen))
        return set(only.essential) <= set(self._target.essential)


def what_is_sure(sure: Mapping[str, Item], left: AnswersLeft) -> dict[str, str | None]:
    """For each definition of which a rule asks it, whether the answers make it certain."""
    return {key: "yes" if item.leaves(left) == ONLY_TRUE else None for key, item in sure.items()}


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
