"""A patient from a file in the window: what is empty is filled in one step, nothing typed is replaced unasked, and what
happened is told."""

import datetime
from pathlib import Path

import pytest

from tests.desktop_app.exchange.patients import BSN_SYSTEM, UNREADABLE, WRONG_BSN, bundle, nl_core, write
from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.case.answers import answered_paths
from desktop_app.exchange.patient.merging import Conflict
from desktop_app.window.dialogs.held_back import REST_MS
from desktop_app.window.dialogs.patient import FOUND, TYPED, PatientDialog, choose_in_dialog

EXPECTED = {
    "patient.birth_date": datetime.date(2012, 2, 3),
    "patient.sex": "female",
    "patient.given_name": "Proef",
    "patient.family_name": "van den Bedacht",
    "patient.bsn": "111222333",
    "patient.patient_number": "0000471",
    "patient.address": "Lindelaan 12, 0000 AB Nergenshuizen",
    "patient.phone": "06 00000000",
    "patient.email": "proef@voorbeeld.invalid",
    "patient.general_practitioner": "H. Verzonnen, Huisartsen De Bron",
}


class Chooser:
    """Stands in for the user before the question."""

    def __init__(self, *fields: str, cancels: bool = False) -> None:
        self.fields, self.cancels = fields, cancels
        self.asked: list[tuple[str, object, object]] = []

    def __call__(self, conflicts):
        self.asked = [(each.field, each.typed, each.found) for each in conflicts]
        return None if self.cancels else [each for each in conflicts if each.field in self.fields]


def choosing(window, *fields: str, cancels: bool = False) -> Chooser:
    chooser = Chooser(*fields, cancels=cancels)
    window.patients.takeover.choose = chooser
    return chooser


def answers(window) -> dict[str, object]:
    return {path: window.document.value(path) for path in answered_paths(window.document.case) if path != "setting"}


def drop(window, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    action, buttons, modifiers = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, modifiers))


# --- an empty step ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["menu", "dropped", "opened"])
def test_an_empty_step_is_filled_in_one_step(desk, window, tmp_path, way):
    window.document.answer("lesion.category", "malignant")
    window.content.wizard.go_to_step("lesion")
    chooser, file = choosing(window), write(tmp_path / "p.json", nl_core())
    before = window.document.undo_stack.count()
    if way == "menu":
        desk.user.files = [file]
        window.menu.actions["patient_file"].trigger()
    elif way == "dropped":
        drop(window, file)
    else:
        window.files.open(file)
    assert answers(window) == {**EXPECTED, "lesion.category": "malignant"}
    assert chooser.asked == [] and desk.opened == [window], "into the case of this window"
    assert window.content.wizard.current_step == "patient"
    assert window.document.undo_stack.count() == before + 1
    tone, said = desk.user.said[-1]
    assert tone == "caution", "a BSN is to be verified"
    assert "Uit het bestand overgenomen: Geboortedatum" in said and "Stel vóór gebruik de identiteit" in said
    assert "vraagt er niet naar: burgerlijke staat, contactpersonen" in said
    assert not any(str(value) in said for value in EXPECTED.values()), "fields are named, no answers"
    assert desk.other_view().load(window.autosave.number).case.patient.family_name == "van den Bedacht"
    window.menu.actions["undo"].trigger()
    assert answers(window) == {"lesion.category": "malignant"}


def test_nothing_can_be_dropped_on_a_case_that_is_hidden(window, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "p.json"))])

    def is_taken() -> bool:
        action, buttons, modifiers = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDragEnterEvent(QPointF(5, 5), action, data, buttons, modifiers)
        event.ignore()
        window.dragEnterEvent(event)
        return event.isAccepted()

    assert is_taken()
    window.hide_case()
    assert not is_taken()


def test_a_bundle_of_one_patient_fills_the_step(desk, window, tmp_path):
    organisation = {"resourceType": "Organization", "name": "Ziekenhuis"}
    window.files.open(write(tmp_path / "b.json", bundle(organisation, nl_core())))
    assert answers(window) == EXPECTED


