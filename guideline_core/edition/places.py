"""The questions as the edition has them: when the plan asks them, in which order, and where they have their place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo

from guideline_core.condition import ALWAYS, NEVER, Atom, Condition, atoms
from guideline_core.contract import fields
from guideline_core.edition.condition_language import ConditionFault
from guideline_core.edition.condition_type import WrittenCondition, condition_read_in
from guideline_core.edition.entry_reader import NoteFault
from guideline_core.edition.entry_types import NO_OTHER_KEYS
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.values import QuestionTier
from guideline_core.fields import AnswerKind
from guideline_core.keys import TISSUE_TAKEN
from guideline_core.question_places import QuestionPlace

QUESTIONS_FILE = "questions.yaml"
TIERS_FILE = "question-tiers.yaml"
PLACES = "places"
"""Where the context of a validation holds the vocabulary of the conditions on answers alone."""


def _place_condition(value: object, info: ValidationInfo) -> Condition:
    return condition_read_in(value, info, PLACES)


AnswerCondition = Annotated[Condition, PlainValidator(_place_condition)]
"""A condition on the answers alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenQuestion:
    """A field of the contract: when the plan asks it (None: never by itself), and its place among the questions."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    ask_when: WrittenCondition | None = None
    asked_as: str | None = None
    told_in_letter: AnswerCondition = NEVER
    always_in_place: bool = False
    denied: Mapping[str, AnswerCondition] = field(default_factory=dict)
    settled: Mapping[str, AnswerCondition] = field(default_factory=dict)
    until: Mapping[str, AnswerCondition] = field(default_factory=dict)

    @property
    def place(self) -> QuestionPlace:
        """Its place, without what the plan asks."""
        return QuestionPlace(
            asked_as=self.asked_as,
            told_in_letter=self.told_in_letter,
            always_in_place=self.always_in_place,
            denied=self.denied,
            settled=self.settled,
            until=self.until,
        )


class AnswerVocabulary:
    """What the place of a question can turn on: the answers of a case, and whether tissue was taken."""

    def __init__(self, entities: Mapping[str, object]) -> None:
        self._entities = entities

    def word(self, name: str) -> Condition | None:
        """Only `tissue_taken`: definitions speak of what was weighed, and a place of what was answered."""
        return Atom(TISSUE_TAKEN, frozenset({"yes"})) if name == TISSUE_TAKEN else None

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        """The atom for an answer; standing alone it means yes."""
        known = fields().get(subject)
        if known is None:
            raise ConditionFault(f"unknown answer '{subject}'{did_you_mean(subject, fields())}")
        possible = (*known.values, *(("yes", "no") if known.kind is AnswerKind.YES_NO else ()), "unanswered")
        if known.kind is AnswerKind.ENTITY:
            possible = (*self._entities, "unanswered")
        for value in values or ("yes",):
            if value not in possible:
                raise ConditionFault(f"unknown value of {subject}: '{value}'{did_you_mean(value, possible)}")
        return Atom(subject, frozenset(values or ("yes",)))

    def member(self, subject: str, groups: tuple[str, ...]) -> Condition:
        """No groups."""
        raise ConditionFault(f"the place of a question cannot ask '{subject} in {', '.join(groups)}'")

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        """The atom for `answered(field)`."""
        path = ", ".join(arguments)
        if function != "answered" or path not in fields():
            raise ConditionFault(f"the place of a question cannot ask '{function}({path})'")
        return Atom(f"answered({path})", frozenset({"yes"}))


def check_questions(questions: Mapping[str, WrittenQuestion], note: NoteFault) -> None:
    """Note a field that does not exist, and a question whose place cannot be told."""
    for path, question in questions.items():
        for place, message in _faults_of(path, question, questions):
            note(QUESTIONS_FILE, (path, place) if place else (path,), path, message)


def check_tiers(tiers: Mapping[str, QuestionTier], questions: Collection[str], note: NoteFault) -> None:
    """Note a question that has no lasting place in the order, or more than one."""
    lasting = [path for tier in tiers.values() if tier.when == ALWAYS for path in tier.asks]
    for path in questions:
        if lasting.count(path) != 1:
            note(
                TIERS_FILE, (), path, f"this question stands in {lasting.count(path)} tiers without 'when', not in one"
            )


def _faults_of(
    path: str, question: WrittenQuestion, questions: Mapping[str, WrittenQuestion]
) -> Iterator[tuple[str, str]]:
    if path not in fields():
        yield "", f"unknown field '{path}'{did_you_mean(path, fields())}"
    asked = question.asked_as
    if asked is not None and (asked not in questions or questions[asked].ask_when is None):
        yield "asked_as", f"'{asked}' is no question that the plan asks"
    early = [*question.denied.values(), *question.settled.values(), question.told_in_letter]
    if any(atom.subject == TISSUE_TAKEN for condition in early for atom in atoms(condition)):
        yield "", f"only 'until' can ask '{TISSUE_TAKEN}': the others are read before there is a plan"
    if question.place == QuestionPlace(denied={}, settled={}, until={}) and question.ask_when is None:
        yield "", "nothing is said of this question"
