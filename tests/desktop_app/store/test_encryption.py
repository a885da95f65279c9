"""Cases at rest cannot be read without the key, and what does not fit is refused and left alone."""

import os
import sqlite3
import stat
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from desktop_app.store.connecting import Way
from desktop_app.store.keys import SHORTEST_PASSPHRASE, SystemKeys, key_of_passphrase, usable_keyrings
from desktop_app.store.opening import unlocked
from desktop_app.store.problems import (
    EncryptionMissing,
    KeyMissing,
    KeyNotGiven,
    KeyringRefuses,
    NotAStore,
    StorageFailed,
    StoreDamaged,
    StoreIsNewer,
    StoreNotPlain,
    StoreProblem,
    WrongPassphrase,
)
from desktop_app.store.store import open_store
from tests.desktop_app.store.helpers import (
    NOW,
    PASSPHRASE,
    Asked,
    GivenKey,
    case_with,
    files_in,
    opened,
    received,
    started,
    store_answers,
)

SECRET = "Wilhelmina-van-Voorbeeld"


def store_a_case(folder: Path, keys) -> str:
    store = open_store(folder, keys)
    number = store.new_case(NOW)
    store.save(number, case_with(SECRET, family_name=SECRET), {"patient.birth_date": f"{SECRET}-12"}, NOW)
    store.close()
    return number


def leave_a_journal(folder: Path) -> None:
    """What a killed process leaves: answers that stand in the journal and not yet in the file itself."""
    process, pipe = started(store_answers, folder, 3, True)
    for _ in range(3):
        pipe.recv()
    process.kill()
    process.join()
    assert (folder / "cases.db-wal").stat().st_size


# --- what can be read without a key ---------------------------------------------------------------------------------


def test_nothing_readable_is_on_the_disk(tmp_path, memory_keyring):
    store = open_store(tmp_path, SystemKeys(Asked()))
    number = store.new_case(NOW)
    store.save(number, case_with(SECRET, family_name=SECRET), {"patient.birth_date": f"{SECRET}-12"}, NOW)
    assert {"cases.db", "cases.db-wal"} <= set(files_in(tmp_path))
    for closed in (False, True):
        if closed:
            store.close()
        for content in files_in(tmp_path).values():
            assert not content.startswith(b"SQLite format 3")
            for words in (SECRET.encode(), SECRET.encode("utf-16-le"), number.encode(), b"family_name", b"CREATE"):
                assert words not in content
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(tmp_path / "cases.db").execute("SELECT * FROM sqlite_master")


def test_files_are_for_this_user_alone(tmp_path):
    folder = tmp_path / "user" / "botwijzer"
    before = os.umask(0o000)
    try:
        store = opened(folder)
        store.new_case(NOW)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {path.name for path in folder.iterdir()} == {"cases.db", "cases.db-wal", "cases.db-shm"}
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    finally:
        os.umask(before)


# --- the keyring ----------------------------------------------------------------------------------------------------


def test_the_key_is_in_the_keyring_and_nothing_is_asked(tmp_path, memory_keyring):
    asked = Asked()
    number = store_a_case(tmp_path, SystemKeys(asked))
    [(service, _)] = memory_keyring.kept
    assert service == "botwijzer"
    assert open_store(tmp_path, SystemKeys(asked)).load(number).case.patient.family_name == SECRET
    assert asked.reasons == []


def test_two_stores_have_two_keys(tmp_path, memory_keyring):
    numbers = [store_a_case(tmp_path / name, SystemKeys(Asked())) for name in "ab"]
    assert len(set(memory_keyring.kept.values())) == 2
    for name, number in zip("ab", numbers, strict=True):
        open_store(tmp_path / name, SystemKeys(Asked())).load(number)


@pytest.mark.parametrize("found", [None, "nonsense", "ab"])
def test_without_its_key_the_store_is_left_alone(tmp_path, memory_keyring, found):
    store_a_case(tmp_path, SystemKeys(Asked()))
    before = files_in(tmp_path)
    [place] = memory_keyring.kept
    memory_keyring.kept = {} if found is None else {place: found}
    with pytest.raises(KeyMissing):
        open_store(tmp_path, SystemKeys(Asked(PASSPHRASE)))
    assert files_in(tmp_path) == before


def test_a_key_of_something_else_is_refused(tmp_path, memory_keyring):
    store_a_case(tmp_path, SystemKeys(Asked()))
    before = files_in(tmp_path)
    [place] = memory_keyring.kept
    memory_keyring.kept[place] = "ab" * 32
    with pytest.raises(StoreDamaged):
        open_store(tmp_path, SystemKeys(Asked()))
    assert files_in(tmp_path) == before


def test_a_keyring_that_is_gone_is_not_replaced_by_a_question(tmp_path, memory_keyring, no_keyring):
    keyring.set_keyring(memory_keyring)
    store_a_case(tmp_path, SystemKeys(Asked()))
    keyring.set_keyring(keyring.backends.fail.Keyring())
    asked = Asked(PASSPHRASE)
    with pytest.raises(KeyringRefuses):
        open_store(tmp_path, SystemKeys(asked))
    assert asked.reasons == []


