"""Every input: set by keys and mouse, cleared, left not known, and fed with what is no answer."""

import datetime
import json

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop_app.library.field_kinds import EDITED_IN_THE_LETTER
from desktop_app.library.sentences import shown
from desktop_app.wizard import flow
from desktop_app.wizard.case_wizard import CaseWizard
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.inputs.choice import ChoiceInput
from desktop_app.wizard.inputs.examinations import ExaminationsInput
from desktop_app.wizard.inputs.free_text import LongTextInput
from desktop_app.wizard.inputs.names import NameInput, NamesInput
from desktop_app.wizard.inputs.sites import SitesInput
from desktop_app.wizard.inputs.typed import DateInput, LineInput
from guideline_core.case import Case, OtherSite
from guideline_core.contract import fields
from guideline_core.fields import AnswerKind
from guideline_core.imaging_answers import OtherExamination

Key = Qt.Key
RIGHT_TO_LEFT = "\u202e\u05e9\u05dc\u05d5\u05dd"
ON_A_STEP = [path for path in fields() if path not in EDITED_IN_THE_LETTER]
OF_KIND = {kind: [path for path in ON_A_STEP if fields()[path].kind is kind] for kind in AnswerKind}


def row_of(wizard: CaseWizard, path: str) -> FieldRow:
    """The row of a field, on the screen and with the cursor in it."""
    wizard.go_to_field(path)
    return wizard.current_page.rows[path]


def type_in(qtbot, row: FieldRow, text: str) -> None:
    edit = row.input.edit
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Key.Key_Delete)
    if text.isascii() and len(text) < 100:
        qtbot.keyClicks(edit, text)
    elif isinstance(edit, QPlainTextEdit):  # QTest has no keys for other signs: they come as if pasted
        edit.insertPlainText(text)
    else:
        edit.insert(text)


