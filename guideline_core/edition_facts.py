"""What the edition says of actions, alerts and stations beyond the rules: what becomes of each in plans and papers.

The files of the edition explain each attribute in a clinician's words: actions, alerts, pathway and sheets (.yaml).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from guideline_core.keys import ActionKind, Actor, Meanwhile, Phase, RequestByLetter, StationKind


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What planning, and a view of a plan, must know about an action; the attributes are those of actions.yaml."""

    phase: Phase
    actor: Actor
    meanwhile: Meanwhile | None = None
    kind: ActionKind = "what"
    said_by_title: bool = False
    carried_out_by_letter: bool = False
    agreed_with_centre: bool = False
    sent_with_letter: bool = False
    asked_by_letter: RequestByLetter | None = None
    never_left_out: bool = False
    takes_tissue: bool = False
    speaks_against: tuple[str, ...] = ()
    carries_response_grade: bool = False

    @property
    def asks_for_something(self) -> bool:
        """Whether it is not merely worded as something to do."""
        return self.kind != "nothing"


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What a view of a plan must know about an alert; the attributes are those of alerts.yaml."""

    about_edition: bool = False
    speaks_against: tuple[str, ...] = ()
    at_once: tuple[str, ...] = ()
    interrupts_at: str | None = None
    keeps_open: str | None = None
    told_with_tissue_taken: bool = False
    told_with_diagnosis: bool = False
    answers_conflict: bool = False


@dataclass(frozen=True, slots=True)
class StationFacts:
    """What belongs to a station of the pathway; the attributes are those of pathway.yaml."""

    kind: StationKind
    shows: tuple[str, ...] = ()
    only_first_listed: bool = False
    follows: str | None = None
    asks: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedInMeeting:
    """The actions on which a meeting decides, the weightiest first."""

    referral: tuple[str, ...]
    tissue_and_treatment: tuple[str, ...]
    examinations: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """All of them."""
        return iter((*self.referral, *self.tissue_and_treatment, *self.examinations))


@dataclass(frozen=True, slots=True)
class SheetActions:
    """The actions on each sheet, in the order in which they stand there (sheets.yaml)."""

    decided_in_meeting: DecidedInMeeting
    told_to_patient: tuple[str, ...]
