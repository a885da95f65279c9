"""The headings of the letter, which an administrator edits: a slip is told with its line, and letters go on."""

import pytest

from desktop_app.library import resource_files
from desktop_app.library.phrases import LANGUAGES
from desktop_app.papers.letter import hasp
from desktop_app.papers.letter.hasp import PARTS, PLACE, read_headings
from tests.desktop_app.papers import cases

GOOD = b'status = "unconfirmed"\nsource = "draft"\n' + b"".join(
    b'\n[%s]\nelement = "E"\nnl = "nl-%s"\nen = "en-%s"\n' % (part.encode(), part.encode(), part.encode())
    for part in PARTS
)


def changed(old: bytes, new: bytes) -> bytes:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


SLIPS = {
    "a quotation mark is missing": (changed(b'"nl-core"', b'"nl-core'), "not_toml", 11),
    "no quotation marks": (changed(b'"nl-core"', b"core"), "not_toml", 11),
    "Latin-1": (changed(b'"nl-core"', b'"\xe9"'), "not_utf8", 11),
    "too large": (b"#" * 1_000_001, "too_large", 1),
    "nested without end": (b"a = " + b"[" * 5000, "not_toml", 1),
    "a key without end": (GOOD + b"a." * 50_000 + b"a = 1", "not_toml", 48),
    "a part is missing": (changed(b'[core]\nelement = "E"\nnl = "nl-core"\nen = "en-core"\n', b""), "no_part", 1),
    "a part is a text": (
        changed(b'source = "draft"', b'core = "x"').replace(
            b'[core]\nelement = "E"\nnl = "nl-core"\nen = "en-core"', b""
        ),
        "no_part",
        2,
    ),
    "no Dutch": (changed(b'nl = "nl-core"\n', b""), "not_words", 9),
    "empty words": (changed(b'"en-core"', b'" "'), "not_words", 12),
    "a number": (changed(b'"en-core"', b"5"), "not_words", 12),
    "another key": (changed(b'en = "en-core"', b'en = "en-core"\neng = "x"'), "unknown_key", 13),
    "another part": (GOOD + b'[coree]\nnl = "x"\n', "unknown_key", 48),
    "another status": (changed(b'"unconfirmed"', b'"confirmd"'), "not_a_status", 1),
}


@pytest.mark.parametrize(("content", "key", "line"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_with_its_line_and_every_part_keeps_a_heading(content, key, line, dutch, library):
    headings = read_headings(content)
    assert (headings.faults[0].key, headings.faults[0].line) == (key, line)
    for phrases, word in ((dutch, "regel"), (library.phrases("en"), "line")):
        message = headings.faults[0].message(phrases)
        assert message.startswith(f"hasp-headings.toml, {word} {line}") and "{" not in message
    for language in LANGUAGES:
        assert tuple(headings.words[language]) == PARTS and all(headings.words[language].values())
    assert not headings.is_confirmed


def test_what_cannot_be_read_is_the_heading_in_the_other_language_or_the_name_of_the_part():
    assert read_headings(SLIPS["no Dutch"][0]).words["nl"]["core"] == "en-core"
    assert read_headings(SLIPS["too large"][0]).words["nl"]["core"] == "Core"
    assert "core" not in read_headings(SLIPS["a part is missing"][0]).elements


def test_what_is_right_has_no_faults_and_the_shipped_file_neither():
    assert read_headings(GOOD).faults == read_headings(b"\xef\xbb\xbf" + GOOD).faults == ()
    assert read_headings(changed(b"unconfirmed", b"confirmed")).is_confirmed
    assert hasp.shipped_headings().faults == ()


def test_no_fault_has_words_that_are_never_said(library):
    said = {key for _, key, _ in SLIPS.values()}
    for language in LANGUAGES:
        words = library.phrases(language)
        assert set(words.table("letter", "headings_fault")) == said - set(words.table("letter", "file_fault"))


def test_letters_go_on_and_say_so(make, monkeypatch):
    monkeypatch.setattr(hasp, "shipped_headings", lambda: read_headings(SLIPS["no Dutch"][0]))
    monkeypatch.setattr("desktop_app.papers.letter.missing.shipped_headings", hasp.shipped_headings)
    letter = make(cases.ADULT_CHONDROSARCOMA)
    [warning] = [each for each in letter.warnings if each.key == "headings"]
    assert "hasp-headings.toml, regel 9 [core]" in warning.text
    assert letter.headings["core"] == "en-core"


def test_a_file_that_was_removed_is_told_too(monkeypatch, dutch):
    def missing(*parts: str) -> bytes:
        assert parts == PLACE
        raise resource_files.ResourceMissing("letter")

    monkeypatch.setattr(resource_files, "content", missing)
    headings = hasp.shipped_headings.__wrapped__()
    assert "ontbreekt" in headings.faults[0].message(dutch) and headings.words["nl"]["core"] == "Core"