def press(qtbot, key: Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def test_every_field_of_the_contract_has_an_input(wizard):
    shown = set()
    for step in flow.STEPS:
        wizard.go_to_step(step)
        shown |= wizard.current_page.rows.keys()
    assert shown == set(ON_A_STEP)


def test_nothing_is_answered_in_an_empty_case(wizard, document):
    for step in flow.STEPS:
        wizard.go_to_step(step)
        for row in wizard.current_page.rows.values():
            assert row.input.text() in ("", "[]"), row.path
            if isinstance(row.input, ChoiceInput):
                assert not any(option.isChecked() for option in row.input.options), row.path
    assert document.case == Case()
    assert document.is_empty()


# --- yes, no, not known -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", OF_KIND[AnswerKind.YES_NO])
def test_yes_no_by_keys(wizard, document, qtbot, path):
    for key, value in (
        (Key.Key_J, True),
        (Key.Key_N, False),
        (Key.Key_O, None),
        (Key.Key_J, True),
        (Key.Key_Delete, None),
    ):
        row = row_of(wizard, path)
        assert row.isAncestorOf(QApplication.focusWidget())
        press(qtbot, key)
        assert document.value(path) is value


@pytest.mark.parametrize("path", ["complaints.swelling", "imaging.mri.done", "biopsy.route_agreed"])
def test_yes_no_by_mouse(wizard, document, qtbot, path):
    options = row_of(wizard, path).input.options
    for option, value in zip(options, (True, False, None), strict=True):
        qtbot.mouseClick(option, Qt.MouseButton.LeftButton, pos=QPoint(8, option.height() // 2))
        assert document.value(path) is value
        assert [each.isChecked() for each in options] == [each is option for each in options]


@pytest.mark.parametrize("key", [Key.Key_J, Key.Key_N, Key.Key_O])
def test_the_cursor_moves_on(wizard, qtbot, key):
    row_of(wizard, "complaints.persistent_pain")
    press(qtbot, key)
    assert wizard.current_page.rows["complaints.night_pain"].isAncestorOf(QApplication.focusWidget())
    press(qtbot, key)
    assert wizard.current_page.rows["complaints.swelling"].isAncestorOf(QApplication.focusWidget())


def test_the_cursor_moves_on_after_a_click(wizard, qtbot):
    option = row_of(wizard, "complaints.persistent_pain").input.options[1]
    qtbot.mouseClick(option, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert wizard.current_page.rows["complaints.night_pain"].isAncestorOf(QApplication.focusWidget())


def test_the_cursor_passes_by_what_is_dimmed(wizard, qtbot):
    row_of(wizard, "imaging.mri.done")
    press(qtbot, Key.Key_N)
    rows = wizard.current_page.rows
    assert rows["imaging.mri.contrast"].reason == "not_made"
    assert rows["imaging.mri.not_possible"].isAncestorOf(QApplication.focusWidget())


def test_past_the_last_question_the_cursor_goes_to_next(wizard, qtbot):
    row_of(wizard, "history.hereditary_syndrome")
    press(qtbot, Key.Key_N)
    assert QApplication.focusWidget() is wizard.button(CaseWizard.WizardButton.NextButton)
    press(qtbot, Key.Key_Return)
    assert wizard.current_step == "lesion"


def test_not_known_is_said_and_forgotten_with_the_case(wizard, document, qtbot):
    options = row_of(wizard, "complaints.swelling").input.options
    press(qtbot, Key.Key_O)
    assert options[2].isChecked()
    document.load(Case())
    wizard.go_to_step("complaints")
    assert not options[2].isChecked()


def test_english_keys_work_too(wizard, document, qtbot):
    row_of(wizard, "complaints.swelling")
    press(qtbot, Key.Key_Y)
    assert document.value("complaints.swelling") is True


def test_arrows_walk_and_answer_nothing(wizard, document, qtbot):
    options = row_of(wizard, "complaints.swelling").input.options
    press(qtbot, Key.Key_Right)
    assert QApplication.focusWidget() is options[1]
    assert document.is_empty()
    press(qtbot, Key.Key_Space)
    assert document.value("complaints.swelling") is False


def test_what_a_no_makes_void_is_cleared_and_told(wizard, document, qtbot):
    document.answer("imaging.mri.contrast", True)
    row = row_of(wizard, "imaging.mri.done")
    press(qtbot, Key.Key_N)
    assert document.value("imaging.mri.contrast") is None
    assert "gewist" in row.message.text()
    document.undo_stack.undo()
    assert document.value("imaging.mri.contrast") is True


def test_a_yes_that_contradicts_is_refused_with_the_reason(wizard, document, qtbot):
    document.answer("imaging.mri.done", False)
    row = row_of(wizard, "imaging.mri.contrast")
    press(qtbot, Key.Key_J)
    assert document.value("imaging.mri.contrast") is None
    assert "Is er een MRI van de tumor gemaakt?" in row.message.text()
    assert not row.input.options[0].isChecked()


# --- choices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", OF_KIND[AnswerKind.CHOICE])
def test_choices_by_mouse_and_digit(wizard, document, qtbot, path):
    options = row_of(wizard, path).input.options
    for place, option in enumerate(options):
        option.click()
        assert document.value(path) == option.value
        row_of(wizard, path)
        press(qtbot, Key.Key_Delete)
        assert document.value(path) is None
        row_of(wizard, path)
        press(qtbot, Key(Key.Key_1 + place))
        assert document.value(path) == option.value


def test_categories_explain_themselves(wizard):
    options = row_of(wizard, "lesion.category").input.options
    explained = [option for option in options if option.value is not None]
    assert all(option.accessibleDescription().endswith(".") for option in explained)


def test_a_click_on_an_explanation_chooses(wizard, document, qtbot):
    from desktop_app.wizard.inputs.choice import ExplanationLabel

    row = row_of(wizard, "lesion.category")
    label = row.findChildren(ExplanationLabel)[0]
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert document.value("lesion.category") == "do_not_touch"


def test_one_tab_stop_a_question(wizard):
    row = row_of(wizard, "lesion.category")
    tabbed = [option for option in row.input.options if option.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(tabbed) == 1


# --- typed ------------------------------------------------------------------------------------------------------------

GOOD = {
    AnswerKind.DATE: ("1-2-2012", datetime.date(2012, 2, 1), "01-02-2012"),
    AnswerKind.WHOLE_NUMBER: ("14", 14, "14"),
    AnswerKind.NUMBER: ("2,5", 2.5, "2,5"),
    AnswerKind.NUMBERS: ("45x30,5", (45, 30.5), "45 × 30,5"),
    AnswerKind.SHORT_TEXT: ("Zaandam & <b", "Zaandam & <b", "Zaandam & <b"),
    AnswerKind.BSN: ("1234.56.782", "123456782", "123456782"),
    AnswerKind.LONG_TEXT: ("pijn", "pijn", "pijn"),
}
TYPED = [path for kind in GOOD for path in OF_KIND[kind]]


@pytest.mark.parametrize("path", TYPED)
def test_typed_answers(wizard, document, qtbot, path):
    typed, value, shown = GOOD[fields()[path].kind]
    row = row_of(wizard, path)
    type_in(qtbot, row, typed)
    assert document.value(path) == value
    assert document.raw(path) is None
    row.input.edit.clearFocus()
    assert row.input.text() == shown
    type_in(qtbot, row, "")
    assert document.value(path) is None
    assert document.is_empty() or path == "reference_date"


@pytest.mark.parametrize(
    "path", [path for path in TYPED if fields()[path].kind not in (AnswerKind.SHORT_TEXT, AnswerKind.LONG_TEXT)]
)
@pytest.mark.parametrize("text", ["abc", "<b", RIGHT_TO_LEFT, "x" * 200, "31-2-2012"])
def test_what_is_no_answer_is_kept_as_text_and_told(wizard, document, qtbot, path, text):
    row = row_of(wizard, path)
    type_in(qtbot, row, text)
    assert document.value(path) is None
    assert document.raw(path) == shown(text)
    row.input.edit.clearFocus()
    assert row.message.isVisibleTo(row) and row.message.text()
    assert row.message.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("path", ["patient.family_name", "letter.question", "imaging.xray.place"])
@pytest.mark.parametrize("text", ["N" * 200, RIGHT_TO_LEFT, "<b onclick=x>", "Ďábelské ódy 😀", "' OR 1=1 --"])
def test_any_text_is_text(wizard, document, qtbot, path, text):
    row = row_of(wizard, path)
    type_in(qtbot, row, text)
    assert document.value(path) == shown(text)
    document.undo_stack.undo()
    document.undo_stack.redo()
    assert row.input.text() == shown(text)


@pytest.mark.parametrize("path", ["patient.family_name", "letter.question"])
def test_a_sign_that_turns_the_text_is_shown_as_its_code_and_told(wizard, document, qtbot, path):
    """Pasted it becomes its code; from a file it stays in the case until the field is edited, and its code is seen."""
    row = row_of(wizard, path)
    type_in(qtbot, row, RIGHT_TO_LEFT)
    assert "\\u202e" in row.message.text()
    document.answer(path, None)
    assert "\\u202e" not in row.message.text()
    group, _, field = path.partition(".")
    document.load(Case.model_validate({group: {field: f"Jansen{RIGHT_TO_LEFT}"}}))
    row = row_of(wizard, path)
    assert row.input.text() == shown(f"Jansen{RIGHT_TO_LEFT}") and "\\u202e" in row.message.text()
    assert document.value(path) == f"Jansen{RIGHT_TO_LEFT}"


def test_too_long_a_text_is_refused_and_kept(wizard, document):
    row = row_of(wizard, "patient.family_name")
    row.input.edit.setText("N" * 401)
    row.input.edit.textEdited.emit("N" * 401)
    assert document.value("patient.family_name") is None
    assert document.raw("patient.family_name") == "N" * 401
    assert "400" in row.message.text()


def test_half_a_date_survives(wizard, document, qtbot):
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "1-2-")
    case, raws = document.snapshot()
    document.load(Case())
    assert row.input.text() == ""
    document.load(case, raws)
    row = row_of(wizard, "patient.birth_date")
    assert row.input.text() == "1-2-"
    assert "telt nog niet mee" in row.message.text()


@pytest.mark.parametrize(
    ("typed", "shown"), [("1-3-10", "01-03-2010"), ("1 maart 10", "01-03-2010"), ("1-12-26", "01-12-1926")]
)
def test_a_year_of_two_digits_counts_when_the_line_is_left(wizard, document, qtbot, typed, shown):
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, typed)
    assert document.value("patient.birth_date") is None
    assert document.raw("patient.birth_date") == typed
    row.input.edit.clearFocus()
    assert row.input.text() == shown
    assert document.value("patient.birth_date") == datetime.datetime.strptime(shown, "%d-%m-%Y").date()
    assert document.raw("patient.birth_date") is None
    assert shown in row.message.text() and "vier cijfers" in row.message.text()
    type_in(qtbot, row, "2-3-2010")
    row.input.edit.clearFocus()
    assert row.message.text() == ""


def test_a_completed_date_that_contradicts_an_answer_is_refused_and_kept(wizard, document, qtbot):
    document.answer("patient.age_years", 60)
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "1-3-10")
    row.input.edit.clearFocus()
    assert document.value("patient.birth_date") is None
    assert document.raw("patient.birth_date") == row.input.text() == "01-03-2010"
    assert "16 jaar" in row.message.text()


def test_a_month_that_is_being_typed_is_not_called_wrong(wizard, document, qtbot):
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "1 maa")
    assert row.message.text() == ""
    type_in(qtbot, row, "1 maart 2010")
    assert document.value("patient.birth_date") == datetime.date(2010, 3, 1)


def test_a_date_that_is_being_changed_is_no_answer(wizard, document, qtbot):
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "01-02-2012")
    row.input.edit.end(False)
    qtbot.keyClick(row.input.edit, Key.Key_Backspace)
    assert document.value("patient.birth_date") is None
    assert document.raw("patient.birth_date") == "01-02-201"


