"""Diagrams that are followed along what answers leave say what a table of all points says, for one set or for many."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from guideline_core.at_once import AtOnce, Reached
from guideline_core.diagram import DiagramStore
from tests.guideline_core.test_diagram import (
    POINTS,
    SIZES,
    TABLES,
    TABLES_WITH_MORE_LEAVES,
    Table,
    diagram_of,
    unhurried,
)

LEAVES = 8
LEFT = st.tuples(*(st.integers(1, (1 << size) - 1) for size in SIZES)).map(lambda masks: dict(enumerate(masks)))
"""What some answers leave at each level: at least one value."""
SEVERAL = st.lists(LEFT, min_size=1, max_size=9)
DIAGRAMS = st.lists(TABLES_WITH_MORE_LEAVES | TABLES, min_size=1, max_size=4)


def reached(table: Table, left: Mapping[int, int]) -> set[int]:
    """The values of the function at every point that is left."""
    return {
        value
        for point, value in zip(POINTS, table, strict=True)
        if all(left[level] >> choice & 1 for level, choice in enumerate(point))
    }


def together(store: DiagramStore, several: list[dict[int, int]]) -> AtOnce:
    """These sets of answers, followed at once."""

    def left_at(level: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for place, left in enumerate(several):
            found[left[level]] = found.get(left[level], 0) | 1 << place
        return found

    return AtOnce(store, len(several), LEAVES, left_at)


@unhurried
@given(DIAGRAMS, LEFT)
def test_one_set_of_answers_reaches_what_it_reaches_in_the_tables(tables, left):
    store = DiagramStore(SIZES)
    followed = Reached(store)
    for table in (*tables, *tables):  # what was asked before must not change what is answered
        assert followed.leaves(diagram_of(store, table), left) == reached(table, left)


@unhurried
@given(DIAGRAMS, SEVERAL)
def test_sets_that_are_followed_at_once_reach_what_each_reaches_by_itself(tables, several):
    store = DiagramStore(SIZES)
    at_once = together(store, several)
    for table in (*tables, *tables):
        found = at_once.reached(diagram_of(store, table))
        by_themselves = [reached(table, left) for left in several]
        for leaves in by_themselves:
            alike = sum(1 << place for place, each in enumerate(by_themselves) if each == leaves)
            assert at_once.exactly(found, leaves) == alike
        unlike = sum(1 << place for place, each in enumerate(by_themselves) if each != by_themselves[0])
        assert at_once.unlike_first(found) == unlike


@unhurried
@given(TABLES_WITH_MORE_LEAVES | TABLES, LEFT)
def test_a_level_that_is_not_met_changes_nothing(table, left):
    store = DiagramStore(SIZES)
    root = diagram_of(store, table)
    for level in set(range(len(SIZES))) - store.met(root, left):
        changed = ({**left, level: mask} for mask in range(1, 1 << SIZES[level]))
        assert all(reached(table, after) == reached(table, left) for after in changed)


def test_a_leaf_hides_behind_a_node_that_was_passed_at_another_value():
    """The first subject decides whether the second matters."""
    store = DiagramStore(SIZES)
    root = store.both(store.test(0, 0b10), store.test(1, 0b100))
    left = {0: 0b01, 1: 0b111, 2: 0b1111}
    at_once = together(store, [left, {**left, 0: 0b10}, {**left, 0: 0b11}, {**left, 1: 0b100}])
    assert at_once.unlike_first(at_once.reached(root)) == 0b0110
    assert store.met(root, left) == {0}
