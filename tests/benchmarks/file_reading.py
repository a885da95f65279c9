"""The readers of files from outside, at 10, 20 and 40 % of what each file may be: none takes more than its share.

The files are the worst that are known for each reader. Twice the file may take twice the time: a ratio well above 2
is a reader that small files can keep busy for hours.
"""

import json
import time
from collections.abc import Callable, Mapping
from functools import partial

from desktop_app.exchange.letter_reading import read_letter
from desktop_app.exchange.patient.reading import patient_from_fhir
from desktop_app.papers.centres import read_directory
from desktop_app.settings.file import read_plain
from guideline_core import file_limits
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.edition.files import EditionFiles
from guideline_core.edition.values import Edition
from tests.benchmarks.measuring import heading, line, milliseconds
from tests.desktop_app.plan.view.documents import edition as opened_edition
from tests.desktop_app.plan.view.documents import phrases
from tests.random_cases import DAY

SHARES = (0.1, 0.2, 0.4)
Make = Callable[[float], bytes]
"""Makes a file that is such a share of what it may be."""


def _number(limits: file_limits.FileLimits, share: float, each: int = 1) -> int:
    """How many parts with so many values each make this share of all values."""
    return int(limits.values * share / each) - 3


def _case(share: float, part: str) -> bytes:
    number = _number(file_limits.CASE, share)
    match part:
        case "unknown keys":
            return json.dumps({f"k{each}": 1 for each in range(number)}).encode()
        case "repeated keys":
            return b"{" + b",".join(b'"k%d":1' % (each // 2) for each in range(number)) + b"}"
        case "wrong items":
            return json.dumps({"imaging": {"other": [1] * number}}).encode()
        case _:
            return json.dumps({"letter": {"history": '"\\' * int(file_limits.CASE.largest * share / 4)}}).encode()


def _patient(share: float, part: str) -> bytes:
    patient: dict[str, object] = {"resourceType": "Patient"}
    match part:
        case "references":
            number = _number(file_limits.FHIR, share, 5)
            patient["contained"] = [{"resourceType": "Practitioner", "id": f"p{each}"} for each in range(number)]
            patient["generalPractitioner"] = [{"reference": f"Practitioner/q{each}"} for each in range(number)]
        case "names":
            number = _number(file_limits.FHIR, share, 3)
            patient["name"] = [{"family": f"F{each}", "given": ["G"]} for each in range(number)]
        case "accents":
            number = int(file_limits.FHIR.largest * share / 60_000)
            patient["name"] = [{"family": "F", "given": ["a" + "\u0301\u0316" * 5_000] * number}]
        case _:
            patient["name"] = [{"family": "f" * int(file_limits.FHIR.largest * share)}]
    return json.dumps(patient).encode()


def _letter(share: float, part: str) -> bytes:
    room = int(file_limits.LETTER_BYTES * share)
    embedded = b"1 0 obj\n<< /Type /EmbeddedFile >>\nstream\n"
    if part == "embedded files":
        return b"%PDF-1.7\n" + embedded * (room // len(embedded))
    if part == "beginnings":
        begins = embedded + b'{"format": "botwijzer-case"\n'
        return b"%PDF-1.7\n" + begins * (room // len(begins))
    if part == "contents":
        contents = b" obj" + b"#41" * 650 + b">>stream\n" * 220
        return b"%PDF-1.7\n" + contents * (room // len(contents))
    return b"%PDF-1.7\n1 0 obj\n" + b">>" * (room // 2)


def _centres(share: float, part: str) -> bytes:
    room = int(file_limits.CENTRES.largest * share)
    if part == "centres with a fault":
        return b"".join(b'[centres.c%d]\nname = "x"\nkond = "x"\n' % each for each in range(room // 40))
    if part == "keys":
        return b"".join(b"a.b.c.d.k%d = 1\n" % each for each in range(room // 18))
    if part == "quoted keys":
        return b".".join([b'"!"'] * (room // 4)) + b"=1"
    return b'a = """' + b'\\"' * (room // 2) + b'"""'


def _edition_file(share: float, part: str) -> bytes:
    number = _number(file_limits.EDITION_FILE, share, 2)
    if part == "items":
        return b"a: [" + b"1," * (2 * number) + b"1]"
    return b"".join(b"k%d: 1\n" % each for each in range(number))


def _read_case(content: bytes) -> None:
    try:
        opened_edition().read_case(content, DAY)
    except CaseFaults:
        return


READERS: Mapping[str, tuple[Callable[[bytes], object], Callable[[float, str], bytes], tuple[str, ...]]] = {
    "case": (_read_case, _case, ("unknown keys", "repeated keys", "wrong items", "a text")),
    "FHIR patient": (
        lambda content: patient_from_fhir(content, DAY, phrases()),
        _patient,
        ("references", "names", "accents", "a text"),
    ),
    "letter": (
        lambda content: read_letter(content, opened_edition(), DAY),
        _letter,
        ("embedded files", "beginnings", "contents", "signs"),
    ),
    "settings": (read_plain, lambda share, _: _case(share / 10, "unknown keys"), ("keys",)),
    "centres": (read_directory, _centres, ("centres with a fault", "keys", "quoted keys", "a text")),
    "file of an edition": (lambda content: EditionFiles({"x.yaml": content}), _edition_file, ("items", "keys")),
}


def run(edition: Edition, number: int) -> None:
    """Measure each reader with each of its worst files; `number` is how many rounds, of which the quickest counts."""
    heading("Files from outside at 10, 20 and 40 % of their limits, processor time; twice the file: 2.0 is linear")
    line("", "10 %", "20 %", "40 %", "20 / 10 %, 40 / 20 %")
    for name, (read, make, parts) in READERS.items():
        for part in parts:
            times = [_quickest(partial(read, make(share, part)), number) for share in SHARES]
            ratios = f"{times[1] / times[0]:.1f}, {times[2] / times[1]:.1f}"
            line(f"{name}: {part}", *map(milliseconds, times), ratios)


def _quickest(read: Callable[[], object], rounds: int) -> float:
    def once() -> float:
        began = time.process_time()
        read()
        return time.process_time() - began

    return min(once() for _ in range(rounds))
