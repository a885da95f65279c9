"""The recommendations of one plan, each with its reasons, and what is excluded."""

import datetime
from collections.abc import Mapping
from dataclasses import replace

from guideline_core.advising import AdvisedBy
from guideline_core.case import Case
from guideline_core.case_findings import CaseFindings
from guideline_core.diagram import TRUE
from guideline_core.items import Items
from guideline_core.keys import Verdict
from guideline_core.plan import Recommendation


class Recommending(CaseFindings):
    """What is recommended in one case."""

    def __init__(
        self, items: Items, advised: Mapping[str, AdvisedBy], case: Case, day: datetime.date, explain: bool
    ) -> None:
        super().__init__(items, case, day, explain)
        self._advised = advised

    def _recommendations(self) -> tuple[Recommendation, ...]:
        said = [each for advised in self._advised.values() for each in advised(self._left)]
        if not self._explain:
            return tuple(each.recommendation for each in said)
        return tuple(replace(each.recommendation, reasons=self._reasons(each.because)) for each in said)

    def excluded(self) -> tuple[Recommendation, ...]:
        """What holds for no way in which the open answers can turn out, with the answers that exclude it."""
        return tuple(
            self._excluded(action, verdict)
            for action, verdicts in self._items.advice.items()
            for verdict in verdicts
            if TRUE not in self._leaves("advice", action, verdict)
        )

    def _excluded(self, action: str, verdict: Verdict) -> Recommendation:
        name = ("advice", action, verdict)
        facts, sources = self._tables.actions[action], self._sources(self._tables.rules_of[name])
        return Recommendation(
            action=action,
            verdict=verdict,
            certainty="excluded",
            depends_on=(),
            progress="open",
            waits_for=(),
            actor=facts.actor,
            phase=facts.phase,
            reasons=self._reasons(name),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
        )
