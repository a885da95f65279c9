"""What the last answer changed, on the screen: marked on its rows, said above the plan, told to a screen reader."""

import datetime

import pytest

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from desktop_app.looks import announcing
from desktop_app.plan.view.change_line import LINES, elided, line_starts
from desktop_app.plan.view.row import Kind
from guideline_core.case import Case

ADULT = {
    "setting": "hospital",
    "patient": {"birth_date": "1984-05-01"},
    "lesion": {"suspected": True, "origin": "primary"},
}
AGREED = {
    **ADULT,
    "lesion": {"suspected": True, "origin": "primary", "category": "malignant"},
    "imaging": {"xray": {"done": True, "two_views": True}},
    "consultation": {"expertise_centre_consulted": True},
    "biopsy": {"status": "considered", "in_or_with_expertise_centre": True, "route_agreed": True},
}
NONE = phrases().get("plan", "turn", "nothing").rstrip(".").lower()


def begin(window, case=ADULT):
    window.document.load(Case.model_validate(case))
    window.document.full_plan()


def answer(window, path, value):
    window.document.answer(path, value)
    window.document.full_plan()


def marks(window) -> dict[str, str]:
    view = window.content.plan_view
    return {row.key: row.mark for rows in (view.head, view.body) for row in rows.row_model.rows if row.mark}


def sentence(window) -> str:
    return window.content.plan_view.change_line.sentence


def test_a_malignant_lesion_of_an_adult_is_referred_by_phone_and_marked(window):
    begin(window)
    answer(window, "lesion.category", "malignant")
    said = sentence(window)
    assert said.startswith("Door ‘") and "kwaadaardig" in said.split("’")[0]
    assert "verwijzing wordt: verwijzen, expertisecentrum voor bottumoren, met spoed" in said
    assert marks(window)["referral"] == "Gewijzigd"
    row = window.content.plan_view.head.row_model.rows[0]
    assert row.spoken.startswith("Gewijzigd. ")
    assert window.content.plan_view.change_line.label.accessibleName() == said


def test_an_mri_that_was_made_no_longer_holds_up_the_biopsy(window):
    begin(window, AGREED)
    answer(window, "imaging.mri.contrast", True)
    found = marks(window)
    assert found["advice:imaging.mri_contrast:do"] == "Nu gedaan"
    assert found["advice:biopsy.perform:do"] == "Wacht op minder"
    assert "(niet meer op MRI met contrast" in sentence(window)
    assert any(row.kind is Kind.GONE and row.key.startswith("gone:alert.biopsy_before_mri") for row in body(window))


def body(window):
    return window.content.plan_view.body.row_model.rows


def test_loading_a_case_marks_nothing(window):
    begin(window)
    answer(window, "lesion.category", "malignant")
    assert marks(window) and sentence(window)
    begin(window, AGREED)
    assert marks(window) == {} and sentence(window) == ""
    assert not any(row.kind is Kind.GONE for row in body(window))


def test_undo_and_redo_mark_their_own_effect(window):
    begin(window)
    answer(window, "lesion.category", "malignant")
    forward = marks(window)
    window.document.undo_stack.undo()
    assert marks(window)["referral"] == "Gewijzigd"
    assert "niet bekend" in sentence(window) and "Weer open" in marks(window).values()
    window.document.undo_stack.redo()
    assert marks(window) == forward


def test_an_answer_that_changes_nothing_says_so_and_leaves_the_marks(window):
    begin(window)
    answer(window, "lesion.category", "malignant")
    before = marks(window)
    answer(window, "patient.sex", "female")
    assert NONE in sentence(window) and marks(window) == before
    assert "De merken horen bij ‘Soort afwijking: vermoedelijk kwaadaardig’" in sentence(window)
    answer(window, "patient.family_name", "Vermeulen")
    assert "Vermeulen" not in sentence(window)  # the sentence is spoken aloud


def test_several_key_strokes_in_one_field_are_one_answer(window):
    """A child of 1 and one of 14 are referred alike: what counts is the age before the first key, which was unknown."""
    begin(window, {**AGREED, "patient": {}})
    answer(window, "patient.age_years", 1)
    first = marks(window)
    assert first["referral"] == "Gewijzigd"
    answer(window, "patient.age_years", 14)
    assert marks(window) == first
    answer(window, "patient.age_years", None)
    assert marks(window) == {} and NONE in sentence(window)


def test_a_birth_date_is_not_spoken_aloud(window):
    begin(window, {**AGREED, "patient": {}})
    answer(window, "patient.birth_date", datetime.date(2012, 2, 3))
    assert sentence(window).startswith("Door ‘Geboortedatum’ – ") and "2012" not in sentence(window)


def test_a_date_that_names_nobody_is_spoken(window):
    begin(window)
    answer(window, "biopsy.date", datetime.date(2026, 11, 3))
    assert "3 november 2026" in sentence(window)


def test_another_day_marks_nothing(window):
    begin(window)
    answer(window, "lesion.category", "malignant")
    window.document.replan()
    assert marks(window) == {} and sentence(window) == ""


def test_reasons_that_follow_leave_the_marks(window):
    begin(window)
    window.document.answer("lesion.category", "malignant")
    bare = marks(window)
    window.document.full_plan()
    assert marks(window) == bare != {}


def test_the_change_is_announced_once_after_the_last_key(window, qtbot: QtBot, monkeypatch):
    told = []
    monkeypatch.setattr(announcing, "_send", lambda event: told.append(event.message()))
    begin(window, {**AGREED, "patient": {}})
    for age in (1, 14):
        answer(window, "patient.age_years", age)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    assert told == [sentence(window)]


def test_a_long_sentence_is_cut_to_its_lines_and_can_be_unfolded(window, qtbot):
    begin(window, AGREED)
    answer(window, "lesion.origin", "metastasis")
    line = window.content.plan_view.change_line
    assert line.more.isVisible() and line.label.text().endswith("…")
    low = line.height()
    line.more.click()
    assert line.label.text() == line.sentence
    qtbot.waitUntil(lambda: line.height() > low)
    answer(window, "patient.sex", "female")
    assert not line.is_unfolded


@pytest.mark.parametrize("width", [150.0, 400.0])
def test_what_is_cut_fits(qapp, width):
    font, text = QFont(), "woord en nog een woord, " * 20
    cut = elided(text, font, width, LINES)
    assert cut.endswith("…") and len(line_starts(cut, font, width)) <= LINES
    assert elided("kort", font, width, LINES) == "kort"
