"""Another day: what time changed is said, and a birthday makes no case and no file unreadable."""

import datetime
import json

from tests.desktop_app.window.desk import NOW

# isort: split
from desktop_app.settings.settings import Settings
from guideline_core.case import Case
from tests.desktop_app.window.filling import fill, write_case


def test_what_time_changed_is_said(desk, window):
    fill(window, {"patient.birth_date": datetime.date(2008, 12, 1), "lesion.category": "malignant"})
    window.close()
    desk.now = NOW + datetime.timedelta(days=30)
    again = desk.open()
    again.cases.open_number("2026-0001")
    keys = [row.key for row in again.content.plan_view.head.row_model.rows]
    assert keys[:2] == ["notice:time_changed", "notice:now_adult"]


BOTH = {"patient": {"birth_date": "2008-11-24", "age_years": 17}, "lesion": {"category": "malignant"}}
"""Agreed on the day of NOW, and no longer the day after."""


def test_a_birthday_makes_no_kept_case_unreadable(desk, window):
    store = desk.services.store.for_window()
    number = store.new_case(NOW)
    store.save(number, Case.model_validate(BOTH), {}, NOW)
    store.leave()
    desk.now = NOW + datetime.timedelta(days=1)
    window.cases.open_number(number)
    assert "leeftijd (17 jaar) is weggelaten" in desk.user.said[-1][1]
    assert "18 jaar" in window.content.banner.details.words
    assert window.document.case.patient.age_years is None
    window.document.answer("lesion.bone", "femur")
    assert window.autosave.is_kept
    assert desk.other_view().load(number).case.patient.age_years is None


def test_a_birthday_makes_no_file_unreadable(desk, window, tmp_path):
    desk.now = NOW + datetime.timedelta(days=1)
    window.files.open(write_case(tmp_path / "c.json", **BOTH))
    assert "weggelaten" in desk.user.said[-1][1] and "18 jaar" in window.content.banner.details.words
    assert window.document.plan.referral.destination == "expertise_centre"


def test_what_the_window_writes_has_no_age_beside_a_birth_date(desk, window, tmp_path):
    window.document.answer("patient.age_years", 17)
    window.document.answer("patient.birth_date", datetime.date(2008, 11, 24))
    desk.services.settings.change(Settings(told_of_plain_files=True))
    desk.user.files = [tmp_path / "a.json"]
    window.files.export()
    patient = json.loads((tmp_path / "a.json").read_text("utf-8"))["patient"]
    assert patient == {"birth_date": "2008-11-24"}
    assert desk.other_view().load(window.autosave.number).case.patient.age_years is None
    window.document.undo_stack.undo()
    assert window.document.case.patient.age_years == 17 and window.document.case.patient.birth_date is None


def test_at_midnight_the_plan_is_made_anew(desk, window):
    fill(window, {"patient.birth_date": datetime.date(2008, 11, 24), "lesion.category": "malignant"})
    assert "Máxima" in window.content.plan_view.head.row_model.rows[0].text
    desk.now = NOW + datetime.timedelta(days=1)
    window.day.look()
    assert not any(
        "Máxima" in row.text for row in window.content.plan_view.head.row_model.rows if row.key == "referral"
    )
    assert window.document.plan.reference_date == "2026-11-24"
