"""What takes long leaves the window free, is said after a moment, can be cancelled, and leaves nothing half done."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.desktop_app.exchange.patients import nl_core, write
from tests.desktop_app.plan.view.documents import phrases

# isort: split
from pypdf import PdfReader
from PySide6.QtCore import QThread

from desktop_app import files
from desktop_app.exchange.made_paper import make_paper
from desktop_app.papers.order import Paper
from desktop_app.window import long_work
from desktop_app.window.long_work import Cancelled, Job
from desktop_app.window.papers.printing import PrintOrder, Sent, Way, send_to_cups
from desktop_app.window.tasks import ThreadTasks
from tests.checkout import CHECKOUT, EXAMPLES
from tests.desktop_app.window.papers.test_papers import NAME, lettered, seen  # noqa: F401 -- a fixture
from tests.desktop_app.window.papers.test_printing import Cups

EXAMPLE = EXAMPLES / "enchondroom-in-de-hand.json"


class Later:
    """Work that is done when the test says so."""

    def __init__(self) -> None:
        self.jobs: list = []

    def run(self, _purpose, work, done, failed, *, must_end=False) -> None:
        self.jobs.append((work, done, failed))

    def wait(self) -> None:
        return

    def go_on(self) -> None:
        """Do the oldest work, and tell how it ended."""
        work, done, failed = self.jobs.pop(0)
        try:
            result = work()
        except Exception as error:
            failed(error)
        else:
            done(result)


@pytest.fixture
def later(desk, window, monkeypatch) -> Later:  # the window first: its plan is not what is waited for here
    monkeypatch.setattr(long_work, "SAID_AFTER_MS", 0)
    desk.services.tasks = Later()
    return desk.services.tasks


def words(*keys: str) -> str:
    return phrases().get("window", *keys)


READING = words("long_work", "reading")
SAVING = words("papers", "saving", "letter")


def cancel(desk, qtbot, what: str) -> None:
    """Press the button, when it comes."""
    qtbot.waitUntil(lambda: what in desk.user.offered)
    desk.user.offered[what]()


def letter_file(desk, window, path: Path) -> Path:
    desk.user.files = [path]
    window.papers.leaving.save_pdf()
    return path


# --- said, and cancelled ----------------------------------------------------------------------------------------------


def test_reading_is_said_and_what_was_read_is_opened(desk, window, later, qtbot):
    window.files.open(EXAMPLE)
    qtbot.waitUntil(lambda: READING in desk.user.offered)
    assert window.document.is_empty()
    later.go_on()
    assert READING not in desk.user.offered
    assert window.document.case.lesion.bone is not None and "geopend" in desk.said()


@pytest.mark.parametrize("way", ["case", "letter", "patient"])
def test_reading_that_is_cancelled_changes_nothing(lettered, desk, qtbot, tmp_path, monkeypatch, way):  # noqa: F811
    files = {
        "case": EXAMPLE,
        "letter": letter_file(desk, lettered, tmp_path / "brief.pdf"),
        "patient": write(tmp_path / "p.json", nl_core()),
    }
    monkeypatch.setattr(long_work, "SAID_AFTER_MS", 0)
    desk.services.tasks = Later()
    before, windows = lettered.document.snapshot(), len(desk.opened)
    (lettered.patients.takeover.take_file if way == "patient" else lettered.files.open)(files[way])
    cancel(desk, qtbot, READING)
    said = list(desk.user.said)
    desk.services.tasks.go_on()
    assert lettered.document.snapshot() == before and len(desk.opened) == windows
    assert desk.user.said == said and said[-1] == ("note", words("long_work", "cancelled"))


def test_what_is_quick_is_not_said(desk, window, tmp_path):
    window.files.open(EXAMPLE)
    assert not any(tone == "offer" for tone, _ in desk.user.said)


def test_saving_that_is_cancelled_writes_nothing(lettered, desk, qtbot, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(long_work, "SAID_AFTER_MS", 0)
    desk.services.tasks = later = Later()
    letter_file(desk, lettered, tmp_path / "brief.pdf")
    cancel(desk, qtbot, SAVING)
    later.go_on()
    assert not list(tmp_path.glob("*.pdf*")) and desk.user.said[-1] == ("note", words("long_work", "cancelled"))


def test_what_was_written_already_is_told_and_not_called_cancelled(lettered, desk, qtbot, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(long_work, "SAID_AFTER_MS", 0)
    desk.services.tasks = later = Later()
    file = letter_file(desk, lettered, tmp_path / "brief.pdf")
    ((work, done, _),) = later.jobs
    result = work()
    cancel(desk, qtbot, SAVING)
    assert desk.user.said[-1] == ("note", words("long_work", "too_late"))
    done(result)
    assert file.exists() and "is opgeslagen" in desk.user.said[-1][1]


def test_printing_that_is_cancelled_sends_nothing(lettered, desk, qtbot, monkeypatch):  # noqa: F811
    monkeypatch.setattr(long_work, "SAID_AFTER_MS", 0)
    desk.services.tasks = later = Later()
    cups = Cups()
    lettered.papers.leaving.choose_printer = lambda content, title, *_: (
        lambda commit: send_to_cups(content, PrintOrder("Balie"), title, cups, commit)
    )
    lettered.papers.leaving.print_it()
    cancel(desk, qtbot, words("printing", "sending").format(The="De brief"))
    later.go_on()
    assert not cups.printed and desk.user.said[-1] == ("note", words("long_work", "cancelled"))
    lettered.papers.leaving.print_it()
    later.go_on()
    assert cups.printed and "gestuurd" in desk.user.said[-1][1]


def test_what_was_committed_cannot_be_cancelled_and_what_was_cancelled_not_committed():
    job = Job()
    job.commit()
    assert not job.cancel() and not job.is_cancelled
    job = Job()
    assert job.cancel()
    with pytest.raises(Cancelled):
        job.commit()


# --- what happens meanwhile -------------------------------------------------------------------------------------------


def test_a_letter_that_leaves_says_what_was_answered_meanwhile(lettered, desk, tmp_path):  # noqa: F811
    desk.services.tasks = later = Later()
    lettered.document.answer("patient.patient_number", "1111111")
    desk.user.files = [tmp_path / "brief.pdf"]
    lettered.papers.leaving.save_pdf()
    lettered.document.answer("patient.patient_number", "2222222")
    while later.jobs:
        later.go_on()
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "brief.pdf").pages)
    assert "2222222" in text and "1111111" not in text


def test_a_patient_never_comes_into_the_case_that_is_opened_meanwhile(desk, window, later, tmp_path):
    window.files.open(write(tmp_path / "p.json", nl_core()))
    window.files.open(EXAMPLE)
    later.jobs.reverse()
    later.go_on()
    before = window.document.snapshot()
    assert before[0].lesion.bone is not None
    later.go_on()
    assert window.document.snapshot() == before
    assert desk.user.said[-1][1] == words("patient_file", "nothing_taken")


@pytest.mark.parametrize("leave", ["hide_case", "close"])
def test_nothing_is_opened_by_a_window_that_was_hidden_or_closed(desk, window, later, leave):
    window.files.open(EXAMPLE)
    getattr(window, leave)()
    later.go_on()
    assert window.document.is_empty() and len(desk.opened) == 1


def test_a_save_goes_on_when_the_window_closes(lettered, desk, tmp_path):  # noqa: F811
    desk.services.tasks = later = Later()
    file = letter_file(desk, lettered, tmp_path / "brief.pdf")
    lettered.close()
    later.go_on()
    assert file.exists()


def test_several_dropped_files_are_all_opened(desk, window, later):
    for name in ("enchondroom-in-de-hand.json", "vastgestelde-botmetastase.json"):
        window.files.open(EXAMPLE.with_name(name))
    while later.jobs:
        later.go_on()
    assert [bool(each.autosave.number) for each in desk.opened] == [True, True]


def test_a_defect_while_reading_is_no_silence(desk, window, later, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("desktop_app.window.opening.looks_like_fhir", broken)
    window.files.open(EXAMPLE)
    with pytest.raises(ZeroDivisionError):
        later.go_on()


# --- in real threads and in the real bar ------------------------------------------------------------------------------


def test_files_are_read_and_letters_made_and_sent_outside_the_thread_of_the_window(
    desk, window, qtbot, tmp_path, monkeypatch
):
    threads: dict[str, object] = {}

    def noted(name, call):
        def noting(*given):
            threads[name] = QThread.currentThread()
            return call(*given)

        return noting

    from desktop_app.window import opening
    from desktop_app.window.papers import leaving

    monkeypatch.setattr(opening, "read_plain_file", noted("read", opening.read_plain_file))
    monkeypatch.setattr(leaving, "make_paper", noted("made", make_paper))
    sent = noted("sent", lambda _commit: Sent(Way.JOB, "Balie", "Balie-17"))
    desk.services.tasks = ThreadTasks()
    window.files.open(EXAMPLE)
    qtbot.waitUntil(lambda: not window.document.is_empty())
    window.papers.leaving.choose_printer = lambda *_: sent
    window.papers.leaving.print_it(Paper.LETTER)
    qtbot.waitUntil(lambda: "gestuurd" in desk.said())
    assert set(threads) == {"read", "made", "sent"}
    assert window.thread() not in threads.values()


def test_the_bar_offers_to_cancel_and_is_empty_when_it_is_over(desk, qtbot, monkeypatch):
    monkeypatch.setattr(long_work, "SAID_AFTER_MS", 0)
    desk.services.messages = None
    window = desk.open()
    desk.services.tasks = later = Later()
    window.files.open(EXAMPLE)
    qtbot.waitUntil(window.content.bar.isVisible)
    assert window.content.bar.text.text() == READING
    assert window.content.bar.action.isVisible() and window.content.bar.action.text() == words("long_work", "cancel")
    assert window.content.bar.action.focusPolicy() & window.content.bar.action.focusPolicy().TabFocus
    window.content.bar.withdraw("something else")
    assert window.content.bar.isVisible()
    window.content.bar.action.click()
    assert (
        window.content.bar.text.text() == words("long_work", "cancelled") and not window.content.bar.action.isVisible()
    )
    window.files.open(EXAMPLE)
    qtbot.waitUntil(lambda: window.content.bar.text.text() == READING)
    later.jobs.pop(0)
    later.go_on()
    assert window.content.bar.text.text() != READING


def test_a_file_with_thousands_of_faults_is_told_in_a_few_lines(desk, window, tmp_path):
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"lesion": {f"k{place}": 1 for place in range(3000)}}), "utf-8")
    window.files.open(file)
    tone, text = desk.user.said[-1]
    assert tone == "caution" and len(text.splitlines()) == 10 and "2992" in text
    assert window.document.is_empty() and threading.active_count() < 50


# --- the end of the program -------------------------------------------------------------------------------------------


def test_what_is_sent_away_is_waited_for_at_the_end_and_what_is_read_is_left(qapp):
    tasks, may_go, sent = ThreadTasks(), threading.Event(), []
    tasks.run("read", may_go.wait, sent.append, sent.append)
    tasks.run("send", lambda: (time.sleep(0.3), sent.append("sent")), lambda _: None, sent.append, must_end=True)
    began = time.monotonic()
    assert not tasks.finish() and time.monotonic() - began < 10
    assert sent == ["sent"]
    may_go.set()
    tasks.wait()
    assert tasks.finish()


ENDED_WHILE_READING = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop_app import files
from desktop_app.window import start
read = files._pieces_of
files._pieces_of = lambda path, most: threading.Event().wait() if path == sys.argv[1] else read(path, most)
start._opening_own_store = lambda _phrases: None
closed = []
start.StoreAccess.close = lambda _self: print("closed", flush=True)
begin = start._begin
def begin_and_quit(services, window, file):
    begin(services, window, file)
    QTimer.singleShot(200, start.QApplication.quit)
start._begin = begin_and_quit
sys.exit(start.main(Path(sys.argv[1])))
"""


def test_the_program_ends_and_closes_the_store_though_a_file_is_never_read(tmp_path):
    folders = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", ENDED_WHILE_READING, str(EXAMPLE)],
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=files.PATIENCE_SECONDS + 60,
        cwd=CHECKOUT,
    )
    assert done.returncode == 0 and done.stdout.split() == ["closed"], done.stderr
