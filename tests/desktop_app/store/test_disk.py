"""A disk that is full or refuses: told, nothing half-written, and everything that was stored is still there."""

import errno
import os
import shutil
import tempfile
import threading
import tracemalloc
from pathlib import Path

import pytest

from desktop_app.store import sql
from desktop_app.store.keys import SystemKeys
from desktop_app.store.problems import StorageFailed, StorageFull, StoreNotPlain, StoreOutOfReach
from desktop_app.store.store import has_store, open_store
from tests.desktop_app import disks
from tests.desktop_app.store.helpers import (
    NOW,
    Asked,
    after_a_crash,
    case_of_answers,
    case_with,
    fill_up,
    opened,
    received,
    started,
    store_with_limit,
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


def test_a_disk_that_is_full_at_any_write(tmp_path, thorough):
    """Each write of the first answers fails in turn: at the size that a file would get by it."""
    outcomes, most = set(), 12
    for limit in range(0, 130_000, 1030 if thorough else 4120):
        folder = tmp_path / str(limit)
        process, pipe = started(store_with_limit, folder, limit, most)
        said = received(pipe)
        process.join()
        refused = said.pop() if said and isinstance(said[-1], str) else None
        assert refused in (None, "storage_full", "storage_failed"), (limit, refused)
        assert refused or len(said) == most
        store = opened(folder)
        assert store.take_notices() == ()
        if said:
            number, count = said[-1]
            assert store.load(number).case in (case_of_answers(count), case_of_answers(count + 1))
        store.save(store.new_case(NOW), case_with("there is room again"), {}, NOW)
        store.close()
        outcomes.add((refused is None, bool(said)))
    assert outcomes == {(False, False), (False, True), (True, True)}


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


def number_of_a_kept_case(folder: Path) -> str:
    """Make a store with one case in it, and close it."""
    store = opened(folder)
    number = store.new_case(NOW)
    store.save(number, case_with("first"), {}, NOW)
    store.close()
    return number


def test_a_store_on_a_full_disk_is_opened_or_refused_but_not_lost(small_disk):
    number = number_of_a_kept_case(small_disk / "botwijzer")
    ballast = disks.fill(small_disk)
    store = opened(small_disk / "botwijzer")
    store.open_case(number, NOW)
    with pytest.raises(StorageFull):
        store.save(number, case_with("second"), {}, NOW)
    store.close()
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


def told_to_nobody(folder: Path) -> list:
    process, pipe = started(write_as_nobody, folder)
    said = received(pipe)
    process.join()
    return said


def test_no_store_is_made_in_a_read_only_folder(public_folder):
    public_folder.chmod(0o555)
    assert told_to_nobody(public_folder) == ["storage_read_only"]
    assert not list(public_folder.iterdir())


@pytest.mark.parametrize("crashed", [False, True])
@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o644), (0o777, 0o444), (0o555, 0o444)])
def test_where_nothing_may_be_written_the_cases_can_be_read(public_folder, folder_mode, file_mode, crashed, tmp_path):
    store = opened(tmp_path)
    number = store.new_case(NOW)
    store.save(number, case_with("first"), {}, NOW)
    store.release(number)
    if not crashed:
        store.close()
    for file in tmp_path.iterdir():
        shutil.copy(file, public_folder)
        (public_folder / file.name).chmod(file_mode)
    public_folder.chmod(folder_mode)
    before = (public_folder / "cases.db").read_bytes()
    assert told_to_nobody(public_folder) == [["first"], "storage_read_only"]
    assert (public_folder / "cases.db").read_bytes() == before


def test_on_a_full_disk_the_cases_can_be_read_and_room_is_used(small_disk):
    number = number_of_a_kept_case(small_disk / "botwijzer")
    ballast = disks.fill(small_disk)
    store = opened(small_disk / "botwijzer")
    assert store.only_reads is not None and store.only_reads.key == "storage_full"
    assert store.open_case(number, NOW).case == case_with("first")
    with pytest.raises(StorageFull):
        store.save(number, case_with("second"), {}, NOW)
    ballast.unlink()
    store.save(number, case_with("second"), {}, NOW)
    assert store.only_reads is None and store.load(number).case == case_with("second")
    store.close()


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StorageFailed) as refusal:
        opened(tmp_path / "file")
    assert refusal.value.details["reason"] == os.strerror(17)
    with pytest.raises(StorageFailed):
        opened(tmp_path / "file" / "botwijzer")


