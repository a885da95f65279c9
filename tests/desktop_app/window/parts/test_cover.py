"""The cover: it hides everything after some minutes, and any key lifts it."""

import json

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from desktop_app.settings.settings import Settings
from desktop_app.store.keys import PassphraseRequest
from desktop_app.window.dialogs.passphrase import PassphraseDialog
from desktop_app.window.dialogs.patient import PatientDialog
from desktop_app.window.messages import Choice, FileKind, Question
from desktop_app.window.window_messages import WindowMessages
from tests.desktop_app.plan.view.documents import phrases
from tests.desktop_app.pseudo_language import texts_of
from tests.desktop_app.window.filling import IDENTITY, NAME, fill, words_in


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


# --- what stands before the window ------------------------------------------------------------------------------------


def exist_in(widget: QWidget) -> str:
    """Every word that can be reached from a window, seen or not: what a screen reader can walk through."""
    return " | ".join(text for each in [widget, *widget.findChildren(QWidget)] for _, text in texts_of(each))


def while_open(window, kind: type[QWidget], then) -> list[QWidget]:
    """Do something as soon as a dialog of this kind is open; returns the dialogs that were."""
    found: list[QWidget] = []

    def look() -> None:
        shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        if not shown:
            QTimer.singleShot(10, window, look)
            return
        found.extend(shown)
        then()

    QTimer.singleShot(0, window, look)
    return found


def patient_file(folder) -> object:
    file = folder / "patient.json"
    name = {"family": "Zwartepoort", "given": ["Quirijn"]}
    file.write_text(json.dumps({"resourceType": "Patient", "name": [name], "birthDate": "1980-01-01"}), "utf-8")
    return file


def test_the_cover_closes_the_dialog_that_names_two_patients(desk, window, tmp_path, qtbot):
    fill(window, IDENTITY)
    dialogs = while_open(window, PatientDialog, window.idle.idle.emit)
    window.files.open(patient_file(tmp_path))
    assert len(dialogs) == 1 and window.cover.isVisible()
    assert not any(each.isVisible() for each in QApplication.topLevelWidgets() if isinstance(each, QDialog))
    qtbot.wait(10)
    assert window.document.case.patient.family_name == NAME  # nothing was taken over
    for name in (NAME, "Noor", "7654321", "Zwartepoort", "Quirijn"):
        assert name not in exist_in(window), name


def test_the_cover_leaves_nothing_for_a_screen_reader(desk, window, qtbot):
    fill(window, IDENTITY)
    window.content.show_letter()
    assert NAME in exist_in(window)
    window.hide_case()
    for name in (NAME, "Noor", "7654321"):
        assert name not in exist_in(window)
    assert window.content.parent() is None and not window.content.isVisible()
    qtbot.keyClick(window.cover, Qt.Key.Key_A)
    assert NAME in exist_in(window) and window.content.banner.isVisible() and window.content.preview.isVisible()


def test_a_covered_window_changes_its_language_and_stays_covered(desk, window, qtbot):
    fill(window, IDENTITY)
    window.hide_case()
    desk.services.settings.change(Settings(language="en"))
    assert window.cover.isVisible() and NAME not in exist_in(window)
    qtbot.keyClick(window.cover, Qt.Key.Key_A)
    assert window.content.banner.isVisible() and NAME in window.content.banner.name.words


@pytest.mark.parametrize("kind", [QDialog, QFileDialog, QMenu])
def test_the_cover_closes_whatever_is_open(desk, window, tmp_path, kind):
    """A question gets its safe answer, a file dialog no file, a menu closes."""
    said = WindowMessages(window, lambda: window.content.bar, lambda: desk.services.phrases)
    opened = while_open(window, kind, window.idle.idle.emit)
    if kind is QDialog:
        question = Question("Sluiten?", "", (Choice("yes", "Ja"), Choice("no", "Nee")), safe="no", proposed="yes")
        assert said.ask(question) == "no"
    elif kind is QFileDialog:
        assert said.file_to_save("Bewaar", "brief.pdf", FileKind("PDF", "pdf"), "gaat mee") is None
    else:
        assert window.menuBar().actions()[0].menu().exec(window.mapToGlobal(window.rect().center())) is None
    assert opened and window.cover.isVisible()
    assert not any(each.isVisible() for each in QApplication.topLevelWidgets() if isinstance(each, kind))


def test_work_in_a_dialog_is_use_of_the_window(desk, window, qtbot):
    desk.bot.waitUntil(window.idle._timer.isActive)
    dialog = QDialog(window)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is not None and dialog.isActiveWindow())
    window.idle._timer.start(60_000)
    at = QPointF(5, 5)
    no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        dialog.windowHandle(), QMouseEvent(QEvent.Type.MouseMove, at, at, no_button, no_button, no_key)
    )
    assert window.idle._timer.interval() == 10 * 60_000
    dialog.close()


def test_the_cover_empties_the_question_for_a_passphrase(window, qtbot):
    """It belongs to no window: it stays, but what was typed is gone, also where it was shown."""
    dialog = PassphraseDialog(PassphraseRequest("new"), phrases())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.shown.setChecked(True)
    dialog.line.setText("vier rode fietsen")
    dialog.again.setText("vier rode fietsen")
    window.idle.idle.emit()
    assert window.cover.isVisible() and dialog.isVisible()
    assert dialog.line.text() == "" and dialog.again.text() == "" and not dialog.shown.isChecked()
    dialog.shown.setChecked(True)
    for line in (dialog.line, dialog.again):
        line.undo()
        assert line.text() == ""
    dialog.accept_typed()
    assert dialog.isVisible()  # whoever comes by cannot go on with it
