"""Arabic and Hebrew on paper: letters joined as they are written, and each line in the order in which the eye meets it.

Model, text for the health record and FHIR keep the order in which text was typed; only what draws asks here. Joined
letters are characters too (Unicode's presentation forms), so a text stays in its typed order, and can be measured and
broken into lines, until a line is drawn.
"""

import unicodedata
from collections.abc import Container, Iterator
from functools import cache
from itertools import groupby

from bidi.algorithm import get_display

FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))
"""Where Unicode has the forms of single letters, and of lam with alef, which are always written as one."""
LAM = "\N{ARABIC LETTER LAM}"
TATWEEL = "\N{ARABIC TATWEEL}"
JOINS_NEXT, JOINS_BOTH, JOINS_LAST = "<initial>", "<medial>", "<final>"
ALONE = "<isolated>"
RIGHT_TO_LEFT = frozenset({"R", "AL"})
MARK = "NSM"
FIRST_RIGHT_TO_LEFT = "\N{HEBREW ACCENT ETNAHTA}"
"""No character before this one (U+0591) is written from right to left."""

Forms = dict[str, str]
"""The forms of a letter, by their place in a word."""


def runs_right_to_left(text: str) -> bool:
    """Whether some of it is written from right to left."""
    if text.isascii() or max(text) < FIRST_RIGHT_TO_LEFT:  # asked of every line of a letter
        return False
    return any(unicodedata.bidirectional(character) in RIGHT_TO_LEFT for character in text)


# --- joining --------------------------------------------------------------------------------------------------------


def joined(text: str, printable: Container[int]) -> str:
    """The text, in its order, with the form of each Arabic letter that its neighbours ask for; a form that cannot be
    printed is not used. What is joined already stays as it is."""
    if not runs_right_to_left(text):
        return text
    letters = list(_letters(text))
    places = [place for place, letter in enumerate(letters) if not unicodedata.combining(letter[0])]
    neighbours = ["", *(letters[place] for place in places), ""]
    for place, before, letter, after in zip(places, neighbours, neighbours[1:], neighbours[2:], strict=False):
        form = _form(before, letter, after)
        if form is not None and ord(form) in printable:
            letters[place] = form
    return "".join(letters)


def as_typed(text: str) -> str:
    """The text with the letters of which joined forms were made."""
    return "".join(unicodedata.normalize("NFKC", each) if ord(each) in FORMS else each for each in text)


def _letters(text: str) -> Iterator[str]:
    """Each character; lam and an alef that follows it count as one."""
    rest = iter(zip(text, [*text[1:], ""], strict=True))
    for letter, after in rest:
        if letter == LAM and letter + after in _all_forms():
            next(rest)
            yield letter + after
        else:
            yield letter


def _form(before: str, letter: str, after: str) -> str | None:
    forms = _all_forms().get(letter, {})
    to_last = JOINS_LAST in forms and _reaches_next(before)
    to_next = JOINS_NEXT in forms and _reaches_last(after)
    if to_last:
        return forms.get(JOINS_BOTH if to_next else JOINS_LAST)
    return forms.get(JOINS_NEXT if to_next else ALONE)


def _reaches_next(letter: str) -> bool:
    return letter == TATWEEL or JOINS_NEXT in _all_forms().get(letter, {})


def _reaches_last(letter: str) -> bool:
    return letter == TATWEEL or JOINS_LAST in _all_forms().get(letter, {})


@cache
def _all_forms() -> dict[str, Forms]:
    """The forms of each letter, and of lam with each alef, as Unicode has them."""
    found: dict[str, Forms] = {}
    for form in map(chr, FORMS):
        place, *codes = unicodedata.decomposition(form).split() or [""]
        letter = "".join(chr(int(code, 16)) for code in codes)
        if len(letter) == 1 or (len(letter) == 2 and letter[0] == LAM and place in (ALONE, JOINS_LAST)):
            found.setdefault(letter, {})[place] = form
    return found


# --- order ----------------------------------------------------------------------------------------------------------


def in_visual_order(line: str) -> str:
    """A line in the order in which it is drawn, from the left, by the Unicode Bidirectional Algorithm.

    In a line with Latin letters only what stands between two letters of the other direction is turned, so that the day
    of birth after a name stays after it: by the algorithm alone it would go before the name.
    """
    if not runs_right_to_left(line):
        return line
    directions = [unicodedata.bidirectional(character) for character in line]
    if "L" not in directions:
        words = line.strip(" ")
        return line.replace(words, _turned(words))
    return "".join(_turned(part) if turns else part for turns, part in _stretches(line, directions))


def _stretches(line: str, directions: list[str]) -> Iterator[tuple[bool, str]]:
    """The line in parts, each with whether it is turned: from a letter of the other direction to the last one before
    the next Latin letter, with the marks on it."""
    place = 0
    for is_latin, group in groupby(range(len(line)), lambda number: directions[number] == "L"):
        numbers = list(group)
        turned = [] if is_latin else [number for number in numbers if directions[number] in RIGHT_TO_LEFT]
        if turned:
            first, last = turned[0], turned[-1] + 1
            while last < len(line) and directions[last] == MARK:
                last += 1
            yield False, line[place:first]
            yield True, line[first:last]
            place = last
    yield False, line[place:]


def _turned(text: str) -> str:
    """With brackets that open and close the other way. Marks come to stand before their letter, which is where these
    fonts draw them from."""
    ordered: str = get_display(text, base_dir="R")
    return ordered
