"""Any file from outside is read or refused in words, whatever it holds: none ends in a fault of the program.

A short run each time, a million attempts with `--long`.
"""

import contextlib
import json
import re
import zlib

import pytest
from hypothesis import strategies as st

from desktop_app.exchange.letter_reading import read_letter
from desktop_app.exchange.patient.reading import patient_from_fhir
from desktop_app.exchange.travelling_case import content_hash
from desktop_app.library.editions import Library
from desktop_app.library.fault_text import lines_of_faults
from desktop_app.library.faulty_files import FaultyFiles, lines_of_faulty_files
from desktop_app.library.phrase_files import read_phrase_files
from desktop_app.library.phrases import LANGUAGES
from desktop_app.papers.centres import read_directory
from desktop_app.papers.letter.hasp import PARTS, read_headings
from desktop_app.settings.settings import Settings, load_settings
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.contract import fields
from tests.checkout import CHECKOUT, EXAMPLES
from tests.desktop_app.exchange.cases import FULL
from tests.desktop_app.exchange.patients import nl_core
from tests.desktop_app.papers.cases import DAY
from tests.fuzzing import ANYTHING, NESTED, attempt, changed_bytes, changed_data

EDITION, DUTCH = Library().edition(), Library().phrases("nl")
CASES = [json.loads(path.read_bytes()) for path in sorted(EXAMPLES.glob("*.json"))] + [FULL]
NAMES = sorted({name for path in fields() for name in path.split(".")})
JSON_PARTS = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b'"',
        b"\\",
        b"\\u0000",
        b"\\ud800",
        b"null",
        b"NaN",
        b"1e999",
        b"-",
        b"\xff",
    ),
    *(b"[" * 600, b'{"a":' * 600, b"9" * 5000, b'"a":1,' * 300, b"\xef\xbb\xbf", b"\x00"),
]
LETTER = {"format": "botwijzer-case", "format_version": 1, "planned_for": "2026-11-23", "case": FULL, "rules": []}
LETTER |= {
    "advice": {"referral": {"decision": "refer"}, "lines": [["imaging.mri_dwi", "do"]]},
    "program": {"version": "1"},
}
PDF_PARTS = [
    *(b"obj", b" obj", b"stream\n", b"endstream", b"/Type /EmbeddedFile", b"/Filter", b"/FlateDecode", b"/LZWDecode"),
    *(b"#4", b">>", b"<<", b"/DecodeParms", b"/Encrypt", b"%PDF-", b'{"format": "botwijzer-case"', b"/ID[<00><00>]"),
]
CENTRES = (CHECKOUT / "resources" / "clinic" / "expertise_centres.toml").read_bytes()
TOML_PARTS = [
    *(
        b"[",
        b"]",
        b"[[",
        b"=",
        b".",
        b'"',
        b'"""',
        b"'''",
        b"\n",
        b"{",
        b"}",
        b",",
        b"name",
        b"kind",
        b"centres.",
        b"#",
    ),
    *(b"a." * 50, b"[" * 300, b"2026-13-01", b"\\u0000", b"\\x", b"\xff", b"\r", b"true", b"1e400", b"inf"),
]


def as_json(data: object) -> bytes:
    return json.dumps(data).encode("utf-8", "surrogatepass")


def checked(words: str) -> str:
    """Words as they are shown: none that were left unfilled."""
    assert words and not re.search(r"\{[a-z_]*\}", words), words
    return words


def pdf_of(content: bytes, is_packed: bool = True) -> bytes:
    packed = b"/Filter /FlateDecode " if is_packed else b""
    body = zlib.compress(content) if is_packed else content
    return b"%%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile %s>>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n" % (packed, body)


# --- the readers ------------------------------------------------------------------------------------------------------


def read_case(content: bytes) -> str:
    try:
        EDITION.read_case(content, DAY)
    except CaseFaults as refused:
        for words in lines_of_faults(refused.faults, DUTCH):
            assert words.strip()
        return "refused"
    return "read"


def read_patient(content: bytes) -> str:
    found = patient_from_fhir(content, DAY, DUTCH)
    for finding in found.findings:
        checked(finding.message(DUTCH))
    return "read" if found.patient.model_fields_set else "refused"


def read_pdf(content: bytes) -> str:
    read = read_letter(content, EDITION, DAY)
    for finding in read.findings:
        checked(finding.message(DUTCH))
    return "refused" if read.case is None else "read"


def read_centres(content: bytes) -> str:
    directory = read_directory(content)
    for fault in directory.faults:
        assert fault.line >= 1 and fault.message(DUTCH)
    return "told" if directory.faults else "read"


def read_letter_headings(content: bytes) -> str:
    headings = read_headings(content)
    assert all(headings.words[language].keys() == set(PARTS) for language in LANGUAGES)
    for fault in headings.faults:
        assert fault.line >= 1 and fault.message(DUTCH)
    return "told" if headings.faults else "read"


