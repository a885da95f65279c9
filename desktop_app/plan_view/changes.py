"""What a new plan takes back of an older one. No Qt."""

from guideline_core.edition import REFERRAL_KEYS
from guideline_core.plan import Plan

UNDETERMINED = "undetermined"


def firm_advice_changed(before: Plan, after: Plan) -> bool:
    """Whether something that was firm before is no longer so."""
    return bool(_firm(before) - _firm(after))


def _firm(plan: Plan) -> set[tuple[object, ...]]:
    """What a plan says firmly: advice that is definite, and the keys of the referral that are determined."""
    if plan.scope == UNDETERMINED:
        return set()
    advice = {(each.action, each.verdict) for each in plan.recommendations if each.certainty == "definite"}
    referral = {(key, value) for key in REFERRAL_KEYS if (value := getattr(plan.referral, key)) != UNDETERMINED}
    return {*advice, *referral}
