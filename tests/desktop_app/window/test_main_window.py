"""The window: one patient in it, every answer kept, nothing of the patient where it does not belong, errors told."""

import dataclasses
import datetime
import json
import sys
from pathlib import Path

import pytest

from tests.desktop_app.plan.view.documents import phrases
from tests.desktop_app.window.desk import NOW, OneKey

# isort: split
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.settings.settings import Settings, SettingsNotSaved, load_settings
from desktop_app.store.problems import StorageFull
from desktop_app.store.store import open_store
from desktop_app.window import start as window_start
from desktop_app.window.dialogs import kept_cases
from desktop_app.window.dialogs.kept_cases import FROM_FILE, KeptCasesDialog
from desktop_app.window.dialogs.settings import SettingsDialog
from desktop_app.window.main_window import MainWindow
from desktop_app.window.papers.printing import PrintProblem, Sending, Sent, Way
from desktop_app.window.parts.content import LETTER, PLAN
from desktop_app.window.services import StoreAccess
from desktop_app.wizard.flow import STEPS, StepState
from guideline_core.case import Case, OtherExamination

NAME = "Vermeulen-de Wit"
IDENTITY = {"patient.family_name": NAME, "patient.given_name": "Noor", "patient.patient_number": "7654321"}


def fill(window: MainWindow, answers: dict[str, object]) -> None:
    for path, value in answers.items():
        window.document.answer(path, value)


def words_in(widget: QWidget) -> str:
    """Every word of every label that can be seen."""
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# --- who the patient is ---------------------------------------------------------------------------------------------


def test_banner_follows_the_patient(window):
    assert "nog niet ingevuld" in window.content.banner.name.text()
    fill(window, {**IDENTITY, "patient.birth_date": datetime.date(2012, 2, 3)})
    assert window.content.banner.name.words == f"{NAME}, Noor"
    assert "3 februari 2012 (14 jaar)" in window.content.banner.details.words
    assert "7654321" in window.content.banner.details.words
    assert NAME in window.content.banner.accessibleName()
    window.document.undo_stack.undo()
    assert "geboortedatum onbekend" in window.content.banner.details.words


@pytest.mark.parametrize("name", ["A" * 200, "<b>vet</b>", "\u05d9\u05d5\u05e1\u05d9 \u05db\u05d4\u05df", "De\nVries"])
def test_banner_bears_every_name(window, name):
    window.document.answer("patient.family_name", name)
    label = window.content.banner.name
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert window.content.banner.width() <= window.width()
    assert "\n" not in label.text()
    assert "<b>" not in label.toolTip()
    assert window.minimumSizeHint().width() < 1300


def test_banner_stands_above_plan_and_letter(qtbot, window):
    fill(window, IDENTITY)
    for view in (PLAN, LETTER):
        window.content.tabs.setCurrentIndex(view)
        assert window.content.banner.isVisible()


def test_identity_stays_out_of_title_and_names(desk, window):
    fill(window, IDENTITY)
    assert window.windowTitle() == "Casus 2026-0001 – Botwijzer"
    window.messages.files = []
    desk.services.settings.change(Settings(told_of_plain_files=True))
    window.files.export()
    window.papers.leaving.save_pdf()
    names = [path.name for path in desk.folder.rglob("*")]
    assert not any(part in name for name in names for part in (NAME, "Noor", "7654321"))


# --- every answer is kept -------------------------------------------------------------------------------------------


def test_each_answer_is_stored_as_it_is_given(desk, window):
    window.document.answer("lesion.category", "malignant")
    assert desk.other_view().load("2026-0001").case.lesion.category == "malignant"
    assert "Bewaard om" in window.kept_label.text()
    window.document.keep_raw("patient.birth_date", "12-3-")
    assert desk.other_view().load("2026-0001").raws == {"patient.birth_date": "12-3-"}
    window.document.undo_stack.undo()
    assert desk.other_view().load("2026-0001").raws == {}
    assert window.autosave.is_kept


def test_an_untouched_window_stores_nothing(desk, window):
    assert desk.other_view().all_numbers() == ()
    window.close()
    assert desk.other_view().all_numbers() == ()


