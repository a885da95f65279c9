"""A plan as text for people, in Dutch or English, for a terminal or a text field of 80 to 100 columns.

First what must stop, then what to do until all is clear and the referral decision, the other warnings, the
recommendations by phase, the open questions, the positions taken on unclear passages, and at the end for which edition
the program speaks.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from desktop_app.library.phrases import Phrases
from desktop_app.plan.grounds import decision_text, headline, why_no_referral
from desktop_app.plan.words import UNBROKEN, Words, aside, remarks
from guideline_core.edition_names import EditionNames
from guideline_core.keys import REFRAINING_VERDICTS, UNDETERMINED
from guideline_core.plan import Alert, OpenQuestion, Plan, Recommendation, ReferralDecision

WIDTH = 88
EFFECTS_SHOWN = 4
"""How many effects of an open question are named before "and so many more"."""
QUESTIONS_EXPLAINED = 8
"""How many open questions, best first, are listed with what each can change."""

_BULLET = "•"


def plan_as_text(
    plan: Plan,
    names: EditionNames,
    phrases: Phrases,
    width: int = WIDTH,
    excluded: Sequence[Recommendation] | None = None,
) -> str:
    """Write out a plan. With what is `excluded` this is listed too, and nothing is
    shortened."""
    written = _PlanText(plan, Words(names, phrases, plan.reference_date), width, everything=excluded is not None)
    return "\n".join(written.lines(excluded or ())) + "\n"


class _PlanText:
    """One plan being written out."""

    def __init__(self, plan: Plan, words: Words, width: int, everything: bool) -> None:
        self.everything = everything
        self.plan = plan
        self.words = words
        self.phrases = words.phrases
        self.width = width

    def lines(self, excluded: Sequence[Recommendation]) -> Iterator[str]:
        """All lines, in the order in which they are read."""
        parts = (
            self._head(),
            self._alerts(("stop",), "stops"),
            self._meanwhile(),
            self._referral(self.plan.referral),
            self._alerts(("caution",), "alerts"),
            self._recommendations(),
            self._excluded(excluded),
            self._alerts(("note",), "notes"),
            self._questions(),
            self._interpretations(),
            self._foot(),
        )
        for part in parts:
            yield from part

    # --- small parts

    def _word(self, key: str) -> str:
        return self.phrases.get("command_line", "plan_text", key)

    def _wrapped(self, text: str, first: str, later: str | None = None) -> list[str]:
        """A paragraph; `first` starts its first line and `later` (or as many blanks) the others."""
        lines = textwrap.wrap(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=" " * len(first) if later is None else later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(UNBROKEN, " ") for line in lines]

    def _labelled(self, label: str, text: str, indent: str) -> list[str]:
        return self._wrapped(f"{label}: {text}", indent, f"{indent}  ") if text else []

    def _section(self, heading: str) -> list[str]:
        return ["", heading.upper(), ""]

    # --- parts

    def _head(self) -> Iterator[str]:
        language = self.phrases.language
        day = self.phrases.date(self.plan.reference_date)
        title = f"{self.phrases.heading('plan')} – {self.words.names.title(language)}"
        yield from self._wrapped(title, "")
        yield f"{self.phrases.word('reference_date').capitalize()}: {day}"
        if self.plan.scope == UNDETERMINED:
            yield ""
            yield from self._wrapped(self._word("scope_undetermined"), "")

    def _meanwhile(self) -> Iterator[str]:
        if not self.plan.meanwhile:
            return
        unsettled = self.plan.referral.depends_on or any(each.depends_on for each in self.plan.meanwhile)
        yield from self._section(self.phrases.heading("meanwhile") if unsettled else self._word("first_of_all"))
        all_unsure = all(each.certainty == "depends" for each in self.plan.meanwhile)
        if all_unsure:
            yield from self._wrapped(self._word("heaviest_case"), "  ")
        for recommendation in _strongest(sorted(self.plan.meanwhile, key=_is_unsure)):
            text = self.phrases.action_sentence(recommendation.action, recommendation.verdict)
            if recommendation.certainty == "depends" and not all_unsure:
                text = f"{text} ({self._word('as_a_precaution')})"
            elif said := aside(recommendation, self.phrases):
                text = f"{text} ({said})"
            yield from self._wrapped(text, f"  {_BULLET} ")

    def _referral(self, referral: ReferralDecision) -> Iterator[str]:
        yield from self._section(self.phrases.heading("referral"))
        said = [headline(self.plan, self.phrases)]
        if referral.destination is not None:
            said.append(self.phrases.plan("destination", referral.destination))
        if referral.urgency is not None:
            said.append(self.phrases.plan("urgency", referral.urgency))
        if {*said[1:]} and referral.decision == UNDETERMINED == referral.destination == referral.urgency:
            said = said[:1]
        yield from self._wrapped(" · ".join(said), "  ")
        for sentence in self._referral_sentences(referral):
            yield from self._wrapped(sentence, "  ")
        yield from self._grounds(referral, "  ")

    def _referral_sentences(self, referral: ReferralDecision) -> Iterator[str]:
        yield decision_text(referral.decision, referral, self.phrases)
        because = why_no_referral(referral, self.phrases)
        if because is not None:
            yield because
        for key in ("by_phone", "consult_expertise_centre_first"):
            value = getattr(referral, key)
            if value is True or (value == UNDETERMINED != referral.decision):
                sentence = self.phrases.plan(key, "true" if value is True else value)
                yield f"{sentence[:1].upper()}{sentence[1:]}."

    def _grounds(self, of: ReferralDecision | Alert | Recommendation, indent: str) -> list[str]:
        """Why: the answers, what it still depends on, who does it, and where it stands in the guideline."""
        parts = []
        is_at_least = isinstance(of, Recommendation) and bool(of.stronger_possible)
        if of.reasons and (is_at_least or not of.depends_on):
            parts.append(f"{self._word('because')} {self.words.reasons(of.reasons)}")
        if of.depends_on and not is_at_least:
            parts.append(f"{self.phrases.heading('depends_on')} {self.words.fields(of.depends_on)}")
        if isinstance(of, Recommendation):
            parts.append(self.phrases.plan("actor", of.actor))
        if of.statements:
            parts.append(self.words.sources(of.statements))
        return self._wrapped(" · ".join(parts), indent, f"{indent}  ")

    def _alerts(self, severities: Sequence[str], heading: str) -> Iterator[str]:
        at_the_foot = self.words.names.alerts_about_edition
        alerts = [each for each in self.plan.alerts if each.severity in severities and each.id not in at_the_foot]
        if not alerts:
            return
        yield from self._section(self._word(heading))
        for number, alert in enumerate(alerts):
            if number:
                yield ""
            yield from self._alert(alert)

    def _alert(self, alert: Alert) -> Iterator[str]:
        severity = self.phrases.plan("severity", alert.severity)
        title = self.phrases.alert_title(alert.id)
        mark = severity.upper() if alert.severity == "stop" else severity
        unsure = f" ({self._word('perhaps')})" if alert.certainty == "depends" else ""
        yield from self._wrapped(title if alert.severity == "note" else f"{mark} – {title}{unsure}", "  ")
        yield from self._wrapped(self.phrases.alert_text(alert.id), "    ")
        yield from self._grounds(alert, "    ")

    def _recommendations(self) -> Iterator[str]:
        if not self.plan.recommendations:
            return
        yield from self._section(self.phrases.heading("recommendations"))
        yield from self._legend()
        phases = dict.fromkeys(recommendation.phase for recommendation in self.plan.recommendations)
        for phase in phases:
            yield ""
            yield f"  {self.phrases.plan('phase', phase)}"
            of_phase = [each for each in self.plan.recommendations if each.phase == phase]
            for recommendation in of_phase:
                if not _is_unsure(recommendation):
                    yield from self._recommendation(recommendation)
            unsure = [each for each in of_phase if _is_unsure(each)]
            for action in dict.fromkeys(each.action for each in unsure):
                yield from self._perhaps([each for each in unsure if each.action == action])

    def _legend(self) -> list[str]:
        """What the marks mean."""
        entries = self.phrases.table("command_line", "plan_text", "legend")
        said = (f"{_MARKS[name]} {words}".replace(" ", UNBROKEN) for name, words in entries.items())
        return self._wrapped("   ".join(said), "  ")

    def _perhaps(self, recommendations: Sequence[Recommendation]) -> list[str]:
        """What may still be said of one action: named, not told, so that nobody takes it for advice."""
        verdicts = (self.phrases.plan("verdict", each.verdict) for each in recommendations)
        fields = dict.fromkeys(field for each in recommendations for field in each.depends_on)
        statements = dict.fromkeys(name for each in recommendations for name in each.statements)
        said = f"{self._name_of(recommendations[0])} ({self._either(verdicts)})"
        depends_on = f"{self.phrases.word('depends_on')} {self.words.fields(fields)}"
        text = f"{said}: {depends_on} · {self.words.sources(statements)}"
        return self._wrapped(text, f"    {_mark(recommendations[0])} ")

    def _either(self, words: Iterable[str]) -> str:
        return f" {self.phrases.word('or')} ".join(words)

    def _name_of(self, recommendation: Recommendation) -> str:
        name = self.phrases.action_name(recommendation.action)
        return f"{name[:1].upper()}{name[1:]}"

    def _recommendation(self, recommendation: Recommendation) -> Iterator[str]:
        indent = " " * 8
        if recommendation.progress == "done":
            said = aside(recommendation, self.phrases)
            done = f"{self._name_of(recommendation)}{self._response_grade(recommendation)}"
            done = f"{done} ({said})" if said else done
            done = f"{done} · {self.words.sources(recommendation.statements)}"
            yield from self._wrapped(done, f"    {_mark(recommendation)} ")
            return
        sentence = self.phrases.action_sentence(recommendation.action, recommendation.verdict)
        yield from self._wrapped(sentence, f"    {_mark(recommendation)} ")
        detail = self.phrases.action_detail(recommendation.action, recommendation.verdict)
        yield from self._wrapped(detail, indent) if detail else ()
        for remark in remarks(recommendation, self.words.names, self.phrases):
            yield from self._wrapped(remark, indent)
        waits_for = self.words.actions(recommendation.waits_for)
        yield from self._labelled(self.phrases.heading("waits_for"), waits_for, indent)
        yield from self._grounds(recommendation, indent)

    def _response_grade(self, recommendation: Recommendation) -> str:
        grade = recommendation.response_grade
        if grade is None:
            return ""
        words = self.phrases.word(grade) if grade == UNDETERMINED else self.phrases.plan("response_grade", grade)
        return f": {words}"

    def _excluded(self, excluded: Sequence[Recommendation]) -> Iterator[str]:
        if not excluded:
            return
        yield from self._section(self.phrases.heading("excluded"))
        for each in excluded:
            name, said = self.phrases.action_name(each.action), self.phrases.plan("verdict", each.verdict)
            yield from self._wrapped(f"{name} ({said})", f"  {_BULLET} ")

    def _questions(self) -> Iterator[str]:
        yield from self._section(self.phrases.heading("open_questions"))
        if not self.plan.open_questions:
            yield from self._wrapped(self.phrases.notice("no_open_questions"), "  ")
        for number, question in enumerate(self.plan.open_questions, 1):
            yield from self._wrapped(self.phrases.question(question.field), f"  {number:>2}. ")
            if number <= QUESTIONS_EXPLAINED or self.everything:
                yield from self._labelled(self.phrases.heading("would_change"), self._effects(question), " " * 6)

    def _effects(self, question: OpenQuestion) -> str:
        effects = list(dict.fromkeys(self.words.effect(key) for key in question.would_change))
        more = len(effects) - EFFECTS_SHOWN
        if more <= 1 or self.everything:
            return ", ".join(effects)
        return f"{', '.join(effects[:EFFECTS_SHOWN])} {self._word('and_more').format(number=more)}"

    def _interpretations(self) -> Iterator[str]:
        """The positions on which what is firm rests, in full; the others by id."""
        if not self.plan.interpretations:
            return
        yield from self._section(self.phrases.heading("interpretations"))
        rest = []
        for name in self.plan.interpretations:
            if self.everything or (self.words.names.weight(name) == "high" and name not in self._only_perhaps()):
                yield from self._wrapped(self.words.names.shown(name, self.phrases.language), f"  {name:<7} ")
            else:
                rest.append(name)
        if rest:
            yield from self._wrapped(self._word("other_interpretations").format(names=", ".join(rest)), "  ")

    def _only_perhaps(self) -> frozenset[str]:
        """The interpretations that come with nothing firm."""
        sources: list[Recommendation | Alert] = [*self.plan.recommendations, *self.plan.alerts]
        firm = {name for each in sources if each.certainty == "definite" for name in each.interpretations}
        return frozenset(name for each in sources for name in each.interpretations if name not in firm)

    def _foot(self) -> Iterator[str]:
        guideline = self.plan.guideline
        yield from self._section(self.phrases.heading("guideline"))
        edition = f"{self.words.names.title(self.phrases.language)} ({guideline.id}, {guideline.sha256[:12]})"
        notices = ["advice_only", "no_ce_mark"]
        if guideline.status == "draft":
            notices.insert(0, "draft_edition")
        yield from self._wrapped(edition, "  ")
        for notice in notices:
            yield from self._wrapped(self.phrases.notice(notice), "  ")
        yield from self._wrapped(self._review(), "  ")

    def _review(self) -> str:
        """Who reviewed the rules: until somebody did, that nobody did."""
        reviewers = self.words.names.reviewers
        if reviewers == (None,):
            return self.phrases.notice("not_reviewed")
        names = ", ".join(name for name in reviewers if name)
        partly = f"; {self._word('partly_reviewed')}" if None in reviewers else ""
        return f"{self.phrases.word('reviewed_by').capitalize()} {names}{partly}."


_MARKS = {
    "to_do": "[ ]",
    "waits": "[…]",
    "done": "[x]",
    "waived": "[~]",
    "do_not": "[–]",
    "information": "[i]",
    "perhaps": "[?]",
}
"""What stands before a recommendation, by what the legend says of it."""


def _is_unsure(recommendation: Recommendation) -> bool:
    return recommendation.certainty == "depends"


def _strongest(recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """Of each action once, with the strongest verdict among those that are possible."""
    order = ("do_not", "in_principle_not", "do", "prefer", "consider", "inform")
    found: dict[str, Recommendation] = {}
    for each in recommendations:
        known = found.get(each.action)
        if known is None or order.index(each.verdict) < order.index(known.verdict):
            found[each.action] = each
    return list(found.values())


def _mark(recommendation: Recommendation) -> str:
    if _is_unsure(recommendation):
        return _MARKS["perhaps"]
    if recommendation.progress == "done":
        return _MARKS["done"]
    if recommendation.progress == "waived":
        return _MARKS["waived"]
    if recommendation.verdict in REFRAINING_VERDICTS:
        return _MARKS["do_not"]
    if recommendation.verdict == "inform":
        return _MARKS["information"]
    return _MARKS["waits"] if recommendation.progress == "waiting" else _MARKS["to_do"]
