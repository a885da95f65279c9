"""Reads the case back out of a letter: data only, within limits, and with all that speaks against trusting it.

Nothing in the PDF is run or drawn. A file that is damaged, foreign or made to exhaust memory ends in a finding.
"""

import datetime
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Pdf

from desktop_app.exchange.finding import Finding, caution, note, refusal
from desktop_app.exchange.seal import is_unchanged
from desktop_app.exchange.travelling_case import FILE_NAME, FORMAT, FORMAT_VERSION, HASH, content_hash
from desktop_app.library.editions import OpenedEdition
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.case_reading.json_text import LARGEST_BYTES
from guideline_core.case_reading.reading import check_case

LARGEST_PDF_BYTES = 50_000_000
LARGEST_STREAM_BYTES = 4 * LARGEST_BYTES
"""So much may a compressed stream of a letter become; what would become more is not unpacked."""
MEGABYTE = 1_000_000
FAULTS_NAMED = 5
PDF_SIGN, SIGN_WITHIN = b"%PDF-", 1024


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """What a letter held: the case, when there is one that can be used, and what has to be said about it."""

    case: Case | None
    findings: tuple[Finding, ...]


class _Refused(Exception):
    """Reading ends here."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.key)
        self.finding = finding


def read_letter(pdf: bytes, edition: OpenedEdition, today: datetime.date) -> ReadLetter:
    """Read the case in a letter under an edition. Never raises for what a file holds: the findings tell."""
    try:
        data = _parsed(_attached_case(pdf))
        case = _case(data, edition, today)
    except _Refused as refused:
        return ReadLetter(None, (refused.finding,))
    return ReadLetter(case, tuple(_doubts(data, pdf, edition)))


def _doubts(data: dict[str, object], pdf: bytes, edition: OpenedEdition) -> Iterator[Finding]:
    """What speaks against the case as it was read, and what a check of this kind cannot tell."""
    if data.get(HASH) != content_hash(data):
        yield caution("case_altered")
    elif not is_unchanged(pdf):
        yield caution("file_altered")
    guideline = data.get("guideline")
    made_under = guideline if isinstance(guideline, dict) else {}
    if made_under.get("sha256") != edition.tables.guideline.sha256:
        yield note("other_edition", version=_shortened(made_under.get("version")))
    yield note("no_signature")


# --- the file inside --------------------------------------------------------------------------------------------------


def _attached_case(pdf: bytes) -> bytes:
    """The attached file with the case."""
    if len(pdf) > LARGEST_PDF_BYTES:
        raise _Refused(refusal("pdf_too_large", megabytes=str(LARGEST_PDF_BYTES // MEGABYTE)))
    if PDF_SIGN not in pdf[:SIGN_WITHIN]:
        raise _Refused(refusal("not_a_pdf"))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=LARGEST_STREAM_BYTES,
        run_length_max_memory=LARGEST_STREAM_BYTES,
        png_max_memory=LARGEST_STREAM_BYTES,
        tiff_max_memory=LARGEST_STREAM_BYTES,
    )
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return _stream_of(opened)
    except pikepdf.PasswordError:
        raise _Refused(refusal("pdf_encrypted")) from None
    except (
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ):  # whatever a broken file does
        raise _Refused(refusal("not_a_pdf")) from None


def _stream_of(opened: Pdf) -> bytes:
    found = opened.attachments.get(FILE_NAME)
    if found is None:
        raise _Refused(refusal("no_case_inside"))
    stream = found.get_file().obj
    if len(stream.read_raw_bytes()) > LARGEST_STREAM_BYTES:
        raise _too_large()
    try:
        content = stream.read_bytes()
    except pikepdf.PdfError:
        raise _Refused(refusal("case_unreadable")) from None
    if len(content) > LARGEST_BYTES:
        raise _too_large()
    return bytes(content)


def _too_large() -> _Refused:
    return _Refused(refusal("case_too_large", megabytes=str(LARGEST_BYTES // MEGABYTE)))


# --- what it says -----------------------------------------------------------------------------------------------------


def _parsed(content: bytes) -> dict[str, object]:
    try:
        data = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):  # no UTF-8, no JSON, nested without end, a number of thousands of digits
        raise _Refused(refusal("case_unreadable")) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _Refused(refusal("case_unreadable"))
    case = data.get("case")
    versions = (
        (data.get("format_version"), FORMAT_VERSION),
        (case.get("schema_version") if isinstance(case, dict) else None, Case.SCHEMA_VERSION),
    )
    if any(isinstance(found, int) and found > known for found, known in versions):
        program = data.get("program")
        version = program.get("version") if isinstance(program, dict) else None
        raise _Refused(refusal("case_newer", program=_shortened(version)))
    return data


def _case(data: dict[str, object], edition: OpenedEdition, today: datetime.date) -> Case:
    try:
        return check_case(data.get("case"), edition.compiled.catalogue, today)
    except CaseFaults as refused:
        places = list(dict.fromkeys(fault.path or "case" for fault in refused.faults))
        more = [f"+{len(places) - FAULTS_NAMED}"] if len(places) > FAULTS_NAMED else []
        raise _Refused(refusal("case_refused", faults=", ".join([*places[:FAULTS_NAMED], *more]))) from None


def _shortened(value: object) -> str:
    """A version as it can be shown, whatever stands in its place."""
    words = str(value) if isinstance(value, str | int) else "?"
    return "".join(letter for letter in words[:40] if letter.isprintable()) or "?"
