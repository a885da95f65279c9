"""Finds seven words in a row that equal the source, without holding the source: only hashes of its word runs."""

import hashlib
import re
from collections.abc import Iterator

RUN = 7
_WORD = re.compile(r"\w+", re.UNICODE)
_HASH_BYTES = 6


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.lower())


def _hash(run: list[str]) -> str:
    return hashlib.blake2b(" ".join(run).encode(), digest_size=_HASH_BYTES).hexdigest()


def _runs(text: str) -> Iterator[list[str]]:
    words = words_of(text)
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]


def fingerprint_of(source: str) -> bytes:
    """The fingerprint of a source text: one hash a line, of each run of seven words."""
    return "\n".join(sorted({_hash(run) for run in _runs(source)})).encode() + b"\n"


def read_fingerprint(content: bytes) -> frozenset[str]:
    """Read what `fingerprint_of` wrote."""
    return frozenset(content.decode("ascii").split())


def equal_runs(text: str, fingerprint: frozenset[str]) -> list[str]:
    """The runs of seven words in a text that equal the source."""
    return [" ".join(run) for run in _runs(text) if _hash(run) in fingerprint]
