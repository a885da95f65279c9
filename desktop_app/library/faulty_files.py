"""Files of the program that an author or administrator edits, with slips in them without which it cannot go on.

What is said of them stands here, and in both languages at once: the words of the program are among these files.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from desktop_app.library.phrases import MissingPhrase
from guideline_core.edition.faults import EditionFaults
from guideline_core.file_limits import FAULTS_TOLD

_WORDS = {
    "unreadable": (
        "deze regel is niet te lezen ({problem}); kijk hier en in de regel ervoor. Verwacht wordt een sleutel, een"
        " dubbele punt en tekst tussen dubbele aanhalingstekens.",
        "this line cannot be read ({problem}); look here and in the line before. A key, a colon and text between double"
        " quotation marks is expected.",
    ),
    "no_file": (
        "het bestand ontbreekt. Zet het terug, of installeer het programma opnieuw.",
        "the file is missing. Put it back, or install the program again.",
    ),
    "not_a_group": (
        "verwacht worden sleutels, elk met een dubbele punt erachter.",
        "keys are expected, each with a colon behind it.",
    ),
    "not_words": (
        'verwacht wordt {{nl: "…", en: "…"}}, of sleutels die zulke woorden hebben.',
        '{{nl: "…", en: "…"}} is expected, or keys that have such words.',
    ),
    "no_language": (
        'de woorden achter {language}: ontbreken; verwacht wordt {language}: "…".',
        'the words behind {language}: are missing; {language}: "…" is expected.',
    ),
    "braces": (
        "een accolade staat hier alleen; verwacht wordt een naam tussen twee accolades, zoals in de andere taal.",
        "a brace stands alone here; a name between two braces is expected, as in the other language.",
    ),
    "other_braces": (
        "nl en en hebben niet dezelfde namen tussen accolades: {names} staat maar in één taal. Neem ze precies over.",
        "nl and en do not have the same names between braces: {names} stands in one language only. Copy them exactly.",
    ),
    "missing_phrase": (
        "de woorden {entry} ontbreken. Zet deze sleutel terug.",
        "the words {entry} are missing. Put this key back.",
    ),
}
"""What is wrong and what is expected, in Dutch and in English."""
_HEADS = ("Botwijzer kan niet verder zonder dit te herstellen:", "Botwijzer cannot go on until this is mended:")


@dataclass(frozen=True, slots=True)
class FileFault:
    """One slip: the file, the line, the entry (when it is in one), and what is wrong."""

    file: str
    line: int | None
    key: str
    entry: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Where, and what is expected there, in each language."""
        entry = f" [{self.entry}]" if self.entry and self.line is not None else ""
        for line, words in zip(("regel", "line"), _WORDS[self.key], strict=True):
            where = f", {line} {self.line}" if self.line is not None else ""
            yield f"{self.file}{where}{entry}: {words.format(entry=self.entry, **self.details)}"


class FaultyFiles(Exception):
    """Everything that is wrong with files of the program; none of it is anything that a user gave."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


def lines_of_faulty_files(error: BaseException) -> list[str]:
    """What to tell of the slips behind an error, first in Dutch, then in English; empty for any other error.

    What is wrong with the guideline itself is said in English only, as `check-guideline` says it.
    """
    if isinstance(error, EditionFaults):
        told = [(str(fault), str(fault)) for fault in error.faults[:FAULTS_TOLD]]
    elif isinstance(error, MissingPhrase):
        told = [_pair(FileFault(f"{error.file}.yaml", None, "missing_phrase", " / ".join(error.keys)))]
    elif isinstance(error, FaultyFiles):
        told = [_pair(fault) for fault in error.faults[:FAULTS_TOLD]]
    else:
        return []
    dutch, english = zip(*told, strict=True)
    return [_HEADS[0], *dutch, _HEADS[1], *english]


def _pair(fault: FileFault) -> tuple[str, str]:
    dutch, english = fault.lines()
    return dutch, english
