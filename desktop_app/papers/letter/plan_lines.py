"""The plan as lines of a letter: recommendations, warnings, what is still to be done, and what must not be done."""

from collections.abc import Container, Iterable, Sequence

from desktop_app.papers.letter.model import TO_A_CENTRE, AlertLine, Kind, Meanwhile, PlanLine, ToDo
from desktop_app.papers.making import Making, joined
from desktop_app.plan.words import aside, possibly, remarks, verdict_in_words
from guideline_core.keys import POSITIVE_VERDICTS
from guideline_core.plan import Alert, Recommendation

NEGATIVE_VERDICTS = ("do_not", "in_principle_not")

TISSUE_PHASES = ("pathology", "resection")
NOTHING_TO_DO = ("imaging.no_further_imaging",)
"""Advice that is worded as something to do and asks for nothing."""
SHORT_LIST_PHASES = ("local_imaging", "staging", "meeting", "biopsy")

HOW_RATHER_THAN_WHAT = frozenset(
    {
        "imaging.mri_protocol",
        "imaging.mri_third_plane",
        "staging.whole_body_mri_in_expertise_centre",
        "staging.whole_body_mri_at_1_5_tesla",
        "mdo.core_disciplines",
        "mdo.oncology_disciplines",
        "biopsy.differential_diagnosis_first",
        "biopsy.image_guided_needle",
        "pathology.record_specimen_type",
        "pathology.who_classification",
        "pathology.correlate_with_radiology",
        "pathology.record_additional_tests",
        "pathology.molecular_method_by_three_grounds",
        "pathology.predictive_testing_on_latest_tissue",
        "pathology.iso_accredited_laboratory",
    }
)
"""Actions that say how another one is done well: they stand in the plan, not in the short list of the core."""


CARRIED_OUT_BY_LETTER = frozenset(
    {
        "refer.expertise_centre",
        "refer.princess_maxima",
        "refer.consult_before_princess_maxima",
        "refer.seek_advice",
        "refer.reassessment",
        "refer.arrange_by_phone",
        "refer.agree_where_imaging_is_done",
        "refer.send_full_information",
        "inform.patient",
    }
)
"""What a letter to a centre does by being sent, or says on page 1."""
TO_AGREE = (
    "refer.agree_where_imaging_is_done",
    "refer.consult_before_local_treatment",
    "treatment.local_after_consultation",
)
"""What of the referral itself sender and centre still have to settle between them."""
ALWAYS_SAID = frozenset({"biopsy.without_consultation"})
"""What no sender can leave out; alerts and what to do meanwhile are never left out either."""
ORDER_OF_ACTORS = ("referrer", "radiologist", "expertise_centre", "pathologist", "medical_oncologist")
MANY_STEPS = 3


def plan_lines(making: Making, recommendations: Iterable[Recommendation]) -> tuple[PlanLine, ...]:
    """Recommendations in words."""
    return tuple(_line(making, recommendation) for recommendation in recommendations)


def may_be_left_out(action: str) -> bool:
    """Whether the sender may leave this recommendation out of a letter."""
    return action not in ALWAYS_SAID


def without_left_out(making: Making, lines: Sequence[PlanLine]) -> tuple[PlanLine, ...]:
    """The lines without those that the sender left out of the letter."""
    left_out = {each.action for each in making.case.letter.left_out or () if may_be_left_out(each.action)}
    return tuple(line for line in lines if line.action not in left_out)


def _line(making: Making, recommendation: Recommendation) -> PlanLine:
    phrases, action, verdict = making.phrases, recommendation.action, recommendation.verdict
    return PlanLine(
        action=action,
        verdict=verdict,
        certainty=recommendation.certainty,
        progress=recommendation.progress,
        phase=recommendation.phase,
        phase_words=phrases.plan("phase", recommendation.phase),
        actor=recommendation.actor,
        name=phrases.action_name(action),
        text=phrases.action_sentence(action, verdict),
        detail=phrases.action_detail(action, verdict),
        result=_result(making, recommendation),
        strength=_strength(making, recommendation),
        state=_state(making, recommendation),
        actor_words=phrases.plan("actor", recommendation.actor),
        waits_for=making.named_actions(recommendation.waits_for),
        depends_on=making.named_fields(recommendation.depends_on),
        grounds=tuple(making.reason(reason) for reason in recommendation.reasons),
        sources=making.sources(recommendation.statements),
        is_detail=_is_detail(making, recommendation),
        remarks=remarks(recommendation, making.edition.names, phrases),
        aside=aside(recommendation, phrases),
    )


def _strength(making: Making, recommendation: Recommendation) -> str:
    strength = making.phrases.plan("strength", recommendation.verdict)
    stronger = possibly(recommendation, making.phrases)
    return f"{strength}, {stronger}" if stronger else strength


