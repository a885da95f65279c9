"""A slip sets no new passphrase, and no dialog that opens by itself takes keys that were meant for a field."""

import pytest

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from desktop_app.store.keys import PassphraseRequest, SystemKeys
from desktop_app.store.store import has_store, open_store
from desktop_app.window.dialogs import held_back
from desktop_app.window.dialogs.passphrase import PassphraseAsker, PassphraseDialog, ask_in_dialog
from desktop_app.window.dialogs.speaking import Dialogs
from desktop_app.window.services import StoreAccess
from desktop_app.window.tasks import ThreadTasks

PASSPHRASE = "vier rode fietsen in de regen"


@pytest.fixture
def dialog_of(qtbot):
    """Shows a dialog with a request, and waits until it takes keys."""

    def show(reason: str, waits: bool = True) -> PassphraseDialog:
        dialog = PassphraseDialog(PassphraseRequest(reason), phrases())
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        if waits:
            qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.line)
        return dialog

    return show


def target() -> QWidget:
    """Where a key goes now."""
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "nothing is open"
    return found


def type_in_focus(text: str) -> None:
    """Type where the cursor is, or in the window when it is nowhere."""
    for letter in text:
        QTest.keyClicks(target(), letter)


def press(key: Qt.Key) -> None:
    QTest.keyClick(target(), key)


# --- what a new passphrase needs --------------------------------------------------------------------------------------


