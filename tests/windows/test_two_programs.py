"""Two real programs at the same time: two windows of one user, and two users of one workstation."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from desktop_app.store.keys import SystemKeys
from desktop_app.store.store import Store, open_store
from guideline_core.case import Case
from tests.windows.conftest import Told, Workstation, screen_with_windows
from tests.windows.driver_words import ANSWERS_BESIDE_ANOTHER, MEETING, PASSPHRASE, SEED

LAST = ANSWERS_BESIDE_ANOTHER - 1


@pytest.fixture(scope="module")
def other_display() -> Iterator[str]:
    """A second screen: real key presses go to the one program that has the keyboard."""
    with screen_with_windows() as name:
        yield name


def at_the_same_time(tmp_path: Path, *workstations: Workstation) -> list[Told]:
    """Let a program run on each, both giving answers at once."""
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    for place, each in enumerate(workstations):
        each.extra.update({MEETING: str(meeting), SEED: f"program {place}"})
    with ThreadPoolExecutor(len(workstations)) as pool:
        works = [pool.submit(each.work, "answer_beside_another") for each in workstations]
    faults = [fault for fault in (work.exception() for work in works) if fault is not None]
    if faults:  # one that dies leaves the other waiting: both tell what happened
        raise BaseExceptionGroup("two programs", faults)
    return [work.result() for work in works]


def opened(workstation: Workstation) -> Store:
    return open_store(folder_of(workstation), SystemKeys(lambda _request: PASSPHRASE))


def folder_of(workstation: Workstation) -> Path:
    return workstation.home / "data" / "botwijzer"


@pytest.fixture(autouse=True)
def without_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test makes and reads the stores as the windows do: with the passphrase, whatever keyring this process has."""
    monkeypatch.setattr("desktop_app.store.keys.usable_keyrings", list)


def test_two_programs_of_one_user(display: str, other_display: str, tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    opened(Workstation(home, display)).close()  # the user has worked before
    found = at_the_same_time(tmp_path, Workstation(home, display), Workstation(home, other_display))
    store = opened(Workstation(home, display))
    assert store.all_numbers() == tuple(sorted(told["number"] for told in found))
    for told in found:
        assert store.load(told["number"]).case == Case.model_validate(told["case"])
    assert {told["case"]["letter"]["history"] for told in found} == {f"program {place} {LAST}" for place in (0, 1)}
    store.close()


def test_two_users_of_one_workstation(display: str, other_display: str, tmp_path: Path):
    homes = [tmp_path / name for name in ("anna", "bram")]
    for home in homes:
        home.mkdir(mode=0o700)
    users = [Workstation(home, screen) for home, screen in zip(homes, (display, other_display), strict=True)]
    for user, told in zip(users, at_the_same_time(tmp_path, *users), strict=True):
        assert told["offered"] is False  # nothing of the other user is seen
        store = opened(user)
        assert store.all_numbers() == (told["number"],)
        assert store.load(told["number"]).case == Case.model_validate(told["case"])
        store.close()
        for path in (folder_of(user), *folder_of(user).iterdir()):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
