"""The HASP headings of the letter (resources/letter/hasp-headings.toml).

HASP is the Dutch guideline on letters between general practitioner and specialist (NHG and FMS, 2017): envelope, core,
file summary. The exact headings are UNCONFIRMED: the published text was not at hand, only a draft machine-readable form
of it. The file says so too, and nothing else in the program names them, so that they can be corrected in one place.

A slip in it stops no letter: it is told, and what cannot be read is replaced by the heading in the other language, or
else by the name of the part.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from desktop_app.library import resource_files
from desktop_app.library.phrases import LANGUAGES
from desktop_app.library.sentences import sentence_case, shown
from desktop_app.library.toml_files import TomlFault, UnreadableToml, read_toml
from guideline_core.case_reading.faults import shortened, suggestion
from guideline_core.file_limits import HEADINGS

PLACE = ("letter", "hasp-headings.toml")
PARTS = ("envelope", "core", "summary", "proposal", "reason", "context", "problem", "treatment", "further")
"""What has a heading, in the order of the letter."""
_KEYS = ("element", *LANGUAGES)
_ABOUT = ("status", "source")
_CONFIRMED, _UNCONFIRMED = "confirmed", "unconfirmed"
_HEAD = re.compile(r"\s*\[\s*[\"']?([\w-]+)")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings in each language, the names in the machine-readable form, and what is wrong with the file."""

    words: Mapping[str, Mapping[str, str]]
    elements: Mapping[str, str] = field(default_factory=dict)
    is_confirmed: bool = False
    faults: tuple[TomlFault, ...] = ()


@cache
def shipped_headings() -> Headings:
    """The headings of this installation."""
    try:
        return read_headings(resource_files.content(*PLACE))
    except resource_files.ResourceMissing:
        return _without(_fault("no_file", 1))


def hasp_headings(language: str) -> dict[str, str]:
    """The heading of each part, in a language."""
    return dict(shipped_headings().words[language])


def hasp_elements() -> dict[str, str]:
    """The name of each part in the machine-readable form, as far as the file says it."""
    return dict(shipped_headings().elements)


def is_confirmed() -> bool:
    """Whether someone compared the headings with the published text."""
    return shipped_headings().is_confirmed


def read_headings(content: bytes) -> Headings:
    """Read the file of headings. Never raises for what it holds."""
    try:
        tree, text = read_toml(content, HEADINGS)
    except UnreadableToml as error:
        return _without(_fault(error.key, error.line))
    parts = {name: _part_in(tree, name) for name in PARTS}
    faults = (*_faults_beside(tree, _lines_of(text)), *_faults_in_parts(tree, parts, _lines_of(text)))
    return Headings(
        words={
            language: {name: _heading(name, part, language) for name, part in parts.items()} for language in LANGUAGES
        },
        elements={name: part["element"] for name, part in parts.items() if "element" in part},
        is_confirmed=tree.get("status") == _CONFIRMED,
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
    )


def _fault(key: str, line: int, part: str = "", details: Mapping[str, str] | None = None) -> TomlFault:
    return TomlFault(PLACE[-1], "headings_fault", key, line, part, details or {})


def _without(fault: TomlFault) -> Headings:
    """The headings of a file of which nothing can be read."""
    names = {name: _heading(name, {}, "") for name in PARTS}
    return Headings(dict.fromkeys(LANGUAGES, names), faults=(fault,))


def _heading(name: str, part: Mapping[str, str], language: str) -> str:
    """The words of a part, else those in the other language, else its name."""
    found = (part[each] for each in (language, *LANGUAGES) if each in part)
    return next(found, sentence_case(name))


def _part_in(tree: Mapping[str, object], name: str) -> dict[str, str]:
    """What can be used of a part: its keys that have words."""
    part = tree.get(name)
    return {key: part[key] for key in _KEYS if _is_words(part.get(key))} if isinstance(part, dict) else {}


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


# --- what is wrong ----------------------------------------------------------------------------------------------------

_Lines = Mapping[tuple[str, str], int]
"""The line of each key, behind its part; that of a part has no key."""


def _lines_of(text: str) -> _Lines:
    lines: dict[tuple[str, str], int] = {}
    part = ""
    for number, line in enumerate(text.split("\n"), 1):
        if head := _HEAD.match(line):
            part = head[1]
            lines.setdefault((part, ""), number)
        elif key := _KEY.match(line):
            lines.setdefault((part, key[1]), number)
    return lines


def _faults_beside(tree: Mapping[str, object], lines: _Lines) -> Iterator[TomlFault]:
    for key in tree:
        if key not in (*_ABOUT, *PARTS):
            line = lines.get(("", key)) or lines.get((key, ""), 1)
            yield _fault("unknown_key", line, details=_given(key, (*_ABOUT, *PARTS)))
    if tree.get("status") not in (_CONFIRMED, _UNCONFIRMED):
        yield _fault("not_a_status", lines.get(("", "status"), 1))


def _faults_in_parts(
    tree: Mapping[str, object], parts: Mapping[str, Mapping[str, str]], lines: _Lines
) -> Iterator[TomlFault]:
    for name, usable in parts.items():
        part = tree.get(name)
        line = lines.get((name, "")) or lines.get(("", name), 1)
        if not isinstance(part, dict):
            yield _fault("no_part", line, details={"key": name})
            continue
        for key in _KEYS:
            if key not in usable:
                yield _fault("not_words", lines.get((name, key), line), name, {"key": key})
        for key in part:
            if key not in _KEYS:
                yield _fault("unknown_key", lines.get((name, key), line), name, _given(key, _KEYS))


def _given(word: str, known: tuple[str, ...]) -> dict[str, str]:
    return {"key": shown(shortened(word)), **suggestion(word, known)}