def with_a_broken_journal(folder: Path, disk: Path, place: int = -1) -> Path:
    """A copy, on a disk, of a store whose journal has one flipped bit: in the last answer only its index tells."""
    store = opened(folder)
    for place in range(6):
        store.save(store.new_case(NOW), case_with(f"answer {place}"), {}, NOW)
    copy = after_a_crash(folder, disk / "crashed")
    store.close()
    journal = copy / "cases.db-wal"
    content = bytearray(journal.read_bytes())
    content[place] ^= 1
    journal.write_bytes(content)
    return copy


def told(store) -> list[tuple[str, str]]:
    return [(notice.key, Path(str(notice.details["aside"])).name) for notice in store.take_notices()]


@pytest.mark.parametrize("room", [0, 30_000])
def test_a_broken_journal_that_cannot_be_copied_is_told_and_leaves_nothing_half(small_disk, tmp_path, room):
    folder = with_a_broken_journal(tmp_path, small_disk)
    ballast = disks.fill(small_disk)
    os.truncate(ballast, ballast.stat().st_size - room)
    before = sorted(folder.iterdir())
    for is_last in (False, True):
        store = opened(folder)
        assert store.only_reads.key == "storage_full" and told(store) == [("journal_broken", "crashed")]
        for _ in range(3):
            with pytest.raises(StorageFull):
                store.new_case(NOW)
        assert told(store) == [] and sorted(folder.iterdir()) == before
        if not is_last:
            store.close()
    ballast.unlink()
    store.save(store.new_case(NOW), case_with("there is room again"), {}, NOW)
    assert told(store) == [("journal_broken", "set-aside-1")]
    store.close()


def test_a_broken_journal_is_copied_and_told_once(tmp_path, monkeypatch):
    """There is room for the copy, and for nothing more."""
    folder, full = with_a_broken_journal(tmp_path / "open", tmp_path, 60_000), sql.make_durable

    def refuse(_: sql.Connection) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(sql, "make_durable", refuse)
    store = opened(folder)
    for _ in range(3):
        with pytest.raises(StorageFull):
            store.new_case(NOW)
    assert told(store) == [("journal_broken", "set-aside-1")]
    monkeypatch.setattr(sql, "make_durable", full)
    store.new_case(NOW)
    assert told(store) == [] and len(list(folder.glob("set-aside-*"))) == 1
    store.close()


# --- what is no plain file, or does not answer ----------------------------------------------------------------------


@pytest.fixture
def made(tmp_path):
    """A folder with a store that was closed."""
    opened(tmp_path / "made").close()
    return tmp_path / "made"


@pytest.mark.parametrize("name", ["cases.db", "cases.db-wal", "cases.db-shm"])
@pytest.mark.parametrize("put", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_plain_file_is_refused_at_once(made, name, put):
    (made / name).unlink(missing_ok=True)
    put(made / name)
    assert has_store(made)
    with pytest.raises(StoreNotPlain) as refusal:
        opened(made)
    assert refusal.value.details["file"] == str(made / name)
    assert refusal.value.can_pass


@pytest.mark.parametrize("name", ["cases.db", "cases.db-wal", "cases.db-shm"])
def test_a_disk_that_does_not_answer_is_told(made, name, monkeypatch):
    stat = os.stat

    def answer(path, *arguments, **more):
        if str(path) == str(made / name) and threading.current_thread() is not threading.main_thread():
            threading.Event().wait()
        return stat(path, *arguments, **more)

    monkeypatch.setattr("desktop_app.files.os.stat", answer)
    monkeypatch.setattr("desktop_app.files.PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr("desktop_app.store.store.PATIENCE_SECONDS", 0.1)
    assert has_store(made)
    with pytest.raises(StoreOutOfReach) as refusal:
        opened(made)
    assert refusal.value.can_pass


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_long_journal_is_read_piece_by_piece(tmp_path, is_ours):
    store = opened(tmp_path / "open")
    number = store.new_case(NOW)
    store.save(number, case_with("answer"), {}, NOW)
    folder = after_a_crash(tmp_path / "open", tmp_path / "crashed")
    store.close()
    journal = folder / "cases.db-wal"
    journal.write_bytes(journal.read_bytes() if is_ours else b"")
    os.truncate(journal, 64_000_000)
    tracemalloc.start()
    try:
        again = opened(folder)
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
    assert [notice.key for notice in again.take_notices()] == ([] if is_ours else ["journal_broken"])
    again.close()
