"""The rows that say *why* below a row of the plan. No Qt.

They name the answers, what it still depends on, the place in the guideline with its strength, and the position taken on
an unclear passage. Answers and open questions lead to their field.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.plan.view.row import Kind, Row
from desktop_app.plan.view.sign import Sign
from desktop_app.plan.words import Words
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition_names import EditionNames
from guideline_core.plan import Reason, Recommendation


class EditionWords(Protocol):
    """The words of an edition; the texts are large and read when something is opened."""

    @property
    def names(self) -> EditionNames:
        """Names and places."""

    @property
    def field_kinds(self) -> FieldKinds:
        """What kind of answer each field takes."""

    @property
    def texts(self) -> EditionEntries:
        """All words."""


class WhyRows:
    """Says why, of one plan, in one language and under one edition."""

    def __init__(self, edition: EditionWords, phrases: Phrases, words: Words) -> None:
        self._edition = edition
        self._phrases = phrases
        self._words = words

    def of_advice(self, recommendation: Recommendation, key: str) -> Iterator[Row]:
        """Why a recommendation is given, what it is in full, and who carries it out."""
        detail = self._phrases.action_detail(recommendation.action, recommendation.verdict)
        if detail:
            yield Row(Kind.WHY_LABEL, f"{key}/detail", self._phrases.heading("detail"))
            yield Row(Kind.WHY_TEXT, f"{key}/detail text", detail)
        yield from self.rows(
            key,
            recommendation.reasons,
            recommendation.depends_on,
            recommendation.statements,
            recommendation.interpretations,
        )
        actor = f"{self._label('by_whom')}: {self._phrases.plan('actor', recommendation.actor)}"
        yield Row(Kind.WHY_TEXT, f"{key}/actor", actor)

    def rows(
        self,
        key: str,
        reasons: Sequence[Reason],
        depends_on: Sequence[str],
        statements: Sequence[str],
        interpretations: Sequence[str],
    ) -> Iterator[Row]:
        """The answers behind something, what it still depends on, its places in the guideline, and how it is read."""
        because = capital(self._phrases.word("because"))
        answers = [(reason.field, capital(self._words.reason(reason))) for reason in reasons]
        yield from self._why_fields(f"{key}/because", because, answers)
        open_ones = [(field, self._phrases.label(field)) for field in depends_on]
        yield from self._why_fields(f"{key}/depends", self._phrases.heading("depends_on"), open_ones)
        if depends_on:
            words = self._phrases.get("window", "what_if", "try_one")
            yield Row(Kind.WHAT_IF, f"{key}/what if", words, sign=Sign.DEPENDS, path=depends_on[0])
        if statements:
            yield Row(Kind.WHY_LABEL, f"{key}/guideline", self._phrases.heading("guideline"))
        for statement in statements:
            yield self._statement(key, statement)
        if interpretations:
            yield Row(Kind.WHY_LABEL, f"{key}/read as", self._phrases.heading("interpretations"))
        for name in interpretations:
            shown = self._edition.names.shown(name, self._phrases.language)
            yield Row(Kind.WHY_TEXT, f"{key}/{name}", shown, (name,))

    def _why_fields(self, key: str, label: str, fields: Sequence[tuple[str, str]]) -> Iterator[Row]:
        """Fields, each leading to its question; a field outside the pages (the date of the plan) leads nowhere."""
        if fields:
            yield Row(Kind.WHY_LABEL, key, label)
        for field, words in fields:
            yield Row(Kind.WHY_FIELD, f"{key}/{field}", words, sign=Sign.GO_TO, path=field)

    def _statement(self, key: str, statement: str) -> Row:
        """A statement: our words, and where it stands in the guideline."""
        entry = self._edition.texts.statements[statement]
        language = self._phrases.language
        if entry.module is None:
            where: tuple[str, ...] = (capital(self._phrases.word("own_rule")), statement)
        else:
            where = (
                f"{capital(self._phrases.word('module'))} {entry.module}",
                entry.section[language],
                f"{self._phrases.word('page')} {entry.page}",
                f"{self._label('strength')}: {self._phrases.plan('strength', entry.strength)}",
                statement,
            )
        return Row(Kind.WHY_TEXT, f"{key}/{statement}", " ".join(entry.text[language].split()), (" · ".join(where),))

    def _label(self, key: str) -> str:
        return self._phrases.get("window", "plan_view", key)


def capital(text: str) -> str:
    """A text with a capital."""
    return f"{text[:1].upper()}{text[1:]}"
