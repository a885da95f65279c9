"""A file that others remove, rename, replace, cut or overwrite under the open program: no confirmed answer is lost."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.store.connecting import Way
from desktop_app.store.journal import pages_in
from desktop_app.store.opening import unlocked
from desktop_app.store.problems import StorageFailed, StoreNotices, StoreProblem
from desktop_app.store.staying import OpenFiles
from desktop_app.store.store import Store
from tests.desktop_app.store.helpers import (
    NOW,
    GivenKey,
    after_a_crash,
    answer_and_settle,
    case_with,
    opened,
    received,
    started,
    words,
)

CASES = 4


class OpenStore:
    """A store with some cases, the last of which is open, in a folder in which others can do what they want."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        self.numbers = [store.new_case(NOW) for _ in range(CASES)]
        for number in self.numbers:
            store.save(number, case_with(number + "x" * 5000), {}, NOW)
        store.settle()
        for number in self.numbers[:2]:
            store.save(number, case_with(number), {}, NOW)

    @property
    def file(self) -> Path:
        return self.folder / "cases.db"

    def answer(self, words: str) -> list[StoreProblem]:
        self.store.save(self.numbers[-1], case_with(words), {}, NOW)
        return list(self.store.take_notices())


@pytest.fixture
def open_store(tmp_path):
    store = opened(tmp_path / "botwijzer")
    yield OpenStore(tmp_path / "botwijzer", store)
    store.close()


def remarks_in(folder: Path) -> dict[str, str]:
    store = opened(folder)
    found = {number: store.load(number).case.letter.remarks[:9] for number in store.all_numbers()}
    store.close()
    return found


def remove_file(each: OpenStore) -> None:
    each.file.unlink()


def remove_all(each: OpenStore) -> None:
    for file in each.folder.iterdir():
        file.unlink()


def remove_folder(each: OpenStore) -> None:
    shutil.rmtree(each.folder)


def rename_file(each: OpenStore) -> None:
    each.file.rename(each.folder / "cases (conflict).db")


def rename_all(each: OpenStore) -> None:
    for file in list(each.folder.iterdir()):
        file.rename(each.folder / f"old {file.name}")


def rename_folder(each: OpenStore) -> None:
    each.folder.rename(each.folder.parent / "moved")


def remove_journal(each: OpenStore) -> None:
    (each.folder / "cases.db-wal").unlink()


def replace_journal(each: OpenStore) -> None:
    journal = each.folder / "cases.db-wal"
    content = journal.read_bytes()
    journal.unlink()
    journal.write_bytes(content)


TAKEN_AWAY = (remove_file, remove_all, remove_folder, rename_file, rename_all, rename_folder)
IN_PARTS = (remove_journal, replace_journal)


@pytest.mark.parametrize("incident", [*TAKEN_AWAY, *IN_PARTS])
def test_everything_is_kept_in_a_new_file(open_store, tmp_path, incident):
    incident(open_store)
    [notice] = open_store.answer("the answer after it")
    assert notice.key in ("store_remade", "store_replaced") and notice.details["cases"] == CASES
    expected = {**{number: number for number in open_store.numbers[:2]}, open_store.numbers[2]: open_store.numbers[2]}
    for closed in (False, True):
        assert open_store.answer("another answer") == []
        if closed:
            open_store.store.close()
        found = remarks_in(after_a_crash(open_store.folder, tmp_path / f"copy {closed}"))
        assert found.pop(open_store.numbers[-1]) == "another a"
        assert found == {number: words[:9] for number, words in expected.items()}


@pytest.mark.parametrize("incident", [*TAKEN_AWAY, *IN_PARTS])
def test_it_is_noticed_without_an_answer_too(open_store, incident):
    incident(open_store)
    open_store.store.renew(open_store.numbers[-1], NOW)
    assert len(open_store.store.take_notices()) == 1
    assert remarks_in(open_store.folder).keys() == set(open_store.numbers)


def cut_file(each: OpenStore) -> None:
    with each.file.open("r+b") as file:
        file.truncate(4096)


def empty_file(each: OpenStore) -> None:
    each.file.write_bytes(b"")


def cut_journal(each: OpenStore) -> None:
    with (each.folder / "cases.db-wal").open("r+b") as file:
        file.truncate(5000)


def empty_journal(each: OpenStore) -> None:
    (each.folder / "cases.db-wal").write_bytes(b"")


def another_program_writes(each: OpenStore, moving: str = "NOOP") -> None:
    """What this program has in its memory of the file counts no longer."""
    other = unlocked(each.file, GivenKey().raw, Way.WRITE)
    other.execute("UPDATE numbers SET last = last + 1").fetchall()
    other.execute(f"PRAGMA wal_checkpoint({moving})").fetchall()
    other.close()


