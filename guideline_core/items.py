"""Everything that a plan of one edition can say, item by item, with what is already known of each."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from guideline_core.answers import CaseAnswers, collect
from guideline_core.case import Case
from guideline_core.compiled import CompiledEdition, ItemName
from guideline_core.diagram import TRUE
from guideline_core.fields import FieldClass
from guideline_core.finding import Item
from guideline_core.keys import Severity, StationFact, Verdict
from guideline_core.subjects import NATURE, RECENT_WHO_EDITION, answered_subject, sure_subject

ONLY_TRUE = frozenset({TRUE})
_NEVER_PLANNED = (
    *("rule", "question", "concerns", "station", "scope", "at_least", "no_alternative", "undone", "without_rule"),
    *("listed", "surely", "ground", "counts_as"),
)
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


class Items:
    """The items of one edition. They remember findings between cases, for speed only."""

    def __init__(self, compiled: CompiledEdition) -> None:
        self.compiled = compiled
        self.by_name: dict[ItemName, Item] = {(root.kind, *root.name): Item(compiled, root) for root in compiled.roots}
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
        self.touched_by = self._index_by_key()
        self.event_questions = _event_questions(compiled, compiled.tables.questions)
        self._no_answers: dict[str, object] = dict.fromkeys(compiled.space.raw_keys())

    def answers_of(self, case: Case, day: datetime.date) -> tuple[CaseAnswers, dict[str, object]]:
        """The answers of a case, and the same in the form in which items take them: every raw key, and `nature`."""
        compiled = self.compiled
        answers = collect(case, compiled.catalogue, compiled.thresholds, day)
        raw = {**self._no_answers, **answers.raw}
        raw[NATURE] = compiled.space.nature_left(raw)
        self.note_what_is_sure(raw)
        return answers, raw

    def note_what_is_sure(self, raw: dict[str, object]) -> None:
        """Note among the answers which definitions they make certain."""
        raw.update(what_is_sure(self.sure, raw))

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

    def _index_by_key(self) -> dict[str, list[ItemName]]:
        """For each raw key the items of a plan on which it bears."""
        index: dict[str, list[ItemName]] = {}
        for name, item in self.by_name.items():
            if name[0] not in _NEVER_PLANNED:
                keys = (key for each in item.keys for key in (each, *self._keys_of_sure(each)))
                for key in dict.fromkeys(keys):
                    index.setdefault(key, []).append(name)
        return index

    def _keys_of_sure(self, key: str) -> tuple[str, ...]:
        """The answers that can make a definition certain, for a key that says so."""
        return self.sure[key].keys if key in self.sure else ()


def what_is_sure(sure: Mapping[str, Item], raw: Mapping[str, object]) -> dict[str, str | None]:
    """For each definition of which a rule asks it, whether the answers make it certain."""
    return {key: "yes" if item.leaves(raw) == ONLY_TRUE else None for key, item in sure.items()}


def _event_questions(compiled: CompiledEdition, questions: Iterable[str]) -> dict[str, tuple[dict[str, str], ...]]:
    """For each question on an event, exception or default: the raw answers that can be given to it."""
    subjects = compiled.space.subjects
    found = dict(_ASKED_OTHERWISE)
    for field in questions:
        if field in found:
            continue
        subject = subjects.get(field)
        if subject is not None and subject.field_class is not FieldClass.FACT:
            values = [value for value in subject.values if value not in ("unanswered", "not_considered")]
            found[field] = tuple({field: value} for value in values)
        if answered_subject(field) in subjects:
            given = {answered_subject(field): "yes"}
            found[field] = tuple({**given, **answer} for answer in found.get(field, ({},)))
    return found