class LockedKeyring(KeyringBackend):
    priority = 5  # type: ignore[assignment]

    def get_password(self, service, username):
        raise KeyringLocked("a text of the system")

    set_password = delete_password = get_password  # type: ignore[assignment]


def test_a_locked_keyring_is_told(tmp_path, memory_keyring):
    store_a_case(tmp_path, SystemKeys(Asked()))
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(KeyringRefuses):
        open_store(tmp_path, SystemKeys(Asked()))


def test_a_new_store_with_a_locked_keyring_gets_a_passphrase(tmp_path, memory_keyring):
    keyring.set_keyring(LockedKeyring())
    number = store_a_case(tmp_path, SystemKeys(Asked(PASSPHRASE)))
    assert open_store(tmp_path, SystemKeys(Asked(PASSPHRASE))).load(number)


class ForgetfulKeyring(LockedKeyring):
    def get_password(self, service, username):
        return None

    def set_password(self, service, username, password):
        return


def test_a_keyring_that_keeps_nothing_is_noticed_before_a_case_is_lost(tmp_path, memory_keyring):
    keyring.set_keyring(ForgetfulKeyring())
    asked = Asked(PASSPHRASE)
    store_a_case(tmp_path, SystemKeys(asked))
    assert asked.reasons == ["new"]


class ReadableFileKeyring(ForgetfulKeyring):
    priority = 0.5  # type: ignore[assignment]


class Chain(KeyringBackend):
    priority = 10  # type: ignore[assignment]

    def __init__(self, backends):
        super().__init__()
        self.backends = backends

    get_password = set_password = delete_password = LockedKeyring.get_password  # type: ignore[assignment]


def test_a_keyring_that_encrypts_nothing_is_not_used(memory_keyring):
    keyring.set_keyring(ReadableFileKeyring())
    assert usable_keyrings() == []
    keyring.set_keyring(Chain([ReadableFileKeyring(), memory_keyring]))
    assert usable_keyrings() == [memory_keyring]


def test_the_key_is_found_in_the_second_keyring_too(tmp_path, memory_keyring):
    """Who changes from one desktop to another has both, in another order."""
    number = store_a_case(tmp_path, SystemKeys(Asked()))
    for first in (ForgetfulKeyring(), LockedKeyring()):
        keyring.set_keyring(Chain([first, memory_keyring]))
        assert open_store(tmp_path, SystemKeys(Asked())).load(number)
    keyring.set_keyring(Chain([ForgetfulKeyring(), LockedKeyring()]))
    with pytest.raises(KeyringRefuses):
        open_store(tmp_path, SystemKeys(Asked()))


# --- the passphrase -------------------------------------------------------------------------------------------------


def test_without_keyring_a_passphrase_is_asked(tmp_path, no_keyring):
    asked = Asked("short", "s" * (SHORTEST_PASSPHRASE - 1), PASSPHRASE)
    number = store_a_case(tmp_path, SystemKeys(asked))
    assert asked.reasons == ["new", "too_short", "too_short"]
    asked = Asked("not this one at all", PASSPHRASE)
    assert open_store(tmp_path, SystemKeys(asked)).load(number).case.patient.family_name == SECRET
    assert asked.reasons == ["open", "wrong"]


def test_a_passphrase_store_is_opened_with_its_passphrase_also_where_there_is_a_keyring(tmp_path, memory_keyring):
    keyring.set_keyring(keyring.backends.fail.Keyring())
    number = store_a_case(tmp_path, SystemKeys(Asked(PASSPHRASE)))
    keyring.set_keyring(memory_keyring)
    assert open_store(tmp_path, SystemKeys(Asked(PASSPHRASE))).load(number)


def test_a_wrong_passphrase_changes_nothing(tmp_path, no_keyring, capfd):
    store_a_case(tmp_path, SystemKeys(Asked(PASSPHRASE)))
    before = files_in(tmp_path)
    with pytest.raises(WrongPassphrase) as refusal:
        open_store(tmp_path, SystemKeys(Asked(PASSPHRASE.upper())))
    assert files_in(tmp_path) == before
    assert PASSPHRASE.upper() not in str(refusal.value) + repr(refusal.value) + repr(refusal.value.details)
    assert capfd.readouterr() == ("", "")


def test_a_wrong_key_changes_nothing_also_when_a_journal_was_left(tmp_path):
    leave_a_journal(tmp_path)
    before = files_in(tmp_path)
    with pytest.raises(StoreDamaged):
        open_store(tmp_path, GivenKey(b"x" * 32))
    assert files_in(tmp_path) == before
    assert opened(tmp_path).all_numbers() == ("2026-0001",)


def test_no_passphrase_no_store(tmp_path, no_keyring):
    with pytest.raises(KeyNotGiven):
        open_store(tmp_path, SystemKeys(Asked()))
    assert not list(tmp_path.iterdir())
    store_a_case(tmp_path, SystemKeys(Asked(PASSPHRASE)))
    with pytest.raises(KeyNotGiven):
        open_store(tmp_path, SystemKeys(Asked()))


