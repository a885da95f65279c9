"""Files: each becomes a case of its own, faults are told together, and an export is told not to be encrypted."""

import json

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop_app.settings.settings import Settings, load_settings
from tests.desktop_app.window.filling import IDENTITY, NAME, fill, write_case


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
