"""The full screen by keys and mouse: who it is stays hidden, and answers change the plan."""

import datetime

import pytest

from tests.desktop_app.meeting.cases import IDENTITY, UNDECIDED, in_meeting
from tests.desktop_app.plan.view.documents import edition, phrases
from tests.desktop_app.pseudo_language import pseudo

# isort: split
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from guideline_core.case import Case
from tests.desktop_app.meeting.screen.looking import named_in, press, texts
from tests.desktop_app.window.test_language import data_of, found_in, mnemonics, twice


@pytest.fixture
def meeting(desk):
    return in_meeting(desk)


# --- what is on it ----------------------------------------------------------------------------------------------------


def test_the_decision_of_the_plan_is_on_the_screen(meeting):
    _, screen = meeting
    shown = texts(screen)
    for words in (
        "Verwijzen: Prinses Máxima Centrum",
        "Met spoed",
        "Geen biopsie vóór advies",
        "14 jaar",
        "Telefonisch",
    ):
        assert words in shown
    for words in ("Conceptrichtlijn", "geen CE-markering", "advies aan artsen", "dijbeen (femur), links"):
        assert words in shown


def test_of_a_part_of_the_skeleton_its_bones_are_outlined(desk):
    window, screen = in_meeting(desk, Case.model_validate({"lesion": {"category": "malignant", "region": "spine"}}))
    assert "omlijnd is: wervelkolom" in screen.sheet.skeleton.accessibleName()
    window.document.answer("lesion.region", "pelvis")
    assert "omlijnd is: bekken" in screen.sheet.skeleton.accessibleName()


# --- who it is --------------------------------------------------------------------------------------------------------


def test_nobody_is_named_until_it_is_switched_on(desk, meeting):
    _, screen = meeting
    assert named_in(screen) == []
    press(screen, Qt.Key.Key_I)
    assert {"Vermeulen", "1000001"} <= set(named_in(screen))
    assert not any(word in screen.windowTitle() for word in IDENTITY)
    press(screen, Qt.Key.Key_I)
    assert named_in(screen) == []
    screen.head.buttons["identity"].click()
    assert "Vermeulen" in named_in(screen)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_and_no_question_names_anybody(desk, language):
    desk.services.phrases = phrases(language)
    _, screen = in_meeting(desk)
    paths = [unknown.path for unknown in screen.sheet._unknowns]
    assert len(paths) > 5
    for path in paths:
        screen.open_answer(path)
        assert named_in(screen) == []
        screen.close_answer()
    for _ in range(screen.sheet.options.pages):
        screen.sheet.options.turn_page()
        assert named_in(screen) == []


def test_it_is_hidden_when_nobody_touches_the_program(meeting):
    window, screen = meeting
    screen.toggle_identity()
    window.idle.idle.emit()
    assert screen.isVisible() and named_in(screen) == []


def test_the_age_may_be_known_but_not_the_birth_date(meeting):
    _, screen = meeting
    assert "14 jaar" in screen.head.case.text()


# --- answering --------------------------------------------------------------------------------------------------------


