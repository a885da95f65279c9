"""Everything that a plan of one edition can say, item by item, with what is already known of each."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from guideline_core.answers import CaseAnswers, collect
from guideline_core.answers_left import AnswersLeft
from guideline_core.at_once import Sets
from guideline_core.case import Case
from guideline_core.compiled import CompiledEdition, ItemName
from guideline_core.event_answers import EventAnswers, Tried
from guideline_core.finding import DiagramFindings, Item, what_is_sure
from guideline_core.keys import Severity, StationFact, Verdict
from guideline_core.subject_levels import SubjectLevels
from guideline_core.subjects import NATURE, sure_subject

_PLANNED = ("advice", "referral", "alert", "waits", "done", "waived", "response_grade")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a plan says; the action without which it says nothing, if there is one; and which of the answers
    that are tried change it."""

    name: ItemName
    owner: str | None
    item: Item
    changed: Callable[[Tried], Sets]


class Items:
    """The items of one edition. They remember findings between cases, for speed only."""

    def __init__(self, compiled: CompiledEdition) -> None:
        self.compiled = compiled
        self.subjects = SubjectLevels(compiled)
        found = {
            node: DiagramFindings(compiled, self.subjects, node)
            for node in dict.fromkeys(root.node for root in compiled.roots)
        }
        self.by_name: dict[ItemName, Item] = {
            (root.kind, *root.name): Item(root, found[root.node]) for root in compiled.roots
        }
        self.advice = self._advice()
        self.alerts = [(name[1], cast(Severity, name[2])) for name in self.by_name if name[0] == "alert"]
        self.waits: dict[str, list[str]] = {}
        for kind, *names in self.by_name:
            if kind == "waits":
                self.waits.setdefault(names[0], []).append(names[1])
        self._of_stations = self._index_by_station()
        self.alternatives: dict[str, dict[str, None]] = {}
        for kind, *names in self.by_name:
            if kind == "no_alternative":
                self.alternatives.setdefault(names[0], {})[names[2]] = None
        self.sure = {sure_subject(name[1]): item for name, item in self.by_name.items() if name[0] == "surely"}
        self.events = EventAnswers(compiled, self.subjects, self.sure)
        changed = {node: self.events.changing(diagram) for node, diagram in found.items()}
        self.parts = [
            Part(name, _owner(name), item, changed[item.root.node])
            for name, item in self.by_name.items()
            if name[0] in _PLANNED
        ]
        """What a plan says."""
        self._no_answers: dict[str, object] = dict.fromkeys(compiled.space.raw_keys())

    def answers_of(self, case: Case, day: datetime.date) -> tuple[CaseAnswers, AnswersLeft]:
        """The answers of a case, and what they leave: of every raw key, and of `nature`."""
        compiled = self.compiled
        answers = collect(case, compiled.catalogue, compiled.thresholds, day)
        raw = {**self._no_answers, **answers.raw}
        raw[NATURE] = compiled.space.nature_left(raw)
        left = AnswersLeft(self.subjects, raw)
        raw.update(what_is_sure(self.sure, left))
        return answers, left

    def left_untold(self, left: AnswersLeft) -> AnswersLeft | None:
        """What is left if nobody will ever tell which tumour it is; None when nobody said so."""
        stays = self.compiled.space.stays_untold(left.raw)
        if stays is None:
            return None
        return left.with_other({**left.raw, NATURE: stays}, (self.subjects.level_of[NATURE],))

    def _advice(self) -> dict[str, tuple[Verdict, ...]]:
        """Every action that a rule speaks of, in clinical order, with the verdicts that it can get."""
        found: dict[str, tuple[Verdict, ...]] = dict.fromkeys(self.compiled.tables.actions, ())
        for kind, *name in self.by_name:
            if kind == "advice":
                found[name[0]] = (*found[name[0]], cast(Verdict, name[1]))
        return {action: verdicts for action, verdicts in found.items() if verdicts}

    def of_station(self, station: str) -> Sequence[tuple[StationFact, Item]]:
        """What can be so at a station of the pathway, each with its item."""
        return self._of_stations.get(station, ())

    def _index_by_station(self) -> Mapping[str, Sequence[tuple[StationFact, Item]]]:
        index: dict[str, list[tuple[StationFact, Item]]] = {}
        for (kind, *name), item in self.by_name.items():
            if kind == "station":
                index.setdefault(name[0], []).append((cast(StationFact, name[1]), item))
        return index


def _owner(name: ItemName) -> str | None:
    """The action of which a part of the plan speaks only where the action is listed."""
    if name == ("response_grade",):
        return "resection.record_response"
    return name[1] if name[0] in ("waits", "done", "waived") else None
