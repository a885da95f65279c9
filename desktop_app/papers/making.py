"""What every part of the composing shares: plan, case, words, settings and date, and short ways to say things."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop_app.library.phrases import Phrases
from desktop_app.papers.kinds import decision_of, kinds_for
from desktop_app.papers.letter.model import Fact, Kind, Named, Source
from desktop_app.papers.order import LetterOrder
from desktop_app.papers.sender import LetterSettings
from guideline_core.case import Case
from guideline_core.plan import Plan, Reason

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition

BLANK, SHORT_BLANK = "_" * 20, "_" * 10
"""A line to fill in by hand: a name, a date."""
NO_BREAK = "\N{NO-BREAK SPACE}"

ENTITY_FIELDS = ("lesion.entity", "lesion.differential", "pathology.histology", "pathology.histology_differential")


@dataclass(frozen=True)
class Making:
    """A letter in the making."""

    plan: Plan
    case: Case
    edition: "OpenedEdition"
    phrases: Phrases
    settings: LetterSettings
    today: datetime.date
    kind: Kind

    @property
    def decision(self) -> str:
        """The decision on referral."""
        return decision_of(self.plan)

    @property
    def wording(self) -> str:
        """Under which key title, question and reason stand: the decision, or the kind that was chosen instead."""
        return self.decision if self.kind is kinds_for(self.plan)[0] else self.kind.value

    @property
    def has_tissue(self) -> bool:
        """Whether tissue was taken."""
        return self.plan.lesion.tissue_taken

    def say(self, *keys: str, **values: str) -> str:
        """A phrase of the letter, filled in."""
        return self.phrases.get("letter", *keys).format(**values)

    def named_fields(self, fields: Iterable[str]) -> tuple[Named, ...]:
        """Fields with their labels, as they stand inside a sentence."""
        return tuple(Named(field, inside_sentence(self.phrases.label(field))) for field in fields)

    def named_actions(self, actions: Iterable[str]) -> tuple[Named, ...]:
        """Actions with their names."""
        return tuple(Named(action, self.phrases.action_name(action)) for action in actions)

    def sources(self, statements: Iterable[str]) -> tuple[Source, ...]:
        """Statements with their places."""
        return tuple(self._source(statement) for statement in statements)

    def _source(self, statement: str) -> Source:
        page = self.edition.names.page(statement)
        return Source(statement, _module(statement), page, self.say("word", "page", page=page).replace(" ", NO_BREAK))

    def reason(self, reason: Reason) -> Fact:
        """An answer on which something rests."""
        return Fact(reason.field, self.phrases.label(reason.field), self.value(reason.field, reason.value))

    def value(self, path: str, value: Any) -> str:
        """An answer in words; tumours and bones by the names of the edition."""
        language, names = self.phrases.language, self.edition.names
        if path in ENTITY_FIELDS:
            entities = [value] if isinstance(value, str) else value
            return ", ".join(names.entity(entity, language) for entity in entities)
        return names.bone(value, language) if path == "lesion.bone" else self.phrases.value(path, value)


def making_of(order: LetterOrder) -> Making:
    """What the parts of an order are composed of; the kind is that which was chosen, else what the plan leads to."""
    kind = order.kind or kinds_for(order.plan)[0]
    return Making(order.plan, order.case, order.edition, order.phrases, order.settings, order.today, kind)


def _module(statement: str) -> int:
    """The module of a statement such as M3-R7b; the start page counts as 0."""
    number = statement.partition("-")[0].removeprefix("M")
    return int(number) if number.isdigit() else 0


def joined(names: Iterable[Named], separator: str = ", ") -> str:
    """Names in a row."""
    return separator.join(name.words for name in names)


def cited(sources: Iterable[Source]) -> str:
    """Places in the guideline, those on one page together: M2-R2a, M2-R12a, p. 12-13; M2-T5, p. 15."""
    pages: dict[str, list[str]] = {}
    for source in sources:
        pages.setdefault(source.page_words, []).append(source.statement)
    return "; ".join(f"{', '.join(statements)}, {page}" for page, statements in pages.items())


def sentence_case(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]


def inside_sentence(label: str) -> str:
    """A label as it stands inside a sentence: a small letter first, unless it begins with an abbreviation or a code."""
    return label if label[1:2].isupper() or not label[1:2].isalpha() else label[:1].lower() + label[1:]
