"""Runs the benchmarks from a fresh checkout: `python3 packaging/benchmark.py [PART ...] [--number N]`.

Sets up what development needs and measures; `--help` names the parts. It prints figures and judges none of them.
"""

from __future__ import annotations

import subprocess
import sys

from environment import CHECKOUT, DEVELOPMENT, child_variables
from environment_setup import python_or_exit

COMMAND = ("-m", "tests.benchmarks.benchmark")


def main() -> int:
    """Set up and measure; what follows the command is passed on."""
    python = python_or_exit(DEVELOPMENT)
    command = [python, *COMMAND, *sys.argv[1:]]
    return subprocess.run(command, cwd=CHECKOUT, env=child_variables(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
