"""The command line; without a command the window. `commands` loads the command that runs.

Exit status: 0 success; 1 guideline or phrases have faults, or what was asked for does not exist; 2 the input or the
command cannot be read; 3 an unexpected fault of the program. Messages go to standard error and never hold patient data
on purpose.
"""

import gc
import os
import sys
from collections.abc import Sequence

from desktop_app.cli.context import DEFECT, INTERRUPTED, OK, Context, OutputFailed, Refused, language_of
from desktop_app.cli.output import complain, forget_output, say, speak_utf8, tell_defect
from desktop_app.cli.window import open_window
from desktop_app.library.phrases import LANGUAGES
from desktop_app.traces import leave_none


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; no fault ends in a traceback.

    Without arguments it has a process of its own, which takes those of its command line.
    """
    if arguments is None:
        leave_none()
    given = list(sys.argv[1:] if arguments is None else arguments)
    speak_utf8()
    _start_fast()
    context = _context_of(given)
    try:
        status = _run(given, context)
        say("")
    except Refused as refused:
        complain(refused.lines)
        status = refused.status
    except BrokenPipeError:  # whoever read the output has seen enough
        forget_output()
        status = OK
    except OutputFailed as failed:
        forget_output()
        complain([context.message("output_failed", reason=context.reason(failed.error))])
        status = DEFECT
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as defect:
        status = tell_defect(defect, context)
    finally:
        gc.enable()
    return status


def _start_fast() -> None:
    """Let no foreign plugin into the reading of a case, and leave the collecting of garbage until there is some.

    Looking for plugins and collecting while modules load take a tenth of a start.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.disable()


def _run(given: list[str], context: Context) -> int:
    if not given:  # the window: it comes without the words of all commands
        return open_window(context)
    # The parser of all commands, and what runs them: a window opens without these.
    from desktop_app.cli.commands import run_given

    return run_given(given, context)


def _context_of(given: Sequence[str]) -> Context:
    """In the language that was asked for; a window asks its settings."""
    return Context(language_of(given) if given else LANGUAGES[0])
