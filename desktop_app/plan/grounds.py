"""The decision on referral in a few words, and why a plan refers nobody: said once, for screen, text and papers."""

from desktop_app.library.phrases import Phrases
from guideline_core.keys import ASKED_VERDICTS, UNDETERMINED, Ground
from guideline_core.plan import Plan, ReferralDecision


def headline(plan: Plan, phrases: Phrases) -> str:
    """The decision in a few words. A centre that sees the patient itself reads its next act, not that nobody is
    referred."""
    if not is_seen_in_centre(plan.referral):
        return phrases.get("plan", "decision", plan.referral.decision, "heading")
    asked = (each for each in plan.meanwhile if each.certainty == "definite" and each.verdict in ASKED_VERDICTS)
    act = next(asked, None)
    if act is None:
        return phrases.get("plan", "headline_in_centre", "nothing_open")
    return phrases.get("plan", "headline_in_centre", "next_act").format(action=phrases.action_name(act.action))


def decision_text(decision: str, referral: ReferralDecision, phrases: Phrases) -> str:
    """The sentence of a decision: what the guideline asks, or that it rests on a reading or rule of the program."""
    by = phrases.find("plan", "decision_by", referral.ground, decision) if referral.ground is not None else None
    return by or phrases.get("plan", "decision", decision, "text")


def why_no_referral(referral: ReferralDecision, phrases: Phrases) -> str | None:
    """The sentence that says why nobody is referred; None for every other decision."""
    ground = referral.ground
    if referral.decision != "none" or ground is None or ground == UNDETERMINED:
        return None
    return _because(ground, phrases)


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
    return phrases.plan("decision_because", ground)
