"""The order of a paper, as one value: who asks which paper of which plan and case, for whom, in which language."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_app.library.day import OtherDay, Today, other_day, today_of
from desktop_app.library.phrases import Phrases
from desktop_app.library.sentences import inside_a_sentence
from desktop_app.papers.blocks import Fact
from desktop_app.papers.content import Named, Source
from desktop_app.papers.correspondents import LetterSettings, Recipient
from desktop_app.papers.letter_kinds import Kind, decision_of, kinds_for
from desktop_app.papers.patient_choices import PatientSheetChoices
from guideline_core.age import age_on
from guideline_core.case import Case
from guideline_core.compiled import PlanningTables
from guideline_core.keys import UNCERTAIN
from guideline_core.plan import Plan, Reason

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition

BLANK, SHORT_BLANK = "_" * 20, "_" * 10
"""A line to fill in by hand: a name, a date."""
NO_BREAK = "\N{NO-BREAK SPACE}"

ENTITY_FIELDS = ("lesion.entity", "lesion.differential", "pathology.histology", "pathology.histology_differential")


class Paper(StrEnum):
    """What can be put on paper."""

    LETTER = "letter"
    MEETING = "meeting"
    PATIENT = "patient"


@dataclass(frozen=True)
class PaperOrder:
    """All that a paper is made of; a value, so that another thread can make it.

    `plan` is the full plan of this case; what the sender leaves out of the letter stands in the case. The phrases are
    those of the language in which the paper is written. `chosen_kind` and `recipient` are those chosen for this letter,
    None: those that follow from the plan. The parts of a paper are composed with the short ways of this class to say
    things.
    """

    plan: Plan
    case: Case
    edition: "OpenedEdition"
    phrases: Phrases
    today: datetime.date
    settings: LetterSettings = field(default_factory=LetterSettings)
    recipient: Recipient | None = None
    chosen_kind: Kind | None = None
    paper: Paper = Paper.LETTER
    told_to_patient: PatientSheetChoices = field(default_factory=PatientSheetChoices)
    with_case: bool = False
    """Whether a letter takes the case along, inside its file, when it is saved."""
    clock_is_doubted: bool = False
    """Whether `today` cannot be right."""
    kinds: tuple[Kind, ...] = field(init=False)
    """The kinds of letter that the plan allows; the first follows from the decision."""
    decision: str = field(init=False)
    """The decision on referral."""

    def __post_init__(self) -> None:
        """Both follow from the plan, and are asked for wherever a letter says something."""
        object.__setattr__(self, "kinds", kinds_for(self.plan, self.tables.actions))
        object.__setattr__(self, "decision", decision_of(self.plan))

    @property
    def planned_for(self) -> datetime.date:
        """The day of age and advice."""
        return datetime.date.fromisoformat(self.plan.reference_date)

    @property
    def age(self) -> int | None:
        """The age of the patient on that day, in years: by the birth date, else as it was given."""
        patient = self.case.patient
        return patient.age_years if patient.birth_date is None else age_on(patient.birth_date, self.planned_for)

    @property
    def other_day(self) -> OtherDay | None:
        """What stands in the head of a paper that is not known to be of the day on which it is made."""
        return other_day(self.planned_for, Today(self.today, self.clock_is_doubted), self.phrases)

    @property
    def tables(self) -> PlanningTables:
        """What the edition says of its actions and alerts."""
        return self.edition.tables

    @property
    def kind(self) -> Kind:
        """The kind of letter: the one that was chosen, else the one that follows from the plan."""
        return self.chosen_kind or self.kinds[0]

    @property
    def wording(self) -> str:
        """Under which key title, question and reason stand: the decision, or the kind that was chosen instead."""
        return self.decision if self.kind is self.kinds[0] else self.kind.value

    @property
    def has_tissue(self) -> bool:
        """Whether tissue was taken."""
        return self.plan.lesion.tissue_taken

    @property
    def second_biopsy_considered(self) -> bool:
        """Whether a biopsy was done, and another is considered."""
        biopsy = self.case.biopsy
        return biopsy.status == "performed" and biopsy.repeat_considered is True

    def say(self, *keys: str, **values: str) -> str:
        """A phrase of the letter, filled in."""
        return self.phrases.get("letter", *keys).format(**values)

    def named_fields(self, fields: Iterable[str]) -> tuple[Named, ...]:
        """Fields with their labels, as they stand inside a sentence."""
        return tuple(Named(field, inside_a_sentence(self.phrases.label(field))) for field in fields)

    def named_actions(self, actions: Iterable[str]) -> tuple[Named, ...]:
        """Actions with their names."""
        return tuple(Named(action, self.phrases.action_name(action)) for action in actions)

    def sources(self, statements: Iterable[str]) -> tuple[Source, ...]:
        """Statements with their places."""
        return tuple(self._source(statement) for statement in statements)

    def _source(self, statement: str) -> Source:
        page, module = self.edition.names.page(statement), _module(statement)
        if not page:
            words = self.phrases.word("own_rule")
        elif module:
            words = self.say("word", "module_page", module=str(module), page=page)
        else:
            words = self.say("word", "start_page", page=page)
        return Source(
            statement, module, page, words.replace("p. ", f"p.{NO_BREAK}").replace("module ", f"module{NO_BREAK}")
        )

    def reason(self, reason: Reason) -> Fact:
        """An answer on which something rests; of a patient whose birth date the case does not show, the age."""
        age = self.case.patient.age_years
        if reason.field == "patient.birth_date" and self.case.patient.birth_date is None and age is not None:
            return Fact(
                "patient.age_years", self.phrases.label("patient.age_years"), self.value("patient.age_years", age)
            )
        return Fact(reason.field, self.phrases.label(reason.field), self.value(reason.field, reason.value))

    def value(self, path: str, value: object) -> str:
        """An answer in words; tumours and bones by the names of the edition."""
        if path in ENTITY_FIELDS:
            return ", ".join(map(self.entity, named_in(value)))
        if path == "lesion.bone":
            return self.edition.names.bone(str(value), self.phrases.language)
        return self.phrases.value(path, value)

    def entity(self, entity: str) -> str:
        """The name of a tumour; of one that cannot be told, that."""
        if entity == UNCERTAIN:
            return self.say("word", "cannot_be_told")
        return self.edition.names.entity(entity, self.phrases.language)


def named_in(answer: object) -> tuple[str, ...]:
    """What an answer names: one thing, several, or none when it was not given."""
    if isinstance(answer, str):
        return (answer,)
    return tuple(map(str, answer)) if isinstance(answer, tuple) else ()


def order_paper(
    case: Case,
    edition: "OpenedEdition",
    phrases: Phrases,
    settings: LetterSettings,
    today: datetime.date,
    recipient: Recipient | None = None,
    kind: Kind | None = None,
    paper: Paper = Paper.LETTER,
) -> PaperOrder:
    """Plan the case for its own date, else for today, and order a paper of it."""
    plan = edition.planner.make_plan(case, case.reference_date or today)
    is_doubted = today_of(today, edition.year).is_doubted
    return PaperOrder(
        plan, case, edition, phrases, today, settings, recipient, kind, paper, clock_is_doubted=is_doubted
    )


def _module(statement: str) -> int:
    """The module of a statement such as M3-R7b; the start page counts as 0."""
    number = statement.partition("-")[0].removeprefix("M")
    return int(number) if number.isdigit() else 0


def joined(names: Iterable[Named], separator: str = ", ") -> str:
    """Names in a row."""
    return separator.join(name.words for name in names)


def cited(sources: Iterable[Source]) -> str:
    """Places in the guideline, each once: module 2, p. 12-13; module 2, p. 15. The numbers of statements are the
    program's own, so that a reader of the guideline would look for them in vain."""
    return "; ".join(dict.fromkeys(source.page_words for source in sources))
