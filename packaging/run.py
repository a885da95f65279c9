"""Starts Botwijzer from a fresh checkout: `python3 packaging/run.py [arguments of the program]`.

The first start makes a private virtual environment; later ones find it and cost a few milliseconds. Set-up speaks on
standard error only, so that standard output is the program's own. Needs nothing but Python's standard library.
"""

from __future__ import annotations

import os
import sys

from environment import PROGRAM, child_variables
from system_packages import prepare_window


def main() -> int:
    """Set up what is missing and become the program."""
    python = PROGRAM.ready_python() or new_python()
    prepare_window(sys.argv[1:], python)
    # -P: a file in the user's current folder must not pass for one of the program's modules.
    command = [python, "-P", "-m", "desktop_app", *sys.argv[1:]]
    if sys.platform != "win32":
        os.execve(command[0], command, child_variables())
    import subprocess  # on Windows, exec would return to the prompt while the program still runs

    return subprocess.run(command, env=child_variables(), check=False).returncode


def new_python() -> str:
    """Return the Python of the environment after making it, or end with a message."""
    from environment_setup import python_or_exit  # only when there is something to make: it costs a start 20 ms

    return python_or_exit(PROGRAM)


if __name__ == "__main__":
    sys.exit(main())
