"""What a meeting can decide on: each open action of the plan with what speaks for it and against it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.papers.letter.plan_lines import NEGATIVE_VERDICTS
from desktop_app.papers.making import Making, cited, inside_sentence, joined
from desktop_app.plan.words import verdict_in_words
from guideline_core.plan import Recommendation

REFERRAL = (
    "refer.princess_maxima",
    "refer.expertise_centre",
    "refer.seek_advice",
    "refer.reassessment",
    "refer.other_guideline_bone_metastases",
    "refer.other_guideline_vertebral_metastases",
)
TISSUE_AND_TREATMENT = (
    "biopsy.perform",
    "biopsy.laminectomy_or_decompression",
    "treatment.in_expertise_centre",
    "treatment.local_after_consultation",
)
EXAMINATIONS = (
    "imaging.mri_contrast",
    "imaging.unenhanced_ct_or_mri",
    "imaging.ct_local_unenhanced",
    "imaging.no_further_imaging",
    "staging.ct_thorax_unenhanced",
    "staging.fdg_pet_ct",
    "staging.whole_body_mri",
    "pathology.review_by_expertise_centre",
    "pathology.predictive_testing",
)
"""The actions on which a meeting decides, the weightiest first; the plan holds how each is done well."""

RADIATION = ("imaging.ct_local_unenhanced", "staging.ct_thorax_unenhanced", "staging.fdg_pet_ct")
ALERT_AGAINST = {
    "gadolinium_renal": ("imaging.mri_contrast",),
    "gadolinium_allergy": ("imaging.mri_contrast",),
    "wb_mri_implant": ("staging.whole_body_mri",),
    "radiation_young_patient": RADIATION,
    "pregnancy": ("imaging.mri_contrast", *RADIATION),
}
"""Against which actions an alert of the plan speaks; alerts that say stop stand in full at the top of the sheet."""
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
    open_referral = making.decision == "undetermined"
    rest = (*TISSUE_AND_TREATMENT, *EXAMINATIONS)
    actions = (*REFERRAL, *rest) if open_referral else (*rest, *REFERRAL)
    found = (_option(making, action) for action in actions)
    return tuple(option for option in found if option is not None)


def _option(making: Making, action: str) -> Option | None:
    listed = [each for each in making.plan.recommendations if each.action == action]
    if not listed or all(each.progress in ("done", "waived") for each in listed):
        return None
    positive = [each for each in listed if each.verdict not in NEGATIVE_VERDICTS]
    negative = [each for each in listed if each.verdict in NEGATIVE_VERDICTS]
    against = [_ground(making, each) for each in negative]
    against += _waits(making, positive)
    if action == "biopsy.perform":
        against += _without_consultation(making)
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


def _without_consultation(making: Making) -> Iterable[str]:
    for each in making.plan.recommendations:
        if each.action == "biopsy.without_consultation":
            words = making.phrases.get("sheets", "meeting", "without_consultation")
            yield f"{words} ({cited(making.sources(each.statements[:2]))})"


def _alerts(making: Making, action: str) -> Iterable[str]:
    for alert in making.plan.alerts:
        if action in ALERT_AGAINST.get(alert.id, ()):
            severity = making.phrases.plan("severity", alert.severity)
            yield f"{severity}: {inside_sentence(making.phrases.alert_title(alert.id))}"
