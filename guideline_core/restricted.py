"""A diagram restricted to what the answers leave open and reduced again: what it then still depends on."""

from collections.abc import Mapping

from guideline_core.diagram import FIRST_NODE, DiagramStore, Edges


class Restricted:
    """A diagram restricted to the values that each subject can still have, and reduced again."""

    def __init__(self, store: DiagramStore, root: int, masks: Mapping[int, int]) -> None:
        self._store = store
        self._masks = masks
        self._made: dict[int, int] = {}
        self._known: dict[tuple[int, Edges], int] = {}
        self._below: dict[int, frozenset[int]] = {}
        self.nodes: list[tuple[int, Edges]] = []
        self.root = self._restrict(root)

    def _restrict(self, node: int) -> int:
        if node < FIRST_NODE:
            return node
        found = self._made.get(node)
        if found is None:
            level = self._store.levels[node - FIRST_NODE]
            allowed = self._masks[level]
            branches: dict[int, int] = {}
            for mask, child in self._store.edges[node - FIRST_NODE]:
                if mask & allowed:
                    after = self._restrict(child)
                    branches[after] = branches.get(after, 0) | (mask & allowed)
            found = self._made[node] = self._node(level, branches)
        return found

    def _node(self, level: int, branches: dict[int, int]) -> int:
        """Return the node with these branches; nodes that no branch leads to any more stay behind, unused."""
        if len(branches) == 1:
            return next(iter(branches))
        key = (level, tuple(sorted((mask, child) for child, mask in branches.items())))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = FIRST_NODE + len(self.nodes)
            self.nodes.append(key)
        return found

    def reachable(self) -> list[tuple[int, Edges]]:
        """The nodes that remain, each with its level and edges."""
        seen: set[int] = set()
        stack = [self.root]
        found = []
        while stack:
            node = stack.pop()
            if node >= FIRST_NODE and node not in seen:
                seen.add(node)
                found.append(self.nodes[node - FIRST_NODE])
                stack.extend(child for _, child in self.nodes[node - FIRST_NODE][1])
        return found

    def leaves(self, node: int | None = None) -> frozenset[int]:
        """The leaves that can be reached from a node, by default from the root."""
        at = self.root if node is None else node
        if at < FIRST_NODE:
            return frozenset((at,))
        found = self._below.get(at)
        if found is None:
            children = self.nodes[at - FIRST_NODE][1]
            found = self._below[at] = frozenset().union(*(self.leaves(child) for _, child in children))
        return found

    def settled_by(self, level: int, mask: int) -> bool:
        """Whether one leaf is left when the subject at this level is narrowed to these values."""
        return len(self._leaves_with(self.root, level, mask)) == 1

    def _leaves_with(self, node: int, level: int, mask: int) -> frozenset[int]:
        if node < FIRST_NODE:
            return frozenset((node,))
        at, edges = self.nodes[node - FIRST_NODE]
        if at > level:
            return self.leaves(node)
        chosen = edges if at != level else tuple(edge for edge in edges if edge[0] & mask)
        return frozenset().union(*(self._leaves_with(child, level, mask) for _, child in chosen))