def copy_over(each: OpenStore, content: bytes) -> None:
    """What cp does, and rsync --inplace: the file stays the same one, with its name and number."""
    another_program_writes(each)
    with each.file.open("r+b") as file:
        file.write(content)
        file.truncate()


def copy_older_over(each: OpenStore) -> None:
    older = each.file.read_bytes()
    for number in each.numbers:
        each.store.save(number, case_with(number), {}, NOW)
    each.store.settle()
    each.store.save(each.numbers[0], case_with(each.numbers[0] + " again"), {}, NOW)
    copy_over(each, older)


def copy_older_over_beside_an_empty_journal(each: OpenStore) -> None:
    older = each.file.read_bytes()
    another_program_writes(each)
    each.store.settle()
    each.file.write_bytes(older)


def copy_other_over(each: OpenStore) -> None:
    copy_over(each, b"a file of somebody else")


def overwrite_pages(each: OpenStore) -> None:
    content = each.file.read_bytes()
    copy_over(each, content[:4096] + bytes(len(content) - 4096))


def answer_and_copy_over(each: OpenStore, *names: str, settle: bool = False) -> None:
    """The files stay the same ones, and get their content of before the answers."""
    older = {each.folder / name: (each.folder / name).read_bytes() for name in names}
    each.store.settle()
    for number in each.numbers * 3:
        each.store.save(number, case_with(number), {}, NOW)
    if settle:
        each.store.settle()
    for file, content in older.items():
        file.write_bytes(content)


def copy_older_pair_over(each: OpenStore) -> None:
    """What SQLite adds to such a journal could not be read again."""
    each.store.save(each.numbers[-1], case_with("old"), {}, NOW)
    answer_and_copy_over(each, "cases.db", "cases.db-wal")


def copy_older_pair_with_a_longer_journal_over(each: OpenStore) -> None:
    for _ in range(20):
        each.store.save(each.numbers[-1], case_with("old" * 1000), {}, NOW)
    answer_and_copy_over(each, "cases.db", "cases.db-wal")


def copy_older_pair_over_beside_an_empty_journal(each: OpenStore) -> None:
    """Each page of the older file stands in the older journal too."""
    another_program_writes(each, "PASSIVE")
    answer_and_copy_over(each, "cases.db", "cases.db-wal", settle=True)


def copy_older_journal_over(each: OpenStore) -> None:
    each.store.save(each.numbers[-1], case_with("old"), {}, NOW)
    answer_and_copy_over(each, "cases.db-wal")


def copy_journal_of_the_same_day_over(each: OpenStore) -> None:
    """Both begin alike; what was added since is not in it."""
    journal = each.folder / "cases.db-wal"
    older = journal.read_bytes()
    for number in each.numbers:
        each.store.save(number, case_with(number), {}, NOW)
    journal.write_bytes(older + bytes(journal.stat().st_size - len(older)))


OVERWRITTEN = (
    copy_older_pair_over,
    copy_older_pair_with_a_longer_journal_over,
    copy_older_pair_over_beside_an_empty_journal,
    copy_older_journal_over,
    copy_journal_of_the_same_day_over,
    cut_journal,
    empty_journal,
    copy_older_over,
    copy_older_over_beside_an_empty_journal,
    copy_other_over,
    overwrite_pages,
    cut_file,
    empty_file,
)


@pytest.mark.parametrize("settle", [False, True])
@pytest.mark.parametrize("incident", OVERWRITTEN)
def test_what_is_written_over_the_file_takes_nothing_away(open_store, tmp_path, incident, settle):
    incident(open_store)
    if settle:
        open_store.store.settle()
    there = open_store.file.read_bytes()
    [notice] = open_store.answer("the answer after it")
    assert notice.key == "store_replaced" and notice.details["cases"] == CASES
    assert (Path(str(notice.details["aside"])) / "cases.db").read_bytes() == there
    for place in range(3):
        assert open_store.answer(f"answer {place}") == []
        open_store.store.settle()
    found = remarks_in(after_a_crash(open_store.folder, tmp_path / "copy"))
    assert found == {**{number: number for number in open_store.numbers}, open_store.numbers[-1]: "answer 2"}
    assert sorted(file.name for file in open_store.folder.glob("*.new*")) == []


@pytest.mark.parametrize("incident", OVERWRITTEN)
def test_what_is_written_over_the_file_is_noticed_at_the_end_too(open_store, incident):
    incident(open_store)
    open_store.store.for_another_window().close()  # it has no case open that it would give free
    open_store.store.close()
    assert remarks_in(open_store.folder) == {number: number for number in open_store.numbers}


def test_the_same_written_over_the_file_is_nothing(open_store):
    copy_over(open_store, open_store.file.read_bytes())
    assert open_store.answer("still there") == []
    open_store.file.touch()
    assert open_store.answer("still there") == []


