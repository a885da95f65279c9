"""Which passphrases are too easy to guess: of each piece that is guessed first only one sign counts.

Guessed first are the words and rows of keys below, also with signs for letters (p@ssw0rd) or with Shift held (!@#$);
runs (aaaa, 1234, dcba, and down a column of keys: 1qaz), also two that take turns (a1b2c3); years; and whatever is
repeated. A sign that nobody sees (a joiner of no width, pasted with a text) cannot be typed again. The list is our own:
the words that head every list of the weakest, in Dutch and English, and what somebody would try on this program.
"""

import re
import unicodedata
from typing import Literal

SHORTEST_PASSPHRASE = 12
LEAST_LEFT = 8
"""How many different signs must be left."""

Weakness = Literal["too_short", "too_easy", "invisible"]

_WORDS = """
    wachtwoordzin wachtwoord wachtzin passphrase password welkom welcome geheim secret toegang login inlog admin
    beheer beheerder gebruiker user master letmein iloveyou ikhouvanjou qwerty qwertyuiop asdfghjkl zxcvbnm
    azerty qazwsx 1q2w3e4r5t abc computer botwijzer bottumor bottumoren osteosarcoom sarcoom tumor kanker
    ziekenhuis patient patienten casus casussen dokter orthopedie orthopeed radioloog radiologie oncologie
    amsterdam rotterdam utrecht leiden groningen nijmegen nederland holland voetbal ajax feyenoord psv zomer
    herfst winter lente summer autumn spring january januari februari maart april juni juli augustus september
    oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag liefde schatje
    sunshine princess prinses dragon monkey football baseball superman batman trustno changeme default test
    correcthorsebatterystaple prinses princes maxima centrum radboudumc radboud erasmusmc erasmus leidsumc lumc umcg
    umcutrecht amsterdamumc vumc mumc azm umc amc antonileeuwenhoek leeuwenhoek zuyderland ikhoudvanjou ikhouvanje
    ikhoudvanje volkswagen mercedes renault peugeot citroen toyota porsche ferrari pokemon starwars chocolade
"""
_LETTERS_FOR_SIGNS = str.maketrans("013457@$!€", "oieastasie")
_KEY_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_KEYS = {key: (row, place) for row, keys in enumerate(_KEY_ROWS) for place, key in enumerate(keys)}
_WITHOUT_SHIFT = str.maketrans('!@#$%^&*()_+{}:"<>?', "1234567890-=[];',./")
_SHORTEST_RUN = 3


def weakness_of(passphrase: str) -> Weakness | None:
    """Why a passphrase will not do; None when it will."""
    text = unicodedata.normalize("NFKC", passphrase).casefold()
    if len(text.strip()) < SHORTEST_PASSPHRASE:
        return "too_short"
    if any(unicodedata.category(sign) in ("Cc", "Cf") for sign in passphrase):
        return "invisible"
    plain = re.sub(r"\s+", "", text)
    readings = (plain, plain.translate(_LETTERS_FOR_SIGNS), plain.translate(_WITHOUT_SHIFT))
    left = min(min(_left(each), _left(each[::2]) + _left(each[1::2])) for each in readings)
    return "too_easy" if left < LEAST_LEFT else None


def _left(text: str) -> int:
    """How many different signs are left: a piece that is guessed at once counts as one."""
    text = re.sub(r"(?:19|20)\d\d", "Y", text)
    for word in _BY_LENGTH:
        text = text.replace(word, "W")
    return len(set(_without_runs(text)))


def _without_runs(text: str) -> str:
    """The text with one sign for each run of neighbours in the alphabet, the digits, a row or a column of keys."""
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
    return bool(_steps(one, next_one) & _steps(first, second))


def _steps(one: str, other: str) -> set[tuple[int, int]]:
    """How far apart (down, right) two signs stand that are neighbours or the same: as keys, and in the alphabet."""
    further = ord(other) - ord(one)
    steps = {(0, further)} if abs(further) <= 1 else set()
    if one in _KEYS and other in _KEYS:
        (row, place), (other_row, other_place) = _KEYS[one], _KEYS[other]
        down, right = other_row - row, other_place - place
        if abs(down) + abs(right) == 1:
            steps.add((down, right))
    return steps


_BY_LENGTH = sorted(set(_WORDS.split()), key=lambda word: (-len(word), word))
