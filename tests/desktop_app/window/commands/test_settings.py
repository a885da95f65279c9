"""The settings: asked once, checked as a whole, saved; that they are not saved is told."""

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtWidgets import QDialog

from desktop_app.looks.plain_label import PlainLabel
from desktop_app.papers.centres import read_directory
from desktop_app.settings.settings import Settings, SettingsNotSaved, load_settings
from desktop_app.window.dialogs.settings import CentresToChoose, SettingsDialog, expertise_centres


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
        Settings(), CentresToChoose({"lumc": "LUMC"}), phrases(), desk.user, window.services.appearance.palette, window
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


def test_faults_in_the_list_of_centres_are_told_beside_the_choice(desk, window, qtbot):
    directory = read_directory(b'[centres.a]\nname = "A"\nkind = "expertise_centre"\n\n[centres.lumc]\nname = "LUMC"\n')
    centres = CentresToChoose({"a": "A"}, directory.faults)
    palette = window.services.appearance.palette
    dialog = SettingsDialog(Settings(default_centre="lumc"), centres, phrases(), desk.user, palette, window)
    qtbot.addWidget(dialog)
    label = dialog.findChild(PlainLabel, "centres_faults")
    assert "expertise_centres.toml, regel 5 [centres.lumc]" in label.text()
    assert label.text() == dialog.inputs["default_centre"].accessibleDescription()
    assert "lumc (niet bruikbaar" in dialog.inputs["default_centre"].currentText()
    dialog.accept()
    assert dialog.chosen.default_centre == "lumc", "a slip in the list makes nobody lose a setting"


def test_a_right_list_of_centres_is_not_spoken_of(desk, window, qtbot):
    palette = window.services.appearance.palette
    dialog = SettingsDialog(Settings(), expertise_centres(), phrases(), desk.user, palette, window)
    qtbot.addWidget(dialog)
    assert dialog.findChild(PlainLabel, "centres_faults") is None
