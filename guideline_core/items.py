"""Everything that a plan of one edition can say, item by item, with what is already known of each."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from guideline_core.answers import CaseAnswers, collect
from guideline_core.answers_left import AnswersLeft
from guideline_core.at_once import AtOnce, Left, Sets
from guideline_core.case import Case
from guideline_core.compiled import CompiledEdition, ItemName
from guideline_core.contract import fields
from guideline_core.diagram import TRUE
from guideline_core.fields import FieldClass
from guideline_core.finding import DiagramFindings, Item
from guideline_core.keys import Severity, StationFact, Verdict
from guideline_core.subject_levels import SubjectLevels
from guideline_core.subjects import NATURE, RECENT_WHO_EDITION, answered_subject, sure_subject

ONLY_TRUE = frozenset({TRUE})
_PLANNED = ("advice", "referral", "alert", "waits", "done", "waived", "response_grade")
_ASKED_OTHERWISE: Mapping[str, tuple[dict[str, str], ...]] = {
    "resection.size_mm": (
        {answered_subject("resection.size_mm"): "yes"},
        {answered_subject("resection.size_mm"): "yes", "resection_size_in_three_dimensions": "yes"},
    ),
    "resection.viable_tumour_percent": tuple({"response": grade} for grade in ("good", "at_threshold", "poor")),
    "pathology.who_edition": ({RECENT_WHO_EDITION: "yes"},),
    "resection.margin": ({answered_subject("resection.margin"): "yes"},),
}
"""Questions whose answers reach the rules in another form than their own."""


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """An answer to a question on an event, an exception or a default, in the words of the rules; the definitions that
    it can make certain; and the levels at which it can leave something else, also by these."""

    given: Mapping[str, str]
    sure: Mapping[str, Item]
    levels: frozenset[int]
    leaves_always: Mapping[int, int]
    """What it leaves at these levels, where no other answer has a say in that; else nothing."""


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
        self.parts = [(_owner(name), name, item) for name, item in self.by_name.items() if name[0] in _PLANNED]
        """What a plan says, each with the action without which it says nothing, if there is one."""
        self.event_questions = {
            field: tuple(map(self._event_answer, answers))
            for field, answers in _event_questions(compiled, compiled.tables.questions).items()
        }
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

    def _event_answer(self, given: Mapping[str, str]) -> EventAnswer:
        levels = self.subjects.of_keys(given)
        sure = {key: item for key, item in self.sure.items() if not levels.isdisjoint(item.levels)}
        alone = not sure and all(given.keys() >= set(self.subjects.subjects[level].keys) for level in levels)
        leaves_always = {level: self.subjects.masks[level](given) for level in levels} if alone else {}
        return EventAnswer(given, sure, levels | self.subjects.of_keys(sure), leaves_always)

    def with_each(self, left: AnswersLeft, answers: Iterable[EventAnswer]) -> AtOnce:
        """What is left, and after that what is left with each of these answers more."""
        moved: dict[int, dict[int, Sets]] = {}
        number = 1
        for answer in answers:
            after = answer.leaves_always or self.left_with(left, answer)
            for level in answer.levels:
                if (mask := after[level]) != left[level]:
                    sets = moved.setdefault(level, {})
                    sets[mask] = sets.get(mask, 0) | 1 << number
            number += 1
        for level, sets in moved.items():
            sets[left[level]] = (1 << number) - 1 - sum(sets.values())

        def left_at(level: int) -> Left:
            return moved.get(level) or {left[level]: 1}

        return AtOnce(self.compiled.store, number, self.subjects.most_leaves, left_at)

    def left_with(self, left: AnswersLeft, answer: EventAnswer) -> AnswersLeft:
        """What is left with one more answer."""
        raw = {**left.raw, **answer.given}
        if any(key in answer.given for key in self.compiled.space.lesion.keys):
            raw[NATURE] = None
            raw[NATURE] = self.compiled.space.nature_left(raw)
        after = left.with_other(raw, answer.levels)
        raw.update(what_is_sure(answer.sure, after))
        return after

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


def what_is_sure(sure: Mapping[str, Item], left: AnswersLeft) -> dict[str, str | None]:
    """For each definition of which a rule asks it, whether the answers make it certain."""
    return {key: "yes" if item.leaves(left) == ONLY_TRUE else None for key, item in sure.items()}


def _event_questions(compiled: CompiledEdition, questions: Iterable[str]) -> dict[str, tuple[dict[str, str], ...]]:
    """For each question on an event, exception or default: the raw answers that can be given to it."""
    subjects = compiled.space.subjects
    found = dict(_ASKED_OTHERWISE)
    for field in questions:
        if field in found:
            continue
        subject = subjects.get(field)
        if subject is not None and subject.field_class is not FieldClass.FACT:
            can_be_given = fields()[field].values or subject.values
            values = [value for value in can_be_given if value not in ("unanswered", "not_considered")]
            found[field] = tuple({field: value} for value in values)
        if answered_subject(field) in subjects:
            given = {answered_subject(field): "yes"}
            found[field] = tuple({**given, **answer} for answer in found.get(field, ({},)))
    return found
