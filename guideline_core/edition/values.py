"""An edition of the guideline as read and checked: statements, rules, words, catalogues. Values; they plan nothing.

The attributes have the names that are written in the files: an attribute added here can be used there at once. Where
a file is written differently, `written` says how.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from guideline_core.condition import ALWAYS, Atom, Condition, atoms
from guideline_core.edition.catalogue import Bone, Entity, Group
from guideline_core.edition.condition_type import WrittenCondition
from guideline_core.edition.entry_types import NO_OTHER_KEYS, Day, FiniteNumber, Words
from guideline_core.edition.rules import (
    AdviceRule,
    AlertRule,
    AlternativesRule,
    AnyRule,
    OrderRule,
    ReferralRule,
    ResponseRule,
)
from guideline_core.edition.weighing import WeighingRows
from guideline_core.edition_facts import ActionFacts, AlertFacts, SheetActions, StationFacts
from guideline_core.keys import STATION_FACTS, Importance, Safer, StationFact, Step, Strength, Treatment
from guideline_core.question_places import QuestionPlace
from guideline_core.subjects import sure_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the guideline, or a part of one, in our own words; or what the program says of itself."""

    id: str
    module: int | None
    """Its module of the guideline; None for what the program says of itself."""
    section: Words
    page: str
    """The page of the guideline; empty for what the program says of itself."""
    strength: Strength
    text: Words
    treatment: Treatment
    parent: str | None = None
    encoded_by: tuple[str, ...] = ()
    """Every rule that encodes it, including those written beside another statement."""
    step: Step | None = None
    shown_when: Condition | None = None
    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(ActionFacts):
    """An action that a plan can name."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    safer: Safer
    done_when: WrittenCondition | None = None
    waived_when: WrittenCondition | None = None
    """When what is asked for need not be done before what comes next; it stays asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEntry(AlertFacts):
    """An alert that rules can raise."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Station(StationFacts):
    """A station of the pathway, with the conditions under which something is so there."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    done_when: WrittenCondition | None = None
    made_when: WrittenCondition | None = None
    partly_made_when: WrittenCondition | None = None
    not_possible_when: WrittenCondition | None = None
    waived_when: WrittenCondition | None = None
    ruled_out_when: WrittenCondition | None = None
    begun_when: WrittenCondition | None = None
    in_centre_when: WrittenCondition | None = None
    local_when: WrittenCondition | None = None

    @property
    def conditions(self) -> Mapping[StationFact, Condition]:
        """Each fact that can hold here, with its condition."""
        written = {fact: getattr(self, f"{fact}_when", None) for fact in STATION_FACTS}
        return {fact: condition for fact, condition in written.items() if condition is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A word of the rules and what it stands for."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    name: Words
    """What a condition in words calls it."""
    text: Words
    when: WrittenCondition
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number on which a rule turns, stated once."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    value: FiniteNumber
    unit: str
    statement: str
    text: Words
    valid_from: Day | None
    """The day from which the guideline lets it hold; None while the guideline is a draft that nobody adopted."""
    last_checked: Day
    """The day on which somebody last compared it with the source."""
    checked: Words
    """What was compared with what on that day."""
    interpretations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpretation:
    """A place that the source leaves open, the reading taken, and what the user sees of it."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    severity: Importance
    concerns: WrittenCondition
    """Whom it concerns: a plan names it only where this can still hold."""
    statements: tuple[str, ...]
    open: Words
    reading: Words
    shown: Words
    outside_source: bool
    """Whether it rests on knowledge from outside the guideline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that is asked, and the condition that its step has been reached."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    """The path of the field."""
    ask_when: WrittenCondition


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTier:
    """Questions that are asked before those of the next tier, in clinical order."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    text: Words
    asks: tuple[str, ...]
    when: WrittenCondition = ALWAYS
    """As long as this can still turn out so, its questions stand here; else in a later tier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyProperty:
    """A property that every plan must have: in words, and formally, side by side."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    text: Words
    always: WrittenCondition
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of the guideline."""

    id: str
    title: Words
    status: str
    version: str
    year: int
    sha256: str
    statements: Mapping[str, Statement]
    rules: tuple[AnyRule, ...]
    actions: Mapping[str, Action]
    alerts: Mapping[str, AlertEntry]
    stations: Mapping[str, Station]
    sheets: SheetActions
    definitions: Mapping[str, Definition]
    thresholds: Mapping[str, Threshold]
    interpretations: Mapping[str, Interpretation]
    entities: Mapping[str, Entity]
    entity_groups: Mapping[str, Group]
    bones: Mapping[str, Bone]
    questions: Mapping[str, Question]
    question_tiers: Mapping[str, QuestionTier]
    places: Mapping[str, QuestionPlace]
    weighing: WeighingRows
    properties: Mapping[str, SafetyProperty]
    mri_protocol: Mapping[str, object] = field(default_factory=dict)

    def rule(self, identifier: str) -> AnyRule:
        """The rule with this id; KeyError when there is none."""
        for rule in self.rules:
            if rule.id == identifier:
                return rule
        raise KeyError(identifier)

    @property
    def advice_rules(self) -> tuple[AdviceRule, ...]:
        """The rules that give an action a verdict."""
        return tuple(rule for rule in self.rules if isinstance(rule, AdviceRule))

    @property
    def order_rules(self) -> tuple[OrderRule, ...]:
        """The rules that let one action wait for another."""
        return tuple(rule for rule in self.rules if isinstance(rule, OrderRule))

    @property
    def alternatives_rules(self) -> tuple[AlternativesRule, ...]:
        """The rules that name two actions of which either will do."""
        return tuple(rule for rule in self.rules if isinstance(rule, AlternativesRule))

    @property
    def referral_rules(self) -> tuple[ReferralRule, ...]:
        """The rules that decide on referral."""
        return tuple(rule for rule in self.rules if isinstance(rule, ReferralRule))

    @property
    def response_rules(self) -> tuple[ResponseRule, ...]:
        """The rules that grade a response."""
        return tuple(rule for rule in self.rules if isinstance(rule, ResponseRule))

    @property
    def alert_rules(self) -> tuple[AlertRule, ...]:
        """The rules that warn."""
        return tuple(rule for rule in self.rules if isinstance(rule, AlertRule))

    @property
    def sure_words(self) -> tuple[str, ...]:
        """The definitions of which some condition asks whether the answers make them certain."""
        asked = {a.subject for condition in self._written() for a in atoms(condition) if isinstance(a, Atom)}
        return tuple(name for name in self.definitions if sure_subject(name) in asked)

    def conditions(self) -> Iterator[Condition]:
        """Every condition that can tell one case from another."""
        yield from self._written()
        yield from (self.definitions[name].when for name in self.sure_words)

    def _written(self) -> Iterator[Condition]:
        """Every condition of a rule, an action, a question or a property."""
        for rule in self.rules:
            yield from rule.conditions
        for action in self.actions.values():
            yield from (each for each in (action.done_when, action.waived_when) if each is not None)
        yield from (question.ask_when for question in self.questions.values())
        yield from (tier.when for tier in self.question_tiers.values())
        yield from (condition for station in self.stations.values() for condition in station.conditions.values())
        yield from (safety.always for safety in self.properties.values())
        yield from (interpretation.concerns for interpretation in self.interpretations.values())
