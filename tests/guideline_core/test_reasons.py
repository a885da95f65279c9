"""The smallest set of answers that suffices, against a search through all sets."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guideline_core.reasons import Attempt, Search
from tests.guideline_core.test_diagram import unhurried

NUMBER = 5
ANSWERS = tuple(1 << place for place in range(NUMBER))
EVERYTHING = sum(ANSWERS)
SETS = range(EVERYTHING + 1)
ENOUGH = st.frozensets(st.integers(0, EVERYTHING)).map(lambda chosen: chosen | {EVERYTHING})
"""The sets that suffice: whichever, and all answers together."""


def upward(chosen: frozenset[int]) -> frozenset[int]:
    """The same where more answers always suffice when fewer do."""
    return frozenset(each for each in SETS if any(each & small == small for small in chosen))


def attempting(enough: frozenset[int]) -> Attempt:
    """Looks up each of the sets that are tried together."""

    def attempt(tried: Sequence[int]) -> list[bool]:
        assert all(0 <= chosen <= EVERYTHING for chosen in tried)
        return [chosen in enough for chosen in tried]

    return attempt


def first_smallest(enough: frozenset[int]) -> int:
    """The first of the smallest sets that suffice, in the order of the answers."""
    for size in range(NUMBER + 1):
        for chosen in combinations(ANSWERS, size):
            if sum(chosen) in enough:
                return sum(chosen)
    raise AssertionError("all together suffice")


@unhurried
@given(ENOUGH.map(upward), st.integers(0, EVERYTHING))
def test_where_more_answers_never_do_harm_it_is_the_first_of_the_smallest_sets(enough, may_be_needed):
    assert Search(ANSWERS, attempting(enough)).smallest(may_be_needed) == first_smallest(enough)


@unhurried
@given(ENOUGH)
def test_where_answers_overrule_one_another_nothing_is_needed_beforehand(enough):
    found = Search(ANSWERS, attempting(enough)).smallest(0)
    assert found in enough and found.bit_count() == first_smallest(enough).bit_count()


@unhurried
@given(ENOUGH, st.integers(0, EVERYTHING))
def test_it_suffices_and_no_answer_in_it_can_be_missed(enough, may_be_needed):
    found = Search(ANSWERS, attempting(enough)).smallest(may_be_needed)
    assert found in enough
    assert not any(found - answer in enough for answer in ANSWERS if answer & found)


@pytest.mark.parametrize("enough", [frozenset({0, EVERYTHING}), frozenset(SETS)])
def test_nothing_is_a_reason_for_what_holds_without_answers(enough):
    assert Search(ANSWERS, attempting(enough)).smallest(0) == 0
