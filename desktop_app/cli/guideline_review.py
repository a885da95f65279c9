"""`botwijzer guideline review`: the edition as PDF for a committee, in one file or one file a module."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from desktop_app.cli.context import OK, UNREADABLE, Context, Refused
from desktop_app.cli.files import save
from desktop_app.papers.document import PrintedDocument
from desktop_app.papers.guideline_review.deck_cases import deck_cases
from desktop_app.papers.guideline_review.review import Review
from desktop_app.papers.pdf.write import write_document


def run_review(chosen: argparse.Namespace, context: Context) -> int:
    """Write the review of the edition: into the file that is named, or each part into a file of the folder."""
    documents = dict(_documents(chosen.output, context))
    standing = [file for file in documents if os.path.lexists(file)]
    if standing and not chosen.force:
        raise Refused([context.message("file_exists", file=file) for file in standing], UNREADABLE)
    for file, document in documents.items():
        save(file, write_document(document).content, "review_written", context)
    return OK


def _documents(output: str, context: Context) -> Iterator[tuple[str, PrintedDocument]]:
    """What to write into which file; one that ends in .pdf takes all parts, anything else is a folder for them."""
    edition = context.edition
    review = Review(edition.texts, context.phrases, deck_cases(), edition.tables.guideline.sha256)
    parts = tuple(review.parts())
    if output.lower().endswith(".pdf"):
        yield output, review.document(parts)
    elif not Path(output).is_dir():
        raise Refused([context.message("no_folder", folder=output)], UNREADABLE)
    else:
        for part in parts:
            yield str(Path(output) / f"review-{part.name}.pdf"), review.document([part])
