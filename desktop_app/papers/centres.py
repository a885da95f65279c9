"""The directory of centres (resources/clinic/expertise_centres.toml), which a clinic may edit.

A slip in it stops no letter: what cannot be used is left out and told, with its line and what is expected there.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from desktop_app.library import resource_files
from desktop_app.library.sentences import shown
from desktop_app.library.toml_files import TomlFault, UnreadableToml, read_toml
from desktop_app.papers.correspondents import Centre
from guideline_core.case_reading.faults import shortened, suggestion
from guideline_core.file_limits import CENTRES

PLACE = ("clinic", "expertise_centres.toml")
KINDS = ("expertise_centre", "princess_maxima", "advisory")
_NEEDED, _TEXTS = ("name", "kind"), ("name", "kind", "city", "address", "phone", "website", "source")
_KNOWN = (*_TEXTS, "recognised_for", "recognition_confirmed")
_MOST = dict.fromkeys(_TEXTS, 200) | dict.fromkeys(("address", "source", "website"), 400)
"""Characters of each text that a letter has room for."""
_ABOUT = {"checked_on": datetime.date, "check": dict, "centres": dict}
"""What stands beside the centres, and what each of these is."""
_HEAD = re.compile(r"\s*\[\s*centres\s*\.\s*[\"']?([\w-]+)")
_KEY = re.compile(r"\s*\[*\s*[\"']?([\w-]+)[\"']?\s*[=.\]]")


def _fault(key: str, line: int, centre: str = "", details: Mapping[str, str] | None = None) -> TomlFault:
    """One thing that is wrong with the directory."""
    return TomlFault(PLACE[-1], "centres_fault", key, line, f"centres.{centre}" if centre else "", details or {})


@dataclass(frozen=True, slots=True)
class Directory:
    """The centres that can be used, by their id, and what is wrong with the rest."""

    centres: Mapping[str, Centre] = field(default_factory=dict)
    faults: tuple[TomlFault, ...] = ()


@cache
def shipped_directory() -> Directory:
    """The directory of this installation."""
    try:
        return read_directory(resource_files.content(*PLACE))
    except resource_files.ResourceMissing:
        return Directory(faults=(_fault("no_file", 1),))


def shipped_centres() -> Mapping[str, Centre]:
    """The centres of this installation, by their id."""
    return shipped_directory().centres


def read_directory(content: bytes) -> Directory:
    """Read a directory of centres; an editor may have put a byte order mark before it. Never raises for what it
    holds."""
    try:
        tree, text = read_toml(content, CENTRES)
    except UnreadableToml as error:
        return Directory(faults=(_fault(error.key, error.line),))
    return _directory_of(tree, _Lines(text))


class _Lines:
    """The lines of a directory in which its centres and their keys stand."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, str], int] = {}
        centre = ""
        for number, line in enumerate(text.split("\n"), 1):
            if head := _HEAD.match(line):
                centre = head[1]
                self._lines.setdefault((centre, ""), number)
            elif key := _KEY.match(line):
                centre = "" if line.lstrip().startswith("[") else centre
                self._lines.setdefault((centre, key[1]), number)

    def of_key(self, key: str) -> int:
        """The line of a key outside of the centres; the first where it cannot be found."""
        return self._lines.get(("", key), 1)

    def of(self, centre: str, key: str = "") -> int:
        """The line of a key within a centre, else of the centre."""
        found = self._lines.get((centre, key)) or self._lines.get((centre, "")) or self._lines.get(("", centre))
        return found or self.of_key("centres")


def _directory_of(tree: Mapping[str, object], lines: _Lines) -> Directory:
    faults = list(_faults_beside(tree, lines))
    entries = tree.get("centres")
    if not isinstance(entries, dict) or not entries:
        faults.append(_fault("no_centres", lines.of_key("centres")))
        return Directory(faults=tuple(faults))
    centres = {}
    for key, entry in entries.items():
        found = list(_faults_of(key, entry, lines))
        faults += found
        if isinstance(entry, dict) and all(fault.key == "unknown_key" for fault in found):
            centres[key] = _centre(key, entry)
    return Directory(centres, tuple(faults))


def _faults_beside(tree: Mapping[str, object], lines: _Lines) -> Iterator[TomlFault]:
    for key, value in tree.items():
        if key not in _ABOUT:
            yield _fault("unknown_key", lines.of_key(key), details=_given(key, _ABOUT))
        elif key == "checked_on" and type(value) is not datetime.date:
            yield _fault("not_a_day", lines.of_key(key), details={"key": key})


def _faults_of(centre: str, entry: object, lines: _Lines) -> Iterator[TomlFault]:
    """What is wrong with a centre; a key that nobody knows is told, and the centre is used without it."""
    if not isinstance(entry, dict):
        yield _fault("not_a_centre", lines.of(centre), centre)
        return
    for key in _NEEDED:
        if not entry.get(key):
            yield _fault("missing", lines.of(centre), centre, {"key": key})
    for key, value in entry.items():
        line = lines.of(centre, key)
        if key not in _KNOWN:
            yield _fault("unknown_key", line, centre, _given(key, _KNOWN))
        elif key in _TEXTS and not isinstance(value, str):
            yield _fault("not_a_text", line, centre, {"key": key})
        elif key in _TEXTS and len(str(value)) > _MOST[key]:
            yield _fault("too_long", line, centre, {"key": key, "limit": str(_MOST[key])})
        elif key == "kind" and value and value not in KINDS:
            yield _fault("unknown_kind", line, centre, {**_given(str(value), KINDS), "kinds": ", ".join(KINDS)})
        elif key == "recognition_confirmed" and not isinstance(value, bool):
            yield _fault("not_yes_or_no", line, centre, {"key": key})


def _given(word: str, known: Mapping[str, object] | tuple[str, ...]) -> dict[str, str]:
    return {"key": shown(shortened(word)), **suggestion(word, known)}


def _centre(key: str, entry: Mapping[str, object]) -> Centre:
    return Centre(
        key=key,
        name=str(entry["name"]),
        kind=str(entry["kind"]),
        city=_text(entry, "city"),
        address=_text(entry, "address"),
        phone=_text(entry, "phone"),
    )


def _text(entry: Mapping[str, object], key: str) -> str | None:
    """What stands under a key that may be left out."""
    return str(entry[key]) if key in entry else None
