"""`botwijzer letter` and `botwijzer export-fhir`: the letter of one case as a PDF, or as a FHIR document."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.cases import read_cases
from desktop_app.commands.context import OK, UNREADABLE, Context, Refused, load
from desktop_app.commands.output import complain, say
from desktop_app.commands.patients import with_patient

if TYPE_CHECKING:
    import datetime

    from desktop_app.letter.model import Kind
    from guideline_core.case import Case


def run_letter(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case as PDF: whole or not at all, and never over another file without being told to."""
    import datetime

    from desktop_app.documents import make_letter
    from desktop_app.letter.compose import KindNotAllowed
    from desktop_app.letter.writing import letter_settings, order_letter
    from desktop_app.settings import load_settings
    from desktop_app.settings_file import default_path

    today = datetime.date.today()
    case = _case_for(chosen, today, context)
    kept, kind = load_settings(default_path()).settings, _kind(chosen.kind, context)
    attach = kept.attach_case if chosen.attach is None else chosen.attach
    settings = letter_settings(kept, identity_verified=chosen.identity_verified)
    try:
        made = make_letter(order_letter(case, context.edition, context.phrases, settings, today, kind=kind))
    except KindNotAllowed as error:
        allowed = ", ".join(error.allowed)
        raise Refused([context.message("kind_not_allowed", kind=error.kind, allowed=allowed)], UNREADABLE) from None
    document = made.finished() if attach else made.bare
    _save(chosen.output, document.pdf, context)
    complain([warning.text for warning in document.warnings])
    say(context.message("letter_written", file=chosen.output))
    return OK


def run_export(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case as a FHIR document, on the same terms."""
    import datetime

    from desktop_app.documents import make_letter
    from desktop_app.letter.writing import letter_settings, order_letter
    from desktop_app.settings import load_settings
    from desktop_app.settings_file import default_path

    today = datetime.date.today()
    case = _case_for(chosen, today, context)
    settings = letter_settings(load_settings(default_path()).settings, identity_verified=chosen.identity_verified)
    made = make_letter(order_letter(case, context.edition, context.phrases, settings, today))
    _save(chosen.output, made.fhir_document(), context)
    say(context.phrases.get("exchange", "export", "written").format(file=chosen.output))
    return OK


def _case_for(chosen: argparse.Namespace, today: "datetime.date", context: Context) -> "Case":
    """The case to write a file of, once it is known that the file may be written."""
    if os.path.lexists(chosen.output) and not chosen.force:
        raise Refused([context.message("file_exists", file=chosen.output)], UNREADABLE)
    load(context)
    [(_, case)] = read_cases([chosen.file], today, context)
    return with_patient(case, chosen.file, chosen.patient, today, context)


def _save(output: str, content: bytes, context: Context) -> None:
    from desktop_app.settings import write_whole

    try:
        write_whole(Path(output), content)
    except OSError as error:
        raise Refused([context.message("not_saved", file=output, reason=error.strerror)], UNREADABLE) from None


def _kind(given: str | None, context: Context) -> "Kind | None":
    """The kind of letter that was asked for; raises Refused for one that does not exist."""
    from desktop_app.letter.model import Kind

    try:
        return Kind(given) if given else None
    except ValueError:
        raise Refused([context.message("kind_unknown", kind=given, known=", ".join(Kind))], UNREADABLE) from None
