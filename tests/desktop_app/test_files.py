"""Files of the user: only plain ones, in time, whole or not at all; nothing is left of one that was half written."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from desktop_app import files
from desktop_app.files import NotAPlainFile, read_file, write_whole
from tests.checkout import CHECKOUT

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="of Linux")
KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from desktop_app import files
if sys.argv[2] == "named":
    del os.O_TMPFILE
def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(files.os, sys.argv[3], killed)
files.write_whole(Path(sys.argv[1]), b"the letter" * 1000)
"""


# --- reading ----------------------------------------------------------------------------------------------------------


def test_no_more_is_read_than_was_asked_for(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3_500_000)
    assert len(read_file(path, 3_500_000)) == len(read_file(path, 9_000_000)) == 3_500_000
    assert len(read_file(path, 2_000_001)) == 2_000_001
    assert read_file(path, 0) == b""


@pytest.mark.parametrize("error, name", [(FileNotFoundError, "nothing"), (IsADirectoryError, "."), (ValueError, "a\0")])
def test_what_cannot_be_read_is_told_as_the_system_does(tmp_path, error, name):
    with pytest.raises(error):
        read_file(tmp_path / name, 10)


@LINUX
def test_pipes_and_devices_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    began = time.monotonic()
    for path in (tmp_path / "pipe", tmp_path / "link", "/dev/zero", "/dev/null"):
        with pytest.raises(NotAPlainFile):
            read_file(path, 10)
    assert time.monotonic() - began < files.PATIENCE_SECONDS


def test_a_disk_that_does_not_answer_is_given_up(tmp_path, monkeypatch):
    """A share that is gone answers no call: the thread that waits for it is left alone."""
    path, answers = tmp_path / "file", threading.Event()
    path.write_bytes(b"x")
    monkeypatch.setattr(files, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(files, "_pieces_of", lambda *_: iter([b"x"] if answers.wait() else []))
    before = threading.active_count()
    with pytest.raises(TimeoutError):
        read_file(path, 10)
    assert threading.active_count() == before + 1 and all(
        thread.daemon or thread is threading.main_thread() for thread in threading.enumerate()
    )
    answers.set()


# --- writing ----------------------------------------------------------------------------------------------------------


def killed(path, way, step):
    """Write a file and be killed at a step."""
    command = [sys.executable, "-c", KILLED_WHILE_WRITING, str(path), way, step]
    assert subprocess.run(command, cwd=CHECKOUT).returncode == -signal.SIGKILL


@LINUX
@pytest.mark.parametrize("step", ["fsync", "link"])
@pytest.mark.parametrize("before", [None, b"old"])
def test_of_a_letter_that_was_being_written_when_the_program_was_killed_nothing_is_left(tmp_path, step, before):
    path = tmp_path / "letter.pdf"
    if before is not None:
        path.write_bytes(before)
    killed(path, "without name", step)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == ({path.name: before} if before else {})


@LINUX
@pytest.mark.parametrize(("way", "step"), [("named", "fsync"), ("named", "replace"), ("without name", "replace")])
def test_what_a_killed_program_left_is_removed_at_the_next_save_there(tmp_path, way, step):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"old")
    killed(path, way, step)
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 2
    write_whole(tmp_path / "other.pdf", b"new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["letter.pdf", "other.pdf"]


@LINUX
def test_what_another_program_is_writing_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.delattr(files.os, "O_TMPFILE")
    others, sync = [tmp_path / "second"], os.fsync

    def meanwhile(handle):
        if others:
            write_whole(others.pop(), b"2")
        sync(handle)

    monkeypatch.setattr(files.os, "fsync", meanwhile)
    write_whole(tmp_path / "first", b"1")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"first": b"1", "second": b"2"}


@pytest.mark.parametrize("way", ["without name", "named"])
def test_permissions_stay_and_a_new_file_is_for_this_user_alone(tmp_path, monkeypatch, way):
    if way == "named":
        monkeypatch.delattr(files.os, "O_TMPFILE", raising=False)
    path = tmp_path / "file"
    write_whole(path, b"1")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"1", 0o600)
    path.chmod(0o644)
    write_whole(path, b"2")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"2", 0o644)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@LINUX
def test_what_is_no_plain_file_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/null")
    before = os.stat("/dev/null")
    for path in (tmp_path / "pipe", tmp_path / "link"):
        with pytest.raises(NotAPlainFile):
            write_whole(path, b"x")
    with pytest.raises(IsADirectoryError):
        write_whole(tmp_path, b"x")
    assert os.stat("/dev/null").st_rdev == before.st_rdev
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "pipe"]
