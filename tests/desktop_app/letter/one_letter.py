"""Writes one letter with attachments to standard output, in a process of its own."""

import datetime
import sys
import tempfile
from pathlib import Path

from desktop_app.editions import Library
from desktop_app.letter.pdf import write_letter
from desktop_app.letter.printed_document import Attachment
from guideline_core.case import Case
from tests.desktop_app.letter.cases import CHILD_OSTEOSARCOMA, DAY
from tests.desktop_app.letter.conftest import SETTINGS
from tests.desktop_app.letter.made_letter import letter_for

ATTACHMENTS = (
    Attachment("zaak.json", "application/json", b'{"schema_version": 1}', "De zaak", "Source"),
    Attachment("bundle.json", "application/fhir+json", b'{"resourceType": "Bundle"}', "FHIR R4", "Data"),
)


def main() -> None:
    """Made from nothing that another process made: an edition of its own, a cache of its own."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(cache_folder=Path(folder))
        case = Case.model_validate(CHILD_OSTEOSARCOMA)
        letter = letter_for(case, library.edition(), library.phrases("nl"), SETTINGS, DAY)
    sys.stdout.buffer.write(write_letter(letter, ATTACHMENTS, datetime.date(2026, 11, 23)).content)


if __name__ == "__main__":
    main()
