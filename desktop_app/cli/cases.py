"""Reads the cases that a command is given: all of them before anything is done, with all faults of all files."""

import datetime
import os
import sys
from collections.abc import Iterator, Sequence

from desktop_app.cli.context import UNREADABLE, Context, Refused
from desktop_app.cli.output import complain
from desktop_app.library.fault_text import lines_of_faults
from guideline_core.age import age_on
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults, Fault
from guideline_core.case_reading.json_text import LARGEST_BYTES

STANDARD_INPUT = "-"


def read_cases(files: Sequence[str], today: datetime.date, context: Context) -> list[tuple[str, Case]]:
    """Read every case before the first plan is made; raises Refused with all faults of all files."""
    found: list[tuple[str, Case]] = []
    faulty: list[tuple[str, tuple[Fault, ...]]] = []
    for number, file in enumerate(files):
        name = name_of(file, context)
        try:
            if file == STANDARD_INPUT and STANDARD_INPUT in files[:number]:
                raise CaseFaults([Fault("", "stdin_twice")])
            case = context.edition.read_case(content_of(file), today)
            found.append((name, case.without_age_beside_birth_date()))
            _tell_of_age(name, case, today, context)
        except CaseFaults as error:
            faulty.append((name, error.faults))
    if faulty:
        raise Refused(list(refusal_of_cases(faulty, context)), UNREADABLE)
    return found


def name_of(file: str, context: Context) -> str:
    """A file as messages name it."""
    return context.message("standard_input") if file == STANDARD_INPUT else file


def _tell_of_age(name: str, case: Case, today: datetime.date, context: Context) -> None:
    """Say so when the age of a case is of before a birthday."""
    birth_date, years = case.patient.birth_date, case.patient.age_years
    if birth_date is not None and years not in (None, age_on(birth_date, case.reference_date or today)):
        complain([f"{name}: {context.message('age_is_old', years=years)}"])


def refusal_of_cases(faulty: Sequence[tuple[str, tuple[Fault, ...]]], context: Context) -> Iterator[str]:
    """All faults of all files, in words."""
    yield context.message("case_refused", number=sum(len(faults) for _, faults in faulty))
    for name, faults in faulty:
        yield f"{name}:"
        yield from lines_of_faults(faults, context.phrases)


def content_of(file: str, largest: int | None = None) -> bytes:
    """The content of a file or of standard input; no more is read than just too much, by default for a case."""
    limit = LARGEST_BYTES if largest is None else largest

    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(limit + 1)
        with open(file, "rb") as opened:
            return opened.read(limit + 1)
    except FileNotFoundError:
        fault = Fault("", "file_missing")
    except IsADirectoryError:
        fault = Fault("", "file_is_folder")
    except PermissionError:  # what Windows says of a folder
        fault = Fault("", "file_is_folder" if os.path.isdir(file) else "file_not_allowed")
    except (OSError, ValueError, AttributeError) as error:
        fault = Fault("", "file_unreadable", {"reason": getattr(error, "strerror", None) or type(error).__name__})
    raise CaseFaults([fault])