def test_a_number_is_taken_with_the_first_answer(desk, window):
    assert window.autosave.number == "" and "nieuwe casus" in window.content.banner.details.words
    assert window.windowTitle() == "Nieuwe casus – Botwijzer"
    window.close()
    desk.open().cases.new_case()
    third = desk.open()
    third.document.keep_raw("patient.birth_date", "1")
    assert third.autosave.number == "2026-0001" and "casus 2026-0001" in third.content.banner.details.words
    desk.opened[1].document.answer("lesion.category", "malignant")
    assert desk.other_view().all_numbers() == ("2026-0001", "2026-0002")
    third.cases.new_case()
    fourth = desk.opened[-1]
    assert fourth.autosave.number == "" and fourth.autosave.keep_now()


def test_a_number_that_cannot_be_taken_is_told_and_taken_later(desk, window, monkeypatch):
    def full(*_: object) -> str:
        raise StorageFull(folder="/data")

    monkeypatch.setattr(window.autosave._store, "new_case", full)
    window.document.answer("lesion.category", "malignant")
    assert "schijf is vol" in desk.said() and window.autosave.number == "" and not window.autosave.is_kept
    monkeypatch.undo()
    assert window.autosave.keep_now()
    assert desk.other_view().load("2026-0001").case.lesion.category == "malignant"


def test_answers_before_the_store_is_open_are_stored_when_it_is(tmp_path, qtbot, desk):
    late = StoreAccess(lambda: open_store(tmp_path / "late", OneKey()), desk.services.tasks)
    desk.services.store = late
    window = desk.open()
    window.document.answer("lesion.category", "malignant")
    window.document.answer("lesion.bone", "femur")
    late.open_store()
    assert desk.other_view().load(window.autosave.number).case.lesion.bone == "femur"
    assert window.document.undo_stack.canUndo()
    window.autosave.leave()
    late.close()


def test_the_last_case_is_offered_by_number_and_date_only(desk, window):
    fill(window, {**IDENTITY, "lesion.category": "malignant"})
    window.document.keep_raw("patient.birth_date", "1-2")
    window.close()
    desk.services.messages = None
    again = desk.open()
    assert again.content.bar.isVisible()
    assert "2026-0001" in again.content.bar.text.text() and "23 november 2026" in again.content.bar.text.text()
    assert NAME not in words_in(again)
    again.content.bar.action.click()
    assert again.document.case.lesion.category == "malignant"
    assert again.document.raw("patient.birth_date") == "1-2"
    assert again.content.banner.name.words.startswith(NAME)
    assert "2026-0001" in again.windowTitle()


@pytest.mark.parametrize(("file", "said"), [(None, "2026-0001"), ("weg.pdf", "weg.pdf")])
def test_the_last_case_is_not_offered_over_what_went_wrong(desk, window, qtbot, file, said):
    """The store opens after the window and after a file that the command line named."""
    fill(window, {"lesion.category": "malignant"})
    window.close()
    store = StoreAccess(lambda: open_store(desk.folder / "data", OneKey()), desk.services.tasks)
    first = MainWindow(dataclasses.replace(desk.services, store=store, messages=None), desk.windows)
    qtbot.addWidget(first)
    first.show()
    if file:
        first.files.open(desk.folder / file)
    store.open_store()
    assert said in first.content.bar.text.text() and first.content.bar.isVisible()
    store.close()


def test_a_full_disk_is_told_and_mended(desk, window, monkeypatch):
    store = window.autosave._store
    real = store.save

    def full(*_: object) -> None:
        raise StorageFull(folder="/data")

    monkeypatch.setattr(store, "save", full)
    window.document.answer("lesion.category", "malignant")
    assert "schijf is vol" in desk.said() and window.kept_label.text() == "Niet bewaard"
    assert not window.keeping.may_close()
    assert "niet bewaard" in desk.user.asked[-1].text
    monkeypatch.setattr(store, "save", real)
    assert window.autosave.keep_now()
    assert "Bewaard om" in window.kept_label.text()
    assert window.keeping.may_close()


def test_without_a_store_the_window_works_and_says_so(desk, qtbot):
    desk.services.store = StoreAccess(None, desk.services.tasks)
    window = desk.open()
    window.document.answer("lesion.category", "malignant")
    assert "Verwijzen" in window.content.plan_view.head.row_model.rows[0].text
    window.keeping.tell_no_store(StorageFull(folder="/data"))
    assert window.kept_label.text() == "Niet bewaard"


# --- cases ----------------------------------------------------------------------------------------------------------


def test_new_opens_another_window_unless_this_one_is_empty(desk, window):
    window.cases.new_case()
    assert desk.opened == [window]
    window.document.answer("lesion.category", "malignant")
    window.cases.new_case()
    assert len(desk.opened) == 2
    assert window.document.case.lesion.category == "malignant"
    assert desk.opened[1].document.is_empty()
    assert desk.opened[1].autosave.number != window.autosave.number


