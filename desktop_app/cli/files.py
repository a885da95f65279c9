"""What the commands that write a document of a case share: reading the case, and writing whole or not at all."""

import argparse
import datetime
import os
from collections.abc import Sequence
from pathlib import Path

from desktop_app.cli.cases import STANDARD_INPUT, read_cases
from desktop_app.cli.context import UNREADABLE, Context, Refused
from desktop_app.cli.output import complain, say, say_bytes
from desktop_app.cli.patients import with_patient
from desktop_app.files import NotAPlainFile, write_whole
from desktop_app.library.sentences import shown_in_line
from desktop_app.settings.file import default_path
from desktop_app.settings.settings import Settings, load_settings
from guideline_core.case import Case

STANDARD_OUTPUT = "-"
_NO_NAMES = ("", os.curdir, os.pardir)
"""How the path of a folder may end, also of one that does not exist; it is not read as the name of a file."""


def case_for(chosen: argparse.Namespace, today: datetime.date, context: Context) -> Case:
    """The case to write a document of, once it is known that the file may be written; raises Refused.

    Not `load`: one document leaves too little garbage to look for.
    """
    if chosen.output not in (None, STANDARD_OUTPUT):
        _check_output(chosen.output, (chosen.file, chosen.patient), chosen.force, context)
    [(_, case)] = read_cases([chosen.file], today, context)
    return with_patient(case, chosen.file, chosen.patient, today, context)


def _check_output(output: str, made_from: Sequence[str | None], is_forced: bool, context: Context) -> None:
    """Raise Refused for a folder, for what the document is made from, whatever was forced, and for another file."""
    if os.path.isdir(output) or os.path.basename(output) in _NO_NAMES:
        raise Refused([context.message("output_is_folder", file=output)], UNREADABLE)
    if any(_is_same(output, source) for source in made_from if source is not None):
        raise Refused([context.message("output_is_input", file=output)], UNREADABLE)
    if os.path.lexists(output) and not is_forced:
        raise Refused([context.message("file_exists", file=output)], UNREADABLE)


def _is_same(output: str, source: str) -> bool:
    """Whether both are one file, by whatever name or link, or because standard input is read from it."""
    try:
        from_there = os.fstat(0) if source == STANDARD_INPUT else os.stat(source)
        return os.path.samestat(os.stat(output), from_there)
    except OSError:
        return False


def save(output: str, content: bytes, written: str, context: Context) -> None:
    """Write a file and say so in the message `written`, or write to standard output and say nothing; what stood there
    before stays when that fails. Raises Refused."""
    if output == STANDARD_OUTPUT:
        say_bytes(content)
        return
    try:
        write_whole(Path(output), content)
    except NotAPlainFile:
        raise Refused([context.message("output_not_plain", file=output)], UNREADABLE) from None
    except OSError as error:
        reason = context.reason(error)
        raise Refused([context.message("not_saved", file=output, reason=reason)], UNREADABLE) from None
    say(context.message(written, file=shown_in_line(output)))


def own_settings(context: Context) -> Settings:
    """The settings of this user; what is wrong with them is told."""
    loaded = load_settings(default_path())
    if loaded.problem is not None:
        complain([loaded.problem.message(context.phrases)])
    return loaded.settings
