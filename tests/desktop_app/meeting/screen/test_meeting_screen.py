"""The full screen by keys and mouse: who it is stays hidden, cases follow each other, answers change the plan."""

import datetime
import subprocess
import sys

import pytest

from tests.desktop_app.meeting.cases import CHILD, IDENTITY, SHOWN, UNDECIDED, in_meeting
from tests.desktop_app.plan.view.documents import edition, phrases
from tests.desktop_app.pseudo_language import all_texts, pseudo

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.settings.settings import Settings
from guideline_core.case import Case
from tests.checkout import CHECKOUT
from tests.desktop_app.window.test_language import data_of, found_in, mnemonics, twice


def press(widget, key, *modifiers) -> None:
    """A key, to where the cursor is."""
    widget.activateWindow()
    QTest.qWait(1)
    QTest.keyClick(widget.focusWidget() or widget, key, *modifiers)


def texts(screen: QWidget) -> str:
    return " | ".join([screen.windowTitle(), *(text for _, _, text in all_texts(screen))])


def named_in(screen: QWidget) -> list[str]:
    return [word for word in IDENTITY if word in texts(screen)]


@pytest.fixture
def meeting(desk):
    return in_meeting(desk)


# --- opening and leaving ----------------------------------------------------------------------------------------------


def test_f11_opens_and_leaves(desk, window):
    window.autosave.start_case(CHILD)
    press(window, Qt.Key.Key_F11)
    screen = window.meeting.screen
    assert screen is not None and screen.isVisible() and screen.isFullScreen()
    press(screen, Qt.Key.Key_F11)
    assert window.meeting.screen is None and not screen.isVisible()
    window.menu.actions["meeting"].trigger()
    screen = window.meeting.screen
    press(screen, Qt.Key.Key_Escape)
    assert window.meeting.screen is None and not screen.isVisible()


def test_esc_leaves_the_answer_first(desk):
    _, screen = in_meeting(desk, UNDECIDED)
    press(screen, Qt.Key.Key_F6)
    assert screen.is_answering
    press(screen, Qt.Key.Key_Escape)
    assert not screen.is_answering and screen.isVisible()
    press(screen, Qt.Key.Key_Escape)
    assert not screen.isVisible()


def test_f1_opens_the_chapter_of_the_meeting_also_while_an_answer_is_given(desk):
    window, screen = in_meeting(desk, UNDECIDED)
    for prepare in (lambda: None, screen.open_next_question):
        prepare()
        press(screen, Qt.Key.Key_F1)
        assert window.help.opened.isVisible()
        assert window.help.opened.page.toPlainText().startswith("In het MDO")
        window.help.opened.close()
    assert screen.is_answering and screen.isVisible()


def test_closing_the_window_closes_the_meeting(meeting):
    window, screen = meeting
    window.close()
    assert window.meeting.screen is None and not screen.isVisible()


def test_closing_the_window_whose_case_is_shown_closes_the_meeting(desk):
    window, _ = in_meeting(desk)
    window.meeting.leave()
    other = desk.open()
    other.autosave.start_case(UNDECIDED)
    window.meeting.toggle()
    screen = window.meeting.screen
    press(screen, Qt.Key.Key_Right)
    assert "2026-0002" in screen.windowTitle()
    other.close()
    assert window.meeting.screen is None and not screen.isVisible()


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


def test_nothing_is_imported_for_it_before_it_is_opened():
    loaded = "[name for name in sys.modules if name.startswith('desktop_app.meeting')]"
    asked = f"import sys, desktop_app.window.main_window; print({loaded})"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=CHECKOUT)
    assert told.stdout.strip() == "[]"


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


def test_it_is_hidden_again_at_the_next_case(desk):
    window, screen = in_meeting(desk)
    other = desk.open()
    other.autosave.start_case(SHOWN["adult_with_giant_cell_tumour"])
    window.meeting.toggle()
    window.meeting.toggle()
    screen = window.meeting.screen
    press(screen, Qt.Key.Key_I)
    assert screen.shows_identity
    press(screen, Qt.Key.Key_Right)
    assert "2026-0002" in texts(screen) and not screen.shows_identity and "Aksoy" not in texts(screen)
    press(screen, Qt.Key.Key_Left)
    assert "2026-0001" in texts(screen) and named_in(screen) == []


def test_it_is_hidden_when_nobody_touches_the_program(meeting):
    window, screen = meeting
    screen.toggle_identity()
    window.idle.idle.emit()
    assert screen.isVisible() and named_in(screen) == []


def test_the_age_may_be_known_but_not_the_birth_date(meeting):
    _, screen = meeting
    assert "14 jaar" in screen.head.case.text()


# --- from case to case ------------------------------------------------------------------------------------------------


