"""What one plan says otherwise than another: after an answer, and in *what if*. No Qt.

    changes = changes_between(before, after)
    in_a_sentence(changes, phrases)        # "Verwijzing: met spoed. Nieuw: MRI met contrast. Nu gedaan: …"

Reasons, open questions and notes do not count: what is compared is what somebody would do otherwise. When nothing
changed, every line of advice and every warning is the same, but for the open answers on which it depends.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from desktop_app.library.phrases import Phrases
from guideline_core.keys import REFERRAL_KEYS, REFRAINING_VERDICTS, UNDETERMINED, WEAKEST_FIRST, Verdict
from guideline_core.plan import Alert, Plan, Recommendation, ReferralDecision

NOWHERE = ("none", "other_guideline")
"""Decisions after which destination, urgency and the like say nothing."""
NAMED = 3
"""How many things of one kind a sentence names before "and so many more"."""


class Turn(Enum):
    """What became of something, in the order in which it is told."""

    ALERT_NEW = "alert_new"
    ALERT_POSSIBLE = "alert_possible"  # it depends on open answers now, and did not
    ALERT_GONE = "alert_gone"
    NEW = "new"
    OTHER_VERDICT = "other_verdict"
    GONE = "gone"
    FIRM = "firm"  # it depended on answers, and holds now
    OPEN_AGAIN = "open_again"  # it held, and depends on answers now
    DONE = "done"
    WAIVED = "waived"  # it need not be done before the biopsy
    FREE = "free"  # it waited, and can be done now
    WAITS_LESS = "waits_less"  # it waits for fewer things
    WAITING = "waiting"  # it has to wait now
    WAITS_MORE = "waits_more"  # it waits for more things
    ALTERNATIVE = "alternative"  # something else will do in its place now, or no longer
    UNDONE = "undone"  # it was done, and is not any more
    RESPONSE = "response"  # the response to chemotherapy is graded otherwise
    MEANWHILE = "meanwhile"  # to be done until the referral is clear
    NOT_MEANWHILE = "not_meanwhile"  # no longer so, while the referral is not clear yet


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what became of an alert (`alert.ID`), an action, or a key of the referral (`referral.KEY`)."""

    effect: str
    turn: Turn | None = None
    """None for a key of the referral: its new value says it."""
    value: object = None
    """The new value of a key of the referral, the new grade of a response."""
    rows: tuple[str, ...] = ()
    """The rows of the new plan in which it shows."""
    verdicts: tuple[str, ...] = ()
    """How an action is advised: in the new plan, or in the old one when it is gone."""
    waits_for: tuple[str, ...] = ()
    """The actions for which it waits no more, or waits too."""


def changes_between(before: Plan, after: Plan) -> tuple[Change, ...]:
    """All differences, the heaviest first: referral, alerts, advice in the order of the plan."""
    return (
        *_of_referral(before, after),
        *_of_meanwhile(before, after),
        *_of_alerts(before, after),
        *(_shown_meanwhile_too(change, after) for change in _of_advice(before, after)),
    )


def is_referral_open(referral: ReferralDecision) -> bool:
    """Whether something of the decision on referral still depends on open answers."""
    return UNDETERMINED in (getattr(referral, key) for key in REFERRAL_KEYS)


def firm_advice_changed(before: Plan, after: Plan) -> bool:
    """Whether something that was firm before is no longer so."""
    return bool(_firm(before) - _firm(after))


def _of_referral(before: Plan, after: Plan) -> Iterator[Change]:
    for key in REFERRAL_KEYS:
        value = getattr(after.referral, key)
        names_another = key == "decision" and before.other_guideline != after.other_guideline
        if value != getattr(before.referral, key) or (names_another and value == "other_guideline"):
            yield Change(f"referral.{key}", value=value, rows=("referral",))


def _of_meanwhile(before: Plan, after: Plan) -> Iterator[Change]:
    """What to do until the referral is clear, as long as it is clear in neither plan: else the referral says it."""
    if not (is_referral_open(before.referral) and is_referral_open(after.referral)):
        return
    old, new = _by_action(before.meanwhile), _by_action(after.meanwhile)
    for action, advice in new.items():
        if _verdicts(advice) != _verdicts(old.get(action, ())):
            rows = tuple(f"meanwhile:{action}:{each.verdict}" for each in advice)
            yield Change(action, Turn.MEANWHILE, rows=rows, verdicts=_verdicts(advice))
    for action, advice in old.items():
        if action not in new:
            yield Change(action, Turn.NOT_MEANWHILE, verdicts=_verdicts(advice))


