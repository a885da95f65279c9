"""The plan as rows of words, ready to be drawn: what stands on top, and what follows. No Qt.

    head ... that the plan is not of today; the decision on referral; meanwhile, as long as something of it is open;
             every alert that says stop
    body ... cautions; recommendations by phase; notes; further open questions; positions taken; the edition

A row that opens shows *why* below it (`why`).
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from desktop_app.library.day import OtherDay
from desktop_app.library.phrases import Phrases
from desktop_app.plan.changes import is_referral_open
from desktop_app.plan.grounds import headline, why_no_referral
from desktop_app.plan.view.row import Kind, PlanRows, Row
from desktop_app.plan.view.sign import DECISION_SIGNS, Sign
from desktop_app.plan.view.why import EditionWords, WhyRows, capital
from desktop_app.plan.words import Words, aside, remarks, verdict_in_words
from guideline_core.keys import REFRAINING_VERDICTS, UNDETERMINED
from guideline_core.plan import Alert, OpenQuestion, Plan, Recommendation, ReferralDecision

EFFECTS_SHOWN = 6
"""How many effects of an open question are named before "and so many more"."""


class RowMaker:
    """Turns plans into rows, in one language and under one edition."""

    def __init__(self, edition: EditionWords, phrases: Phrases) -> None:
        self._edition = edition
        self._phrases = phrases

    def rows(
        self,
        plan: Plan,
        opened: Set[str] = frozenset(),
        notices: Sequence[str] = (),
        day: OtherDay | None = None,
    ) -> PlanRows:
        """All rows; `opened` holds the keys of rows that show why, `notices` the keys of sentences of the hour, `day`
        what is to be said of a plan that is not of today."""
        self._words = Words(self._edition.names, self._phrases, plan.reference_date)
        self._why = WhyRows(self._edition, self._phrases, self._words)
        head = (*self._day(day), *self._head(plan, opened, notices))
        return PlanRows(head, tuple(self._body(plan, opened)))

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

    def _day(self, day: OtherDay | None) -> Iterator[Row]:
        if day is not None:
            words = self._severity("caution")
            yield Row(Kind.ALERT, "day", day.title, (day.text,), sign=Sign.CAUTION, sign_words=words)

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
            self._decision_title(plan),
            (*extra, *self._decision_lines(referral)),
            Sign.URGENT if referral.urgency == "urgent" else DECISION_SIGNS.get(referral.decision, Sign.REFERRAL),
            self._phrases.heading("referral"),
            opens=True,
            is_open=key in opened,
            asks=tuple(referral.depends_on),
        )
        if key in opened:
            yield from self._why.rows(key, referral.reasons, referral.depends_on, referral.statements, ())

    def _decision_title(self, plan: Plan) -> str:
        referral, decision = plan.referral, headline(plan, self._phrases)
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
            yield from self._why.of_advice(recommendation, key)

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
            yield from self._why.rows(key, alert.reasons, alert.depends_on, alert.statements, alert.interpretations)

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
            yield from self._why.of_advice(recommendation, key)

    def _state_lines(self, recommendation: Recommendation) -> Iterator[str]:
        """How far it is, in words: done, what it waits for, on what it depends."""
        if recommendation.progress in ("done", "waived"):
            yield capital(self._phrases.plan("progress", recommendation.progress))
        if recommendation.response_grade is not None:
            label = self._phrases.get("command_line", "plan_text", "response")
            yield f"{capital(label)}: {self._response_grade(recommendation.response_grade)}"
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


def _in_reading_order(recommendations: Iterable[Recommendation], phase: str) -> list[Recommendation]:
    """What is firm first, in clinical order; then what depends on open answers."""
    of_phase = [each for each in recommendations if each.phase == phase]
    return sorted(of_phase, key=lambda each: each.certainty == "depends")
