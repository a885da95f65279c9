"""A crash leaves no memory behind, and no text of an exception reaches what others can read."""

import ast
import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import traces
from tests.checkout import CHECKOUT

SECRET = "Zwartepoort 111222333"
PR_GET_DUMPABLE = 3


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program that leaves no traces, in a folder in which a core file could be written."""

    def allow_cores() -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    program = f"import sys\nsys.path.insert(0, {str(CHECKOUT)!r})\nfrom desktop_app import traces\n{code}"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=allow_cores,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
def test_the_kernel_writes_no_core(tmp_path):
    done = run(
        "import ctypes, os, resource, signal\n"
        "traces.leave_none()\n"
        f"print(ctypes.CDLL(None).prctl({PR_GET_DUMPABLE}), resource.getrlimit(resource.RLIMIT_CORE), flush=True)\n"
        f"kept = {SECRET!r}\n"
        "os.kill(os.getpid(), signal.SIGSEGV)\n",
        tmp_path,
    )
    assert done.stdout.strip() == "0 (0, 0)"
    assert done.returncode == -signal.SIGSEGV and list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
def test_what_the_program_reads_of_itself_it_still_reads(tmp_path):
    """A process that cannot be dumped belongs to root in /proc: the names of the lease must still be found."""
    code = "import os, resource\n"  # loaded while it can be: another user may not read where Python lies
    if os.getuid() == 0:
        code += "os.setuid(65534)\n"
    code += "traces.leave_none()\nmaps = open('/proc/self/maps').read()\n"
    code += "print(os.readlink('/proc/self/ns/pid'), os.path.exists('/proc/self/fd/0'), len(maps) > 9)"
    done = run(code, Path("/"))
    assert done.stdout.startswith("pid:[") and done.stdout.strip().endswith("True True"), done.stderr


class Library:
    """A library of the system that writes down what is called."""

    def __init__(self, name: str | None, called: list[tuple[object, ...]]) -> None:
        self._name, self._called = name, called

    def __getattr__(self, function: str) -> object:
        return lambda *given: self._called.append((self._name, function, *given))


def test_windows_is_asked_for_no_report():
    called: list[tuple[object, ...]] = []
    traces.forbid_reports(lambda name: Library(name, called))
    (*mode, flags), (*excluded, program, for_all) = called
    assert mode == ["kernel32", "SetErrorMode"] and flags == 0x0003
    assert excluded == ["wer", "WerAddExcludedApplication"]
    assert isinstance(program, ctypes.c_wchar_p) and program.value == Path(sys.executable).name and for_all is False


RAISED = {
    "uncaught": "raise ValueError({0!r})",
    "in a thread": "import threading\ndef f(): raise ValueError({0!r})\n"
    "t = threading.Thread(target=f)\nt.start()\nt.join()",
    "ignored": "class A:\n    def __del__(self): raise ValueError({0!r})\nA()",
    "logged by a library": "import logging\ntry: raise ValueError({0!r})\n"
    "except ValueError as e: logging.getLogger('pikepdf').warning('bad file %s', e, exc_info=True)",
    "logged by us": "import logging\ntry: raise ValueError({0!r})\n"
    "except ValueError as e: logging.getLogger('desktop_app.x').error('no plan: %s', type(e).__name__, exc_info=e)",
    "logged wrongly": "import logging\nlogging.getLogger('desktop_app.x').error('%d', {0!r})",
}


@pytest.mark.parametrize("way", RAISED)
def test_no_text_of_an_exception_is_written(tmp_path, way):
    done = run("traces.leave_none()\n" + RAISED[way].format(SECRET), tmp_path)
    assert SECRET not in done.stderr + done.stdout
    assert "Zwartepoort" not in done.stderr
    assert way == "logged wrongly" or "ValueError" in done.stderr or "pikepdf: warning" in done.stderr


def test_no_log_of_ours_takes_an_exception_along():
    """A log line names the kind of an exception; `exc_info` and `logger.exception` would write its text."""
    for path in [*(CHECKOUT / "desktop_app").rglob("*.py"), *(CHECKOUT / "guideline_core").rglob("*.py")]:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                is_log = isinstance(call.func.value, ast.Name) and call.func.value.id in ("logger", "_log", "logging")
                assert not (is_log and call.func.attr == "exception"), f"{path}:{call.lineno}"
                assert not any(each.arg == "exc_info" for each in call.keywords), f"{path}:{call.lineno}"


def test_the_program_leaves_none(tmp_path):
    """The real start of the program does all this before it reads anything."""
    done = run(
        "import ctypes\nfrom desktop_app.cli import main\nsys.argv = ['botwijzer', '--version']\nmain.main()\n"
        f"print(ctypes.CDLL(None).prctl({PR_GET_DUMPABLE}))",
        tmp_path,
    )
    assert done.stdout.strip().endswith("0" if sys.platform == "linux" else "")
