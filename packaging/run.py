"""Starts Botwijzer from a fresh checkout: `python3 packaging/run.py [arguments of the program]`.

The first start makes a private virtual environment; later ones find it and cost a few milliseconds. Set-up speaks on
standard error only, so that standard output is the program's own. Needs nothing but Python's standard library.
"""

from __future__ import annotations

import os
import sys

from environment import PROGRAM, child_variables, python_or_exit
from system_packages import prepare_window


def main() -> int:
    """Set up what is missing and become the program."""
    python = python_or_exit(PROGRAM)
    prepare_window(sys.argv[1:], python)
    # -P: a file in the user's current folder must not pass for one of the program's modules.
    command = [python, "-P", "-m", "desktop_app", *sys.argv[1:]]
    if sys.platform != "win32":
        os.execve(command[0], command, child_variables())
    import subprocess  # on Windows, exec would return to the prompt while the program still runs

    return subprocess.run(command, env=child_variables(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
