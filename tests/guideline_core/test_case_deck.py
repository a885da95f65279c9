"""Every case of the deck gets the plan that the guideline asks for."""

import pytest

from guideline_core.planning import Planner
from tests.case_deck import DeckCase, deck, differences


@pytest.mark.parametrize("case", deck(), ids=lambda case: case.name)
def test_case_gets_the_plan_of_the_guideline(case: DeckCase, planner: Planner) -> None:
    assert differences(case.plan(planner), case.expect) == []
