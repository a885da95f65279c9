"""The plan as lines of a letter: recommendations, warnings, what is still to be done, and what must not be done."""

from collections.abc import Iterable, Sequence

from desktop_app.letter.making import Making, joined
from desktop_app.letter.model import AlertLine, Meanwhile, PlanLine, ToDo
from guideline_core.edition import POSITIVE_VERDICTS
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


def plan_lines(making: Making, recommendations: Iterable[Recommendation]) -> tuple[PlanLine, ...]:
    """Recommendations in words."""
    return tuple(_line(making, recommendation) for recommendation in recommendations)


def _line(making: Making, recommendation: Recommendation) -> PlanLine:
    phrases, action, verdict = making.phrases, recommendation.action, recommendation.verdict
    return PlanLine(
        action=action,
        verdict=verdict,
        certainty=recommendation.certainty,
        progress=recommendation.progress,
        phase=recommendation.phase,
        actor=recommendation.actor,
        name=phrases.action_name(action),
        text=phrases.action_sentence(action, verdict),
        detail=phrases.action_detail(action, verdict),
        result=_result(making, recommendation),
        strength=phrases.plan("strength", verdict),
        state=_state(making, recommendation),
        actor_words=phrases.plan("actor", recommendation.actor),
        waits_for=making.named_actions(recommendation.waits_for),
        depends_on=making.named_fields(recommendation.depends_on),
        grounds=tuple(making.reason(reason) for reason in recommendation.reasons),
        sources=making.sources(recommendation.statements),
    )


def _result(making: Making, recommendation: Recommendation) -> str | None:
    """How the response to chemotherapy was graded."""
    grade = recommendation.response_grade
    if grade is None:
        return None
    is_open = grade == "undetermined"
    words = making.phrases.word("undetermined") if is_open else making.phrases.plan("response_grade", grade)
    return making.say("word", "response", grade=words)


def _state(making: Making, recommendation: Recommendation) -> str:
    """How far it is, or how strong; `do` that is open is simply to be done."""
    if recommendation.progress == "waiting":
        names = joined(making.named_actions(recommendation.waits_for))
        return making.say("word", "waits_for", actions=names)
    if recommendation.progress == "done" or recommendation.verdict == "do":
        return making.phrases.plan("progress", recommendation.progress)
    return making.phrases.plan("verdict", recommendation.verdict)


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
    phases = (*SHORT_LIST_PHASES, *TISSUE_PHASES) if _has_tissue(making) else SHORT_LIST_PHASES
    tasks: dict[str, list[PlanLine]] = {}
    for line in lines:
        if line.phase in phases and _is_task(line):
            tasks.setdefault(line.actor, []).append(line)
    return tuple(
        ToDo(actor, of_actor[0].actor_words, tuple(_task(making, line) for line in of_actor))
        for actor, of_actor in tasks.items()
    )


def _has_tissue(making: Making) -> bool:
    case = making.case
    diagnosis = case.pathology.diagnosis not in (None, "none") or case.pathology.histology is not None
    return diagnosis or case.biopsy.status == "performed" or case.resection.performed is True


def _is_task(line: PlanLine) -> bool:
    wanted = line.is_definite and line.verdict in POSITIVE_VERDICTS and line.progress != "done"
    return wanted and line.action not in HOW_RATHER_THAN_WHAT and line.action not in NOTHING_TO_DO


def _task(making: Making, line: PlanLine) -> str:
    """The name of a task, with how strong it is when that is not plainly `do`, and what it waits for."""
    marks = [] if line.verdict == "do" else [making.phrases.plan("verdict", line.verdict)]
    if line.waits_for:
        marks.append(making.say("word", "waits_for", actions=joined(line.waits_for)))
    return f"{line.name} ({'; '.join(marks)})" if marks else line.name


def not_to_do(lines: Iterable[PlanLine]) -> tuple[PlanLine, ...]:
    """What surely must not happen."""
    return tuple(line for line in lines if line.is_definite and line.verdict in NEGATIVE_VERDICTS)
