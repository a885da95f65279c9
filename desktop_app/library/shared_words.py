"""Says in words what the modules of an edition share beside terms and numbers: weighing, pathway, sheets, and more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

from desktop_app.library.condition_words import ConditionWords
from desktop_app.library.phrases import Phrases
from guideline_core.condition import ALWAYS, NEVER, Condition
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.values import Action, AlertEntry, QuestionTier, Station
from guideline_core.edition.weighing import (
    WEIGHING_LISTS,
    AgreementRow,
    AnyWeighingRow,
    CategoryRow,
    CountsRow,
    EntityRow,
    NameRow,
    SuspicionRow,
    TissueRow,
)
from guideline_core.edition_facts import ActionFacts, AlertFacts

SharedPart = Literal["weighing", "pathway", "sheets", "actions", "alerts", "questions", "question_tiers", "properties"]
SHARED_PARTS: Final[tuple[SharedPart, ...]] = get_args(SharedPart)
SHOWN_BY_NAME: Final[tuple[SharedPart, ...]] = ("weighing", "pathway", "sheets", "question_tiers")
"""The parts that can be looked up by their name; the entries of the others have ids of their own."""
_MARKS = tuple(each.name for kind in (ActionFacts, AlertFacts) for each in fields(kind) if each.default is False)
"""What an action or an alert is marked with, where it is."""


@dataclass(frozen=True, slots=True)
class Described:
    """One entry in words: its id, its title, and what is said of it, each under the key of its label."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries under one heading, in their order."""

    heading: str
    entries: tuple[Described, ...]


