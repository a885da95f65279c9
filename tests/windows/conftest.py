"""A screen that nobody sees (Xvfb with a window manager), a home folder of its own, and a print system on the loopback.

What a test needs and a computer lacks is named by `missing`; packaging/test.py installs it, and elsewhere these tests
are left out and say why.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import CHECKOUT
from tests.own_settings import write_settings

SCREEN = "1366x768x24"
CUPS_PORT = 6391


def missing(*programs: str) -> None:
    """Leave a test out where a program that it needs is not installed."""
    lacking = [name for name in programs if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") is None]
    if lacking:
        pytest.skip(f"not installed: {', '.join(lacking)}")


def _wait_for_window_manager(display: str) -> None:
    """A window manager that is there says which desktop is shown."""
    for _ in range(300):
        asked = subprocess.run(
            ["xdotool", "get_desktop"], env={**os.environ, "DISPLAY": display}, capture_output=True, check=False
        )
        if asked.returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError("the window manager does not answer")


@contextlib.contextmanager
def screen_with_windows() -> Iterator[str]:
    """A screen of 1366 by 768 with a window manager; its name.

    Without -noreset the screen starts anew whenever its last program leaves, and then throws out the window manager
    that is just coming in.
    """
    missing("Xvfb", "openbox", "xdotool")
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        name = f":{told.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": name}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for_window_manager(name)
        yield name
    finally:
        for process in (manager, screen):
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The screen of most tests."""
    with screen_with_windows() as name:
        yield name


@dataclass
class Told:
    """What a program told while a script worked it."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    errors: str = ""

    def __getitem__(self, key: str) -> Any:
        """The last thing told under this name."""
        found = [line[key] for line in self.lines if key in line]
        assert found, f"{key} was not told; {self.lines[-3:]}; {self.errors[-2000:]}"
        return found[-1]

    def all(self, key: str) -> list[Any]:
        """Everything told under this name."""
        return [line[key] for line in self.lines if key in line]


@dataclass
class Workstation:
    """A user with a home folder before a screen."""

    home: Path
    display: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def out(self) -> Path:
        """Where the user saves files."""
        folder = self.home / "Documenten"
        folder.mkdir(exist_ok=True)
        return folder

    def variables(self) -> dict[str, str]:
        """The environment of the program; without a session bus, so that there is no keyring."""
        kept = {name: value for name, value in os.environ.items() if name not in ("DBUS_SESSION_BUS_ADDRESS",)}
        return {
            **kept,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHONPATH": str(CHECKOUT),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            **self.extra,
        }

    def set_to(self, **settings: object) -> None:
        """Give the user settings."""
        write_settings(self.home / "config", **settings)

    def start(self, script: str) -> "subprocess.Popen[str]":
        """Start the program with a script that works it."""
        return subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tests.windows.driver", script, str(self.out)],
            cwd=self.home,
            env=self.variables(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def work(self, script: str, seconds: float = 180) -> Told:
        """Start the program, let a script work it to its end, and return what it told."""
        with self.start(script) as process:
            try:
                output, errors = process.communicate(timeout=seconds)
            finally:
                process.kill()
        told = Told([json.loads(line) for line in output.splitlines() if line.startswith("{")], errors)
        assert told.all("end") == ["well"] and process.returncode == 0, (
            f"ended with {process.returncode}, told {told.lines[-3:]}; {errors[-4000:]}"
        )
        assert "defect" not in errors and "Traceback" not in errors, errors[-4000:]
        return told

    def work_until_killed(self, script: str, after: float, from_start: bool = False) -> Told:
        """Start the program, and kill it so many seconds after its first confirmed answer, or after its start.

        A timer kills, whatever the program does at that moment; a line that was cut off was never told.
        """
        lines: list[dict[str, Any]] = []
        with self.start(script) as process:
            assert process.stdout is not None and process.stderr is not None
            killer = threading.Timer(after, process.send_signal, [signal.SIGKILL])
            if from_start:
                killer.start()
            for line in process.stdout:
                if not line.startswith("{") or not line.endswith("\n"):
                    continue
                lines.append(json.loads(line))
                if "kept" in lines[-1] and not from_start and killer.ident is None:
                    killer.start()
            errors = process.stderr.read()
            killer.cancel()
        assert process.returncode == -signal.SIGKILL, f"{lines[-1:]} {errors[-2000:]}"
        return Told(lines, errors)


@pytest.fixture
def workstation(display: str, tmp_path: Path) -> Workstation:
    """A workstation on which the program never ran."""
    return Workstation(tmp_path, display)


# --- a print system -------------------------------------------------------------------------------------------------

CUPSD_CONF = """
Listen 127.0.0.1:{port}
Browsing No
LogLevel warn
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Location /admin>
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
CUPS_FILES_CONF = """
ServerRoot {root}/root
CacheDir {root}/cache
RequestRoot {root}/spool
TempDir {root}/spool/tmp
StateDir {root}/state
AccessLog {root}/log/access
ErrorLog {root}/log/error
PageLog {root}/log/page
SystemGroup root
"""
QUEUE = "Balie"


