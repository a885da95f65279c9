"""What the journal loses is told and copied; a journal without its file, or of another one, is set aside and told."""

import os
import shutil
import time
from pathlib import Path

import pytest

from desktop_app.store.journal import is_journal_broken
from desktop_app.store.problems import StoreDamaged
from tests.desktop_app.store.helpers import (
    NOW,
    after_a_crash,
    case_of_answers,
    case_with,
    later,
    opened,
    received,
    started,
    store_answers,
)

HEAD, FRAME = 32, 24 + 4096
CASES = 6


@pytest.fixture
def crashed(tmp_path):
    """A store with six cases that all stand in the journal."""
    folder = tmp_path / "open"
    store = opened(folder)
    for place in range(CASES):
        store.save(store.new_case(NOW), case_with(f"answer {place}"), {}, later(place))
    yield after_a_crash(folder, tmp_path / "crashed")
    store.close()


def keys_of(store) -> list[str]:
    return [notice.key for notice in store.take_notices()]


def is_all_there(store) -> bool:
    return [store.load(number).case.letter.remarks for number in store.all_numbers()] == [
        f"answer {place}" for place in range(CASES)
    ]


def journal_of(folder: Path) -> Path:
    return folder / "cases.db-wal"


def check_told(folder: Path) -> None:
    """Opened, the store holds everything; or it says that it does not, and what stood there is kept."""
    journal = journal_of(folder)
    before = journal.read_bytes() if journal.exists() else None
    store = opened(folder)
    said = keys_of(store)
    assert said == ["journal_broken"] or (said == [] and is_all_there(store))
    if said and before is not None:
        assert (folder / "set-aside-1" / journal.name).read_bytes() == before
    store.save(store.new_case(NOW), case_with("and on"), {}, NOW)
    store.close()
    again = opened(folder)  # it is told once
    assert keys_of(again) == [] and again.load(again.recent(1)[0].number).case == case_with("and on")
    again.close()