def write_case(path: Path, **groups: object) -> Path:
    path.write_text(json.dumps(groups), encoding="utf-8")
    return path


def test_a_file_becomes_a_case_of_its_own(desk, window, tmp_path):
    file = write_case(tmp_path / "c.json", lesion={"category": "malignant"}, patient={"family_name": NAME})
    before = file.read_bytes()
    window.files.open(file)
    assert window.document.case.lesion.category == "malignant"
    assert desk.other_view().load(window.autosave.number).case.patient.family_name == NAME
    assert file.read_bytes() == before
    assert "niet gewijzigd" in desk.said()


def test_a_file_never_overwrites_a_patient(desk, window, tmp_path):
    fill(window, IDENTITY)
    window.files.open(write_case(tmp_path / "c.json", patient={"family_name": "Ander"}))
    assert window.document.case.patient.family_name == NAME
    assert desk.opened[1].document.case.patient.family_name == "Ander"


def test_faults_of_a_file_are_told_together(desk, window, tmp_path):
    file = write_case(tmp_path / "c.json", lesion={"category": "kwaad", "colour": "red"}, patient={"age_years": -3})
    window.files.open(file)
    tone, text = desk.user.said[-1]
    assert tone == "caution" and "lesion.category" in text and "lesion.colour" in text and "patient.age_years" in text
    assert window.document.is_empty()


def test_a_missing_file_is_told(desk, window, tmp_path):
    window.files.open(tmp_path / "none.json")
    assert desk.user.said[-1][0] == "caution" and "bestaat niet" in desk.said()


def test_dropped_files_are_opened(desk, window, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_case(tmp_path / "c.json", lesion={"category": "malignant"})))])
    buttons, modifiers = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, modifiers))
    assert window.document.case.lesion.category == "malignant"


def test_open_shows_numbers_and_dates(desk, window, qtbot):
    fill(window, IDENTITY)
    cases = window.autosave.recent()
    dialog = KeptCasesDialog(cases, phrases(), window)
    qtbot.addWidget(dialog)
    texts = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert len(texts) == 1 and "2026-0001" in texts[0] and NAME not in texts[0]
    dialog._open()
    assert dialog.chosen == "2026-0001"
    empty = KeptCasesDialog((), phrases(), window)
    qtbot.addWidget(empty)
    empty._open()
    assert empty.chosen is None
    empty._take_file()
    assert empty.chosen == FROM_FILE


def test_recent_cases_stand_in_the_menu_by_number_and_date(desk, window):
    fill(window, {**IDENTITY, "lesion.category": "malignant"})
    window.close()
    again = desk.open()
    [recent] = [action.menu() for action in again.menu.menus[0].actions() if action.menu() is not None]
    recent.aboutToShow.emit()
    [entry] = recent.actions()
    assert "2026-0001" in entry.text() and "23 november 2026" in entry.text() and NAME not in entry.text()
    entry.trigger()
    assert again.document.case.patient.family_name == NAME


def test_without_kept_cases_the_menu_says_so(window):
    [recent] = [action.menu() for action in window.menu.menus[0].actions() if action.menu() is not None]
    recent.aboutToShow.emit()
    [entry] = recent.actions()
    assert "nog geen" in entry.text() and not entry.isEnabled()


def test_open_goes_through_the_list_or_a_file(desk, window, tmp_path, monkeypatch):
    fill(window, {"lesion.category": "malignant"})
    window.close()
    second = desk.open()
    chosen: list[str | None] = ["2026-0001", FROM_FILE, None]
    monkeypatch.setattr(kept_cases, "choose_case", lambda *_: chosen.pop(0))
    second.cases.open_dialog()
    assert second.document.case.lesion.category == "malignant"
    desk.user.files = [write_case(tmp_path / "c.json", lesion={"category": "intermediate"})]
    second.cases.open_dialog()
    assert desk.opened[-1].document.case.lesion.category == "intermediate"
    second.cases.open_dialog()
    second.cases.open_number("2026-0001")
    assert "al open in dit venster" in desk.said()


def test_a_case_open_elsewhere_is_asked_about(desk, window):
    window.document.answer("lesion.category", "malignant")
    second = desk.open()
    second.cases.open_number(window.autosave.number)
    assert "al open in een ander venster" in desk.user.asked[-1].text
    assert second.document.is_empty()
    desk.user.answers[desk.user.asked[-1].text] = "yes"
    second.cases.open_number(window.autosave.number)
    assert second.document.case.lesion.category == "malignant"
    window.document.answer("lesion.bone", "femur")
    assert "overgenomen" in desk.said()
    assert desk.other_view().load(second.autosave.number).case.lesion.bone is None


