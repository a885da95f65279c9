"""The plan: what the guideline says of one case. A value; it holds keys of phrases, never sentences."""

import datetime
from dataclasses import dataclass
from typing import Literal

from guideline_core.keys import (
    Actor,
    Certainty,
    CountedCategory,
    Decision,
    Destination,
    Ground,
    ListedCertainty,
    Meanwhile,
    OtherGuideline,
    Phase,
    Progress,
    ResponseGrade,
    Scope,
    Severity,
    Undetermined,
    Urgency,
    Verdict,
)

Answer = bool | int | float | str | datetime.date | tuple[str, ...] | tuple[int | float, ...]
"""An answer that can reach a rule."""


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer of the case on which something rests."""

    field: str
    value: Answer


@dataclass(frozen=True, slots=True)
class Guideline:
    """The edition under which a plan was made."""

    id: str
    status: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What planning needs to know about an action."""

    phase: Phase
    actor: Actor
    meanwhile: Meanwhile | None = None


@dataclass(frozen=True, slots=True)
class ReferralDecision:
    """Where to, how urgent, how. Each key can be `undetermined`; `depends_on` names what decides.

    `ground` says why, where the decision does not tell by itself: why nobody is referred.
    """

    decision: Literal[Decision, Undetermined]
    destination: Literal[Destination, Undetermined] | None
    urgency: Literal[Urgency, Undetermined] | None
    by_phone: bool | Undetermined
    consult_expertise_centre_first: bool | Undetermined
    ground: Literal[Ground, Undetermined] | None
    depends_on: tuple[str, ...]
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LesionAsWeighed:
    """What the lesion counts as once all answers about it are weighed, and by which of them."""

    counts_as: Literal[CountedCategory, Undetermined]
    possible: tuple[CountedCategory, ...]
    """Everything that it can still count as, the lightest first."""
    depends_on: tuple[str, ...]
    reasons: tuple[Reason, ...]
    tissue_taken: bool
    """Whether tissue of it was taken, as the edition defines that."""
    rows: tuple[str, ...]
    """The rows of the table by which they are weighed (weighing.yaml)."""
    interpretations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One action with its verdict, how certain it is, how far it is, and why."""

    action: str
    verdict: Verdict
    certainty: Certainty
    depends_on: tuple[str, ...]
    progress: Progress
    waits_for: tuple[str, ...]
    actor: Actor
    phase: Phase
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]
    statements: tuple[str, ...]
    interpretations: tuple[str, ...]
    response_grade: Literal[ResponseGrade, Undetermined] | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning."""

    id: str
    severity: Severity
    certainty: ListedCertainty
    depends_on: tuple[str, ...]
    reasons: tuple[Reason, ...]
    rules: tuple[str, ...]
    statements: tuple[str, ...]
    interpretations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """An unanswered field that can still change the plan: what it can change, and how many parts of the plan its
    answers settle or change on average."""

    field: str
    would_change: tuple[str, ...]
    settles: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that the guideline says of one case on one day."""

    guideline: Guideline
    reference_date: str
    scope: Scope
    other_guideline: OtherGuideline | None
    lesion: LesionAsWeighed
    referral: ReferralDecision
    meanwhile: tuple[Recommendation, ...]
    recommendations: tuple[Recommendation, ...]
    alerts: tuple[Alert, ...]
    open_questions: tuple[OpenQuestion, ...]
    interpretations: tuple[str, ...]
    statements: tuple[str, ...]