def _of_alerts(before: Plan, after: Plan) -> Iterator[Change]:
    """Alerts that came, went, or became more or less certain; what depended and holds now is new: now it counts."""
    old, new = _warnings(before), _warnings(after)
    for name, alert in new.items():
        if name not in old or (old[name].certainty, old[name].severity) != (alert.certainty, alert.severity):
            turn = Turn.ALERT_NEW if alert.certainty == "definite" else Turn.ALERT_POSSIBLE
            yield Change(f"alert.{name}", turn, rows=(f"alert:{name}",))
    yield from (Change(f"alert.{name}", Turn.ALERT_GONE) for name in old if name not in new)


def _warnings(plan: Plan) -> dict[str, Alert]:
    return {alert.id: alert for alert in plan.alerts if alert.severity != "note"}


def _of_advice(before: Plan, after: Plan) -> Iterator[Change]:
    old, new = _by_action(before.recommendations), _by_action(after.recommendations)
    for action, advice in new.items():
        if action not in old:
            yield _told(action, Turn.NEW, advice, advice)
        elif set(_verdicts(old[action])) != set(_verdicts(advice)):
            kept = {each.verdict: each for each in old[action]}
            shown = [each for each in advice if each.verdict not in kept or any(_turns(kept[each.verdict], each))]
            yield _told(action, Turn.OTHER_VERDICT, shown, advice)
        else:
            yield from _of_action(action, old[action], advice)
    yield from (Change(action, Turn.GONE, verdicts=_verdicts(old[action])) for action in old if action not in new)


def _of_action(action: str, before: Sequence[Recommendation], after: Sequence[Recommendation]) -> Iterator[Change]:
    """What became of an action that both plans list with the same verdicts; each turn is told once."""
    old = {each.verdict: each for each in before}
    turned: dict[Turn, list[Recommendation]] = {}
    for each in after:
        for turn in _turns(old[each.verdict], each):
            turned.setdefault(turn, []).append(each)
    for turn, advice in turned.items():
        waits = {
            Turn.WAITS_LESS: [name for each in advice for name in _less(old[each.verdict].waits_for, each.waits_for)],
            Turn.WAITS_MORE: [name for each in advice for name in _less(each.waits_for, old[each.verdict].waits_for)],
        }.get(turn, [])
        yield _told(action, turn, advice, after, tuple(dict.fromkeys(waits)))


def _turns(before: Recommendation, after: Recommendation) -> Iterator[Turn]:
    """What became of one recommendation: the one thing that counts most, but what it waits for each way."""
    if _is_open(before) != _is_open(after):
        yield Turn.OPEN_AGAIN if _is_open(after) else Turn.FIRM
    elif before.progress != after.progress:
        turns = {"done": Turn.DONE, "waiting": Turn.WAITING, "open": Turn.FREE, "waived": Turn.WAIVED}
        free = turns[after.progress]
        yield Turn.UNDONE if before.progress == "done" else free
    elif before.alternative_to != after.alternative_to:
        yield Turn.ALTERNATIVE
    elif before.response_grade != after.response_grade:
        yield Turn.RESPONSE
    else:
        if _less(before.waits_for, after.waits_for):
            yield Turn.WAITS_LESS
        if _less(after.waits_for, before.waits_for):
            yield Turn.WAITS_MORE


def _is_open(recommendation: Recommendation) -> bool:
    """Whether open answers decide on it, or on how strong it is."""
    return recommendation.certainty == "depends" or bool(recommendation.stronger_possible)


def _told(
    action: str,
    turn: Turn,
    shown: Sequence[Recommendation],
    advice: Sequence[Recommendation],
    waits_for: tuple[str, ...] = (),
) -> Change:
    """The change of an action, marked at the rows of what is shown; where none is left for it, at all of its rows."""
    rows = tuple(f"advice:{action}:{each.verdict}" for each in shown or advice)
    value = shown[0].response_grade if turn is Turn.RESPONSE else None
    return Change(action, turn, value, rows, _verdicts(advice), waits_for)


