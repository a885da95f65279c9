"""A letter that is opened again: whatever the file is, a clear answer, no crash, and accidents are told."""

import io
import json
import re
import time
import zlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pikepdf
import pytest

from desktop_app.exchange import letter_reading
from desktop_app.exchange.letter_reading import read_letter
from desktop_app.exchange.seal import NoFileIdentifier, is_unchanged, sealed
from desktop_app.exchange.travelling_case import FILE_NAME, content_hash
from desktop_app.library.phrases import LANGUAGES
from guideline_core.case import Case
from guideline_core.file_limits import LETTER_BYTES
from tests.desktop_app.exchange.conftest import VERIFIED
from tests.desktop_app.papers import cases
from tests.desktop_app.papers.cases import DAY

EXCHANGE = Path(letter_reading.__file__).parent


@pytest.fixture(scope="module")
def letter(document):
    return document(cases.CHILD_OSTEOSARCOMA).pdf


@pytest.fixture(scope="module")
def read(opened):
    def found(pdf):
        got = read_letter(pdf, opened, DAY)
        return got.case, [each.key for each in got.findings]

    return found


def refused(read, pdf):
    case, keys = read(pdf)
    assert case is None
    [key] = keys
    return key


def with_file(pdf, content, name=FILE_NAME, **options):
    """The letter with another file in the place of the case."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.attachments[FILE_NAME]
        if content is not None:
            opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)
        opened.save(changed, deterministic_id=True, **options)
    return sealed(changed.getvalue())


def data_in(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return json.loads(opened.attachments[FILE_NAME].get_file().read_bytes())


# --- accidents --------------------------------------------------------------------------------------------------------


def test_a_whole_letter_is_read_with_no_doubt_but_that_it_is_not_signed(read, letter):
    case, keys = read(letter)
    assert case == Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    assert keys == ["no_signature"]


def test_a_flipped_bit_anywhere_is_told(letter):
    chance = Random(7)
    for place in (0, 8, len(letter) - 1, *(chance.randrange(len(letter)) for _ in range(1500))):
        flipped = bytearray(letter)
        flipped[place] ^= 1 << chance.randrange(8)
        assert not is_unchanged(bytes(flipped)), place
    assert is_unchanged(letter)


def test_a_flipped_bit_ends_in_a_refusal_or_a_warning(read, letter):
    chance = Random(8)
    ends = set()
    for _ in range(60):
        flipped = bytearray(letter)
        flipped[chance.randrange(len(letter))] ^= 1 << chance.randrange(8)
        case, keys = read(bytes(flipped))
        assert (case is None and len(keys) == 1) or {"case_altered", "file_altered"} & set(keys), keys
        ends.add(case is None)
    assert False in ends


def test_a_truncated_letter_is_no_crash(read, letter):
    for length in range(0, len(letter), 1501):
        case, keys = read(letter[:length])
        assert case is None or "file_altered" in keys or "case_altered" in keys


def test_a_letter_that_another_program_saved_again_has_its_case_whole(read, letter):
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as opened:
        opened.save(again, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    case, keys = read(again.getvalue())
    assert case == Case.model_validate(cases.CHILD_OSTEOSARCOMA)
    assert keys == ["file_altered", "no_signature"]


def test_a_changed_answer_is_told(read, letter):
    data = data_in(letter)
    data["case"]["lesion"]["side"] = "right"
    case, keys = read(with_file(letter, json.dumps(data).encode()))
    assert case.lesion.side == "right"
    assert keys == ["case_altered", "no_signature"]


def test_a_case_without_its_hash_is_told(read, letter):
    data = data_in(letter)
    del data["sha256"]
    assert "case_altered" in read(with_file(letter, json.dumps(data).encode()))[1]


def test_on_purpose_it_can_be_forged_and_that_is_said(read, letter, opened, dutch):
    data = data_in(letter)
    data["case"]["lesion"]["side"] = "right"
    data["sha256"] = content_hash(data)
    forged = with_file(letter, json.dumps(data).encode())
    assert read(forged)[1] == ["no_signature"]
    [finding] = read_letter(forged, opened, DAY).findings
    assert "geen handtekening" in finding.message(dutch)


def test_the_mark_holds_for_files_with_a_cross_reference_stream_too(letter):
    again = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as opened:
        mode = pikepdf.ObjectStreamMode.generate
        opened.save(again, object_stream_mode=mode, deterministic_id=True)
    marked = sealed(again.getvalue())
    assert is_unchanged(marked)
    assert len(marked) == len(again.getvalue())
    assert not is_unchanged(again.getvalue())
    with pikepdf.open(io.BytesIO(marked)) as opened:
        assert opened.check_pdf_syntax() == []


def test_a_file_without_identifier_cannot_be_marked():
    with pytest.raises(NoFileIdentifier):
        sealed(b"%PDF-1.7\n%%EOF\n")
    assert not is_unchanged(b"%PDF-1.7\n%%EOF\n")


# --- other files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"{}", b"%PDF-1.7\n", b"PK\x03\x04", b"%PDF-" + b"<<" * 5000])
def test_what_is_no_pdf(read, content):
    assert refused(read, content) == "not_a_pdf"


def test_a_letter_without_case(read, document, letter):
    assert refused(read, document(cases.CHILD_OSTEOSARCOMA, attach_case=False).pdf) == "no_case_inside"
    assert refused(read, with_file(letter, None)) == "no_case_inside"
    assert refused(read, with_file(letter, b"{}", name="other.json")) == "no_case_inside"


def test_an_encrypted_pdf(read, letter):
    encrypted = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as opened:
        opened.save(encrypted, encryption=pikepdf.Encryption(owner="eigenaar", user="gebruiker"))
    assert refused(read, encrypted.getvalue()) == "pdf_encrypted"


@pytest.mark.parametrize(
    "content",
    [
        b'{"format": "botwijzer-case"',
        b'{"format": "botwijzer-case", "n": "\xff\xfe"}',
        b'{"format": "botwijzer-case", "n": ' + b"[" * 600 + b"]" * 600 + b"}",
        b'{"format": "botwijzer-case", "n": ' + b"[" * 200_000,
        b'{"format": "botwijzer-case", "n": ' + b"9" * 10_000 + b"}",
        b'{"format": "botwijzer-case", "n": [' + b"1," * 20_000 + b"1]}",
    ],
)
def test_a_case_that_is_none(read, letter, content):
    assert refused(read, with_file(letter, content)) == "case_unreadable"


@pytest.mark.parametrize("content", [b"nee", b"[]", b"{}", b'{"format": "something-else"}', b"\xff\xfe"])
def test_a_file_that_is_no_case(read, letter, content):
    assert refused(read, with_file(letter, content)) == "no_case_inside"


@pytest.mark.parametrize("newer", [{"format_version": 2}, {"case": {"schema_version": 2, "new": {"answers": 1}}}])
def test_a_case_of_a_newer_program(read, letter, opened, dutch, newer):
    data = {**data_in(letter), "program": {"name": "Botwijzer", "version": "9.1"}, **newer}
    pdf = with_file(letter, json.dumps(data).encode())
    assert refused(read, pdf) == "case_newer"
    assert "9.1" in read_letter(pdf, opened, DAY).findings[0].message(dutch)


def test_answers_that_nobody_knows_are_named_by_their_place_never_by_what_they_say(read, letter, opened, dutch):
    data = data_in(letter)
    data["case"]["patient"]["bsn"] = "111222334"
    data["case"]["lesion"]["category"] = "GEHEIM"
    data["case"]["letter"]["shoe_size"] = "GEHEIM"
    pdf = with_file(letter, json.dumps(data).encode())
    assert refused(read, pdf) == "case_refused"
    message = read_letter(pdf, opened, DAY).findings[0].message(dutch)
    assert "lesion.category" in message
    assert "GEHEIM" not in message
    assert "111222334" not in message


def with_care(letter, answers):
    """The letter with other answers of the lesion, and with all that would tell it made anew."""
    data = data_in(letter)
    data["case"]["lesion"] = answers
    data["sha256"] = content_hash(data)
    return with_file(letter, json.dumps(data).encode())


def test_advice_that_does_not_follow_from_the_answers_is_told_by_name(document, opened, dutch, library):
    with_plan = document(cases.CHILD_OSTEOSARCOMA, replace(VERIFIED, with_plan=True)).pdf
    forged = with_care(with_plan, {"suspected": True, "category": "benign_indolent"})
    finding = next(each for each in read_letter(forged, opened, DAY).findings if each.key == "advice_differs")
    assert finding.weight == "caution"
    assert "de verwijzing" in finding.message(dutch) and "de bestemming" in finding.message(dutch)
    assert dutch.action_name("imaging.mri_contrast") in finding.message(dutch)
    assert "the referral" in finding.message(library.phrases("en"))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"biopsy": {"status": "performed", "in_or_with_expertise_centre": False}}, "alert.biopsy_outside_centre"),
        ({"imaging": {"mri": {"not_possible": True}}}, "imaging.alternative_to_mri"),
        ({"lesion": {"category": "uncertain"}}, "alert.category_conflict"),
    ],
)
def test_advice_and_warnings_that_came_in_are_told_too(letter, opened, dutch, change, named):
    data = data_in(letter)
    for part, answers in change.items():
        data["case"].setdefault(part, {}).update(answers)
    data["sha256"] = content_hash(data)
    changed = with_file(letter, json.dumps(data).encode())
    finding = next(each for each in read_letter(changed, opened, DAY).findings if each.key == "advice_differs")
    assert any(named in effect for effect in finding.effects), finding.effects
    assert "alert." not in finding.message(dutch)


def test_a_letter_whose_advice_was_taken_out_is_told(letter, opened):
    data = data_in(letter)
    del data["advice"]
    data["sha256"] = content_hash(data)
    found = read_letter(with_file(letter, json.dumps(data).encode()), opened, DAY).findings
    assert [each.key for each in found] == ["advice_differs", "no_signature"]


def test_printed_advice_is_compared_on_the_day_of_the_letter(letter, opened):
    years_later = DAY.replace(year=DAY.year + 30)
    assert [each.key for each in read_letter(letter, opened, years_later).findings] == ["no_signature"]


@pytest.mark.parametrize(
    "advice",
    [
        None,
        7,
        {},
        {"referral": [], "lines": {}},
        {"lines": [1, [], ["x"], [1, 2], ["\x1b.[2J", "do"], ["never.heard_of", "do"]]},
    ],
)
def test_strange_advice_is_no_crash(letter, opened, dutch, advice):
    changed = with_file(letter, json.dumps({**data_in(letter), "advice": advice, "planned_for": advice}).encode())
    words = [finding.message(dutch) for finding in read_letter(changed, opened, DAY).findings]
    assert len(words) >= 2 and not any("\x1b" in each for each in words)


def test_another_edition_is_told(read, letter):
    data = data_in(letter)
    data["guideline"] = {"version": "2031", "sha256": "0" * 64}
    data["sha256"] = content_hash(data)
    assert read(with_file(letter, json.dumps(data).encode()))[1] == ["other_edition", "no_signature"]


@pytest.mark.parametrize("guideline", [None, 3, {"version": ["x"]}, {"version": "\x1b[2J" * 100}])
def test_a_strange_edition_is_no_crash(read, letter, guideline):
    data = {**data_in(letter), "guideline": guideline}
    assert "other_edition" in read(with_file(letter, json.dumps(data).encode()))[1]


# --- files that would exhaust the memory ------------------------------------------------------------------------------


def test_a_file_that_is_too_large(read, monkeypatch, letter):
    monkeypatch.setattr(letter_reading, "LETTER_BYTES", len(letter) - 1)
    assert refused(read, letter) == "pdf_too_large"


def test_a_case_that_is_too_large(read, letter):
    assert refused(read, with_file(letter, b'{"format": "botwijzer-case"' + b" " * 6_000_000)) == "case_too_large"


def bomb(pdf, wrap=1):
    """The letter with a case that unpacks to 400 MB."""
    packer = zlib.compressobj(9)
    packed = packer.compress(b'{"format": "botwijzer-case"')
    packed += b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    for _ in range(wrap - 1):
        packed = zlib.compress(packed, 9)
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        stream = opened.attachments[FILE_NAME].get_file().obj
        filters = pikepdf.Array([pikepdf.Name.FlateDecode] * wrap)
        stream.write(packed, filter=filters)
        opened.save(changed, deterministic_id=True, compress_streams=False)
    return sealed(changed.getvalue())


@pytest.mark.parametrize("wrap", [1, 2])
def test_a_case_that_unpacks_without_end(read, letter, wrap):
    import tracemalloc

    pdf = bomb(letter, wrap)
    assert len(pdf) < 1_000_000
    tracemalloc.start()
    try:
        assert refused(read, pdf) in ("case_unreadable", "case_too_large")
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


OBJECTS_WITHOUT_END = {
    "one object, many contents": (b" obj" + b"#41" * 650 + b">>stream\n" * 220, "no_case_inside"),
    "contents without an object": (b">>stream\n", "not_a_pdf"),
    "attachments": (b"1 0 obj\n<</Type/EmbeddedFile>>\nstream\n", "case_unreadable"),
}


@pytest.mark.parametrize(("part", "key"), OBJECTS_WITHOUT_END.values(), ids=OBJECTS_WITHOUT_END)
def test_a_file_of_objects_without_end_is_refused_in_no_time(read, part, key):
    pdf = b"%PDF-1.7\n" + part * (LETTER_BYTES // 5 // len(part))
    began = time.process_time()
    assert refused(read, pdf) == key
    assert time.process_time() - began < 2


def test_a_letter_among_many_attachments_is_read(read, letter):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as opened:
        for number in range(100):
            opened.attachments[f"a{number}"] = pikepdf.AttachedFileSpec(opened, b"x" * 200, filename=f"a{number}")
        opened.save(changed, deterministic_id=True)
    assert read(sealed(changed.getvalue()))[0] is not None


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_finding_has_its_words_in_both_languages_and_none_is_left_over(library):
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(EXCHANGE.rglob("*.py")))
    used = set(re.findall(r'(?:refusal|caution|note|NotReadable|OtherAdvice)\(\s*"(\w+)"', source))
    for language in LANGUAGES:
        assert set(library.phrases(language).table("exchange", "finding")) == used
