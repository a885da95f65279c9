"""A screen reader in another process reads and works the program over AT-SPI: the tree, the actions, what is spoken.

Needs Debian's at-spi2-core, dbus-daemon, python3-gi and gir1.2-atspi-2.0, which packaging/test.py installs. Where they
are installed and the bus does not start, the test fails.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.windows.conftest import CHECKOUT, Workstation, missing
from tests.windows.driver_words import PASSPHRASE

BUS_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
SURNAME = "Zzyzxstra"
Node = tuple[str, str, str]
"""Role, name and description."""
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
        "PYTHONFAULTHANDLER": "1",
    }
    bus.stdout.close()
    starter = subprocess.Popen([accessibility, "--launch-immediately"], env=on_bus, stderr=subprocess.DEVNULL)
    try:
        yield on_bus
    finally:
        for process in (starter, bus):
            process.terminate()
            process.wait(10)


@dataclass
class Heard:
    """What the screen reader read, by moment, and what was announced to it."""

    trees: dict[str, list[Node]]
    announced: list[str]

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
            ended = program.poll()
            program.terminate()
            _, errors = program.communicate(timeout=20)
    told = [json.loads(line) for line in reader.stdout.splitlines() if line.startswith("{")]
    if ended == -signal.SIGSEGV:
        raise QtDied(errors[-3000:])
    assert ended is None, f"the program ended with {ended} while it was read: {errors[-3000:]}"
    assert reader.returncode == 0, f"{reader.stderr[-1500:]}\n{told[-1:]}\n{errors[-1500:]}"
    trees = {line["read"]: [tuple(node) for node in line["tree"]] for line in told if "read" in line}
    return Heard(trees, told[-1]["heard"])


MALIGNANT = "Tot welke groep hoort de afwijking volgens de beelden? vermoedelijk kwaadaardig"
CONSIDERED = "=Wordt een biopsie overwogen of is er al een gedaan? overwogen"
NEXT = ["act", "push button", "=Volgende"]
SCRIPT = [
    ["see", "text", "Achternaam"],
    ["read", "first step"],
    ["fill", "text", "Achternaam", SURNAME],
    ["fill", "password text", "Wachtwoordzin", PASSPHRASE],  # it is asked for with the first answer
    ["fill", "password text", "Nog eens", PASSPHRASE],
    ["act", "push button", "Doorgaan"],
    ["gone", "Wachtwoordzin"],
    NEXT,
    ["see", "dialog", "=Klachten"],
    NEXT,
    ["see", "dialog", "=Afwijking"],
    ["act", "radio button", MALIGNANT],
    ["see", "list item", "Verwijzing. Verwijzen · met spoed"],
    ["read", "malignant"],
    NEXT,
    ["see", "dialog", "=Beeldvorming"],
    NEXT,
    ["see", "dialog", "=Overleg en biopsie"],
    ["act", "radio button", CONSIDERED],
    ["hear", "MRI"],
    ["read", "biopsy"],
]


class QtDied(AssertionError):
    """The program died by a segmentation fault in Qt's own loop while it was read."""


@pytest.fixture(scope="module")
def heard(display: str, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """What is heard while the script is carried out, once for all tests.

    Qt 6.12 now and then dies while a closing dialog is being read (README). One such death is let pass, two are not.
    """
    try:
        return read_aloud(Workstation(tmp_path_factory.mktemp("reader"), display), SCRIPT)
    except QtDied:
        return read_aloud(Workstation(tmp_path_factory.mktemp("reader"), display), SCRIPT)


def test_the_first_step_is_in_the_tree_with_name_and_role(heard):
    texts, options = heard.names("first step", "text"), heard.names("first step", "radio button")
    assert {"Achternaam", "Voornaam", "Burgerservicenummer (BSN)", "Peildatum"} <= set(texts)
    assert {"Geslacht man", "Waar wordt de patiënt nu gezien? huisarts of andere eerste lijn"} <= set(options)
    assert "Patiënt, nog open, u bent hier" in heard.names("first step", "list item")
    assert DRAFT in heard.names("first step", "label")
    described = {name: description for role, name, description in heard.trees["first step"] if role == "text"}
    assert "elfproef" in described["Burgerservicenummer (BSN)"] and "dd-mm-jjjj" in described["Peildatum"]


def test_the_window_speaks_dutch(heard):
    spoken = " ".join(name for tree in heard.trees.values() for _, name, _ in tree)
    assert "Bestand" in heard.names("first step", "menu item") and "Stappen" in heard.names("first step", "list")
    for foreign in ("Scroll Left", "Scroll Right", "Back", "File", "Close", "Steps", "<qt>"):
        assert foreign not in spoken.split() and f" {foreign} " not in spoken
    assert not [description for tree in heard.trees.values() for *_, description in tree if "<" in description]


def test_an_answer_given_by_an_aid_reaches_the_plan(heard):
    before, after = (heard.names(moment, "list item") for moment in ("first step", "malignant"))
    refer = "Verwijzing. Verwijzen · met spoed"  # behind the word that marks what the answer changed
    assert [row for row in before if row.startswith("Verwijzing. Verwijzing: nog niet te bepalen")]
    assert [row for row in after if refer in row] and not [row for row in before if refer in row]
    assert heard.names("malignant", "image")[0].startswith("Het pad van klacht tot behandeling")


def test_a_text_set_by_an_aid_reaches_the_case_and_no_title(heard):
    banner = [name for role, name, description in heard.trees["malignant"] if description == "Patiënt"]
    assert SURNAME in banner
    for moment in ("malignant", "biopsy"):
        titles = [name for role, name, _ in heard.trees[moment] if role in ("application", "frame")]
        assert titles == ["Botwijzer", "Casus 2026-0001 – Botwijzer"]


def test_harm_is_announced_and_no_patient_with_it(heard):
    assert [words for words in heard.announced if "MRI met contrast" in words]
    assert [words for words in heard.announced if SURNAME in words] == []


def test_a_bus_that_cannot_be_read_is_told(workstation):
    with pytest.raises(AssertionError, match="waited in vain for text Geen vraag"):
        read_aloud(workstation, [["see", "text", "Geen vraag", "4"]])
