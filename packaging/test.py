"""Runs every check and test from a fresh checkout: `python3 packaging/test.py [--long] [--only KEYWORD]`.

Sets up what the tests need, system packages too, then runs packaging/check.py and pytest. The tests also run after a
failed check; pytest's closing line comes last. Exit status 0 only when everything is right.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from environment import CHECKOUT, DEVELOPMENT, SetupError, child_variables, complain
from environment_setup import install_system_packages, python_or_exit
from system_packages import TESTS


def main() -> int:
    """Set up, check, test; report the worst of the exit statuses."""
    options = read_options()
    prepare_system()
    python = python_or_exit(DEVELOPMENT)
    check_status = run(python, os.path.join(CHECKOUT, "packaging", "check.py"))
    test_status = run(python, "-m", "pytest", *pytest_arguments(options))
    return test_status or check_status


def read_options() -> argparse.Namespace:
    """Read the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--long", action="store_true", help="also run the tests that take long")
    options.add_argument("--only", metavar="KEYWORD", help="run the tests whose name matches, as pytest's -k does")
    return options.parse_args()


def prepare_system() -> None:
    """Install the system packages that tests need; where that cannot be done, the tests will show what is missing."""
    try:
        install_system_packages(TESTS)
    except SetupError as problem:
        complain(str(problem))


def pytest_arguments(options: argparse.Namespace) -> list[str]:
    """Return what pytest has to be told; --long is an option of this project's tests/conftest.py.

    Files are shared out among the processors; the tests of one file stay together, for they share a print system.
    """
    shared_out = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    return shared_out + (["--long"] if options.long else []) + (["-k", options.only] if options.only else [])


def run(python: str, *arguments: str) -> int:
    """Run a Python program over the checkout and return its exit status."""
    return subprocess.run([python, *arguments], cwd=CHECKOUT, env=child_variables(), check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