def flipped(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


def places_in(length: int, thorough: bool) -> range:
    return range(7, length, 97 if thorough else 7993)


def test_a_journal_that_is_whole_is_not_complained_about(crashed):
    assert not is_journal_broken(crashed / "cases.db")
    store = opened(crashed)
    assert is_all_there(store) and keys_of(store) == [] and not list(crashed.glob("set-aside*"))
    store.close()


def test_each_flipped_bit_of_the_journal_is_told(crashed, tmp_path, thorough):
    whole = journal_of(crashed).read_bytes()
    for place in (*range(0, HEAD + 24, 5), *places_in(len(whole), thorough)):
        folder = after_a_crash(crashed, tmp_path / str(place))
        journal_of(folder).write_bytes(flipped(whole, place))
        check_told(folder)
        shutil.rmtree(folder)


def test_each_cut_of_the_journal_is_told(crashed, tmp_path, thorough):
    whole = journal_of(crashed).read_bytes()
    boundaries = range(HEAD, len(whole), FRAME if thorough else 3 * FRAME)
    for length in (0, 1, HEAD - 1, *boundaries, *(place + 30 for place in boundaries), len(whole) - 1):
        folder = after_a_crash(crashed, tmp_path / str(length))
        journal_of(folder).write_bytes(whole[:length])
        check_told(folder)
        shutil.rmtree(folder)


def test_a_journal_that_is_gone_is_told(crashed):
    journal_of(crashed).unlink()
    check_told(crashed)


@pytest.mark.parametrize("index", ["gone", "zeros", "cut"])
def test_without_an_index_the_frames_behind_the_broken_one_tell(crashed, index):
    """After a power cut the index of the journal is not to be relied on."""
    index_file, whole = crashed / "cases.db-shm", journal_of(crashed).read_bytes()
    content = {"gone": None, "zeros": bytes(index_file.stat().st_size), "cut": b"x"}[index]
    index_file.unlink()
    if content is not None:
        index_file.write_bytes(content)
    journal_of(crashed).write_bytes(flipped(whole, HEAD + FRAME + 500))
    store = opened(crashed)
    assert keys_of(store) == ["journal_broken"] and not is_all_there(store)
    store.close()


def test_damage_of_the_index_takes_nothing_away(crashed, tmp_path):
    whole = (crashed / "cases.db-shm").read_bytes()
    for place in (*range(0, 136, 3), *range(136, len(whole), 2999)):
        folder = after_a_crash(crashed, tmp_path / str(place))
        (folder / "cases.db-shm").write_bytes(flipped(whole, place))
        store = opened(folder)
        assert is_all_there(store), place
        store.close()


def test_what_was_moved_to_the_file_is_not_replaced_by_older_pages(crashed, tmp_path):
    """The journal was moved to the file and not yet begun anew: its first frames are older than what the file holds."""
    from desktop_app.store.connecting import Way
    from desktop_app.store.opening import unlocked
    from tests.desktop_app.store.helpers import GivenKey

    connection = unlocked(crashed / "cases.db", GivenKey().raw, Way.WRITE)
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    folder = after_a_crash(crashed, tmp_path / "moved")
    connection.close()
    journal_of(folder).write_bytes(flipped(journal_of(folder).read_bytes(), HEAD + 5 * FRAME + 500))
    store = opened(folder)
    assert keys_of(store) == ["journal_broken"] and is_all_there(store)
    store.close()


def test_kills_are_not_taken_for_damage(tmp_path, thorough):
    for place in range(60 if thorough else 12):
        folder = tmp_path / str(place)
        process, pipe = started(store_answers, folder)
        pipe.poll(30)
        process.join(0.011 * (place % 7))
        process.kill()
        received(pipe)
        process.join()
        store = opened(folder)
        assert keys_of(store) == []
        store.close()


def test_a_store_that_others_are_writing_in_is_not_taken_for_damaged(tmp_path):
    opened(tmp_path).close()
    running = [started(store_answers, tmp_path, 400) for _ in range(2)]
    while any(process.is_alive() for process, _ in running):
        assert not is_journal_broken(tmp_path / "cases.db")
    for process, pipe in running:
        received(pipe)
        process.join()


def test_an_idle_store_has_nothing_in_its_journal(tmp_path):
    store = opened(tmp_path / "open")
    number = store.new_case(NOW)
    store.save(number, case_with("answer"), {}, NOW)
    assert journal_of(tmp_path / "open").stat().st_size > 0
    store.settle()
    assert journal_of(tmp_path / "open").stat().st_size == 0
    folder = after_a_crash(tmp_path / "open", tmp_path / "crashed")
    for name in ("cases.db-wal", "cases.db-shm"):
        (folder / name).unlink()
    again = opened(folder)
    assert again.load(number).case == case_with("answer") and keys_of(again) == []
    again.close()
    store.save(number, case_with("next"), {}, NOW)
    store.close()


@pytest.mark.skipif(os.name == "nt", reason="there the index cannot be written to the disk from here")
def test_after_a_power_cut_an_old_index_beside_an_empty_journal_is_nothing(tmp_path, monkeypatch):
    """SQLite never writes the index to the disk; the system does so when it likes."""
    store = opened(tmp_path / "open")
    index = tmp_path / "open" / "cases.db-shm"
    for place in range(CASES):
        store.save(store.new_case(NOW), case_with(f"answer {place}"), {}, later(place))
    on_disk = [index.read_bytes()]
    monkeypatch.setattr("desktop_app.store.open_journal.os.fsync", lambda _: on_disk.append(index.read_bytes()))
    store.settle()
    folder = after_a_crash(tmp_path / "open", tmp_path / "crashed")
    (folder / index.name).write_bytes(on_disk[-1])
    assert journal_of(folder).stat().st_size == 0
    again = opened(folder)
    assert keys_of(again) == [] and is_all_there(again)
    again.close()
    store.close()


def test_the_journal_is_not_emptied_while_another_process_writes(tmp_path):
    store = opened(tmp_path)
    process, pipe = started(store_answers, tmp_path, 300)
    while process.is_alive():
        store.settle()
        time.sleep(0.005)  # far more often than a program does it; without a pause the other would never get its turn
    number, count = received(pipe)[-1]
    process.join()
    assert count == 300 and store.load(number).case == case_of_answers(100) and keys_of(store) == []
    store.close()


# --- journals that do not belong ------------------------------------------------------------------------------------


def test_a_journal_without_its_file_is_set_aside(crashed):
    """The damaged file alone was renamed: the journal must not be taken for that of the new one."""
    (crashed / "cases.db").rename(crashed / "old cases")
    journal = journal_of(crashed).read_bytes()
    store = opened(crashed)
    [notice] = store.take_notices()
    assert notice.key == "journal_aside" and Path(str(notice.details["aside"])) == crashed / "set-aside-1"
    assert (crashed / "set-aside-1" / "cases.db-wal").read_bytes() == journal
    number = store.new_case(NOW)
    store.save(number, case_with("new"), {}, NOW)
    store.close()
    for _ in range(2):
        again = opened(crashed)
        assert keys_of(again) == [] and again.load(number).case == case_with("new")
        again.close()
    move_all(crashed, crashed.parent / "elsewhere")  # as the message advises one who misses answers
    (crashed / "old cases").rename(crashed / "cases.db")
    for file in (crashed / "set-aside-1").iterdir():
        file.rename(crashed / file.name)
    old = opened(crashed)
    assert is_all_there(old) and keys_of(old) == []
    old.close()


def move_all(folder: Path, to: Path) -> None:
    """Move all files whose names begin with cases.db, as the messages advise."""
    to.mkdir()
    for file in folder.glob("cases.db*"):
        file.rename(to / file.name)


def test_moving_all_files_leads_to_an_empty_store_and_back(crashed):
    damaged = flipped((crashed / "cases.db").read_bytes(), 5000)
    whole = (crashed / "cases.db").read_bytes()
    (crashed / "cases.db").write_bytes(damaged)
    journal_of(crashed).write_bytes(b"")
    (crashed / "cases.db-shm").unlink()
    with pytest.raises(StoreDamaged):
        opened(crashed)
    move_all(crashed, crashed.parent / "elsewhere")
    store = opened(crashed)
    assert store.all_numbers() == () and keys_of(store) == []
    store.close()
    move_all(crashed, crashed.parent / "empty")
    (crashed / "cases.db").write_bytes(whole)  # a backup of the file alone
    store = opened(crashed)
    assert store.all_numbers() == () and keys_of(store) == []  # the six cases stood in the journal of that day
    store.close()


@pytest.mark.parametrize("cases", [0, 1, 3])
def test_a_backup_beside_a_journal_that_was_left(tmp_path, cases):
    """A crash leaves a journal; the user restores cases.db alone from a backup of an earlier day."""
    folder = tmp_path / "open"
    store = opened(folder)
    for place in range(cases):
        store.save(store.new_case(NOW), case_with(f"old {place}" + "x" * 9000), {}, NOW)
    store.close()
    backup = (folder / "cases.db").read_bytes()
    store = opened(folder)
    for place in range(30):
        store.save(store.new_case(NOW), case_with(f"later {place}" + "y" * 9000), {}, NOW)
    store.settle()
    for number in store.all_numbers()[-8:]:
        store.save(number, case_with("z" * 9000), {}, NOW)
    crash = after_a_crash(folder, tmp_path / "crashed")
    store.close()
    (crash / "cases.db").write_bytes(backup)
    journal = journal_of(crash).read_bytes()
    store = opened(crash)
    assert keys_of(store) == ["journal_aside"]
    assert (crash / "set-aside-1" / "cases.db-wal").read_bytes() == journal
    assert [store.load(number).case.letter.remarks[:5] for number in store.all_numbers()] == [
        f"old {place}" for place in range(cases)
    ]
    store.close()


def test_the_journal_of_a_store_with_another_key(crashed, tmp_path):
    from desktop_app.store.store import open_store
    from tests.desktop_app.store.helpers import GivenKey

    other = GivenKey(b"o" * 32)
    store = open_store(tmp_path / "other", other)
    number = store.new_case(NOW)
    store.save(number, case_with("mine"), {}, NOW)
    store.close()
    shutil.copy(tmp_path / "other" / "cases.db", crashed / "cases.db")
    store = open_store(crashed, other)
    assert keys_of(store) == ["journal_aside"] and store.load(number).case == case_with("mine")
    store.close()


def test_what_is_set_aside_is_for_this_user_alone(crashed):
    before = os.umask(0)
    try:
        journal_of(crashed).write_bytes(flipped(journal_of(crashed).read_bytes(), 5000))
        opened(crashed).close()
    finally:
        os.umask(before)
    aside = crashed / "set-aside-1"
    assert [path.stat().st_mode & 0o077 for path in (aside, *aside.iterdir())] == [0, 0, 0, 0]
