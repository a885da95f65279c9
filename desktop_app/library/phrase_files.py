"""Reads the files of phrases (resources/phrases), which authors and translators edit, and finds every slip in them.

There is no advice without its words, and no word is guessed: with a slip the program does not start, and tells all of
them with file, line and what is expected. Reading is slow, so `editions` keeps what comes of it.
"""

import string
from collections.abc import Iterator, Mapping

from desktop_app.library.faulty_files import FaultyFiles, FileFault
from desktop_app.library.phrases import FILES, LANGUAGES, Tree
from guideline_core.edition.yaml_places import UnreadableYaml, composed, line_of, load

ENDING = ".yaml"
DUTCH_ONLY = (("sheets", "patient"),)
"""The groups of which there are no English words: the sheet for the patient is in Dutch."""

Place = tuple[str, ...]


def whole_tree(files: Mapping[str, bytes]) -> Tree:
    """All phrases by file; raises FaultyFiles, also when one of the files is not there."""
    wanted = {f"{name}{ENDING}": files.get(f"{name}{ENDING}") for name in FILES}
    missing = [FileFault(name, None, "no_file") for name, content in wanted.items() if content is None]
    if missing:
        raise FaultyFiles(missing)
    return read_phrase_files({name: content for name, content in wanted.items() if content is not None})


def read_phrase_files(files: Mapping[str, bytes]) -> Tree:
    """Read files (name to content) into one tree by file; raises FaultyFiles with everything that is wrong."""
    tree: Tree = {}
    faults: list[FileFault] = []
    for name, content in files.items():
        try:
            tree[name.removesuffix(ENDING)] = load(content)
        except UnreadableYaml as error:
            faults.append(FileFault(name, error.line, "unreadable", details={"problem": str(error)}))
    for name, group in tree.items():
        faults += _placed(f"{name}{ENDING}", files[f"{name}{ENDING}"], list(_faults_of_file(name, group)))
    if faults:
        raise FaultyFiles(faults)
    return tree


Found = tuple[Place, str, dict[str, str]]
"""A slip: where it is, the key of its words, and what these need."""


def _placed(file: str, content: bytes, found: list[Found]) -> Iterator[FileFault]:
    """The same slips with their lines, which are looked up only when there are any."""
    node = composed(content) if found else None
    for place, key, details in found:
        yield FileFault(file, line_of(node, place), key, ".".join(place), details)


def _faults_of_file(name: str, group: object) -> Iterator[Found]:
    if isinstance(group, dict) and group:
        yield from _faults_in(group, (), name)
    else:
        yield (), "not_a_group", {}


def _faults_in(group: Mapping[str, object], place: Place, name: str) -> Iterator[Found]:
    """The slips below a place: every group holds words, groups of them, or lists of keys."""
    if any(language in group for language in LANGUAGES):
        yield from _faults_of_words(group, place, name)
    for key, item in group.items():
        if isinstance(item, dict) and item:
            yield from _faults_in(item, (*place, key), name)
        elif not isinstance(item, list) and key not in LANGUAGES:
            yield (*place, key), "not_words", {}


def _faults_of_words(words: Mapping[str, object], place: Place, name: str) -> Iterator[Found]:
    """Each language has words, and their braces name the same."""
    named = {}
    for language in _languages_of(name, place):
        text = words.get(language)
        if not isinstance(text, str) or not text.strip():
            yield (*place, language), "no_language", {"language": language}
            continue
        names = _named_in(text)
        if names is None:
            yield (*place, language), "braces", {}
        else:
            named[language] = names
    uneven = frozenset.union(*named.values()) - frozenset.intersection(*named.values()) if named else frozenset()
    if uneven:
        yield place, "other_braces", {"names": ", ".join(f"{{{each}}}" for each in sorted(uneven))}


def _languages_of(name: str, place: Place) -> tuple[str, ...]:
    is_dutch = any((name, *place)[: len(group)] == group for group in DUTCH_ONLY)
    return LANGUAGES[:1] if is_dutch else LANGUAGES


def _named_in(text: str) -> frozenset[str] | None:
    """What the braces of a text name, small or capital ({who}, {Who}); None when a brace stands alone."""
    try:
        return frozenset(name.lower() for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None
