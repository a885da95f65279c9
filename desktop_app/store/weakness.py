"""Which passphrases are too easy to guess: of each piece that is guessed first only one sign counts.

Guessed first are the words and rows of keys below, also with signs for letters (p@ssw0rd); runs (aaaa, 1234, dcba);
years; and whatever is repeated. The list is our own: the words that head every list of the weakest, in Dutch and
English, and what somebody would try on this program.
"""

import re
import unicodedata
from typing import Literal

SHORTEST_PASSPHRASE = 12
LEAST_LEFT = 8
"""How many different signs must be left."""

Weakness = Literal["too_short", "too_easy"]

_WORDS = """
    wachtwoordzin wachtwoord wachtzin passphrase password welkom welcome geheim secret toegang login inlog admin
    beheer beheerder gebruiker user master letmein iloveyou ikhouvanjou qwerty qwertyuiop asdfghjkl zxcvbnm
    azerty qazwsx 1q2w3e4r5t abc computer botwijzer bottumor bottumoren osteosarcoom sarcoom tumor kanker
    ziekenhuis patient patienten casus casussen dokter orthopedie orthopeed radioloog radiologie oncologie
    amsterdam rotterdam utrecht leiden groningen nijmegen nederland holland voetbal ajax feyenoord psv zomer
    herfst winter lente summer autumn spring january januari februari maart april juni juli augustus september
    oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag liefde schatje
    sunshine princess prinses dragon monkey football baseball superman batman trustno changeme default test
    correcthorsebatterystaple
"""
_LETTERS_FOR_SIGNS = str.maketrans("013457@$!€", "oieastasie")
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST_RUN = 3


def weakness_of(passphrase: str) -> Weakness | None:
    """Why a passphrase will not do; None when it will."""
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    if len(text.strip()) < SHORTEST_PASSPHRASE:
        return "too_short"
    plain = re.sub(r"\s+", "", text)
    readings = (plain, plain.translate(_LETTERS_FOR_SIGNS))
    return "too_easy" if min(_left(reading) for reading in readings) < LEAST_LEFT else None


def _left(text: str) -> int:
    """How many different signs are left: a piece that is guessed at once counts as one."""
    text = re.sub(r"(?:19|20)\d\d", "Y", text)
    for word in _BY_LENGTH:
        text = text.replace(word, "W")
    return len(set(_without_runs(text)))


def _without_runs(text: str) -> str:
    """The text with one sign for each run of neighbours in the alphabet, the digits or a row of keys."""
    kept, place = [], 0
    while place < len(text):
        end = place + 1
        while end < len(text) and _follows(text[end - 1], text[end], text[place], text[place + 1]):
            end += 1
        is_run = end - place >= _SHORTEST_RUN
        kept.append("R" if is_run else text[place])
        place = end if is_run else place + 1
    return "".join(kept)


def _follows(one: str, next_one: str, first: str, second: str) -> bool:
    """Whether two signs go on with the step with which a run began."""
    return _step(one, next_one) is not None and _step(one, next_one) == _step(first, second)


def _step(one: str, other: str) -> int | None:
    """How far apart two signs stand, when they are neighbours or the same."""
    for row in _KEY_ROWS:
        if one in row and other in row and abs(row.index(other) - row.index(one)) <= 1:
            return row.index(other) - row.index(one)
    return ord(other) - ord(one) if abs(ord(other) - ord(one)) <= 1 else None


_BY_LENGTH = sorted(set(_WORDS.split()), key=lambda word: (-len(word), word))