def test_typing_is_not_disturbed(wizard, document, qtbot):
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "1.2.2012")
    assert row.input.text() == "1.2.2012"
    row = row_of(wizard, "patient.family_name")
    type_in(qtbot, row, "de ")
    assert row.input.text() == "de "
    qtbot.keyClicks(row.input.edit, "Vries")
    assert document.value("patient.family_name") == "de Vries"


def test_half_a_date_is_not_called_wrong_while_it_is_typed(wizard, qtbot):
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "1-2-")
    assert row.message.text() == ""
    press(qtbot, Key.Key_Tab)
    assert "telt nog niet mee" in row.message.text()


@pytest.mark.parametrize(
    ("path", "text"),
    [("patient.birth_date", "1.2.2126"), ("lesion.size_mm", "9999x2"), ("resection.viable_tumour_percent", "0100,50")],
)
def test_what_is_refused_stays_as_it_was_typed(wizard, document, qtbot, path, text):
    """It can be read as a date or number, so it would be shown the usual way: but it is no answer."""
    row = row_of(wizard, path)
    type_in(qtbot, row, text)
    row.input.edit.clearFocus()
    assert row.input.text() == document.raw(path) == text
    assert row.message.text()


def test_a_number_is_shown_as_it_was_given(wizard, document, qtbot):
    row = row_of(wizard, "resection.viable_tumour_percent")
    type_in(qtbot, row, "10,000001")
    row.input.edit.clearFocus()
    assert document.value("resection.viable_tumour_percent") == 10.000001
    assert row.input.text() == "10,000001"


