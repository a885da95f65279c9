"""Every problem can be told, in both languages, with details that it really has."""

import string

import pytest

from desktop_app.library.phrases import LANGUAGES
from desktop_app.store.keys import PassphraseRequest
from desktop_app.store.problems import StoreProblem
from tests.desktop_app.store.helpers import words

PROBLEMS = sorted(StoreProblem.__subclasses__(), key=lambda problem: problem.key)
OWN_DETAILS = {
    "storage_failed": {"reason"},
    "file_not_readable": {"reason"},
    "file_too_large": {"megabytes"},
    "no_such_case": {"number"},
    "case_open_elsewhere": {"number"},
    "case_taken_over": {"number"},
    "case_changed_elsewhere": {"number"},
    "case_not_readable": {"number"},
    "journal_aside": {"aside"},
    "journal_broken": {"aside"},
    "store_remade": {"cases"},
    "store_replaced": {"aside", "cases"},
    "store_kept_elsewhere": {"aside", "cases"},
    "cases_elsewhere": {"aside"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_is_told(language):
    phrases = words(language)
    for problem in PROBLEMS:
        raised = problem(file="F", folder="M", **dict.fromkeys(OWN_DETAILS.get(problem.key, ()), "D"))
        for told in (raised.what(phrases), raised.what_to_do(phrases)):
            assert told.endswith(".") and "{" not in told


def test_no_phrase_is_left_over():
    assert set(words().table("store", "problem")) == {problem.key for problem in PROBLEMS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_request_for_a_passphrase_has_words(language):
    told = words(language).table("store", "passphrase")
    assert set(told) == {"new", "too_short", "too_easy", "invisible", "open", "wrong"}
    for reason, sentence in told.items():
        names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert names <= {"shortest"}
        assert sentence.format(shortest=PassphraseRequest(reason).shortest)
