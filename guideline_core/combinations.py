"""What counts when image and tissue disagree: every combination of findings, filled in by the planner.

A row holds what plans say of each tumour that can stand for its tissue, for an adult and for a child. Where the tumours
of a row differ, the cell holds each outcome: the row depends on the tumour.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, Literal

from guideline_core.case import Case
from guideline_core.contract import nested
from guideline_core.edition.catalogue import CatalogueEntries, Entity
from guideline_core.edition.combinations import (
    REVIEW,
    AnswersByPath,
    FurtherRow,
    WrittenCombinations,
    named_tumours,
    tumours_of,
)
from guideline_core.edition.entries import EditionEntries
from guideline_core.keys import (
    POSITIVE_VERDICTS,
    UNCERTAIN,
    Category,
    CountedCategory,
    EntityCategory,
    Undetermined,
)
from guideline_core.lesion import CATEGORIES, KINDS, kind_of
from guideline_core.plan import Plan, Recommendation, ReferralDecision
from guideline_core.planning import Planner

Staging = Literal["asked", "elsewhere", "depends", "not_asked"]
"""Whether a plan surely asks for staging, leaves it to what stands outside the edition, may ask for it, or does not."""
Image = Category | None
"""The category on imaging; None: there is none."""
_ONE_DAY: Final = datetime.date(2026, 1, 1)
"""The day of the plans: ages stand in years, so that no day changes them."""


@dataclass(frozen=True, slots=True)
class Tissue:
    """What the microscope shows: a kind of tumour, reviewed or not; None: there is no tissue."""

    kind: EntityCategory | None
    reviewed: bool = False

    @property
    def can_be_reviewed(self) -> bool:
        """Whether a review can establish it: what cannot be told is established by none."""
        return self.kind not in (None, UNCERTAIN)


TISSUES: Final = (
    Tissue(None),
    Tissue(UNCERTAIN),
    *(Tissue(kind, reviewed) for kind in KINDS if kind != UNCERTAIN for reviewed in (False, True)),
)
"""The tissues of the table, in its order."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, the rules whose notes are to be read with it, and whether it is sure in every plan of the row."""

    alert: str
    notes: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the plans of a row say; more than one value where they differ."""

    counts_as: tuple[CountedCategory | Undetermined, ...]
    adult: tuple[ReferralDecision, ...]
    child: tuple[ReferralDecision, ...]
    warnings: tuple[Warned, ...]
    staging: Staging


@dataclass(frozen=True, slots=True)
class CombinationRow:
    """Combinations with one outcome: each of these images beside each of these tissues."""

    images: tuple[Image, ...]
    tissues: tuple[Tissue, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Section:
    """The rows for images of one kind."""

    images: tuple[Image, ...]
    rows: tuple[CombinationRow, ...]


@dataclass(frozen=True, slots=True)
class CombinationTable:
    """The table, the heaviest image first; the further rows below it; and what the edition says of all rows."""

    about: WrittenCombinations
    sections: tuple[Section, ...]
    further: tuple[tuple[FurtherRow, Outcome], ...]


def tumours_of_tissue(tissue: Tissue, written: WrittenCombinations, entries: CatalogueEntries) -> Iterator[Entity]:
    """The tumours that can stand for a tissue of the table: those of its kind, but for what stands apart."""
    apart = named_tumours((*written.apart, *(written.apart_once_reviewed if tissue.reviewed else ())), entries)
    return (each for each in entries.entities.values() if each.category == tissue.kind and each.id not in apart)


def combination_table(planner: Planner, entries: EditionEntries) -> CombinationTable:
    """Fill in the table of an edition with its planner."""
    return _Filling(planner, entries).table()


class _Filling:
    """The table of one edition in the making."""

    def __init__(self, planner: Planner, entries: EditionEntries) -> None:
        combinations = entries.combinations
        if combinations is None:
            raise ValueError("an edition that was read has its combinations")
        self._planner = planner
        self._entries = entries
        self._written, self._further = combinations.written, combinations.further
        self._actions = planner.items.compiled.tables.actions
        self._tumours = {
            tissue: self._told_apart(tumours_of_tissue(tissue, self._written, entries)) for tissue in TISSUES
        }

    def _told_apart(self, entities: Iterable[Entity]) -> Sequence[str]:
        """One tumour of all that no plan tells apart: of one class, and with one grade in the name."""
        classes = self._planner.items.compiled.catalogue.class_of_entity
        first: dict[tuple[str, str | None], str] = {}
        for entity in entities:
            first.setdefault((classes[entity.id], entity.grade), entity.id)
        return tuple(first.values())

    def table(self) -> CombinationTable:
        """All of it."""
        images: dict[EntityCategory | None, list[Image]] = {kind: [] for kind in reversed(KINDS)}
        for category in CATEGORIES:
            images[kind_of(category)].append(category)
        images[None] = [None]
        further = tuple((row, self._of_row(row)) for row in self._further.values())
        sections = tuple(self._section(tuple(group)) for group in images.values())
        return CombinationTable(self._written, sections, further)

    def _section(self, images: tuple[Image, ...]) -> Section:
        """The tissues that have one outcome beside an image, together; and the images for which these are the same."""
        shared: dict[tuple[tuple[Tissue, ...], Outcome], list[Image]] = {}
        for image in images:
            alike: dict[Outcome, list[Tissue]] = {}
            for tissue in TISSUES:
                alike.setdefault(self._of(image, tissue), []).append(tissue)
            for outcome, tissues in alike.items():
                shared.setdefault((tuple(tissues), outcome), []).append(image)
        rows = (CombinationRow(tuple(those), tissues, outcome) for (tissues, outcome), those in shared.items())
        return Section(images, tuple(sorted(rows, key=lambda row: TISSUES.index(row.tissues[0]))))

    def _of(self, image: Image, tissue: Tissue) -> Outcome:
        seen = {} if image is None else {"lesion.category": image}
        if tissue.kind is None:
            return self._outcome([seen])
        reviews = self._written.reviewed if tissue.reviewed else self._written.not_reviewed
        tried = product(self._tumours[tissue], reviews)
        return self._outcome({**seen, "pathology.histology": tumour, REVIEW: review} for tumour, review in tried)

    def _of_row(self, row: FurtherRow) -> Outcome:
        tumours = self._told_apart(tumours_of(row, self._entries))
        tries = {**row.tries, **({"pathology.histology": tumours} if tumours else {})}
        return self._outcome(
            {**row.answers, **dict(zip(tries, taken, strict=True))} for taken in product(*tries.values())
        )

    def _outcome(self, tried: Iterable[AnswersByPath]) -> Outcome:
        """What the plans for these answers say, each time for an adult and for a child."""
        ages = self._written.ages
        answers = list(tried)
        adults, children = ([self._plan(each, age) for each in answers] for age in (ages.adult, ages.child))
        plans = (*adults, *children)
        stagings = {self._staging(plan) for plan in plans}
        return Outcome(
            counts_as=tuple(dict.fromkeys(plan.lesion.counts_as for plan in plans)),
            adult=_referrals(adults),
            child=_referrals(children),
            warnings=tuple(self._warnings(plans)),
            staging=stagings.pop() if len(stagings) == 1 else "depends",
        )

    def _plan(self, answers: AnswersByPath, age: int) -> Plan:
        given: Mapping[str, object] = {**self._written.assumed, **answers, "patient.age_years": age}
        return self._planner.make_bare_plan(Case.model_validate(nested(given)), _ONE_DAY)

    def _warnings(self, plans: Sequence[Plan]) -> Iterator[Warned]:
        """The warnings of which the page tells, in its order; the notes are those that some plan names."""
        rules = self._planner.items.compiled.tables.rules
        for name in self._written.warnings:
            raised = [alert for plan in plans for alert in plan.alerts if alert.id == name]
            if raised:
                speaking = dict.fromkeys(rule for alert in raised for rule in alert.rules)
                is_sure = len(raised) == len(plans) and all(alert.certainty == "definite" for alert in raised)
                yield Warned(name, tuple(rule for rule in speaking if rules[rule].has_note), is_sure)

    def _staging(self, plan: Plan) -> Staging:
        staging = [each for each in plan.recommendations if each.phase == "staging"]
        asked = [each for each in staging if self._asks(each)]
        elsewhere = [each for each in staging if self._actions[each.action].kind == "elsewhere"]
        if any(each.certainty == "definite" for each in asked):
            return "asked"
        if any(each.certainty == "definite" for each in elsewhere):
            return "elsewhere"
        return "depends" if asked or elsewhere else "not_asked"

    def _asks(self, each: Recommendation) -> bool:
        return each.verdict in POSITIVE_VERDICTS and self._actions[each.action].kind == "what"


def _referrals(plans: Iterable[Plan]) -> tuple[ReferralDecision, ...]:
    """The decisions on referral that differ, without what they rest on."""
    return tuple(dict.fromkeys(replace(each.referral, reasons=(), rules=(), statements=()) for each in plans))
