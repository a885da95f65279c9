"""The rules of an edition: what each kind of rule says, and when."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from guideline_core.condition import ALWAYS, Condition
from guideline_core.edition.condition_type import WrittenCondition
from guideline_core.edition.entry_types import NO_OTHER_KEYS, Words
from guideline_core.keys import Decision, Destination, Ground, ResponseGrade, Severity, Urgency, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHead:
    """What every rule has beside its condition: its place in the guideline, and who reviewed it (None: nobody yet)."""

    __pydantic_config__ = NO_OTHER_KEYS

    id: str
    scope: Literal["in_scope", "any"] = "in_scope"
    also: tuple[str, ...] = ()
    """Other statements that it encodes as well."""
    interpretations: tuple[str, ...] = ()
    note: Words | None = None
    reviewed_by: str | None = None

    @property
    def statements(self) -> tuple[str, ...]:
        """The statements that it encodes: the one that its id begins with, and those in `also`."""
        return (self.id.partition(".")[0], *self.also)

    @property
    def in_scope_only(self) -> bool:
        """Whether it speaks of primary bone tumours only."""
        return self.scope == "in_scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(RuleHead):
    """A rule with the condition under which it speaks."""

    when: WrittenCondition = ALWAYS

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions that it holds, the one under which it speaks first."""
        return (self.when,)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRule(Rule):
    """Gives an action a verdict."""

    action: Annotated[str, Field(alias="advise")]
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRule(Rule):
    """One action waits until another that is asked for is done (or until a condition of its own holds)."""

    action: str
    waits_for: str
    until: WrittenCondition | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions that it holds, the one under which it speaks first."""
        return (self.when,) if self.until is None else (self.when, self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativesRule(Rule):
    """Two actions of which either will do: where both are advised, what was done of the one closes the other too."""

    alternatives: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRule(Rule):
    """Decides on referral: a row of the referral table."""

    decision: Decision
    destination: Destination | None
    urgency: Urgency | None
    by_phone: WrittenCondition
    consult_expertise_centre_first: WrittenCondition
    ground: Ground | None = None
    """Why, where the decision does not tell by itself; a decision not to refer always says it."""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions that it holds, the one under which it speaks first."""
        return (self.when, self.by_phone, self.consult_expertise_centre_first)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRule(Rule):
    """Warns."""

    alert: str
    severity: Severity
    only_when_definite: bool = False
    """Whether it is raised only when it is sure; a stop without this is raised as soon as it is possible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseRule(Rule):
    """Grades the response to chemotherapy that the pathologist measured."""

    response_grade: ResponseGrade


AnyRule = AdviceRule | OrderRule | AlternativesRule | ReferralRule | AlertRule | ResponseRule
