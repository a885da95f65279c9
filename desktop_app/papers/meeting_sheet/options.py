"""What a meeting can decide on: each open action of the plan with what speaks for it and against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.library.sentences import inside_a_sentence
from desktop_app.papers.order import PaperOrder, cited, joined
from desktop_app.papers.plan_lines import NEGATIVE_VERDICTS
from desktop_app.plan.words import verdict_in_words
from guideline_core.keys import UNDETERMINED
from guideline_core.plan import Recommendation

GROUNDS_NAMED, ACTIONS_NAMED = 3, 3
"""How many answers and actions a line names; the plan names them all."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that the meeting can decide on."""

    action: str
    name: str
    for_it: tuple[str, ...]
    against_it: tuple[str, ...]


def options(order: PaperOrder) -> tuple[Option, ...]:
    """All that is open and for a meeting, the weightiest first; a referral that is settled comes last."""
    decided = order.tables.sheets.decided_in_meeting
    rest = (*decided.tissue_and_treatment, *decided.examinations)
    actions = (*decided.referral, *rest) if order.decision == UNDETERMINED else (*rest, *decided.referral)
    found = (_option(order, action) for action in actions)
    return tuple(option for option in found if option is not None)


def _option(order: PaperOrder, action: str) -> Option | None:
    listed = [each for each in order.plan.recommendations if each.action == action]
    if not listed or all(each.progress in ("done", "waived") for each in listed):
        return None
    positive = [each for each in listed if each.verdict not in NEGATIVE_VERDICTS]
    negative = [each for each in listed if each.verdict in NEGATIVE_VERDICTS]
    against = [_ground(order, each) for each in negative]
    against += _waits(order, positive)
    against += _warnings(order, action)
    against += _alerts(order, action)
    return Option(
        action=action,
        name=order.phrases.action_name(action),
        for_it=tuple(_ground(order, each) for each in positive),
        against_it=tuple(dict.fromkeys(against)),
    )


def _ground(order: PaperOrder, each: Recommendation) -> str:
    """A verdict with the answers on which it rests or hangs, and its place: `doen: leeftijd 14 jaar (M2-R7, p. 12)`."""
    verdict = verdict_in_words(each, order.phrases)
    if each.certainty == "depends":
        fields = joined(order.named_fields(each.depends_on[:GROUNDS_NAMED]))
        why = order.phrases.get("sheets", "meeting", "if").format(fields=fields)
    else:
        facts = [order.reason(reason) for reason in each.reasons[:GROUNDS_NAMED]]
        why = "; ".join(f"{inside_a_sentence(fact.label)}: {fact.value}" for fact in facts)
    said = f"{verdict}: {why}" if why else verdict
    sources = order.sources(each.statements[:2])
    return f"{said} ({cited(sources)})" if sources else said


def _waits(order: PaperOrder, positive: Sequence[Recommendation]) -> list[str]:
    actions = dict.fromkeys(action for each in positive for action in each.waits_for)
    if not actions:
        return []
    names = joined(order.named_actions(list(actions)[:ACTIONS_NAMED]))
    if len(actions) > ACTIONS_NAMED:
        more = order.phrases.get("command_line", "plan_text", "and_more")
        names = f"{names} {more.format(number=len(actions) - ACTIONS_NAMED)}"
    return [order.phrases.get("sheets", "meeting", "first").format(actions=names)]


def _warnings(order: PaperOrder, action: str) -> Iterable[str]:
    """What the plan advises that speaks against this action."""
    for each in order.plan.recommendations:
        if action in order.tables.actions[each.action].speaks_against:
            words = order.phrases.get("sheets", "meeting", "speaks_against", each.action)
            yield f"{words} ({cited(order.sources(each.statements[:2]))})"


def _alerts(order: PaperOrder, action: str) -> Iterable[str]:
    """The alerts that speak against this action; those that say stop stand in full at the top of the sheet too."""
    for alert in order.plan.alerts:
        if action in order.tables.alerts[alert.id].speaks_against:
            severity = order.phrases.plan("severity", alert.severity)
            yield f"{severity}: {inside_a_sentence(order.phrases.alert_title(alert.id))}"
