"""A plan that is not of today says so wherever it is read; a file of another day asks; a wrong clock is told."""

import datetime

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from desktop_app.exchange.made_paper import fhir_document, make_paper
from desktop_app.papers.letter.compose import compose_letter
from desktop_app.papers.letter.plain_text import letter_text
from desktop_app.papers.order import Paper
from guideline_core.case import Case
from tests.desktop_app.meeting.screen.looking import texts
from tests.desktop_app.window.desk import NOW
from tests.desktop_app.window.filling import fill, write_case

OLD = {
    "reference_date": "2015-01-01",
    "patient": {"family_name": "Oud", "birth_date": "2007-06-01"},
    "lesion": {"suspected": True, "category": "malignant"},
}
"""Seven years old on that day, nineteen now."""
ASKED = "Deze casus is voor 1 januari 2015, niet voor vandaag. Voor welke dag moet het plan gelden?"
SAID = "Peildatum 1 januari 2015"


def row_keys(window) -> list[str]:
    return [row.key for row in window.content.plan_view.head.row_model.rows]


def opened(desk, window, tmp_path, answer: str, case: dict[str, object] = OLD):
    desk.user.answers = {ASKED: answer}
    window.files.open(write_case(tmp_path / "c.json", **case))
    window.document.full_plan()
    return window


# --- a file of another day --------------------------------------------------------------------------------------------


def test_a_file_of_another_day_asks_and_is_planned_for_today(desk, window, tmp_path):
    opened(desk, window, tmp_path, "today")
    [question] = desk.user.asked
    assert question.safe == "today" and question.proposed is None and question.grave
    assert window.document.plan.reference_date == "2026-11-23"
    assert window.document.case.reference_date is None
    assert window.document.plan.referral.destination == "expertise_centre"
    assert "(19 jaar)" in window.content.banner.details.words and not window.content.banner.day.isVisible()
    assert row_keys(window)[:2] == ["notice:time_changed", "notice:now_adult"]


def test_a_file_can_keep_its_day_and_then_says_it(desk, window, tmp_path):
    opened(desk, window, tmp_path, "that_day")
    assert window.document.plan.referral.destination == "princess_maxima"
    assert "(7 jaar op 1 januari 2015)" in window.content.banner.details.words
    assert window.content.banner.day.isVisible() and window.content.banner.day.text() == SAID
    assert SAID in window.content.banner.accessibleName()
    assert row_keys(window)[0] == "day"
    desk.now += datetime.timedelta(minutes=1)
    window.day.look()  # a minute later it said that time had changed the plan
    assert not any(key.startswith("notice") for key in row_keys(window))


def test_a_file_of_today_is_not_asked_about(desk, window, tmp_path):
    window.files.open(write_case(tmp_path / "c.json", **{**OLD, "reference_date": "2026-11-23"}))
    assert not desk.user.asked and window.document.case.reference_date is None


def test_an_age_of_another_day_is_not_taken_for_that_of_today(desk, window, tmp_path):
    """Seven years then and no birth date: how old the patient is now is not known."""
    opened(desk, window, tmp_path, "today", {**OLD, "patient": {"age_years": 7}})
    assert window.document.case.patient.age_years is None
    assert "De leeftijd (7 jaar) is weggelaten, want zij gold op 1 januari 2015." in desk.said()
    assert window.document.plan.referral.destination == "undetermined"


def test_a_patient_born_after_today_is_planned_for_that_day_only(desk, window, tmp_path):
    case = {"reference_date": "2040-01-01", "patient": {"birth_date": "2030-06-01"}}
    window.files.open(write_case(tmp_path / "c.json", **case))
    assert not desk.user.asked and "kan niet voor vandaag gelden" in desk.said()
    assert window.content.banner.day.isVisible()


@pytest.mark.parametrize("answer", ["today", "that_day"])
def test_a_kept_case_of_another_day_asks_too(desk, window, answer):
    store = desk.services.store.for_window()
    number = store.new_case(NOW)
    store.save(number, Case.model_validate(OLD), {}, NOW)
    store.leave()
    desk.user.answers = {ASKED: answer}
    window.cases.open_number(number)
    assert len(desk.user.asked) == 1
    assert window.document.plan.reference_date == ("2026-11-23" if answer == "today" else "2015-01-01")
    assert window.autosave.is_kept
    assert desk.other_view().load(number).case == window.document.case


