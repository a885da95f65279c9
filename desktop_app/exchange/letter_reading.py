"""Reads the case back out of a letter: data only, within limits, and with all that speaks against trusting it.

Nothing in the PDF is run or drawn. A file that is damaged, foreign or made to exhaust memory ends in a finding.
"""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop_app.exchange.embedded_case import CaseTooLarge, CaseUnreadable, case_inside, is_letter
from desktop_app.exchange.finding import Finding, caution, note, refusal
from desktop_app.exchange.printed_advice import other_advice
from desktop_app.exchange.seal import is_unchanged
from desktop_app.exchange.travelling_case import FORMAT, FORMAT_VERSION, HASH, content_hash
from desktop_app.library.editions import OpenedEdition
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults
from guideline_core.case_reading.reading import check_case
from guideline_core.file_limits import CASE, LETTER_BYTES, MEGABYTE, json_excess

FAULTS_NAMED = 5
OBJECT, ENCRYPTED = b" obj", b"/Encrypt"


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


def read_case_of_letter(content: bytes, edition: OpenedEdition, today: datetime.date) -> ReadLetter:
    """Read the file that a letter carries, without the letter, on the same terms."""
    return _read(lambda: content, lambda: True, edition, today)


def read_letter(pdf: bytes, edition: OpenedEdition, today: datetime.date) -> ReadLetter:
    """Read the case in a letter under an edition. Never raises for what a file holds: the findings tell."""
    return _read(lambda: _attached_case(pdf), lambda: is_unchanged(pdf), edition, today)


def _read(
    content: Callable[[], bytes], is_whole: Callable[[], bool], edition: OpenedEdition, today: datetime.date
) -> ReadLetter:
    try:
        data = _parsed(content())
        case = _case(data, edition, today)
    except _Refused as refused:
        return ReadLetter(None, (refused.finding,))
    return ReadLetter(case, tuple(_doubts(data, is_whole, case, edition, today)))


def _doubts(
    data: dict[str, object], is_whole: Callable[[], bool], case: Case, edition: OpenedEdition, today: datetime.date
) -> Iterator[Finding]:
    """What speaks against the case as it was read, and what a check of this kind cannot tell."""
    if data.get(HASH) != content_hash(data):
        yield caution("case_altered")
    elif not is_whole():
        yield caution("file_altered")
    guideline = data.get("guideline")
    made_under = guideline if isinstance(guideline, dict) else {}
    if made_under.get("sha256") != edition.tables.guideline.sha256:
        yield note("other_edition", version=_shortened(made_under.get("version")))
    differs = other_advice(data.get("advice"), case, edition.planner, _day_of(data) or today)
    if differs is not None:
        yield differs
    yield note("no_signature")


def _day_of(data: dict[str, object]) -> datetime.date | None:
    """The day for which the letter was planned; None when the file names none."""
    try:
        return datetime.date.fromisoformat(str(data.get("planned_for")))
    except ValueError:
        return None


# --- the file inside --------------------------------------------------------------------------------------------------


def _attached_case(pdf: bytes) -> bytes:
    """The attached file with the case."""
    if len(pdf) > LETTER_BYTES:
        raise _Refused(refusal("pdf_too_large", megabytes=str(LETTER_BYTES // MEGABYTE)))
    if not is_letter(pdf) or OBJECT not in pdf:
        raise _Refused(refusal("not_a_pdf"))
    if ENCRYPTED in pdf:
        raise _Refused(refusal("pdf_encrypted"))
    try:
        content = case_inside(pdf)
    except CaseTooLarge:
        raise _Refused(refusal("case_too_large", megabytes=str(CASE.megabytes))) from None
    except CaseUnreadable:
        raise _Refused(refusal("case_unreadable")) from None
    if content is None:
        raise _Refused(refusal("no_case_inside"))
    return content


# --- what it says -----------------------------------------------------------------------------------------------------


def _parsed(content: bytes) -> dict[str, object]:
    try:
        data = None if json_excess(content, CASE) else json.loads(content.decode("utf-8"))
    except ValueError:  # no UTF-8, no JSON, a number of thousands of digits
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
