"""Reads the patient's name from FHIR: family and given name, and everything about it that must be looked at.

Nothing of a name is left out or taken in doubt without a finding; a finding never repeats the name.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.exchange.fhir.names import (
    family_name,
    given_names,
    is_name,
    name_words,
    names_in_use,
    period_is_readable,
)
from desktop_app.exchange.fhir.reading import dictionaries, line
from desktop_app.exchange.fhir.systems import Data
from desktop_app.exchange.finding import Finding, caution, note
from desktop_app.library.normal_form import normalized
from desktop_app.library.phrases import Phrases

FAMILY, GIVEN = "patient.family_name", "patient.given_name"
FORM_OF_ADDRESS = re.compile(r"^(de heer|dhr|heer|mevrouw|mevr|mw|mr|mrs|ms)\b\.?\s*", re.IGNORECASE)
NOT_A_LETTER = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name as it is taken over (empty where there is none), and what has to be said about it."""

    family: str
    given: str
    findings: tuple[Finding, ...]


def read_name(person: Data, today: datetime.date, phrases: Phrases) -> FoundName:
    """The name by which a letter calls the person on this day."""
    names = names_in_use(person, today)
    family = next((words for name in names if (words := family_name(name))), "")
    given = next((words for name in names if (words := given_names(name))), "")
    findings = [*_of_the_shape(person, names, phrases), *_of_the_choice(person, names, today)]
    if not family and (written := next((words for name in names if (words := name_words(name.get("text")))), "")):
        family, given = written, ""
        findings.append(caution("name_as_text", about=FAMILY))
    elif any(_contradicts(name) for name in names):
        findings.append(caution("name_text_differs", about=FAMILY))
    return FoundName(family, given, tuple(findings))


# --- in which shape it stands -----------------------------------------------------------------------------------------


def _of_the_shape(person: Data, names: list[Data], phrases: Phrases) -> Iterator[Finding]:
    """What is no name as FHIR writes one: it is left out, or put together of its parts."""
    given = person.get("name")
    if given is not None and any(
        not isinstance(each, dict) for each in (given if isinstance(given, list) else [given])
    ):
        yield caution("no_name", label=phrases.label(FAMILY))
    for path, key in ((FAMILY, "family"), (GIVEN, "given"), (FAMILY, "text")):
        if any(not is_name(part) for name in names for part in _listed(name.get(key))):
            yield caution("no_name", label=phrases.label(path))
    if any(isinstance(name.get("family"), list) for name in names):
        yield caution("family_name_in_parts", about=FAMILY)


def _listed(value: object) -> list[object]:
    """What stands in an element; null, as FHIR writes beside an extension, is nothing."""
    return [each for each in (value if isinstance(value, list) else [value]) if each not in (None, "")]


# --- which of them is taken -------------------------------------------------------------------------------------------


def _of_the_choice(person: Data, names: list[Data], today: datetime.date) -> Iterator[Finding]:
    """That there are more names, or only such as are no longer in use."""
    everything = dictionaries(person.get("name"))
    if any(not period_is_readable(name) for name in names):
        yield caution("name_period_unreadable", about=FAMILY)
    if len({family_name(name).casefold() for name in names} - {""}) > 1:
        yield caution("several_names", about=FAMILY)
    taken = {_whole(name) for name in names}
    left_out = {_whole(name) for name in everything} - taken - {""}
    if left_out and not names:
        yield caution("name_not_in_use")
    elif left_out:
        yield note("other_names_left_out", about=FAMILY)


def _whole(name: Data) -> str:
    """The family name, or what else there is of a name, to tell whether two are the same."""
    return (family_name(name) or name_words(name.get("text")) or given_names(name)).casefold()


# --- whether text and parts agree -------------------------------------------------------------------------------------


def _contradicts(name: Data) -> bool:
    """Whether a name as text and the same name in parts do not say the same: a word of the family name is missing in
    the text, or the text has a word that stands in no part. Initials and shortened given names are the same."""
    text, family = name_words(name.get("text")), family_name(name)
    if not text or not family:
        return False
    said = _words(FORM_OF_ADDRESS.sub("", text))
    surname = _words(family)
    others = _words(" ".join(line(part) for key in ("given", "prefix", "suffix") for part in _listed(name.get(key))))
    strange = [word for word in said if word not in surname and not _is_among(word, others)]
    return not surname <= said or bool(strange)


def _is_among(word: str, others: Iterable[str]) -> bool:
    """Whether a word is one of these, or one is the beginning of the other."""
    return any(other.startswith(word) or word.startswith(other) for other in others)


def _words(text: str) -> frozenset[str]:
    """The words of a name without capitals, accents and signs."""
    plain = "".join(sign for sign in normalized("NFD", text) if not unicodedata.combining(sign))
    return frozenset(word for word in NOT_A_LETTER.split(plain.casefold()) if word)
