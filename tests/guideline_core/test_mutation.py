"""Every word of the edition matters: whoever changes one, a case of the deck, the double entry or a proof notices.

A sample in each run; with --long all mutants, and the numbers.
"""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or, Word
from guideline_core.edition.condition_language import in_words
from tests.case_deck import deck
from tests.editions import read_real_edition
from tests.mutation import Fate, Laboratory, Mutant, ValueSets, condition_mutants, examine_share, mutants, with_word

SAMPLE, SEED = 30, 2026
PROCESSES = 2

SURVIVORS: Mapping[str, str] = {}
"""Mutants that nobody notices, by name, each with the reason why that is acceptable."""

A, B, C = (Atom(name, frozenset({"yes"})) for name in "abc")


def names_of(condition: Condition, values_of: ValueSets = lambda subject: ()) -> list[str]:
    return [f"{name}: {in_words(changed)}" for name, changed in condition_mutants(condition, values_of)]


@cache
def all_mutants() -> tuple[Mutant, ...]:
    return mutants(read_real_edition())


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    return Laboratory(read_real_edition(), deck())


# ---- how mutants are made --------------------------------------------------------------------------------------------


def test_each_part_of_a_condition_is_negated_dropped_and_turned() -> None:
    assert names_of(And((A, Or((B, Not(C)))))) == [
        "made always: always",
        "made never: never",
        "'and' of 'a and (b or c is not yes)' turned: a or (b or c is not yes)",
        "'a' dropped: (b or c is not yes)",
        "'b or c is not yes' dropped: a",
        "'a' negated: a is not yes and (b or c is not yes)",
        "'or' of 'b or c is not yes' turned: a and (b and c is not yes)",
        "'b' dropped: a and c is not yes",
        "'c is not yes' dropped: a and b",
        "'b' negated: a and (b is not yes or c is not yes)",
        "'c' negated: a and (b or not c is not yes)",
    ]


def test_a_definition_is_one_word_in_the_conditions_that_use_it() -> None:
    assert names_of(And((Word("w", Or((A, B))), C)))[3:6] == [
        "'w' dropped: c",
        "'c' dropped: w",
        "'w' negated: not w and c",
    ]


def test_values_are_taken_and_added_one_at_a_time() -> None:
    def values_of(subject: str) -> tuple[frozenset[str], ...]:
        return tuple(frozenset({value}) for value in ("x", "y", "z"))

    names = names_of(Atom("s", frozenset({"x", "y"})), values_of)
    assert names[3:] == [
        "'x' taken from 's is one of (x, y)': s is y",
        "'y' taken from 's is one of (x, y)': s is x",
        "'z' added to 's is one of (x, y)': s is one of (x, y, z)",
    ]


def test_what_holds_always_or_never_is_made_the_other() -> None:
    assert names_of(ALWAYS) == ["made never: never"]
    assert names_of(NEVER) == ["made always: always"]


def test_a_word_is_changed_wherever_it_is_used() -> None:
    changed = with_word(read_real_edition(), "child", NEVER)
    meanings = [definition.when for definition in changed.definitions.values()]
    conditions = [
        *meanings,
        *(rule.when for rule in changed.rules),
        *(question.ask_when for question in changed.questions.values()),
    ]
    assert "age_group is child" not in {in_words(word.meaning) for each in conditions for word in words_in(each)}


def words_in(condition: Condition) -> list[Word]:
    match condition:
        case Word(_, meaning):
            return [condition, *words_in(meaning)]
        case Not(part):
            return words_in(part)
        case And(parts) | Or(parts):
            return [word for part in parts for word in words_in(part)]
        case _:
            return []


def test_mutants_have_names_of_their_own() -> None:
    names = [mutant.name for mutant in all_mutants()]
    assert len(names) == len(set(names)) > 2000


# ---- how they are noticed --------------------------------------------------------------------------------------------


def test_the_edition_itself_is_equivalent(laboratory: Laboratory) -> None:
    assert laboratory.examine(Mutant("unchanged", read_real_edition)).noticed == "equivalent"


def test_a_condition_said_twice_is_equivalent(laboratory: Laboratory) -> None:
    edition = read_real_edition()
    rules = tuple(replace(rule, when=And((rule.when, rule.when))) for rule in edition.rules)
    assert laboratory.examine(Mutant("all said twice", lambda: replace(edition, rules=rules))).noticed == "equivalent"


def test_a_rule_that_is_gone_is_noticed_by_a_case(laboratory: Laboratory) -> None:
    edition = read_real_edition()
    rules = tuple(rule for rule in edition.rules if rule.id != "M3-R6.not-princess-maxima")
    assert laboratory.examine(Mutant("gone", lambda: replace(edition, rules=rules))).noticed == "deck"


def test_what_no_case_notices_the_double_entry_does() -> None:
    edition = read_real_edition()
    changed = with_word(edition, "in_doubt", Not(edition.definitions["in_doubt"].when))
    fate = Laboratory(edition, ()).examine(Mutant("in_doubt: negated", lambda: changed))
    assert (fate.noticed, fate.by.partition(" so where")[0]) == ("table", "in_doubt: when: only the table has it")


def test_without_a_deck_the_safety_properties_still_notice() -> None:
    edition = read_real_edition()
    rules = tuple(rule for rule in edition.rules if rule.id != "M2-R15.route-first")
    fate = Laboratory(edition, ()).examine(Mutant("no route", lambda: replace(edition, rules=rules)))
    assert (fate.noticed, fate.by) == ("proof", "biopsy-never-before-route")


def unnoticed(fates: list[Fate]) -> list[str]:
    return sorted(fate.name for fate in fates if fate.noticed == "nobody" and fate.name not in SURVIVORS)


def test_a_sample_of_mutants_is_noticed(laboratory: Laboratory) -> None:
    sample = Random(SEED).sample(all_mutants(), SAMPLE)
    missed = unnoticed([laboratory.examine(mutant) for mutant in sample])
    assert missed == []


def test_survivors_exist_and_are_still_unnoticed(laboratory: Laboratory) -> None:
    by_name = {mutant.name: mutant for mutant in all_mutants()}
    fates = {name: laboratory.examine(by_name[name]).noticed if name in by_name else "gone" for name in SURVIVORS}
    assert [name for name, noticed in fates.items() if noticed != "nobody"] == []


@pytest.mark.long
def test_every_mutant_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    with ProcessPoolExecutor(PROCESSES) as pool:
        shares = pool.map(examine_share, range(PROCESSES), [PROCESSES] * PROCESSES)
        fates = [fate for share in shares for fate in share]
    count = Counter(fate.noticed for fate in fates)
    with capsys.disabled():
        print(
            f"\n{len(fates)} mutants: {count['equivalent']} equivalent, {count['deck']} noticed by the deck,"
            f" {count['table']} by the double entry, {count['proof']} by a proof only, {count['nobody']} by nobody"
        )
    assert unnoticed(fates) == []
