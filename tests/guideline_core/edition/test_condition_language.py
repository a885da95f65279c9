"""The language of the rules: what binds stronger, what it reads and refuses, and that it writes what it read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or, PlanAtom, Word, atoms, holds
from guideline_core.edition.condition_language import ConditionFault, in_words, parse
from guideline_core.edition.values import Edition
from guideline_core.edition.vocabulary import EditionVocabulary
from guideline_core.file_limits import CONDITION_DEPTH
from tests.editions import read_real_edition

YES = frozenset({"yes"})
unhurried = settings(deadline=None)  # a busy machine is no fault


class SmallVocabulary:
    """Knows the word `w`, answers of one letter, and any function and group."""

    def word(self, name: str) -> Condition | None:
        return Or((atom("a"), atom("b"))) if name == "w" else None

    def atom(self, subject: str, values: tuple[str, ...] | None) -> Condition:
        if len(subject) > 1:
            raise ConditionFault(f"unknown '{subject}'")
        return Atom(subject, frozenset(values or ("yes",)))

    def member(self, subject: str, groups: tuple[str, ...]) -> Condition:
        return Atom(subject, frozenset(f"{group}_{number}" for group in groups for number in (1, 2)))

    def call(self, function: str, arguments: tuple[str, ...]) -> Condition:
        return PlanAtom(function, arguments[0], frozenset(arguments[1:]))


def atom(name: str) -> Condition:
    return Atom(name, YES)


A, B, C = atom("a"), atom("b"), atom("c")


def read(text: str) -> Condition:
    return parse(text, SmallVocabulary())


DEEP = CONDITION_DEPTH - 1


@pytest.mark.parametrize(("before", "after"), [("(", ")"), ("not ", ""), ("not (", ")"), ("a or (b and ", ")")])
def test_what_stands_too_deep_is_refused(before: str, after: str) -> None:
    assert read(before * (DEEP // 2) + "a" + after * (DEEP // 2))
    for times in (CONDITION_DEPTH + 1, 600, 5_000, 100_000):
        with pytest.raises(ConditionFault, match="deep"):
            read(before * times + "a" + after * times)


@pytest.mark.parametrize(
    ("meaning", "fault"), [("not {}", "deep"), ("{0} and {0}", "parts"), ("{0} or not {0}", "parts")]
)
def test_definitions_make_no_condition_without_end(meaning: str, fault: str) -> None:
    class Growing(SmallVocabulary):
        def word(self, name: str) -> Condition | None:
            return grown if name == "g" else None

    grown: Condition = A
    with pytest.raises(ConditionFault, match=fault):
        for _ in range(600):
            grown = parse(meaning.format("g"), Growing())


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("a", A),
        ("not a", Not(A)),
        ("not not a", Not(Not(A))),
        ("a and b or c", Or((And((A, B)), C))),
        ("a or b and c", Or((A, And((B, C))))),
        ("(a or b) and c", And((Or((A, B)), C))),
        ("not a and b", And((Not(A), B))),
        ("not (a and b)", Not(And((A, B)))),
        ("a and b and c", And((A, B, C))),
        ("a or b or c", Or((A, B, C))),
        ("a and (b and c)", And((A, And((B, C))))),
        ("((a))", A),
        ("a is x", Atom("a", frozenset({"x"}))),
        ("a is not x", Not(Atom("a", frozenset({"x"})))),
        ("a is one of (x, y)", Atom("a", frozenset({"x", "y"}))),
        ("a is not one of (x, y)", Not(Atom("a", frozenset({"x", "y"})))),
        ("a is one of (x)", Atom("a", frozenset({"x"}))),
        ("a in g", Atom("a", frozenset({"g_1", "g_2"}))),
        ("not a in g", Not(Atom("a", frozenset({"g_1", "g_2"})))),
        ("done(x.y)", PlanAtom("done", "x.y")),
        ("waits(x.y, z)", PlanAtom("waits", "x.y", frozenset({"z"}))),
        ("w and c", And((Word("w", Or((A, B))), C))),
        ("  a\n  and\n  b  ", And((A, B))),
    ],
)
def test_what_is_read(text: str, condition: Condition) -> None:
    assert read(text) == condition


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the condition ends where more is expected"),
        ("a and", "the condition ends where more is expected"),
        ("(a", "the condition ends where ) is expected"),
        ("a)", "unexpected ')'"),
        ("a b", "unexpected 'b'"),
        ("and a", "a name expected instead of 'and'"),
        ("a or or b", "a name expected instead of 'or'"),
        ("a is", "the condition ends where more is expected"),
        ("a is and", "a name expected instead of 'and'"),
        ("a is one (x)", "'of' expected instead of '('"),
        ("a is one of x", "'(' expected instead of 'x'"),
        ("a is one of ()", "a name expected instead of ')'"),
        ("a is one of (x y)", "')' expected instead of 'y'"),
        ("a in (g)", "a name expected instead of '('"),
        ("done()", "a name expected instead of ')'"),
        ("a = b", "cannot read '= b'"),
        ("a is 3", "cannot read '3'"),
        ("long", "unknown 'long'"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        read(text)
    assert message in str(caught.value)


LETTERS = st.sampled_from("abcdef")
ATOMS = st.builds(Atom, LETTERS, st.frozensets(st.sampled_from(["x", "y", "z"]), min_size=1))
PLAN_ATOMS = st.builds(PlanAtom, st.sampled_from(["listed", "done"]), LETTERS)
WORDS = st.just(Word("w", Or((A, B))))
CONDITIONS = st.recursive(
    ATOMS | PLAN_ATOMS | WORDS | st.builds(Atom, LETTERS, st.just(YES)),
    lambda parts: (
        st.builds(Not, parts)
        | st.builds(And, st.lists(parts, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(parts, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=10,
)


@unhurried
@given(CONDITIONS)
def test_what_was_written_is_read_as_it_was(condition: Condition) -> None:
    assert read(in_words(condition)) == condition


def test_every_condition_of_the_edition_can_be_written() -> None:
    edition = read_real_edition()
    texts = {rule.id: in_words(rule.when) for rule in edition.rules}
    words = (
        "intermediate and child and outside_centre_care and not urgent_whatever_the_lesion"
        " and not blood_disease_established"
    )
    assert texts["M3-R5.phone-for-a-child"] == words
    assert texts["FM-1.draft"] == "always"
    assert all(texts.values())


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (ALWAYS, "always"),
        (NEVER, "never"),
        (PlanAtom("referral", "referral.urgency", frozenset({"urgent"})), "referral.urgency is urgent"),
        (PlanAtom("advised", "x.y", frozenset({"do"})), "advised(x.y, do)"),
        (Not(Or((A, B))), "not (a or b)"),
        (Not(Atom("a", frozenset({"x"}))), "a is not x"),
        (And((A,)), "a"),
    ],
)
def test_what_is_written(condition: Condition, text: str) -> None:
    assert in_words(condition) == text


def test_atoms_behind_definitions_are_found_too() -> None:
    assert list(atoms(read("w and not c"))) == [A, B, C]


@pytest.mark.parametrize("true_ones", ["", "a", "b", "c", "ab", "ac", "bc", "abc"])
def test_what_holds(true_ones: str) -> None:
    found = holds(read("w and not c"), lambda each: each.subject in true_ones)
    assert found == (("a" in true_ones or "b" in true_ones) and "c" not in true_ones)


def test_empty_conditions_hold_always_and_never() -> None:
    assert holds(ALWAYS, lambda _: False)
    assert not holds(NEVER, lambda _: True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("surely(biopsy_advised)", "did you mean 'biopsy_advised_against'"),
        ("surely(biopsy_prepared)", "'surely' asks about answers alone"),
        ("surely(child, adult)", "unknown definition for surely: 'child, adult'"),
    ],
)
def test_surely_asks_about_one_definition_of_answers(edition: Edition, text: str, message: str) -> None:
    names = EditionVocabulary(edition.entities, edition.entity_groups, edition.actions, edition.definitions)
    with pytest.raises(ConditionFault, match=re.escape(message)):
        parse(text, names)
    assert in_words(parse("surely(biopsy_advised_against)", names)) == "surely(biopsy_advised_against)"
