"""A disk that is full or refuses: told, nothing half-written, and everything that was stored is still there."""

import os
import tempfile
from pathlib import Path

import pytest

from desktop_app.store.keys import SystemKeys
from desktop_app.store.problems import StorageFailed, StorageFull
from desktop_app.store.store import open_store
from tests.desktop_app import disks
from tests.desktop_app.store.helpers import (
    NOW,
    Asked,
    case_of_answers,
    case_with,
    fill_up,
    opened,
    received,
    started,
    write_as_nobody,
)


@pytest.fixture
def small_disk():
    """A disk of one megabyte."""
    with disks.small_disk("1m") as folder:
        yield folder


def test_files_that_may_not_grow(tmp_path):
    process, pipe = started(fill_up, tmp_path)
    [(problem, stored, kept, number)] = received(pipe)
    process.join()
    assert problem in ("storage_failed", "storage_full")
    assert stored > 5 and kept
    assert opened(tmp_path).load(number).case == case_of_answers(stored + 1)


def test_a_full_disk(small_disk):
    store = opened(small_disk / "botwijzer")
    number = store.new_case(NOW)
    stored = 0
    with pytest.raises(StorageFull) as refusal:
        while True:
            store.save(number, case_of_answers(stored + 1), {"letter.remarks": "x" * 20_000}, NOW)
            stored += 1
    assert refusal.value.details["folder"] == str(small_disk / "botwijzer")
    assert stored > 5
    assert store.load(number).case == case_of_answers(stored)
    store.close()
    store = opened(small_disk / "botwijzer")
    assert store.load(number).case == case_of_answers(stored)
    store.close()


def test_a_full_disk_has_room_in_the_journal(small_disk):
    """What the journal holds can be moved to the file when that need not grow: a few more answers are still stored."""
    for size in (30_000, 100):
        store = opened(small_disk / "botwijzer")
        number = store.new_case(NOW)
        for place in range(5):
            store.save(number, case_with(str(place)), {"letter.remarks": "x" * size}, NOW)
        if size > 100:
            store.delete(number, NOW)
            store.close()
    disks.fill(small_disk)
    for place in range(20):
        store.save(number, case_with(f"on a full disk {place}"), {}, NOW)
    assert store.load(number).case == case_with("on a full disk 19")
    store.close()


def test_room_that_was_made_is_used(small_disk):
    store = opened(small_disk / "botwijzer")
    number = store.new_case(NOW)
    store.save(number, case_with("first"), {}, NOW)
    ballast = disks.fill(small_disk)
    with pytest.raises(StorageFull):
        for _ in range(50):
            store.save(number, case_with("x" * 5000), {}, NOW)
    ballast.unlink()
    store.save(number, case_with("second"), {}, NOW)
    assert store.load(number).case == case_with("second")
    store.close()


def test_a_full_disk_gets_no_half_store(small_disk, memory_keyring):
    ballast = disks.fill(small_disk)
    with pytest.raises(StorageFull):
        open_store(small_disk / "botwijzer", SystemKeys(Asked()))
    assert not list((small_disk / "botwijzer").glob("*")) and not memory_keyring.kept
    ballast.unlink()
    open_store(small_disk / "botwijzer", SystemKeys(Asked())).close()


def test_a_store_on_a_full_disk_is_opened_or_refused_but_not_lost(small_disk):
    store = opened(small_disk / "botwijzer")
    number = store.new_case(NOW)
    store.save(number, case_with("first"), {}, NOW)
    store.close()
    ballast = disks.fill(small_disk)
    with pytest.raises(StorageFull):
        opened(small_disk / "botwijzer").save(number, case_with("second"), {}, NOW)
    ballast.unlink()
    store = opened(small_disk / "botwijzer")
    assert store.load(number).case == case_with("first")
    store.close()


@pytest.fixture
def public_folder():
    """A folder that another user can reach (those of pytest are for one user)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize("with_store", [False, True])
def test_a_read_only_folder(public_folder, with_store):
    if with_store:
        opened(public_folder).close()
        (public_folder / "cases.db").chmod(0o644)
    public_folder.chmod(0o555)
    before = {path.name: path.read_bytes() for path in public_folder.iterdir()}
    process, pipe = started(write_as_nobody, public_folder)
    assert received(pipe) == ["storage_read_only"]
    process.join()
    assert {path.name: path.read_bytes() for path in public_folder.iterdir()} == before


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageFailed) as refusal:
        opened(tmp_path / "file")
    assert refusal.value.details["reason"] == os.strerror(17)
    with pytest.raises(StorageFailed):
        opened(tmp_path / "file" / "botwijzer")
