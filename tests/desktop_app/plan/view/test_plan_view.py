"""The plan on the screen: what counts is seen without scrolling, and there is never a plan for other answers."""

import pytest

from tests.case_deck import deck
from tests.desktop_app.plan.view.documents import Document, phrases
from tests.desktop_app.plan.view.shown import shown_view

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.looks.drawing.role import Role
from desktop_app.looks.palette import DARK, LIGHT
from desktop_app.plan.view.plan_view import PlanView
from desktop_app.plan.view.row import Kind
from desktop_app.plan.view.sign import Sign
from guideline_core.case import Case
from guideline_core.planning import Planner

"""What the plan gets of a window of 1366 by 768."""


def case_of(**groups: object) -> Case:
    return Case.model_validate(groups)


MALIGNANT = {"category": "malignant", "entity": "osteosarcoma", "bone": "femur"}


@pytest.fixture
def document(planner: Planner) -> Document:
    return Document(planner, case_of(lesion=MALIGNANT))


@pytest.fixture
def view(qtbot: QtBot, document: Document) -> PlanView:
    return shown_view(qtbot, document)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def unseen(view: PlanView) -> list[str]:
    """The rows of the head that are not wholly on the screen."""
    rows = view.head.row_model.rows
    viewport = view.head.viewport()
    inside = viewport.rect()
    assert view.rect().contains(view.head.geometry())
    return [row.key for row in rows if not inside.contains(view.head.rectangle_of(row.key))]


def test_head_is_seen_at_a_larger_text(qtbot, document, view):
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    view.setFont(font)
    for case in deck()[::5]:
        document.change(case.case, explain=False)
        settle()
        assert unseen(view) == [], case.name


def test_plan_follows_the_answers(document, view):
    document.change(case_of(patient={"age_years": 40}, lesion={"category": "benign_indolent"}))
    first = view.head.row_model.rows[0]
    assert first.kind is Kind.DECISION and "Advies vragen" in first.text
    document.change(case_of(patient={"age_years": 40}, lesion=MALIGNANT))
    first = view.head.row_model.rows[0]
    assert "Verwijzen" in first.text and "expertisecentrum" in first.text and first.sign is Sign.URGENT


def test_stop_comes_and_goes(document, view):
    considered = case_of(lesion=MALIGNANT, biopsy={"status": "considered"})
    document.change(considered)
    assert any(row.sign is Sign.STOP for row in view.head.row_model.rows)
    document.change(case_of(lesion=MALIGNANT))
    assert not any(row.sign is Sign.STOP for row in view.head.row_model.rows)


# --- never a plan for other answers ---------------------------------------------------------------------------------


def shows_nothing(view: PlanView) -> bool:
    empty = not view.head.row_model.rows and not view.body.row_model.rows
    return empty and not view.shows_plan and view.failure.isVisible() and not view.next_question.isEnabled()


def test_failed_planning_leaves_no_old_plan(document, view):
    document.planning_failed.emit()
    assert shows_nothing(view)
    document.change(case_of(lesion={"category": "malignant"}))
    assert view.shows_plan


def test_an_answer_without_a_plan_leaves_no_old_plan(qtbot, document, view):
    document.failure = ValueError("no plan")
    document.answered.emit(("lesion.category",))
    settle()
    assert shows_nothing(view)


def test_an_answer_whose_plan_was_not_told_is_shown_all_the_same(document, view):
    document.change(case_of(lesion={"category": "do_not_touch"}), explain=False, tell_plan=False)
    settle()
    texts = [row.text for row in view.head.row_model.rows]
    assert view._plan is document.plan
    assert not any("met spoed" in text for text in texts)


def test_a_plan_that_cannot_be_drawn_leaves_no_old_plan(document, view, monkeypatch):
    def broken(*_: object) -> None:
        raise KeyError("no phrase")

    monkeypatch.setattr(view._maker, "rows", broken)
    document.change(case_of(lesion={"category": "malignant"}))
    assert shows_nothing(view)
    monkeypatch.undo()
    view.show_current_plan()
    assert view.shows_plan


def test_a_view_on_a_document_without_plan(qtbot, planner):
    document = Document(planner, Case())
    document.failure = ValueError("no plan")
    assert shows_nothing(shown_view(qtbot, document))


# --- next question --------------------------------------------------------------------------------------------------


def test_one_key_goes_to_the_next_question(qtbot, document, view):
    field = document.plan.open_questions[0].field
    assert phrases().question(field) in view.next_question.accessibleName()
    with qtbot.waitSignal(view.question_activated) as told:
        qtbot.keyClick(view, Qt.Key.Key_F6)
    assert told.args == [field]


def test_a_bare_plan_asks_nothing(document, view):
    document.change(case_of(lesion={"category": "intermediate"}), explain=False)
    assert not view.next_question.isEnabled()
    document.explained.emit(document.planner.make_plan(document.case, document.case.reference_date or _day()))
    assert view.next_question.isEnabled()


def _day():
    from tests.desktop_app.plan.view.documents import DAY

    return DAY


