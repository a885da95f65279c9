"""Makes a private virtual environment from a lock file, on a machine that may have nothing but Python.

An environment is built in a temporary folder beside its final place and renamed when it is finished, so that an
interrupted set-up leaves nothing that looks ready. A lock file makes a second start wait for the first.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from environment import (
    STAMP_NAME,
    Environment,
    SetupError,
    clean_variables,
    complain,
    is_up_to_date,
    python_of,
    stamp_text,
)

PIP_OPTIONS = (
    *("--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"),
    *("--require-hashes", "--only-binary=:all:"),
)
UNLISTED = ("setuptools", "pip")
"""What Python puts into a new environment by itself: old, not in the lock, and not needed once the rest is there."""
APT_OPTIONS = ("-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")
SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


def python_or_exit(environment: Environment) -> str:
    """Return the Python of the environment, made or renewed first when it has to be.

    When that fails, end this process with a message that a user understands.
    """
    try:
        return environment.ready_python() or set_up(environment)
    except KeyboardInterrupt:
        complain("het inrichten is afgebroken; de volgende start begint opnieuw.")
        sys.exit(130)
    except (SetupError, OSError) as problem:
        complain(f"het inrichten is mislukt: {problem}")
        sys.exit(1)


def set_up(environment: Environment) -> str:
    """Make or renew the environment and return its Python."""
    lock_hash, folder = environment.lock_hash(), writable_folder(environment)
    with only_one_at_a_time(f"{folder}.lock"):
        if not is_up_to_date(folder, lock_hash):  # another start may have made it while this one waited
            remove_leftovers(folder)
            build(environment, folder, lock_hash)
            remove_leftovers(folder)  # again, for a pip that outlived a killed set-up and went on writing
    return python_of(folder)


def writable_folder(environment: Environment) -> str:
    """Return the first of the possible places in which this user may make the environment."""
    for folder in environment.possible_folders():
        parent = os.path.dirname(folder)
        with contextlib.suppress(OSError):
            os.makedirs(parent, exist_ok=True)
        if os.access(parent, os.W_OK):
            return folder
    places = " of ".join(environment.possible_folders())
    raise SetupError(f"deze gebruiker mag geen omgeving maken in {places}.")


def build(environment: Environment, folder: str, lock_hash: str) -> None:
    """Build the environment in a temporary folder and put it in its place once it is finished."""
    complain(f"de omgeving wordt ingericht in {folder}; dat gebeurt eenmalig en kan een minuut duren ...")
    # A name of its own each time: a pip that outlived a killed set-up must not write into this one.
    temporary = tempfile.mkdtemp(prefix=f"{os.path.basename(folder)}.new-", dir=os.path.dirname(folder))
    try:
        os.chmod(temporary, 0o755)  # mkdtemp's 0700 would keep other users of the checkout out
        install(environment, temporary)
        point_scripts_at(folder, temporary)
        with open(os.path.join(temporary, STAMP_NAME), "w", encoding="utf-8") as stamp:
            stamp.write(stamp_text(temporary, lock_hash))
        publish(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    complain("de omgeving is klaar.")


def install(environment: Environment, folder: str) -> None:
    """Create a virtual environment in `folder` and install what the lock lists: these files and no others."""
    create, pip = ways_to_create(folder)
    run(create, "het aanmaken van de omgeving")
    pip_install = [*pip, "install", *PIP_OPTIONS, "-r", environment.lock_file]
    run(pip_install, "het installeren van de bibliotheken", "Is er verbinding met internet?")
    if has_module("ensurepip"):
        run([*pip, "uninstall", "--quiet", "--yes", *UNLISTED], "het opruimen van de omgeving")


def ways_to_create(folder: str) -> tuple[list[str], list[str]]:
    """Return the commands that create the environment and that call pip for it, with what this Python has.

    Debian's Python comes without ensurepip, which puts pip into a new environment. A pip that is on the machine can do
    the same work from outside; without either, Debian's package has to come first.
    """
    if not has_module("ensurepip") and not has_module("pip"):
        install_system_packages(["python3-venv"])
    create = [sys.executable, "-m", "venv", folder]
    if has_module("ensurepip"):
        return create, [python_of(folder), "-m", "pip"]
    if has_module("pip"):
        return [*create, "--without-pip"], [sys.executable, "-m", "pip", "--python", python_of(folder)]
    raise SetupError(f"{sys.executable} heeft geen ensurepip en geen pip; neem een volledige Python.")


def has_module(name: str) -> bool:
    """Tell whether this Python has the module, also when it was installed a moment ago."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def install_system_packages(packages: Sequence[str]) -> None:
    """Install the Debian packages that are missing, as root or through sudo."""
    missing = [package for package in packages if not is_installed(package)]
    if not missing:
        return
    advice = f"Installeer als beheerder: apt-get install {' '.join(missing)}"
    as_root = root_prefix()
    if as_root is None or not shutil.which("apt-get"):
        raise SetupError(f"er ontbreken systeempakketten, en hier kan dit programma ze niet installeren. {advice}")
    complain(f"systeempakketten worden geïnstalleerd: {' '.join(missing)} ...")
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", f"PATH={path_for_root()}", "apt-get", "-qq"]
    with contextlib.suppress(SetupError):  # an older package list may still do
        run([*apt_get, "update"], "het bijwerken van de pakketlijst")
    run([*apt_get, "install", *APT_OPTIONS, *missing], "het installeren van systeempakketten", advice)