# --- everything made of it --------------------------------------------------------------------------------------------


def test_every_paper_says_of_which_day_it_is(desk, window, tmp_path):
    opened(desk, window, tmp_path, "that_day")
    preview = window.content.preview
    order = preview.order(Paper.LETTER)
    letter = compose_letter(order)
    text = letter_text(letter)
    assert text.index(SAID) < text.index("Oud") and "niet voor 23 november 2026" in " ".join(text.split())
    assert SAID in fhir_document(order, letter).decode()
    for paper in Paper:
        window.content.show_letter()
        preview.choices.choose_paper(paper)
        made = make_paper(preview.order(paper))
        preview._take(preview.order(paper), made)
        page = " ".join(preview._viewer.document.getAllText(0).text().split())
        assert (SAID if paper is not Paper.PATIENT else "dit geldt voor 1 januari 2015, niet voor vandaag") in page
        assert preview._viewer.document.pageCount() <= (1 if paper is not Paper.LETTER else 9)


def test_no_paper_of_today_says_a_day(desk, window, tmp_path):
    opened(desk, window, tmp_path, "today")
    order = window.content.preview.order(Paper.LETTER)
    assert order.other_day is None and "Peildatum" not in letter_text(compose_letter(order))


def test_the_meeting_says_it(desk, window, tmp_path):
    opened(desk, window, tmp_path, "that_day")
    window.meeting.toggle()
    assert SAID in texts(window.meeting.screen)


def test_a_day_chosen_in_the_wizard_is_said(desk, window):
    fill(window, {"lesion.category": "malignant", "reference_date": datetime.date(2026, 11, 1)})
    assert window.content.banner.day.text() == "Peildatum 1 november 2026" and row_keys(window)[0] == "day"
    window.document.answer("reference_date", None)
    assert not window.content.banner.day.isVisible() and row_keys(window)[0] != "day"


# --- the clock --------------------------------------------------------------------------------------------------------

WRONG = "de klok van de computer klopt niet"


@pytest.mark.parametrize("year", [2020, 2040])
def test_a_clock_from_before_the_guideline_or_long_after_it_is_told(desk, year):
    desk.now = datetime.datetime(year, 1, 1, 9, tzinfo=datetime.UTC)
    window = desk.open()
    fill(window, {"patient.birth_date": datetime.date(2004, 1, 1), "lesion.category": "malignant"})
    desk.bot.waitUntil(lambda: f"De klok van deze computer staat op 1 januari {year}" in desk.said())
    assert WRONG in window.content.banner.day.text()
    assert row_keys(window)[0] == "day" or row_keys(window)[1] == "day"
    order = window.content.preview.order(Paper.LETTER)
    assert WRONG in letter_text(compose_letter(order))
    assert desk.said().count("De klok van deze computer") == 1


def test_a_clock_from_before_the_last_kept_answer_is_told(desk, window):
    fill(window, {"patient.birth_date": datetime.date(2008, 11, 24), "lesion.category": "malignant"})
    window.close()
    desk.services.last_kept = None  # another start of the program
    desk.now = NOW - datetime.timedelta(days=40)
    again = desk.open()
    desk.bot.waitUntil(lambda: "De klok van deze computer staat op 14 oktober 2026" in desk.said())
    fill(again, {"lesion.category": "malignant"})
    assert WRONG in again.content.banner.day.text()
    desk.now = NOW + datetime.timedelta(minutes=5)
    again.day.look()
    assert not again.content.banner.day.isVisible()  # the clock was set right


def test_a_clock_that_is_set_back_is_told_in_the_right_words(desk, window):
    fill(window, {"patient.birth_date": datetime.date(2008, 11, 23), "lesion.category": "malignant"})
    window.document.full_plan()
    desk.now = NOW - datetime.timedelta(days=30)
    window.day.look()
    assert row_keys(window)[:3] == ["day", "notice:earlier_day", "notice:child_again"]
    assert "De klok van deze computer staat op 24 oktober 2026" in desk.said()
