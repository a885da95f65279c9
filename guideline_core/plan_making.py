"""Makes one plan for one case from what its items leave open."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from guideline_core.case import Case
from guideline_core.compiled import ItemName, Leaf
from guideline_core.diagram import TRUE
from guideline_core.finding import Finding
from guideline_core.items import Items
from guideline_core.keys import (
    POSITIVE_VERDICTS,
    REFERRAL_KEYS,
    UNDETERMINED,
    Certainty,
    CountedCategory,
    Decision,
    Destination,
    Ground,
    ListedCertainty,
    Meanwhile,
    OtherGuideline,
    Progress,
    ResponseGrade,
    Scope,
    Severity,
    Undetermined,
    Urgency,
    Verdict,
)
from guideline_core.open_questions import OpenQuestions
from guideline_core.plan import (
    Alert,
    LesionAsWeighed,
    OpenQuestion,
    Plan,
    Reason,
    Recommendation,
    ReferralDecision,
)

ONLY_TRUE = frozenset({TRUE})
SCOPE_GROUPS = ("complaints.", "lesion.", "biopsy.", "pathology.")
RESPONSE = "resection.record_response"
"""The action that carries the grade of the response."""

_GRAVEST_FIRST: tuple[Severity, ...] = ("stop", "caution", "note")
_FIRM: tuple[Meanwhile, ...] = ("yes", "once_suspected", "when_certain")
_OTHER_GUIDELINES: tuple[Literal["vertebral_metastases", "bone_metastases"], ...] = (
    "vertebral_metastases",
    "bone_metastases",
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where something comes from."""

    rules: tuple[str, ...]
    statements: tuple[str, ...]
    interpretations: tuple[str, ...]