def test_a_new_passphrase_is_typed_twice(dialog_of):
    dialog = dialog_of("new")
    type_in_focus(PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.again and dialog.isVisible()
    type_in_focus(PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted and dialog.line.text() == PASSPHRASE


@pytest.mark.parametrize("again", ["", PASSPHRASE[:-1], PASSPHRASE.upper(), f"{PASSPHRASE} "])
def test_a_typing_error_is_noticed(dialog_of, again):
    dialog = dialog_of("new")
    dialog.line.setText(PASSPHRASE)
    dialog.again.setText(again)
    dialog.accept_typed()
    assert dialog.isVisible() and "niet gelijk" in dialog.fault.text() and dialog.line.text() == PASSPHRASE


@pytest.mark.parametrize(("typed", "said"), [("kort", "te kort"), ("aaaaaaaaaaaa", "raden"), ("Welkom2026!!", "raden")])
def test_a_weak_one_is_refused_and_said(dialog_of, typed, said):
    dialog = dialog_of("new")
    for line in (dialog.line, dialog.again):
        line.setText(typed)
    dialog.accept_typed()
    assert dialog.isVisible() and said in dialog.fault.text()


def test_what_is_typed_is_shown_only_when_asked(dialog_of):
    dialog = dialog_of("new")
    modes = {line.echoMode() for line in (dialog.line, dialog.again)}
    assert modes == {QLineEdit.EchoMode.Password}
    dialog.shown.click()
    assert {line.echoMode() for line in (dialog.line, dialog.again)} == {QLineEdit.EchoMode.Normal}


def test_enter_presses_no_button_while_the_passphrase_is_new(dialog_of):
    dialog = dialog_of("new")
    assert not [button for button in dialog.findChildren(QPushButton) if button.isDefault() or button.autoDefault()]
    assert [button.isDefault() for button in dialog_of("open").findChildren(QPushButton)] == [True, False]


def test_the_known_passphrase_is_typed_once(dialog_of):
    dialog = dialog_of("open")
    assert dialog.again is None
    type_in_focus("kort")  # a passphrase of an older program is not judged
    press(Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted and dialog.line.text() == "kort"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reason", ["new", "open", "wrong"])
def test_nothing_is_cut_off(qtbot, language, reason):
    dialog = PassphraseDialog(PassphraseRequest(reason), phrases(language))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.line.setText("welkom12345678")
    dialog.accept_typed()
    QApplication.processEvents()
    for part in dialog.findChildren(QWidget):
        if part.isVisible() and not isinstance(part, QLineEdit):
            assert part.width() >= part.minimumSizeHint().width(), part
            needed = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.sizeHint().height()
            assert part.height() >= needed, part
            assert dialog.rect().contains(part.geometry()) or part.parent() is not dialog


# --- keys that were meant for a field ---------------------------------------------------------------------------------


LONG_REST_MS = 240_000


@pytest.fixture
def long_rest(monkeypatch) -> int:
    """The keyboard counts as resting only when the test says so: a busy machine can be still for a second. What holds
    in the program."""
    usual = held_back.REST_MS
    monkeypatch.setattr(held_back, "REST_MS", LONG_REST_MS)
    return usual


def rest_of(dialog: PassphraseDialog) -> QTimer:
    """What counts how long no key came."""
    found = dialog.findChild(held_back.HeldKeys)
    assert found is not None
    return found._timer


@pytest.mark.parametrize("reason", ["new", "open"])
def test_the_dialog_takes_nothing_that_was_typed_ahead(dialog_of, reason, qtbot, long_rest):
    """F1: a surname that is being typed when the dialog opens, with Tab, a first name, and Enter."""
    dialog = dialog_of(reason, waits=False)
    for letter in "oort-van der Linden":
        type_in_focus(letter)
        qtbot.wait(10)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        press(key)
        for line in dialog.findChildren(QLineEdit):
            QTest.keyClick(line, key)
    assert dialog.isVisible() and dialog.line.text() == "" and not dialog.shown.isChecked()
    rest_of(dialog).start(1)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.line)
    type_in_focus("nu wel")
    assert dialog.line.text() == "nu wel"


def test_keys_are_held_back_for_a_whole_second_after_the_last(dialog_of, monkeypatch, long_rest):
    assert long_rest >= 1000, "the second of the program"
    dialog = dialog_of("open", waits=False)
    begun_again = []
    monkeypatch.setattr(rest_of(dialog), "start", lambda: begun_again.append(True))
    for _ in range(4):
        begun_again.clear()
        press(Qt.Key.Key_Return)
        assert begun_again
    assert dialog.isVisible()


def test_a_click_shows_that_the_dialog_was_seen(dialog_of):
    dialog = dialog_of("open", waits=False)
    QTest.mouseClick(dialog.line, Qt.MouseButton.LeftButton)
    type_in_focus("x")
    assert dialog.line.text() == "x"


def test_the_question_waits_until_the_keyboard_rests(qtbot, monkeypatch):
    monkeypatch.setattr(held_back, "REST_MS", 3000)  # so long a busy machine does not keep a key back
    asked = []
    asker, field, tasks = PassphraseAsker(lambda request: asked.append(request.reason)), QLineEdit(), ThreadTasks()
    qtbot.addWidget(field)
    field.show()
    tasks.run("open", lambda: asker(PassphraseRequest("new")), lambda _: None, pytest.fail)
    for letter in "Zwartepoort":
        qtbot.keyClicks(field, letter)
        qtbot.wait(150)
    assert asked == [] and field.text() == "Zwartepoort"
    qtbot.waitUntil(lambda: asked == ["new"])
    tasks.wait()


def test_the_report_of_a_defect_takes_no_key_that_was_meant_for_a_field(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    seen = []

    def type_on() -> None:
        box = QApplication.activeModalWidget()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space):
            QTest.keyClick(QApplication.focusWidget() or box, key)
            QTest.keyClick(box, key)
        seen.append(box.isVisible())
        QTimer.singleShot(held_back.REST_MS + 200, lambda: QTest.keyClick(box, Qt.Key.Key_Escape))

    QTimer.singleShot(100, type_on)
    assert not Dialogs(window).is_accepted("Fout", "Zo komt het.", "report", "Sluiten", "Opslaan")
    assert seen == [True]


def test_the_offer_of_the_last_case_takes_no_key(desk, window):
    """It stands in the bar, and the cursor stays where it is."""
    window.activateWindow()
    window.content.wizard.current_page.focus_first()
    before = QApplication.focusWidget()
    done = []
    window.content.bar.offer("Laatste casus: 2026-0001.", "Verder", lambda: done.append(1))
    assert QApplication.focusWidget() is before is not None
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        press(key)
    assert done == [] and window.content.bar.isVisible()


# --- when it is asked -------------------------------------------------------------------------------------------------


def test_a_new_passphrase_is_asked_with_the_first_answer(desk, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop_app.store.keys.usable_keyrings", list)
    asked, folder = [], tmp_path / "new"

    def ask(request: PassphraseRequest) -> str:
        asked.append(request.reason)
        return PASSPHRASE

    access = StoreAccess(lambda: open_store(folder, SystemKeys(ask)), desk.services.tasks, lambda: has_store(folder))
    desk.services.store = access
    window = desk.open()
    access.open_if_there()
    assert asked == [] and not folder.exists() and window.kept_label.text() == "Nog niets om te bewaren"
    window.document.answer("patient.family_name", "Zwartepoort")
    assert asked == ["new"] and "Bewaard om" in window.kept_label.text()
    window.autosave.leave()
    access.close()
    again = StoreAccess(lambda: open_store(folder, SystemKeys(ask)), desk.services.tasks, lambda: has_store(folder))
    again.open_if_there()
    assert asked == ["new", "open"]
    again.close()


def test_the_dialog_speaks_the_language_of_the_moment(qtbot):
    language = ["nl"]
    ask = ask_in_dialog(lambda: phrases(language[0]))
    titles = []

    def close() -> None:
        titles.append(QApplication.activeModalWidget().windowTitle())
        QApplication.activeModalWidget().reject()

    for language[0] in ("nl", "en"):
        QTimer.singleShot(50, close)
        assert ask(PassphraseRequest("new")) is None
    assert titles == ["Wachtwoordzin", "Passphrase"]