def test_a_byte_order_mark_is_no_obstacle(window, tmp_path):
    window.files.open(write(tmp_path / "p.json", b"\xef\xbb\xbf" + b'{"resourceType": "Patient", "gender": "other"}'))
    assert answers(window) == {"patient.sex": "other"}


@pytest.mark.parametrize(
    ("elements", "field", "words"),
    [
        ({"identifier": [{"system": BSN_SYSTEM, "value": WRONG_BSN}]}, "patient.bsn", "11-proef"),
        ({"birthDate": "2012"}, "patient.birth_date", "niet volledig"),
        ({"gender": "V"}, "patient.sex", "onbekende code"),
        ({"address": [{"text": "x" * 401}]}, "patient.address", "te lang"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_rest_is_taken(desk, window, tmp_path, elements, field, words):
    window.files.open(write(tmp_path / "p.json", nl_core(**elements)))
    lost = {field, *(("patient.patient_number",) if "identifier" in elements else ())}
    assert answers(window) == {path: value for path, value in EXPECTED.items() if path not in lost}
    tone, said = desk.user.said[-1]
    assert tone == "caution" and words in said and WRONG_BSN not in said


def test_a_patient_who_died_is_told(desk, window, tmp_path):
    window.files.open(write(tmp_path / "p.json", nl_core(deceasedBoolean=None, deceasedDateTime="2026-10-01")))
    assert "overleden" in desk.user.said[-1][1]


@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("way", ["menu", "opened"])
def test_a_file_without_a_usable_patient_changes_nothing_and_says_why(desk, window, tmp_path, name, way):
    content, why = UNREADABLE[name]
    if way == "opened" and name == "huge":
        why = "te groot"
    window.document.answer("patient.phone", "06 1")
    chooser, file, before = choosing(window), write(tmp_path / "p.json", content), window.document.case
    if way == "menu":
        window.patients.takeover.take_file(file)
    else:
        window.files.open(file)
    assert window.document.case is before and chooser.asked == [] and desk.opened == [window]
    tone, said = desk.user.said[-1]
    assert tone == "caution" and why in said


def test_a_file_that_is_not_there(desk, window, tmp_path):
    window.patients.takeover.take_file(tmp_path / "none.json")
    assert desk.user.said[-1][0] == "caution" and "bestaat niet" in desk.said()


def test_a_case_that_is_chosen_as_a_patient_is_refused_and_stays_a_case(desk, window, tmp_path):
    file = write(tmp_path / "c.json", {"lesion": {"category": "malignant", "description": '"resourceType"'}})
    window.patients.takeover.take_file(file)
    assert window.document.is_empty() and "Patient of een Bundle" in desk.said()
    window.files.open(file)
    assert answers(window)["lesion.category"] == "malignant"


# --- never over what was typed ----------------------------------------------------------------------------------------


def test_what_was_typed_stays_unless_the_user_chooses_the_file(desk, window, tmp_path):
    window.document.answer("patient.phone", "010 1")
    window.document.answer("patient.address", "Elders")
    chooser = choosing(window, "patient.address")
    before = window.document.undo_stack.count()
    window.files.open(write(tmp_path / "p.json", nl_core()))
    assert chooser.asked == [
        ("patient.address", "Elders", EXPECTED["patient.address"]),
        ("patient.phone", "010 1", EXPECTED["patient.phone"]),
    ]
    assert answers(window) == {**EXPECTED, "patient.phone": "010 1"}
    assert "want uw eigen invoer geldt: Telefoonnummer." in desk.user.said[-1][1]
    assert window.document.undo_stack.count() == before + 1
    window.document.undo_stack.undo()
    assert answers(window) == {"patient.phone": "010 1", "patient.address": "Elders"}


def test_who_cancels_takes_over_nothing_at_all(desk, window, tmp_path):
    window.document.answer("patient.family_name", "Anders")
    choosing(window, cancels=True)
    before = window.document.case
    window.files.open(write(tmp_path / "p.json", nl_core()))
    assert window.document.case is before
    assert desk.user.said[-1] == ("note", phrases().get("window", "patient_file", "nothing_taken"))


def test_a_half_typed_answer_is_asked_about_too(window, tmp_path):
    window.document.keep_raw("patient.birth_date", "3-2-20")
    window.document.keep_raw("patient.bsn", "12")
    chooser = choosing(window, "patient.bsn")
    window.files.open(write(tmp_path / "p.json", nl_core()))
    assert ("patient.birth_date", "3-2-20", datetime.date(2012, 2, 3)) in chooser.asked and len(chooser.asked) == 2
    assert window.document.raw("patient.birth_date") == "3-2-20" and window.document.raw("patient.bsn") is None
    assert answers(window) == {path: value for path, value in EXPECTED.items() if path != "patient.birth_date"}


def test_a_year_of_two_digits_in_a_window_that_closes_stays_as_it_was_saved(window):
    window.content.wizard.go_to_field("patient.birth_date")
    edit = window.content.wizard.current_page.rows["patient.birth_date"].input.edit
    edit.setFocus()
    edit.setText("1-3-10")
    window.close()
    assert window.document.raw("patient.birth_date") == "1-3-10"


def test_a_typed_age_is_asked_about_and_the_birth_date_takes_its_place(desk, window, tmp_path):
    window.document.answer("patient.age_years", 40)
    choosing(window, "patient.age_years")
    window.files.open(write(tmp_path / "p.json", nl_core()))
    assert answers(window) == EXPECTED
    assert "Geboortedatum" in desk.user.said[-1][1] and "Leeftijd" not in desk.user.said[-1][1]


def test_the_same_patient_again_changes_nothing(desk, window, tmp_path):
    file = write(tmp_path / "p.json", nl_core())
    window.files.open(file)
    before = window.document.case
    window.files.open(file)
    assert window.document.case is before
    assert "er is niets gewijzigd" in desk.user.said[-1][1] and "BSN is overgenomen" not in desk.user.said[-1][1]


# --- the question -----------------------------------------------------------------------------------------------------

PHONE = Conflict("patient.phone", "010 & 1", "06 00000000")
AGE = Conflict("patient.age_years", 40, datetime.date(2012, 2, 3))
SEX = Conflict("patient.sex", "male", "female")


def dialog_of(window, qtbot, *conflicts: Conflict) -> PatientDialog:
    dialog = PatientDialog(conflicts, phrases(), window.services.appearance.palette, window)
    qtbot.addWidget(dialog)
    return dialog


def default_of(dialog: PatientDialog) -> str:
    [button] = [each for each in dialog.findChildren(QPushButton) if each.isDefault()]
    return button.text()


def test_the_typed_answer_is_chosen_beforehand(window, qtbot):
    dialog = dialog_of(window, qtbot, PHONE, AGE, SEX)
    assert dialog.chosen() == ()
    texts = [[group.button(place).text() for place in (TYPED, FOUND)] for group in dialog.groups]
    assert texts == [["010 && 1", "06 00000000"], ["40", "3 februari 2012"], ["man", "vrouw"]]
    assert dialog.groups[1].button(FOUND).accessibleName() == "Leeftijd in jaren, In het bestand: 3 februari 2012"
    dialog.groups[1].button(FOUND).click()
    assert dialog.chosen() == (AGE,)


def test_enter_takes_nothing_when_it_may_be_somebody_else(window, qtbot):
    assert default_of(dialog_of(window, qtbot, PHONE)) == "&Doorgaan"
    assert default_of(dialog_of(window, qtbot, PHONE, AGE)) == "&Niets overnemen"


@pytest.mark.parametrize(("key", "outcome"), [(Qt.Key.Key_Return, ()), (Qt.Key.Key_Escape, None)])
def test_the_question_is_asked_in_a_dialog(window, qtbot, key, outcome):
    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PatientDialog)
        qtbot.keyClick(dialog, key)

    QTimer.singleShot(REST_MS + 300, press)  # a key that comes sooner was meant for a field
    assert choose_in_dialog([PHONE], phrases(), window.services.appearance.palette, window) == outcome
