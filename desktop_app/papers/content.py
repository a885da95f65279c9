"""What papers say of a case and its plan, without how it looks: typed, immutable, in one language.

Everything in it is words; `key` fields hold what other readers (exports, tests) need to recognise a thing in any
language.
"""

from dataclasses import dataclass

from desktop_app.papers.blocks import Fact, Tone
from guideline_core.edition_facts import ActionFacts


@dataclass(frozen=True, slots=True)
class Named:
    """A field or an action by its key, with its name in words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the guideline; `page_words` is how the page is cited."""

    statement: str
    module: int
    page: str
    page_words: str


@dataclass(frozen=True, slots=True)
class FreeText:
    """What the doctor wrote; it may have many lines."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ImagingRow:
    """An examination that was made."""

    key: str
    examination: str
    date: str
    place: str
    details: str


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under a heading of their own."""

    key: str
    heading: str
    facts: tuple[Fact, ...]


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
    """What is said behind the text: how strong it may become, what will do in its place, the notes of its rules."""
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
class Marked:
    """A statement at the top of page 1: a key, its words, how loud, and what belongs to it in smaller type."""

    key: str
    text: str
    tone: Tone
    detail: str | None = None


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
class LetterWarning:
    """What is missing or doubtful: for the user before the letter leaves, never printed."""

    key: str
    text: str
