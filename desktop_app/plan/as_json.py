"""A plan as the JSON of the contract: keys and ids for programs, and beside them the words for people."""

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.library.phrases import Phrases
from guideline_core.plan import Alert, OpenQuestion, Plan, Reason, Recommendation, ReferralDecision

if TYPE_CHECKING:
    from desktop_app.library.editions import OpenedEdition
    from guideline_core.case import Case

Data = dict[str, Any]
WITH_RESPONSE = "resection.record_response"


def plan_as_data(plan: Plan, title: str, phrases: Phrases, excluded: Sequence[Recommendation] = ()) -> Data:
    """The plan as JSON-able data; `title` is that of the edition, `excluded` what --all adds to the recommendations."""
    guideline = plan.guideline
    return {
        "guideline": {
            "id": guideline.id,
            "title": title,
            "status": guideline.status,
            "version": guideline.version,
            "sha256": guideline.sha256,
        },
        "reference_date": plan.reference_date,
        "scope": plan.scope,
        "other_guideline": plan.other_guideline,
        "referral": _referral(plan.referral, phrases),
        "meanwhile": [_recommendation(each, phrases) for each in plan.meanwhile],
        "recommendations": [_recommendation(each, phrases) for each in (*plan.recommendations, *excluded)],
        "alerts": [_alert(each, phrases) for each in plan.alerts],
        "open_questions": [_question(each, phrases) for each in plan.open_questions],
        "interpretations": list(plan.interpretations),
        "statements": list(plan.statements),
    }


def _referral(referral: ReferralDecision, phrases: Phrases) -> Data:
    return {
        "decision": referral.decision,
        "destination": referral.destination,
        "urgency": referral.urgency,
        "by_phone": referral.by_phone,
        "consult_expertise_centre_first": referral.consult_expertise_centre_first,
        "depends_on": list(referral.depends_on),
        "reasons": _reasons(referral.reasons),
        "rules": list(referral.rules),
        "statements": list(referral.statements),
        "text": phrases.get("plan", "decision", referral.decision, "text"),
    }


def _recommendation(each: Recommendation, phrases: Phrases) -> Data:
    data: Data = {
        "action": each.action,
        "verdict": each.verdict,
        "certainty": each.certainty,
        "depends_on": list(each.depends_on),
        "progress": each.progress,
        "waits_for": list(each.waits_for),
        "actor": each.actor,
        "phase": each.phase,
        "reasons": _reasons(each.reasons),
        "rules": list(each.rules),
        "statements": list(each.statements),
        "interpretations": list(each.interpretations),
        "text": phrases.action_sentence(each.action, each.verdict),
    }
    if each.action == WITH_RESPONSE:
        data["response_grade"] = each.response_grade
    return data


def _alert(alert: Alert, phrases: Phrases) -> Data:
    return {
        "id": alert.id,
        "severity": alert.severity,
        "certainty": alert.certainty,
        "depends_on": list(alert.depends_on),
        "reasons": _reasons(alert.reasons),
        "rules": list(alert.rules),
        "statements": list(alert.statements),
        "interpretations": list(alert.interpretations),
        "title": phrases.alert_title(alert.id),
        "text": phrases.alert_text(alert.id),
    }


def _question(question: OpenQuestion, phrases: Phrases) -> Data:
    effects = dict.fromkeys(phrases.effect(key) for key in question.would_change)
    return {
        "field": question.field,
        "text": phrases.question(question.field),
        "would_change": list(effects),
        "settles": question.settles,
    }


def _reasons(reasons: Iterable[Reason]) -> list[Data]:
    return [{"field": reason.field, "value": _value(reason.value)} for reason in reasons]


def _value(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return [_value(item) for item in value] if isinstance(value, tuple | frozenset) else value


def excluded_pairs(plan: Plan, edition: "OpenedEdition") -> list[tuple[str, str]]:
    """Every (action, verdict) that the edition has and that holds for no way in which the open answers can turn out."""
    listed = {(each.action, each.verdict) for each in plan.recommendations}
    pairs = [(name[1], name[2]) for name in edition.tables.rules_of if name[0] == "advice"]
    place = {action: number for number, action in enumerate(edition.tables.actions)}
    return sorted((pair for pair in pairs if pair not in listed), key=lambda pair: place[pair[0]])


def excluded_recommendations(
    plan: Plan, case: "Case", day: datetime.date, edition: "OpenedEdition"
) -> tuple[Recommendation, ...]:
    """What is excluded in the form of a recommendation, with the answers that exclude it."""
    tables = edition.tables
    answers, raw = edition.planner.answers_of(case, day)
    found = []
    for action, verdict in excluded_pairs(plan, edition):
        name = ("advice", action, verdict)
        keys = edition.planner.item(*name).reasons(raw)
        given = dict.fromkeys(pair for key in keys for pair in answers.fields[key])
        rules = tables.rules_of[name]
        facts, sources = tables.actions[action], [tables.rules[rule] for rule in rules]
        found.append(
            Recommendation(
                action=action,
                verdict=verdict,
                certainty="excluded",
                depends_on=(),
                progress="open",
                waits_for=(),
                actor=facts.actor,
                phase=facts.phase,
                reasons=tuple(Reason(field, value) for field, value in given),
                rules=rules,
                statements=tuple(dict.fromkeys(each for source in sources for each in source.statements)),
                interpretations=tuple(dict.fromkeys(each for source in sources for each in source.interpretations)),
            )
        )
    return tuple(found)