def test_empty_is_not_zero(wizard, document, qtbot):
    row = row_of(wizard, "patient.age_years")
    assert row.input.edit.placeholderText() == "niet bekend"
    type_in(qtbot, row, "0")
    assert document.value("patient.age_years") == 0
    type_in(qtbot, row, "")
    assert document.value("patient.age_years") is None


def test_the_bsn_is_checked_as_it_is_typed(wizard, document, qtbot):
    row = row_of(wizard, "patient.bsn")
    type_in(qtbot, row, "1234")
    assert "nog 5" in row.message.text()
    type_in(qtbot, row, "123456789")
    assert "elfproef" in row.message.text()
    assert document.value("patient.bsn") is None
    assert document.raw("patient.bsn") == "123456789"
    type_in(qtbot, row, "10000008")
    assert "begint het nummer met een nul" in row.message.text().lower()
    assert document.value("patient.bsn") is None
    type_in(qtbot, row, "010000008")
    assert document.value("patient.bsn") == "010000008"
    type_in(qtbot, row, "123456782")
    assert row.message.text() == "Voldoet aan de elfproef."
    assert document.value("patient.bsn") == "123456782"


def test_an_age_beside_a_birth_date_follows_from_it(wizard, document, qtbot):
    type_in(qtbot, row_of(wizard, "patient.birth_date"), "1-2-2012")
    age = wizard.current_page.rows["patient.age_years"]
    assert age.input.edit.isReadOnly()
    assert "14 jaar" in age.reason_label.text()


def test_a_birth_date_against_an_age_is_kept_as_text(wizard, document, qtbot):
    type_in(qtbot, row_of(wizard, "patient.age_years"), "40")
    row = row_of(wizard, "patient.birth_date")
    type_in(qtbot, row, "1-2-2012")
    assert document.value("patient.birth_date") is None
    assert document.value("patient.age_years") == 40
    assert "40" in row.message.text()


