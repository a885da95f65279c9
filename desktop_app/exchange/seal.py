"""Marks a finished PDF so that an accidental change of any byte can be told: the second part of its /ID holds a hash of
all other bytes. It is no signature: whoever changes the file on purpose can mark it anew."""

import hashlib
import re

_FILE_IDENTIFIER = re.compile(rb"/ID\s*\[\s*<[0-9a-fA-F]+>\s*<([0-9a-fA-F]{32})>\s*\]")
_TRAILER_BYTES = 65_536
"""A trailer stands at the end of a file; no more is searched."""


class NoFileIdentifier(ValueError):
    """The PDF has no /ID of the usual length at its end."""


def sealed(pdf: bytes) -> bytes:
    """The PDF with the hash of its other bytes in its identifier; raises NoFileIdentifier."""
    start, end = _place(pdf)
    return pdf[:start] + _hash_around(pdf, start, end) + pdf[end:]


def is_unchanged(pdf: bytes) -> bool:
    """Whether each byte is as it was when the PDF was sealed; of a PDF that was never sealed false."""
    try:
        start, end = _place(pdf)
    except NoFileIdentifier:
        return False
    return pdf[start:end] == _hash_around(pdf, start, end)


def _place(pdf: bytes) -> tuple[int, int]:
    found = list(_FILE_IDENTIFIER.finditer(pdf, max(0, len(pdf) - _TRAILER_BYTES)))
    if not found:
        raise NoFileIdentifier
    return found[-1].span(1)


def _hash_around(pdf: bytes, start: int, end: int) -> bytes:
    digest = hashlib.sha256(pdf[:start])
    digest.update(pdf[end:])
    return digest.hexdigest()[: end - start].encode()
