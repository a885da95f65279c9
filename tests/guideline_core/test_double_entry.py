"""The double entry (tests/second_entry/*.yaml) and the edition say the same of every word, rule and action.

In every case that can be; and a change in either is told with a case in which it shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from guideline_core.condition import And, Not, Or
from guideline_core.edition.condition_language import ConditionFault
from guideline_core.edition.values import Edition
from tests.double_entry import Entries, disagreements, names_in, second_entries, written
from tests.editions import read_real_edition
from tests.mutation import TISSUE_WITHOUT_HISTOLOGY, SharedBuilder, separate_space, sure_and_untrue, with_word


@cache
def original() -> SharedBuilder:
    edition = read_real_edition()
    return SharedBuilder(edition, separate_space(edition))


@cache
def entries() -> Entries:
    return second_entries(read_real_edition())


def differences(edition: Edition, names: list[str]) -> list[str]:
    builder = SharedBuilder(edition, original().space, original())
    impossible = builder.condition(Or((TISSUE_WITHOUT_HISTOLOGY, sure_and_untrue(edition))))
    return list(disagreements(entries(), builder, impossible, names))


def changed(trees: Mapping[str, Any], kind: str, name: str, **keys: Any) -> Mapping[str, Any]:
    return {**trees, kind: {**trees[kind], name: {**trees[kind][name], **keys}}}


# ---- the two agree ---------------------------------------------------------------------------------------------------


def test_every_word_rule_and_action_is_entered_twice() -> None:
    names = names_in(read_real_edition())
    assert len(names) == len(set(names)) > 300
    assert entries().keys() == set(names)


def test_table_and_edition_agree_in_every_case() -> None:
    assert differences(read_real_edition(), names_in(read_real_edition())) == []


def test_sources_are_statements_or_readings() -> None:
    edition = read_real_edition()
    known = edition.statements.keys() | edition.interpretations.keys()
    found = {
        source
        for kind in ("words", "rules", "actions")
        for entry in written()[kind].values()
        for source in entry.get("source", ())
    }
    assert {source for source in found - known if not source.startswith("page ")} == set()


def test_a_word_says_where_it_follows_from() -> None:
    assert [name for name, entry in written()["words"].items() if not entry["source"]] == []


# ---- a changed edition is refused ------------------------------------------------------------------------------------


def other_rule(edition: Edition, name: str, **keys: Any) -> Edition:
    rules = tuple(replace(rule, **keys) if rule.id == name else rule for rule in edition.rules)
    return replace(edition, rules=rules)


def negated(edition: Edition) -> Edition:
    return with_word(edition, "in_doubt", Not(edition.definitions["in_doubt"].when))


def without_a_part(edition: Edition) -> Edition:
    condition = edition.definitions["local_treatment_planned"].when
    assert isinstance(condition, And)
    return with_word(edition, "local_treatment_planned", And(condition.parts[1:]))


def another_list(edition: Edition) -> Edition:
    return with_word(edition, "axial_skeleton", edition.definitions["lesion_in_spine"].when)


def never_done(edition: Edition) -> Edition:
    action = replace(edition.actions["mdo.discuss"], done_when=None)
    return replace(edition, actions={**edition.actions, "mdo.discuss": action})


CHANGES: dict[str, tuple[Callable[[Edition], Edition], str]] = {
    "in_doubt": (negated, "only the table has it so where"),
    "local_treatment_planned": (without_a_part, "only the edition has it so where"),
    "axial_skeleton": (another_list, "when: only the table has it so where region is skull_base (or 2 more)"),
    "mdo.discuss": (never_done, "the edition does not have it"),
    "M3-R5.refer": (lambda edition: other_rule(edition, "M3-R5.refer", verdict="prefer"), "the edition 'prefer refer"),
    "PROG-5.other-specialty": (
        lambda edition: other_rule(edition, "PROG-5.other-specialty", scope="any"),
        "only the edition has it so where lesion.origin is metastasis",
    ),
    "M2-R14c.discussion-first": (
        lambda edition: other_rule(edition, "M2-R14c.discussion-first", until=None),
        "the table has ['until', 'when'], the edition ['when']",
    ),
    "M2-R15.route-first": (
        lambda edition: replace(edition, rules=tuple(r for r in edition.rules if r.id != "M2-R15.route-first")),
        "the edition does not have it",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_in_the_edition_is_told(name: str) -> None:
    change, told = CHANGES[name]
    found = differences(change(read_real_edition()), [name])
    assert found and told in found[0]


def test_another_list_of_tumours_is_told_from_both_sides() -> None:
    trees = changed(written(), "words", "osteosarcoma_or_ewing", when=[{"entity": ["osteosarcomas", "chordoma"]}])
    table = second_entries(read_real_edition(), trees)
    found = list(disagreements(table, original(), 0, ["osteosarcoma_or_ewing"]))
    assert len(found) == 2  # the chordoma is in the table alone, the Ewing sarcoma in the edition alone


# ---- a table with a slip is refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"region": "spin"}, "spin"),
        ({"regoin": "spine"}, "regoin"),
        ({"entity": "osteosarcomata"}, "osteosarcomata"),
        ({"benign": "perhaps"}, "perhaps"),
        ({"benign": "not yes"}, "yes"),
        ({"listed(imaging.mri)": "yes"}, "imaging.mri"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused(row: Mapping[str, str], fault: str) -> None:
    with pytest.raises((ConditionFault, KeyError), match=fault):
        second_entries(read_real_edition(), changed(written(), "words", "child", when=[row]))


def test_an_entry_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(AssertionError, match="unles"):
        second_entries(read_real_edition(), changed(written(), "words", "child", unles=[]))


def test_the_table_takes_no_word_from_the_edition() -> None:
    trees = {**written(), "words": {"adult": {"source": [], "when": [{"child": "yes"}]}}, "rules": {}, "actions": {}}
    with pytest.raises(ConditionFault, match="child"):
        second_entries(read_real_edition(), {**trees, "helpers": {}})
