"""A real window killed at random moments: every answer that it had confirmed is found, half-typed text included."""

import datetime
import random
from typing import Any

import pytest

from desktop_app.store.keys import SystemKeys
from desktop_app.store.store import KeptCase, open_store
from tests.windows.conftest import Told, Workstation
from tests.windows.driver_words import PASSPHRASE, SEED

KILLS = 10
LONG_KILLS = 200
CHANCES = 20261123


@pytest.fixture(autouse=True)
def without_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test reads the store as the window does: with the passphrase."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


def kept_on_disk(workstation: Workstation, *numbers: str) -> dict[str, KeptCase]:
    """What the store holds; opening it reads and checks the whole file."""
    store = open_store(workstation.home / "data" / "botwijzer", SystemKeys(lambda _request: PASSPHRASE))
    try:
        return {number: store.load(number) for number in numbers}
    finally:
        store.close()


def kill_at_random(workstation: Workstation, attempt: int) -> Told:
    """Work in a window and kill it: in most attempts while it stores answers, in every tenth while it starts."""
    chance = random.Random(CHANCES + attempt)
    workstation.extra[SEED] = str(attempt)
    if attempt % 10 == 9:
        return workstation.work_until_killed("answer_until_killed", chance.uniform(0.1, 4.0), from_start=True)
    return workstation.work_until_killed("answer_until_killed", chance.uniform(0.0, 1.5))


def confirmed(told: Told) -> dict[str, Any]:
    """The last confirmed answer of each field."""
    return dict(told.all("kept"))


def lost(told: Told, kept: KeptCase) -> list[str]:
    """The confirmed answers that are not there. The one that was being given at the kill may be there or not."""
    expected = {path: [value] for path, value in confirmed(told).items()}
    path, value = told["giving"]
    expected.setdefault(path, [None]).append(value)
    found = {path: kept.raws.get(path, kept.case.answer_at(path)) for path in expected}
    return [path for path, values in expected.items() if found[path] not in values]


@pytest.mark.parametrize("attempt", range(KILLS))
def test_every_confirmed_answer_is_found(workstation: Workstation, attempt: int):
    told = kill_at_random(workstation, attempt)
    if attempt % 10 != 9:
        assert confirmed(told)
    if confirmed(told):
        kept = kept_on_disk(workstation, told["number"])[told["number"]]
        assert lost(told, kept) == []
    print(f"kill {attempt + 1}: {len(told.all('kept'))} confirmed answers, {len(confirmed(told))} fields")


@pytest.mark.long
def test_every_confirmed_answer_is_found_after_200_kills(workstation: Workstation):
    """All in one store: nor may a later kill take away what an earlier one had left."""
    known: dict[str, Told] = {}
    count = 0
    for attempt in range(KILLS, KILLS + LONG_KILLS):
        told = kill_at_random(workstation, attempt)
        count += len(told.all("kept"))
        if confirmed(told):
            assert told["number"] not in known
            known[told["number"]] = told
            assert lost(told, kept_on_disk(workstation, told["number"])[told["number"]]) == [], attempt
    for number, kept in kept_on_disk(workstation, *known).items():
        assert lost(known[number], kept) == [], number
    print(f"{LONG_KILLS} kills: {count} confirmed answers in {len(known)} cases, all found")
    assert len(known) >= LONG_KILLS * 0.8


def test_a_lost_answer_would_be_noticed(workstation: Workstation):
    told = workstation.work_until_killed("answer_until_killed", after=0.5)
    kept = kept_on_disk(workstation, told["number"])[told["number"]]
    assert lost(told, kept) == []
    assert lost(Told([*told.lines, {"kept": ["letter.remarks", "never stored"]}]), kept) == ["letter.remarks"]


def test_the_next_start_offers_the_case_as_it_was(workstation: Workstation):
    told = workstation.work_until_killed("answer_until_killed", after=0.5)
    again = workstation.work("continue_last_case")
    assert told["number"] in again["offered"] and again["number"] == told["number"]
    assert str(datetime.date.today().year) in again["offered"]
    kept = kept_on_disk(workstation, told["number"])[told["number"]]
    assert again["raws"] == dict(kept.raws) and again["is_kept"]
    assert confirmed(told).keys() <= {*again["raws"], *_paths(again["case"])}


def _paths(tree: dict, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in tree.items():
        found |= _paths(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"}
    return found
