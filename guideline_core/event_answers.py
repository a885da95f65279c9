"""What the answers to open questions on events, exceptions and defaults would leave, all of them tried at once.

Each answer has a bit of its own, the same in every case, so that what it changes can be remembered between cases.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from operator import itemgetter

from guideline_core.answers_left import AnswersLeft
from guideline_core.at_once import AtOnce, Passing, Sets, once_for_each
from guideline_core.compiled import CompiledEdition
from guideline_core.contract import fields
from guideline_core.fields import FieldClass
from guideline_core.finding import DiagramFindings, Item, what_is_sure
from guideline_core.lesion import REMEMBERED
from guideline_core.remembering import remembering
from guideline_core.subject_levels import SubjectLevels
from guideline_core.subjects import NATURE, RECENT_WHO_EDITION, answered_subject

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
_MOST = 1_200
"""What is remembered of each diagram: much is asked of every case, and a case is like the one before it."""


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """An answer to a question on an event, an exception or a default, in the words of the rules; its bit; the
    definitions that it can make certain; and the levels at which it can leave something else, also by these."""

    given: Mapping[str, str]
    bit: Sets
    sure: Mapping[str, Item]
    levels: frozenset[int]
    leaves_always: Mapping[int, int]
    """What it leaves at these levels, where no other answer has a say in that; else nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """How some answers move what is left at a level: one object for all cases in which they do the same."""

    passing: Passing


Move = tuple[Sets, int]
"""An answer by its bit, and what it leaves at a level that was not left before."""


class EventAnswers:
    """The answers that can be given to the questions on events, exceptions and defaults of one edition."""

    def __init__(self, compiled: CompiledEdition, subjects: SubjectLevels, sure: Mapping[str, Item]) -> None:
        self.subjects = subjects
        self._space = compiled.space
        self._sure = sure
        bits = (1 << place for place in count(1))
        self.of_field = {
            field: tuple(self._answer(given, next(bits)) for given in answers)
            for field, answers in _event_questions(compiled, compiled.tables.questions).items()
        }
        self.bits_of = {field: sum(answer.bit for answer in those) for field, those in self.of_field.items()}
        self.number = next(bits).bit_length() - 1
        """How many sets are tried together: the case as it is, and with each of these answers."""
        self._for_each_leaf = once_for_each(subjects.most_leaves, self.number)
        self._ways: dict[tuple[int, int, tuple[Move, ...]], Way] = {}

    def _answer(self, given: Mapping[str, str], bit: Sets) -> EventAnswer:
        subjects = self.subjects
        levels = subjects.of_keys(given)
        sure = {key: item for key, item in self._sure.items() if not levels.isdisjoint(item.levels)}
        alone = not sure and all(given.keys() >= set(subjects.subjects[level].keys) for level in levels)
        leaves_always = {level: subjects.masks[level](given) for level in levels} if alone else {}
        return EventAnswer(given, bit, sure, levels | subjects.of_keys(sure), leaves_always)

    def tried(self, left: AnswersLeft, fields_asked: Iterable[str]) -> "Tried":
        """A case with each of the answers to these questions."""
        moves: dict[int, list[Move]] = {}
        for answer in (answer for field in fields_asked for answer in self.of_field[field]):
            after = answer.leaves_always or self.left_with(left, answer)
            for level in answer.levels:
                if (mask := after[level]) != left[level]:
                    moves.setdefault(level, []).append((answer.bit, mask))
        return Tried(self, left, {level: self._way(level, left[level], tuple(those)) for level, those in moves.items()})

    def changing(self, diagram: DiagramFindings) -> "Callable[[Tried], Sets]":
        """The function that tells which of the answers that are tried change what a diagram reaches."""
        if not diagram.levels:
            return lambda tried: 0
        ways: Callable[[list[int | Way]], Hashable] = itemgetter(*diagram.levels)
        return remembering(
            lambda tried: ways(tried.ways), lambda tried: tried.unlike_first(tried.reached(diagram.root)), _MOST
        )

    def _way(self, level: int, before: int, moves: tuple[Move, ...]) -> Way:
        """The one way of all cases in which these answers move what is left at a level from this."""
        found = self._ways.get((level, before, moves))
        if found is None:
            left: dict[int, Sets] = {before: (1 << self.number) - 1 - sum(bit for bit, _ in moves)}
            for bit, mask in moves:
                left[mask] = left.get(mask, 0) | bit
            if len(self._ways) > REMEMBERED:
                self._ways.clear()
            found = self._ways[level, before, moves] = Way(Passing(left, self._for_each_leaf))
        return found

    def left_with(self, left: AnswersLeft, answer: EventAnswer) -> AnswersLeft:
        """What is left with one more answer."""
        raw = {**left.raw, **answer.given}
        if any(key in answer.given for key in self._space.lesion.keys):
            raw[NATURE] = None
            raw[NATURE] = self._space.nature_left(raw)
        after = left.with_other(raw, answer.levels)
        raw.update(what_is_sure(answer.sure, after))
        return after


class Tried(AtOnce):
    """One case, and that case with each of some answers more."""

    def __init__(self, answers: EventAnswers, left: AnswersLeft, moved: Mapping[int, Way]) -> None:
        subjects = answers.subjects
        super().__init__(subjects.store, answers.number, subjects.most_leaves, lambda level: {left[level]: 1})
        self._same.update(dict.fromkeys(moved, 0))
        self._passing.update((level, way.passing) for level, way in moved.items())
        self.ways: list[int | Way] = [left[level] for level in range(len(subjects.masks))]
        """For each level what is left, or how some of the answers move it."""
        for level, way in moved.items():
            self.ways[level] = way


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