def is_installed(package: str) -> bool:
    """Tell whether dpkg has the package installed."""
    if not shutil.which("dpkg-query"):
        return False
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, capture_output=True, text=True, check=False).stdout == "installed"


def root_prefix() -> list[str] | None:
    """Return what has to stand before a command to run it as root, or None when there is no way."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    return ["sudo"] if sys.stdin is not None and sys.stdin.isatty() else ["sudo", "-n"]


def path_for_root() -> str:
    """Return a search path with the administrator's folders, without which dpkg refuses to work."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])


def run(command: Sequence[str], what: str, advice: str = "") -> None:
    """Run a step of the set-up with everything that it says on standard error; raise SetupError when it fails."""
    variables = clean_variables()
    variables["PIP_USER"] = "0"  # a "user = true" in someone's pip settings breaks virtual environments
    status = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=variables, check=False).returncode
    if status:
        raise SetupError(f"{what} is mislukt (status {status}); zie de melding hierboven. {advice}".rstrip())


def point_scripts_at(folder: str, temporary: str) -> None:
    """Make the scripts of the environment in `temporary` start its Python from `folder`, where it will stand."""
    scripts = os.path.dirname(python_of(temporary))
    for name in [os.path.join(scripts, script) for script in os.listdir(scripts)]:
        if os.path.islink(name) or not os.path.isfile(name):
            continue
        with open(name, "r+b") as script:
            text = script.read()
            if not text.startswith(b"#!") and not os.path.basename(name).lower().startswith("activate"):
                continue  # a program, not a script
            script.seek(0)
            script.write(text.replace(os.fsencode(temporary), os.fsencode(folder)))
            script.truncate()


def publish(temporary: str, folder: str) -> None:
    """Put the finished environment in its place, and remove the one that stood there."""
    if not os.path.lexists(folder):
        os.rename(temporary, folder)
        return
    old = tempfile.mkdtemp(prefix=f"{os.path.basename(folder)}.old-", dir=os.path.dirname(folder))
    os.rename(folder, os.path.join(old, "environment"))
    os.rename(temporary, folder)
    shutil.rmtree(old, ignore_errors=True)


def remove_leftovers(folder: str) -> None:
    """Remove what an interrupted set-up left behind."""
    parent, name = os.path.split(folder)
    for entry in os.listdir(parent):
        if entry.startswith((f"{name}.new-", f"{name}.old-")):
            shutil.rmtree(os.path.join(parent, entry), ignore_errors=True)


@contextlib.contextmanager
def only_one_at_a_time(lock_path: str) -> Iterator[None]:
    """Hold a lock that the system lets go when this process ends, however it ends."""
    with open(lock_path, "a+b") as lock:
        if not try_lock(lock):
            complain("een andere start richt de omgeving al in; even wachten ...")
            wait_for_lock(lock)
        yield


if sys.platform == "win32":
    import msvcrt

    def try_lock(lock: BinaryIO) -> bool:
        """Take the lock and return True, or return False when another process holds it."""
        lock.seek(0)
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def wait_for_lock(lock: BinaryIO) -> None:
        """Take the lock as soon as it is free."""
        while not try_lock(lock):
            time.sleep(0.2)

else:
    import fcntl

    def try_lock(lock: BinaryIO) -> bool:
        """Take the lock and return True, or return False when another process holds it."""
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait_for_lock(lock: BinaryIO) -> None:
        """Take the lock as soon as it is free."""
        fcntl.flock(lock, fcntl.LOCK_EX)
