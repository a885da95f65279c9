"""Makes plans: the door of the core.

    planner = Planner(compiled_edition)              # once per edition
    plan = planner.make_plan(case, reference_date)   # a pure function of edition, case and date

Every recommendation, alert and referral key is decided by itself over all coherent ways in which the open answers can
turn out (`finding`); nothing here guesses.
"""

import datetime

from guideline_core.advising import advised_by
from guideline_core.case import Case
from guideline_core.compiled import CompiledEdition
from guideline_core.items import Items
from guideline_core.plan import Plan, Recommendation
from guideline_core.plan_making import PlanMaking


class Planner:
    """Plans under one edition. It remembers findings between calls; that changes speed, never a plan."""

    def __init__(self, compiled: CompiledEdition) -> None:
        self.items = Items(compiled)
        self._advised = advised_by(self.items)

    def make_plan(self, case: Case, reference_date: datetime.date) -> Plan:
        """The whole plan: with reasons, and with open questions and what each would change."""
        return PlanMaking(self.items, self._advised, case, reference_date, explain=True).plan()

    def make_bare_plan(self, case: Case, reference_date: datetime.date) -> Plan:
        """The plan without reasons and open questions, for the first moment after an answer."""
        return PlanMaking(self.items, self._advised, case, reference_date, explain=False).plan()

    def excluded(self, case: Case, reference_date: datetime.date) -> tuple[Recommendation, ...]:
        """The recommendations that hold for no way in which the open answers can turn out, each with its reasons."""
        return PlanMaking(self.items, self._advised, case, reference_date, explain=True).excluded()