def _is_detail(making: Making, recommendation: Recommendation) -> bool:
    """Whether its name is enough. Of a warning it never is. It is of what was done, of what this letter itself carries
    out, and of what concerns tissue while there is none; in a request for review of tissue, of all the rest."""
    if recommendation.verdict in NEGATIVE_VERDICTS:
        return False
    if recommendation.progress == "done" or recommendation.action in HOW_RATHER_THAN_WHAT:
        return recommendation.response_grade is None
    if recommendation.action in CARRIED_OUT_BY_LETTER and making.kind in TO_A_CENTRE:
        return True
    of_tissue = recommendation.phase in TISSUE_PHASES
    if making.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW:
        return not of_tissue
    return of_tissue and not making.has_tissue


def _result(making: Making, recommendation: Recommendation) -> str | None:
    """How the response to chemotherapy was graded."""
    grade = recommendation.response_grade
    if grade is None:
        return None
    is_open = grade == "undetermined"
    words = making.phrases.word("undetermined") if is_open else making.phrases.plan("response_grade", grade)
    return making.say("word", "response", grade=words)


def _state(making: Making, recommendation: Recommendation) -> str:
    """How far it is, or how strong; `do` that is open is simply to be done. Many steps stand with the advice itself."""
    if recommendation.progress == "waiting" and len(recommendation.waits_for) <= MANY_STEPS:
        names = joined(making.named_actions(recommendation.waits_for))
        return making.say("word", "waits_for", actions=names)
    if recommendation.progress != "open" or recommendation.verdict == "do":
        return making.phrases.plan("progress", recommendation.progress)
    return verdict_in_words(recommendation, making.phrases)


def alert_lines(making: Making, alerts: Iterable[Alert]) -> tuple[AlertLine, ...]:
    """Warnings in words."""
    return tuple(
        AlertLine(
            key=alert.id,
            severity=alert.severity,
            severity_words=making.phrases.plan("severity", alert.severity),
            certainty=alert.certainty,
            title=making.phrases.alert_title(alert.id),
            text=making.phrases.alert_text(alert.id),
            depends_on=making.named_fields(alert.depends_on),
            sources=making.sources(alert.statements),
        )
        for alert in alerts
    )


def meanwhile(making: Making) -> Meanwhile | None:
    """What to do until the referral is settled; None when it is."""
    referral = making.plan.referral
    if making.decision != "undetermined" and not referral.depends_on:
        return None
    lines = plan_lines(making, making.plan.meanwhile)
    return Meanwhile(lines, making.named_fields(referral.depends_on))


def still_to_do(making: Making, lines: Sequence[PlanLine]) -> tuple[ToDo, ...]:
    """What surely has to happen and has not happened yet, by who does it; tissue only once there is some."""
    phases = (*SHORT_LIST_PHASES, *TISSUE_PHASES) if making.has_tissue else SHORT_LIST_PHASES
    wanted = [line for line in lines if (line.phase in phases or line.action in TO_AGREE) and _is_task(line)]
    named = {line.action for line in wanted}
    by_actor = {actor: [line for line in wanted if line.actor == actor] for actor in ORDER_OF_ACTORS}
    return tuple(
        ToDo(actor, of_actor[0].actor_words, tuple(_task(making, line, named) for line in of_actor))
        for actor, of_actor in by_actor.items()
        if of_actor
    )


def _is_task(line: PlanLine) -> bool:
    wanted = line.is_definite and line.verdict in POSITIVE_VERDICTS and line.progress not in ("done", "waived")
    return wanted and line.action not in HOW_RATHER_THAN_WHAT and line.action not in NOTHING_TO_DO


def _task(making: Making, line: PlanLine, named: Container[str]) -> str:
    """The name of a task, with how strong it is when that is not plainly `do`, and what it waits for; many steps that
    all stand in this list are not repeated: the plan spells them out."""
    marks = [] if line.verdict == "do" else [line.strength]
    if len(line.waits_for) > MANY_STEPS and all(each.key in named for each in line.waits_for):
        marks.append(making.say("word", "last_of_list"))
    elif line.waits_for:
        marks.append(making.say("word", "waits_for", actions=joined(line.waits_for)))
    return f"{line.name} ({'; '.join(marks)})" if marks else line.name


def not_to_do(making: Making, lines: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    """What surely must not happen; the warnings to pathologists stand with the plan, and here in a letter to them."""
    to_pathologist = making.kind is Kind.REQUEST_FOR_PATHOLOGY_REVIEW
    firm = (line for line in lines if line.is_definite and line.verdict in NEGATIVE_VERDICTS)
    return tuple(line for line in firm if to_pathologist or line.phase not in TISSUE_PHASES)
