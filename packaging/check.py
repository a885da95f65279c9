"""Checks the code without running it: format, lint, types and who may import whom.

`python3 packaging/check.py` reports; with `--fix` it first mends what can be mended. Exit status 1 when a check fails.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from environment import CHECKOUT, DEVELOPMENT, child_variables
from environment_setup import python_or_exit

MENDING = {
    "lint": ("-m", "ruff", "check", "--fix", "--quiet", "."),
    "opmaak": ("-m", "ruff", "format", "--quiet", "."),
}
CHECKS = {
    "opmaak": ("-m", "ruff", "format", "--check", "."),
    "lint": ("-m", "ruff", "check", "."),
    "typen": ("-m", "mypy"),
    # import-linter has no -m entry; its script is not used because it cannot be told -P.
    "lagen": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
}


def main() -> int:
    """Run every check, also after one has failed, and report which failed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fix", action="store_true", help="mend format and lint first, where that can be done")
    python = python_or_exit(DEVELOPMENT)
    if options.parse_args().fix:
        for arguments in MENDING.values():
            succeeds(python, arguments)
    failed = [name for name, arguments in CHECKS.items() if not announced(python, name, arguments)]
    print(f"Controles mislukt: {', '.join(failed)}" if failed else "Alle controles zijn goed.", flush=True)
    return 1 if failed else 0


def announced(python: str, name: str, arguments: tuple[str, ...]) -> bool:
    """Run a check under a heading and tell whether it succeeds."""
    print(f"--- {name}", flush=True)
    return succeeds(python, arguments)


def succeeds(python: str, arguments: tuple[str, ...]) -> bool:
    """Run a tool over the checkout and tell whether it succeeds."""
    return subprocess.run([python, "-P", *arguments], cwd=CHECKOUT, env=child_variables(), check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
