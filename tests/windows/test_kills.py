"""A real window killed at random moments: every answer that it had confirmed is found, half-typed text included."""

import datetime
import random

import pytest

from desktop_app.store.keys import SystemKeys
from desktop_app.store.store import open_store
from guideline_core.fields import answer_at
from tests.windows.conftest import Workstation
from tests.windows.driver_words import PASSPHRASE

KILLS = 10


def kept_on_disk(workstation: Workstation, number: str):
    store = open_store(workstation.home / "data" / "botwijzer", SystemKeys(lambda _request: PASSPHRASE))
    try:
        return store.load(number)
    finally:
        store.close()


def confirmed(told) -> dict[str, object]:
    """The last confirmed answer of each field."""
    return dict(told.all("kept"))


@pytest.mark.parametrize("attempt", range(KILLS))
def test_every_confirmed_answer_is_found(workstation: Workstation, monkeypatch, attempt: int):
    told = workstation.work_until_killed("answer_until_killed", after=random.uniform(0.0, 1.5))
    answers = confirmed(told)
    assert answers
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    kept = kept_on_disk(workstation, told["number"])
    found = {path: kept.raws.get(path, answer_at(kept.case, path)) for path in answers}
    other = [path for path, value in answers.items() if found[path] != value]
    assert None not in found.values()
    assert len(other) <= 1, other  # the one answer that was stored, and killed before it could be told
    print(f"kill {attempt + 1}: {len(told.all('kept'))} confirmed answers, {len(answers)} fields")


def test_the_next_start_offers_the_case_as_it_was(workstation: Workstation, monkeypatch):
    told = workstation.work_until_killed("answer_until_killed", after=0.5)
    again = workstation.work("continue_last_case")
    assert told["number"] in again["offered"] and again["number"] == told["number"]
    assert str(datetime.date.today().year) in again["offered"]
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    kept = kept_on_disk(workstation, told["number"])
    assert again["raws"] == dict(kept.raws) and again["is_kept"]
    assert confirmed(told).keys() <= {*again["raws"], *_paths(again["case"])}


def _paths(tree: dict, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in tree.items():
        found |= _paths(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}"}
    return found
