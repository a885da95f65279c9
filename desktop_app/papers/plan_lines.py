"""The plan as lines of a letter: recommendations, warnings, what is still to be done, and what must not be done."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from desktop_app.papers.content import AlertLine, Meanwhile, PlanLine, ToDo
from desktop_app.papers.letter_kinds import TO_A_CENTRE, Kind, speaks_against_tissue
from desktop_app.papers.order import PaperOrder, joined
from desktop_app.plan.grounds import is_seen_in_centre
from desktop_app.plan.words import aside, possibly, remarks, verdict_in_words
from guideline_core.edition_facts import ActionFacts
from guideline_core.keys import POSITIVE_VERDICTS, UNDETERMINED
from guideline_core.plan import Alert, Recommendation

NEGATIVE_VERDICTS = ("do_not", "in_principle_not")

TISSUE_PHASES = ("pathology", "resection")
SHORT_LIST_PHASES = ("local_imaging", "staging", "meeting", "biopsy")
ORDER_OF_ACTORS = ("referrer", "radiologist", "expertise_centre", "pathologist", "medical_oncologist")
MANY_STEPS = 3


def plan_lines(order: PaperOrder, recommendations: Iterable[Recommendation]) -> tuple[PlanLine, ...]:
    """Recommendations in words."""
    return tuple(_line(order, recommendation) for recommendation in recommendations)


def may_be_left_out(action: str, actions: Mapping[str, ActionFacts]) -> bool:
    """Whether the sender may leave this recommendation out of a letter; alerts and what to do meanwhile nobody may. The
    action can be one that only an earlier edition knew."""
    facts = actions.get(action)
    return facts is None or not facts.never_left_out


def without_left_out(order: PaperOrder, lines: Sequence[PlanLine]) -> tuple[PlanLine, ...]:
    """The lines without those that the sender left out of the letter."""
    actions = order.tables.actions
    left_out = {each.action for each in order.case.letter.left_out or () if may_be_left_out(each.action, actions)}
    return tuple(line for line in lines if line.action not in left_out)


def _line(order: PaperOrder, recommendation: Recommendation) -> PlanLine:
    phrases, action, verdict = order.phrases, recommendation.action, recommendation.verdict
    return PlanLine(
        action=action,
        verdict=verdict,
        certainty=recommendation.certainty,
        progress=recommendation.progress,
        phase=recommendation.phase,
        phase_words=phrases.plan("phase", recommendation.phase),
        actor=recommendation.actor,
        name=phrases.action_name(action),
        text=_text(order, recommendation),
        detail=phrases.action_detail(action, verdict),
        result=_result(order, recommendation),
        strength=_strength(order, recommendation),
        state=_state(order, recommendation),
        actor_words=phrases.plan("actor", recommendation.actor),
        waits_for=order.named_actions(recommendation.waits_for),
        depends_on=order.named_fields(recommendation.depends_on),
        grounds=tuple(order.reason(reason) for reason in recommendation.reasons),
        sources=order.sources(recommendation.statements),
        facts=order.tables.actions[action],
        is_detail=_is_detail(order, recommendation),
        remarks=remarks(recommendation, order.edition.names, phrases),
        aside=aside(recommendation, phrases),
    )


def _text(order: PaperOrder, recommendation: Recommendation) -> str:
    """The sentence of an action; a warning against a biopsy says, after a first one, that it is about the second."""
    action, verdict = recommendation.action, recommendation.verdict
    if order.second_biopsy_considered and verdict == "do_not" and speaks_against_tissue(action, order.tables.actions):
        return order.say("second_biopsy", "without_consultation")
    return order.phrases.action_sentence(action, verdict)


def _strength(order: PaperOrder, recommendation: Recommendation) -> str:
    strength = order.phrases.plan("strength", recommendation.verdict)
    stronger = possibly(recommendation, order.phrases)
    return f"{strength}, {stronger}" if stronger else strength


def _is_detail(order: PaperOrder, recommendation: Recommendation) -> bool:
    """Whether its name is enough. Of a warning it never is. It is of what was done, of what this letter itself carries
    out, and of what concerns tissue while there is none; in a request for review of tissue, of all the rest."""
    facts = order.tables.actions[recommendation.action]
    if recommendation.verdict in NEGATIVE_VERDICTS:
        return False
    if recommendation.progress == "done" or facts.kind == "how":
        return recommendation.response_grade is None
    if facts.carried_out_by_letter and order.kind in TO_A_CENTRE:
        return True
    of_tissue = recommendation.phase in TISSUE_PHASES
    if order.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        return not of_tissue
    return of_tissue and not order.has_tissue


def _result(order: PaperOrder, recommendation: Recommendation) -> str | None:
    """How the response to chemotherapy was graded."""
    grade = recommendation.response_grade
    if grade is None:
        return None
    is_open = grade == UNDETERMINED
    words = order.phrases.word(UNDETERMINED) if is_open else order.phrases.plan("response_grade", grade)
    return order.say("word", "response", grade=words)


def _state(order: PaperOrder, recommendation: Recommendation) -> str:
    """How far it is, or how strong; `do` that is open is simply to be done. Many steps stand with the advice itself."""
    if recommendation.waits_for and len(recommendation.waits_for) <= MANY_STEPS:
        names = joined(order.named_actions(recommendation.waits_for))
        return order.say("word", "waits_for", actions=names)
    if recommendation.progress != "open" or recommendation.verdict == "do":
        return order.phrases.plan("progress", recommendation.progress)
    return verdict_in_words(recommendation, order.phrases)


def alert_lines(order: PaperOrder, alerts: Iterable[Alert]) -> tuple[AlertLine, ...]:
    """Warnings in words, for whoever is to heed them."""
    return tuple(_alert_line(order, alert) for alert in alerts)


def told_alerts(order: PaperOrder, alerts: Iterable[Alert]) -> tuple[AlertLine, ...]:
    """Warnings in a letter. To a centre those that say stop are told as one doctor tells another: what is the case and
    what is asked. The warning itself is for the sender, who reads it on the screen."""
    if order.kind not in TO_A_CENTRE:
        return alert_lines(order, alerts)
    return tuple(_told(order, _alert_line(order, alert)) for alert in alerts)


def _told(order: PaperOrder, line: AlertLine) -> AlertLine:
    if line.severity != "stop":
        return line
    title, text = (order.phrases.get("alerts", line.key, "told", part) for part in ("title", "text"))
    return replace(line, title=title, text=text, severity_words="", sources=())


def _alert_line(order: PaperOrder, alert: Alert) -> AlertLine:
    return AlertLine(
        key=alert.id,
        severity=alert.severity,
        severity_words=order.phrases.plan("severity", alert.severity),
        certainty=alert.certainty,
        title=order.phrases.alert_title(alert.id),
        text=order.phrases.alert_text(alert.id),
        depends_on=order.named_fields(alert.depends_on),
        sources=order.sources(alert.statements),
        is_about_edition=order.tables.alerts[alert.id].about_edition,
    )


def told_with_diagnosis(order: PaperOrder) -> tuple[AlertLine, ...]:
    """The warnings that the diagnosis does not hold together: they stand where it stands. What says stop stands in
    full elsewhere."""
    told = order.tables.alerts
    sure = (each for each in order.plan.alerts if each.certainty == "definite" and each.severity != "stop")
    return alert_lines(order, (alert for alert in sure if told[alert.id].told_with_diagnosis))


def told_with_examinations(order: PaperOrder) -> tuple[AlertLine, ...]:
    """The cautions that surely speak against an examination that is asked for: contrast, with failing kidneys."""
    return alert_lines(order, _against_examinations(order))


def spoken_against(order: PaperOrder) -> frozenset[str]:
    """The actions against which such a caution speaks: what is not made of them is not simply missing."""
    alerts = order.tables.alerts
    return frozenset(action for each in _against_examinations(order) for action in alerts[each.id].speaks_against)


def _against_examinations(order: PaperOrder) -> list[Alert]:
    asked = {each.action for each in order.plan.recommendations if each.verdict in POSITIVE_VERDICTS}
    sure = (each for each in order.plan.alerts if each.certainty == "definite" and each.severity == "caution")
    return [each for each in sure if asked.intersection(order.tables.alerts[each.id].speaks_against)]


def meanwhile(order: PaperOrder) -> Meanwhile | None:
    """What to do until the referral is settled; None when it is."""
    referral = order.plan.referral
    if order.decision != UNDETERMINED and not referral.depends_on:
        return None
    # Of what is only open in its strength page 1 says nothing: it stands with the plan.
    at_once = (each for each in order.plan.meanwhile if order.tables.actions[each.action].meanwhile != "while_open")
    return Meanwhile(plan_lines(order, at_once), order.named_fields(referral.depends_on))


def still_to_do(order: PaperOrder, lines: Sequence[PlanLine]) -> tuple[ToDo, ...]:
    """What surely has to happen and has not happened yet, by who does it; of tissue, once there is some, to a centre:
    no general practitioner works on it."""
    if is_seen_in_centre(order.plan.referral):  # whose tasks are no news to a general practitioner
        return ()
    is_of_tissue = order.has_tissue and order.kind in TO_A_CENTRE
    phases = (*SHORT_LIST_PHASES, *TISSUE_PHASES) if is_of_tissue else SHORT_LIST_PHASES
    wanted = [line for line in lines if (line.phase in phases or line.facts.agreed_with_centre) and _is_task(line)]
    by_this_letter = {line.action for line in lines if line.facts.carried_out_by_letter}
    named = {line.action for line in wanted} | by_this_letter
    by_actor = {actor: [line for line in wanted if line.actor == actor] for actor in ORDER_OF_ACTORS}
    return tuple(
        ToDo(actor, of_actor[0].actor_words, tuple(_task(order, line, named) for line in of_actor))
        for actor, of_actor in by_actor.items()
        if of_actor
    )


def _is_task(line: PlanLine) -> bool:
    wanted = line.is_definite and line.verdict in POSITIVE_VERDICTS and line.progress not in ("done", "waived")
    return wanted and line.facts.kind != "how" and line.facts.asks_for_something


def _task(order: PaperOrder, line: PlanLine, named: Container[str]) -> str:
    """The name of a task, with how strong it is when that is not plainly `do`, and what it waits for; many steps that
    all stand in this list are not repeated: the plan spells them out."""
    marks = [] if line.verdict == "do" else [line.strength]
    if len(line.waits_for) > MANY_STEPS and all(each.key in named for each in line.waits_for):
        marks.append(order.say("word", "last_of_list"))
    elif line.waits_for:
        marks.append(order.say("word", "waits_for", actions=joined(line.waits_for)))
    return f"{line.name} ({'; '.join(marks)})" if marks else line.name


def not_to_do(order: PaperOrder, lines: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    """What surely must not happen; the warnings to pathologists stand with the plan, and here in a letter to them. To
    whom a patient is not referred is no warning where nobody is referred."""
    firm = (line for line in lines if line.is_definite and line.verdict in NEGATIVE_VERDICTS)
    elsewhere = () if order.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW else TISSUE_PHASES
    if order.kind not in TO_A_CENTRE:
        elsewhere = (*elsewhere, "referral")
    return tuple(line for line in firm if line.phase not in elsewhere)