@pytest.mark.parametrize("moving", ["PASSIVE", "RESTART", "TRUNCATE"])
def test_a_journal_that_another_program_moves_to_the_file_is_nothing(open_store, moving):
    for place in range(6):
        assert open_store.answer(f"answer {place}") == []
        if place > 2:
            open_store.store.settle()
        another_program_writes(open_store, moving)
    assert open_store.answer("still there") == []


def test_a_journal_that_is_half_moved_to_the_file_is_nothing(open_store):
    """Another program moves it at this moment, or was killed when it did."""
    journal = (open_store.folder / "cases.db-wal").read_bytes()
    number, page = next(iter(pages_in(journal)))
    with open_store.file.open("r+b") as file:
        file.seek((number - 1) * len(page))
        file.write(page)
    assert open_store.answer("still there") == []


def test_a_page_that_is_half_written_when_it_is_read_is_nothing(open_store, monkeypatch):
    """Another program moves the journal to the file at this moment."""
    journal = (open_store.folder / "cases.db-wal").read_bytes()
    number, page = next(iter(pages_in(journal)))

    def write(content: bytes) -> None:
        with open_store.file.open("r+b") as file:
            file.seek((number - 1) * len(page))
            file.write(content)

    write(page[:1000])
    monkeypatch.setattr("desktop_app.store.pages.time.sleep", lambda seconds: write(page) if seconds else None)
    assert open_store.answer("still there") == []


def test_a_journal_that_grows_until_it_is_moved_is_nothing(open_store):
    before = open_store.file.read_bytes()
    for place in range(60):
        assert open_store.answer(f"{place}" + "y" * 99_000) == []
    assert open_store.file.read_bytes() != before


@pytest.mark.parametrize("incident", OVERWRITTEN)
def test_after_what_is_written_over_the_file_no_number_is_given_out_again(open_store, incident):
    incident(open_store)
    assert open_store.store.new_case(NOW) not in open_store.numbers
    assert open_store.store.new_case(NOW) not in open_store.numbers


def replace_by_backup(each: OpenStore) -> None:
    backup = each.folder.parent / "backup"
    backup_store = opened(backup)
    backup_store.save(backup_store.new_case(NOW), case_with("from the backup"), {}, NOW)
    backup_store.close()
    shutil.copy(backup / "cases.db", each.folder / "new")
    (each.folder / "new").rename(each.file)


def replace_by_text(each: OpenStore) -> None:
    each.file.unlink()
    each.file.write_text("a file of somebody else")


@pytest.mark.parametrize("incident", [replace_by_backup, replace_by_text])
def test_another_file_in_the_place_is_left_alone(open_store, tmp_path, incident):
    incident(open_store)
    there = open_store.file.read_bytes()
    notices = open_store.answer("the answer after it")
    assert [notice.key for notice in notices] == ["store_kept_elsewhere"]
    elsewhere = Path(str(notices[0].details["aside"]))
    assert open_store.file.read_bytes() == there and notices[0].details["cases"] == CASES
    assert remarks_in(after_a_crash(elsewhere, tmp_path / "copy")).keys() == set(open_store.numbers)
    open_store.store.close()
    assert open_store.file.read_bytes() == there
    follow_the_advice(open_store.folder, elsewhere, tmp_path / "old")
    assert remarks_in(open_store.folder)[open_store.numbers[-1]] == "the answe"


def follow_the_advice(folder: Path, elsewhere: Path, other: Path) -> None:
    """The program was closed; all files that begin with cases.db go elsewhere, those of the rescue to their place."""
    other.mkdir()
    for source, target in ((folder, other), (elsewhere, folder)):
        for file in list(source.glob("cases.db*")):
            file.rename(target / file.name)


def test_cases_that_are_kept_elsewhere_are_told_at_each_start(open_store):
    replace_by_backup(open_store)
    open_store.answer("the answer after it")
    open_store.store.close()
    for _ in range(2):
        store = opened(open_store.folder)
        assert [notice.key for notice in store.take_notices()] == ["cases_elsewhere"]
        store.close()
    follow_the_advice(open_store.folder, open_store.folder / "rescued-1", open_store.folder.parent / "old")
    store = opened(open_store.folder)
    assert store.take_notices() == ()
    store.close()


