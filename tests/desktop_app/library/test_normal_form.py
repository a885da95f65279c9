"""The normal forms: no text keeps the program waiting, and one that is cut says so."""

import time
import unicodedata

import pytest

from desktop_app.library.normal_form import CUT, MOST_ACCENTS, normalized

ACUTE, BELOW, TWO_IN_ONE, VOICED = "\u0301", "\u0316", "\u0344", "\uff9e"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
@pytest.mark.parametrize(
    "text", ["Zoë Nguye\u0302\u0303n", "ש\u05b7\u05c1ל\u05d5\u05b9ם", "각 한글", "x" + ACUTE * MOST_ACCENTS, ""]
)
def test_writing_is_left_as_it_is(form, text):
    assert normalized(form, text) == unicodedata.normalize(form, text)


@pytest.mark.parametrize("accents", [ACUTE + BELOW, TWO_IN_ONE + BELOW, BELOW, VOICED + ACUTE])
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_more_accents_than_any_writing_has_are_cut_and_it_is_seen(form, accents):
    cut = normalized(form, "e" + accents * 100 + "n" + accents)
    assert normalized(form, CUT) in cut
    assert normalized(form, cut) == cut
    runs = "".join("x" if unicodedata.combining(sign) else " " for sign in unicodedata.normalize("NFKD", cut)).split()
    assert 0 < max(map(len, runs)) <= MOST_ACCENTS


def test_twice_as_many_accents_take_twice_as_long():
    """It took seconds for one of these."""
    began = time.process_time()
    for accents in (ACUTE + BELOW, TWO_IN_ONE + BELOW, VOICED + ACUTE + BELOW):
        for form in ("NFC", "NFD", "NFKD"):
            normalized(form, "a" + accents * 100_000)
    assert time.process_time() - began < 2
