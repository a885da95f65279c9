"""What is found under some answers, item by item, and where it comes from: what all parts of a plan are made of."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from guideline_core.answers_left import AnswersLeft
from guideline_core.case import Case
from guideline_core.compiled import ItemName, Leaf
from guideline_core.diagram import TRUE
from guideline_core.finding import ONLY_TRUE, Finding
from guideline_core.items import Items
from guideline_core.keys import UNDETERMINED, ListedCertainty
from guideline_core.plan import Answer, Reason


@dataclass(frozen=True, slots=True)
class Sources:
    """Where something comes from."""

    rules: tuple[str, ...]
    statements: tuple[str, ...]
    interpretations: tuple[str, ...]


class AnswerFindings:
    """What the items of an edition say under some answers."""

    def __init__(self, items: Items, left: AnswersLeft) -> None:
        self._items = items
        self._tables = items.compiled.tables
        self._left = left

    def _finding(self, *name: str) -> Finding:
        return self._items.by_name[name].finding(self._left)

    def _leaves(self, *name: str) -> frozenset[int]:
        return self._items.by_name[name].leaves(self._left)

    def _only_leaf(self, *name: str) -> Leaf:
        """What an item says of this case; `undetermined` while the open answers decide it."""
        item = self._items.by_name[name]
        leaves = item.leaves(self._left)
        return item.root.leaves[next(iter(leaves))] if len(leaves) == 1 else UNDETERMINED

    def _essential(self, names: Iterable[ItemName]) -> tuple[str, ...]:
        """The open answers on which any of these items depends."""
        return tuple(dict.fromkeys(field for name in names for field in self._finding(*name).essential))

    def _speaking_rules(self, name: ItemName) -> tuple[str, ...]:
        """The rules that surely fire; when none surely does, those that still can."""
        leaves = {rule: self._leaves("rule", rule) for rule in self._tables.rules_of[name]}
        certain = tuple(rule for rule, left in leaves.items() if left == ONLY_TRUE)
        return certain or tuple(rule for rule, left in leaves.items() if TRUE in left)

    def _sources(self, rules: tuple[str, ...]) -> Sources:
        """The statements of these rules, and those of their interpretations that can still concern this patient."""
        facts = [self._tables.rules[rule] for rule in rules]
        interpretations = dict.fromkeys(name for fact in facts for name in fact.interpretations)
        return Sources(
            rules,
            tuple(dict.fromkeys(name for fact in facts for name in fact.statements)),
            tuple(name for name in interpretations if self._concerns(name)),
        )

    def _concerns(self, interpretation: str) -> bool:
        """Whether an interpretation can still concern this patient."""
        return TRUE in self._leaves("concerns", interpretation)


class CaseFindings(AnswerFindings):
    """What they say of one case, with its reasons if it must be explained."""

    def __init__(self, items: Items, case: Case, day: datetime.date, explain: bool) -> None:
        self._answers, left = items.answers_of(case, day)
        super().__init__(items, left)
        self._case = case
        self._day = day
        self._explain = explain

    def _reasons(self, *names: ItemName) -> tuple[Reason, ...]:
        if not self._explain:
            return ()
        keys = [key for name in names for key in self._items.by_name[name].reasons(self._left)]
        fields = dict.fromkeys(pair for key in keys for pair in self._fields_behind(key))
        return tuple(Reason(field, value) for field, value in fields)

    def _fields_behind(self, key: str) -> tuple[tuple[str, Answer], ...]:
        """The answered fields behind a raw key; behind what they make certain those that do so."""
        sure = self._items.sure.get(key)
        if sure is None:
            return self._answers.fields[key]
        return tuple(pair for each in sure.reasons(self._left) for pair in self._answers.fields[each])


def certainty_of(finding: Finding) -> ListedCertainty:
    """Whether what was found holds however the open answers turn out."""
    return "definite" if finding.certain else "depends"
