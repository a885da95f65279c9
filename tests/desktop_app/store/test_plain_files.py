"""Plain files: whole or not there, and read up to a size that a case can have."""

import errno
import json
import os
import stat

import pytest

from desktop_app import files
from desktop_app.store.plain_files import plain_text, read_plain_file, save_plain_file
from desktop_app.store.problems import FileMissing, FileNotReadable, FileTooLarge, StorageFailed, StorageFull
from guideline_core import file_limits
from guideline_core.case import Case
from tests.desktop_app.store.helpers import case_with

CASE = case_with("één\nregel", family_name="Ünal", birth_date="1990-02-03")


def test_a_case_comes_back(tmp_path):
    path = tmp_path / "casus.json"
    save_plain_file(path, CASE)
    assert Case.model_validate_json(read_plain_file(path)) == CASE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["casus.json"]


def test_only_answers_stand_in_it():
    assert json.loads(plain_text(CASE)) == {
        "schema_version": 1,
        "patient": {"birth_date": "1990-02-03", "family_name": "Ünal"},
        "letter": {"remarks": "één\nregel"},
    }
    assert "Ünal".encode() in plain_text(CASE)


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / ("n" * 250 + ".json")
    path.write_text("old")
    path.chmod(0o640)
    save_plain_file(path, CASE)
    assert path.read_bytes() == plain_text(CASE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    save_plain_file(link, CASE)
    assert link.is_symlink() and target.read_bytes() == plain_text(CASE)


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_failure_leaves_what_was_there(tmp_path, monkeypatch, step, code):
    path = tmp_path / "casus.json"
    path.write_text("old")

    def fail(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(files.os, step, fail)
    with pytest.raises(StorageFull if code == errno.ENOSPC else StorageFailed) as refusal:
        save_plain_file(path, CASE)
    assert refusal.value.details["file"] == str(path)
    assert {entry.name: entry.read_text() for entry in tmp_path.iterdir()} == {"casus.json": "old"}


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(StorageFailed):
        save_plain_file(tmp_path / "nowhere" / "casus.json", CASE)


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(FileMissing):
        read_plain_file(tmp_path / "nothing.json")
    for path in (tmp_path, tmp_path / "nul\0.json", tmp_path / ("n" * 300)):
        with pytest.raises(FileNotReadable):
            read_plain_file(path)


def test_the_size_is_limited(tmp_path):
    path = tmp_path / "casus.json"
    path.write_bytes(b" " * file_limits.CASE.largest)
    assert len(read_plain_file(path)) == file_limits.CASE.largest
    path.write_bytes(b" " * (file_limits.CASE.largest + 1))
    with pytest.raises(FileTooLarge) as refusal:
        read_plain_file(path)
    assert refusal.value.details["megabytes"] == 5
