"""Which cases a meeting goes through, and on which screen: without Qt."""

import datetime

import pytest

from desktop_app.meeting.round import Round, RoundCase, cases_of_round
from desktop_app.meeting.screen.screen_choice import screen_for_meeting

DAY = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)


def kept(*numbers: str) -> list[RoundCase]:
    return [RoundCase(number, DAY) for number in numbers]


def numbers(found: tuple[RoundCase, ...]) -> list[str]:
    return [case.number for case in found]


def test_each_case_comes_once_and_by_number():
    found = cases_of_round(["2026-0010", "2026-0002"], kept("2026-0010", "2025-0031", "2026-0009"))
    assert numbers(found) == ["2025-0031", "2026-0002", "2026-0009", "2026-0010"]
    assert [case.changed for case in found] == [DAY, None, DAY, DAY]


def test_a_case_without_number_comes_last():
    assert numbers(cases_of_round([""], kept("2026-0001"))) == ["2026-0001", ""]


def test_no_more_recent_cases_than_the_menu_shows_but_every_window():
    many = [f"2026-{place:04}" for place in range(40, 20, -1)]
    found = numbers(cases_of_round(["2026-0001"], kept(*many)))
    assert found == ["2026-0001", *sorted(many[:9])]


def test_a_round_begins_at_a_case_and_goes_on_and_back():
    led = Round(kept("2026-0001", "2026-0002", "2026-0003"), "2026-0002")
    assert (led.current.number, led.place, led.count) == ("2026-0002", 2, 3)
    assert led.step(1) and (led.current.number, led.place) == ("2026-0003", 3)
    assert led.step(-2) and (led.current.number, led.place) == ("2026-0001", 1)


@pytest.mark.parametrize(("first", "by"), [("2026-0001", -1), ("2026-0002", 1)])
def test_before_the_first_and_after_the_last_case_there_is_none(first, by):
    led = Round(kept("2026-0001", "2026-0002"), first)
    assert not led.step(by) and led.current.number == first


def test_a_round_begins_at_none_of_other_cases():
    with pytest.raises(ValueError, match="not in"):
        Round(kept("2026-0001"), "2026-0007")


def test_the_screen_is_another_one_when_there_is_another():
    laptop, beamer, third = "laptop", "beamer", "third"
    assert screen_for_meeting([laptop, beamer], laptop) == beamer
    assert screen_for_meeting([laptop, beamer], beamer) == laptop
    assert screen_for_meeting([laptop, beamer, third], laptop) == beamer
    assert screen_for_meeting([laptop], laptop) == laptop
    assert screen_for_meeting([], None) is None
