"""The recommendations of one plan: each action with its verdict, how certain it is, and how far it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from guideline_core.case_findings import CaseFindings, certainty_of
from guideline_core.compiled import ItemName
from guideline_core.diagram import TRUE
from guideline_core.items import ONLY_TRUE
from guideline_core.keys import (
    POSITIVE_VERDICTS,
    WEAKEST_FIRST,
    Certainty,
    Progress,
    ResponseGrade,
    Undetermined,
    Verdict,
)
from guideline_core.plan import Recommendation


class Recommending(CaseFindings):
    """What is recommended in one case."""

    def _recommendations(self) -> tuple[Recommendation, ...]:
        return tuple(each for action in self._items.advice for each in self._of_action(action))

    def _of_action(self, action: str) -> Iterator[Recommendation]:
        """What is said of one action: each verdict that is possible, or the weakest where one is sure to be given."""
        possible = [v for v in self._items.advice[action] if TRUE in self._leaves("advice", action, v)]
        weakest = self._weakest_common(action) if len(possible) > 1 else None
        if weakest is not None:
            yield self._at_least(action, weakest, [each for each in WEAKEST_FIRST if each in possible])
            return
        for verdict in possible:
            finding = self._finding("advice", action, verdict)
            yield self._recommendation(action, verdict, certainty_of(finding), finding.essential)

    def _weakest_common(self, action: str) -> Verdict | None:
        """The weakest of the verdicts that can be given, if each of them asks for the action; else None."""
        for verdict in reversed(WEAKEST_FIRST):
            item = self._items.by_name.get(("at_least", action, verdict))
            if item is not None and item.leaves(self._raw) == ONLY_TRUE:
                return verdict
        return None

    def _at_least(self, action: str, weakest: Verdict, possible: Sequence[Verdict]) -> Recommendation:
        """The one recommendation where every verdict that is possible asks for the action, by different strength."""
        names = [("advice", action, verdict) for verdict in possible]
        sources = self._sources(tuple(dict.fromkeys(rule for name in names for rule in self._speaking_rules(name))))
        recommendation = self._recommendation(action, weakest, "definite", self._essential(names))
        return replace(
            recommendation,
            progress=self._progress(action, possible, recommendation.waits_for),
            reasons=self._reasons(("at_least", action, weakest)),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
            stronger_possible=tuple(each for each in possible if each != weakest),
            alternative_to=self._alternatives(action, possible),
            notes=tuple(rule for name in names for rule in self._noted_rules(name) if self._surely_fires(rule)),
        )

    def _recommendation(
        self, action: str, verdict: Verdict, certainty: Certainty, depends_on: tuple[str, ...]
    ) -> Recommendation:
        name = ("advice", action, verdict)
        facts, is_listed = self._tables.actions[action], certainty != "excluded"
        rules = self._speaking_rules(name) if is_listed else self._tables.rules_of[name]
        if is_listed and facts.carries_response_grade:
            rules += self._speaking_rules(("response_grade",))
        sources = self._sources(rules)
        waits_for = self._waits_for(action) if is_listed and verdict in POSITIVE_VERDICTS else ()
        return Recommendation(
            action=action,
            verdict=verdict,
            certainty=certainty,
            depends_on=depends_on,
            progress=self._progress(action, (verdict,), waits_for) if is_listed else "open",
            waits_for=waits_for,
            actor=facts.actor,
            phase=facts.phase,
            reasons=self._reasons(name),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
            response_grade=self._response_grade() if is_listed and facts.carries_response_grade else None,
            alternative_to=self._alternatives(action, (verdict,)) if is_listed else (),
            notes=tuple(rule for rule in self._noted_rules(name) if self._speaks_throughout(rule)) if is_listed else (),
        )

    def _noted_rules(self, name: ItemName) -> list[str]:
        return [rule for rule in self._tables.rules_of[name] if self._tables.rules[rule].has_note]

    def _surely_fires(self, rule: str) -> bool:
        return self._leaves("rule", rule) == ONLY_TRUE

    def _speaks_throughout(self, rule: str) -> bool:
        """Whether a rule speaks wherever its verdict is given, by whatever rule."""
        return TRUE not in self._leaves("without_rule", rule)

    def _alternatives(self, action: str, verdicts: Iterable[Verdict]) -> tuple[str, ...]:
        """The actions that will do in its place wherever the action gets one of these verdicts."""
        return tuple(
            other
            for other in self._items.alternatives.get(action, ())
            if not any(TRUE in self._leaves("no_alternative", action, verdict, other) for verdict in verdicts)
        )

    def _waits_for(self, action: str) -> tuple[str, ...]:
        others = self._items.waits.get(action, ())
        waiting = {other for other in others if TRUE in self._leaves("waits", action, other)}
        return tuple(other for other in self._tables.actions if other in waiting) if waiting else ()

    def _progress(self, action: str, verdicts: Sequence[Verdict], waits_for: Sequence[str]) -> Progress:
        """How far an action is wherever it gets one of these verdicts."""
        if verdicts[0] in POSITIVE_VERDICTS and all(self._is_done(action, verdict) for verdict in verdicts):
            return "done"
        waived = self._items.by_name.get(("waived", action))
        if verdicts[0] in POSITIVE_VERDICTS and waived is not None and waived.leaves(self._raw) == ONLY_TRUE:
            return "waived"
        return "waiting" if waits_for else "open"

    def _is_done(self, action: str, verdict: Verdict) -> bool:
        undone = self._items.by_name.get(("undone", action, verdict))
        if undone is not None:
            return TRUE not in undone.leaves(self._raw)
        done = self._items.by_name.get(("done", action))
        return done is not None and done.leaves(self._raw) == ONLY_TRUE

    def _response_grade(self) -> ResponseGrade | Undetermined | None:
        return cast("ResponseGrade | Undetermined | None", self._only_leaf("response_grade"))

    def excluded(self) -> tuple[Recommendation, ...]:
        """What holds for no way in which the open answers can turn out, with the answers that exclude it."""
        return tuple(
            self._recommendation(action, verdict, "excluded", ())
            for action, verdicts in self._items.advice.items()
            for verdict in verdicts
            if TRUE not in self._leaves("advice", action, verdict)
        )
