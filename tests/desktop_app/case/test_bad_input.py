"""Bad input on every field of the real window: it is accepted as it stands, or kept as text with a message in words.

The fields are those of flow.py, and what is expected of each is said by its kind: a new field is covered by itself.
"""

import datetime
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.desktop_app import offscreen  # noqa: F401 -- before Qt

# isort: split
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from desktop_app.library.sentences import code_in
from desktop_app.looks.plain_edit import as_typed
from desktop_app.window.main_window import MainWindow
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.inputs.choice import ChoiceInput
from desktop_app.wizard.inputs.examinations import ExaminationsInput
from desktop_app.wizard.inputs.sites import SitesInput
from guideline_core import contract
from guideline_core.case import Case
from guideline_core.fields import LISTS, AnswerKind
from guideline_core.imaging_answers import OtherExamination
from tests.desktop_app.case.bad_input import (
    CHOSEN,
    FIELDS,
    LONG,
    MOST,
    TEXTS,
    TOO_LONG,
    open_window,
    paste,
    squeezed,
)

READ = {
    (AnswerKind.DATE, "next century"): datetime.date(2126, 11, 23),
    (AnswerKind.DATE, "two digits of a year"): datetime.date(2026, 2, 1),  # paste leaves the line
    (AnswerKind.NUMBERS, "hexadecimal"): (0, 10),
    (AnswerKind.NUMBERS, "BSN of zeros"): (0,),
    (AnswerKind.NUMBER, "BSN of zeros"): 0,
}
"""What a field that reads such a text must take it for; every other of these texts is no answer to it."""
TOLD_HOW_READ = {(AnswerKind.DATE, "two digits of a year")}
"""Where the line says as what it read the text."""
OUT_OF_RANGE = {
    ("patient.birth_date", "next century"),
    ("imaging.ct_local.slice_mm", "BSN of zeros"),
    ("imaging.ct_thorax.slice_mm", "BSN of zeros"),
}
PLAIN_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all fields: it has to stand all of it."""
    with open_window(tmp_path_factory.mktemp("bad_input")) as made:
        yield made


@pytest.fixture
def row(request: pytest.FixtureRequest, window: MainWindow, caplog: pytest.LogCaptureFixture) -> Iterator[FieldRow]:
    """The row of a field in an empty case; afterwards nothing may have been swallowed."""
    window.activateWindow()
    window.autosave.start_case(Case())
    with caplog.at_level(logging.WARNING):
        window.content.wizard.go_to_field(request.param)
        yield window.content.wizard.current_page.rows[request.param]
    assert not window.content.wizard.current_page.is_in_error
    assert caplog.records == []


def fields(*kinds: AnswerKind) -> Any:
    rows = [path for path in FIELDS if contract.fields()[path].kind in kinds]
    return pytest.mark.parametrize("row", rows, indirect=True)


def check_whole(window: MainWindow) -> None:
    """The plan is of exactly the accepted answers, and everything on the screen is stored."""
    document = window.document
    services = window.services
    fresh = Case.model_validate_json(document.case.model_dump_json(exclude_none=True))
    planner = services.edition.planner
    make = planner.make_plan if document.is_explained else planner.make_bare_plan
    assert document.plan == make(fresh, document.day)
    assert window.content.plan_view._plan is document.plan
    if document.is_empty():
        assert window.autosave.is_kept
        return
    kept = services.store.for_window().load(window.autosave.number)
    assert (kept.case, dict(kept.raws)) == document.snapshot() == (fresh, dict(kept.raws))


def is_accepted(path: str, kind: AnswerKind, name: str, text: str) -> bool:
    if kind in MOST:
        return len(text.strip()) <= MOST[kind]
    return (kind, name) in READ and (path, name) not in OUT_OF_RANGE


@fields(*(kind for kind in AnswerKind if kind not in (*CHOSEN, *LISTS)))
def test_any_text_in_any_line(window: MainWindow, row: FieldRow):
    path, kind, document = row.path, contract.fields()[row.path].kind, window.document
    for name, text in TEXTS.items():
        paste(row.input.edit, text)
        stands, accepted = row.input.text(), is_accepted(path, kind, name, text)
        assert squeezed(stands) == squeezed(as_typed(text)) or (accepted and kind not in MOST), name
        if accepted:
            assert document.value(path) == READ.get((kind, name), stands.strip()), name
            assert document.raw(path) is None, name
            is_told = (kind, name) in TOLD_HOW_READ or bool(code_in(stands))
            assert row.message.isVisibleTo(row) == is_told, name
        else:
            assert document.value(path) is None, name
            assert document.raw(path) == stands, name
            assert row.message.isVisibleTo(row) and len(row.message.text()) > 10, name
            assert row.message.textFormat() is Qt.TextFormat.PlainText
        check_whole(window)
    paste(row.input.edit, "")
    assert document.value(path) is None and document.raw(path) is None


@fields(AnswerKind.LONG_TEXT)
def test_100_000_characters(window: MainWindow, row: FieldRow):
    paste(row.input.edit, LONG)
    assert window.document.value(row.path) == LONG.strip()
    paste(row.input.edit, TOO_LONG)
    assert window.document.value(row.path) is None and window.document.raw(row.path) == TOO_LONG
    assert "100000" in row.message.text().replace(".", "")
    check_whole(window)


@pytest.mark.parametrize("row", ["patient.family_name", "patient.birth_date", "lesion.bone"], indirect=True)
def test_a_line_cuts_nothing_off(window: MainWindow, row: FieldRow):
    """Qt's own limit of 32,767 characters cuts silently."""
    paste(row.input.edit, TOO_LONG)
    assert window.document.raw(row.path) == TOO_LONG
    assert row.message.isVisibleTo(row) and row.message.text()
    check_whole(window)


