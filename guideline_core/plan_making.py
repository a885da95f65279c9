"""Makes one plan for one case from what its items leave open."""

from collections.abc import Sequence
from itertools import islice
from typing import Literal, cast

from guideline_core.case_findings import certainty_of
from guideline_core.diagram import TRUE
from guideline_core.finding import ONLY_TRUE
from guideline_core.keys import (
    ASKED_VERDICTS,
    REFERRAL_KEYS,
    REFRAINING_VERDICTS,
    UNDETERMINED,
    CountedCategory,
    Decision,
    Destination,
    Ground,
    Meanwhile,
    OtherGuideline,
    Scope,
    Severity,
    Undetermined,
    Urgency,
)
from guideline_core.open_questions import OpenQuestions
from guideline_core.pathway import pathway
from guideline_core.plan import Alert, LesionAsWeighed, OpenQuestion, Plan, Recommendation, ReferralDecision
from guideline_core.recommending import Recommending

SCOPE_GROUPS = ("complaints.", "lesion.", "biopsy.", "pathology.", "treatment.earlier_unplanned_surgery")

_GRAVEST_FIRST: tuple[Severity, ...] = ("stop", "caution", "note")
_FIRM: tuple[Meanwhile, ...] = ("yes", "once_suspected", "once_something_shows", "when_certain")
_OTHER_GUIDELINES: tuple[Literal["vertebral_metastases", "bone_metastases"], ...] = (
    "vertebral_metastases",
    "bone_metastases",
)