def test_save_says_where_the_case_is(desk, window):
    window.cases.save()
    assert "nog niets ingevuld" in desk.said()
    window.document.answer("lesion.category", "malignant")
    window.cases.save()
    assert "casus 2026-0001" in desk.user.said[-1][1]


def test_save_as_goes_on_under_a_new_number(desk, window):
    window.cases.save_as()
    window.document.answer("lesion.category", "malignant")
    first = window.autosave.number
    window.cases.save_as()
    window.document.answer("lesion.bone", "femur")
    assert window.autosave.number != first
    assert desk.other_view().load(first).case.lesion.bone is None
    assert desk.other_view().load(window.autosave.number).case.lesion.bone == "femur"


def test_export_is_told_once_not_to_be_encrypted(desk, window, tmp_path):
    fill(window, IDENTITY)
    desk.user.files = [tmp_path / "a.json", tmp_path / "b.json"]
    window.files.export()
    question = desk.user.asked[-1]
    assert "niet versleuteld" in question.explanation and "BSN" in question.explanation
    assert not (tmp_path / "a.json").exists()
    desk.user.answers[question.text] = "yes"
    window.files.export()
    window.files.export()
    assert len(desk.user.asked) == 2
    assert json.loads((tmp_path / "b.json").read_text("utf-8"))["patient"]["family_name"] == NAME
    assert "niet versleuteld" in desk.user.said[-1][1]


def test_export_is_told_once_per_user(desk, window, tmp_path):
    window.document.answer("lesion.category", "malignant")
    desk.user.answers[phrases().get("window", "export", "question")] = "yes"
    window.files.export()
    assert load_settings(desk.folder / "settings.json").settings.told_of_plain_files
    other = desk.open()
    other.document.answer("lesion.category", "malignant")
    desk.user.files = [tmp_path / "a.json"]
    other.files.export()
    assert len(desk.user.asked) == 1 and (tmp_path / "a.json").exists()


def test_export_to_nowhere_is_told(desk, window, tmp_path):
    window.document.answer("lesion.category", "malignant")
    desk.services.settings.change(Settings(told_of_plain_files=True))
    desk.user.files = [tmp_path / "no" / "folder" / "a.json"]
    window.files.export()
    assert desk.user.said[-1][0] == "caution"


# --- steps, questions, undo -----------------------------------------------------------------------------------------


