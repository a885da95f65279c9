"""The doors to the user and to threads: a question has a safe answer, typed text is no markup, late work is dropped."""

import threading
from pathlib import Path

import pytest

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from PySide6.QtCore import QSettings, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.store.keys import PassphraseRequest
from desktop_app.store.problems import CaseOpenElsewhere
from desktop_app.window.dialogs.passphrase import PassphraseAsker
from desktop_app.window.dialogs.question import QuestionBox
from desktop_app.window.messages import Choice, FileKind, Question
from desktop_app.window.tasks import ThreadTasks
from desktop_app.window.window_messages import WindowMessages
from tests.desktop_app.doubles import ImmediateTasks, RecordedMessages

QUESTION = Question("Doen?", "Het kan niet terug.", (Choice("yes", "Ja"), Choice("no", "Nee")), safe="no")


class RecordedBar:
    """A bar that only remembers."""

    def __init__(self, said: list[tuple[str, str]]) -> None:
        self.said = said

    def isHidden(self) -> bool:
        return not self.said

    def say(self, text: str, tone: str) -> None:
        self.said.append((tone, text))

    def offer(self, text: str, button: str, do: object, tone: str = "note") -> None:
        self.said.append((button, text))

    def withdraw(self, text: str) -> None:
        self.said[:] = [each for each in self.said if each[1] != text]


@pytest.fixture
def said() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def messages(qtbot: QtBot, said: list[tuple[str, str]]) -> WindowMessages:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return WindowMessages(window, lambda: RecordedBar(said), phrases)


def press_when_open(key: Qt.Key) -> None:
    """Press a key in the dialog that is about to open."""

    def press() -> None:
        from PySide6.QtTest import QTest

        QTest.keyClick(QApplication.activeModalWidget(), key)

    QTimer.singleShot(50, press)


def test_quiet_messages_go_to_the_bar(messages, said):
    assert messages.is_silent
    messages.inform("Opgeslagen.")
    messages.warn("Let op.")
    assert said == [("note", "Opgeslagen."), ("caution", "Let op.")] and not messages.is_silent


def test_a_problem_says_itself_as_a_warning(messages, said):
    problem = CaseOpenElsewhere(number="2026-0001")
    messages.tell(problem)
    assert said == [("caution", problem.message(phrases()))]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_esc_and_enter_give_the_safe_answer(messages, key):
    press_when_open(key)
    assert messages.ask(QUESTION) == "no"


def test_a_choice_is_given_back(messages):
    def press() -> None:
        box = QApplication.activeModalWidget()
        next(button for button in box.buttons() if button.text() == "Ja").click()

    QTimer.singleShot(50, press)
    assert messages.ask(QUESTION) == "yes"


def test_dialogs_read_nothing_as_markup(qtbot):
    box = QuestionBox(Question("<b>Jansen</b>", "<i>x</i>", QUESTION.choices, safe="no"))
    qtbot.addWidget(box)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.text() == "<b>Jansen</b>"
    assert box.windowTitle() in ("Botwijzer", "")


def test_the_recorded_user_is_careful():
    user = RecordedMessages(phrases, answers={"Ga door?": "yes"}, files=[Path("a.json"), Path("b.json")])
    assert user.ask(QUESTION) == "no"
    assert user.ask(Question("Ga door?", "", QUESTION.choices, safe="no")) == "yes"
    kind = FileKind("Casus", "json")
    assert user.file_to_open("", kind) == Path("a.json")
    assert user.file_to_save("", "", kind) == Path("b.json")
    assert user.file_to_save("", "", kind) is None
    user.show_text("Over", "dit")
    assert not user.show_report("Fout.", "Zo komt het.", "report", "Opslaan")
    assert user.said == [("told", "Over dit"), ("error", "Fout. Zo komt het.")]


@pytest.mark.parametrize("way", ["open", "save"])
def test_no_folder_that_was_visited_is_written_down(messages, tmp_path, monkeypatch, way):
    """Qt keeps the folders of its file dialogs for good; a folder can bear the name of a patient."""
    folder, config = tmp_path / "Vermeulen", tmp_path / "config"
    folder.mkdir()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(config))

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(folder))
        dialog.done(QDialog.DialogCode.Accepted)

    def visited() -> str:
        return "".join(file.read_text("utf-8") for file in config.rglob("*.conf"))

    for forgets in (False, True):
        with monkeypatch.context() as patch:
            if not forgets:
                patch.setattr("desktop_app.window.dialogs.files.forget_places", lambda: None)
            QTimer.singleShot(200, choose)
            kind = FileKind("Casus", "json")
            messages.file_to_open("Open", kind) if way == "open" else messages.file_to_save("Save", "a", kind)
        QSettings(QSettings.Scope.UserScope, "QtProject").sync()
        assert ("Vermeulen" in visited()) is not forgets


# --- tasks ----------------------------------------------------------------------------------------------------------


def test_work_is_done_elsewhere_and_told_here(qtbot):
    tasks, found = ThreadTasks(), []

    def work() -> int:
        return threading.get_ident()

    tasks.run("count", work, lambda result: found.append((result, threading.get_ident())), pytest.fail)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0][0] != threading.get_ident() == found[0][1]


def test_an_error_is_told(qtbot):
    tasks, found = ThreadTasks(), []

    def work() -> int:
        raise ValueError("no")

    tasks.run("count", work, pytest.fail, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert isinstance(found[0], ValueError)


def test_late_results_are_dropped(qtbot):
    tasks, found, may_go = ThreadTasks(), [], threading.Event()

    def slow() -> str:
        may_go.wait(5)
        return "old"

    tasks.run("letter", slow, found.append, pytest.fail)
    tasks.run("letter", lambda: "new", found.append, pytest.fail)
    tasks.run("other", lambda: "other", found.append, pytest.fail)
    qtbot.waitUntil(lambda: len(found) == 2)
    may_go.set()
    tasks.wait()
    qtbot.wait(50)
    assert sorted(found) == ["new", "other"]


def test_immediate_work():
    found: list[object] = []
    tasks = ImmediateTasks()
    tasks.run("a", lambda: 1, found.append, found.append)
    error = ValueError("no")

    def fail() -> None:
        raise error

    tasks.run("a", fail, found.append, found.append)
    tasks.wait()
    assert found == [1, error]


def test_a_passphrase_is_asked_in_the_thread_of_the_windows(qtbot):
    asked: list[tuple[str, bool]] = []
    main_thread = QThread.currentThread()

    def ask(request: PassphraseRequest) -> str:
        asked.append((request.reason, QThread.currentThread() is main_thread))
        return "een lange zin"

    asker, found = PassphraseAsker(ask), []
    tasks = ThreadTasks()
    tasks.run("open", lambda: asker(PassphraseRequest("open")), found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found))
    assert found == ["een lange zin"] and asked == [("open", True)]
    assert asker(PassphraseRequest("new")) == "een lange zin"


def test_a_program_that_ends_waits_for_no_passphrase(qtbot):
    asker, found, tasks = PassphraseAsker(lambda _request: "te laat"), [], ThreadTasks()
    asker._asked.disconnect()  # the question never reaches the user
    tasks.run("open", lambda: asker(PassphraseRequest("open")), found.append, pytest.fail)
    qtbot.wait(50)
    asker.give_up()
    qtbot.waitUntil(lambda: bool(found))
    assert found == [None]
    tasks.run("again", lambda: asker(PassphraseRequest("open")), found.append, pytest.fail)
    qtbot.waitUntil(lambda: len(found) == 2)