def test_an_accent_may_be_composed_in_two_ways():
    salt = b"BWP1" + bytes(12)
    assert key_of_passphrase("caf\u00e9 met uitzicht", salt) == key_of_passphrase("cafe\u0301 met uitzicht", salt)


def test_the_passphrase_is_that_of_the_file_format(tmp_path, no_keyring):
    """The file opens with SQLCipher's own tools too: who has the passphrase needs no Botwijzer to read the cases."""
    from sqlcipher3 import dbapi2

    number = store_a_case(tmp_path, SystemKeys(Asked(PASSPHRASE)))
    connection = dbapi2.connect(str(tmp_path / "cases.db"))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT number FROM cases").fetchall() == [(number,)]
    connection.close()


# --- files that are not ours, or not whole --------------------------------------------------------------------------


def plain_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (plain_database, NotAStore),
        (lambda path: path.write_bytes(b"Dear colleague, " * 1000), NotAStore),
        (lambda path: path.write_bytes(b"x"), NotAStore),
        (lambda path: path.write_bytes(b""), StoreDamaged),
        (lambda path: path.write_bytes(b"BWK1" + bytes(100)), StoreDamaged),
        (lambda path: path.write_bytes(b"BWK1" + bytes(8188)), StoreDamaged),
        (lambda path: path.mkdir(), StoreNotPlain),
        (lambda path: path.symlink_to(path.parent / "nowhere"), StorageFailed),
    ],
    ids=["plain SQLite", "text", "one byte", "empty", "cut off", "zeros", "folder", "dead link"],
)
def test_a_file_that_is_not_ours_is_left_as_it_was(tmp_path, make, problem):
    path = tmp_path / "cases.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(problem) as refusal:
        opened(tmp_path)
    assert refusal.value.details["file"] == str(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["cases.db"]
    assert before == (path.read_bytes() if path.is_file() else None)


def test_every_damaged_page_is_noticed_and_nothing_is_changed(tmp_path):
    store = opened(tmp_path)
    for _ in range(5):
        number = store.new_case(NOW)
        store.save(number, case_with("x" * 9000), {}, NOW)
    store.close()
    leave_a_journal(tmp_path)
    path = tmp_path / "cases.db"
    whole = path.read_bytes()
    assert len(whole) > 12 * 4096
    # A page of which the journal holds a newer version is not read; the journal is small and holds few.
    missed = [page for page in range(len(whole) // 4096) if not is_damage_noticed(path, whole, page)]
    assert len(missed) <= 8 < len(whole) // 4096 - 8
    path.write_bytes(whole)
    assert len(opened(tmp_path).all_numbers()) == 6


def is_damage_noticed(path: Path, whole: bytes, page: int) -> bool:
    damaged = bytearray(whole)
    damaged[page * 4096 + 1000] ^= 1
    path.write_bytes(damaged)
    journal = path.with_name("cases.db-wal")
    before = files_in(path.parent)
    try:
        opened(path.parent)
    except StoreDamaged:
        assert files_in(path.parent) == before
        return True
    finally:
        journal.write_bytes(before[journal.name])
        path.with_name("cases.db-shm").unlink(missing_ok=True)
    return False


@pytest.mark.parametrize("length", [4096, 5000, 8192])
def test_a_file_that_was_cut_off_is_refused(tmp_path, length):
    opened(tmp_path).close()
    path = tmp_path / "cases.db"
    path.write_bytes(path.read_bytes()[:length])
    before = files_in(tmp_path)
    with pytest.raises(StoreDamaged):
        opened(tmp_path)
    assert {name: before.get(name, b"") for name in files_in(tmp_path)} == files_in(tmp_path)


@pytest.mark.parametrize(("pragma", "problem"), [("user_version = 2", StoreIsNewer), ("application_id = 7", NotAStore)])
def test_the_store_of_another_program_is_refused(tmp_path, pragma, problem):
    opened(tmp_path).close()
    connection = unlocked(tmp_path / "cases.db", GivenKey().raw, Way.WRITE)
    connection.execute(f"PRAGMA {pragma}")
    connection.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(problem):
        opened(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before, "nothing is put beside it either"


def test_without_encryption_nothing_is_stored(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sqlcipher3", None)
    asked = Asked(PASSPHRASE)
    with pytest.raises(EncryptionMissing):
        open_store(tmp_path, SystemKeys(asked))
    assert not list(tmp_path.iterdir()) and asked.reasons == []


def test_no_problem_repeats_what_it_is_about():
    problem = StoreProblem.__subclasses__()[0](file="/home/someone/cases.db", number="2026-0001")
    assert "someone" not in str(problem) and "2026" not in repr(problem)


def test_two_processes_that_make_the_store_at_once_make_one(tmp_path):
    from tests.desktop_app.store.helpers import make_store

    for attempt in range(5):
        folder = tmp_path / str(attempt)
        running = [started(make_store, folder) for _ in range(6)]
        numbers = [number for _, pipe in running for number in received(pipe)]
        assert sorted(numbers) == [f"2026-000{place}" for place in range(1, 7)]
        assert opened(folder).all_numbers() == tuple(sorted(numbers))
        assert not list(folder.glob(".*"))