def test_enter_goes_to_the_next_field_never_to_the_next_page(wizard, qtbot):
    row_of(wizard, "patient.family_name")
    for path in ("patient.given_name", "patient.birth_date", "patient.age_years", "patient.sex"):
        press(qtbot, Key.Key_Return)
        assert wizard.current_page.rows[path].isAncestorOf(QApplication.focusWidget()), path
    assert wizard.current_step == "patient"


def test_enter_in_free_text_is_a_new_line(wizard, document, qtbot):
    row = row_of(wizard, "letter.question")
    qtbot.keyClicks(row.input.edit, "a")
    qtbot.keyClick(row.input.edit, Key.Key_Return)
    qtbot.keyClicks(row.input.edit, "b")
    assert document.value("letter.question") == "a\nb"
    qtbot.keyClick(row.input.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.current_page.rows["letter.history"].isAncestorOf(QApplication.focusWidget())


def test_a_date_can_be_picked(wizard, document, qtbot):
    row = row_of(wizard, "biopsy.date")
    assert isinstance(row.input, DateInput)
    frame = row.input.open_calendar()
    assert frame.calendar.selectedDate() == QDate.currentDate()
    frame.calendar.activated.emit(QDate(2026, 11, 2))
    frame.calendar.clicked.emit(QDate(2026, 11, 3))  # the second half of a double click
    assert document.value("biopsy.date") == datetime.date(2026, 11, 2)
    assert row.input.text() == "02-11-2026"
    assert not frame.isVisible()
    qtbot.waitUntil(row.input.edit.hasFocus)


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "typed", "chosen"),
    [
        ("lesion.entity", "gct", "giant_cell_tumour_of_bone"),
        ("pathology.histology", "ewing", "ewing_sarcoma"),
        ("lesion.bone", "dijbeen", "femur"),
        ("lesion.bone", "l3", "vertebra_l3"),
    ],
)
def test_a_name_is_found_by_typing(wizard, document, qtbot, path, typed, chosen):
    row = row_of(wizard, path)
    assert isinstance(row.input, NameInput)
    type_in(qtbot, row, typed)
    assert document.value(path) is None
    assert document.raw(path) == typed
    press(qtbot, Key.Key_Return)
    assert document.value(path) == chosen
    assert document.raw(path) is None
    assert not row.isAncestorOf(QApplication.focusWidget())
    type_in(qtbot, row_of(wizard, path), "")
    assert document.value(path) is None


def test_the_list_is_walked_with_arrows_and_closed_with_esc(wizard, document, qtbot):
    row = row_of(wizard, "lesion.entity")
    type_in(qtbot, row, "chondrosarcoom")
    names = row.input.search_line.names
    assert names.isVisible()
    second = names.list.item(1).data(Qt.ItemDataRole.UserRole)
    press(qtbot, Key.Key_Down)
    press(qtbot, Key.Key_Return)
    assert document.value("lesion.entity") == second
    row = row_of(wizard, "lesion.entity")
    type_in(qtbot, row, "osteo")
    press(qtbot, Key.Key_Escape)
    assert not names.isVisible()
    assert wizard.isVisible()
    assert document.raw("lesion.entity") == "osteo"


def test_the_list_closes_when_the_page_moves(wizard, qtbot):
    row = row_of(wizard, "lesion.entity")
    type_in(qtbot, row, "osteo")
    bar = wizard.current_page.scroller.verticalScrollBar()
    bar.setValue(bar.value() - 40)
    assert not row.input.search_line.names.isVisible()


def test_the_list_stands_at_its_line(wizard, qtbot):
    for path in ("lesion.entity", "lesion.bone"):
        row = row_of(wizard, path)
        type_in(qtbot, row, "o")
        names, line = row.input.search_line.names, row.input.edit

        def stands_at_its_line(names=names, line=line) -> bool:
            top = line.mapTo(line.window(), QPoint(0, 0)).y()
            return names.y() in (top + line.height(), top - names.height())

        qtbot.waitUntil(stands_at_its_line, timeout=20_000)
        assert names.y() >= 0 and names.y() + names.height() <= line.window().height()


def test_a_name_is_chosen_by_mouse(wizard, document, qtbot):
    row = row_of(wizard, "lesion.bone")
    type_in(qtbot, row, "rib")
    names = row.input.search_line.names.list
    box = names.visualItemRect(names.item(2))
    qtbot.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert document.value("lesion.bone").startswith("rib_")


