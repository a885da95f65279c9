"""Finding a tumour or a bone by part of a name or synonym, Dutch or English, accents and case ignored. Without Qt."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop_app.library.normal_form import normalized

if TYPE_CHECKING:
    from guideline_core.edition.catalogue import CatalogueName

MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Found:
    """One name of a catalogue as a search shows it."""

    id: str
    name: str
    matched: str | None = None
    """The synonym by which it was found, when its name does not say it."""
    in_doubt: bool = False
    """Whether a pathologist must still check this entry."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name of a catalogue with everything by which it can be found, folded once."""

    found: Found
    name: str
    others: tuple[tuple[str, str], ...]  # folded and as written


def folded(text: str) -> str:
    """A text without accents, case, hyphens and double spaces: `Osteoïd-osteoom` becomes `osteoid osteoom`."""
    plain = "".join(sign for sign in normalized("NFKD", text) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain.casefold()).split())


class NameSearch:
    """Searches one list of the catalogue: its tumours or its bones."""

    def __init__(self, entries: "Mapping[str, CatalogueName]", language: str) -> None:
        self._entries = [self._entry(entry, language) for entry in entries.values()]
        self._by_id = {entry.found.id: entry.found for entry in self._entries}

    @staticmethod
    def _entry(entry: "CatalogueName", language: str) -> _Entry:
        name = entry.name[language]
        other_names = [text for key, text in entry.name.items() if key != language]
        others = dict.fromkeys([*entry.synonyms, *other_names, *entry.who_names])
        found = Found(entry.id, name, None, entry.in_doubt is not None)
        return _Entry(found, folded(name), tuple((folded(text), text) for text in others))

    def name(self, identifier: str) -> str:
        """The name of an id; the id itself when the catalogue lacks it."""
        found = self._by_id.get(identifier)
        return found.name if found else identifier

    def find(self, text: str, without: Iterable[str] = ()) -> list[Found]:
        """The names that fit a text, best first; all names in the order of the catalogue when the text is empty."""
        left_out = set(without)
        entries = [entry for entry in self._entries if entry.found.id not in left_out]
        wanted = folded(text)
        if not wanted:
            return [entry.found for entry in entries]
        ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, wanted)) is not None]
        ranked.sort(key=lambda pair: pair[0][:3])
        return [replace(entry.found, matched=rank[3]) for rank, entry in ranked[:MOST_SHOWN]]


def _rank(entry: _Entry, wanted: str) -> tuple[int, int, int, str | None] | None:
    """How well an entry fits (small is good) and the synonym that fits; None when nothing does.

    Whole text before beginning of it, before beginning of a word, before any part; the name before a synonym.
    """
    best: tuple[int, int, int, str | None] | None = None
    for is_synonym, text, written in ((0, entry.name, None), *((1, text, written) for text, written in entry.others)):
        fit = _fit(text, wanted)
        if fit is not None:
            rank = (fit, is_synonym, len(text), written)
            if best is None or rank[:3] < best[:3]:
                best = rank
    return best


def _fit(text: str, wanted: str) -> int | None:
    if text == wanted:
        return 0
    if text.startswith(wanted):
        return 1
    if f" {wanted}" in text:
        return 2
    words = wanted.split()
    if len(words) > 1 and all(any(part.startswith(word) for part in text.split()) for word in words):
        return 3
    return 4 if len(wanted) > 2 and wanted in text else None
