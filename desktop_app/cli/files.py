"""What the commands that write a document of a case share: reading the case, and writing whole or not at all."""

import argparse
import datetime
import os
from pathlib import Path

from desktop_app.cli.cases import read_cases
from desktop_app.cli.context import UNREADABLE, Context, Refused
from desktop_app.cli.output import complain
from desktop_app.cli.patients import with_patient
from desktop_app.files import NotAPlainFile, write_whole
from desktop_app.settings.file import default_path
from desktop_app.settings.settings import Settings, load_settings
from guideline_core.case import Case


def case_for(chosen: argparse.Namespace, today: datetime.date, context: Context) -> Case:
    """The case to write a document of, once it is known that the file may be written; raises Refused.

    Not `load`: one document leaves too little garbage to look for.
    """
    if chosen.output is not None and os.path.lexists(chosen.output) and not chosen.force:
        raise Refused([context.message("file_exists", file=chosen.output)], UNREADABLE)
    [(_, case)] = read_cases([chosen.file], today, context)
    return with_patient(case, chosen.file, chosen.patient, today, context)


def save(output: str, content: bytes, context: Context) -> None:
    """Write a file; what stood there before stays when that fails. Raises Refused."""
    try:
        write_whole(Path(output), content)
    except NotAPlainFile:
        raise Refused([context.message("output_not_plain", file=output)], UNREADABLE) from None
    except OSError as error:
        raise Refused([context.message("not_saved", file=output, reason=error.strerror)], UNREADABLE) from None


def own_settings(context: Context) -> Settings:
    """The settings of this user; what is wrong with them is told."""
    loaded = load_settings(default_path())
    if loaded.problem is not None:
        complain([loaded.problem.message(context.phrases)])
    return loaded.settings
