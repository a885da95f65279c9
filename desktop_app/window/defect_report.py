"""The report of a defect. It holds only what is listed here, so that it can never hold patient data.

It names versions, platform, the kind of exception, and the places in our own files that led to it. It never holds a
message, a value, an argument or a line of a log, because each of these can hold what a user typed.
"""

import platform
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from desktop_app import __version__
from desktop_app.files import write_whole
from desktop_app.library.faulty_files import lines_of_faulty_files
from desktop_app.window.libraries import libraries
from desktop_app.window.messages import FileKind, Messages
from desktop_app.window.services import Services
from guideline_core.plan import Guideline

ROOT = Path(__file__).parents[2]
OWN_PACKAGES = ("desktop_app", "guideline_core")


def defect_report(error: BaseException, guideline: Guideline | None = None) -> str:
    """The report, as it is written to the file. It is in English, for the developers."""
    return "\n".join(_lines(error, guideline)) + "\n"


def _lines(error: BaseException, guideline: Guideline | None) -> Iterator[str]:
    yield f"Botwijzer {__version__}"
    if guideline is not None:
        yield f"guideline {guideline.id} {guideline.sha256[:12]}"
    yield f"Python {platform.python_version()} {'frozen' if getattr(sys, 'frozen', False) else ''}".rstrip()
    yield f"{platform.system()} {platform.release()} {platform.machine()}"
    yield from (f"{library.name} {library.version}" for library in libraries() if library.version)
    yield ""
    yield from _chain(error)


def _chain(error: BaseException) -> Iterator[str]:
    """The exception and its causes, each with the places in our own files that led to it, the innermost last."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield f"{'caused by ' if len(seen) > 1 else ''}{type(current).__name__}"
        yield from (f"  {place}" for place in own_places(current))
        current = current.__cause__ or current.__context__


def own_places(error: BaseException) -> Iterator[str]:
    """File, line and function of each of our own frames: names that we wrote, no values."""
    for frame in traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False):
        try:
            path = Path(frame.filename).relative_to(ROOT)
        except ValueError:
            continue
        if path.parts[0] in OWN_PACKAGES:
            yield f"{path.as_posix()}:{frame.lineno} {frame.name}"


def tell_defect(error: BaseException, messages: Messages, services: Services) -> None:
    """Tell the user, who can read the report before saving it."""
    words = services.window_words
    place = next(iter(reversed(list(own_places(error)))), "?").partition(" ")[0]
    explanation = words("defect", "explanation", kind=type(error).__name__, place=place)
    explanation = "\n".join([explanation, *lines_of_faulty_files(error)])
    report = defect_report(error, services.edition.tables.guideline)
    if not messages.show_report(words("defect", "text"), explanation, report, words("defect", "save")):
        return
    kind = FileKind(words("defect", "kind"), "txt")
    path = messages.file_to_save(words("defect", "save_title"), words("defect", "file_name"), kind)
    if path is None:
        return
    try:
        write_whole(path, report.encode())
    except OSError as problem:
        messages.warn(words("defect", "not_saved", reason=problem.strerror or type(problem).__name__))
