"""The libraries that the program is built on, with versions and licences: for *about* and for reports of defects."""

from collections.abc import Iterator
from typing import NamedTuple

LIBRARIES = {
    "PySide6-Essentials": "LGPL-3.0-only",
    "PySide6-Pdf": "LGPL-3.0-only",
    "pydantic": "MIT",
    "ruamel.yaml": "MIT",
    "platformdirs": "MIT",
    "python-stdnum": "LGPL-2.1-or-later",
    "reportlab": "BSD-3-Clause",
    "python-bidi": "LGPL-3.0-or-later",
    "pillow": "MIT-CMU",
    "sqlcipher3": "Zlib; SQLCipher: BSD-3-Clause",
    "keyring": "MIT",
    "pikepdf": "MPL-2.0",
    "fhir.resources": "BSD-3-Clause",
}
"""Each library that the program requires, with its licence: what libraries declare themselves has no fixed form."""


class Library(NamedTuple):
    """A library; its version is empty when it is unknown."""

    name: str
    version: str
    licence: str


def libraries() -> Iterator[Library]:
    """All libraries, as they are installed here."""
    # It reads mail headers, with all that this takes, and is wanted for *about* and for defects only.
    from importlib.metadata import PackageNotFoundError, metadata

    for name, licence in LIBRARIES.items():
        try:
            version = metadata(name)["Version"] or ""
        except PackageNotFoundError:
            version = ""
        yield Library(name, version, licence)
