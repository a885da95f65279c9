"""The referral table: one row a rule, with a column for each thing on which referral turns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from guideline_core.condition import And, Atom, Condition, Word, atoms
from guideline_core.edition.condition_type import VOCABULARY, WrittenCondition
from guideline_core.edition.entry_types import NO_OTHER_KEYS
from guideline_core.edition.faults import did_you_mean
from guideline_core.edition.rules import ReferralRule, RuleHead
from guideline_core.edition.vocabulary import EditionVocabulary
from guideline_core.keys import Decision, Destination, Ground, Urgency


def _cell_about(subject: str) -> Callable[[object, ValidationInfo], Condition]:
    """Reads the cell of a column about one subject: a definition about it alone, one of its values, or several."""

    def read(value: object, info: ValidationInfo) -> Condition:
        if info.context is None:
            raise TypeError("a cell is read in a vocabulary, which the context must hold")
        vocabulary: EditionVocabulary = info.context[VOCABULARY]
        if isinstance(value, str) and value in _words_about(subject, vocabulary):
            return Word(value, vocabulary.definitions[value].when)
        names = [str(name) for name in (value if isinstance(value, list) and value else [value])]
        known = vocabulary.values_of(subject)
        for name in names:
            if name not in known:
                close = did_you_mean(name, (*known, *_words_about(subject, vocabulary)))
                details = {"name": name, "subject": subject, "close": close}
                raise PydanticCustomError("cell", "unknown {subject} '{name}'{close}", details)
        return Atom(subject, frozenset(names))

    return read


def _words_about(subject: str, vocabulary: EditionVocabulary) -> list[str]:
    """The definitions that ask for nothing but this subject."""
    return [
        name
        for name, definition in vocabulary.definitions.items()
        if all(isinstance(atom, Atom) and atom.subject == subject for atom in atoms(definition.when))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patients:
    """The patients of a row, column by column; None is a column that holds for all."""

    __pydantic_config__ = NO_OTHER_KEYS

    category: Annotated[Condition, PlainValidator(_cell_about("category"))] | None = None
    age: Annotated[Condition, PlainValidator(_cell_about("age_group"))] | None = None
    setting: Annotated[Condition, PlainValidator(_cell_about("setting"))] | None = None
    further: Annotated[WrittenCondition | None, Field(alias="and")] = None

    @property
    def when(self) -> Condition:
        """The columns as one condition."""
        cells = (self.category, self.age, self.setting, self.further)
        parts = tuple(cell for cell in cells if cell is not None)
        return parts[0] if len(parts) == 1 else And(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the table decides for the patients of a row."""

    __pydantic_config__ = NO_OTHER_KEYS

    decision: Decision
    destination: Destination | None
    urgency: Urgency | None
    by_phone_when: WrittenCondition
    consult_first_when: WrittenCondition
    ground: Ground | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow(RuleHead):
    """One row of the table."""

    patients: Annotated[Patients, Field(alias="for")]
    outcome: Annotated[Outcome, Field(alias="then")]

    @property
    def rule(self) -> ReferralRule:
        """The row as a rule like the others."""
        return ReferralRule(
            id=self.id,
            when=self.patients.when,
            scope=self.scope,
            also=self.also,
            interpretations=self.interpretations,
            note=self.note,
            reviewed_by=self.reviewed_by,
            decision=self.outcome.decision,
            destination=self.outcome.destination,
            urgency=self.outcome.urgency,
            by_phone=self.outcome.by_phone_when,
            consult_expertise_centre_first=self.outcome.consult_first_when,
            ground=self.outcome.ground,
        )
