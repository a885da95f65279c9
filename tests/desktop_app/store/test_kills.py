"""A process that is killed at any moment has lost no answer whose save had returned."""

import random
import time
from pathlib import Path

from tests.desktop_app.store.helpers import NOW, case_of_answers, opened, received, started, store_answers

KILLS_OF_ONE_STORE, LONG = 40, 400
KILLS_OF_NEW_STORES, LONG_OF_NEW_STORES = 15, 150


def confirmed_until_killed(folder: Path, seconds: float, after_first: bool = False) -> tuple[str, int] | None:
    """Let a process store answers and kill it so long after its start or its first answer; what it confirmed last."""
    process, pipe = started(store_answers, folder)
    if after_first:
        pipe.poll(30)
    time.sleep(seconds)
    process.kill()
    said = received(pipe)
    process.join()
    pipe.close()
    return said[-1] if said else None


def check(folder: Path, confirmed: tuple[str, int] | None) -> None:
    """Opening reads and checks the whole file; then every answer that was confirmed must be in it."""
    store = opened(folder)
    assert store.take_notices() == (), "a kill is no damage"
    if confirmed is not None:
        number, count = confirmed
        kept = store.load(number)
        [(raw, text)] = kept.raws.items()
        found = int(raw.removeprefix("raw "))
        assert text == "12-"
        # The last save may have returned without there being time to confirm it.
        assert found in (count, count + 1)
        assert kept.case == case_of_answers(found % 200)
    store.close()


def test_answers_survive_kills(tmp_path, thorough):
    moments = random.Random(20261123)
    confirmed, kills = [], LONG if thorough else KILLS_OF_ONE_STORE
    for place in range(kills):
        last = confirmed_until_killed(tmp_path, moments.uniform(0, 0.08), after_first=place % 3 > 0)
        check(tmp_path, last)
        confirmed += [last] if last else []
    assert len(confirmed) > kills / 2
    store = opened(tmp_path)
    assert {number for number, _ in confirmed} <= set(store.all_numbers())
    for number, count in confirmed:  # nor did a later kill take away what an earlier one had left
        assert int(next(iter(store.load(number).raws)).removeprefix("raw ")) in (count, count + 1)
    store.save(store.new_case(NOW), case_of_answers(1), {}, NOW)


def test_a_new_store_survives_kills(tmp_path, thorough):
    moments = random.Random(41)
    for place in range(LONG_OF_NEW_STORES if thorough else KILLS_OF_NEW_STORES):
        folder = tmp_path / str(place)
        check(folder, confirmed_until_killed(folder, moments.uniform(0.002, 0.04)))
