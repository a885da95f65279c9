"""Reads the cases that a command is given: all of them before anything is done, with all faults of all files."""

import datetime
import os
import sys
from collections.abc import Iterator, Sequence

from desktop_app.cli.context import UNREADABLE, Context, Refused
from desktop_app.cli.output import complain
from desktop_app.exchange.embedded_case import is_case_of_letter, is_letter
from desktop_app.files import NotAPlainFile, name_of_error, read_file
from desktop_app.library.day import today_of
from desktop_app.library.fault_text import lines_of_faults
from desktop_app.library.sentences import shown_in_line
from guideline_core.age import age_on
from guideline_core.case import Case
from guideline_core.case_reading.faults import CaseFaults, Fault
from guideline_core.file_limits import CASE, LETTER_BYTES

STANDARD_INPUT = "-"


def read_cases(files: Sequence[str], today: datetime.date, context: Context) -> list[tuple[str, Case]]:
    """Read every case before the first plan is made; raises Refused with all faults of all files."""
    found: list[tuple[str, Case]] = []
    faulty: list[tuple[str, CaseFaults]] = []
    for number, file in enumerate(files):
        name = name_of(file, context)
        try:
            if file == STANDARD_INPUT and STANDARD_INPUT in files[:number]:
                raise CaseFaults([Fault("", "stdin_twice")])
            case = _case_in(content_of(file, LETTER_BYTES), name, today, context)
            found.append((name, case.without_age_beside_birth_date()))
            _tell_of_age(name, case, today, context)
            _tell_of_day(name, case, today, context)
        except CaseFaults as error:
            faulty.append((name, error))
    if faulty:
        raise Refused(list(refusal_of_cases(faulty, context)), UNREADABLE)
    return found


def _case_in(content: bytes, name: str, today: datetime.date, context: Context) -> Case:
    """The case in a file: a case by itself, in a letter, or taken out of one; what is to be said of a letter is told.
    Raises Refused for a letter without a case that can be used, CaseFaults for any other file."""
    if not is_letter(content) and not is_case_of_letter(content):
        return context.edition.read_case(content, today)
    # It knows the papers, which a plan of a plain case need not load.
    from desktop_app.exchange.letter_reading import read_case_of_letter, read_letter

    read = read_letter if is_letter(content) else read_case_of_letter
    found = read(content, context.edition, today)
    findings = [f"{name}: {finding.message(context.phrases)}" for finding in found.findings]
    if found.case is None:
        raise Refused(findings, UNREADABLE)
    complain(findings)
    return found.case


def name_of(file: str, context: Context) -> str:
    """A file as messages name it."""
    return context.message("standard_input") if file == STANDARD_INPUT else shown_in_line(file)


def _tell_of_age(name: str, case: Case, today: datetime.date, context: Context) -> None:
    """Say so when the age of a case is of before a birthday."""
    birth_date, years = case.patient.birth_date, case.patient.age_years
    if birth_date is not None and years not in (None, age_on(birth_date, case.reference_date or today)):
        complain([f"{name}: {context.message('age_is_old', years=years)}"])


def _tell_of_day(name: str, case: Case, today: datetime.date, context: Context) -> None:
    """Say so when a case names another day than the one that was meant."""
    if case.reference_date not in (None, today):
        day = context.phrases.date(case.reference_date)
        complain([f"{name}: {context.message('other_day', day=day)}"])


def day_of_clock(context: Context) -> datetime.date:
    """Today; a clock from before the guideline is told."""
    now = today_of(datetime.date.today(), context.edition.year)
    if now.is_doubted:
        complain([context.phrases.get("window", "clock", "wrong").format(day=context.phrases.date(now.date))])
    return now.date


def refusal_of_cases(faulty: Sequence[tuple[str, CaseFaults]], context: Context) -> Iterator[str]:
    """The faults of all files, in words."""
    yield context.message("case_refused", number=sum(error.number for _, error in faulty))
    for name, error in faulty:
        yield f"{name}:"
        yield from lines_of_faults(error.faults, context.phrases)
        untold = error.number - len(error.faults)
        if untold:
            yield f"  {context.message('more_faults', number=untold)}"


def content_of(file: str, limit: int = CASE.largest) -> bytes:
    """The content of a file or of standard input; no more is read than just too much, by default for a case."""
    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(limit + 1)
        return read_file(file, limit + 1)
    except FileNotFoundError:
        fault = Fault("", "file_missing")
    except IsADirectoryError:
        fault = Fault("", "file_is_folder")
    except NotAPlainFile:
        fault = Fault("", "file_not_plain")
    except TimeoutError:
        fault = Fault("", "file_out_of_reach")
    except PermissionError:  # what Windows says of a folder
        fault = Fault("", "file_is_folder" if os.path.isdir(file) else "file_not_allowed")
    except (OSError, ValueError, AttributeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        fault = Fault("", "file_unreadable", {"reason": reason, "system": name_of_error(error)})
    raise CaseFaults([fault])
