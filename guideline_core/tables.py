"""The tables that planning needs beside the diagrams, taken from an edition."""

from guideline_core.edition import AdviceRule, AlertRule, AnyRule, Edition, ReferralRule
from guideline_core.plan import Guideline
from guideline_core.planning import ActionFacts, PlanningTables, RuleFacts


def planning_tables(edition: Edition) -> PlanningTables:
    """Take from an edition what a plan says of actions, rules and questions."""
    rules_of: dict[tuple[str, ...], tuple[str, ...]] = {("referral",): ()}
    for rule in edition.rules:
        subject = _subject_of(rule)
        if subject is not None:
            rules_of[subject] = (*rules_of.get(subject, ()), rule.id)
    return PlanningTables(
        guideline=Guideline(edition.id, edition.status, edition.version, edition.sha256),
        actions={
            action.id: ActionFacts(action.phase, action.actor, action.meanwhile) for action in edition.actions.values()
        },
        rules={rule.id: RuleFacts(rule.statements, rule.interpretations) for rule in edition.rules},
        rules_of=rules_of,
        questions=tuple(edition.questions),
    )


def _subject_of(rule: AnyRule) -> tuple[str, ...] | None:
    match rule:
        case AdviceRule():
            return ("advice", rule.action, rule.verdict)
        case ReferralRule():
            return ("referral",)
        case AlertRule():
            return ("alert", rule.alert, rule.severity)
        case _:
            return None
