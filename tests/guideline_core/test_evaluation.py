"""What the rules say of a complete case, read condition by condition: the yardstick, held to small editions by hand."""

from dataclasses import replace

import pytest

from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition.rules import AdviceRule, AlertRule, AnyRule, OrderRule, ReferralRule, ResponseRule
from guideline_core.edition.values import Action, Edition
from guideline_core.evaluation import Evaluation, Evaluator, Outcome, Referral
from guideline_core.keys import Safer, Verdict

IN_SCOPE = {"lesion.origin": "primary"}
METASTASIS = {"lesion.origin": "metastasis"}


def yes(subject: str) -> Atom:
    return Atom(subject, frozenset({"yes"}))


A, B = yes("a"), yes("b")


def advice(name: str, when: Condition, action: str, verdict: Verdict) -> AdviceRule:
    return AdviceRule(id=name, when=when, action=action, verdict=verdict)


def action(name: str, safer: Safer = "act", done_when: Condition | None = None) -> Action:
    return Action(id=name, phase="biopsy", actor="referrer", safer=safer, done_when=done_when)


def referral(name: str, when: Condition, by_phone: Condition = NEVER) -> ReferralRule:
    return ReferralRule(
        id=name,
        when=when,
        decision="refer",
        destination=None,
        urgency="urgent",
        by_phone=by_phone,
        consult_expertise_centre_first=NEVER,
    )


def evaluation(edition: Edition, actions: list[Action], *rules: AnyRule, **answers: str) -> Evaluation:
    """A case with these answers under an edition with these actions and rules alone."""
    small = replace(edition, actions={each.id: each for each in actions}, rules=rules)
    return Evaluator(small).of({**IN_SCOPE, **answers})


@pytest.mark.parametrize(("safer", "stands"), [("act", "do"), ("refrain", "do_not")])
def test_where_verdicts_collide_the_safer_one_stands(edition: Edition, safer: Safer, stands: Verdict) -> None:
    rules = [advice(verdict, ALWAYS, "one", verdict) for verdict in ("consider", "do_not", "do")]
    assert evaluation(edition, [action("one", safer)], *rules).verdict("one") == stands


def test_a_rule_that_does_not_hold_gives_no_verdict(edition: Edition) -> None:
    rules = [advice("r1", A, "one", "do"), advice("r2", Not(A), "two", "do")]
    found = evaluation(edition, [action("one"), action("two")], *rules, a="no")
    assert (found.verdict("one"), found.verdict("two")) == (None, "do")


def test_a_metastasis_is_out_of_scope_unless_a_rule_says_otherwise(edition: Edition) -> None:
    rules = [advice("r1", ALWAYS, "one", "do"), replace(advice("r2", ALWAYS, "two", "inform"), scope="any")]
    found = evaluation(edition, [action("one"), action("two")], *rules, **METASTASIS)
    assert found.outcome().verdicts == {"two": "inform"}
    assert found.outcome().fired == {"r2"}


@pytest.mark.parametrize(
    ("done", "until", "waits"),
    [("no", None, {"first"}), ("yes", None, set()), ("no", B, set()), ("yes", Not(B), {"first"})],
    ids=["not done", "done", "its own end", "its own end has not come"],
)
def test_an_action_waits_until_another_is_done_or_its_own_end_comes(
    edition: Edition, done: str, until: Condition | None, waits: set[str]
) -> None:
    rules = [
        advice("r1", ALWAYS, "first", "do"),
        advice("r2", ALWAYS, "second", "consider"),
        OrderRule(id="o", action="second", waits_for="first", until=until),
    ]
    found = evaluation(edition, [action("first", done_when=A), action("second")], *rules, a=done, b="yes")
    assert found.waits("second") == waits


