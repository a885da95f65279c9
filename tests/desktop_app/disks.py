"""Real disks that are small, for what must stand a disk without room."""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@contextlib.contextmanager
def small_disk(size: str) -> Iterator[Path]:
    """A disk of so many bytes, such as "1m"; the test is skipped where this user may not mount one."""
    folder = Path(tempfile.mkdtemp())
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], capture_output=True)
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("this user may not mount a disk; the limit on the size of files is tested in any case")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # a test that failed may have left a file open
    folder.rmdir()


def fill(folder: Path) -> Path:
    """Take all the room that a disk has."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, pytest.raises(OSError):
        while True:
            file.write(bytes(4096))
    return ballast