def read_phrases(content: bytes) -> str:
    try:
        read_phrase_files({"pathway.yaml": content})
    except FaultyFiles as refused:
        assert all(words.strip() for words in lines_of_faulty_files(refused))
        return "refused"
    return "read"


# --- the attempts -----------------------------------------------------------------------------------------------------


CASE_FILES = st.one_of(
    changed_data(CASES, NAMES).map(as_json),
    changed_bytes([as_json(case) for case in CASES], JSON_PARTS),
    st.builds(lambda inner: as_json({"a": inner, "imaging": inner}), NESTED),
    ANYTHING.map(as_json),
    st.binary(max_size=60),
)
PATIENTS = [nl_core(), {"resourceType": "Bundle", "entry": [{"fullUrl": "a", "resource": nl_core()}]}]
PATIENT_FILES = st.one_of(
    changed_data(PATIENTS, ["name", "contained", "identifier", "generalPractitioner", "period"]).map(as_json),
    changed_bytes([as_json(patient) for patient in PATIENTS], JSON_PARTS),
    st.builds(lambda inner: as_json({**nl_core(), "name": inner, "contained": inner}), NESTED),
)
PDF_FILES = changed_bytes([pdf_of(as_json(LETTER)), pdf_of(as_json(LETTER), is_packed=False)], PDF_PARTS)
LETTERS = st.one_of(
    changed_data([LETTER], ["case", "format", "advice", "lines", "sha256"]),
    st.builds(lambda inner: {**LETTER, "case": {"x": inner}, "about": inner}, NESTED),
)
HEADINGS_FILES = changed_bytes([(CHECKOUT / "resources" / "letter" / "hasp-headings.toml").read_bytes()], TOML_PARTS)
PHRASES = b"""note: {nl: "Stand van {date}.", en: "As of {date}."}
word:
  "true": {nl: "ja", en: "yes"}
  list: [do, prefer]
"""
YAML_PARTS = [
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b": ",
        b"- ",
        b'"',
        b"'",
        b"&a ",
        b"*a",
        b"!!python/name:os ",
        b"? ",
        b"| ",
        b"<<: ",
    ),
    *(
        b"nl:",
        b"en:",
        b"null",
        b"\n",
        b"\t",
        b"\xff",
        b"\x00",
        b"{" * 300,
        b"- " * 300,
        b"%YAML 1.1\n---\n",
        b"2026-13-45",
    ),
]
PHRASE_FILES = changed_bytes([PHRASES], YAML_PARTS)
CENTRES_FILES = changed_bytes([CENTRES, b'[centres.a]\nname = "A"\nkind = "advisory"\n'], TOML_PARTS)


def with_its_hash(data: object) -> bytes:
    """The letter's file as it would be forged: its format first, its hash right."""
    if not isinstance(data, dict):
        return pdf_of(b'{"format": "botwijzer-case", "x": ' + as_json(data) + b"}")
    with contextlib.suppress(RecursionError):
        data = {**data, "sha256": content_hash(data)}
    content = as_json({"format": "botwijzer-case", **{key: value for key, value in data.items() if key != "format"}})
    return pdf_of(content)


@pytest.mark.parametrize(
    ("files", "read", "short", "long"),
    [
        (CASE_FILES, read_case, 400, 400_000),
        (PATIENT_FILES, read_patient, 400, 150_000),
        (PDF_FILES, read_pdf, 500, 150_000),
        (LETTERS.map(with_its_hash), read_pdf, 300, 100_000),
        (CENTRES_FILES, read_centres, 500, 100_000),
        (HEADINGS_FILES, read_letter_headings, 300, 100_000),
        (PHRASE_FILES, read_phrases, 300, 50_000),
    ],
    ids=["case", "FHIR", "PDF", "letter", "centres", "headings", "phrases"],
)
def test_any_file_is_read_or_refused_in_words(files, read, short, long, thorough):
    ends = attempt(files, long if thorough else short, read)
    assert len(ends) > 1, "the fuzzer makes only one kind of file"


def test_any_settings_are_read_or_told(tmp_path, thorough):
    good = json.loads(Settings(setting="hospital").model_dump_json(exclude_none=True))
    files = st.one_of(
        changed_data([good], [*Settings.model_fields, "big_number"]).map(as_json),
        changed_bytes([as_json(good)], JSON_PARTS),
        NESTED.map(as_json),
    )
    path = tmp_path / "settings.json"

    def read(content: bytes) -> str:
        for other in tmp_path.iterdir():
            other.unlink()
        path.write_bytes(content)
        problem = load_settings(path).problem
        return "read" if problem is None else checked(problem.message(DUTCH)) and problem.key

    assert len(attempt(files, 100_000 if thorough else 200, read)) > 1