def test_the_list_opens_on_click_and_shows_all(wizard, qtbot):
    row = row_of(wizard, "lesion.bone")
    qtbot.mouseClick(row.input.edit, Qt.MouseButton.LeftButton)
    assert row.input.search_line.names.list.count() > 100
    press(qtbot, Key.Key_Escape)


def test_what_is_in_doubt_is_said(wizard, document, qtbot):
    row = row_of(wizard, "lesion.entity")
    type_in(qtbot, row, "chondroblastoom")
    assert "na te zien" in row.input.search_line.names.list.item(0).text()
    press(qtbot, Key.Key_Return)
    assert "patholoog" in row.message.text()
    assert "WHO-classificatie van 2020" in row.message.text()


@pytest.mark.parametrize("text", ["zzz", "<qz>", RIGHT_TO_LEFT, "x" * 200])
def test_no_such_name(wizard, document, qtbot, text):
    row = row_of(wizard, "lesion.entity")
    type_in(qtbot, row, text)
    names = row.input.search_line.names
    assert names.nothing.isVisible()
    press(qtbot, Key.Key_Return)
    assert document.value("lesion.entity") is None
    assert document.raw("lesion.entity") == shown(text)


def test_a_half_typed_name_survives(wizard, document, qtbot):
    type_in(qtbot, row_of(wizard, "lesion.entity"), "osteosa")
    case, raws = document.snapshot()
    document.load(Case())
    document.load(case, raws)
    assert row_of(wizard, "lesion.entity").input.text() == "osteosa"


def test_another_bone_takes_the_place_of_the_region(wizard, document, qtbot):
    document.answer("lesion.region", "pelvis")
    row = row_of(wizard, "lesion.bone")
    type_in(qtbot, row, "femur")
    press(qtbot, Key.Key_Return)
    assert document.value("lesion.region") is None
    assert "gewist" in row.message.text()
    assert "lang pijpbeen" in wizard.current_page.rows["lesion.region"].reason_label.text()


@pytest.mark.parametrize("path", OF_KIND[AnswerKind.ENTITIES])
def test_several_names(wizard, document, qtbot, path):
    row = row_of(wizard, path)
    assert isinstance(row.input, NamesInput)
    for typed in ("osteosarcoom", "enchondroom"):
        type_in(qtbot, row, typed)
        press(qtbot, Key.Key_Return)
    assert document.value(path) == ("osteosarcoma", "enchondroma")
    assert len(row.input.chips()) == 2
    row.input.chips()[0].button.click()
    assert document.value(path) == ("enchondroma",)
    qtbot.keyClicks(row.input.edit, "ewi")
    assert document.raw(path) == "ewi"
    assert document.value(path) == ("enchondroma",)
    type_in(qtbot, row, "")
    assert document.raw(path) is None
    press(qtbot, Key.Key_Backspace)
    assert document.value(path) is None


# --- other examinations -----------------------------------------------------------------------------------------------


def test_other_examinations(wizard, document, qtbot):
    row = row_of(wizard, "imaging.other")
    assert isinstance(row.input, ExaminationsInput)
    row.input.add_button.click()
    assert document.value("imaging.other") is None  # an empty line says nothing
    press_text = (("Echo", "what"), ("1-10-2026", "date"), ("Zaandam", "place"), ("massa", "result"))
    for text, part in press_text:
        assert QApplication.focusWidget() is row.input.rows[0].lines[part]
        qtbot.keyClicks(QApplication.focusWidget(), text)
        press(qtbot, Key.Key_Return)
    expected = OtherExamination(what="Echo", date=datetime.date(2026, 10, 1), place="Zaandam", result="massa")
    assert document.value("imaging.other") == (expected,)
    row.input.add_row()
    qtbot.keyClicks(row.input.rows[1].lines["what"], "Botscan")
    assert len(document.value("imaging.other")) == 2
    row.input.rows[0].findChildren(type(row.input.add_button))[0].click()
    assert document.value("imaging.other") == (OtherExamination(what="Botscan"),)


