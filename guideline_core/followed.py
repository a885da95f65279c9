"""A diagram followed along what some answers leave, so that one can ask what one more answer would change."""

from collections.abc import Collection, Mapping

from guideline_core.diagram import FIRST_NODE, DiagramStore


class Followed:
    """What a diagram reaches; it keeps nothing of the answers along which it was followed.

    `leaves` are those that it reaches, `movable` the levels of which one can ask.
    """

    __slots__ = ("_known", "_nodes", "_nothing_new", "_root", "_store", "leaves")

    def __init__(self, store: DiagramStore, root: int, left: Mapping[int, int], movable: Collection[int]) -> None:
        self._store = store
        self._root = root
        self.leaves, nodes = store.follow((root,), left, _never)
        self._nodes: dict[int, list[int]] = {}
        for node in nodes:
            if (level := store.levels[node - FIRST_NODE]) in movable:
                self._nodes.setdefault(level, []).append(node)
        self._nothing_new = {*self.leaves, *nodes}
        self._known: dict[tuple[int, int], bool] = {}

    @property
    def levels(self) -> Collection[int]:
        """The movable levels that it reaches: what is left at any other of them changes no leaf."""
        return self._nodes.keys()

    def is_changed_by(self, after: Mapping[int, int], level: int) -> bool:
        """Whether it reaches other leaves where the answers leave something else, at this level and at no other."""
        allowed = after[level]
        found = self._known.get((level, allowed))
        if found is None:
            found = self._known[level, allowed] = self._find_changed(after, level)
        return found

    def _find_changed(self, after: Mapping[int, int], level: int) -> bool:
        if len(self.leaves) > 1:
            leaves, _ = self._store.follow((self._root,), after, self._has_new)
            return leaves != self.leaves
        # What is settled changes only where another leaf lies behind the nodes at this level. What lies below them is
        # left as it was: a node behind which there was nothing new has nothing new behind it.
        leaves, nodes = self._store.follow(self._nodes[level], after, bool, self._nothing_new)
        if not leaves:
            self._nothing_new.update(nodes)
        return bool(leaves)

    def _has_new(self, leaves: set[int]) -> bool:
        return not leaves <= self.leaves


def _never(_: set[int]) -> bool:
    return False
