"""A passphrase that heads the lists of the weakest, in any dress, is refused; four words without a link are taken."""

import pytest

from desktop_app.store.weakness import SHORTEST_PASSPHRASE, weakness_of

TOO_EASY = [
    "aaaaaaaaaaaa",
    "123456789012",
    "98765432109876",
    "wachtwoord123",
    "Wachtwoord2026!",
    "W@chtw00rd1234",
    "Welkom01Welkom01",
    "welkom welkom welkom",
    "P@ssw0rd1234",
    "qwertyuiop123",
    "QWERTYUIOP[]",
    "zxcvbnmasdfgh",
    "1q2w3e4r5t6y",
    "abcabcabcabc",
    "abababababab",
    "111222333444",
    "Botwijzer2026!",
    "Zomer2026!Zomer",
    "iloveyou12345",
    "correct horse battery staple",
    "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff441234",  # full-width letters
]
GOOD = [
    "vier rode fietsen in de regen",
    "mijn kat heet Moortje",
    "de hond blaft hard",
    "hJ7#kQ2!vX9z",
    "caf\u00e9 met uitzicht op zee",
    "\u05d3\u05d2 \u05db\u05d7\u05d5\u05dc \u05e9\u05d5\u05ea\u05d4 \u05ea\u05d4",
]


@pytest.mark.parametrize("passphrase", TOO_EASY)
def test_what_is_guessed_first_is_too_easy(passphrase):
    assert weakness_of(passphrase) == "too_easy"


@pytest.mark.parametrize("passphrase", GOOD)
def test_what_nobody_guesses_is_taken(passphrase):
    assert weakness_of(passphrase) is None


@pytest.mark.parametrize(
    "passphrase", ["", "kort", "x" * (SHORTEST_PASSPHRASE - 1), " " * SHORTEST_PASSPHRASE, "\t" * 40]
)
def test_too_few_signs_are_too_short(passphrase):
    assert weakness_of(passphrase) == "too_short"
