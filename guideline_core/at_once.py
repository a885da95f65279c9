"""Diagrams followed along what answers leave, for one set of answers or for several at once.

What a node reaches is a number: for one set of answers it has a bit for each leaf; for several each leaf has as many
bits as there are sets, those of the sets that reach it. A node is looked at once, whatever number of diagrams share it
and however many sets come by.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache

from guideline_core.diagram import FIRST_NODE, DiagramStore

Sets = int
"""Some of the sets of answers, a bit each."""
Left = Mapping[int, Sets]
"""The values that are left at a level, each with the sets that leave them; together these are all sets."""


@cache
def _leaves(reached: int) -> frozenset[int]:
    """One set for all that reach the same: many are kept, and what is shared costs no memory."""
    return frozenset(leaf for leaf in range(reached.bit_length()) if reached >> leaf & 1)


_LEAVES = {leaf: 1 << leaf for leaf in range(FIRST_NODE)}


class Reached:
    """What diagrams reach along the values that are left at each level."""

    def __init__(self, store: DiagramStore) -> None:
        self._levels, self._edges = store.levels, store.edges
        self._known = dict(_LEAVES)

    def leaves(self, root: int, left: Mapping[int, int]) -> frozenset[int]:
        """The leaves that a diagram reaches; what is left must be the same each time that one is asked."""
        return _leaves(self._known[root] if root in self._known else self._reach(root, left))

    def _reach(self, node: int, left: Mapping[int, int]) -> int:
        """What a node reaches of which that is not known yet."""
        known = self._known
        allowed = left[self._levels[node - FIRST_NODE]]
        found = 0
        for mask, child in self._edges[node - FIRST_NODE]:
            if mask & allowed:
                found |= known[child] if child in known else self._reach(child, left)
        known[node] = found
        return found


class AtOnce:
    """Some sets of answers, followed together. `left_at` says what they leave at a level."""

    def __init__(self, store: DiagramStore, number: int, leaves: int, left_at: Callable[[int], Left]) -> None:
        """`number` is that of the sets, `leaves` that of the leaves that a diagram can have."""
        self.every: Sets = (1 << number) - 1
        self._levels, self._edges = store.levels, store.edges
        self._left_at = left_at
        self._number = number
        self._of_first = once_for_each(leaves, number)
        self._known = {leaf: self.every << leaf * number for leaf in range(leaves)}
        self._same: dict[int, int] = {}
        self._passing: dict[int, Passing] = {}

    def reached(self, node: int) -> int:
        """What a diagram reaches."""
        return self._known[node] if node in self._known else self._reach(node)

    def _reach(self, node: int) -> int:
        """What a node reaches of which that is not known yet."""
        known = self._known
        level = self._levels[node - FIRST_NODE]
        allowed = self._same[level] if level in self._same else self._prepare(level)
        found = 0
        if allowed:
            for mask, child in self._edges[node - FIRST_NODE]:
                if mask & allowed:
                    found |= known[child] if child in known else self._reach(child)
        else:
            passing = self._passing[level]
            for mask, child in self._edges[node - FIRST_NODE]:
                if where := passing[mask]:
                    found |= (known[child] if child in known else self._reach(child)) & where
        known[node] = found
        return found

    def _prepare(self, level: int) -> int:
        """What all sets leave at a level; zero when they differ."""
        left = self._left_at(level)
        found = self._same[level] = next(iter(left)) if len(left) == 1 else 0
        if not found:
            self._passing[level] = Passing(left, self._of_first)
        return found

    def unlike_first(self, reached: int) -> Sets:
        """The sets that reach other leaves than the first one."""
        apart = reached ^ (reached & self._of_first) * self.every
        found = 0
        while apart:
            found |= apart & self.every
            apart >>= self._number
        return found

    def exactly(self, reached: int, leaves: Collection[int]) -> Sets:
        """The sets that reach these leaves and no others."""
        found, apart = self.every, reached
        for leaf in leaves:
            here = leaf * self._number
            found &= reached >> here
            apart &= ~(self.every << here)
        while apart:
            found &= ~apart
            apart >>= self._number
        return found


def once_for_each(leaves: int, number: int) -> int:
    """The first of so many sets, at each of so many leaves."""
    return sum(1 << leaf * number for leaf in range(leaves))


class Passing(dict[int, int]):
    """For the values of an edge the sets that pass along it, once for each leaf."""

    def __init__(self, left: Left, for_each_leaf: int) -> None:
        super().__init__()
        self._left = left
        self._for_each_leaf = for_each_leaf

    def __missing__(self, mask: int) -> int:
        where = 0
        for values, sets in self._left.items():
            if values & mask:
                where |= sets
        found = self[mask] = where * self._for_each_leaf
        return found
