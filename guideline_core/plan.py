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
    OtherGuideline,
    Phase,
    Progress,
    ResponseGrade,
    Scope,
    Severity,
    StationFact,
    StationKind,
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
class ReferralDecision:
    """Where to, how urgent, how. Each key can be `undetermined`; `depends_on` names what decides.

    `ground` says why, where the decision does not tell by itself: why nobody is referred, or that
    the decision rests on a reading or a rule of the program.
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
    """One action with its verdict, how certain it is, how far it is, and why.

    Definite means that the verdict holds for every way in which the open answers can turn out, or, where
    `stronger_possible` names stronger ones, at least that verdict does; `depends_on` then names what decides.
    """

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
    stronger_possible: tuple[Verdict, ...] = ()
    """The stronger verdicts that the open answers still allow, the weakest first."""
    alternative_to: tuple[str, ...] = ()
    """The actions that will do in its place, wherever it is advised; what was done of them closes it too."""
    notes: tuple[str, ...] = ()
    """The rules whose note is to be read with it: those that speak wherever it is advised."""


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
class PathwayStation:
    """What is so at one station of the pathway, beside the recommendations that it shows."""

    station: str
    kind: StationKind
    phase: Phase | None
    shows: tuple[str, ...]
    """The actions that stand at it, listed or not, the one to look at first in front."""
    only_first_listed: bool
    """Whether of these the first that the plan lists is the one that counts."""
    follows: str | None
    """The station with which it goes until it has begun."""
    facts: tuple[StationFact, ...]
    asks: tuple[str, ...]
    """The fields with which it begins."""
    answers: tuple[str, ...]
    """Those of them that were answered yes."""
    dates: tuple[str, ...]


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
    pathway: tuple[PathwayStation, ...]
    open_questions: tuple[OpenQuestion, ...]
    interpretations: tuple[str, ...]
    statements: tuple[str, ...]