@pytest.mark.parametrize(
    ("first", "second"), [("consider", "do"), ("inform", "do"), ("do", "inform"), ("do", "do_not")]
)
def test_only_what_is_advised_waits_and_only_for_what_is_asked(
    edition: Edition, first: Verdict, second: Verdict
) -> None:
    rules = [
        advice("r1", ALWAYS, "first", first),
        advice("r2", ALWAYS, "second", second),
        OrderRule(id="o", action="second", waits_for="first"),
    ]
    assert evaluation(edition, [action("first"), action("second")], *rules).waits("second") == set()


def test_of_two_referral_rules_the_first_decides(edition: Edition) -> None:
    rules = [referral("d0", A), referral("d1", B, by_phone=A), referral("d2", B, by_phone=ALWAYS)]
    found = evaluation(edition, [], *rules, a="no", b="yes").referral()
    assert found == Referral("d1", "refer", None, "urgent", by_phone=False, consult_expertise_centre_first=False)
    assert evaluation(edition, [], *rules, a="no", b="no").referral() is None


def test_the_outcome_holds_all_that_is_said(edition: Edition) -> None:
    rules = [
        advice("r", A, "one", "prefer"),
        AlertRule(id="a1", when=A, alert="one", severity="note"),
        AlertRule(id="a2", when=Not(A), alert="two", severity="stop"),
        ResponseRule(id="g1", when=Not(A), response_grade="good"),
        ResponseRule(id="g2", when=A, response_grade="poor"),
    ]
    assert evaluation(edition, [action("one", done_when=A)], *rules, a="yes").outcome() == Outcome(
        referral=None,
        verdicts={"one": "prefer"},
        waits={},
        done=frozenset({"one"}),
        alerts=frozenset({("one", "note")}),
        response_grade="poor",
        fired=frozenset({"r", "a1", "g2"}),
    )


def test_a_word_stands_for_its_own_meaning_also_beside_another_of_that_name(edition: Edition) -> None:
    first, second = Word("word", A), Word("word", And((B, Word("word", A))))
    found = evaluation(edition, [], a="yes", b="no")
    assert [found.holds(word) for word in (first, second, first, Or((second, first)))] == [True, False, True, True]


ON_THE_PLAN = [
    (PlanAtom("listed", "one"), True),
    (PlanAtom("listed", "three"), False),
    (PlanAtom("asked", "one"), True),
    (PlanAtom("asked", "two"), False),
    (PlanAtom("refrained", "three"), True),
    (PlanAtom("refrained", "one"), False),
    (PlanAtom("advised", "two", frozenset({"consider"})), True),
    (PlanAtom("advised", "two", frozenset({"do"})), False),
    (PlanAtom("done", "one"), False),
    (PlanAtom("free", "one"), True),
    (PlanAtom("free", "two"), False),
    (PlanAtom("free", "three"), False),
    (PlanAtom("waits", "two", frozenset({"one", "three"})), True),
    (PlanAtom("waits", "one", frozenset({"two"})), False),
    (PlanAtom("referral", "referral.urgency", frozenset({"urgent"})), True),
    (PlanAtom("referral", "referral.destination", frozenset({"none"})), True),
    (PlanAtom("referral", "referral.by_phone", frozenset({"yes"})), False),
]


@pytest.mark.parametrize(("atom", "holds"), ON_THE_PLAN)
def test_a_condition_on_the_plan_itself(edition: Edition, atom: PlanAtom, holds: bool) -> None:
    rules = [
        advice("r1", ALWAYS, "one", "do"),
        advice("r2", ALWAYS, "two", "consider"),
        advice("r3", ALWAYS, "three", "do_not"),
        OrderRule(id="o", action="two", waits_for="one"),
        referral("d", ALWAYS),
    ]
    actions = [action("one", done_when=A), action("two"), action("three")]
    assert evaluation(edition, actions, *rules, a="no").holds(atom) is holds


def test_a_subject_that_is_missing_is_no_silent_no(edition: Edition) -> None:
    with pytest.raises(KeyError, match="a"):
        evaluation(edition, [], b="yes").holds(Or((A, B)))
