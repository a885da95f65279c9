"""The function written from the rules says what the rules say, read condition by condition."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from guideline_core.condition import ALWAYS, And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition import Action, AdviceRule, AlertRule, Edition, OrderRule, ReferralRule, ResponseRule
from guideline_core.evaluation import CompleteCase, Evaluator, Outcome
from tests.random_cases import random_complete_case

CASES = 3_000


def interpreted(evaluator: Evaluator, case: CompleteCase) -> Outcome:
    """The outcome of a complete case, condition by condition."""
    edition = evaluator.edition
    verdicts = {action: evaluator.verdict(action, case) for action in edition.actions}
    listed = {action: verdict for action, verdict in verdicts.items() if verdict is not None}
    grades = [rule.response_grade for rule in edition.response_rules if evaluator.fires(rule, case)]
    return Outcome(
        referral=evaluator.referral(case),
        verdicts=listed,
        waits={action: found for action in listed if (found := evaluator.waits(action, case))},
        done=frozenset(action for action in listed if evaluator.done(action, case)),
        alerts=frozenset((rule.alert, rule.severity) for rule in edition.alert_rules if evaluator.fires(rule, case)),
        response_grade=grades[0] if grades else None,
        fired=frozenset(rule.id for rule in edition.rules if evaluator.fires(rule, case)),
    )


def test_the_written_function_says_what_the_rules_say(edition: Edition) -> None:
    evaluator = Evaluator(edition)
    chance = random.Random(20261123)
    for _ in range(CASES):
        case = random_complete_case(edition, chance)
        assert evaluator.evaluate(case) == interpreted(evaluator, case)


def test_the_written_function_reads_each_answer_and_word_once(edition: Edition) -> None:
    lines = [line.strip() for line in Evaluator(edition).source.splitlines()]
    read = [line for line in lines if "= case[" in line]
    assert len({line.partition(" = ")[2] for line in read}) == len(read)
    words = {line.partition(" = ")[0] for line in lines if line.startswith("is_")}
    assert len(words) == sum(line.startswith("is_") for line in lines)
    assert "is_child" in words


def test_a_subject_that_is_missing_is_no_silent_no(edition: Edition) -> None:
    case = random_complete_case(edition, random.Random(1))
    del case["age_group"]
    with pytest.raises(KeyError, match="age_group"):
        Evaluator(edition).evaluate(case)


# --- editions that are odd on purpose


def yes(subject: str) -> Atom:
    return Atom(subject, frozenset({"yes"}))


def advice(name: str, when: Condition, action: str, verdict: str, in_scope_only: bool = True) -> AdviceRule:
    return AdviceRule(name, (), when, in_scope_only, (), None, None, action, verdict)


def order(
    name: str, action: str, waits_for: str, until: Condition | None = None, when: Condition = ALWAYS
) -> OrderRule:
    return OrderRule(name, (), when, True, (), None, None, action, waits_for, until)


def referral(
    name: str, when: Condition, phone: Condition, first: Condition, in_scope_only: bool = True
) -> ReferralRule:
    return ReferralRule(name, (), when, in_scope_only, (), None, None, name, None, "urgent", phone, first)


def action(name: str, safer: str, done_when: Condition | None = None) -> Action:
    return Action(name, "odd", "referrer", safer, None, done_when)


SUBJECTS = ("a.b", "a_b", "case", "fired", "class")
A, A_TOO, CASE, FIRED, CLASS = (yes(subject) for subject in SUBJECTS)


def odd_cases() -> Iterator[Mapping[str, str]]:
    """All complete cases over the subjects of the odd editions."""
    for number in range(3 * 2 ** len(SUBJECTS)):
        origin, bits = divmod(number, 2 ** len(SUBJECTS))
        case = {subject: "yes" if bits >> place & 1 else "no" for place, subject in enumerate(SUBJECTS)}
        yield case | {"lesion.origin": ("primary", "metastasis", "uncertain")[origin]}


def assert_same_everywhere(edition: Edition) -> None:
    evaluator = Evaluator(edition)
    for case in odd_cases():
        assert evaluator.evaluate(case) == interpreted(evaluator, case), case


def odd_edition(edition: Edition, actions: list[Action], *rules: object) -> Edition:
    return replace(edition, actions={one.id: one for one in actions}, rules=tuple(rules))  # type: ignore[arg-type]


def test_where_verdicts_collide_the_safer_one_stands(edition: Edition) -> None:
    verdicts = ("do", "prefer", "consider", "inform", "in_principle_not", "do_not")
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
        AlertRule("a1", (), ALWAYS, False, (), None, None, "always", "note"),
        AlertRule("a2", (), Or((CASE, FIRED)), True, (), None, None, "sometimes", "note"),
        AlertRule("a3", (), second, True, (), None, None, "sometimes", "stop"),
        referral("d1", And((first, CLASS)), phone=CASE, first=Not(CASE)),
        referral("d2", second, phone=And(()), first=Or(()), in_scope_only=False),
        referral("d3", FIRED, phone=Or(()), first=FIRED),
        ResponseRule("g1", (), And((CASE, CLASS)), True, (), None, None, "good"),
        ResponseRule("g2", (), CLASS, False, (), None, None, "poor"),
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
        *(
            AlertRule(f"a{number}", (), condition, True, (), None, None, f"alert{number}", "note")
            for number, condition in enumerate(on_the_plan)
        ),
    ]
    assert_same_everywhere(odd_edition(edition, actions, *rules))


def test_an_edition_without_rules(edition: Edition) -> None:
    assert_same_everywhere(odd_edition(edition, [action("one", "act")]))