def test_an_answer_by_key_changes_plan_and_sentence_and_is_kept(desk):
    window, screen = in_meeting(desk, UNDECIDED)
    decision = screen.sheet.cells[1].texts[1].text()
    assert screen.sheet.first_question == "lesion.category"
    press(screen, Qt.Key.Key_Space)
    assert screen.is_answering
    press(screen, Qt.Key.Key_Left)  # an arrow walks among the answers now: no other case, no answer
    assert screen.is_answering and window.document.case == UNDECIDED
    press(screen, Qt.Key.Key_6)
    assert window.document.case.lesion.category == "malignant" and not screen.is_answering
    assert screen.sheet.cells[1].texts[1].text() == "Verwijzen: Prinses Máxima Centrum" != decision
    assert screen.sheet.sentence.text().startswith(
        "Soort afwijking: vermoedelijk kwaadaardig. Verwijzing wordt: verwijzen"
    )
    assert desk.other_view().load(window.autosave.number).case.lesion.category == "malignant"
    press(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.document.case == UNDECIDED
    assert screen.sheet.cells[1].texts[1].text() == decision
    assert screen.sheet.sentence.text().startswith("Soort afwijking weer open.")
    press(screen, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert window.document.case.lesion.category == "malignant"
    screen.sheet.undo.click()
    assert window.document.case == UNDECIDED


def test_no_part_of_it_becomes_a_window_of_its_own(desk):
    of_other_tests = set(QApplication.topLevelWidgets())
    window, screen = in_meeting(desk, UNDECIDED)
    window.document.answer("lesion.category", "malignant")
    QTest.qWait(30)
    shown = {each for each in QApplication.topLevelWidgets() if each.isVisible()}
    assert shown - of_other_tests == {window, screen}


def test_esc_closes_the_list_of_names_before_the_question(desk):
    window, screen = in_meeting(desk, UNDECIDED)
    screen.open_answer("lesion.entity")
    for letter in "osteosarcoom":
        press(screen, letter)
    line = screen.focusWidget()
    assert line.list_is_open
    press(screen, Qt.Key.Key_Escape)
    assert screen.is_answering and not line.list_is_open
    press(screen, "s")
    press(screen, Qt.Key.Key_Backspace)
    press(screen, Qt.Key.Key_Return)
    assert window.document.case.lesion.entity == "osteosarcoma" and not screen.is_answering


def test_any_unknown_can_be_answered_by_mouse(desk):
    window, screen = in_meeting(desk, UNDECIDED)
    paths = [unknown.path for unknown in screen.sheet._unknowns]
    place = paths.index("lesion.suspected")
    screen.sheet.unknowns.entries[place].click()
    field = screen.sheet.panel.field
    assert field.path == "lesion.suspected"
    field.input.options[0].click()
    assert window.document.case.lesion.suspected is True and not screen.is_answering


def test_an_answer_that_changes_nothing_says_so(desk):
    window, screen = in_meeting(desk)
    window.document.answer("lesion.size_mm", (30,))
    assert screen.sheet.sentence.text().endswith(phrases().get("plan", "turn", "nothing"))


@pytest.mark.parametrize(
    ("path", "value"), [("patient.birth_date", datetime.date(1991, 9, 30)), ("patient.family_name", "Aksoy")]
)
def test_the_sentence_names_nobody(desk, path, value):
    window, screen = in_meeting(desk, UNDECIDED)
    window.document.answer(path, value)
    assert screen.sheet.sentence.text()
    assert not [word for word in ("Aksoy", "1991") if word in texts(screen)]


def test_the_sentence_says_a_date_that_names_nobody(desk):
    window, screen = in_meeting(desk, UNDECIDED)
    window.document.answer("biopsy.date", datetime.date(2026, 11, 3))
    assert "3 november 2026" in screen.sheet.sentence.text()


def test_without_a_plan_there_is_no_advice(desk, monkeypatch):
    window, screen = in_meeting(desk)
    monkeypatch.setattr("desktop_app.meeting.screen.meeting_screen.meeting_content", lambda making, skeleton: 1 / 0)
    window.document.answer("lesion.category", "benign_active")
    assert "geen advies" in screen.sheet.failure.text()
    assert "Prinses Máxima" not in texts(screen) and named_in(screen) == []


# --- words ------------------------------------------------------------------------------------------------------------


def test_every_word_comes_from_the_phrases(desk):
    desk.services.phrases = pseudo(phrases())
    window, screen = in_meeting(desk, UNDECIDED)
    data = (*data_of(window), *edition().texts.statements)
    assert found_in(screen, data) == set()
    screen.toggle_identity()
    window.document.answer("lesion.category", "malignant")
    screen.open_next_question()
    assert found_in(screen, (*data, "Smit")) == set()


def test_a_word_from_elsewhere_is_noticed(desk):
    desk.services.phrases = pseudo(phrases())
    window, screen = in_meeting(desk, UNDECIDED)
    screen.sheet.certainty.setText("Zeker")
    assert any("Zeker" in words for words in found_in(screen, data_of(window)))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_two_keys_clash(desk, language):
    desk.services.phrases = phrases(language)
    _, screen = in_meeting(desk)
    assert twice(mnemonics(screen)) == []


def test_everything_that_can_be_pressed_has_a_name(desk):
    _, screen = in_meeting(desk, UNDECIDED)
    for is_asking in (False, True):
        if is_asking:
            screen.open_next_question()
        stops = [
            each
            for each in screen.findChildren(QWidget)
            if each.isVisibleTo(screen) and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert len(stops) > 4
        unnamed = [each for each in stops if not each.accessibleName() and not getattr(each, "text", str)()]
        assert unnamed == []
    assert screen.sheet.skeleton.accessibleName() and screen.sheet.pathway.accessibleName()
