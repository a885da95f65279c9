"""Which kinds of letter a plan allows, and to which centres of the directory each of them can go."""

from collections.abc import Mapping
from enum import StrEnum

from desktop_app.papers.correspondents import Centre
from guideline_core.edition_facts import ActionFacts, AlertFacts
from guideline_core.keys import POSITIVE_VERDICTS, UNDETERMINED
from guideline_core.plan import Plan


class Kind(StrEnum):
    """What the letter is for. It follows from the decision on referral; `kinds_for` says what else is allowed."""

    REFERRAL = "referral"
    REQUEST_FOR_ADVICE = "request_for_advice"
    REQUEST_FOR_REASSESSMENT = "request_for_reassessment"
    REQUEST_FOR_PATHOLOGY_REVIEW = "request_for_pathology_review"
    OTHER_GUIDELINE = "other_guideline"
    NO_REFERRAL_NEEDED = "no_referral_needed"
    UNDECIDED = "undecided"


TO_A_CENTRE = frozenset(
    {
        Kind.REFERRAL,
        Kind.REQUEST_FOR_ADVICE,
        Kind.REQUEST_FOR_REASSESSMENT,
        Kind.REQUEST_FOR_PATHOLOGY_REVIEW,
        Kind.UNDECIDED,
    }
)
"""The kinds that put a question to a centre."""

KIND_OF_DECISION = {
    "refer": Kind.REFERRAL,
    "advice_or_refer": Kind.REQUEST_FOR_ADVICE,
    "seek_advice": Kind.REQUEST_FOR_ADVICE,
    "consider_reassessment": Kind.REQUEST_FOR_REASSESSMENT,
    "other_guideline": Kind.OTHER_GUIDELINE,
    "none": Kind.NO_REFERRAL_NEEDED,
    UNDETERMINED: Kind.UNDECIDED,
}
ALSO_BY_DECISION: Mapping[str, tuple[Kind, ...]] = {
    "refer": (Kind.REQUEST_FOR_ADVICE,),
    "advice_or_refer": (Kind.REFERRAL,),
    "consider_reassessment": (Kind.REQUEST_FOR_ADVICE,),
    UNDETERMINED: (Kind.REQUEST_FOR_ADVICE,),
}
"""To ask an expertise centre for advice is never wrong where the plan refers or is still open."""

ADVISING = frozenset({Kind.REQUEST_FOR_ADVICE, Kind.REQUEST_FOR_REASSESSMENT, Kind.REQUEST_FOR_PATHOLOGY_REVIEW})
"""The kinds that ask an expertise centre, or the national committee, for its judgement and leave the patient here."""

CENTRES_BY_DESTINATION: Mapping[str | None, tuple[str, ...]] = {
    "expertise_centre": ("expertise_centre",),
    "princess_maxima": ("princess_maxima",),
    UNDETERMINED: ("expertise_centre", "princess_maxima"),
}


def decision_of(plan: Plan) -> str:
    """The decision on referral; while nothing is said of the lesion it is open, whatever the keys say."""
    return UNDETERMINED if plan.scope == UNDETERMINED else plan.referral.decision


def speaks_against_tissue(action: str, actions: Mapping[str, ActionFacts]) -> bool:
    """Whether an action warns against one that takes tissue."""
    return any(actions[other].takes_tissue for other in actions[action].speaks_against)


def answers_conflict(plan: Plan, alerts: Mapping[str, AlertFacts]) -> bool:
    """Whether answers about the lesion contradict each other, so that no letter repeats them as a finding."""
    return any(alerts[alert.id].answers_conflict for alert in plan.alerts)


def kinds_for(plan: Plan, actions: Mapping[str, ActionFacts]) -> tuple[Kind, ...]:
    """The kinds of letter that a plan allows, each once; the first is the one that follows from the decision."""
    decision = decision_of(plan)
    firm = (each for each in plan.recommendations if each.certainty == "definite")
    by_letter = (actions[each.action].asked_by_letter for each in firm if each.verdict in POSITIVE_VERDICTS)
    asked = (Kind(name) for name in by_letter if name is not None)
    return tuple(dict.fromkeys((KIND_OF_DECISION[decision], *ALSO_BY_DECISION.get(decision, ()), *asked)))


def recipients_for(plan: Plan, kind: Kind, centres: Mapping[str, Centre]) -> tuple[Centre, ...]:
    """The centres of a directory to which a letter of this kind may go under a plan; none for a letter to the general
    practitioner."""
    if kind is Kind.REFERRAL:
        allowed = CENTRES_BY_DESTINATION.get(plan.referral.destination, ())
    elif kind in ADVISING or kind is Kind.UNDECIDED:
        allowed = ("expertise_centre", "advisory")
    else:
        allowed = ()
    return tuple(centre for centre in centres.values() if centre.kind in allowed)
