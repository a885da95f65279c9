"""What the tests of the store share, among it what other processes run."""

import datetime
import os
import random
import resource
import shutil
import time
from collections.abc import Callable
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from desktop_app.library.compilation import in_language
from desktop_app.library.phrase_files import read_phrase_files
from desktop_app.library.phrases import Phrases
from desktop_app.library.resource_files import content
from desktop_app.store.keys import KEYRING_MARK, PassphraseRequest, StoreKey
from desktop_app.store.problems import StoreDamaged, StoreProblem
from desktop_app.store.store import Store, open_store
from guideline_core.case import Case

NOW = datetime.datetime(2026, 11, 23, 10, 30, tzinfo=datetime.UTC)
PASSPHRASE = "vier rode fietsen in de regen"

# Forked from a process that has imported everything: a new process is there in milliseconds.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


class GivenKey:
    """A key that test and child processes share without a keyring."""

    def __init__(self, raw: bytes = b"k" * 32) -> None:
        self.raw = raw

    def new_key(self) -> StoreKey:
        return StoreKey(self.raw, KEYRING_MARK + os.urandom(12))

    def forget_key(self, key: StoreKey) -> None:
        return

    def key_of(self, salt: bytes, fits: Callable[[bytes], bool]) -> bytes:
        if not fits(self.raw):
            raise StoreDamaged
        return self.raw


class Asked:
    """Answers requests for a passphrase one by one, then gives up; remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.reasons: list[str] = []

    def __call__(self, request: PassphraseRequest) -> str | None:
        self.reasons.append(request.reason)
        return self._answers.pop(0) if self._answers else None


def opened(folder: Path) -> Store:
    return open_store(folder, GivenKey())


def later(seconds: float) -> datetime.datetime:
    return NOW + datetime.timedelta(seconds=seconds)


MOST_OTHER = 50


def case_with(remarks: str, **patient: Any) -> Case:
    return Case.model_validate({"patient": patient, "letter": {"remarks": remarks}})


def case_of_answers(count: int) -> Case:
    """A case that holds each answer given so far: none can be missing unnoticed. No more examinations fit in a case."""
    texts = [", ".join(f"answer {place}" for place in range(first, count, MOST_OTHER)) for first in range(MOST_OTHER)]
    return Case.model_validate({"imaging": {"other": [{"what": text} for text in texts if text]}})


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file with its content, but for the lock table that SQLite keeps beside a database."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}


@cache
def words(language: str = "nl") -> Phrases:
    files = {name: content("phrases", name) for name in ("store.yaml", "settings.yaml", "faults.yaml")}
    return Phrases(language, in_language(read_phrase_files(files), language))


def after_a_crash(folder: Path, copy: Path) -> Path:
    """A copy of a folder as a killed process would leave it: nothing is closed."""
    shutil.copytree(folder, copy)
    return copy


# --- what runs in other processes -----------------------------------------------------------------------------------


def started(task: Callable[..., None], *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Run a task in a process of its own; it is given the sending end of the pipe whose other end is returned."""
    receiving, sending = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=task, args=(sending, *arguments), daemon=True)
    process.start()
    sending.close()
    return process, receiving


def received(pipe: Connection) -> list[Any]:
    """Everything that a process said before it ended."""
    said = []
    while True:
        try:
            said.append(pipe.recv())
        except (EOFError, OSError):
            return said


def store_answers(pipe: Connection, folder: Path, most: int = 100_000, stay: bool = False) -> None:
    """Give answer after answer to a new case; each is confirmed when its save has returned. Stay: until killed."""
    store = opened(folder)
    number = store.new_case(NOW)
    for count in range(1, most + 1):
        store.save(number, case_of_answers(count % 200), {f"raw {count}": "12-"}, later(count / 1000))
        pipe.send((number, count))
    while stay:
        time.sleep(60)


def answer_and_settle(pipe: Connection, folder: Path, most: int, seed: int) -> None:
    """Give long and short answers and empty the journal at any moment; tell what the store noticed."""
    store, moments = opened(folder), random.Random(seed)
    number = store.new_case(NOW)
    for count in range(1, most + 1):
        store.save(number, case_with(f"{count}" + "x" * moments.choice((10, 9_000, 90_000))), {}, NOW)
        if moments.random() < 0.2:
            store.settle()
        time.sleep(moments.uniform(0, 0.02))  # so that each gets its turn
    pipe.send((number, most, [notice.key for notice in store.take_notices()]))
    store.close()


def hold_case(pipe: Connection, folder: Path, number: str) -> None:
    """Open a case and keep it until the process is killed."""
    store = opened(folder)
    store.open_case(number, NOW)
    pipe.send("held")
    while True:
        time.sleep(60)


def make_store(pipe: Connection, folder: Path) -> None:
    """Open a store that may not be there yet, and store one case."""
    store = opened(folder)
    number = store.new_case(NOW)
    store.save(number, case_with(number), {}, NOW)
    pipe.send(number)


def fill_up(pipe: Connection, folder: Path) -> None:
    """Store answers until the system lets no file grow any more, then go on after it lets them."""
    store = opened(folder)
    number = store.new_case(NOW)
    store.save(number, case_of_answers(1), {}, NOW)
    size = (folder / "cases.db-wal").stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 100_000, limits[1]))
    stored, problem = 1, ""
    while not problem:
        try:
            store.save(number, case_of_answers(stored + 1), {}, NOW)
            stored += 1
        except StoreProblem as refusal:
            problem = refusal.key
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    kept = store.load(number).case == case_of_answers(stored)
    store.save(number, case_of_answers(stored + 1), {}, NOW)
    pipe.send((problem, stored, kept, number))


def store_with_limit(pipe: Connection, folder: Path, limit: int, most: int) -> None:
    """Make a store and give answers while no file may grow beyond a limit; tell each that was confirmed."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        store = opened(folder)
        number = store.new_case(NOW)
        for count in range(1, most + 1):
            store.save(number, case_of_answers(count), {}, later(count))
            pipe.send((number, count))
            if count % 4 == 0:
                store.settle()
    except StoreProblem as problem:
        pipe.send(problem.key)


def write_as_nobody(pipe: Connection, folder: Path) -> None:
    """Open a store as a user who may not write in its folder; tell what can be read and why nothing is written."""
    import sqlcipher3.dbapi2  # noqa: F401  # the other user may not be able to read it

    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        store = opened(folder)
        found = [store.open_case(case.number, NOW, take_over=True) for case in store.recent()]
        pipe.send([kept.case.letter.remarks for kept in found])
        assert store.only_reads is None or store.only_reads.key == "storage_read_only"
        store.save("2026-0001", case_with("not kept"), {}, NOW)
    except StoreProblem as problem:
        pipe.send(problem.key)
