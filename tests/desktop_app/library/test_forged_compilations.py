"""A compiled edition that others could have written is not used: it could say anything under the name of the real one.

Each forgery here is sealed as a real one is; whoever can write in the folder can do that.
"""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from desktop_app.library.compilations import keep_form, kept_form, seal_of
from desktop_app.library.editions import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists that a profile inherits")

KEY, PART = "0" * 64, "planning"
RIGHT, FORGED = {"urgent": "met spoed"}, {"urgent": "zonder spoed"}
OTHER_USER = 65534


@pytest.fixture
def forged(tmp_path: Path) -> Path:
    """A folder with a compilation that says something else, with a seal that fits."""
    folder = tmp_path / "botwijzer"
    assert keep_form(folder, KEY, PART, RIGHT)
    content = json.dumps(FORGED).encode()
    only(folder).write_bytes(seal_of(KEY, PART, content) + content)
    return folder


def only(folder: Path) -> Path:
    [path] = folder.iterdir()
    return path


def is_mended(folder: Path) -> bool:
    """Whether the forgery is not used, and what is kept in its place is."""
    used = kept_form(folder, KEY, PART)
    return used is None and keep_form(folder, KEY, PART, RIGHT) and kept_form(folder, KEY, PART) == RIGHT


def test_the_forgery_is_one(forged):
    """In a folder of this user alone it counts: then this user wrote it."""
    assert kept_form(forged, KEY, PART) == FORGED


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o730])
def test_a_folder_in_which_others_can_write(forged, mode):
    (forged / f"{KEY[:32]}-names.json").write_bytes(only(forged).read_bytes())
    forged.chmod(mode)
    assert is_mended(forged)
    assert stat.S_IMODE(forged.stat().st_mode) == 0o700  # from now on it is private
    assert only(forged).name.endswith("planning.json")  # and nothing of others is left in it


@pytest.mark.parametrize("mode", [0o660, 0o606, 0o666])
def test_a_file_that_others_can_write(forged, mode):
    only(forged).chmod(mode)
    assert is_mended(forged)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
def test_a_file_of_another_user(forged):
    os.chown(only(forged), OTHER_USER, OTHER_USER)
    assert is_mended(forged)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
def test_a_folder_of_another_user(forged):
    os.chown(forged, OTHER_USER, OTHER_USER)
    assert kept_form(forged, KEY, PART) is None
    assert not keep_form(forged, KEY, PART, RIGHT) and only(forged).is_file()  # it is not ours to change


def test_a_folder_that_is_a_link(forged, tmp_path):
    forged.rename(tmp_path / "elsewhere")
    forged.symlink_to(tmp_path / "elsewhere")
    assert kept_form(forged, KEY, PART) is None
    assert not keep_form(forged, KEY, PART, RIGHT)


def test_a_file_that_is_a_link(forged, tmp_path):
    path = only(forged)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert is_mended(forged)


def test_no_pipe_is_waited_for(forged):
    path = only(forged)
    path.unlink()
    os.mkfifo(path, 0o600)
    assert is_mended(forged)


@pytest.mark.parametrize("mask", [0o000, 0o002, 0o022, 0o077])
def test_what_is_kept_is_of_this_user_alone(tmp_path, mask):
    folder = tmp_path / "made" / "botwijzer"
    before = os.umask(mask)
    try:
        assert keep_form(folder, KEY, PART, RIGHT)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only(folder).stat().st_mode) == 0o600
    assert kept_form(folder, KEY, PART) == RIGHT


def test_the_program_does_not_say_what_was_forged(tmp_path):
    folder = tmp_path / "botwijzer"
    library = Library(cache_folder=folder)
    assert library.phrases("nl").plan("urgency", "urgent") == "met spoed"
    path = folder / f"{library.key[:32]}-phrases-nl.json"
    content = path.read_bytes()[64:].replace(b"met spoed", b"zonder spoed")
    path.write_bytes(seal_of(library.key, "phrases-nl", content) + content)
    assert Library(cache_folder=folder).phrases("nl").plan("urgency", "urgent") == "zonder spoed"
    folder.chmod(0o777)
    assert Library(cache_folder=folder).phrases("nl").plan("urgency", "urgent") == "met spoed"