def test_steps_and_wizard_go_together(qtbot, window):
    for row, step in enumerate(STEPS):
        item = window.content.steps.item(row)
        qtbot.mouseClick(
            window.content.steps.viewport(),
            Qt.MouseButton.LeftButton,
            pos=window.content.steps.visualItemRect(item).center(),
        )
        assert window.content.wizard.current_step == step == window.content.steps.current_step
        assert window.content.steps.currentRow() == row
        assert window.content.right.currentWidget() is (
            window.content.preview if step == "letter" else window.content.plan_view
        )
    for place, step in enumerate(STEPS, 1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{place}"), Qt.KeyboardModifier.AltModifier)
        assert window.content.wizard.current_step == step


def test_steps_say_how_far_they_are(qtbot, window):
    window.document.full_plan()
    assert window.content.steps.states["resection"] is StepState.NOT_NEEDED
    spoken = [
        window.content.steps.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(window.content.steps.count())
    ]
    assert "u bent hier" in spoken[0] and "niet nodig" in spoken[STEPS.index("resection")]
    fill(window, {"complaints.persistent_pain": True, "complaints.night_pain": False, "complaints.swelling": False})
    window.document.full_plan()
    assert window.content.steps.states["complaints"] is StepState.COMPLETE


def test_states_never_stand_for_other_answers(desk, window, qtbot, monkeypatch):
    window.document.full_plan()
    icons = [window.content.steps.item(row).icon().cacheKey() for row in range(window.content.steps.count())]
    window.document.answer("complaints.persistent_pain", True)
    assert [
        window.content.steps.item(row).icon().cacheKey() for row in range(window.content.steps.count())
    ] == icons  # no flicker
    window.document._idle.stop()  # a plan that does not come
    qtbot.waitUntil(lambda: window.content.steps.states == {})
    spoken = [
        window.content.steps.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(window.content.steps.count())
    ]
    assert not any("niet nodig" in words or "compleet" in words or "open" in words for words in spoken)
    window.document.full_plan()
    assert window.content.steps.states.keys() == set(STEPS)
    window.document.load(Case())
    assert window.content.steps.states == {}


def test_a_step_has_one_name_everywhere(window):
    names = {step: phrases().plan("step", step) for step in STEPS}
    for row, step in enumerate(STEPS):
        assert window.content.steps.item(row).text() == names[step]
        assert window.content.wizard.pages[step].title() == names[step]
        assert window.menu.actions[f"step:{step}"].text().replace("&", "") == names[step]
    assert (names["consultation"], names["pathology"]) == ("Overleg en biopsie", "Pathologie")
    assert phrases("en").plan("step", "consultation") == "Consult and biopsy"


def test_next_question_puts_the_cursor_there(qtbot, window):
    window.document.full_plan()
    asked = window.document.plan.open_questions[0].field
    qtbot.keyClick(window, Qt.Key.Key_F6)
    row = window.content.wizard.current_page.rows[asked]
    assert row.isAncestorOf(QApplication.focusWidget())


def test_undo_goes_back_to_what_it_changes(qtbot, window):
    fill(window, {"lesion.category": "malignant"})
    assert "Soort afwijking" in window.menu.actions["undo"].text()
    window.menu.actions["undo"].trigger()
    assert window.document.case.lesion.category is None
    assert window.content.wizard.current_step == "lesion"
    assert not window.menu.actions["undo"].isEnabled()
    window.menu.actions["redo"].trigger()
    assert window.document.case.lesion.category == "malignant"


def test_a_removed_examination_comes_back_by_undo(window):
    """Nobody is asked "are you sure": what is taken away can be put back."""
    path = "imaging.other"
    window.document.answer(path, (OtherExamination(what="botscan"), OtherExamination(what="echo")))
    window.content.wizard.go_to_field(path)
    examinations = window.content.wizard.current_page.rows[path].input
    before = window.document.snapshot()
    examinations.rows[0].findChild(QToolButton).click()
    assert [item.what for item in window.document.case.imaging.other] == ["echo"]
    window.menu.actions["undo"].trigger()
    assert window.document.snapshot() == before
    assert [row.lines["what"].text() for row in examinations.rows] == ["botscan", "echo"]


def test_every_command_of_the_menus_has_words_and_does_something(window):
    texts = [action.text().replace("&", "") for action in window.menu.actions.values()]
    assert all(texts) and len(set(texts)) == len(texts)
    keys = [action.shortcut().toString() for action in window.menu.actions.values() if not action.shortcut().isEmpty()]
    assert len(set(keys)) == len(keys)
    for name in ("show_letter", "show_plan", "next_question", "hide", "about", "save", "copy_plan"):
        window.menu.actions[name].trigger()
    assert "PySide6" in " ".join(text for _, text in window.messages.said)


def test_the_window_speaks_english_too(desk):
    desk.services.phrases = phrases("en")
    window = desk.open()
    assert "Plan" in window.content.tabs.tabText(PLAN) and window.content.tabs.tabText(LETTER) == "Letter"
    window.document.answer("lesion.category", "malignant")
    window.document.full_plan()
    window.content.wizard.go_to_step("letter")
    window.hide_case()
    assert "Click to continue" in words_in(window)


# --- settings -------------------------------------------------------------------------------------------------------


def test_the_place_of_work_is_asked_once(desk, window):
    assert window.document.case.setting is None
    window.document.answer("setting", "hospital")
    assert load_settings(desk.folder / "settings.json").settings.setting == "hospital"
    assert "onthouden" in desk.said()
    window.document.answer("setting", "primary_care")
    assert desk.services.settings.current.setting == "hospital"
    assert desk.open().document.case.setting == "hospital"


def test_settings_are_checked_and_kept(desk, window, qtbot):
    dialog = SettingsDialog(
        Settings(), {"lumc": "LUMC"}, phrases(), desk.user, window.services.appearance.palette, window
    )
    qtbot.addWidget(dialog)
    dialog.inputs["referrer.big_number"].setText("123")
    dialog.inputs["referrer.name"].setText("dr. A. Bakker")
    dialog.accept()
    assert dialog.result() != QDialog.DialogCode.Accepted
    assert "11 cijfers" in dialog.faults["referrer.big_number"].text()
    dialog.inputs["referrer.big_number"].setText("12345678901")
    dialog.inputs["clinic.letterhead"].setPlainText("Ziekenhuis Noord\n\nAfdeling Radiologie\n")
    dialog.inputs["hide_after_minutes"].setValue(3)
    dialog.inputs["default_centre"].setCurrentIndex(1)
    dialog.accept()
    assert dialog.chosen.clinic.letterhead == ("Ziekenhuis Noord", "Afdeling Radiologie")
    window.settings.accepted = lambda given: bool(given.result()) or True
    window.settings.change(dialog.chosen)
    kept = load_settings(desk.folder / "settings.json").settings
    assert kept.referrer.name == "dr. A. Bakker" and kept.hide_after_minutes == 3 and kept.default_centre == "lumc"


def test_settings_dialog_opens_from_the_menu(desk, window, qtbot):
    seen: list[SettingsDialog] = []

    def accept(dialog: SettingsDialog) -> bool:
        seen.append(dialog)
        dialog.inputs["clinic.name"].setText("Ziekenhuis Noord")
        dialog.accept()
        return True

    window.settings.accepted = accept
    window.menu.actions["settings"].trigger()
    assert desk.services.settings.current.clinic.name == "Ziekenhuis Noord"
    centres = seen[0].inputs["default_centre"]
    assert any("LUMC" in centres.itemText(row) for row in range(centres.count()))


def test_settings_that_cannot_be_saved_are_told(desk, window, monkeypatch):
    def refuse(*_: object) -> None:
        raise SettingsNotSaved(desk.folder / "settings.json", "geen schijf")

    monkeypatch.setattr("desktop_app.settings.settings.save_settings", refuse)
    window.document.answer("setting", "hospital")
    assert "niet opgeslagen" in desk.said()
    assert desk.services.settings.current.setting == "hospital"


# --- hiding ---------------------------------------------------------------------------------------------------------


def test_the_cover_hides_everything_and_any_key_lifts_it(qtbot, window):
    fill(window, IDENTITY)
    window.idle.idle.emit()
    assert (
        window.cover.isVisible() and not window.content.banner.isVisible() and not window.content.plan_view.isVisible()
    )
    assert NAME not in words_in(window) and "Klik om verder te gaan" in words_in(window)
    qtbot.keyClick(window.cover, Qt.Key.Key_A)
    assert window.content.banner.isVisible()
    window.menu.actions["hide"].trigger()
    qtbot.mouseClick(window.cover, Qt.MouseButton.LeftButton)
    assert window.content.banner.isVisible()
    assert window.document.case.patient.family_name == NAME


def test_the_window_is_hidden_after_so_many_minutes_of_settings(desk, window):
    desk.bot.waitUntil(window.idle._timer.isActive)  # the count begins after the first plan
    assert window.idle._timer.interval() == 10 * 60_000
    desk.services.settings.change(Settings(hide_after_minutes=2))
    assert window.idle._timer.interval() == 2 * 60_000
    desk.services.settings.change(Settings(hide_after_minutes=0))
    assert not window.idle._timer.isActive()


# --- errors ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def hook(desk, window):
    before = sys.excepthook
    window_start.install_excepthook(desk.windows)
    yield sys.excepthook
    sys.excepthook = before


def raised(text: str) -> BaseException:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_a_defect_is_told_without_patient_data(desk, window, hook, caplog):
    fill(window, IDENTITY)
    error = raised(f"{NAME} is not a number")
    hook(type(error), error, error.__traceback__)
    tone, text = desk.user.said[-1]
    assert tone == "error" and "ValueError" in text and "bewaard" in text
    assert NAME not in text and NAME not in caplog.text
    assert desk.other_view().load(window.autosave.number).case.patient.family_name == NAME


def test_a_defect_in_a_slot_reaches_the_hook(desk, window, qtbot, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind.__name__))

    def broken(*_: object) -> None:
        raise ValueError("slot")

    window.document.replanned.connect(broken)
    with qtbot.captureExceptions() as caught:
        window.document.answer("lesion.category", "malignant")
    assert told or caught
    assert window.content.plan_view._plan is window.document.plan


