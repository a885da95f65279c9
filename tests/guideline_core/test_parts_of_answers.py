"""What some answers of a case leave by themselves: tried for many choices at once, it is what a case of them leaves."""

from functools import cache
from random import Random

import pytest

from guideline_core.answers_left import AnswersLeft
from guideline_core.at_once import Reached
from guideline_core.parts_of_answers import Trials
from guideline_core.planning import Planner
from guideline_core.subject_levels import SubjectLevels
from guideline_core.subjects import NATURE
from tests.editions import planner_of, read_real_edition
from tests.random_cases import DAY, random_partial_case

CASES = range(25)


@cache
def planner() -> Planner:
    return planner_of(read_real_edition())


def some_case(number: int) -> tuple[SubjectLevels, AnswersLeft, Random]:
    chance = Random(number)
    left = planner().items.answers_of(random_partial_case(read_real_edition(), chance), DAY)[1]
    return planner().items.subjects, left, chance


def some_of(everything: int, chance: Random) -> int:
    return everything & chance.getrandbits(everything.bit_length())


@pytest.mark.parametrize("number", CASES)
def test_only_the_keys_of_a_subject_decide_it(number: int) -> None:
    subjects, left, chance = some_case(number)
    known = chance.random()
    raw = {key: value for key, value in left.raw.items() if key != NATURE and chance.random() < known}
    for level, subject in enumerate(subjects.subjects):
        of_subject = {key: value for key, value in raw.items() if key in subject.keys}
        assert subjects.masks[level](raw) == subjects.masks[level](of_subject), subject.name


@pytest.mark.parametrize("number", CASES)
def test_what_is_tried_at_once_reaches_what_each_choice_reaches_by_itself(number: int) -> None:
    subjects, left, chance = some_case(number)
    given = [bit for key, bit in subjects.bit_of.items() if left.raw.get(key) is not None]
    everything = sum(given)
    tried = [0, everything, *given[:3], *(~bit for bit in given[-3:]), *(some_of(everything, chance) for _ in range(9))]
    trials = Trials(left.parts, tried, subjects.most_leaves)
    for chosen, place in trials.places.items():
        raw = left.parts.raw(chosen & everything)
        by_itself, alone = Reached(subjects.store), {at: mask_of(raw) for at, mask_of in enumerate(subjects.masks)}
        for item in planner().items.by_name.values():
            reached = trials.exactly(trials.reached(item.root.node), by_itself.leaves(item.root.node, alone))
            assert reached >> place & 1, (item.root, chosen)
