"""What a meeting can decide on: each open action of the plan with what speaks for it and against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.papers.letter.plan_lines import NEGATIVE_VERDICTS
from desktop_app.papers.making import Making, cited, inside_sentence, joined
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


def options(making: Making) -> tuple[Option, ...]:
    """All that is open and for a meeting, the weightiest first; a referral that is settled comes last."""
    decided = making.tables.sheets.decided_in_meeting
    rest = (*decided.tissue_and_treatment, *decided.examinations)
    actions = (*decided.referral, *rest) if making.decision == UNDETERMINED else (*rest, *decided.referral)
    found = (_option(making, action) for action in actions)
    return tuple(option for option in found if option is not None)


def _option(making: Making, action: str) -> Option | None:
    listed = [each for each in making.plan.recommendations if each.action == action]
    if not listed or all(each.progress == "done" for each in listed):
        return None
    positive = [each for each in listed if each.verdict not in NEGATIVE_VERDICTS]
    negative = [each for each in listed if each.verdict in NEGATIVE_VERDICTS]
    against = [_ground(making, each) for each in negative]
    against += _waits(making, positive)
    against += _warnings(making, action)
    against += _alerts(making, action)
    return Option(
        action=action,
        name=making.phrases.action_name(action),
        for_it=tuple(_ground(making, each) for each in positive),
        against_it=tuple(dict.fromkeys(against)),
    )


def _ground(making: Making, each: Recommendation) -> str:
    """A verdict with the answers on which it rests or hangs, and its place: `doen: leeftijd 14 jaar (M2-R7, p. 12)`."""
    verdict = verdict_in_words(each, making.phrases)
    if each.certainty == "depends":
        fields = joined(making.named_fields(each.depends_on[:GROUNDS_NAMED]))
        why = making.phrases.get("sheets", "meeting", "if").format(fields=fields)
    else:
        facts = [making.reason(reason) for reason in each.reasons[:GROUNDS_NAMED]]
        why = "; ".join(f"{inside_sentence(fact.label)}: {fact.value}" for fact in facts)
    said = f"{verdict}: {why}" if why else verdict
    sources = making.sources(each.statements[:2])
    return f"{said} ({cited(sources)})" if sources else said


def _waits(making: Making, positive: Sequence[Recommendation]) -> list[str]:
    actions = dict.fromkeys(action for each in positive for action in each.waits_for)
    if not actions:
        return []
    names = joined(making.named_actions(list(actions)[:ACTIONS_NAMED]))
    if len(actions) > ACTIONS_NAMED:
        more = making.phrases.get("command_line", "plan_text", "and_more")
        names = f"{names} {more.format(number=len(actions) - ACTIONS_NAMED)}"
    return [making.phrases.get("sheets", "meeting", "first").format(actions=names)]


def _warnings(making: Making, action: str) -> Iterable[str]:
    """What the plan advises that speaks against this action."""
    for each in making.plan.recommendations:
        if action in making.tables.actions[each.action].speaks_against:
            words = making.phrases.get("sheets", "meeting", "speaks_against", each.action)
            yield f"{words} ({cited(making.sources(each.statements[:2]))})"


def _alerts(making: Making, action: str) -> Iterable[str]:
    """The alerts that speak against this action; those that say stop stand in full at the top of the sheet too."""
    for alert in making.plan.alerts:
        if action in making.tables.alerts[alert.id].speaks_against:
            severity = making.phrases.plan("severity", alert.severity)
            yield f"{severity}: {inside_sentence(making.phrases.alert_title(alert.id))}"
