"""The function written from the rules says what the evaluator says, of the real edition and of odd ones."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal, get_args

import pytest

from guideline_core.condition import ALWAYS, And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition.rules import AdviceRule, AlertRule, OrderRule, ReferralRule, ResponseRule
from guideline_core.edition.values import Action, Edition
from guideline_core.evaluation import Evaluator
from guideline_core.keys import Safer, Severity, Verdict
from tests.random_cases import random_complete_case
from tests.rules_as_function import FunctionWriter, rules_as_function

CASES = 1_000


def test_the_function_says_what_the_rules_say(edition: Edition) -> None:
    evaluate, function = Evaluator(edition).evaluate, rules_as_function(edition)
    chance = random.Random(20261123)
    for _ in range(CASES):
        case = random_complete_case(edition, chance)
        assert function(case) == evaluate(case)


def test_the_function_reads_each_answer_and_word_once(edition: Edition) -> None:
    text = FunctionWriter(edition, Evaluator(edition).advice_by_action).text
    lines = [line.strip() for line in text.splitlines()]
    read = [line for line in lines if "= case[" in line]
    assert len({line.partition(" = ")[2] for line in read}) == len(read)
    words = {line.partition(" = ")[0] for line in lines if line.startswith("is_")}
    assert len(words) == sum(line.startswith("is_") for line in lines)
    assert "is_child" in words


def test_a_subject_that_is_missing_is_no_silent_no(edition: Edition) -> None:
    case = random_complete_case(edition, random.Random(1))
    del case["age_group"]
    with pytest.raises(KeyError, match="age_group"):
        rules_as_function(edition)(case)


# --- editions that are odd on purpose


def yes(subject: str) -> Atom:
    return Atom(subject, frozenset({"yes"}))


def advice(name: str, when: Condition, action: str, verdict: Verdict, in_scope_only: bool = True) -> AdviceRule:
    return AdviceRule(id=name, when=when, scope=scope(in_scope_only), action=action, verdict=verdict)


def scope(in_scope_only: bool) -> Literal["in_scope", "any"]:
    return "in_scope" if in_scope_only else "any"


def order(
    name: str, action: str, waits_for: str, until: Condition | None = None, when: Condition = ALWAYS
) -> OrderRule:
    return OrderRule(id=name, when=when, action=action, waits_for=waits_for, until=until)


def referral(
    name: str, when: Condition, phone: Condition, first: Condition, in_scope_only: bool = True
) -> ReferralRule:
    return ReferralRule(
        id=name,
        when=when,
        scope=scope(in_scope_only),
        decision="refer",
        destination=None,
        urgency="urgent",
        by_phone=phone,
        consult_expertise_centre_first=first,
    )


def alert(name: str, when: Condition, alert: str, severity: Severity, in_scope_only: bool = True) -> AlertRule:
    return AlertRule(id=name, when=when, scope=scope(in_scope_only), alert=alert, severity=severity)


def action(name: str, safer: Safer, done_when: Condition | None = None) -> Action:
    return Action(id=name, phase="biopsy", actor="referrer", safer=safer, done_when=done_when)


SUBJECTS = ("a.b", "a_b", "case", "fired", "class")
A, A_TOO, CASE, FIRED, CLASS = (yes(subject) for subject in SUBJECTS)


def odd_cases() -> Iterator[Mapping[str, str]]:
    """All complete cases over the subjects of the odd editions."""
    for number in range(3 * 2 ** len(SUBJECTS)):
        origin, bits = divmod(number, 2 ** len(SUBJECTS))
        case = {subject: "yes" if bits >> place & 1 else "no" for place, subject in enumerate(SUBJECTS)}
        yield case | {"lesion.origin": ("primary", "metastasis", "uncertain")[origin]}


def assert_same_everywhere(edition: Edition) -> None:
    evaluate, function = Evaluator(edition).evaluate, rules_as_function(edition)
    for case in odd_cases():
        assert function(case) == evaluate(case), case


def odd_edition(edition: Edition, actions: list[Action], *rules: object) -> Edition:
    return replace(edition, actions={one.id: one for one in actions}, rules=tuple(rules))  # type: ignore[arg-type]


def test_where_verdicts_collide_the_safer_one_stands(edition: Edition) -> None:
    verdicts = get_args(Verdict)
    rules = [
        advice(f"{name}-{verdict}", yes(subject), name, verdict, in_scope_only=verdict != "prefer")
        for name in ("act", "refrain", "a-b", "a.b")
        for subject, verdict in zip((*SUBJECTS, "a.b"), verdicts, strict=True)
    ]
    actions = [
        action("act", "act"),
        action("refrain", "refrain", A),
        action("a-b", "act"),
        action("a.b", "act", Not(A)),
    ]
    assert_same_everywhere(odd_edition(edition, actions, *rules))


def test_waiting_ends_when_done_or_by_a_condition_of_its_own(edition: Edition) -> None:
    actions = [action("first", "act", CASE), action("second", "refrain"), action("third", "act", And(()))]
    rules = [
        advice("r1", A, "first", "do"),
        advice("r2", A_TOO, "second", "prefer", in_scope_only=False),
        advice("r3", Not(CLASS), "third", "consider"),
        advice("r4", CLASS, "third", "do_not"),
        advice("r5", Or((A, PlanAtom("listed", "third"))), "fourth", "do"),
        order("o1", "second", "first"),
        order("o2", "second", "first", until=FIRED),
        order("o3", "second", "third", until=Not(FIRED), when=CASE),
        order("o4", "third", "first", until=Or(())),
        order("o5", "fourth", "second"),
    ]
    assert_same_everywhere(odd_edition(edition, [*actions, action("fourth", "act")], *rules))


def test_rules_outside_the_scope_and_words_that_share_a_name(edition: Edition) -> None:
    first, second = Word("word", A), Word("word", And((A_TOO, Word("word", A))))
    rules = [
        advice("r1", first, "one", "do", in_scope_only=False),
        advice("r2", Not(second), "two", "inform"),
        alert("a1", ALWAYS, "always", "note", in_scope_only=False),
        alert("a2", Or((CASE, FIRED)), "sometimes", "note"),
        alert("a3", second, "sometimes", "stop"),
        referral("d1", And((first, CLASS)), phone=CASE, first=Not(CASE)),
        referral("d2", second, phone=And(()), first=Or(()), in_scope_only=False),
        referral("d3", FIRED, phone=Or(()), first=FIRED),
        ResponseRule(id="g1", when=And((CASE, CLASS)), scope=scope(True), response_grade="good"),
        ResponseRule(id="g2", when=CLASS, scope=scope(False), response_grade="poor"),
    ]
    assert_same_everywhere(odd_edition(edition, [action("one", "act"), action("two", "act")], *rules))


def test_conditions_on_the_plan_itself(edition: Edition) -> None:
    actions = [action("one", "act", CASE), action("two", "act"), action("three", "refrain")]
    on_the_plan = [
        PlanAtom("asked", "one"),
        PlanAtom("done", "one"),
        PlanAtom("done", "two"),
        PlanAtom("refrained", "three"),
        PlanAtom("free", "two"),
        PlanAtom("free", "one"),
        PlanAtom("waits", "two", frozenset({"one", "three"})),
        PlanAtom("waits", "one", frozenset({"two"})),
        PlanAtom("advised", "three", frozenset({"do", "do_not"})),
        PlanAtom("referral", "referral.urgency", frozenset({"urgent"})),
        PlanAtom("referral", "referral.destination", frozenset({"none", "expertise_centre"})),
        PlanAtom("referral", "referral.by_phone", frozenset({"yes"})),
        PlanAtom("referral", "referral.consult_expertise_centre_first", frozenset({"no"})),
    ]
    rules = [
        advice("r1", A, "one", "do"),
        advice("r2", A_TOO, "two", "do"),
        advice("r3", CLASS, "three", "do_not"),
        order("o1", "two", "one"),
        referral("d1", FIRED, phone=CASE, first=A),
        *(alert(f"a{number}", condition, f"alert{number}", "note") for number, condition in enumerate(on_the_plan)),
    ]
    assert_same_everywhere(odd_edition(edition, actions, *rules))


def test_an_edition_without_rules(edition: Edition) -> None:
    assert_same_everywhere(odd_edition(edition, [action("one", "act")]))
