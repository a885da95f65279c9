"""The entries of an edition are read again from what was kept of its files, and are the same values."""

import json

import pytest

from guideline_core.edition.condition_language import in_words, parse
from guideline_core.edition.entries import EditionEntries
from guideline_core.edition.values import Edition
from guideline_core.edition.vocabulary import PropertyVocabulary
from guideline_core.keys import ENTRY_KINDS
from tests.editions import no_fault, real_trees


@pytest.fixture(scope="module")
def kept() -> EditionEntries:
    return EditionEntries(json.loads(json.dumps(real_trees())), no_fault)


@pytest.mark.parametrize("kind", [*(kind for kind in ENTRY_KINDS if kind != "rules"), "questions", "entity_groups"])
def test_what_was_kept_reads_as_the_same_values(kept: EditionEntries, edition: Edition, kind: str) -> None:
    assert getattr(kept, kind) == getattr(edition, kind) != {}


def test_rules_that_were_kept_are_the_same(kept: EditionEntries, edition: Edition) -> None:
    assert tuple(kept.rules.values()) == edition.rules
    assert kept.rules.keys() == {rule.id for rule in edition.rules}


def test_every_kind_that_can_be_looked_up_is_there(kept: EditionEntries) -> None:
    assert all(kept.of_kind(kind) for kind in ENTRY_KINDS)
    found = [kind for kind in ENTRY_KINDS if "child" in kept.of_kind(kind)]
    assert found == ["definitions"]


def test_a_rule_stands_with_each_of_its_statements(edition: Edition) -> None:
    for rule in edition.rules:
        assert all(rule.id in edition.statements[name].encoded_by for name in rule.statements)


def test_every_condition_reads_back_from_its_words(kept: EditionEntries, edition: Edition) -> None:
    vocabulary = PropertyVocabulary(kept.vocabulary)
    conditions = list(edition.conditions())
    assert conditions
    for condition in conditions:
        assert parse(in_words(condition), vocabulary) == condition


def test_the_protocol_of_the_mri_is_kept(edition: Edition) -> None:
    assert edition.mri_protocol["sequences"]
