"""Finds the case inside a PDF by its own marks, without opening the PDF.

A reader of PDF unpacks whatever a file tells it to, its tables of objects included, and what these become has no end:
217 kB can become 26 GB. A file inside a PDF is always an object of its own that says so, and ours is kept as it is or
in one layer of Flate. So only such objects are looked at, one of them is unpacked, and never to more than a case has.
"""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from guideline_core.file_limits import CASE, FILES_IN_LETTER

_LARGEST_DICTIONARY = 4_000
"""What an object says of itself before its content; that of a letter has some 200 bytes."""
_HEAD_BYTES = 64
_CHUNK_BYTES = 65_536
_OBJECT_BEGINS, _CONTENT_ENDS = b" obj", b"endstream"
_OBJECT_OR_CONTENT = re.compile(rb" obj|>>[ \t\r\n]*+stream\r?\n")
_EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b")
_FILTER = re.compile(rb"/(Filter|DecodeParms)\b")
_ONE_FLATE = re.compile(rb"/Filter\s*(?:/FlateDecode\b|\[\s*/FlateDecode\s*\])")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
_PDF_SIGN, _SIGN_WITHIN = b"%PDF-", 1024
_CASE_BEGINS = re.compile(rb'\s*\{\s*"format"\s*:\s*"botwijzer-case"')


def is_letter(content: bytes) -> bool:
    """Whether this is a PDF, with or without a case."""
    return _PDF_SIGN in content[:_SIGN_WITHIN]


def is_case_of_letter(content: bytes) -> bool:
    """Whether this is the file that a letter carries, taken out of it by some viewer."""
    return _CASE_BEGINS.match(content) is not None


class CaseUnreadable(Exception):
    """There is a case, or something in the place where it can be, and it cannot be unpacked."""


class CaseTooLarge(Exception):
    """What is in the place of the case is larger than any case."""


class _Embedded(NamedTuple):
    """A file inside a PDF: where its content begins, and whether it is packed."""

    start: int
    is_packed: bool


def case_inside(pdf: bytes) -> bytes | None:
    """The case inside a PDF, the last one where it was saved again at its end; None when there is none. Raises
    CaseUnreadable and CaseTooLarge."""
    found: _Embedded | None = None
    is_damaged = False
    for embedded in _embedded_files(pdf):
        head = None if embedded is None else _head_of(pdf, embedded)
        is_damaged = is_damaged or head is None
        if head is not None and _CASE_BEGINS.match(head):
            found = embedded
    if found is not None:
        return _unpacked(pdf, found.start) if found.is_packed else _plain(pdf, found.start)
    if is_damaged:
        raise CaseUnreadable
    return None


def _embedded_files(pdf: bytes) -> Iterator[_Embedded | None]:
    """The files inside a PDF; None for one that is kept in another way than ours are. Raises CaseUnreadable when there
    are more than any letter has."""
    number = 0
    for said, start in _objects_with_content(pdf):
        if _EMBEDDED.search(said):
            number += 1
            if number > FILES_IN_LETTER:
                raise CaseUnreadable
            filters = _FILTER.findall(said)
            is_ours = not filters or (filters == [b"Filter"] and _ONE_FLATE.search(said))
            yield _Embedded(start, bool(filters)) if is_ours else None


def _objects_with_content(pdf: bytes) -> Iterator[tuple[bytes, int]]:
    """What each object says of itself before its content, and where that begins. Each has one content, however many
    beginnings of one follow: so no byte is looked at twice."""
    begin: int | None = None
    for found in _OBJECT_OR_CONTENT.finditer(pdf):
        if found[0] == _OBJECT_BEGINS:
            begin = found.start()
        elif begin is not None:
            if found.start() - begin <= _LARGEST_DICTIONARY:
                said = pdf[begin : found.start()]
                yield _ESCAPED.sub(lambda escape: bytes.fromhex(escape[1].decode()), said), found.end()
            begin = None


def _head_of(pdf: bytes, embedded: _Embedded) -> bytes | None:
    """How a file begins; None when it cannot be unpacked."""
    packed = pdf[embedded.start : embedded.start + 4 * _HEAD_BYTES]
    if not embedded.is_packed:
        return packed[:_HEAD_BYTES]
    try:
        return zlib.decompressobj().decompress(packed, _HEAD_BYTES)
    except zlib.error:
        return None


def _unpacked(pdf: bytes, start: int) -> bytes:
    """What is packed from here, no more than a case has; read in pieces, for the unpacker copies what is left over."""
    unpacker, content = zlib.decompressobj(), bytearray()
    try:
        for place in range(start, len(pdf), _CHUNK_BYTES):
            content += unpacker.decompress(pdf[place : place + _CHUNK_BYTES], CASE.largest + 1 - len(content))
            if len(content) > CASE.largest:
                raise CaseTooLarge
            if unpacker.eof:
                return bytes(content)
    except zlib.error:
        raise CaseUnreadable from None
    raise CaseUnreadable


def _plain(pdf: bytes, start: int) -> bytes:
    end = pdf.find(_CONTENT_ENDS, start, start + CASE.largest + len(_CONTENT_ENDS))
    if end < 0:
        raise CaseTooLarge if len(pdf) > start + CASE.largest else CaseUnreadable
    return pdf[start:end]
