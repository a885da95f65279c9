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
    "1qaz2wsx3edc",
    "1qaz2wsx3edc4rfv",
    "zaq1xsw2cde3",
    "q1w2e3r4t5y6",
    "a1b2c3d4e5f6",
    "1a2b3c4d5e6f",
    "!@#$%^&*()_+",
    "!QAZ@WSX#EDC",
    "asdfghjkl;'asdf",
    "princesmaxima",
    "prinsesmaximacentrum",
    "Prinses Maxima 2026",
    "radboudumc123",
    "erasmusmc1234",
    "ikhoudvanjou123",
    "volkswagen123",
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


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u2060", "\u202e", "\ufeff", "\u00ad", "\x07", "\t"])
def test_a_sign_that_nobody_sees_cannot_be_typed_again(sign):
    assert weakness_of(f"vier rode fietsen{sign} in de regen") == "invisible"
    assert weakness_of("ab" + 11 * sign + "x") == "invisible"