class PlanMaking:
    """One plan in the making."""

    def __init__(self, items: Items, case: Case, day: datetime.date, explain: bool) -> None:
        self._items = items
        self._tables = items.compiled.tables
        self._day = day
        self._explain = explain
        self._answers, self._raw = items.answers_of(case, day)

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
            meanwhile=self._meanwhile(recommendations) if scope != "other_guideline" else (),
            recommendations=recommendations,
            alerts=alerts,
            open_questions=self._open_questions(recommendations) if self._explain else (),
            interpretations=tuple(sorted(interpretations)),
            statements=tuple(sorted(statements)),
        )

    def excluded(self) -> tuple[Recommendation, ...]:
        """What holds for no way in which the open answers can turn out, with the answers that exclude it."""
        return tuple(
            self._recommendation(action, verdict, "excluded", ())
            for action, verdict in self._items.advice
            if TRUE not in self._leaves("advice", action, verdict)
        )

    def _finding(self, *name: str) -> Finding:
        return self._items.by_name[name].finding(self._raw)

    def _leaves(self, *name: str) -> frozenset[int]:
        return self._items.by_name[name].leaves(self._raw)

    # --- scope

    def _scope(self) -> Scope:
        if self._leaves("scope", "in_scope") != ONLY_TRUE:
            return "other_guideline"
        stated = any(field.startswith(SCOPE_GROUPS) for field in self._answers.stated)
        return "in_scope" if stated else UNDETERMINED

    def _other_guideline(self, scope: Scope) -> OtherGuideline | None:
        if scope != "other_guideline":
            return None
        for which in _OTHER_GUIDELINES:
            if self._leaves("advice", f"refer.other_guideline_{which}", "inform") == ONLY_TRUE:
                return which
        return UNDETERMINED

    # --- recommendations

    def _recommendations(self) -> tuple[Recommendation, ...]:
        found = []
        for action, verdict in self._items.advice:
            if TRUE in self._leaves("advice", action, verdict):
                finding = self._finding("advice", action, verdict)
                found.append(self._recommendation(action, verdict, _certainty(finding), finding.essential))
        return tuple(found)

    def _recommendation(
        self, action: str, verdict: Verdict, certainty: Certainty, depends_on: tuple[str, ...]
    ) -> Recommendation:
        name = ("advice", action, verdict)
        facts, is_listed = self._tables.actions[action], certainty != "excluded"
        sources = self._sources(self._speaking_rules(name) if is_listed else self._tables.rules_of[name])
        waits_for = self._waits_for(action) if is_listed and verdict in POSITIVE_VERDICTS else ()
        return Recommendation(
            action=action,
            verdict=verdict,
            certainty=certainty,
            depends_on=depends_on,
            progress=self._progress(action, verdict, waits_for) if is_listed else "open",
            waits_for=waits_for,
            actor=facts.actor,
            phase=facts.phase,
            reasons=self._reasons(name),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
            response_grade=self._response_grade() if is_listed and action == RESPONSE else None,
        )

    def _waits_for(self, action: str) -> tuple[str, ...]:
        others = self._items.waits.get(action, ())
        waiting = {other for other in others if TRUE in self._leaves("waits", action, other)}
        return tuple(other for other in self._tables.actions if other in waiting) if waiting else ()

    def _progress(self, action: str, verdict: Verdict, waits_for: Sequence[str]) -> Progress:
        done = self._items.by_name.get(("done", action))
        if verdict in POSITIVE_VERDICTS and done is not None and done.leaves(self._raw) == ONLY_TRUE:
            return "done"
        return "waiting" if waits_for else "open"

    def _response_grade(self) -> ResponseGrade | Undetermined | None:
        return cast("ResponseGrade | Undetermined | None", self._only_leaf("response_grade"))

    def _only_leaf(self, *name: str) -> Leaf:
        """What an item says of this case; `undetermined` while the open answers decide it."""
        item = self._items.by_name[name]
        leaves = item.leaves(self._raw)
        return item.root.leaves[next(iter(leaves))] if len(leaves) == 1 else UNDETERMINED

    # --- where something comes from

    def _speaking_rules(self, name: ItemName) -> tuple[str, ...]:
        """The rules that surely fire; when none surely does, those that still can."""
        possible = [rule for rule in self._tables.rules_of[name] if TRUE in self._leaves("rule", rule)]
        certain = [rule for rule in possible if self._leaves("rule", rule) == ONLY_TRUE]
        return tuple(certain or possible)

    def _sources(self, rules: tuple[str, ...]) -> Sources:
        facts = [self._tables.rules[rule] for rule in rules]
        return Sources(
            rules,
            tuple(dict.fromkeys(name for fact in facts for name in fact.statements)),
            tuple(dict.fromkeys(name for fact in facts for name in fact.interpretations)),
        )

    def _reasons(self, *names: ItemName) -> tuple[Reason, ...]:
        if not self._explain:
            return ()
        keys = dict.fromkeys(key for name in names for key in self._items.by_name[name].reasons(self._raw))
        fields = dict.fromkeys(pair for key in keys for pair in self._answers.fields[key])
        return tuple(Reason(field, value) for field, value in fields)

    # --- lesion, referral and alerts

    def _lesion(self) -> LesionAsWeighed:
        """What the lesion counts as; its leaves stand in the order of weight."""
        finding, leaves = self._finding("counts_as"), self._items.by_name["counts_as",].root.leaves
        possible = tuple(cast(CountedCategory, leaves[leaf]) for leaf in sorted(finding.leaves))
        rows = self._items.compiled.space.lesion.rows(self._raw)
        return LesionAsWeighed(
            counts_as=possible[0] if finding.certain else UNDETERMINED,
            possible=possible,
            depends_on=finding.essential,
            reasons=self._reasons(("counts_as",)),
            tissue_taken=self._items.compiled.space.tissue_was_taken(self._raw),
            rows=tuple(row.id for row in rows),
            interpretations=tuple(dict.fromkeys(name for row in rows for name in row.interpretations)),
        )

    def _referral(self) -> tuple[ReferralDecision, set[str]]:
        names = [("referral", key) for key in REFERRAL_KEYS]
        depends_on = dict.fromkeys(field for name in names for field in self._finding(*name).essential)
        values = {key: self._only_leaf("referral", key) for key in REFERRAL_KEYS}
        sources = self._sources(self._speaking_rules(("referral",)))
        decision = ReferralDecision(
            decision=cast("Decision | Undetermined", values["decision"]),
            destination=cast("Destination | Undetermined | None", values["destination"]),
            urgency=cast("Urgency | Undetermined | None", values["urgency"]),
            by_phone=cast("bool | Undetermined", values["by_phone"]),
            consult_expertise_centre_first=cast("bool | Undetermined", values["consult_expertise_centre_first"]),
            ground=cast("Ground | Undetermined | None", self._only_leaf("ground")),
            depends_on=tuple(depends_on),
            reasons=self._reasons(*names),
            rules=sources.rules,
            statements=sources.statements,
        )
        return decision, set(sources.interpretations)

    def _alerts(self) -> tuple[Alert, ...]:
        found = []
        for name, severity in self._items.alerts:
            leaves = self._leaves("alert", name, severity)
            if leaves == ONLY_TRUE or (TRUE in leaves and severity == "stop"):
                found.append(self._alert(name, severity))
        return tuple(sorted(found, key=lambda alert: _GRAVEST_FIRST.index(alert.severity)))

    def _alert(self, alert: str, severity: Severity) -> Alert:
        name = ("alert", alert, severity)
        finding, sources = self._finding(*name), self._sources(self._speaking_rules(name))
        return Alert(
            id=alert,
            severity=severity,
            certainty=_certainty(finding),
            depends_on=finding.essential,
            reasons=self._reasons(name),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
        )

    # --- what to do meanwhile, and what to ask

    def _meanwhile(self, recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        """What to do until the open answers are known, by the heaviest case still possible; never empty in scope."""
        suspected = self._leaves("scope", "suspected") == ONLY_TRUE
        possible = _FIRM[:2] if suspected else _FIRM[:1]
        strongest: dict[str, Recommendation] = {}
        for each in recommendations:
            if each.progress != "done" and each.verdict != "in_principle_not":
                stronger = each.action not in strongest or each.verdict in ("do", "do_not")
                strongest[each.action] = each if stronger else strongest[each.action]
        open_ones = tuple(strongest.values())

        def marked(each: Recommendation, marks: Sequence[Meanwhile]) -> bool:
            return self._tables.actions[each.action].meanwhile in marks

        at_once = tuple(r for r in open_ones if marked(r, _FIRM if r.certainty == "definite" else possible))
        return at_once or tuple(r for r in open_ones if marked(r, ("otherwise",))) or open_ones[:1]

    def _open_questions(self, recommendations: Sequence[Recommendation]) -> tuple[OpenQuestion, ...]:
        listed = {each.action for each in recommendations}
        return OpenQuestions(self._items, self._raw, self._answers.stated, listed).in_order()


def _certainty(finding: Finding) -> ListedCertainty:
    return "definite" if finding.certain else "depends"
