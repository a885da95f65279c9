"""What the tests of the exchange share: the edition, the words, documents of cases, and a FHIR validator by others."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from desktop_app.documents import FinishedDocument, make_letter
from desktop_app.editions import Library, OpenedEdition
from desktop_app.letter.order import order_letter
from guideline_core.case import Case
from tests.desktop_app.letter.cases import DAY
from tests.desktop_app.letter.conftest import SETTINGS

ROOT = Path(__file__).parents[3]
VALIDATOR = Path(__file__).parent / "foreign_validator"
VERIFIED = dataclasses.replace(SETTINGS, identity_verified=True)

Problems = Callable[[Sequence[bytes]], list[list[str]]]


@pytest.fixture(scope="session")
def library(tmp_path_factory) -> Library:
    return Library(cache_folder=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def opened(library) -> OpenedEdition:
    return library.edition()


@pytest.fixture(scope="session")
def dutch(library):
    return library.phrases("nl")


@pytest.fixture(scope="session")
def document(opened, library):
    """The finished letter of a case."""

    def made(answers: Mapping[str, Any] | Case, settings=VERIFIED, language="nl", attach_case=True) -> FinishedDocument:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        letter = make_letter(order_letter(case, opened, library.phrases(language), settings, DAY))
        return letter.finished() if attach_case else letter.bare

    return made


@pytest.fixture(scope="session")
def bundle(opened, library):
    """The FHIR document of a case."""

    def made(answers: Mapping[str, Any] | Case, settings=VERIFIED, language="nl", kind=None) -> bytes:
        case = answers if isinstance(answers, Case) else Case.model_validate(answers)
        order = order_letter(case, opened, library.phrases(language), settings, DAY, kind=kind)
        return make_letter(order).fhir_document()

    return made


@pytest.fixture(scope="session")
def problems_of() -> Problems:
    """What the foreign validator has against each of these resources; without it the tests fail, they do not skip."""
    _install_validator()

    def found(resources: Sequence[bytes]) -> list[list[str]]:
        given = b"\n".join(json.dumps(json.loads(each)).encode() for each in resources)
        command = ["node", "validate.mjs"]
        done = subprocess.run(command, cwd=VALIDATOR, input=given, capture_output=True, check=False, timeout=300)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(answers) == len(resources)
        return answers

    return found


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


@pytest.fixture
def run(tmp_path):
    """Run the program as a process of its own; no traceback, and settings and cache of its own."""

    def start(*arguments, given=""):
        folders = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **folders}
        command = [sys.executable, "-P", "-m", "desktop_app", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, timeout=60)
        assert "Traceback" not in done.stderr
        return done

    return start
