"""Where the commands write: lines on standard output, complaints on standard error, and what to say of a defect."""

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size

from desktop_app.cli.context import DEFECT, FAULTY, Context, OutputFailed
from desktop_app.library.resource_files import ResourceMissing
from desktop_app.library.sentences import shown, shown_in_line
from desktop_app.traces import place_of

DEBUG = "BOTWIJZER_DEBUG"
NARROWEST, WIDEST, USUAL_WIDTH = 60, 100, 88


def speak_utf8() -> None:
    """UTF-8 whatever the locale says; a file name that is no text is shown with escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Write text as lines of its own; without text, write what is still waiting to be written. What a terminal would
    obey is shown, here and in complaints."""
    if sys.stdout is None:
        return
    with _being_written():
        if text:
            sys.stdout.write(shown(text if text.endswith("\n") else f"{text}\n"))
        else:
            sys.stdout.flush()


def say_bytes(content: bytes) -> None:
    """Write a document on standard output, as it is; raises OutputFailed when there is none."""
    if sys.stdout is None:
        raise OutputFailed(OSError(errno.EBADF, os.strerror(errno.EBADF)))
    with _being_written():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


@contextmanager
def _being_written() -> Iterator[None]:
    """What the system says of standard output as OutputFailed; that nobody reads any more is no failure of ours."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(error) from None


def complain(lines: Sequence[str]) -> None:
    """Write lines on standard error, each as one line whatever stands in it; nothing is lost when there is none."""
    if not lines or sys.stderr is None:  # print would take standard output instead, where a document may go
        return
    try:
        print(*map(shown_in_line, lines), sep="\n", file=sys.stderr)
    except OSError:
        return  # there is nobody left to tell


def forget_output() -> None:
    """Let nothing more be written, or Python complains of the closed pipe when it ends."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def width() -> int:
    """As wide as the terminal within reason; always the same in a file or pipe."""
    if sys.stdout is None or not sys.stdout.isatty():
        return USUAL_WIDTH
    return max(NARROWEST, min(WIDEST, get_terminal_size((USUAL_WIDTH, 24)).columns - 1))


def tell_defect(defect: Exception, context: Context) -> int:
    """Say that something went wrong, where, and what to do; never the message of the defect, which may hold patient
    data. Slips in a file of the program are told as such."""
    if os.environ.get(DEBUG) == "1":
        sys.__excepthook__(type(defect), defect, defect.__traceback__)
    # What is said of such slips: loaded when there are any.
    from desktop_app.library.faulty_files import lines_of_faulty_files

    if slips := lines_of_faulty_files(defect):
        complain(slips)
        return FAULTY
    kind, place = type(defect).__name__, place_of(defect.__traceback__)
    try:
        if isinstance(defect, ResourceMissing):
            text = context.message("resources_missing", reason=defect)
        else:
            text = context.message("unexpected", kind=kind, place=place)
    except Exception:  # without resources there are no words either
        text = f"Botwijzer: {kind}, {place}: {defect if isinstance(defect, ResourceMissing) else ''}"
    complain([text])
    return DEFECT