class PlanMaking(Recommending):
    """One plan in the making."""

    def plan(self) -> Plan:
        """The plan, with reasons and open questions if it must explain itself."""
        recommendations, alerts = self._recommendations(), self._alerts()
        referral, referral_interpretations = self._referral()
        sources: list[Recommendation | Alert] = [*recommendations, *alerts]
        interpretations = {name for source in sources for name in source.interpretations} | referral_interpretations
        statements = {name for source in sources for name in source.statements} | set(referral.statements)
        scope = self._scope()
        return Plan(
            guideline=self._tables.guideline,
            reference_date=self._day.isoformat(),
            scope=scope,
            other_guideline=self._other_guideline(scope),
            lesion=self._lesion(),
            referral=referral,
            meanwhile=self._meanwhile(recommendations, alerts) if scope != "other_guideline" else (),
            recommendations=recommendations,
            alerts=alerts,
            pathway=pathway(self._items, self._left, self._case, recommendations),
            open_questions=self._open_questions(recommendations) if self._explain else (),
            interpretations=tuple(sorted(interpretations)),
            statements=tuple(sorted(statements)),
        )

    # --- scope

    def _scope(self) -> Scope:
        leaves = self._leaves("scope", "in_scope")
        if TRUE not in leaves:
            return "other_guideline"
        if leaves != ONLY_TRUE:
            return UNDETERMINED
        stated = any(field.startswith(SCOPE_GROUPS) for field in self._answers.stated)
        return "in_scope" if stated else UNDETERMINED

    def _other_guideline(self, scope: Scope) -> OtherGuideline | None:
        if scope != "other_guideline":
            return None
        for which in _OTHER_GUIDELINES:
            if self._leaves("advice", f"refer.other_guideline_{which}", "inform") == ONLY_TRUE:
                return which
        return UNDETERMINED

    # --- lesion, referral and alerts

    def _lesion(self) -> LesionAsWeighed:
        """What the lesion counts as; its leaves stand in the order of weight."""
        finding, leaves = self._finding("counts_as"), self._items.by_name["counts_as",].root.leaves
        possible = tuple(cast(CountedCategory, leaves[leaf]) for leaf in sorted(finding.leaves))
        weighing = self._items.compiled.space.lesion
        rows = weighing.rows(weighing.graded.read(self._left.raw))
        return LesionAsWeighed(
            counts_as=possible[0] if finding.certain else UNDETERMINED,
            possible=possible,
            depends_on=finding.essential,
            reasons=self._reasons(("counts_as",)),
            tissue_taken=self._items.compiled.space.tissue_was_taken(self._left.raw),
            rows=tuple(row.id for row in rows),
            interpretations=tuple(dict.fromkeys(name for row in rows for name in row.interpretations)),
        )

    def _referral(self) -> tuple[ReferralDecision, set[str]]:
        names = [("referral", key) for key in REFERRAL_KEYS]
        values = {key: self._only_leaf("referral", key) for key in REFERRAL_KEYS}
        sources = self._sources(self._speaking_rules(("referral",)))
        decision = ReferralDecision(
            decision=cast("Decision | Undetermined", values["decision"]),
            destination=cast("Destination | Undetermined | None", values["destination"]),
            urgency=cast("Urgency | Undetermined | None", values["urgency"]),
            by_phone=cast("bool | Undetermined", values["by_phone"]),
            consult_expertise_centre_first=cast("bool | Undetermined", values["consult_expertise_centre_first"]),
            ground=cast("Ground | Undetermined | None", self._only_leaf("ground")),
            depends_on=self._essential(names),
            reasons=self._reasons(*names),
            rules=sources.rules,
            statements=sources.statements,
        )
        return decision, set(sources.interpretations)

    def _alerts(self) -> tuple[Alert, ...]:
        found = []
        for name, severity in self._items.alerts:
            leaves = self._leaves("alert", name, severity)
            at_once = severity == "stop" and name not in self._tables.only_when_definite
            if leaves == ONLY_TRUE or (TRUE in leaves and at_once):
                found.append(self._alert(name, severity))
        return tuple(sorted(found, key=lambda alert: _GRAVEST_FIRST.index(alert.severity)))

    def _alert(self, alert: str, severity: Severity) -> Alert:
        name = ("alert", alert, severity)
        finding, sources = self._finding(*name), self._sources(self._speaking_rules(name))
        return Alert(
            id=alert,
            severity=severity,
            certainty=certainty_of(finding),
            depends_on=finding.essential,
            reasons=self._reasons(name),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
        )

    # --- what to do meanwhile, and what to ask

    def _meanwhile(
        self, recommendations: Sequence[Recommendation], alerts: Sequence[Alert]
    ) -> tuple[Recommendation, ...]:
        """What to do until the open answers are known, by the heaviest case still possible; never empty in scope."""
        suspected = self._leaves("scope", "suspected") == ONLY_TRUE
        something_shows = suspected and self._items.compiled.space.something_shows(self._left.raw)
        possible = _FIRM[:3] if something_shows else _FIRM[:2] if suspected else _FIRM[:1]
        open_ones = self._strongest_open(recommendations)
        urged = self._urged(alerts)

        def marked(each: Recommendation, marks: Sequence[Meanwhile]) -> bool:
            return self._tables.actions[each.action].meanwhile in marks

        def is_at_once(each: Recommendation) -> bool:
            if each.verdict == "inform":  # it says something, and asks for nothing to be done
                return False
            if each.action in urged and each.certainty == "definite" and each.verdict in ASKED_VERDICTS:
                return True
            if marked(each, ("while_open",)):
                return each.certainty == "depends" and self._leaves("listed", each.action) == ONLY_TRUE
            if marked(each, ("when_refrained",)):
                return each.certainty == "definite" and each.verdict in REFRAINING_VERDICTS
            return marked(each, _FIRM if each.certainty == "definite" else possible)

        at_once = tuple(filter(is_at_once, open_ones))
        return (
            at_once
            or self._next_act_in_centre(open_ones)
            or tuple(r for r in open_ones if marked(r, ("otherwise",)))
            or open_ones[:1]
        )

    def _strongest_open(self, recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        """Of each action of which no verdict is done the strongest one; what is advised against in principle only
        where its mark asks for that."""
        closed = {each.action for each in recommendations if each.progress in ("done", "waived")}
        strongest: dict[str, Recommendation] = {}
        for each in recommendations:
            refrained = self._tables.actions[each.action].meanwhile == "when_refrained"
            if each.action not in closed and (refrained or each.verdict != "in_principle_not"):
                stronger = each.action not in strongest or each.verdict in ("do", "do_not")
                strongest[each.action] = each if stronger else strongest[each.action]
        return tuple(strongest.values())

    def _urged(self, alerts: Sequence[Alert]) -> frozenset[str]:
        """The actions that an alert which surely stands makes urgent."""
        sure = (alert.id for alert in alerts if alert.certainty == "definite")
        return frozenset(action for name in sure for action in self._tables.alerts[name].at_once)

    def _next_act_in_centre(self, open_ones: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        """What a centre that sees the patient itself does next: the first act that is asked and waits for nothing."""
        if self._only_leaf("ground") != "in_expertise_centre":
            return ()
        acts = (
            each
            for each in open_ones
            if (each.certainty, each.progress) == ("definite", "open")
            and each.verdict in ASKED_VERDICTS
            and self._tables.actions[each.action].kind == "what"
        )
        return tuple(islice(acts, 1))

    def _open_questions(self, recommendations: Sequence[Recommendation]) -> tuple[OpenQuestion, ...]:
        listed = {each.action for each in recommendations}
        return OpenQuestions(self._items, self._left, self._answers.stated, listed).in_order()