def test_a_defect_in_planning_leaves_no_old_plan(desk, window, qtbot, monkeypatch):
    window.document.answer("lesion.category", "malignant")

    def broken(*_: object) -> None:
        raise ValueError("planning")

    monkeypatch.setattr(window.document._guideline.planner, "make_bare_plan", broken)
    with qtbot.captureExceptions(), pytest.raises(ValueError, match="planning"):
        window.document.answer("lesion.category", "intermediate")
    assert not window.content.plan_view.shows_plan
    monkeypatch.undo()
    window.document.replan()
    assert window.content.plan_view.shows_plan


def test_the_place_of_a_defect_names_no_value():
    error = raised("x")
    assert window_start.place_of(error.__traceback__) == "?"


# --- time -----------------------------------------------------------------------------------------------------------


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


# --- the letter -----------------------------------------------------------------------------------------------------


@pytest.fixture
def lettered(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window at its letter."""
    fill(window, {**IDENTITY, "patient.birth_date": datetime.date(2012, 2, 3), "lesion.category": "malignant"})
    window.document.full_plan()
    window.content.wizard.go_to_step("letter")
    qtbot.waitUntil(lambda: window.content.preview._made is not None)
    return window


def test_the_preview_is_the_real_pdf_with_its_warnings(lettered):
    preview = lettered.content.preview
    assert preview.isVisible() and lettered.content.banner.isVisible()
    assert preview._viewer.document.pageCount() >= 1
    text = preview._viewer.document.getAllText(0).text()
    assert NAME in text and "Verwijzing" in text
    warnings = [preview.warnings.item(row).text() for row in range(preview.warnings.count())]
    assert any("verwijzer" in warning for warning in warnings)


def test_the_preview_follows_the_answers(lettered, qtbot):
    lettered.document.answer("letter.question", "Kunt u deze week beoordelen?")
    assert not lettered.content.preview.pages.isEnabled()
    lettered.document.full_plan()
    assert "deze week" in lettered.content.preview._viewer.document.getAllText(0).text()
    assert lettered.content.preview.pages.isEnabled()


def test_what_leaves_is_of_the_present_answers(lettered, tmp_path, desk):
    lettered.document.answer("letter.question", "Kunt u morgen beoordelen?")
    desk.user.files = [tmp_path / "brief.pdf"]
    lettered.papers.leaving.save_pdf()
    lettered.papers.leaving.copy()
    assert "Kunt u morgen beoordelen?" in QGuiApplication.clipboard().text()
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_a_letter_that_cannot_be_made_shows_no_old_one(lettered, monkeypatch):
    def broken(_order: object) -> None:
        raise ValueError("letter")

    monkeypatch.setattr("desktop_app.window.papers.preview.make_paper", broken)
    lettered.document.answer("letter.question", "x")
    lettered.document.full_plan()
    assert lettered.content.preview.pages.currentWidget() is lettered.content.preview.failure
    assert not lettered.content.preview.warnings.isVisible()


def test_warnings_lead_to_what_is_missing(lettered, qtbot):
    preview, asked = lettered.content.preview, []
    lettered.settings.accepted = lambda dialog: asked.append(dialog) is not None
    for row in range(preview.warnings.count()):
        item = preview.warnings.item(row)
        if item.data(Qt.ItemDataRole.UserRole) == "images_way":
            preview._follow(item)
            assert lettered.content.wizard.current_step == "letter"
        if item.data(Qt.ItemDataRole.UserRole) == "sender":
            preview._follow(item)
    assert len(asked) == 1


def test_whether_the_case_goes_along_is_chosen_beside_the_letter(lettered, desk):
    assert lettered.content.preview.attached.isChecked()
    lettered.content.preview.attached.click()
    assert not load_settings(desk.folder / "settings.json").settings.attach_case
    desk.services.settings.change(Settings(attach_case=True))
    assert lettered.content.preview.attached.isChecked()


def test_the_bsn_is_printed_only_when_it_was_verified(lettered):
    lettered.document.answer("patient.bsn", "111222333")
    lettered.document.full_plan()
    document = lettered.content.preview._viewer.document
    assert lettered.content.preview.verified.isVisible()
    assert "111222333" not in document.getAllText(0).text().replace(" ", "").replace(".", "")
    lettered.content.preview.verified.setChecked(True)
    assert "111222333" in document.getAllText(0).text().replace(" ", "").replace(".", "")
    lettered.autosave.start_case(Case())
    assert not lettered.content.preview.verified.isChecked()


PROBLEMS = ["no_print_system", "unknown_queue", "rejecting", "disabled", "held", "refused", "unreadable"]


@pytest.mark.parametrize("key", PROBLEMS)
def test_each_failure_of_printing_is_told(lettered, desk, key):
    def refuse(*_: object) -> None:
        raise PrintProblem(key, "Balie 2", "Balie-2-17")

    lettered.papers.leaving.choose_printer = refuse
    lettered.menu.actions["print"].trigger()
    tone, text = desk.user.said[-1]
    assert tone == "caution" and "niet" in text
    assert NAME not in text


@pytest.mark.parametrize(("way", "words"), [(Way.JOB, "gestuurd"), (Way.UNCONFIRMED, "Controleer"), (Way.FILE, "PDF")])
def test_what_was_printed_is_told(lettered, desk, way, words):
    jobs: list[str] = []

    def accept(content: bytes, title: str, *_: object) -> Sending:
        jobs.append(title)
        return lambda _commit: Sent(way, "Balie 2", "Balie-2-17")

    lettered.papers.leaving.choose_printer = accept
    lettered.content.preview.buttons["print"].click()
    assert words in desk.user.said[-1][1]
    assert jobs == ["Botwijzer brief"]


def test_a_cancelled_print_says_nothing(lettered, desk):
    lettered.papers.leaving.choose_printer = lambda *_: None
    before = len(desk.user.said)
    lettered.papers.leaving.print_it()
    assert len(desk.user.said) == before


# --- the case inside the letter -------------------------------------------------------------------------------------


def test_a_saved_letter_takes_the_case_along_and_is_opened_again(desk, window, tmp_path):
    fill(window, {**IDENTITY, "lesion.category": "malignant", "lesion.bone": "femur", "lesion.side": "left"})
    desk.user.files = [tmp_path / "brief.pdf"]
    window.papers.leaving.save_pdf()
    assert "FHIR" in desk.user.said[-1][1], "what travels is said"
    window.cases.new_case()
    window.files.open(tmp_path / "brief.pdf")
    opened = window if not window.document.is_empty() else desk.opened[-1]
    assert opened.document.case.lesion.bone == "femur" and opened.document.case.lesion.side == "left"
    assert opened.document.case.patient.family_name == NAME


def test_of_an_opened_letter_is_said_what_its_hash_is_worth_and_that_it_was_altered_stays(desk, window, tmp_path):
    import pikepdf

    fill(window, {**IDENTITY, "lesion.category": "malignant"})
    whole, again, changed = (tmp_path / f"{name}.pdf" for name in ("whole", "again", "changed"))
    desk.user.files = [whole]
    window.papers.leaving.save_pdf()
    with pikepdf.open(whole) as pdf:
        pdf.save(again)
        [name] = [name for name in pdf.attachments if "case" in name]
        content = pdf.attachments[name].get_file().read_bytes().replace(b'"malignant"', b'"uncertain"')
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)
        pdf.save(changed)
    for file, tone, words in (
        (whole, "note", "geen handtekening"),
        (again, "caution", "veranderd nadat het was gemaakt"),
        (changed, "caution", "casus in deze PDF is veranderd"),
    ):
        window.files.open(file)
        assert desk.user.said[-1][0] == tone
        assert words in desk.user.said[-1][1] and "geen handtekening" in desk.user.said[-1][1]
    assert desk.opened[-1].document.case.lesion.category == "uncertain"


def test_what_is_to_be_said_of_a_letter_is_said_before_the_store_is_open_too(desk, window, tmp_path, qtbot):
    """As `botwijzer open LETTER.pdf` does: the file is opened before the cases are."""
    import pikepdf

    fill(window, {"lesion.category": "malignant"})
    desk.user.files = [tmp_path / "whole.pdf"]
    window.papers.leaving.save_pdf()
    with pikepdf.open(tmp_path / "whole.pdf") as pdf:
        pdf.save(tmp_path / "again.pdf")
    early = dataclasses.replace(desk.services, store=StoreAccess(None, desk.services.tasks))
    for name, tone in (("whole", "note"), ("again", "caution")):
        first = MainWindow(early, desk.windows)
        qtbot.addWidget(first)
        first.files.open(tmp_path / f"{name}.pdf")
        said_tone, words = desk.user.said[-1]
        assert said_tone == tone and "geen handtekening" in words and ("veranderd nadat" in words) is (name == "again")
        assert first.autosave.number == "" and first.document.case.lesion.category == "malignant"


def test_a_letter_without_the_case_says_so_when_it_is_opened(desk, window, tmp_path):
    desk.services.settings.change(Settings(attach_case=False))
    fill(window, {"lesion.category": "malignant"})
    desk.user.files = [tmp_path / "brief.pdf"]
    window.papers.leaving.save_pdf()
    assert "FHIR" not in desk.user.said[-1][1]
    window.files.open(tmp_path / "brief.pdf")
    assert desk.user.said[-1][0] == "caution"
    assert window.document.case.lesion.category == "malignant", "nothing was opened in its place"