@pytest.mark.parametrize("part", ["what", "date", "place", "result"])
@pytest.mark.parametrize(
    "row", [path for path in FIELDS if contract.fields()[path].kind is AnswerKind.EXAMINATIONS], indirect=True
)
def test_any_text_in_a_list_of_examinations(window: MainWindow, row: FieldRow, part: str):
    assert isinstance(row.input, ExaminationsInput)
    assert row.input.add_row().lines.keys() == set(OtherExamination.model_fields)
    line, document = row.input.rows[0].lines[part], window.document
    kind = AnswerKind.DATE if part == "date" else AnswerKind.LONG_TEXT if part == "result" else AnswerKind.SHORT_TEXT
    for name, text in {**TEXTS, "too long": TOO_LONG}.items():
        paste(line, text)
        line = row.input.rows[0].lines[part]
        if is_accepted(part, kind, name, text):
            (found,) = document.value(row.path)
            assert getattr(found, part) == READ.get((kind, name), as_typed(text).strip()), name
            assert document.raw(row.path) is None and not row.message.isVisibleTo(row), name
        else:
            assert document.value(row.path) is None, name
            assert json.loads(document.raw(row.path)) == [{part: as_typed(text)}] == [row.input.rows[0].texts()], name
            assert row.message.isVisibleTo(row) and row.message.text(), name
        check_whole(window)


@fields(AnswerKind.SITES)
def test_any_text_in_a_list_of_sites(window: MainWindow, row: FieldRow):
    assert isinstance(row.input, SitesInput)
    row.input.add_row()
    document = window.document
    for name, text in {**TEXTS, "too long": TOO_LONG}.items():
        paste(row.input.rows[0].line, text)
        if is_accepted("text", AnswerKind.SHORT_TEXT, name, text):
            (found,) = document.value(row.path)
            assert found.text == as_typed(text).strip(), name
            assert document.raw(row.path) is None and not row.message.isVisibleTo(row), name
        else:
            assert document.value(row.path) is None, name
            assert json.loads(document.raw(row.path)) == [row.input.rows[0].texts()], name
            assert row.message.isVisibleTo(row) and row.message.text(), name
        check_whole(window)


@fields(*CHOSEN)
def test_any_key_at_a_choice(window: MainWindow, row: FieldRow, qtbot: QtBot):
    """Keys that mean nothing here answer nothing, and pasting neither."""
    assert isinstance(row.input, ChoiceInput)
    QGuiApplication.clipboard().setText("ja")
    option = row.input.options[0]
    for sign in "<&-0xqz\u00e9\u05d9\U0001f9b4":
        QApplication.sendEvent(option, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, PLAIN_KEY, sign))
    for key in (Qt.Key.Key_V, Qt.Key.Key_J, Qt.Key.Key_1):
        qtbot.keyClick(option, key, Qt.KeyboardModifier.ControlModifier)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Delete, Qt.Key.Key_Left):
        qtbot.keyClick(option, key)
    assert window.document.value(row.path) is None
    assert not any(each.isChecked() for each in row.input.options)
    check_whole(window)
