"""What a letter says, without how it looks: typed, immutable, in one language, built and tested without a PDF.

The order follows HASP: envelope, core, file summary; the plan of the guideline is an annex. Everything in it is words;
`key` fields hold what other readers of the model (exports, tests) need to recognise a thing in any language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.library.day import OtherDay
from desktop_app.looks.drawing.picture import Picture
from desktop_app.papers.blocks import Fact
from desktop_app.papers.content import (
    AlertLine,
    Arrangement,
    FactGroup,
    FreeText,
    ImagingRow,
    LetterWarning,
    Marked,
    Meanwhile,
    Named,
    PlanLine,
    Source,
    ToDo,
)
from desktop_app.papers.correspondents import Recipient
from desktop_app.papers.document import Letterhead
from desktop_app.papers.footer import Footer
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind
from desktop_app.plan.pathway.model import Pathway


@dataclass(frozen=True, slots=True)
class Attachment:
    """What goes with the letter: a box to tick, or that it is missing."""

    key: str
    name: str
    state: str
    is_missing: bool = False


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
    other_day: OtherDay | None = None
    """The day of age and advice, where that is not known to be the date of the letter."""


@dataclass(frozen=True, slots=True)
class Core:
    """What the reader must know: question, reason, problem, tissue, what was done, what the sender adds in own words,
    what the patient was told, what goes with the letter and how the images reach the centre. What is to be done and
    what is not is told to the general practitioner; a centre knows."""

    question: str | None
    question_is_standard: bool
    emergencies: str
    reason: str
    says_site: bool
    """Whether the reason says where the lesion is."""
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
    own_words: tuple[FreeText, ...] = ()
    """The texts of the sender that are short enough for page 1."""
    told_to_patient: FreeText | None = None
    attachments: tuple[Attachment, ...] = ()
    images: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The file behind the core: texts, results and facts, the plan (printed as an annex where that was chosen), where
    the lesion is on the skeleton and how far the patient is on the pathway, each where it is known and says something;
    `left_out` says that the sender left out some of the plan."""

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
    with_plan: bool = False
    """Whether the plan of the guideline is printed, as an annex."""

    @property
    def stop_alerts(self) -> tuple[AlertLine, ...]:
        """The alerts that are always on page 1."""
        return tuple(alert for alert in self.alerts if alert.severity == "stop")

    @property
    def other_alerts(self) -> tuple[AlertLine, ...]:
        """The alerts in the annex; what is said of the edition stands on each page and is not repeated."""
        return tuple(alert for alert in self.alerts if alert.severity != "stop" and not alert.is_about_edition)

    @property
    def printed_plan(self) -> tuple[PlanLine, ...]:
        """The lines of the plan that stand on paper."""
        return self.summary.plan if self.with_plan else ()

    @property
    def told_warnings(self) -> tuple[PlanLine, ...]:
        """What must not happen, as far as paper says it: to a centre only what the word on biopsy at the top says."""
        warnings = self.core.not_to_do
        return tuple(line for line in warnings if self.kind not in TO_A_CENTRE or line.facts.never_left_out)

    def heading(self, key: str) -> str:
        """A heading; a missing one is a defect and raises KeyError."""
        return self.headings[key]
