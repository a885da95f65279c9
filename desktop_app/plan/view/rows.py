"""The plan as rows of words, ready to be drawn: what stands on top, and what follows. No Qt.

    head ... the decision on referral; meanwhile, as long as something of it is open; every alert that says stop
    body ... cautions; recommendations by phase; notes; further open questions; positions taken; the edition

A row that opens shows *why* below it: the answers, what it still depends on, the place in the guideline with its
strength, and the position taken on an unclear passage. Answers and open questions lead to their field.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from desktop_app.library.field_kinds import FieldKinds
from desktop_app.library.phrases import Phrases
from desktop_app.plan.changes import is_referral_open
from desktop_app.plan.grounds import why_no_referral
from desktop_app.plan.view.sign import DECISION_SIGNS, Sign
from desktop_app.plan.words import Words, aside, remarks, verdict_in_words
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition_names import EditionNames
from guideline_core.keys import REFRAINING_VERDICTS, UNDETERMINED
from guideline_core.plan import Alert, OpenQuestion, Plan, Reason, Recommendation, ReferralDecision

EFFECTS_SHOWN = 6
"""How many effects of an open question are named before "and so many more"."""


class Kind(Enum):
    """What a row is; its looks follow from it."""

    DECISION = "decision"
    HEADING = "heading"
    ADVICE = "advice"
    ALERT = "alert"
    QUESTION = "question"
    NOTICE = "notice"
    WHY_LABEL = "why label"
    WHY_TEXT = "why text"
    WHY_FIELD = "why field"
    GONE = "gone"
    FOLD = "fold"
    WHAT_IF = "what if"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: words and what can be done with it."""

    kind: Kind
    key: str
    """Names the row across plans, so that what was opened stays open."""
    text: str
    small: tuple[str, ...] = ()
    sign: Sign = Sign.NONE
    sign_words: str = ""
    path: str | None = None
    """The field to which activating the row leads."""
    opens: bool = False
    is_open: bool = False
    mark: str = ""
    """What an answer did to this row, in a word or two; empty when it did nothing."""
    asks: tuple[str, ...] = ()
    """The open questions on which the row depends."""

    def __hash__(self) -> int:
        """Of the words alone, which Python reckons once: rows are looked up hundreds of times for each answer."""
        return hash(self.text)

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return ". ".join(part.rstrip(".") for part in (self.mark, self.sign_words, self.text, *self.small) if part)


