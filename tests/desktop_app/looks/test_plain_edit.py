"""What one types in obeys nothing: each sign that turns, moves or hides what follows stands there as its code."""

import re

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from desktop_app.library.sentences import code_in, obeyed_in, shown
from desktop_app.looks.plain_edit import PlainLine, PlainText
from tests.checkout import CHECKOUT

SIGNS = "\u202e\u2066\u200f\u061c\u0007\u001b\u2029"
REVERSED = "Jansen \u202eneS\u202c 🙂\u2066x"
CODES = "Jansen \\u202eneS\\u202c 🙂\\u2066x"


@pytest.fixture(params=[PlainLine, PlainText])
def edit(request, qtbot):
    made = request.param()
    qtbot.addWidget(made)
    return made


def text_of(edit: PlainLine | PlainText) -> str:
    return edit.text() if isinstance(edit, PlainLine) else edit.toPlainText()


def set_text(edit: PlainLine | PlainText, text: str) -> None:
    edit.setText(text) if isinstance(edit, PlainLine) else edit.setPlainText(text)


def paste(edit, text):
    QGuiApplication.clipboard().setText(text)
    edit.paste()


def drop(edit, text):
    if isinstance(edit, PlainLine):
        edit.insert(text)
        return
    data = QMimeData()
    data.setText(text)
    edit.insertFromMimeData(data)


def by_input_method(edit, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(edit, event)


@pytest.mark.parametrize("way", [paste, drop, set_text, by_input_method])
def test_however_a_sign_comes_its_code_stands_there(edit, way):
    told: list[str] = []
    edit.textChanged.connect(lambda *_: told.append(text_of(edit)))
    way(edit, REVERSED)
    assert text_of(edit) == CODES
    assert told[-1] == CODES and not obeyed_in(told[-1])


def test_each_sign_that_would_be_obeyed_is_seen_and_what_surrounds_it_stays(edit):
    for sign in SIGNS:
        set_text(edit, f"voor{sign}na")
        assert not obeyed_in(text_of(edit))
        if sign != "\u2029" or isinstance(edit, PlainLine):  # in a text of several lines it is the end of one
            assert text_of(edit) == f"voor{shown(sign)}na"
    set_text(edit, "een\r\ntwee")  # as a clipboard of Windows has it
    assert text_of(edit) == "een\ntwee"
    set_text(edit, "gewoon: ë, 🙂, \u05d9\u05d5\u05e1\u05d9, \\u00e9")
    assert text_of(edit) == "gewoon: ë, 🙂, \u05d9\u05d5\u05e1\u05d9, \\u00e9"


def test_one_goes_on_typing_where_one_was(edit):
    set_text(edit, "voor na")
    if isinstance(edit, PlainLine):
        edit.setCursorPosition(5)
        edit.insert("\u202e")
        edit.insert("x")
    else:
        cursor = edit.textCursor()
        cursor.setPosition(5)
        edit.setTextCursor(cursor)
        edit.insertPlainText("\u202e")
        edit.insertPlainText("x")
    assert text_of(edit) == "voor \\u202exna"


def test_undo_takes_back_the_code_with_what_brought_it(qtbot):
    edit = PlainText()
    qtbot.addWidget(edit)
    paste(edit, "eerst")
    paste(edit, REVERSED)
    edit.undo()
    assert text_of(edit) == "eerst"


def test_a_code_is_known_as_one_and_no_other_text_is():
    for sign in SIGNS.replace("\u0007", "").replace("\u2029", ""):
        assert code_in(f"a{shown(sign)}b") == shown(sign)
    assert code_in("\\u00e9") == code_in("C:\\users") == code_in("gewoon") == ""


def test_nothing_else_of_the_program_is_typed_in():
    """A passphrase is not shown, and may hold any sign."""
    bare = re.compile(r"\b(QLineEdit|QPlainTextEdit|QTextEdit)\((?!\))")
    found = {
        path.name for path in (CHECKOUT / "desktop_app").rglob("*.py") if bare.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"passphrase.py"}
