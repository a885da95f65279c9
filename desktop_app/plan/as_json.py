"""A plan as the JSON of the contract: keys and ids for programs, and beside them the words for people."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass

from desktop_app.library.phrases import Phrases
from desktop_app.plan.grounds import decision_text
from guideline_core.edition_facts import ActionFacts
from guideline_core.plan import Alert, OpenQuestion, Plan, Recommendation, ReferralDecision

Data = dict[str, object]


def plan_as_data(
    plan: Plan,
    title: str,
    phrases: Phrases,
    actions: Mapping[str, ActionFacts],
    excluded: Sequence[Recommendation] = (),
) -> Data:
    """The plan as JSON-able data.

    `title` is that of the edition, `actions` what it says of each action; `excluded` is what --all adds to the
    recommendations.
    """
    guideline = {"id": plan.guideline.id, "title": title, **_plain(plan.guideline)}
    said = {
        "guideline": guideline,
        "referral": _referral(plan.referral, phrases),
        "meanwhile": [_recommendation(each, phrases, actions) for each in plan.meanwhile],
        "recommendations": [_recommendation(each, phrases, actions) for each in (*plan.recommendations, *excluded)],
        "alerts": [_alert(each, phrases) for each in plan.alerts],
        "open_questions": [_question(each, phrases) for each in plan.open_questions],
    }
    return {key: said[key] if key in said else _value(value) for key, value in _parts(plan)}


def _referral(referral: ReferralDecision, phrases: Phrases) -> Data:
    return {**_plain(referral), "text": decision_text(referral.decision, referral, phrases)}


def _recommendation(each: Recommendation, phrases: Phrases, actions: Mapping[str, ActionFacts]) -> Data:
    data = _plain(each)
    grade = data.pop("response_grade")
    data["text"] = phrases.action_sentence(each.action, each.verdict)
    return {**data, "response_grade": grade} if actions[each.action].carries_response_grade else data


def _alert(alert: Alert, phrases: Phrases) -> Data:
    return {**_plain(alert), "title": phrases.alert_title(alert.id), "text": phrases.alert_text(alert.id)}


def _question(question: OpenQuestion, phrases: Phrases) -> Data:
    return {
        "field": question.field,
        "text": phrases.question(question.field),
        "would_change": list(dict.fromkeys(phrases.effect(key) for key in question.would_change)),
        "settles": question.settles,
    }


def _plain(part: object) -> Data:
    """A part of a plan as plain data, under the names that it has there."""
    return {name: _value(value) for name, value in _parts(part)}


def _parts(part: object) -> list[tuple[str, object]]:
    assert is_dataclass(part)
    return [(field.name, getattr(part, field.name)) for field in fields(part)]


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _plain(value) if is_dataclass(value) else value