class PrintSystem:
    """CUPS with one printer that writes what it prints into the user's PDF folder."""

    def __init__(self, root: Path) -> None:
        self.variables = {"CUPS_SERVER": f"127.0.0.1:{CUPS_PORT}"}
        self._prepare(root)
        self._process: subprocess.Popen[bytes] | None = None
        self._root = root
        self.start()
        self.add_queue()

    def add_queue(self) -> None:
        """Set up the printer, as the usual one."""
        self.administer("lpadmin", "-p", QUEUE, "-v", "cups-pdf:/", "-m", "lsb/usr/cups-pdf/CUPS-PDF_opt.ppd", "-E")
        self.administer("lpadmin", "-d", QUEUE)

    @staticmethod
    def _prepare(root: Path) -> None:
        for name in ("root/ppd", "cache", "spool/tmp", "state", "log"):
            (root / name).mkdir(parents=True)
        root.chmod(0o755)
        (root / "spool").chmod(0o711)
        (root / "spool/tmp").chmod(0o1770)
        (root / "cupsd.conf").write_text(CUPSD_CONF.format(port=CUPS_PORT))
        (root / "cups-files.conf").write_text(CUPS_FILES_CONF.format(root=root))

    def start(self) -> None:
        """Start the scheduler and wait until it answers."""
        self._process = subprocess.Popen(
            ["/usr/sbin/cupsd", "-f", "-c", self._root / "cupsd.conf", "-s", self._root / "cups-files.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            if "is running" in self.administer("lpstat", "-r", check=False):
                return
            time.sleep(0.1)
        raise AssertionError("cupsd does not answer")

    def wait_until_idle(self) -> None:
        """Wait until nothing is being printed."""
        for _ in range(200):
            if not self.administer("lpstat", "-W", "not-completed", "-o").strip():
                return
            time.sleep(0.1)
        raise AssertionError("the printer does not come to its end")

    def stop(self) -> None:
        """Stop the scheduler."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def administer(self, *command: str, check: bool = True) -> str:
        """Run a command of CUPS."""
        done = subprocess.run(
            command,
            env={**os.environ, **self.variables, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def print_system() -> Iterator[PrintSystem]:
    """A print system of its own, beside that of the computer."""
    missing("cupsd", "lp", "lpadmin")
    if os.geteuid() != 0:
        pytest.skip("a print system of its own needs an administrator")
    root = Path(tempfile.mkdtemp(prefix="botwijzer-cups-", dir="/tmp"))
    system = PrintSystem(root)
    yield system
    system.stop()
    shutil.rmtree(root, ignore_errors=True)


def _is_whole(path: Path) -> bool:
    """Whether a PDF is written to its end."""
    return b"%%EOF" in path.read_bytes()[-1024:]


@pytest.fixture
def printed_pages(print_system: PrintSystem) -> Iterator[Any]:
    """Waits for what the printer writes: the new file in the PDF folder of this user; cleans up behind itself."""
    import pwd

    print_system.wait_until_idle()  # what an earlier test printed must not pass for what this one prints
    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    had_folder = folder.exists()
    before = set(folder.glob("*.pdf")) if had_folder else set()

    def new_file() -> Path:
        for _ in range(200):
            found = [path for path in folder.glob("*.pdf") if path not in before and _is_whole(path)]
            if found:
                return found[0]
            time.sleep(0.1)
        raise AssertionError("nothing was printed")

    yield new_file
    for path in set(folder.glob("*.pdf")) - before if folder.exists() else ():
        path.unlink()
    if not had_folder and folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