@dataclass(frozen=True, slots=True)
class PlanRows:
    """All rows of a plan."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]


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


class RowMaker:
    """Turns plans into rows, in one language and under one edition."""

    def __init__(self, edition: EditionWords, phrases: Phrases) -> None:
        self._edition = edition
        self._phrases = phrases

    def rows(self, plan: Plan, opened: Set[str] = frozenset(), notices: Sequence[str] = ()) -> PlanRows:
        """All rows; `opened` holds the keys of rows that show why, `notices` the keys of sentences of the hour."""
        self._words = Words(self._edition.names, self._phrases, plan.reference_date)
        return PlanRows(tuple(self._head(plan, opened, notices)), tuple(self._body(plan, opened)))

    def question(self, question: OpenQuestion) -> str:
        """The question as it is asked."""
        return self._phrases.question(question.field)

    def effects(self, question: OpenQuestion) -> str:
        """What the answer can change."""
        effects = list(dict.fromkeys(self._phrases.effect(key) for key in question.would_change))
        more = len(effects) - EFFECTS_SHOWN
        if more <= 1:
            return ", ".join(effects)
        and_more = self._phrases.get("command_line", "plan_text", "and_more").format(number=more)
        return f"{', '.join(effects[:EFFECTS_SHOWN])} {and_more}"

    # --- head

    def _head(self, plan: Plan, opened: Set[str], notices: Sequence[str]) -> Iterator[Row]:
        for notice in notices:
            words = self._phrases.notice(notice)
            yield Row(Kind.NOTICE, f"notice:{notice}", words, sign=Sign.CAUTION, sign_words=self._severity("caution"))
        if plan.scope == UNDETERMINED:
            yield Row(Kind.NOTICE, "scope", self._phrases.notice("nothing_known_yet"))
        yield from self._decision(plan, opened)
        if is_referral_open(plan.referral) and plan.meanwhile:
            yield Row(Kind.HEADING, "meanwhile", self._phrases.heading("meanwhile"))
            for recommendation in plan.meanwhile:
                yield from self._meanwhile(recommendation, opened)
        for alert in plan.alerts:
            if alert.severity == "stop":
                yield from self._alert(alert, opened)

    def _decision(self, plan: Plan, opened: Set[str]) -> Iterator[Row]:
        referral = plan.referral
        key = "referral"
        extra: tuple[str, ...] = ()
        if plan.scope == "other_guideline" and plan.other_guideline not in (None, UNDETERMINED):
            extra = (self._phrases.action_sentence(f"refer.other_guideline_{plan.other_guideline}", "inform"),)
        yield Row(
            Kind.DECISION,
            key,
            self._decision_title(referral),
            (*extra, *self._decision_lines(referral)),
            Sign.URGENT if referral.urgency == "urgent" else DECISION_SIGNS.get(referral.decision, Sign.REFERRAL),
            self._phrases.heading("referral"),
            opens=True,
            is_open=key in opened,
            asks=tuple(referral.depends_on),
        )
        if key in opened:
            yield from self._why(key, referral.reasons, referral.depends_on, referral.statements, ())

    def _decision_title(self, referral: ReferralDecision) -> str:
        decision = self._phrases.get("plan", "decision", referral.decision, "heading")
        if referral.decision == UNDETERMINED:
            return f"{self._phrases.heading('referral')}: {decision[:1].lower()}{decision[1:]}"
        parts = [decision]
        if referral.destination not in (None, UNDETERMINED):
            parts.append(self._phrases.plan("destination", str(referral.destination)))
        if referral.urgency == "urgent":
            parts.append(self._phrases.plan("urgency", referral.urgency))
        return " · ".join(parts)

    def _decision_lines(self, referral: ReferralDecision) -> Iterator[str]:
        if referral.decision == UNDETERMINED:
            yield self._depends_on(referral.depends_on)
            return
        if referral.decision in ("none", "other_guideline"):
            yield self._phrases.get("plan", "decision", referral.decision, "text")
            because = why_no_referral(referral, self._phrases)
            if because is not None:
                yield because
            return
        said = [
            self._phrases.plan(name, "true" if value is True else str(value))
            for name in ("consult_expertise_centre_first", "by_phone")
            if (value := getattr(referral, name)) in (True, UNDETERMINED)
        ]
        for name in ("destination", "urgency"):
            if getattr(referral, name) == UNDETERMINED:
                said.append(self._phrases.plan(name, UNDETERMINED))
        if referral.urgency == "routine":
            said.append(self._phrases.plan("urgency", "routine"))
        yield from (f"{sentence[:1].upper()}{sentence[1:]}." for sentence in said)
        if is_referral_open(referral):
            yield self._depends_on(referral.depends_on)

    def _meanwhile(self, recommendation: Recommendation, opened: Set[str]) -> Iterator[Row]:
        key = f"meanwhile:{recommendation.action}:{recommendation.verdict}"
        text = self._phrases.action_sentence(recommendation.action, recommendation.verdict)
        if recommendation.certainty == "depends":
            text = f"{text.rstrip('.')} ({self._phrases.get('command_line', 'plan_text', 'as_a_precaution')})."
        elif said := aside(recommendation, self._phrases):
            text = f"{text.rstrip('.')} ({said})."
        sign, words = self._sign(recommendation, as_precaution=True)
        asks = tuple(recommendation.depends_on)
        yield Row(Kind.ADVICE, key, text, (), sign, words, opens=True, is_open=key in opened, asks=asks)
        if key in opened:
            yield from self._why_of(recommendation, key)

    def _alert(self, alert: Alert, opened: Set[str]) -> Iterator[Row]:
        key = f"alert:{alert.id}"
        severity = self._severity(alert.severity)
        title = self._phrases.alert_title(alert.id)
        text = title if alert.severity == "note" else f"{severity}: {title[:1].lower()}{title[1:]}"
        if alert.certainty == "depends":
            text = f"{text} ({self._phrases.get('command_line', 'plan_text', 'perhaps')})"
        small = [self._phrases.alert_text(alert.id)]
        if alert.depends_on:
            small.append(self._depends_on(alert.depends_on))
        signs = {"stop": Sign.STOP, "caution": Sign.CAUTION, "note": Sign.INFORM}
        is_open = key in opened
        sign, asks = signs[alert.severity], tuple(alert.depends_on)
        yield Row(Kind.ALERT, key, text, tuple(small), sign, severity, opens=True, is_open=is_open, asks=asks)
        if is_open:
            yield from self._why(key, alert.reasons, alert.depends_on, alert.statements, alert.interpretations)

    # --- body

    def _body(self, plan: Plan, opened: Set[str]) -> Iterator[Row]:
        yield from self._alerts(plan, "caution", self._phrases.heading("alerts"), opened)
        phases = dict.fromkeys(recommendation.phase for recommendation in plan.recommendations)
        for phase in phases:
            yield Row(Kind.HEADING, f"phase:{phase}", self._phrases.plan("phase", phase))
            for recommendation in _in_reading_order(plan.recommendations, phase):
                yield from self._recommendation(recommendation, opened)
        notes = self._phrases.get("command_line", "plan_text", "notes")
        yield from self._alerts(plan, "note", notes[:1].upper() + notes[1:], opened)
        yield from self._questions(plan.open_questions[1:], opened)
        yield from self._interpretations(plan.interpretations)
        yield from self._foot(plan)

    def _alerts(self, plan: Plan, severity: str, heading: str, opened: Set[str]) -> Iterator[Row]:
        at_the_foot = self._edition.names.alerts_about_edition
        alerts = [each for each in plan.alerts if each.severity == severity and each.id not in at_the_foot]
        if alerts:
            yield Row(Kind.HEADING, f"alerts:{severity}", heading)
        for alert in alerts:
            yield from self._alert(alert, opened)

    def _recommendation(self, recommendation: Recommendation, opened: Set[str]) -> Iterator[Row]:
        key = f"advice:{recommendation.action}:{recommendation.verdict}"
        sign, words = self._sign(recommendation)
        yield Row(
            Kind.ADVICE,
            key,
            self._phrases.action_sentence(recommendation.action, recommendation.verdict),
            tuple(self._state_lines(recommendation)),
            sign,
            words,
            opens=True,
            is_open=key in opened,
            asks=tuple(recommendation.depends_on),
        )
        if key in opened:
            yield from self._why_of(recommendation, key)

    def _state_lines(self, recommendation: Recommendation) -> Iterator[str]:
        """How far it is, in words: done, what it waits for, on what it depends."""
        if recommendation.progress in ("done", "waived"):
            yield self._capital(self._phrases.plan("progress", recommendation.progress))
        if recommendation.response_grade is not None:
            label = self._phrases.get("command_line", "plan_text", "response")
            yield f"{self._capital(label)}: {self._response_grade(recommendation.response_grade)}"
        if recommendation.waits_for:
            yield f"{self._phrases.heading('waits_for')}: {self._words.actions(recommendation.waits_for)}"
        yield from remarks(recommendation, self._edition.names, self._phrases)
        if recommendation.depends_on and not recommendation.stronger_possible:
            yield self._depends_on(recommendation.depends_on)

    def _response_grade(self, grade: str) -> str:
        undetermined = grade == UNDETERMINED
        return self._phrases.word(UNDETERMINED) if undetermined else self._phrases.plan("response_grade", grade)

    def _questions(self, questions: Sequence[OpenQuestion], opened: Set[str]) -> Iterator[Row]:
        if questions:
            yield Row(Kind.HEADING, "questions", self._phrases.heading("open_questions"))
        for question in questions:
            key = f"question:{question.field}"
            effects = f"{self._phrases.heading('would_change')}: {self.effects(question)}"
            yield Row(Kind.QUESTION, key, self.question(question), (effects,), Sign.GO_TO, path=question.field)

    def _interpretations(self, names: Sequence[str]) -> Iterator[Row]:
        if names:
            yield Row(Kind.HEADING, "interpretations", self._phrases.heading("interpretations"))
        for name in names:
            shown = self._edition.names.shown(name, self._phrases.language)
            yield Row(Kind.NOTICE, f"interpretation:{name}", shown, (name,))

    def _foot(self, plan: Plan) -> Iterator[Row]:
        yield Row(Kind.HEADING, "guideline", self._phrases.heading("guideline"))
        notices = ["draft_edition"] if plan.guideline.status == "draft" else []
        for name in (*notices, "own_words", "advice_only", "no_ce_mark"):
            yield Row(Kind.NOTICE, f"foot:{name}", self._phrases.notice(name))

    # --- why

    def _why_of(self, recommendation: Recommendation, key: str) -> Iterator[Row]:
        detail = self._phrases.action_detail(recommendation.action, recommendation.verdict)
        if detail:
            yield Row(Kind.WHY_LABEL, f"{key}/detail", self._phrases.heading("detail"))
            yield Row(Kind.WHY_TEXT, f"{key}/detail text", detail)
        yield from self._why(
            key,
            recommendation.reasons,
            recommendation.depends_on,
            recommendation.statements,
            recommendation.interpretations,
        )
        actor = f"{self._word('by_whom')}: {self._phrases.plan('actor', recommendation.actor)}"
        yield Row(Kind.WHY_TEXT, f"{key}/actor", actor)

    def _why(
        self,
        key: str,
        reasons: Sequence[Reason],
        depends_on: Sequence[str],
        statements: Sequence[str],
        interpretations: Sequence[str],
    ) -> Iterator[Row]:
        because = self._capital(self._phrases.word("because"))
        answers = [(reason.field, self._capital(self._words.reason(reason))) for reason in reasons]
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
            where: tuple[str, ...] = (self._capital(self._phrases.word("own_rule")), statement)
        else:
            where = (
                f"{self._capital(self._phrases.word('module'))} {entry.module}",
                entry.section[language],
                f"{self._phrases.word('page')} {entry.page}",
                f"{self._word('strength')}: {self._phrases.plan('strength', entry.strength)}",
                statement,
            )
        return Row(Kind.WHY_TEXT, f"{key}/{statement}", " ".join(entry.text[language].split()), (" · ".join(where),))

    # --- small helpers

    def _sign(self, recommendation: Recommendation, as_precaution: bool = False) -> tuple[Sign, str]:
        """The sign of a recommendation and its words, by what counts most."""
        if recommendation.certainty == "depends" and not as_precaution:
            return Sign.DEPENDS, self._phrases.plan("certainty", "depends")
        verdict = verdict_in_words(recommendation, self._phrases)
        if recommendation.progress == "done":
            return Sign.DONE, self._phrases.plan("progress", "done")
        if recommendation.progress == "waived":
            return Sign.INFORM, self._phrases.plan("progress", "waived")
        if recommendation.verdict in REFRAINING_VERDICTS:
            return Sign.AVOID, verdict
        if recommendation.verdict == "inform":
            return Sign.INFORM, verdict
        if recommendation.progress == "waiting":
            return Sign.WAITING, self._phrases.plan("progress", "waiting")
        return Sign.TO_DO, verdict

    def _depends_on(self, fields: Iterable[str]) -> str:
        return f"{self._phrases.heading('depends_on')}: {self._words.fields(fields)}"

    def _severity(self, severity: str) -> str:
        return self._phrases.plan("severity", severity)

    def _word(self, key: str) -> str:
        return self._phrases.get("window", "plan_view", key)

    @staticmethod
    def _capital(text: str) -> str:
        return f"{text[:1].upper()}{text[1:]}"


def _in_reading_order(recommendations: Iterable[Recommendation], phase: str) -> list[Recommendation]:
    """What is firm first, in clinical order; then what depends on open answers."""
    of_phase = [each for each in recommendations if each.phase == phase]
    return sorted(of_phase, key=lambda each: each.certainty == "depends")
