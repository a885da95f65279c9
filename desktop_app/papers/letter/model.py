"""What a letter says, without how it looks: typed, immutable, in one language, built and tested without a PDF.

The order follows HASP: envelope, core, file summary. Everything in it is words; `key` fields hold what other readers
of the model (exports, tests) need to recognise a thing in any language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.looks.drawing.picture import Picture
from desktop_app.plan.pathway.model import Pathway
from guideline_core.edition_facts import ActionFacts


class Kind(StrEnum):
    """What the letter is for. It follows from the decision on referral; `kinds.kinds_for` says what else is allowed."""

    REFERRAL = "referral"
    REQUEST_FOR_ADVICE = "request_for_advice"
    REQUEST_FOR_REASSESSMENT = "request_for_reassessment"
    REQUEST_FOR_PATHOLOGY_REVIEW = "request_for_pathology_review"
    OTHER_GUIDELINE = "other_guideline"
    NO_REFERRAL_NEEDED = "no_referral_needed"
    UNDECIDED = "undecided"


TO_A_CENTRE = frozenset(
    {
        Kind.REFERRAL,
        Kind.REQUEST_FOR_ADVICE,
        Kind.REQUEST_FOR_REASSESSMENT,
        Kind.REQUEST_FOR_PATHOLOGY_REVIEW,
        Kind.UNDECIDED,
    }
)
"""The kinds that put a question to a centre."""


class Tone(StrEnum):
    """How much a part of the letter must stand out."""

    STOP = "stop"
    CAUTION = "caution"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer with its label; `key` is the path of the field."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Named:
    """A field or an action by its key, with its name in words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class FreeText:
    """What the doctor wrote; it may have many lines."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the guideline; `page_words` is how the page is cited."""

    statement: str
    module: int
    page: str
    page_words: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One recommendation of the plan in words, with the answers that caused it and its place in the guideline.

    `facts` is what the edition says of its action.
    `is_detail` marks what the reader of this letter needs by name only: done already, or how another one is done well.
    """

    action: str
    verdict: str
    certainty: str
    progress: str
    phase: str
    phase_words: str
    actor: str
    name: str
    text: str
    detail: str | None
    result: str | None
    strength: str
    state: str
    actor_words: str
    waits_for: tuple[Named, ...]
    depends_on: tuple[Named, ...]
    grounds: tuple[Fact, ...]
    sources: tuple[Source, ...]
    facts: ActionFacts
    is_detail: bool = False
    remarks: tuple[str, ...] = ()
    """What is said behind the text: how strong it may become, what will do in its place."""
    aside: str = ""
    """The same in a few words, behind the name."""

    @property
    def is_definite(self) -> bool:
        """Whether it holds however the open answers turn out."""
        return self.certainty == "definite"


@dataclass(frozen=True, slots=True)
class AlertLine:
    """A warning of the plan in words."""

    key: str
    severity: str
    severity_words: str
    certainty: str
    title: str
    text: str
    depends_on: tuple[Named, ...]
    sources: tuple[Source, ...]
    is_about_edition: bool


@dataclass(frozen=True, slots=True)
class ImagingRow:
    """An examination that was made."""

    key: str
    examination: str
    date: str
    place: str
    details: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """What goes with the letter: a box to tick, or that it is missing."""

    key: str
    name: str
    state: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An agreement by phone or in person: with whom, on which day; a part not known is to be filled in by hand."""

    needed: bool
    text: str
    with_whom: str | None = None
    on: str | None = None

    @property
    def is_made(self) -> bool:
        """Whether it is known with whom and when."""
        return self.with_whom is not None and self.on is not None


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement at the top of page 1: a key, its words, how loud, and what belongs to it in smaller type."""

    key: str
    text: str
    tone: Tone
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom the letter goes; not known means that it has a line to fill in."""

    key: str
    lines: tuple[str, ...]
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The clinic at the top of page 1."""

    name: str
    lines: tuple[str, ...]
    logo: bytes | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom, how urgent, and what was arranged by phone."""

    letterhead: Letterhead
    sender: tuple[str, ...]
    recipient: Recipient
    date: str
    case_number: str
    urgency: Marked | None
    phone: Marked | None
    phone_arrangement: Arrangement | None
    consult_first: Arrangement | None
    biopsy: Marked | None


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What to do while answers that decide on referral are open, and which answers these are."""

    lines: tuple[PlanLine, ...]
    depends_on: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    """What one of those involved still has to do."""

    actor: str
    actor_words: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Core:
    """What the reader must know: question, reason, problem, what was done, what is to be done and what is not, what the
    patient was told, what goes with the letter and how the images reach the centre."""

    question: str | None
    question_is_standard: bool
    reason: str
    conclusion: tuple[str, ...]
    conclusion_grounds: tuple[Fact, ...]
    conclusion_sources: tuple[Source, ...]
    context: tuple[Fact, ...]
    problem: tuple[Fact, ...]
    imaging: tuple[ImagingRow, ...]
    other_done: tuple[str, ...]
    still_to_do: tuple[ToDo, ...]
    not_to_do: tuple[PlanLine, ...]
    tissue: tuple[Fact, ...] = ()
    told_to_patient: FreeText | None = None
    attachments: tuple[Attachment, ...] = ()
    images: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under a heading of their own."""

    key: str
    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The file behind the core: where the lesion is on the skeleton and how far the patient is on the pathway, each
    where it is known and says something; `left_out` says that the sender left out some of the plan."""

    groups: tuple[FactGroup, ...]
    texts: tuple[FreeText, ...]
    results: tuple[FreeText, ...]
    plan: tuple[PlanLine, ...]
    left_out: str | None
    readings: tuple[Named, ...]
    notes: tuple[str, ...]
    skeleton: Picture | None = None
    pathway: Pathway | None = None


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands on every page."""

    patient: str
    edition: str
    status: str
    notice: str
    case_number: str
    edition_fingerprint: str
    case_fingerprint: str
    fingerprints: str
    page_pattern: str


@dataclass(frozen=True, slots=True)
class LetterWarning:
    """What is missing or doubtful: for the user before the letter leaves, never printed."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter."""

    kind: Kind
    decision: str
    language: str
    title: str
    subtitle: str
    document_title: str
    envelope: Envelope
    patient: tuple[Fact, ...]
    patient_line: str
    alerts: tuple[AlertLine, ...]
    meanwhile: Meanwhile | None
    core: Core
    summary: Summary
    signature: tuple[str, ...]
    footer: Footer
    headings: Mapping[str, str]
    warnings: tuple[LetterWarning, ...] = ()

    @property
    def stop_alerts(self) -> tuple[AlertLine, ...]:
        """The alerts that are always on page 1."""
        return tuple(alert for alert in self.alerts if alert.severity == "stop")

    @property
    def other_alerts(self) -> tuple[AlertLine, ...]:
        """The alerts in the file summary; what is said of the edition stands on each page and is not repeated."""
        return tuple(alert for alert in self.alerts if alert.severity != "stop" and not alert.is_about_edition)

    def heading(self, key: str) -> str:
        """A heading; a missing one is a defect and raises KeyError."""
        return self.headings[key]
