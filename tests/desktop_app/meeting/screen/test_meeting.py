"""A meeting is opened, led from case to case and left; what is answered is saved with the case that is shown."""

import datetime

import pytest

from tests.desktop_app.meeting.cases import CHILD, SHOWN, UNDECIDED, in_meeting

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from desktop_app.settings.settings import Settings
from tests.desktop_app.meeting.screen.looking import named_in, press, texts


@pytest.fixture
def meeting(desk):
    return in_meeting(desk)


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


def test_a_new_case_that_was_answered_in_the_meeting_is_found_again(desk):
    """It had no number when the round was made."""
    window = desk.open()
    window.autosave.start_case(CHILD)
    other = desk.open()
    other.meeting.toggle()
    screen = other.meeting.screen
    assert "nieuwe casus" in screen.windowTitle()
    other.document.answer("lesion.category", "malignant")
    press(screen, Qt.Key.Key_Left)
    assert "2026-0001" in screen.windowTitle()
    press(screen, Qt.Key.Key_Right)
    assert "2026-0002" in screen.windowTitle() and not screen.sheet.failure.isVisibleTo(screen)
    other.meeting.leave()


def test_the_first_and_the_last_case_have_no_further_button(meeting):
    _, screen = meeting
    assert not screen.head.buttons["previous"].isEnabled() and not screen.head.buttons["next"].isEnabled()
    assert screen.head.place.text() == "1 van 1"


def test_another_case_in_the_window_closes_the_meeting(meeting):
    window, screen = meeting
    window.autosave.start_case(UNDECIDED)
    assert window.meeting.screen is None and not screen.isVisible()


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