def test_a_year_of_two_digits_in_another_examination(wizard, document, qtbot):
    row = row_of(wizard, "imaging.other")
    row.input.add_row()
    qtbot.keyClicks(row.input.rows[0].lines["date"], "1-10-26")
    assert document.value("imaging.other") is None
    press(qtbot, Key.Key_Tab)
    assert document.value("imaging.other") == (OtherExamination(date=datetime.date(2026, 10, 1)),)
    assert row.input.rows[0].lines["date"].text() == "01-10-2026"


def test_half_typed_examinations_survive(wizard, document, qtbot):
    row = row_of(wizard, "imaging.other")
    row.input.add_row()
    qtbot.keyClicks(row.input.rows[0].lines["what"], "<b Echo")
    qtbot.keyClicks(row.input.rows[0].lines["date"], "1-10-")
    assert document.value("imaging.other") is None
    assert json.loads(document.raw("imaging.other")) == [{"what": "<b Echo", "date": "1-10-"}]
    press(qtbot, Key.Key_Tab)
    assert row.message.text()
    case, raws = document.snapshot()
    document.load(Case())
    assert row_of(wizard, "imaging.other").input.rows == []
    document.load(case, raws)
    row = row_of(wizard, "imaging.other")
    assert row.input.rows[0].texts() == {"what": "<b Echo", "date": "1-10-"}


@pytest.mark.parametrize("text", ["1-10-", "1-10-2026"])
def test_examinations_of_one_patient_never_stay_with_the_next(wizard, document, qtbot, text):
    """Also while the page stands on the screen and its text counts for nothing yet."""
    row = row_of(wizard, "imaging.other")
    row.input.add_row()
    qtbot.keyClicks(row.input.rows[0].lines["date"], text)
    document.load(Case())
    wizard.go_to_step("imaging")
    assert row.input.rows == []


def test_undo_takes_half_typed_examinations_away(wizard, document, qtbot):
    row = row_of(wizard, "imaging.other")
    row.input.add_row()
    row.input.rows[0].lines["date"].setText("1-10-")
    row.input.rows[0].edited.emit()
    assert document.raw("imaging.other")
    document.undo_stack.undo()
    assert row.input.rows == []


def test_a_damaged_text_of_examinations_shows_nothing(wizard, document):
    document.load(Case(), {"imaging.other": "{oops"})
    assert row_of(wizard, "imaging.other").input.rows == []


# --- other sites ------------------------------------------------------------------------------------------------------


def test_other_sites(wizard, document, qtbot):
    row = row_of(wizard, "lesion.other_sites")
    assert isinstance(row.input, SitesInput)
    row.input.add_button.click()
    assert document.value("lesion.other_sites") is None  # an empty line says nothing
    site = row.input.rows[0]
    site.choices["bone"].setCurrentIndex(site.choices["bone"].findData("tibia"))
    site.choices["side"].setCurrentIndex(site.choices["side"].findData("left"))
    assert document.value("lesion.other_sites") == (OtherSite(bone="tibia", side="left"),)
    row.input.add_row()
    qtbot.keyClicks(row.input.rows[1].line, "onderste ribben")
    assert document.value("lesion.other_sites")[1] == OtherSite(text="onderste ribben")
    site.findChildren(type(row.input.add_button))[0].click()
    assert document.value("lesion.other_sites") == (OtherSite(text="onderste ribben"),)


def test_a_site_that_is_too_long_is_kept_as_text_and_leaves_with_its_patient(wizard, document, qtbot):
    row = row_of(wizard, "lesion.other_sites")
    row.input.add_row().line.setText("x" * 401)
    assert document.value("lesion.other_sites") is None
    assert json.loads(document.raw("lesion.other_sites")) == [{"text": "x" * 401}]
    case, raws = document.snapshot()
    document.load(Case())
    assert row_of(wizard, "lesion.other_sites").input.rows == []
    document.load(case, raws)
    assert row_of(wizard, "lesion.other_sites").input.rows[0].texts() == {"text": "x" * 401}


# --- said to everyone -------------------------------------------------------------------------------------------------


def test_every_input_says_its_question_to_a_screen_reader(wizard):
    for step in flow.STEPS:
        wizard.go_to_step(step)
        for path, row in wizard.current_page.rows.items():
            target = row.input.options[0] if isinstance(row.input, ChoiceInput) else row.input
            question = wizard.wording.full_question(path)
            assert target.accessibleName().startswith(question), path
            if isinstance(row.input, LineInput | LongTextInput | NameInput | NamesInput):
                assert row.input.edit.accessibleName() == question
