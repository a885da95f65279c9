"""A screen reader in another process reads and works the program over AT-SPI: the tree, the actions, what is spoken.

Needs Debian's at-spi2-core, dbus-daemon, python3-gi and gir1.2-atspi-2.0, which packaging/test.py installs. Where they
are installed and the bus does not start, the test fails.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.windows.conftest import CHECKOUT, Workstation, missing
from tests.windows.driver_words import PASSPHRASE

BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
SURNAME = "Zzyzxstra"
DRAFT = "Conceptrichtlijn – de behandelaar beslist"


def launcher() -> str:
    """The program that starts the bus of AT-SPI."""
    missing("dbus-daemon")
    found = next((path for path in BUS_LAUNCHERS if os.access(path, os.X_OK)), None)
    if found is None:
        pytest.skip("not installed: at-spi2-core")
    probe = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    if subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False).returncode:
        pytest.skip("not installed: python3-gi, gir1.2-atspi-2.0")
    return found


@contextlib.contextmanager
def session_bus(variables: dict[str, str]) -> Iterator[dict[str, str]]:
    """A message bus of its own with AT-SPI on it; the environment of who is on it."""
    accessibility = launcher()
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert bus.stdout is not None
    address = bus.stdout.readline().strip()
    assert address, "the message bus did not start"
    on_bus = {
        **variables,
        "DBUS_SESSION_BUS_ADDRESS": address,
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_ACCESSIBILITY": "1",
    }
    starter = subprocess.Popen([accessibility, "--launch-immediately"], env=on_bus, stderr=subprocess.DEVNULL)
    try:
        yield on_bus
    finally:
        for process in (starter, bus):
            process.terminate()
            process.wait(10)


Node = tuple[str, str, str]
"""Role, name and description."""


@dataclass
class Heard:
    """What the screen reader read, by moment, and what was announced to it."""

    trees: dict[str, list[Node]]
    announced: list[tuple[str, str]]

    def names(self, moment: str, role: str) -> list[str]:
        """The names of all that has a role."""
        return [name for each, name, _ in self.trees[moment] if each == role]


def read_aloud(workstation: Workstation, script: "list[list[str]]") -> Heard:
    """Start the program, and let the screen reader carry out a script."""
    with session_bus(workstation.variables()) as variables:
        program = subprocess.Popen(
            [sys.executable, "-m", "desktop_app"],
            cwd=workstation.home,
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            reader = subprocess.run(
                [SYSTEM_PYTHON, str(CHECKOUT / "tests/windows/screen_reader.py"), json.dumps(script)],
                cwd=workstation.home,
                env={name: value for name, value in variables.items() if not name.startswith("PYTHON")},
                capture_output=True,
                text=True,
                timeout=90,
                check=False,
            )
        finally:
            program.terminate()
            _, errors = program.communicate(timeout=20)
    told = [json.loads(line) for line in reader.stdout.splitlines() if line.startswith("{")]
    assert reader.returncode == 0, f"{reader.stderr[-1500:]}\n{told[-1:]}\n{errors[-1500:]}"
    trees = {line["read"]: [tuple(node) for node in line["tree"]] for line in told if "read" in line}
    return Heard(trees, [tuple(each) for each in told[-1]["heard"]])


SCRIPT = [
    ["fill", "password text", "", PASSPHRASE],
    ["act", "button", "Openen"],
    ["see", "text", "Achternaam"],
    ["read", "first step"],
]


def test_dump(workstation):
    heard = read_aloud(workstation, SCRIPT)
    print(json.dumps(heard.trees, ensure_ascii=False, indent=0)[:20000], heard.announced)
