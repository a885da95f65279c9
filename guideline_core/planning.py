"""Makes plans: the door of the core.

    planner = Planner(compiled_edition, tables)      # once per edition
    plan = planner.make_plan(case, reference_date)   # a pure function of edition, case and date

Every recommendation, alert and referral key is decided by itself over all coherent ways in which the open answers can
turn out (`finding`); nothing here guesses.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guideline_core.answers import CaseAnswers, all_raw_keys, collect
from guideline_core.case import Case
from guideline_core.compiler import UNDETERMINED, CompiledEdition
from guideline_core.diagram import TRUE
from guideline_core.edition import POSITIVE_VERDICTS, REFERRAL_KEYS
from guideline_core.fields import FieldClass
from guideline_core.finding import Finding, Item
from guideline_core.plan import Alert, Guideline, OpenQuestion, Plan, Reason, Recommendation, ReferralDecision
from guideline_core.space import LESION_KEYS, NATURE, Subject, answered_subject

ONLY_TRUE = frozenset({TRUE})
SCOPE_GROUPS = ("complaints.", "lesion.", "biopsy.", "pathology.")
WEIGHTS = {"referral": 8, "biopsy": 4, "refer": 4, "stop": 4}
"""How much hangs on a thing when questions are put in order: referral and biopsy safety before the rest."""

_SAID_OF_THE_LESION = frozenset(LESION_KEYS)
CHANGING = 0.25
"""What an answer that merely changes what holds while it is not given counts, beside one that settles what is open."""


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What a plan needs to know of an action."""

    phase: str
    actor: str
    meanwhile: str | None


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a plan needs to know of a rule."""

    statements: tuple[str, ...]
    interpretations: tuple[str, ...]


@dataclass(frozen=True)
class PlanningTables:
    """The tables beside the diagrams: actions in clinical order, rules by what they say, questions in page order."""

    guideline: Guideline
    actions: Mapping[str, ActionFacts]
    rules: Mapping[str, RuleFacts]
    rules_of: Mapping[tuple[str, ...], tuple[str, ...]]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where something comes from."""

    rules: tuple[str, ...]
    statements: tuple[str, ...]
    interpretations: tuple[str, ...]


class Planner:
    """Plans under one edition. It remembers findings between calls; that changes speed, never a plan."""

    def __init__(self, compiled: CompiledEdition, tables: PlanningTables) -> None:
        self._compiled = compiled
        self._tables = tables
        self._no_answers: dict[str, Any] = dict.fromkeys(all_raw_keys(compiled.space))
        self._items: dict[tuple[str, ...], Item] = {
            (root.kind, *root.name): Item(compiled, root) for root in compiled.roots
        }
        self._verdicts = self._names("advice")
        self._verdicts.sort(key=lambda name: list(tables.actions).index(name[0]))
        self._waits: dict[str, list[str]] = {}
        for action, other in self._names("waits"):
            self._waits.setdefault(action, []).append(other)
        self._alert_names = self._names("alert")
        self._event_questions = _event_questions(compiled, tables.questions)
        self._touched_by = self._index_by_key()

    def make_plan(self, case: Case, reference_date: datetime.date) -> Plan:
        """The whole plan: with reasons, and with open questions and what each would change."""
        return _Planning(self, case, reference_date, explain=True).plan()

    def make_bare_plan(self, case: Case, reference_date: datetime.date) -> Plan:
        """The plan without reasons and open questions, for the first moment after an answer."""
        return _Planning(self, case, reference_date, explain=False).plan()

    def answers_of(self, case: Case, reference_date: datetime.date) -> tuple[CaseAnswers, dict[str, Any]]:
        """The answers of a case, and the same in the form in which items take them: every raw key, and `nature`."""
        compiled = self._compiled
        answers = collect(case, compiled.catalogue, compiled.thresholds, reference_date)
        raw: dict[str, Any] = {**self._no_answers, **answers.raw}
        raw[NATURE] = compiled.space.nature_left(raw)
        return answers, raw

    def item(self, *name: str) -> Item:
        """The item with this kind and name, such as ("advice", "biopsy.perform", "do")."""
        return self._items[name]

    def _names(self, kind: str) -> list[tuple[str, ...]]:
        return [name[1:] for name in self._items if name[0] == kind]

    def _index_by_key(self) -> dict[str, list[tuple[str, ...]]]:
        """For each raw key the items on which it bears, questions and rules aside."""
        index: dict[str, list[tuple[str, ...]]] = {}
        for name, item in self._items.items():
            if name[0] not in ("rule", "question", "scope"):
                for key in item.keys:
                    index.setdefault(key, []).append(name)
        return index


