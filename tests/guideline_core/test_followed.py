"""A diagram that is followed along what the answers leave says what a table of all points says."""

from hypothesis import given
from hypothesis import strategies as st

from guideline_core.diagram import DiagramStore
from guideline_core.followed import Followed
from tests.guideline_core.test_diagram import (
    POINTS,
    SIZES,
    TABLES,
    TABLES_WITH_MORE_LEAVES,
    Table,
    diagram_of,
    unhurried,
)

LEVELS = tuple(range(len(SIZES)))
LEFT = st.tuples(*(st.integers(1, (1 << size) - 1) for size in SIZES)).map(lambda masks: dict(enumerate(masks)))
"""What some answers leave at each level: at least one value."""
MOVABLE = st.frozensets(st.sampled_from(LEVELS))


def reached(table: Table, left: dict[int, int]) -> set[int]:
    """The values of the function at every point that is left."""
    return {
        value
        for point, value in zip(POINTS, table, strict=True)
        if all(left[level] >> choice & 1 for level, choice in enumerate(point))
    }


def each_change(left: dict[int, int], level: int) -> list[dict[int, int]]:
    """Everything that one more answer could leave at a level."""
    return [{**left, level: mask} for mask in range(1, 1 << SIZES[level])]


@unhurried
@given(TABLES_WITH_MORE_LEAVES | TABLES, LEFT, MOVABLE, st.randoms(use_true_random=False))
def test_what_one_more_answer_changes_is_what_changes_in_the_table(table, left, movable, order):
    store = DiagramStore(SIZES)
    followed = Followed(store, diagram_of(store, table), left, movable)
    asked = [(after, level) for level in followed.levels for after in each_change(left, level)]
    order.shuffle(asked)  # what was asked before must not change what is answered
    for after, level in asked:
        assert followed.is_changed_by(after, level) == (reached(table, after) != reached(table, left))


@unhurried
@given(TABLES_WITH_MORE_LEAVES, LEFT, MOVABLE)
def test_a_level_that_is_not_reached_changes_nothing(table, left, movable):
    store = DiagramStore(SIZES)
    followed = Followed(store, diagram_of(store, table), left, movable)
    assert set(followed.levels) <= movable
    for level in movable.difference(followed.levels):
        assert all(reached(table, after) == reached(table, left) for after in each_change(left, level))


def test_a_leaf_hides_behind_a_node_that_was_passed_at_another_value():
    """The first subject decides whether the second matters: both are asked, in both orders."""
    store = DiagramStore(SIZES)
    root = store.both(store.test(0, 0b10), store.test(1, 0b100))
    left = {0: 0b01, 1: 0b111, 2: 0b1111}
    followed = Followed(store, root, left, LEVELS)
    assert list(followed.levels) == [0]
    assert followed.is_changed_by({**left, 0: 0b10}, 0) and followed.is_changed_by({**left, 0: 0b11}, 0)
    assert not followed.is_changed_by(left, 0)