@pytest.mark.parametrize("incident", [remove_file, rename_folder, rename_file, replace_by_backup])
def test_two_programs_that_lose_the_file_at_once_both_keep_everything_and_say_where(open_store, tmp_path, incident):
    """Each makes a file of its own: one may stand in the old place, each other is found and told at the next start."""
    second = opened(open_store.folder)
    number = second.new_case(NOW)
    second.save(number, case_with("second 0"), {}, NOW)
    incident(open_store)
    start = threading.Barrier(2)

    def first_program() -> list[StoreProblem]:
        start.wait()
        return [notice for place in range(5) for notice in open_store.answer(f"first {place}")]

    def second_program() -> list[StoreProblem]:
        start.wait()
        for place in range(1, 5):
            second.save(number, case_with(f"second {place}"), {}, NOW)
        return list(second.take_notices())

    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(first_program), pool.submit(second_program)]
        told = [each.result() for each in running]
    assert [len(notices) for notices in told] == [1, 1]
    second.close()
    open_store.store.close()
    folders = [open_store.folder, *sorted(open_store.folder.glob("rescued-*"))]
    found = [remarks_in(after_a_crash(folder, tmp_path / f"copy {place}")) for place, folder in enumerate(folders)]
    assert sum(each.get(open_store.numbers[-1]) == "first 4" for each in found) == 1
    assert sum(each.get(number) == "second 4" for each in found) == 1
    rescued = {str(notices[0].details["aside"]) for notices in told if notices[0].key == "store_kept_elsewhere"}
    assert rescued == {str(folder) for folder in folders[1:]}
    assert len(rescued) == (2 if incident is replace_by_backup else 1)
    again = opened(open_store.folder)
    at_start = again.take_notices()
    again.close()
    assert {str(notice.details["aside"]) for notice in at_start if notice.key == "cases_elsewhere"} == rescued
    message = StoreNotices(at_start).message(words())
    assert all(folder in message for folder in rescued)


def test_what_another_program_has_just_made_anew_is_not_moved_away(open_store, tmp_path, monkeypatch):
    """The other program makes its file while this one already knows what remains of the old one: it has to wait."""
    second = opened(open_store.folder)
    rename_file(open_store)
    remains, threads = OpenFiles.remains, []

    def meanwhile(files: OpenFiles) -> list[Path]:
        found = remains(files)
        if not threads:
            threads.append(threading.Thread(target=open_store.answer, args=("first",)))
            threads[0].start()
            threads[0].join(0.3)
        return found

    monkeypatch.setattr(OpenFiles, "remains", meanwhile)
    number = second.new_case(NOW)
    second.save(number, case_with("second"), {}, NOW)
    threads[0].join()
    second.close()
    open_store.store.close()
    assert remarks_in(after_a_crash(open_store.folder, tmp_path / "copy"))[number] == "second"
    [rescued] = open_store.folder.glob("rescued-*")
    assert remarks_in(after_a_crash(rescued, tmp_path / "rescued"))[open_store.numbers[-1]] == "first"


def test_a_store_that_cannot_be_made_again_is_told_and_made_later(open_store, tmp_path):
    shutil.rmtree(open_store.folder)
    open_store.folder.write_text("in the place of the folder")
    with pytest.raises(StorageFailed):
        open_store.answer("not confirmed")
    open_store.folder.unlink()
    [notice] = open_store.answer("confirmed")
    assert notice.key == "store_remade"
    assert remarks_in(after_a_crash(open_store.folder, tmp_path / "copy"))[open_store.numbers[-1]] == "confirmed"


def test_a_journal_that_another_window_empties_is_no_cut(open_store, tmp_path):
    other = opened(open_store.folder)
    number = other.new_case(NOW)
    for place in range(5):
        assert open_store.answer(f"answer {place}") == []
        other.settle()
        other.save(number, case_with(f"other {place}"), {}, NOW)
        open_store.store.settle()
    assert other.take_notices() == () and open_store.store.take_notices() == ()
    other.close()
    assert open_store.answer("still there") == []


def test_three_programs_that_write_and_empty_the_journal_are_nothing_to_each_other(tmp_path, thorough):
    opened(tmp_path).close()
    running = [started(answer_and_settle, tmp_path, 1000 if thorough else 60, seed) for seed in range(3)]
    told = [answer for process, pipe in running for answer in received(pipe)]
    for process, _ in running:
        process.join()
    assert [notices for *_, notices in told] == [[], [], []]
    found = remarks_in(tmp_path)
    assert all(found[number].startswith(f"{most}x") for number, most, _ in told)


def test_a_failure_after_the_commit_is_no_conflict(open_store, monkeypatch):
    """The answer was written, and what follows failed: to save it once more must not look like another's change."""
    from desktop_app.store.database import Database

    stays = iter([None, StorageFailed(reason="gone")])

    def fail_after(_: Database) -> None:
        if problem := next(stays, None):
            raise problem

    monkeypatch.setattr(Database, "_stay", fail_after)
    with pytest.raises(StorageFailed):
        open_store.answer("once more")
    assert open_store.answer("once more") == []
    assert open_store.store.load(open_store.numbers[-1]).case == case_with("once more")