def kept_cases(desk) -> dict[str, object]:
    store = desk.other_view()
    return {number: (store.load(number).case, store.load(number).changed) for number in store.all_numbers()}


def test_arrows_go_through_windows_and_kept_cases_and_change_nothing(desk):
    window = desk.open()
    for case in (CHILD, SHOWN["adult_with_giant_cell_tumour"], UNDECIDED):
        desk.now += datetime.timedelta(minutes=1)
        window.autosave.start_case(case)
    other = desk.open()
    other.autosave.start_case(SHOWN["adult_with_spinal_metastases"])
    before = kept_cases(desk)
    desk.now += datetime.timedelta(hours=1)
    window.meeting.toggle()
    screen = window.meeting.screen
    seen = [screen.windowTitle()]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, *[Qt.Key.Key_Left] * 5):
        press(screen, key)
        seen.append(screen.windowTitle())
    places = [3, 4, 4, 3, 2, 1, 1, 1]
    assert seen == [f"MDO – casus 2026-{place:04}" for place in places]
    assert "osteosarcoom" in texts(screen)
    window.meeting.leave()
    assert kept_cases(desk) == before and len(before) == 4
    assert window.autosave.number == "2026-0003" and window.document.case == UNDECIDED
    window.cases.open_number("2026-0001")  # nobody holds it any more
    assert desk.opened[-1].autosave.number == "2026-0001" and not desk.user.asked


def test_a_case_that_is_open_elsewhere_is_not_shown(desk):
    window = desk.open()
    window.autosave.start_case(CHILD)
    window.autosave.start_case(UNDECIDED)
    elsewhere = desk.other_view()
    elsewhere.open_case("2026-0001", desk.now)
    window.meeting.toggle()
    screen = window.meeting.screen
    press(screen, Qt.Key.Key_Left)
    assert "2026-0001" in screen.sheet.failure.text() and "osteosarcoom" not in texts(screen)
    assert not screen.sheet.cells[0].isVisibleTo(screen)
    press(screen, Qt.Key.Key_Right)
    assert not screen.sheet.failure.isVisibleTo(screen) and screen.sheet.cells[0].isVisibleTo(screen)


def test_the_first_and_the_last_case_have_no_further_button(meeting):
    _, screen = meeting
    assert not screen.head.buttons["previous"].isEnabled() and not screen.head.buttons["next"].isEnabled()
    assert screen.head.place.text() == "1 van 1"


def test_another_case_in_the_window_closes_the_meeting(meeting):
    window, screen = meeting
    window.autosave.start_case(UNDECIDED)
    assert window.meeting.screen is None and not screen.isVisible()


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


def test_an_answer_to_a_visited_case_is_kept_with_that_case(desk):
    window = desk.open()
    window.autosave.start_case(UNDECIDED)
    window.autosave.start_case(CHILD)
    window.meeting.toggle()
    screen = window.meeting.screen
    press(screen, Qt.Key.Key_Left)
    press(screen, Qt.Key.Key_F6)
    press(screen, Qt.Key.Key_6)
    assert "Prinses Máxima" in texts(screen)
    assert desk.other_view().load("2026-0001").case.lesion.category == "malignant"
    press(screen, Qt.Key.Key_Right)
    assert screen.sheet.sentence.text() == "" and window.document.case == CHILD


def test_that_an_answer_is_not_kept_is_said_to_the_room(desk):
    window, screen = in_meeting(desk, UNDECIDED)
    desk.other_view().open_case(window.autosave.number, desk.now, take_over=True)
    window.document.answer("lesion.category", "malignant")
    assert window.autosave.number in screen.sheet.sentence.text()
    assert "Verwijzing wordt" in screen.sheet.sentence.text() and "Prinses Máxima" in texts(screen)


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
    data = (*data_of(window), *edition().texts.form["statements"])
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


def test_another_palette_is_worn_at_once(desk):
    window, screen = in_meeting(desk)
    light = screen.styleSheet()
    desk.services.appearance.choose("dark")
    try:
        dark = window.meeting.screen
        assert dark.isVisible() and dark.styleSheet() != light and "2026-0001" in texts(dark)
    finally:
        desk.services.appearance.choose("light")
        desk.services.appearance.choose("system")


def test_another_language_is_spoken_at_once(desk):
    window, screen = in_meeting(desk)
    screen.toggle_identity()
    desk.services.settings.change(Settings(language="en"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    screen = window.meeting.screen
    assert screen is not None and screen.isVisible() and screen.windowTitle() == "MDT meeting – case 2026-0001"
    assert "Princess Máxima" in texts(screen) and "Conceptrichtlijn" not in texts(screen) and named_in(screen) == []
    assert QApplication.topLevelWidgets().count(screen) == 1
