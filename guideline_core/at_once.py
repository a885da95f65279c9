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


def leaves_reached(store: DiagramStore, left: Mapping[int, int]) -> Callable[[int], frozenset[int]]:
    """The function that finds which leaves a diagram reaches along the values that are left at each level."""
    levels, edges = store.levels, store.edges
    known = {leaf: 1 << leaf for leaf in range(FIRST_NODE)}
    known_of = known.get

    def reached(node: int) -> int:
        allowed = left[levels[node - FIRST_NODE]]
        found = 0
        for mask, child in edges[node - FIRST_NODE]:
            if mask & allowed:
                below = known_of(child)
                found |= reached(child) if below is None else below
        known[node] = found
        return found

    def leaves(root: int) -> frozenset[int]:
        found = known_of(root)
        return _leaves(reached(root) if found is None else found)

    return leaves


class AtOnce:
    """Some sets of answers, followed together. `left_at` says what they leave at a level."""

    def __init__(self, store: DiagramStore, number: int, leaves: int, left_at: Callable[[int], Left]) -> None:
        """`number` is that of the sets, `leaves` that of the leaves that a diagram can have."""
        self.every: Sets = (1 << number) - 1
        self._number = number
        self._of_first = sum(1 << leaf * number for leaf in range(leaves))
        self._leaves = range(leaves)
        self._known = {leaf: self.every << leaf * number for leaf in self._leaves}
        self._walk = _walk(store, self._of_first, left_at, self._known)

    def reached(self, root: int) -> int:
        """What a diagram reaches."""
        found = self._known.get(root)
        return self._walk(root) if found is None else found

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
        found = self.every
        for leaf in self._leaves:
            here = reached >> leaf * self._number
            found &= here if leaf in leaves else ~here
        return found


def _walk(
    store: DiagramStore, for_each_leaf: int, left_at: Callable[[int], Left], known: dict[int, int]
) -> Callable[[int], int]:
    """The function that finds what a node reaches and keeps it among what is known. Nothing in a plan is asked more
    often: it is a closure, and takes a short way where all sets leave the same."""
    levels, edges, known_of = store.levels, store.edges, known.get
    same: dict[int, int] = {}
    passing: dict[int, _Passing] = {}

    def reached(node: int) -> int:
        level = levels[node - FIRST_NODE]
        allowed = same.get(level)
        if allowed is None:
            left = left_at(level)
            allowed = same[level] = next(iter(left)) if len(left) == 1 else 0
            if not allowed:
                passing[level] = _Passing(left, for_each_leaf)
        found = 0
        if allowed:
            for mask, child in edges[node - FIRST_NODE]:
                if mask & allowed:
                    below = known_of(child)
                    found |= reached(child) if below is None else below
        else:
            passes = passing[level]
            for mask, child in edges[node - FIRST_NODE]:
                if where := passes[mask]:
                    below = known_of(child)
                    found |= (reached(child) if below is None else below) & where
        known[node] = found
        return found

    return reached


class _Passing(dict[int, int]):
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
