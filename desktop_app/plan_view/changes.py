"""What one plan says otherwise than another: after an answer, and in *what if*. No Qt.

    changes = changes_between(before, after)
    in_a_sentence(changes, phrases)        # "Verwijzing: met spoed. Nieuw: MRI met contrast. Nu gedaan: …"

Reasons, open questions and notes do not count: what is compared is what somebody would do otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop_app.phrases import Phrases
from guideline_core.plan import Plan, Recommendation

UNDETERMINED = "undetermined"
REFERRAL_KEYS = ("decision", "destination", "urgency", "by_phone", "consult_expertise_centre_first")
NAMED = 3
"""How many things of one kind a sentence names before "and so many more"."""


class Turn(Enum):
    """What became of something, in the order in which it is told."""

    ALERT_NEW = "alert_new"
    ALERT_GONE = "alert_gone"
    NEW = "new"
    OTHER_VERDICT = "other_verdict"
    GONE = "gone"
    FIRM = "firm"  # it depended on answers, and holds now
    OPEN_AGAIN = "open_again"  # it held, and depends on answers now
    DONE = "done"
    FREE = "free"  # it waited, and can be done now
    WAITING = "waiting"  # it has to wait now
    UNDONE = "undone"  # it was done, and is not any more


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what became of an alert (`alert.ID`), an action, or a key of the referral (`referral.KEY`)."""

    effect: str
    turn: Turn | None = None
    """None for a key of the referral: its new value says it."""
    value: object = None
    """The new value of a key of the referral."""
    rows: tuple[str, ...] = ()
    """The rows of the new plan in which it shows."""


def changes_between(before: Plan, after: Plan) -> tuple[Change, ...]:
    """All differences, the heaviest first: referral, alerts, advice in the order of the plan."""
    return (*_of_referral(before, after), *_of_alerts(before, after), *_of_advice(before, after))


def firm_advice_changed(before: Plan, after: Plan) -> bool:
    """Whether something that was firm before is no longer so."""
    return bool(_firm(before) - _firm(after))


def _of_referral(before: Plan, after: Plan) -> Iterator[Change]:
    for key in REFERRAL_KEYS:
        value = getattr(after.referral, key)
        if value != getattr(before.referral, key):
            yield Change(f"referral.{key}", value=value, rows=("referral",))


def _of_alerts(before: Plan, after: Plan) -> Iterator[Change]:
    """Alerts that came or went; what depended and holds now is new: now it counts."""
    old = {alert.id for alert in before.alerts if alert.certainty == "definite" and alert.severity != "note"}
    new = {alert.id for alert in after.alerts if alert.certainty == "definite" and alert.severity != "note"}
    yield from (
        Change(f"alert.{alert.id}", Turn.ALERT_NEW, rows=(f"alert:{alert.id}",))
        for alert in after.alerts
        if alert.id in new - old
    )
    yield from (Change(f"alert.{alert.id}", Turn.ALERT_GONE) for alert in before.alerts if alert.id in old - new)


def _of_advice(before: Plan, after: Plan) -> Iterator[Change]:
    old, new = _by_action(before), _by_action(after)
    for action, advice in new.items():
        turn = Turn.NEW if action not in old else _turn(old[action], advice)
        if turn is not None:
            yield Change(action, turn, rows=tuple(f"advice:{action}:{each.verdict}" for each in advice))
    yield from (Change(action, Turn.GONE) for action in old if action not in new)


def _by_action(plan: Plan) -> dict[str, list[Recommendation]]:
    found: dict[str, list[Recommendation]] = {}
    for recommendation in plan.recommendations:
        found.setdefault(recommendation.action, []).append(recommendation)
    return found


def _turn(before: Sequence[Recommendation], after: Sequence[Recommendation]) -> Turn | None:
    """What became of an action that both plans list; None when nothing did."""
    if {each.verdict for each in before} != {each.verdict for each in after}:
        return Turn.OTHER_VERDICT
    old, new = _most_certain(before), _most_certain(after)
    if old.certainty != new.certainty:
        return Turn.FIRM if new.certainty == "definite" else Turn.OPEN_AGAIN
    if old.progress == new.progress:
        return None
    if old.progress == "done":
        return Turn.UNDONE
    return {"done": Turn.DONE, "waiting": Turn.WAITING, "open": Turn.FREE}[new.progress]


def _most_certain(advice: Sequence[Recommendation]) -> Recommendation:
    return min(advice, key=lambda each: each.certainty != "definite")


def _firm(plan: Plan) -> set[tuple[object, ...]]:
    """What a plan says firmly: advice that is definite, and the keys of the referral that are determined."""
    if plan.scope == UNDETERMINED:
        return set()
    advice = {(each.action, each.verdict) for each in plan.recommendations if each.certainty == "definite"}
    referral = {(key, value) for key in REFERRAL_KEYS if (value := getattr(plan.referral, key)) != UNDETERMINED}
    return {*advice, *referral}


# --- in words ---------------------------------------------------------------------------------------------------------


def in_a_sentence(changes: Sequence[Change], phrases: Phrases) -> str:
    """What changed, in one or a few short sentences; the empty text when nothing did."""
    referral = [_referral_words(change, phrases) for change in changes if change.turn is None]
    said = [f"{phrases.get('plan', 'turn', 'referral')}: {_named(referral, phrases)}."] if referral else []
    for turn in Turn:
        names = [_name(change, phrases) for change in changes if change.turn is turn]
        if names:
            said.append(f"{phrases.get('plan', 'turn', turn.value)}: {_named(names, phrases)}.")
    return " ".join(said)


def _referral_words(change: Change, phrases: Phrases) -> str:
    key = change.effect.removeprefix("referral.")
    value = {None: "none", True: "true", False: "false"}.get(change.value, change.value)  # type: ignore[call-overload]
    if key == "decision":
        heading = phrases.get("plan", "decision", str(value), "heading")
        return f"{heading[:1].lower()}{heading[1:]}"
    if value == "none":  # "not applicable" alone would not say of what
        return f"{phrases.plan('referral_key', key)} {phrases.plan('urgency', 'none')}"
    return phrases.plan(key, str(value))


def _name(change: Change, phrases: Phrases) -> str:
    kind, _, name = change.effect.partition(".")
    return f"‘{phrases.alert_title(name)}’" if kind == "alert" else phrases.action_name(change.effect)


def _named(names: Sequence[str], phrases: Phrases) -> str:
    more = len(names) - NAMED
    if more <= 1:
        return ", ".join(names)
    and_more = phrases.get("command_line", "plan_text", "and_more").format(number=more)
    return f"{', '.join(names[:NAMED])} {and_more}"
