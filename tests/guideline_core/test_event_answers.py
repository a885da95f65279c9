"""What the answers to open questions would change is what each of them changes by itself, whatever was asked before."""

from random import Random

from guideline_core.edition.values import Edition
from guideline_core.planning import Planner
from tests.random_cases import DAY, random_partial_case


def test_answers_tried_together_change_what_each_changes_by_itself(planner: Planner, edition: Edition) -> None:
    items, chance = planner.items, Random(20)
    for _ in range(25):
        case = random_partial_case(edition, chance)
        asked = chance.sample(list(items.events.of_field), 12)
        left = items.answers_of(case, DAY)[1]
        tried = items.events.tried(left, asked)
        each = (answer for field in asked for answer in items.events.of_field[field])
        after = {answer.bit: items.events.left_with(left, answer) for answer in each}
        for part in items.parts:
            before = part.item.leaves(left)
            by_themselves = sum(bit for bit, other in after.items() if part.item.leaves(other) != before)
            assert part.changed(tried) == by_themselves, part.name
