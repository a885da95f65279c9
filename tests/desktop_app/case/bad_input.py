"""What the tests of bad input share: the texts, the fields, and a real window with a real store."""

import contextlib
import datetime
from collections.abc import Iterator
from pathlib import Path

from tests.desktop_app.plan.view.documents import edition, phrases

# isort: split
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop_app.store.store import open_store
from desktop_app.window.main_window import MainWindow, Windows
from desktop_app.window.parts.content import USUAL_SIZE
from desktop_app.window.services import Services, SettingsAccess, StoreAccess
from desktop_app.wizard import flow
from guideline_core.fields import AnswerKind
from tests.desktop_app.doubles import ImmediateTasks, RecordedMessages
from tests.desktop_app.store.helpers import GivenKey

NOW = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)
FIELDS = [path for step in flow.STEPS for path in flow.fields_of(step)]

TEXTS = {
    "200 characters": "Ná" * 100,
    "right to left": "\u05d9\u05d5\u05e1\u05d9 \u202eabc\u202c \u0645\u0631\u062d\u0628\u0627",
    "combining": "e\u0301\u0308 n\u0303 a" + "\u0301" * 40,
    "markup": "<b onclick=x>vet</b> & <i",
    "image": "<img src='file:///etc/hostname'> &amp; &lt;b&gt;",
    "control": "a\x00b\x07c\x1b[31md\x7f",
    "newlines": "een\ntwee\r\ndrie",
    "tab": "een\ttwee",
    "emoji": "\U0001f469\u200d\u2695\ufe0f \U0001f9b4",
    "no character": "\ue000 \ufffe",
    "braces": "{0} {name} {{ %s %1 $x",
    "quotes": "'; DROP TABLE cases; -- \"\\",
    "401 characters": "x" * 401,
    "no such day": "31-02-2026",
    "no leap year": "29-02-2023",
    "no such month": "2026/13/40",
    "zeros": "00-00-0000",
    "year 1": "01-01-0001",
    "year 1 in ISO": "0001-01-01",
    "two digits of a year": "1-2-26",
    "next century": "23-11-2126",
    "negative": "-1",
    "huge": "999999999",
    "20 digits": "9" * 20,
    "infinite": "1e999",
    "not a number": "NaN",
    "infinity": "-inf",
    "hexadecimal": "0x10",
    "Arabic digits": "\u0661\u0662",
    "four numbers": "1 2 3 4",
    "thousands": "1.000,5",
    "wrong BSN": "111222334",
    "BSN of zeros": "000000000",
}
LONG = "lang " * 20_000  # 100,000 characters
TOO_LONG = LONG + "x"

NASTY = "<b>vet</b> & <i \u05d9\u05d5 e\u0301 {0} '\"; \u00e7"

MOST = {AnswerKind.SHORT_TEXT: 400, AnswerKind.LONG_TEXT: 100_000}
CHOSEN = (AnswerKind.YES_NO, AnswerKind.CHOICE)


@contextlib.contextmanager
def open_window(folder: Path) -> Iterator[MainWindow]:
    """A window with a real store."""
    tasks, user = ImmediateTasks(), RecordedMessages(phrases)
    store = StoreAccess(lambda: open_store(folder / "data", GivenKey()), tasks)
    services = Services(edition(), phrases(), SettingsAccess(folder / "settings.json"), store, tasks, messages=user)
    services.now = lambda: NOW
    store.open_store()
    made = MainWindow(services, Windows(services))
    made.resize(USUAL_SIZE)
    made.show()
    yield made
    made.document.undo_stack.clear()
    made.autosave.leave()
    made.close()
    store.close()


def paste(line: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Put a text in the place of what stands there, as a user pastes it."""
    line.setFocus()
    line.selectAll()
    if not text:
        line.cut()
        return
    QGuiApplication.clipboard().setText(text)
    line.paste()
    line.clearFocus()


def squeezed(text: str) -> str:
    return "".join(text.split())