def test_no_question_left_is_said(document, view):
    document.change(case_of(lesion={"origin": "metastasis", "bone": "femur"}))
    if not document.plan.open_questions:
        assert view.next_question.question.text() == phrases().notice("no_open_questions")


def test_the_question_is_never_cut(qtbot, document, view):
    seen = set()
    for case in deck()[::6]:
        document.change(case.case)
        questions = document.plan.open_questions
        if questions and questions[0].field not in seen:
            seen.add(questions[0].field)
            settle()
            label = view.next_question.question
            assert label.height() >= label.heightForWidth(label.width()), questions[0].field
    assert len(seen) > 4


# --- why ------------------------------------------------------------------------------------------------------------


def click_row(qtbot: QtBot, rows, key: str) -> None:
    index = rows.row_model.index(rows.row_model.place_of(key))
    rows.scrollTo(index)
    settle()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.rectangle_of(key).center())


KEY = "advice:imaging.xray_two_views:do"


def test_a_click_opens_why_and_another_closes_it(qtbot, view):
    click_row(qtbot, view.body, KEY)
    assert view.body.row_model.place_of(f"{KEY}/because") is not None
    click_row(qtbot, view.body, KEY)
    assert view.body.row_model.place_of(f"{KEY}/because") is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Right])
def test_keys_open_why(qtbot, view, key):
    view.body.setCurrentIndex(view.body.row_model.index(view.body.row_model.place_of(KEY)))
    qtbot.keyClick(view.body, key)
    assert view.body.row_model.place_of(f"{KEY}/because") is not None
    assert view.body.currentIndex().row() == view.body.row_model.place_of(KEY)
    qtbot.keyClick(view.body, Qt.Key.Key_Left)
    assert view.body.row_model.place_of(f"{KEY}/because") is None


def test_what_was_opened_stays_open_with_new_answers(qtbot, document, view):
    click_row(qtbot, view.body, KEY)
    document.change(case_of(lesion={"category": "intermediate"}))
    assert view.body.row_model.place_of(f"{KEY}/guideline") is not None


def test_an_answer_in_why_leads_to_its_field(qtbot, view):
    click_row(qtbot, view.head, "referral")
    row = next(row for row in view.head.row_model.rows if row.kind is Kind.WHY_FIELD)
    with qtbot.waitSignal(view.question_activated) as told:
        click_row(qtbot, view.head, row.key)
    assert told.args == [row.path]


def test_typed_text_is_never_markup(document, view):
    static = view.body._delegate.measured(view.body.row_model.rows[1], 500).paragraphs[0].text
    assert static.textFormat() == Qt.TextFormat.PlainText


# --- the hour -------------------------------------------------------------------------------------------------------


def test_a_firm_advice_that_an_answer_takes_back_is_said(document, view):
    document.change(case_of(lesion={"category": "malignant"}))
    document.change(
        case_of(lesion={"category": "malignant"}, consultation={"expertise_centre_consulted": True}),
        "consultation.expertise_centre_consulted",
    )
    assert view.head.row_model.rows[0].key == "notice:firm_advice_changed"
    document.change(document.case, "complaints.swelling")
    assert view.head.row_model.place_of("notice:firm_advice_changed") is None


def test_another_case_is_no_change_of_advice(document, view):
    document.change(case_of(lesion={"category": "benign_active"}), "lesion.category", "patient.age_years")
    assert view.head.row_model.place_of("notice:firm_advice_changed") is None


def test_notices_of_time_stand_on_top(view):
    view.say(("time_changed", "now_adult"))
    assert [row.key for row in view.head.row_model.rows[:2]] == ["notice:time_changed", "notice:now_adult"]


# --- for everyone ---------------------------------------------------------------------------------------------------


def test_a_screen_reader_hears_everything(view):
    for rows in (view.head, view.body):
        assert rows.accessibleName()
        for place, row in enumerate(rows.row_model.rows):
            spoken = rows.row_model.index(place).data(Qt.ItemDataRole.AccessibleTextRole)
            assert row.text.rstrip(".") in spoken
            assert row.sign_words in spoken
    assert view.accessibleName() and view.next_question.accessibleName()


def luminance(colour) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_contrast_is_enough(palette):
    inks = (Role.INK, Role.QUIET, Role.ACCENT, Role.STOP, Role.CAUTION, Role.DONE, Role.DEPENDS)
    pairs = [(ink, ground) for ink in inks for ground in (Role.SURFACE, Role.RAISED, Role.WINDOW)]
    pairs += [(Role.STOP, Role.STOP_SURFACE), (Role.INK, Role.STOP_SURFACE), (Role.CAUTION, Role.CAUTION_SURFACE)]
    pairs += [(Role.INK, Role.ACCENT_SURFACE), (Role.ACCENT, Role.ACCENT_SURFACE), (Role.ON_ACCENT, Role.ACCENT)]
    for ink, ground in pairs:
        high, low = sorted((luminance(palette[ink]), luminance(palette[ground])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, (palette.name, ink, ground)


def test_dark_is_drawn_too(view):
    view.use_palette(DARK)
    settle()
    image = view.grab().toImage()
    assert image.pixelColor(1, image.height() - 5).lightness() < 128  # beside the words
