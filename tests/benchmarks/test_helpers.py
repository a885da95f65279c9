"""What the benchmarks count and how they say it; no test here measures time."""

import pytest

from tests.benchmarks.benchmark import PARTS, numbers
from tests.benchmarks.first_turn import peak_kilobytes
from tests.benchmarks.measuring import percentile, ratios, spread
from tests.benchmarks.window_speed import Moment, moments_told, variables


def test_named_parts_take_the_number_that_is_asked_for():
    assert numbers(["plans", "start"], 50_000) == {"plans": 50_000, "start": 50_000}
    assert numbers(["window"], None) == {"window": 15}


def test_without_names_a_number_makes_no_part_longer():
    found = numbers([], 100)
    assert found["plans"] == 100 and found["start"] == 20 and found["window"] == 15
    assert numbers([], None) == {part: suits for part, (_, suits) in PARTS.items()}


def test_ratios_by_medians_and_by_the_least():
    assert ratios([30.0, 20.0, 100.0], [10.0, 10.0, 90.0]) == ("3.00", "2.00")


def test_spread_says_median_least_and_most():
    assert spread([1200.4, 3.0, 7.6]) == "8 (3-1,200)"


@pytest.mark.parametrize(("part", "value"), [(0.0, 0), (0.5, 50), (0.99, 99), (1.0, 99)])
def test_percentile(part: float, value: int):
    assert percentile(reversed(range(100)), part) == value


def test_moments_are_counted_from_the_start_of_the_process():
    told = "usable 12.5 2048\nanything else that a program says\nplanned 13.0 4096\n"
    assert moments_told(told, 12.0) == {"usable": Moment(0.5, 2.0), "planned": Moment(1.0, 4.0)}


def test_a_start_finds_an_empty_home_and_a_shared_cache(tmp_path):
    found = variables({"HOME": "/of/the/user", "DBUS_SESSION_BUS_ADDRESS": "x"}, tmp_path, tmp_path / "h", "offscreen")
    assert found["HOME"] == str(tmp_path / "h") and found["XDG_DATA_HOME"].startswith(str(tmp_path / "h"))
    assert found["XDG_CACHE_HOME"] == str(tmp_path / "cache")
    assert "DBUS_SESSION_BUS_ADDRESS" not in found and found["DISPLAY"]


def test_the_peak_is_that_of_a_process_with_an_interpreter_and_this_test_in_it():
    assert peak_kilobytes() == 0 or peak_kilobytes() > 10_000