def _event_questions(compiled: CompiledEdition, questions: Iterable[str]) -> dict[str, tuple[dict[str, str], ...]]:
    """For each question on an event, exception or default: the raw answers that can be given to it."""
    found: dict[str, tuple[dict[str, str], ...]] = {
        "resection.size_mm": (
            {answered_subject("resection.size_mm"): "yes"},
            {answered_subject("resection.size_mm"): "yes", "resection_size_in_three_dimensions": "yes"},
        ),
        "resection.viable_tumour_percent": tuple({"response": grade} for grade in ("good", "at_threshold", "poor")),
        "resection.margin": ({answered_subject("resection.margin"): "yes"},),
    }
    for field in questions:
        subject: Subject | None = compiled.space.subjects.get(field)
        if field in found:
            continue
        if subject is not None and subject.field_class is not FieldClass.FACT:
            values = [value for value in subject.values if value not in ("unanswered", "not_considered")]
            found[field] = tuple({field: value} for value in values)
        if answered_subject(field) in compiled.space.subjects:
            given = {answered_subject(field): "yes"}
            found[field] = tuple({**given, **answer} for answer in found.get(field, ({},)))
    return found


class _Planning:
    """One plan in the making."""

    def __init__(self, planner: Planner, case: Case, reference_date: datetime.date, explain: bool) -> None:
        self.planner = planner
        self.tables = planner._tables
        self.day = reference_date
        self.explain = explain
        self.space = planner._compiled.space
        self.answers, self.raw = planner.answers_of(case, reference_date)
        self.listed: dict[str, list[Recommendation]] = {}

    def plan(self) -> Plan:
        recommendations = self._recommendations()
        for recommendation in recommendations:
            self.listed.setdefault(recommendation.action, []).append(recommendation)
        alerts = self._alerts()
        referral, referral_interpretations = self._referral()
        sources: list[Recommendation | Alert] = [*recommendations, *alerts]
        interpretations = {name for source in sources for name in source.interpretations} | referral_interpretations
        statements = {name for source in sources for name in source.statements} | set(referral.statements)
        scope = self._scope()
        return Plan(
            guideline=self.tables.guideline,
            reference_date=self.day.isoformat(),
            scope=scope,
            other_guideline=self._other_guideline(scope),
            referral=referral,
            meanwhile=self._meanwhile(recommendations) if scope != "other_guideline" else (),
            recommendations=recommendations,
            alerts=alerts,
            open_questions=self._open_questions() if self.explain else (),
            interpretations=tuple(sorted(interpretations)),
            statements=tuple(sorted(statements)),
        )

    def _finding(self, *name: str) -> Finding:
        return self.planner._items[name].finding(self.raw)

    def _leaves(self, *name: str) -> frozenset[int]:
        return self.planner._items[name].leaves(self.raw)

    def _scope(self) -> str:
        if self._leaves("scope", "in_scope") != ONLY_TRUE:
            return "other_guideline"
        stated = any(field.startswith(SCOPE_GROUPS) for field in self.answers.stated)
        return "in_scope" if stated else UNDETERMINED

    def _other_guideline(self, scope: str) -> str | None:
        if scope != "other_guideline":
            return None
        which = {
            kind: self._finding("advice", f"refer.other_guideline_{kind}", "inform")
            for kind in ("vertebral_metastases", "bone_metastases")
        }
        return next((kind for kind, finding in which.items() if finding.leaves == ONLY_TRUE), UNDETERMINED)

    def _recommendations(self) -> tuple[Recommendation, ...]:
        found = []
        for action, verdict in self.planner._verdicts:
            if TRUE in self._leaves("advice", action, verdict):
                finding = self._finding("advice", action, verdict)
                found.append(self._recommendation(action, verdict, finding))
        return tuple(found)

    def _recommendation(self, action: str, verdict: str, finding: Finding) -> Recommendation:
        facts = self.tables.actions[action]
        waits_for = self._waits_for(action) if verdict in POSITIVE_VERDICTS else ()
        sources = self._sources("advice", action, verdict)
        return Recommendation(
            action=action,
            verdict=verdict,
            certainty="definite" if finding.certain else "depends",
            depends_on=finding.essential,
            progress=self._progress(action, verdict, waits_for),
            waits_for=waits_for,
            actor=facts.actor,
            phase=facts.phase,
            reasons=self._reasons(("advice", action, verdict)),
            rules=sources.rules,
            statements=sources.statements,
            interpretations=sources.interpretations,
            response_grade=self._response_grade() if action == "resection.record_response" else None,
        )

    def _waits_for(self, action: str) -> tuple[str, ...]:
        others = self.planner._waits.get(action, ())
        waiting = {other for other in others if TRUE in self._leaves("waits", action, other)}
        return tuple(other for other in self.tables.actions if other in waiting) if waiting else ()

    def _progress(self, action: str, verdict: str, waits_for: Sequence[str]) -> str:
        done = self.planner._items.get(("done", action))
        if verdict in POSITIVE_VERDICTS and done is not None and done.leaves(self.raw) == ONLY_TRUE:
            return "done"
        return "waiting" if waits_for else "open"

    def _response_grade(self) -> str | None:
        item = self.planner._items[("response_grade",)]
        leaves = item.leaves(self.raw)
        return item.root.leaves[next(iter(leaves))] if len(leaves) == 1 else UNDETERMINED

    def _sources(self, *name: str) -> Sources:
        """The rules that surely fire; when none surely does, those that still can."""
        possible, certain = [], []
        for rule in self.tables.rules_of[name]:
            leaves = self._leaves("rule", rule)
            if TRUE in leaves:
                possible.append(rule)
                if leaves == ONLY_TRUE:
                    certain.append(rule)
        rules = tuple(certain or possible)
        facts = [self.tables.rules[rule] for rule in rules]
        return Sources(
            rules,
            tuple(dict.fromkeys(name for fact in facts for name in fact.statements)),
            tuple(dict.fromkeys(name for fact in facts for name in fact.interpretations)),
        )

    def _reasons(self, *names: tuple[str, ...]) -> tuple[Reason, ...]:
        if not self.explain:
            return ()
        keys = dict.fromkeys(key for name in names for key in self.planner._items[name].reasons(self.raw))
        fields = dict.fromkeys(pair for key in keys for pair in self.answers.fields[key])
        return tuple(Reason(field, value) for field, value in fields)

    def _referral(self) -> tuple[ReferralDecision, set[str]]:
        values: dict[str, Any] = {}
        depends_on: dict[str, None] = {}
        for key in REFERRAL_KEYS:
            item = self.planner._items[("referral", key)]
            finding = item.finding(self.raw)
            values[key] = item.root.leaves[next(iter(finding.leaves))] if finding.certain else UNDETERMINED
            depends_on |= dict.fromkeys(finding.essential)
        sources = self._sources("referral")
        decision = ReferralDecision(
            **values,
            depends_on=tuple(depends_on),
            reasons=self._reasons(*(("referral", key) for key in REFERRAL_KEYS)),
            rules=sources.rules,
            statements=sources.statements,
        )
        return decision, set(sources.interpretations)

    def _alerts(self) -> tuple[Alert, ...]:
        found = []
        for name, severity in self.planner._alert_names:
            leaves = self._leaves("alert", name, severity)
            if leaves == ONLY_TRUE or (TRUE in leaves and severity == "stop"):
                finding = self._finding("alert", name, severity)
                sources = self._sources("alert", name, severity)
                found.append(
                    Alert(
                        id=name,
                        severity=severity,
                        certainty="definite" if finding.certain else "depends",
                        depends_on=finding.essential,
                        reasons=self._reasons(("alert", name, severity)),
                        rules=sources.rules,
                        statements=sources.statements,
                        interpretations=sources.interpretations,
                    )
                )
        return tuple(sorted(found, key=lambda alert: ("stop", "caution", "note").index(alert.severity)))

    def _meanwhile(self, recommendations: Sequence[Recommendation]) -> tuple[Recommendation, ...]:
        """What to do until the open answers are known, by the heaviest case still possible; never empty in scope."""
        suspected = self._leaves("scope", "suspected") == ONLY_TRUE
        firm = ("yes", "once_suspected", "when_certain")
        possible = firm[:2] if suspected else firm[:1]
        strongest: dict[str, Recommendation] = {}
        for r in recommendations:
            if r.progress != "done" and r.verdict != "in_principle_not":
                stronger = r.action not in strongest or r.verdict in ("do", "do_not")
                strongest[r.action] = r if stronger else strongest[r.action]
        open_ones = tuple(strongest.values())

        def marked(r: Recommendation, marks: Sequence[str]) -> bool:
            return self.tables.actions[r.action].meanwhile in marks

        at_once = tuple(r for r in open_ones if marked(r, firm if r.certainty == "definite" else possible))
        return at_once or tuple(r for r in open_ones if marked(r, ("otherwise",))) or open_ones[:1]

    def _open_questions(self) -> tuple[OpenQuestion, ...]:
        changes: dict[str, dict[str, None]] = {}
        settles: dict[str, float] = {}
        weight: dict[str, float] = {}

        def count(field: str, name: tuple[str, ...], share: float, worth: float = 1) -> None:
            changes.setdefault(field, {})[_effect(name)] = None
            settles[field] = settles.get(field, 0) + share
            weight[field] = weight.get(field, 0) + share * worth * _weight(name)

        for name, item in self._open_items():
            for field, share in item.settling(self.raw).items():
                count(field, name, share)
        self._count_events(count)
        asked = [
            field for field in self.tables.questions if field in changes and TRUE in self._leaves("question", field)
        ]
        asked.sort(key=lambda field: -weight[field])
        return tuple(OpenQuestion(field, tuple(changes[field]), round(settles[field], 2)) for field in asked)

    def _open_items(self) -> Iterable[tuple[tuple[str, ...], Item]]:
        """The parts of the plan that are not settled."""
        for name, item in self.planner._items.items():
            if self._belongs_to_plan(name) and len(item.leaves(self.raw)) > 1:
                yield name, item

    def _belongs_to_plan(self, name: tuple[str, ...]) -> bool:
        match name:
            case ("advice", _, _) | ("referral", _) | ("alert", _, _):
                return True
            case ("waits", action, _) | ("done", action):
                return action in self.listed
            case ("response_grade",):
                return "resection.record_response" in self.listed
        return False

    def _count_events(self, count: Any) -> None:
        """Count what the answer to an open event, exception or default would change in the plan."""
        for field, answers in self.planner._event_questions.items():
            if field in self.answers.stated or TRUE not in self._leaves("question", field):
                continue
            touched = dict.fromkeys(
                name for answer in answers for key in answer for name in self.planner._touched_by.get(key, ())
            )
            after = [self._with(answer) for answer in answers]
            for name in touched:
                if self._belongs_to_plan(name):
                    item = self.planner._items[name]
                    before = item.leaves(self.raw)
                    changed = sum(before != item.leaves(raw) for raw in after)
                    if changed:
                        count(field, name, changed / len(answers), CHANGING)

    def _with(self, answer: Mapping[str, str]) -> dict[str, Any]:
        """The answers with one more."""
        raw = {**self.raw, **answer}
        if not _SAID_OF_THE_LESION.isdisjoint(answer):
            raw[NATURE] = None
            raw[NATURE] = self.space.nature_left(raw)
        return raw


def _effect(name: tuple[str, ...]) -> str:
    """The key of what can change: a key of the referral decision, an action, or an alert."""
    match name:
        case ("referral", key):
            return f"referral.{key}"
        case ("alert", alert, _):
            return f"alert.{alert}"
        case ("response_grade",):
            return "response_grade"
        case (_, action, *_):
            return action
    return ""


def _weight(name: tuple[str, ...]) -> float:
    if name[0] == "referral":
        return WEIGHTS["referral"]
    if name[0] == "alert":
        return WEIGHTS["stop"] if name[2] == "stop" else 1
    return WEIGHTS.get(name[1].partition(".")[0], 1) if len(name) > 1 else 1
