"""`botwijzer letter`: the letter of one case as a PDF."""

import argparse
import os
from typing import TYPE_CHECKING

from desktop_app.commands.cases import read_cases
from desktop_app.commands.context import OK, UNREADABLE, Context, Refused, load
from desktop_app.commands.output import complain, say

if TYPE_CHECKING:
    from desktop_app.letter.model import Kind


def run_letter(chosen: argparse.Namespace, context: Context) -> int:
    """Write the letter of one case as PDF: whole or not at all, and never over another file without being told to."""
    import datetime
    from pathlib import Path

    from desktop_app.letter.compose import KindNotAllowed
    from desktop_app.letter.pdf import write_letter
    from desktop_app.letter.writing import letter_for, letter_settings, warnings_of
    from desktop_app.settings import load_settings, write_whole
    from desktop_app.settings_file import default_path

    target, today = Path(chosen.output), datetime.date.today()
    if os.path.lexists(target) and not chosen.force:
        raise Refused([context.message("file_exists", file=target)], UNREADABLE)
    load(context)
    [(_, case)] = read_cases([chosen.file], today, context)
    settings = letter_settings(load_settings(default_path()).settings, identity_verified=chosen.identity_verified)
    kind = _kind(chosen.kind, context)
    try:
        letter = letter_for(case, context.edition, context.phrases, settings, today, kind=kind)
    except KindNotAllowed as error:
        allowed = ", ".join(error.allowed)
        raise Refused([context.message("kind_not_allowed", kind=error.kind, allowed=allowed)], UNREADABLE) from None
    written = write_letter(letter)
    try:
        write_whole(target, written.content)
    except OSError as error:
        raise Refused([context.message("not_saved", file=target, reason=error.strerror)], UNREADABLE) from None
    complain([warning.text for warning in warnings_of(letter, written, context.phrases)])
    say(context.message("letter_written", file=target))
    return OK


def _kind(given: str | None, context: Context) -> "Kind | None":
    """The kind of letter that was asked for; raises Refused for one that does not exist."""
    from desktop_app.letter.model import Kind

    try:
        return Kind(given) if given else None
    except ValueError:
        raise Refused([context.message("kind_unknown", kind=given, known=", ".join(Kind))], UNREADABLE) from None
