"""The list of centres that an administrator edits: a slip is told with its line and what is expected, letters go on."""

import pytest

from desktop_app.library import resource_files
from desktop_app.library.phrases import LANGUAGES
from desktop_app.papers import centres as directory_of_centres
from desktop_app.papers.centres import PLACE, read_directory
from desktop_app.papers.correspondents import LetterSettings
from tests.desktop_app.papers import cases

GOOD = b'[centres.a]\nname = "A"\nkind = "expertise_centre"\n\n[centres.b]\nname = "B"\nkind = "advisory"\n'


def changed(old: bytes, new: bytes) -> bytes:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


SLIPS = {
    "a quotation mark is missing": (changed(b'"A"', b'"A'), "not_toml", 2, []),
    "no quotation marks": (changed(b'"A"', b"A"), "not_toml", 2, []),
    "a key twice": (changed(b'"A"', b'"A"\nname = "A"'), "not_toml", 3, []),
    "an impossible day": (b"checked_on = 2026-13-45\n" + GOOD, "not_toml", 1, []),
    "empty": (b"", "no_centres", 1, []),
    "UTF-16": (GOOD.decode().encode("utf-16"), "not_utf8", 1, []),
    "Latin-1": (changed(b'"B"', b'"B\xe9"'), "not_utf8", 6, []),
    "no centres": (b'centres = "x"\n', "no_centres", 1, []),
    "not a centre": (b"[centres]\na = 1\n", "not_a_centre", 2, []),
    "no name": (changed(b'name = "B"\n', b""), "missing", 5, ["a"]),
    "an empty name": (changed(b'"B"', b'""'), "missing", 5, ["a"]),
    "no kind": (changed(b'kind = "advisory"\n', b""), "missing", 5, ["a"]),
    "a list": (changed(b'"B"', b'"B"\ncity = ["a"]'), "not_a_text", 7, ["a"]),
    "a name without end": (changed(b'"B"', b'"' + b"B" * 201 + b'"'), "too_long", 6, ["a"]),
    "a number": (changed(b'"B"', b'"B"\nphone = 20'), "not_a_text", 7, ["a"]),
    "another kind": (changed(b'"advisory"', b'"advisery"'), "unknown_kind", 7, ["a"]),
    "another key": (changed(b'"B"', b'"B"\nadress = "x"'), "unknown_key", 7, ["a", "b"]),
    "yes": (changed(b'"B"', b'"B"\nrecognition_confirmed = "ja"'), "not_yes_or_no", 7, ["a"]),
    "a day as text": (b'checked_on = "2026-11-23"\n' + GOOD, "not_a_day", 1, ["a", "b"]),
    "nested without end": (b"a = " + b"[" * 5000, "not_toml", 1, []),
    "a key without end": (GOOD + b"a." * 50_000 + b"a = 1", "not_toml", 8, []),
    "too large": (b"#" * 1_000_001, "too_large", 1, []),
}


@pytest.mark.parametrize(("content", "key", "line", "left"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_line_and_the_rest_is_used(content, key, line, left, dutch, library):
    directory = read_directory(content)
    assert (directory.faults[0].key, directory.faults[0].line) == (key, line)
    assert list(directory.centres) == left
    for phrases, word in ((dutch, "regel"), (library.phrases("en"), "line")):
        message = directory.faults[0].message(phrases)
        assert message.startswith(f"expertise_centres.toml, {word} {line}") and "{" not in message


def test_what_was_probably_meant_is_told(dutch):
    message = read_directory(SLIPS["another kind"][0]).faults[0].message(dutch)
    assert "[centres.b]" in message and "expertise_centre, princess_maxima, advisory" in message
    assert "Bedoelde u ‘advisory’?" in message


def test_no_fault_has_words_that_are_never_said(library):
    said = {key for _, key, *_ in SLIPS.values()}
    for language in LANGUAGES:
        own, shared = (set(library.phrases(language).table("letter", name)) for name in ("centres_fault", "file_fault"))
        assert own == said - shared and shared == {"line", "no_file", "too_large", "not_utf8"}


def test_letters_go_on_and_say_so(make):
    faults = read_directory(SLIPS["another kind"][0]).faults
    letter = make(cases.ADULT_CHONDROSARCOMA, LetterSettings(centres_faults=faults))
    [warning] = [each for each in letter.warnings if each.key == "centres"]
    assert "expertise_centres.toml, regel 7" in warning.text


def test_a_list_that_was_removed_is_told_too(monkeypatch, dutch):
    def missing(*parts: str) -> bytes:
        assert parts == PLACE
        raise resource_files.ResourceMissing("clinic")

    monkeypatch.setattr(resource_files, "content", missing)
    directory = directory_of_centres.shipped_directory.__wrapped__()
    assert not directory.centres and "ontbreekt" in directory.faults[0].message(dutch)
