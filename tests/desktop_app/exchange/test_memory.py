"""No file that is opened takes more than 300 MB of memory, whatever it unpacks to: tried in a program of its own, which
the system lets have no more."""

import os
import resource
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from desktop_app.exchange.letter_reading import read_letter
from desktop_app.exchange.patient.reading import patient_from_fhir
from desktop_app.library.editions import Library
from guideline_core import file_limits
from guideline_core.case_reading.faults import CaseFaults
from tests.checkout import CHECKOUT
from tests.desktop_app.papers.cases import DAY

MOST_MEGABYTES = 300
MEGABYTE = 1_000_000


def lzw_of_blanks(megabytes):
    """So many blanks packed with LZW: codes that each stand for one blank more than the one before."""
    bits, number, width, code = [], 0, 9, 258
    blanks, longest = 0, 1
    bits.append((256, 9))
    while blanks < megabytes * MEGABYTE:
        if code >= 4094:
            bits.append((256, width))
            width, code, longest = 9, 258, 1
        bits.append((32 if longest == 1 else code - 1, width))
        blanks, longest, code = blanks + longest, longest + 1, code + 1
        width = 9 + (code >= 511) + (code >= 1023) + (code >= 2047)
    length = 0
    packed = bytearray()
    for value, size in bits:
        number, length = (number << size) | value, length + size
        while length >= 8:
            length -= 8
            packed.append(number >> length & 255)
            number &= (1 << length) - 1
    return bytes(packed)


def pdf_of(dictionary, content):
    """A PDF with one file inside that says this of itself."""
    return b"%%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile %s >>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n" % (
        dictionary,
        content,
    )


NAMES, OBJECTS = (190_000, 400_000) if "--long" in sys.argv else (10_000, 100_000)
"""As many as may be, which takes long to read; else a part of them."""
CASE = b'{"format": "botwijzer-case", "case": {"a": '
BLANKS = CASE + b" " * 60 * MEGABYTE


def deflated(content, times=1):
    for _ in range(times):
        content = zlib.compress(content, 9)
    return content


LETTERS = {
    "flate": lambda: pdf_of(b"/Filter /FlateDecode", deflated(BLANKS)),
    "flate in flate": lambda: pdf_of(b"/Filter [/FlateDecode /FlateDecode]", deflated(BLANKS, 2)),
    "LZW": lambda: pdf_of(b"/Filter /LZWDecode", lzw_of_blanks(100)),
    "LZW in flate": lambda: pdf_of(b"/Filter [/FlateDecode /LZWDecode]", deflated(lzw_of_blanks(100))),
    "LZW by another name": lambda: pdf_of(b"/Filter /LZ#57Decode", lzw_of_blanks(100)),
    "a predictor": lambda: pdf_of(b"/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 1>>", deflated(BLANKS)),
    "a filter elsewhere": lambda: pdf_of(b"/Filter 2 0 R", deflated(BLANKS)),
    "not packed, as large as may be": lambda: pdf_of(b"", CASE + b" " * (file_limits.LETTER_BYTES - 200)),
    "lists": lambda: pdf_of(b"", CASE + b"[]," * 1_600_000),
    "numbers": lambda: b"%PDF-1.7\n1 0 obj\n[" + b"1 " * 9_000_000 + b"]\nendobj\n",
    "objects": lambda: b"%PDF-1.7\n" + b"1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n" * OBJECTS,
}
PATIENT = b'{"resourceType": "Patient", "name": '
PATIENTS = {
    "lists": lambda: PATIENT + b"[[]" + b",[]" * 6_000_000 + b"]}",
    "many names": lambda: PATIENT + b"[{}" + b',{"family":"x"}' * NAMES + b"]}",
    "one text": lambda: PATIENT + b'[{"family": "' + "\U0001f9b4".encode() * 4_800_000 + b'"}]}',
    "texts": lambda: PATIENT + b'["x"' + b',"\xf0\x9f\xa6\xb4abcdefghijklmnopqrstuvwxyz"' * 390_000 + b"]}",
    "escapes": lambda: PATIENT + b'[{"family": "' + b"\\ud83e\\uddb4" * 1_500_000 + b'"}]}',
}
CASES = {
    "lists": lambda: b'{"a": [[]' + b",[]" * 1_600_000 + b"]}",
    "as many values as may be": lambda: b'{"a": [{}' + b',{"x":1}' * 4_900 + b"]}",
    "one text": lambda: b'{"letter": {"history": "' + "\U0001f9b4".encode() * 1_200_000 + b'"}}',
    "keys": lambda: b'{"a": 1' + b',"a": 1' * 9_000 + b"}",
}


def main():
    """Open every file under the limit; any that takes more ends this program."""
    edition, phrases = Library().edition(), Library().phrases("nl")
    edition.planner  # noqa: B018 -- what is loaded once is no part of a file
    files = [(read, name) for read in ("letter", "patient", "case") for name in globals()[f"{read.upper()}S"]]
    made = {each: globals()[f"{each[0].upper()}S"][each[1]] for each in files}
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    used, resident = (int(number) * os.sysconf("SC_PAGE_SIZE") for number in pages[:2])
    for (kind, name), make in made.items():
        child = os.fork()
        if child:
            assert os.waitpid(child, 0)[1] == 0, f"{kind}: {name}"
            continue
        content = make()
        room = MOST_MEGABYTES * MEGABYTE - resident
        resource.setrlimit(resource.RLIMIT_AS, (used + len(content) + room, used + len(content) + room))
        if kind == "letter":
            assert read_letter(content, edition, DAY).case is None
        elif kind == "patient":
            patient_from_fhir(content, DAY, phrases)
        else:
            try:
                edition.read_case(content, DAY)
            except CaseFaults:
                os._exit(0)
            os._exit(1)
        os._exit(0)
    print("all were opened or refused")


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_no_file_takes_more_memory_than_a_letter_may(thorough):
    command = [sys.executable, "-m", "tests.desktop_app.exchange.test_memory", *(["--long"] if thorough else [])]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0 and "all were opened" in done.stdout, done.stdout + done.stderr


if __name__ == "__main__":
    main()
