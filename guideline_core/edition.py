"""An edition of the guideline as read and checked: statements, rules, words, catalogues. A value; it plans nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guideline_core.condition import Condition

POSITIVE_VERDICTS = ("do", "prefer", "consider")
ASKED_VERDICTS = ("do", "prefer")
SAFEST_FIRST = {
    "act": ("do", "prefer", "consider", "inform", "in_principle_not", "do_not"),
    "refrain": ("do_not", "in_principle_not", "inform", "consider", "prefer", "do"),
}
REFERRAL_KEYS = ("decision", "destination", "urgency", "by_phone", "consult_expertise_centre_first")

Words = Mapping[str, str]
"""A text by language: nl and en."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the guideline, or a part of one, in our own words."""

    id: str
    module: int
    section: Words
    page: str
    strength: str
    text: Words
    treatment: Literal["encoded", "shown", "not_encoded"]
    parent: str | None = None
    encoded_by: tuple[str, ...] = ()
    step: str | None = None
    shown_when: Condition | None = None
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule has: its place in the guideline, its condition, and who reviewed it (None: nobody yet)."""

    id: str
    statements: tuple[str, ...]
    when: Condition
    in_scope_only: bool
    interpretations: tuple[str, ...]
    note: Words | None
    reviewed_by: str | None


@dataclass(frozen=True, slots=True)
class AdviceRule(Rule):
    """Gives an action a verdict."""

    action: str
    verdict: str


@dataclass(frozen=True, slots=True)
class OrderRule(Rule):
    """One action waits until another that is asked for is done (or until a condition of its own holds)."""

    action: str
    waits_for: str
    until: Condition | None


@dataclass(frozen=True, slots=True)
class ReferralRule(Rule):
    """Decides on referral."""

    decision: str
    destination: str | None
    urgency: str | None
    by_phone: Condition
    consult_expertise_centre_first: Condition


@dataclass(frozen=True, slots=True)
class AlertRule(Rule):
    """Warns."""

    alert: str
    severity: str


@dataclass(frozen=True, slots=True)
class ResponseRule(Rule):
    """Grades the response to chemotherapy that the pathologist measured."""

    response_grade: str


AnyRule = AdviceRule | OrderRule | ReferralRule | AlertRule | ResponseRule


@dataclass(frozen=True, slots=True)
class Action:
    """An action that a plan can name."""

    id: str
    phase: str
    actor: str
    safer: str
    meanwhile: str | None
    done_when: Condition | None


@dataclass(frozen=True, slots=True)
class Definition:
    """A word of the rules and what it stands for."""

    name: str
    text: Words
    meaning: Condition
    interpretations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number on which a rule turns, stated once."""

    name: str
    value: float
    unit: str
    statement: str
    text: Words
    interpretations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What the source leaves open, the reading taken, and what the user sees."""

    id: str
    severity: str
    statements: tuple[str, ...]
    open: Words
    reading: Words
    shown: Words
    outside_source: bool


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the catalogue."""

    id: str
    name: Words
    synonyms: tuple[str, ...]
    category: str
    icdo: str | None
    family: str | None
    groups: tuple[str, ...]
    list: str
    who_name: str | None
    in_doubt: Words | None
    note: Words | None
    grade: str | None


@dataclass(frozen=True, slots=True)
class Bone:
    """A bone of the body and the region to which it belongs."""

    id: str
    name: Words
    synonyms: tuple[str, ...]
    region: str
    long_tubular: bool
    paired: bool
    note: Words | None


@dataclass(frozen=True, slots=True)
class SafetyProperty:
    """A property that every plan must have: in words, and formally, side by side."""

    id: str
    text: Words
    always: Condition
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the guideline."""

    id: str
    title: Words
    status: str
    version: str
    sha256: str
    statements: Mapping[str, Statement]
    rules: tuple[AnyRule, ...]
    actions: Mapping[str, Action]
    definitions: Mapping[str, Definition]
    thresholds: Mapping[str, Threshold]
    interpretations: Mapping[str, Interpretation]
    entities: Mapping[str, Entity]
    entity_groups: Mapping[str, Words]
    bones: Mapping[str, Bone]
    questions: Mapping[str, Condition]
    properties: Mapping[str, SafetyProperty]
    about: Mapping[str, Any] = field(default_factory=dict)

    def rule(self, identifier: str) -> AnyRule:
        """Return the rule with this id; KeyError when there is none."""
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
