"""What is said of one action under some answers: its verdict, how certain it is, and how far it is."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from guideline_core.answers_left import AnswersLeft, signature
from guideline_core.case_findings import AnswerFindings, certainty_of
from guideline_core.compiled import ItemName
from guideline_core.diagram import TRUE
from guideline_core.finding import ONLY_TRUE
from guideline_core.items import Items
from guideline_core.keys import (
    POSITIVE_VERDICTS,
    WEAKEST_FIRST,
    ListedCertainty,
    Progress,
    ResponseGrade,
    Undetermined,
    Verdict,
)
from guideline_core.plan import Recommendation
from guideline_core.remembering import remembering
from guideline_core.subjects import NATURE

_OF_ACTION = ("advice", "at_least", "waits", "done", "waived", "undone", "no_alternative")
RESPONSE_GRADE: ItemName = ("response_grade",)


@dataclass(frozen=True, slots=True)
class Advised:
    """A recommendation before its reasons are named, and the item whose reasons they are."""

    recommendation: Recommendation
    because: ItemName


AdvisedBy = Callable[[AnswersLeft], tuple[Advised, ...]]


def advised_by(items: Items) -> Mapping[str, AdvisedBy]:
    """For each action what is said of it under some answers; most of it stays when one answer changes."""
    return {action: _if_possible(items, action) for action in items.advice}


def _if_possible(items: Items, action: str) -> AdvisedBy:
    """The function that tells it, and is quick to see that an action has no verdict that can be given, as most have."""
    verdicts = [items.by_name["advice", action, verdict] for verdict in items.advice[action]]
    advised = remembering(_what_decides(items, action), partial(_of_action, items, action))
    return lambda left: advised(left) if any(TRUE in each.leaves(left) for each in verdicts) else ()


def _of_action(items: Items, action: str, left: AnswersLeft) -> tuple[Advised, ...]:
    return Advising(items, left).of_action(action)


def _what_decides(items: Items, action: str) -> Callable[[AnswersLeft], Hashable]:
    """The function that tells apart the answers on which it turns what is said of an action."""
    tables = items.compiled.tables
    names: list[ItemName] = [name for name in items.by_name if name[0] in _OF_ACTION and name[1] == action]
    rules = [rule for verdict in items.advice[action] for rule in tables.rules_of["advice", action, verdict]]
    if tables.actions[action].carries_response_grade:
        names.append(RESPONSE_GRADE)
        rules.extend(tables.rules_of[RESPONSE_GRADE])
    names.extend((kind, rule) for rule in rules for kind in ("rule", "without_rule"))
    names.extend(("concerns", each) for rule in rules for each in tables.rules[rule].interpretations)
    levels = sorted({level for name in names if name in items.by_name for level in items.by_name[name].levels})
    return signature(levels, with_nature=items.subjects.level_of[NATURE] in levels)


class Advising(AnswerFindings):
    """The recommendations under some answers, action by action."""

    def of_action(self, action: str) -> tuple[Advised, ...]:
        """Each verdict that is possible, or the weakest where one is sure to be given."""
        possible = [v for v in self._items.advice[action] if TRUE in self._leaves("advice", action, v)]
        weakest = self._weakest_common(action) if len(possible) > 1 else None
        if weakest is not None:
            ranked = [each for each in WEAKEST_FIRST if each in possible]
            return (self._advised(action, ranked, "definite", ("at_least", action, weakest)),)
        return tuple(self._of_verdict(action, verdict) for verdict in possible)

    def _weakest_common(self, action: str) -> Verdict | None:
        """The weakest of the verdicts that can be given, if each of them asks for the action; else None."""
        for verdict in reversed(WEAKEST_FIRST):
            item = self._items.by_name.get(("at_least", action, verdict))
            if item is not None and item.leaves(self._left) == ONLY_TRUE:
                return verdict
        return None

    def _of_verdict(self, action: str, verdict: Verdict) -> Advised:
        name = ("advice", action, verdict)
        return self._advised(action, (verdict,), certainty_of(self._finding(*name)), name)

    def _advised(
        self, action: str, verdicts: Sequence[Verdict], certainty: ListedCertainty, because: ItemName
    ) -> Advised:
        """The one recommendation for these verdicts, the weakest first: it gives that one, or a stronger one."""
        names = [("advice", action, verdict) for verdict in verdicts]
        facts = self._tables.actions[action]
        grade = facts.carries_response_grade
        speaking = (*names, RESPONSE_GRADE) if grade else names
        sources = self._sources(tuple(dict.fromkeys(rule for name in speaking for rule in self._speaking_rules(name))))
        awaited = self._waits_for(action)  # by the action, whatever the verdict
        recommendation = Recommendation(
            action=action,
            verdict=verdicts[0],
            certainty=certainty,
            depends_on=self._essential(names),
            progress=self._progress(action, verdicts, awaited),
            waits_for=awaited if verdicts[0] in POSITIVE_VERDICTS else (),
            actor=facts.actor,
            phase=facts.phase,
            reasons=(),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
            response_grade=self._response_grade() if grade else None,
            stronger_possible=tuple(verdicts[1:]),
            alternative_to=self._alternatives(action, verdicts),
            notes=tuple(rule for name in names for rule in self._noted_rules(name, alone=len(names) == 1)),
        )
        return Advised(recommendation, because)

    def _noted_rules(self, name: ItemName, alone: bool) -> list[str]:
        """The rules whose note is to be read: those that speak wherever this verdict is given, by whatever rule; where
        another verdict is possible too, those that surely speak."""
        noted = (rule for rule in self._tables.rules_of[name] if self._tables.rules[rule].has_note)
        if alone:
            return [rule for rule in noted if TRUE not in self._leaves("without_rule", rule)]
        return [rule for rule in noted if self._leaves("rule", rule) == ONLY_TRUE]

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

    def _progress(self, action: str, verdicts: Sequence[Verdict], awaited: Sequence[str]) -> Progress:
        """How far an action is wherever it gets one of these verdicts. What it may still wait for is said of the action
        itself: while that is open nobody goes ahead, also where it may turn out that the action is advised against."""
        if verdicts[0] in POSITIVE_VERDICTS and all(self._is_done(action, verdict) for verdict in verdicts):
            return "done"
        waived = self._items.by_name.get(("waived", action))
        if verdicts[0] in POSITIVE_VERDICTS and waived is not None and waived.leaves(self._left) == ONLY_TRUE:
            return "waived"
        return "waiting" if awaited else "open"

    def _is_done(self, action: str, verdict: Verdict) -> bool:
        undone = self._items.by_name.get(("undone", action, verdict))
        if undone is not None:
            return TRUE not in undone.leaves(self._left)
        done = self._items.by_name.get(("done", action))
        return done is not None and done.leaves(self._left) == ONLY_TRUE

    def _response_grade(self) -> ResponseGrade | Undetermined | None:
        return cast("ResponseGrade | Undetermined | None", self._only_leaf("response_grade"))