class SharedWords:
    """What the modules of one edition share, in one language."""

    def __init__(self, texts: EditionEntries, phrases: Phrases) -> None:
        self._texts = texts
        self._phrases = phrases
        self._conditions = ConditionWords(texts, phrases)

    def listings(self, part: SharedPart) -> tuple[Listing, ...]:
        """The entries of a part; those of the weighing under the question that they answer, all others under one."""
        match part:
            case "weighing":
                return tuple(
                    Listing(self._word(f"weighing_{name}"), tuple(map(self._row, self._texts.weighing_rows[name])))
                    for name in WEIGHING_LISTS
                )
            case "sheets":
                return (Listing(self._word(part), tuple(self._sheets())),)
            case "pathway":
                found: Iterable[Described] = map(self._station, self._texts.stations.values())
            case "actions":
                found = map(self._action, self._texts.actions.values())
            case "alerts":
                found = map(self._alert, self._texts.alerts.values())
            case "questions":
                found = self._questions()
            case "question_tiers":
                found = map(self._tier, self._texts.question_tiers.values())
            case "properties":
                found = self._properties()
        return (Listing(self._word(part), tuple(found)),)

    # --- one entry

    def _row(self, row: AnyWeighingRow) -> Described:
        facts = [
            ("when", self._conditions.said(row.when)),
            ("gives", "; ".join(self._outcome(row))),
            ("readings", ", ".join(row.interpretations)),
        ]
        return _described(row.id, self._said(row.text), facts)

    def _outcome(self, row: AnyWeighingRow) -> Iterator[str]:
        """What a row of the weighing gives."""
        match row:
            case NameRow(reads=()):
                yield self._word("as_named")
            case NameRow():
                tumour = self._said(self._texts.entities[row.means].name)
                which = self._conditions.said(row.which)
                yield self._word("name_means").format(fields=self._labels(row.reads), which=which, tumour=tumour)
                if row.unless_beside != NEVER:
                    yield self._word("unless_beside").format(which=self._conditions.said(row.unless_beside))
                yield from (self._word("conflict") for _ in range(row.conflict))
            case SuspicionRow():
                yield self._word("open") if row.suspected == "open" else self._phrases.value("", row.suspected == "yes")
            case TissueRow():
                yield self._word(f"tissue_{row.tissue}")
                if row.beside:
                    yield self._named_by("beside", row.beside)
            case EntityRow(beside_unless_lighter=True):
                yield self._word("beside_unless_lighter")
            case EntityRow():
                yield self._named_by("one_of", row.one_of) if row.one_of else self._word("any_tumour")
                if row.weighs:
                    yield self._named_by("weighs", row.weighs)
            case CategoryRow():
                yield self._category(row.category)
                yield from (self._word(mark) for mark in ("conflict", "lighter") if getattr(row, mark))
            case CountsRow():
                yield self._category(row.counts_as)
            case AgreementRow():
                yield self._word(row.agreement)

    def _named_by(self, key: str, fields: Iterable[str]) -> str:
        return self._word(key).format(fields=self._labels(fields))

    def _category(self, result: str) -> str:
        return self._phrases.find("values", "lesion.category", result) or self._word(f"result_{result}")

    def _station(self, station: Station) -> Described:
        facts = [
            ("kind", self._word(f"kind_{station.kind}")),
            ("shows", self._actions(station.shows)),
            ("only_first_listed", self._phrases.value("", True) if station.only_first_listed else ""),
            ("follows", self._phrases.get("pathway", "station", station.follows) if station.follows else ""),
            ("asks", self._labels(station.asks)),
            ("dates", self._labels(station.dates)),
            *((f"{fact}_when", self._conditions.said(when)) for fact, when in station.conditions.items()),
        ]
        return _described(station.id, self._phrases.get("pathway", "station", station.id), facts)

    def _sheets(self) -> Iterator[Described]:
        decided, told = self._texts.sheets.decided_in_meeting, self._texts.sheets.told_to_patient
        for key in ("referral", "tissue_and_treatment", "examinations"):
            yield _described(key, self._word(f"sheet_{key}"), [("decides", self._actions(getattr(decided, key)))])
        yield _described("told_to_patient", self._word("sheet_told_to_patient"), [("tells", self._actions(told))])

    def _action(self, action: Action) -> Described:
        request = action.asked_by_letter
        facts = [
            ("phase", self._phrases.plan("phase", action.phase)),
            ("actor", self._phrases.plan("actor", action.actor)),
            ("safer", self._word(f"safer_{action.safer}")),
            ("done_when", self._when(action.done_when)),
            ("marks", ", ".join(self._marks(action))),
            ("letter_asked", self._phrases.get("window", "papers", "letter_kind", request) if request else ""),
            ("speaks_against", self._actions(action.speaks_against)),
        ]
        return _described(action.id, self._phrases.action_name(action.id), facts)

    def _alert(self, alert: AlertEntry) -> Described:
        facts = [
            ("text", self._phrases.alert_text(alert.id)),
            ("marks", ", ".join(self._marks(alert))),
            ("speaks_against", self._actions(alert.speaks_against)),
            ("at_once", self._actions(alert.at_once)),
            ("interrupts_at", self._labels([alert.interrupts_at]) if alert.interrupts_at else ""),
            ("keeps_open", self._labels([alert.keeps_open]) if alert.keeps_open else ""),
        ]
        return _described(alert.id, self._phrases.alert_title(alert.id), facts)

    def _marks(self, entry: Action | AlertEntry) -> Iterator[str]:
        if isinstance(entry, Action) and entry.kind != "what":
            yield self._word(f"mark_{entry.kind}")
        if isinstance(entry, Action) and entry.meanwhile is not None:
            yield self._word(f"meanwhile_{entry.meanwhile}")
        yield from (self._word(f"mark_{mark}") for mark in _MARKS if getattr(entry, mark, False))

    def _questions(self) -> Iterator[Described]:
        for field, question in self._texts.questions.items():
            yield _described(field, self._phrases.question(field), [("ask_when", self._when(question.ask_when))])

    def _tier(self, tier: QuestionTier) -> Described:
        facts = [
            ("when", "" if tier.when == ALWAYS else self._conditions.said(tier.when)),
            ("asks", self._labels(tier.asks)),
        ]
        return _described(tier.id, self._said(tier.text), facts)

    def _properties(self) -> Iterator[Described]:
        for name, each in self._texts.properties.items():
            facts = [("always", self._when(each.always)), ("statements", ", ".join(each.statements))]
            yield _described(name, self._said(each.text), facts)

    # --- words

    def _when(self, condition: Condition | None) -> str:
        return "" if condition is None else self._conditions.said(condition)

    def _actions(self, actions: Iterable[str]) -> str:
        return "; ".join(map(self._phrases.action_name, actions))

    def _labels(self, fields: Iterable[str]) -> str:
        return "; ".join(map(self._phrases.label, fields))

    def _word(self, key: str) -> str:
        return self._phrases.get("guideline", "shared", key)

    def _said(self, words: Mapping[str, str]) -> str:
        return " ".join(words[self._phrases.language].split())


def _described(identifier: str, title: str, facts: Iterable[tuple[str, str]]) -> Described:
    return Described(identifier, title, tuple((label, text) for label, text in facts if text))
