"""Writes everything that leaves of one case to standard output, in a process of its own."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from desktop_app.exchange.made_paper import fhir_document, letter_to_save
from desktop_app.library.editions import Library
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.order import order_paper
from desktop_app.papers.pdf.write import write_document
from guideline_core.case import Case
from tests.desktop_app.papers.cases import CHILD_OSTEOSARCOMA, DAY
from tests.desktop_app.papers.conftest import SETTINGS
from tests.desktop_app.papers.sheets import sheets


def everything(library: Library) -> bytes:
    """The finished letter, its FHIR document and its text in both languages, and the sheets; one after the other."""
    case, parts = Case.model_validate(CHILD_OSTEOSARCOMA), []
    for language in ("nl", "en"):
        order = order_paper(case, library.edition(), library.phrases(language), SETTINGS, DAY)
        letter = compose_letter(order)
        finished = letter_to_save(replace(order, with_case=True), letter)
        parts += [finished.pdf, fhir_document(order, letter), letter_text(letter).encode()]
    parts += [write_document(document).content for document in sheets(library).values()]
    return b"\n----\n".join(parts)


def main() -> None:
    """Made from nothing that another process made: an edition of its own, a cache of its own."""
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.buffer.write(everything(Library(cache_folder=Path(folder))))


if __name__ == "__main__":
    main()
