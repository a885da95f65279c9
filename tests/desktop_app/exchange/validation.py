"""Other people's FHIR validator (medplum), run by Node; without it the tests fail, they do not skip."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

VALIDATOR = Path(__file__).parent / "foreign_validator"


def problems_of(resources: Sequence[bytes]) -> list[list[str]]:
    """What the validator has against each of these resources."""
    _install_validator()
    given = b"\n".join(json.dumps(json.loads(each)).encode() for each in resources)
    command = ["node", "validate.mjs"]
    done = subprocess.run(command, cwd=VALIDATOR, input=given, capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(resources)
    return answers


def _install_validator() -> None:
    """Install what package-lock.json names, once for each version of it."""
    lock, installed = VALIDATOR / "package-lock.json", VALIDATOR / "node_modules" / "installed-lock.json"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return
    assert shutil.which("npm"), "npm is needed: apt-get install nodejs npm"
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(command, cwd=VALIDATOR, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"the foreign FHIR validator could not be installed:\n{done.stderr[-2000:]}"
    shutil.copy(lock, installed)
