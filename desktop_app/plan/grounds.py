"""Why a plan refers nobody, in words: said here once, for the screen, the text, the letter and the pathway."""

from desktop_app.library.phrases import Phrases
from guideline_core.keys import UNDETERMINED, Ground
from guideline_core.plan import Plan, ReferralDecision


def why_no_referral(referral: ReferralDecision, phrases: Phrases) -> str | None:
    """The sentence that says why nobody is referred; None for every other decision."""
    ground = referral.ground
    return None if ground is None or ground == UNDETERMINED else _because(ground, phrases)


def is_seen_in_centre(referral: ReferralDecision) -> bool:
    """Whether nobody is referred because the patient is in an expertise centre already."""
    return referral.ground == "in_expertise_centre"


def why_nothing_follows(plan: Plan, phrases: Phrases) -> str | None:
    """The sentence that says why the pathway ends; None when it may go on, as it does inside a centre."""
    if plan.referral.decision != "none":
        return None
    if plan.lesion.counts_as == "not_suspected":
        return _because("not_suspected", phrases)
    return None if is_seen_in_centre(plan.referral) else why_no_referral(plan.referral, phrases)


def _because(ground: Ground, phrases: Phrases) -> str:
    return phrases.plan("decision_none_because", ground)
