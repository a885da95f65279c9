"""Reduced ordered decision diagrams over subjects with several values, shared in one store.

A node asks for one subject; its edges are sets of values (bit masks) with the node that follows. Equal functions are
the same node, so what a function really depends on can be read from it. Leaves are the numbers 0, 1, 2 …, of which 0
and 1 are false and true.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce

Edges = tuple[tuple[int, int], ...]
"""(mask of values, node that follows), ordered by node; the masks divide all values among them."""

FIRST_NODE = 64
FALSE, TRUE = 0, 1


class DiagramStore:
    """All nodes of a set of diagrams over the same ordered subjects.

    >>> store = DiagramStore([2, 3])
    >>> first_is_yes, second_is_low = store.test(0, 0b10), store.test(1, 0b001)
    >>> store.both(first_is_yes, store.negation(first_is_yes)) == FALSE
    True
    >>> store.support(store.both(first_is_yes, second_is_low))
    (0, 1)
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.full = [(1 << size) - 1 for size in sizes]
        self.levels: list[int] = []
        self.edges: list[Edges] = []
        self._known: dict[tuple[int, Edges], int] = {}
        self._results: dict[tuple[str, int, int], int] = {}

    def level(self, node: int) -> int:
        """The position of the subject that a node asks for; leaves lie below all."""
        return self.levels[node - FIRST_NODE] if node >= FIRST_NODE else len(self.full)

    def node(self, level: int, branches: dict[int, int]) -> int:
        """Return the node at `level` with these branches (following node to mask of values)."""
        if len(branches) == 1:
            return next(iter(branches))
        edges = tuple(sorted((mask, child) for child, mask in branches.items()))
        key = (level, edges)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = FIRST_NODE + len(self.levels)
            self.levels.append(level)
            self.edges.append(edges)
        return found

    def test(self, level: int, mask: int) -> int:
        """Return the condition "the subject at `level` has one of these values"."""
        if mask == 0:
            return FALSE
        full = self.full[level]
        return TRUE if mask == full else self.node(level, {TRUE: mask, FALSE: full & ~mask})

    def both(self, left: int, right: int) -> int:
        """Return the conjunction."""
        return self.combine("and", left, right, _and)

    def either(self, left: int, right: int) -> int:
        """Return the disjunction."""
        return self.combine("or", left, right, _or)

    def all_of(self, conditions: Iterable[int]) -> int:
        """Return the conjunction of any number of conditions."""
        return reduce(self.both, conditions, TRUE)

    def any_of(self, conditions: Iterable[int]) -> int:
        """Return the disjunction of any number of conditions."""
        return reduce(self.either, conditions, FALSE)

    def negation(self, condition: int) -> int:
        """Return the negation."""
        return self.combine("not", condition, condition, _not)

    def choose(self, condition: int, leaf: int, otherwise: int) -> int:
        """Return the function that is `leaf` where the condition holds and `otherwise` elsewhere."""

        def leaf_of(left: int, right: int) -> int | None:
            if left == TRUE:
                return leaf
            return right if left == FALSE else None

        return self.combine(f"choose {leaf}", condition, otherwise, leaf_of)

    def combine(self, name: str, left: int, right: int, leaf_of: Callable[[int, int], int | None]) -> int:
        """Return the function that joins two others. `leaf_of` gives the result where two nodes already decide it;
        `name` distinguishes this way of joining from every other."""
        simple = leaf_of(left, right)
        if simple is not None:
            return simple
        key = (name, left, right)
        found = self._results.get(key)
        if found is None:
            level = min(self.level(left), self.level(right))
            branches: dict[int, int] = {}
            for left_mask, left_child in self._branches(left, level):
                for right_mask, right_child in self._branches(right, level):
                    mask = left_mask & right_mask
                    if mask:
                        child = self.combine(name, left_child, right_child, leaf_of)
                        branches[child] = branches.get(child, 0) | mask
            found = self._results[key] = self.node(level, branches)
        return found

    def _branches(self, node: int, level: int) -> Edges:
        if node >= FIRST_NODE and self.levels[node - FIRST_NODE] == level:
            return self.edges[node - FIRST_NODE]
        return ((self.full[level], node),)

    def met(self, root: int, left: Mapping[int, int]) -> set[int]:
        """The levels that a diagram meets along the values that are left at each level."""
        levels, edges = self.levels, self.edges
        found: set[int] = set()
        stack, seen = [root], {root}
        while stack:
            node = stack.pop()
            if node < FIRST_NODE:
                continue
            level = levels[node - FIRST_NODE]
            found.add(level)
            allowed = left[level]
            for mask, child in edges[node - FIRST_NODE]:
                if mask & allowed and child not in seen:
                    seen.add(child)
                    stack.append(child)
        return found

    def support(self, root: int) -> tuple[int, ...]:
        """The levels on which a function really depends, in order."""
        found: set[int] = set()
        seen: set[int] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node >= FIRST_NODE and node not in seen:
                seen.add(node)
                found.add(self.levels[node - FIRST_NODE])
                stack.extend(child for _, child in self.edges[node - FIRST_NODE])
        return tuple(sorted(found))

    def leaves(self, root: int) -> frozenset[int]:
        """All leaves of a function."""
        seen: set[int] = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node not in seen:
                seen.add(node)
                if node >= FIRST_NODE:
                    stack.extend(child for _, child in self.edges[node - FIRST_NODE])
        return frozenset(node for node in seen if node < FIRST_NODE)


def _and(left: int, right: int) -> int | None:
    if left == FALSE or right == FALSE:
        return FALSE
    if left == TRUE:
        return right
    return left if right == TRUE or left == right else None


def _or(left: int, right: int) -> int | None:
    if left == TRUE or right == TRUE:
        return TRUE
    if left == FALSE:
        return right
    return left if right == FALSE or left == right else None


def _not(condition: int, _: int) -> int | None:
    return 1 - condition if condition in (FALSE, TRUE) else None
