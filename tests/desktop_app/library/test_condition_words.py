"""Conditions in words: everything has words in both languages, and one text stands for one condition."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.library.condition_words import ConditionWords, words_in
from desktop_app.library.editions import Library
from guideline_core.condition import ALWAYS, NEVER, And, Atom, Condition, Not, Or, PlanAtom, Word
from guideline_core.edition.condition_language import parse
from guideline_core.edition.vocabulary import ENTITY_SUBJECTS, PropertyVocabulary
from guideline_core.keys import REFERRAL_KEYS
from guideline_core.subjects import derived_subjects, plain_subjects
from tests.editions import read_real_edition

LANGUAGES = ("nl", "en")
CODE_NAME = re.compile(r"[a-z0-9]_[a-z0-9]|[a-z]\.[a-z]|None|[{}]")
"""What gives a code name away: joined by an underscore or a dot, or never filled in."""


@cache
def library() -> Library:
    return Library()


@cache
def words(language: str) -> ConditionWords:
    return ConditionWords(library().edition().texts, library().phrases(language))


def condition(text: str) -> Condition:
    return parse(text, PropertyVocabulary(library().edition().texts.vocabulary))


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("child and malignant", "‘kind’ en ‘vermoedelijk kwaadaardig’", "‘child’ and ‘presumably malignant’"),
        ("imaging.mri.contrast", "‘MRI met contrast: ja’", "‘MRI with contrast: yes’"),
        ("imaging.mri.contrast is no", "‘MRI met contrast: nee’", "‘MRI with contrast: no’"),
        ("not imaging.mri.contrast", "‘MRI met contrast: anders dan ja’", "‘MRI with contrast: other than yes’"),
        ("imaging.mri.contrast is not no", "‘MRI met contrast: anders dan nee’", "‘MRI with contrast: other than no’"),
        ("not child", "‘niet: kind’", "‘not: child’"),
        ("not (child or adult)", "niet (‘kind’ of ‘volwassene’)", "not (‘child’ or ‘adult’)"),
        ("not child or adult", "‘niet: kind’ of ‘volwassene’", "‘not: child’ or ‘adult’"),
        ("child or adult and benign", "‘kind’ of (‘volwassene’ en ‘vermoedelijk goedaardig’)", None),
        (
            "region is one of (spine, pelvis)",
            "‘gebied: één van (bekken; wervelkolom)’",
            "‘region: one of (pelvis; spine)’",
        ),
        ("region is not spine", "‘gebied: anders dan wervelkolom’", "‘region: other than spine’"),
        ("entity is ewing_sarcoma", "‘diagnose die telt: Ewingsarcoom’", "‘diagnosis that counts: Ewing sarcoma’"),
        ("entity in osteosarcomas", "‘diagnose die telt: uit de groep osteosarcomen (elke vorm)’", None),
        ("answered(resection.margin)", "‘snijvlakken ingevuld: ja’", None),
        ("listed(mdo.discuss)", "‘het plan noemt bespreking in het MDO met het expertisecentrum’", None),
        ("referral.destination is none", "‘de bestemming in het plan: geen bestemming’", None),
        ("yes", "altijd", "always"),
        ("never", "nooit", "never"),
    ],
)
def test_a_condition_is_said_in_prose(text: str, dutch: str, english: str | None) -> None:
    assert words("nl").said(condition(text)) == dutch
    assert english is None or words("en").said(condition(text)) == english


def conditions_of_the_edition() -> Iterator[Condition]:
    edition = read_real_edition()
    yield from edition.conditions()
    yield from (definition.when for definition in edition.definitions.values())
    yield from (each.shown_when for each in edition.statements.values() if each.shown_when is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_of_the_edition_has_words_and_no_code_name_is_left(language: str) -> None:
    found = [words(language).said(each) for each in conditions_of_the_edition()]
    assert len(found) > 300
    assert not [text for text in found if CODE_NAME.search(text)]


def test_a_code_name_would_be_seen() -> None:
    assert CODE_NAME.search("‘refers_to_princess_maxima’") and CODE_NAME.search("‘imaging.mri.contrast: ja’")


def all_claims() -> Iterator[Condition]:
    """Each value and each pair of values of each subject, each definition, and all that is said of each action."""
    edition, vocabulary = read_real_edition(), library().edition().texts.vocabulary
    subjects = [subject.name for subject in (*plain_subjects(), *derived_subjects())]
    for subject in (*subjects, "category", "suspected"):
        values = vocabulary.values_of(subject)
        yield from (Atom(subject, frozenset(some)) for size in (1, 2) for some in combinations(values, size))
    for subject in ENTITY_SUBJECTS:
        yield from (Atom(subject, frozenset({value})) for value in vocabulary.values_of(subject))
        yield from (vocabulary.member(subject, (group,)) for group in edition.entity_groups)
    yield from (Word(name, each.when) for name, each in edition.definitions.items())
    for action in edition.actions:
        yield from (PlanAtom(kind, action) for kind in ("listed", "asked", "refrained", "done", "free"))
        yield from (PlanAtom("advised", action, frozenset({verdict})) for verdict in ("do", "do_not", "inform"))
        yield PlanAtom("waits", action, frozenset({"mdo.discuss"}))
    for key in REFERRAL_KEYS:
        values = vocabulary.values_of(f"referral.{key}")
        yield from (PlanAtom("referral", f"referral.{key}", frozenset({value})) for value in values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_claims_share_their_words(language: str) -> None:
    said: dict[str, Condition] = {}
    for claim in dict.fromkeys((*all_claims(), *map(Not, all_claims()), ALWAYS, NEVER)):
        text = words(language).said(claim)
        assert said.setdefault(text, claim) == claim, text
    assert len(said) > 2000


FEW = (Word("child", ALWAYS), Word("benign", ALWAYS), Atom("region", frozenset({"spine"})))


def small_conditions(depth: int) -> Iterator[Condition]:
    """Every way to put few claims together to this depth."""
    yield from FEW
    if depth:
        inner = list(small_conditions(depth - 1))
        yield from map(Not, inner)
        yield from (join(pair) for join in (And, Or) for pair in product(inner, repeat=2))


def test_no_two_small_conditions_share_their_words() -> None:
    conditions = dict.fromkeys(small_conditions(2))
    assert len(conditions) > 1000
    assert len({words("nl").said(each) for each in conditions}) == len(conditions)


def put_together(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(inner.map(Not), parts.map(And), parts.map(Or))


any_condition = st.recursive(st.sampled_from(list(all_claims())), put_together, max_leaves=8)


@settings(max_examples=300, deadline=None)
@given(any_condition, any_condition, st.sampled_from(LANGUAGES))
def test_two_conditions_that_differ_are_said_differently(one: Condition, other: Condition, language: str) -> None:
    same_words = words(language).said(one) == words(language).said(other)
    assert same_words == (one == other)


def test_the_terms_of_a_condition_are_those_it_names_itself() -> None:
    assert list(words_in(condition("refers_to_princess_maxima and not (benign or child) and benign"))) == [
        "refers_to_princess_maxima",
        "benign",
        "child",
    ]