def _less(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return [name for name in names if name not in others]


def _shown_meanwhile_too(change: Change, after: Plan) -> Change:
    """The same change, marked too where the plan says to do the action until the referral is clear."""
    rows = tuple(f"meanwhile:{each.action}:{each.verdict}" for each in after.meanwhile if each.action == change.effect)
    return replace(change, rows=(*change.rows, *rows)) if rows and is_referral_open(after.referral) else change


def _verdicts(advice: Sequence[Recommendation]) -> tuple[str, ...]:
    return tuple(each.verdict for each in advice)


def _by_action(advice: Iterable[Recommendation]) -> dict[str, list[Recommendation]]:
    found: dict[str, list[Recommendation]] = {}
    for recommendation in advice:
        found.setdefault(recommendation.action, []).append(recommendation)
    return found


def _firm(plan: Plan) -> set[tuple[object, ...]]:
    """What a plan says firmly: advice that is definite, and the keys of the referral that are determined.

    What an answer may make stronger is firm as *at least* its verdict, which every stronger one keeps."""
    if plan.scope == UNDETERMINED:
        return set()
    definite = [each for each in plan.recommendations if each.certainty == "definite"]
    advice = {(each.action, each.verdict) for each in definite if not each.stronger_possible}
    at_least = {(each.action, "at least", verdict) for each in definite for verdict in _no_stronger(each.verdict)}
    referral = {(key, value) for key in REFERRAL_KEYS if (value := getattr(plan.referral, key)) != UNDETERMINED}
    return {*advice, *at_least, *referral}


def _no_stronger(verdict: Verdict) -> tuple[Verdict, ...]:
    """The verdicts that ask for an action no more strongly than this one."""
    return WEAKEST_FIRST[: WEAKEST_FIRST.index(verdict) + 1] if verdict in WEAKEST_FIRST else ()


# --- in words ---------------------------------------------------------------------------------------------------------


def in_a_sentence(changes: Sequence[Change], phrases: Phrases) -> str:
    """What changed, in one or a few short sentences; the empty text when nothing did."""
    referral = [_referral_words(change, phrases) for change in _told_of_referral(changes)]
    said = [f"{phrases.get('plan', 'turn', 'referral')}: {_named(referral, phrases)}."] if referral else []
    for turn in Turn:
        names = [_name(change, phrases) for change in changes if change.turn is turn]
        if names:
            said.append(f"{phrases.get('plan', 'turn', turn.value)}: {_named(names, phrases)}.")
    return " ".join(said)


def _told_of_referral(changes: Iterable[Change]) -> list[Change]:
    """The keys of the referral that changed; where nobody is referred any more, that alone."""
    referral = [change for change in changes if change.turn is None]
    away = [change for change in referral if change.value in NOWHERE and change.effect == "referral.decision"]
    return away or referral


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
    """What changed, so that its bare name cannot be read as advice where the plan advises against it."""
    kind, _, name = change.effect.partition(".")
    if kind == "alert":
        return f"‘{phrases.alert_title(name)}’"
    name = phrases.effect(change.effect)
    verdicts = ", ".join(phrases.plan("verdict", verdict) for verdict in change.verdicts)
    if change.turn is Turn.OTHER_VERDICT:
        return f"{phrases.action_name(change.effect)} ({verdicts})"
    if change.turn is Turn.RESPONSE:
        return f"{name} ({_grade(change.value, phrases)})"
    if change.waits_for:
        actions = ", ".join(phrases.action_name(action) for action in change.waits_for)
        assert change.turn is not None
        return phrases.get("plan", "turn_detail", change.turn.value).format(name=name, actions=actions)
    is_forbidden = bool(change.verdicts) and all(verdict in REFRAINING_VERDICTS for verdict in change.verdicts)
    return f"{name} ({verdicts})" if is_forbidden and name == phrases.action_name(change.effect) else name


def _grade(grade: object, phrases: Phrases) -> str:
    return phrases.word(UNDETERMINED) if grade == UNDETERMINED else phrases.plan("response_grade", str(grade or "none"))


def _named(names: Sequence[str], phrases: Phrases) -> str:
    more = len(names) - NAMED
    if more <= 1:
        return ", ".join(names)
    and_more = phrases.get("command_line", "plan_text", "and_more").format(number=more)
    return f"{', '.join(names[:NAMED])} {and_more}"
