"""What the tests of the command line share: the program as a process of its own."""

import os
import subprocess
import sys

import pytest

from desktop_app.library.editions import Library, OpenedEdition
from tests.checkout import CHECKOUT


@pytest.fixture(scope="session")
def opened(tmp_path_factory) -> OpenedEdition:
    return Library(cache_folder=tmp_path_factory.mktemp("cache")).edition()


@pytest.fixture
def run(tmp_path):
    """Run the program as a process of its own; no traceback, and settings and cache of its own."""

    def start(*arguments, given=""):
        folders = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
        environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), **folders}
        command = [sys.executable, "-P", "-m", "desktop_app", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, timeout=60)
        assert "Traceback" not in done.stderr
        return done

    return start
