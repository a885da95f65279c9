"""Decision diagrams say the same as truth tables, and equal functions are the same node."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline_core.compiled import CompiledEdition, Root
from guideline_core.compiler import compile_edition
from guideline_core.diagram import FALSE, FIRST_NODE, TRUE, DiagramStore
from guideline_core.keys import UNDETERMINED
from tests.editions import read_real_edition

SIZES = (2, 3, 4)
unhurried = settings(deadline=None)  # a busy machine is no fault
POINTS = tuple(product(*(range(size) for size in SIZES)))
Table = tuple[int, ...]
"""The value of a function at each of POINTS."""


def value_at(store: DiagramStore, node: int, point: tuple[int, ...]) -> int:
    """Walk from a node to its leaf."""
    while node >= FIRST_NODE:
        bit = 1 << point[store.level(node)]
        (node,) = (child for mask, child in store.edges[node - FIRST_NODE] if mask & bit)
    return node


def table_of(store: DiagramStore, node: int) -> Table:
    return tuple(value_at(store, node, point) for point in POINTS)


def diagram_of(store: DiagramStore, table: Table) -> int:
    """The diagram of a table, put together from single points."""
    node = FALSE
    for point, value in zip(POINTS, table, strict=True):
        at_point = TRUE
        for level, choice in enumerate(point):
            at_point = store.both(at_point, store.test(level, 1 << choice))
        node = store.choose(at_point, value, node)
    return node


TABLES = st.tuples(*(st.sampled_from((FALSE, TRUE)) for _ in POINTS))
TABLES_WITH_MORE_LEAVES = st.tuples(*(st.integers(0, 3) for _ in POINTS))


@unhurried
@given(TABLES)
def test_a_diagram_says_what_its_table_says(table: Table) -> None:
    store = DiagramStore(SIZES)
    assert table_of(store, diagram_of(store, table)) == table


@unhurried
@given(TABLES, TABLES)
def test_and_or_and_not_are_those_of_truth_tables(left: Table, right: Table) -> None:
    store = DiagramStore(SIZES)
    one, other = diagram_of(store, left), diagram_of(store, right)
    pairs = list(zip(left, right, strict=True))
    assert table_of(store, store.both(one, other)) == tuple(a & b for a, b in pairs)
    assert table_of(store, store.either(one, other)) == tuple(a | b for a, b in pairs)
    assert table_of(store, store.negation(one)) == tuple(1 - a for a in left)


@unhurried
@given(TABLES, TABLES_WITH_MORE_LEAVES, st.integers(0, 5))
def test_choose_puts_a_leaf_where_the_condition_holds(condition: Table, otherwise: Table, leaf: int) -> None:
    store = DiagramStore(SIZES)
    node = store.choose(diagram_of(store, condition), leaf, diagram_of(store, otherwise))
    expected = tuple(leaf if where else value for where, value in zip(condition, otherwise, strict=True))
    assert table_of(store, node) == expected


@unhurried
@given(TABLES, TABLES)
def test_equal_functions_are_the_same_node(left: Table, right: Table) -> None:
    store = DiagramStore(SIZES)
    one, other = diagram_of(store, left), diagram_of(store, right)
    assert (one == other) == (left == right)
    assert store.negation(store.negation(one)) == one
    not_both = store.negation(store.both(one, other))
    assert not_both == store.either(store.negation(one), store.negation(other))


def depends_on(table: Table, level: int) -> bool:
    """Whether two points that differ at one level only have different values."""
    value = dict(zip(POINTS, table, strict=True))
    return any(
        value[point] != value[(*point[:level], choice, *point[level + 1 :])]
        for point in POINTS
        for choice in range(SIZES[level])
    )


@unhurried
@given(TABLES_WITH_MORE_LEAVES)
def test_the_support_is_what_the_function_really_depends_on(table: Table) -> None:
    store = DiagramStore(SIZES)
    expected = tuple(level for level in range(len(SIZES)) if depends_on(table, level))
    assert store.support(diagram_of(store, table)) == expected


@pytest.mark.parametrize(("mask", "node"), [(0, FALSE), (0b111, TRUE)])
def test_a_test_for_no_value_or_all_is_a_leaf(mask: int, node: int) -> None:
    assert DiagramStore(SIZES).test(1, mask) == node


def test_a_test_asks_for_its_subject() -> None:
    store = DiagramStore(SIZES)
    node = store.test(1, 0b101)
    assert table_of(store, node) == tuple(int(point[1] in (0, 2)) for point in POINTS)
    assert (store.level(node), store.level(TRUE)) == (1, len(SIZES))


def test_nothing_is_said_of_no_node() -> None:
    store = DiagramStore(SIZES)
    assert store.support(TRUE) == ()
    assert store.both(TRUE, FALSE) == FALSE
    assert store.either(TRUE, FALSE) == TRUE


# ---- the diagrams of the real edition --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled() -> CompiledEdition:
    return compile_edition(read_real_edition())


def inner_nodes(store: DiagramStore) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
    return zip(store.levels, store.edges, strict=True)


def test_each_node_divides_all_values_among_its_edges(compiled: CompiledEdition) -> None:
    for level, edges in inner_nodes(compiled.store):
        together = 0
        for mask, _ in edges:
            assert mask
            assert not mask & together
            together |= mask
        assert together == compiled.store.full[level]


def test_each_node_leads_to_different_later_nodes(compiled: CompiledEdition) -> None:
    for level, edges in inner_nodes(compiled.store):
        children = [child for _, child in edges]
        assert len(set(children)) == len(children) > 1
        assert all(compiled.store.level(child) > level for child in children)


def test_no_node_stands_twice(compiled: CompiledEdition) -> None:
    nodes = list(inner_nodes(compiled.store))
    assert len(nodes) == len(set(nodes))


def referral_roots(compiled: CompiledEdition) -> Mapping[str, Root]:
    return {root.name[0]: root for root in compiled.roots if root.kind == "referral"}


def test_the_referral_is_decided_everywhere(compiled: CompiledEdition) -> None:
    for root in referral_roots(compiled).values():
        assert root.leaves[0] == UNDETERMINED
        assert 0 not in leaves_below(compiled.store, root.node)


def leaves_below(store: DiagramStore, node: int) -> set[int]:
    seen, stack = set(), [node]
    while stack:
        at = stack.pop()
        if at not in seen:
            seen.add(at)
            if at >= FIRST_NODE:
                stack.extend(child for _, child in store.edges[at - FIRST_NODE])
    return {node for node in seen if node < FIRST_NODE}
