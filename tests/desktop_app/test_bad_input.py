"""Bad input on every field of the real window: it is accepted as it stands, or kept as text with a message in words.

The fields are those of flow.py, and what is expected of each is said by its kind: a new field is covered by itself.
"""

import datetime
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.desktop_app.plan_view.documents import edition, phrases

# isort: split
from pypdf import PdfReader
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.letter.pdf import write_letter
from desktop_app.letter.sender import LetterSettings
from desktop_app.letter.writing import letter_for
from desktop_app.main_window import LETTER, PLAN, MainWindow
from desktop_app.messages import Choice, Question, RecordedMessages, WindowMessages
from desktop_app.services import Services, SettingsKeeper, StoreHolder
from desktop_app.store.store import open_store
from desktop_app.tasks import ImmediateTasks
from desktop_app.wizard import flow
from desktop_app.wizard.field_row import FieldRow
from desktop_app.wizard.inputs.choice import ChoiceInput
from desktop_app.wizard.inputs.examinations import ExaminationsInput
from desktop_app.wizard.kinds import Kind, kind_of
from guideline_core.case import Case, OtherExamination
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

READ = {
    (Kind.DATE, "next century"): datetime.date(2126, 11, 23),
    (Kind.NUMBERS, "hexadecimal"): (0, 10),
    (Kind.NUMBERS, "BSN of zeros"): (0,),
    (Kind.NUMBER, "BSN of zeros"): 0,
}
"""What a field that reads such a text must take it for; every other of these texts is no answer to it."""
OUT_OF_RANGE = {
    ("patient.birth_date", "next century"),
    ("imaging.ct_local.slice_mm", "BSN of zeros"),
    ("imaging.ct_thorax.slice_mm", "BSN of zeros"),
}
MOST = {Kind.SHORT_TEXT: 400, Kind.LONG_TEXT: 100_000}
PLAIN_KEY = Qt.KeyboardModifier.NoModifier
CHOSEN = (Kind.YES_NO, Kind.CHOICE)


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window with a real store, for all fields: it has to stand all of it."""
    folder = tmp_path_factory.mktemp("bad_input")
    tasks, user = ImmediateTasks(), RecordedMessages()
    store = StoreHolder(lambda: open_store(folder / "data", GivenKey()), tasks)
    services = Services(edition(), phrases(), SettingsKeeper(folder / "settings.json"), store, tasks, messages=user)
    services.now = lambda: NOW
    store.open_store()
    made = MainWindow(services)
    made.show()
    yield made
    made.document.undo_stack.clear()
    made.keeper.leave()
    made.close()
    store.close()


@pytest.fixture
def row(request: pytest.FixtureRequest, window: MainWindow, caplog: pytest.LogCaptureFixture) -> Iterator[FieldRow]:
    """The row of a field in an empty case; afterwards nothing may have been swallowed."""
    window.activateWindow()
    window.keeper.start_case(Case())
    with caplog.at_level(logging.WARNING):
        window.wizard.go_to_field(request.param)
        yield window.wizard.current_page.rows[request.param]
    assert not window.wizard.current_page.is_in_error
    assert caplog.records == []


def fields(*kinds: Kind) -> Any:
    return pytest.mark.parametrize("row", [path for path in FIELDS if kind_of(path) in kinds], indirect=True)


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


def check_whole(window: MainWindow) -> None:
    """The plan is of exactly the accepted answers, and everything on the screen is stored."""
    document = window.document
    services = window.services
    fresh = Case.model_validate_json(document.case.model_dump_json(exclude_none=True))
    planner = services.edition.planner
    make = planner.make_plan if document.is_explained else planner.make_bare_plan
    assert document.plan == make(fresh, document.day)
    assert window.plan_view._plan is document.plan
    if document.is_empty():
        assert window.keeper.is_kept
        return
    kept = services.store.for_window().load(window.keeper.number)
    assert (kept.case, dict(kept.raws)) == document.snapshot() == (fresh, dict(kept.raws))


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_accepted(path: str, kind: Kind, name: str, text: str) -> bool:
    if kind in MOST:
        return len(text.strip()) <= MOST[kind]
    return (kind, name) in READ and (path, name) not in OUT_OF_RANGE


@fields(*(kind for kind in Kind if kind not in (*CHOSEN, Kind.EXAMINATIONS)))
def test_any_text_in_any_line(window: MainWindow, row: FieldRow):
    path, kind, document = row.path, kind_of(row.path), window.document
    for name, text in TEXTS.items():
        paste(row.input.edit, text)
        stands, accepted = row.input.text(), is_accepted(path, kind, name, text)
        assert squeezed(stands) == squeezed(text) or (accepted and kind not in MOST), name
        if accepted:
            assert document.value(path) == READ.get((kind, name), stands.strip()), name
            assert document.raw(path) is None, name
            assert not row.message.isVisibleTo(row), name
        else:
            assert document.value(path) is None, name
            assert document.raw(path) == stands, name
            assert row.message.isVisibleTo(row) and len(row.message.text()) > 10, name
            assert row.message.textFormat() is Qt.TextFormat.PlainText
        check_whole(window)
    paste(row.input.edit, "")
    assert document.value(path) is None and document.raw(path) is None


@fields(Kind.LONG_TEXT)
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
@pytest.mark.parametrize("row", [path for path in FIELDS if kind_of(path) is Kind.EXAMINATIONS], indirect=True)
def test_any_text_in_a_list_of_examinations(window: MainWindow, row: FieldRow, part: str):
    assert isinstance(row.input, ExaminationsInput)
    assert row.input.add_row().lines.keys() == set(OtherExamination.model_fields)
    line, document = row.input.rows[0].lines[part], window.document
    kind = Kind.DATE if part == "date" else Kind.LONG_TEXT if part == "result" else Kind.SHORT_TEXT
    for name, text in {**TEXTS, "too long": TOO_LONG}.items():
        paste(line, text)
        line = row.input.rows[0].lines[part]
        if is_accepted(part, kind, name, text):
            (found,) = document.value(row.path)
            assert getattr(found, part) == READ.get((kind, name), text.strip()), name
            assert document.raw(row.path) is None and not row.message.isVisibleTo(row), name
        else:
            assert document.value(row.path) is None, name
            assert json.loads(document.raw(row.path)) == [{part: text}] == [row.input.rows[0].texts()], name
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


# --- the whole case ---------------------------------------------------------------------------------------------------

NASTY = "<b>vet</b> & <i \u05d9\u05d5 e\u0301 {0} '\"; \u00e7"


@pytest.fixture(scope="module")
def full(window: MainWindow) -> MainWindow:
    """A case with such a text in every field that takes one."""
    window.keeper.start_case(Case())
    for path in FIELDS:
        if kind_of(path) in MOST:
            window.document.answer(path, f"{NASTY} {path}")
        elif kind_of(path) is Kind.EXAMINATIONS:
            parts = {"what": NASTY, "place": f"{NASTY} plaats", "result": f"{NASTY} uitslag"}
            window.document.answer(path, (OtherExamination(**parts),))
        elif kind_of(path) not in CHOSEN:
            window.document.keep_raw(path, NASTY)
    for path, value in NEEDED.items():
        window.document.answer(path, value)
    return window


NEEDED = {
    "lesion.category": "malignant",
    "pathology.diagnosis": "outside_expertise_centre",
    "biopsy.status": "performed",
    "consultation.expertise_centre_consulted": True,
    **{path: True for path in FIELDS if path.startswith("imaging.") and path.endswith(".done")},
}
"""Answers without which a letter leaves out some of the texts."""


def is_literal(text: str, shown_format: Qt.TextFormat) -> bool:
    """Whether Qt shows a text as it stands."""
    if shown_format is Qt.TextFormat.PlainText or not QtGui.Qt.mightBeRichText(text):
        return shown_format is not Qt.TextFormat.RichText
    reader = QTextDocument()
    reader.setHtml(text)
    return "<b>" in reader.toPlainText()


def read_as_markup(window: MainWindow) -> list[str]:
    """What on the screen, or in a tooltip, Qt would take for markup."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if isinstance(widget, QLabel) and "vet" in widget.text() and not is_literal(widget.text(), widget.textFormat()):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
        if "vet" in widget.toolTip() and not is_literal(widget.toolTip(), Qt.TextFormat.AutoText):
            found.append(f"tooltip of {type(widget).__name__} {widget.objectName()}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            tips = (str(index.data(Qt.ItemDataRole.ToolTipRole) or "") for index in rows_of(widget.model()))
            found += [f"tooltip in {type(widget).__name__}" for tip in tips if "vet" in tip and not is_literal(tip, AUTO)]
    return found


AUTO = Qt.TextFormat.AutoText


def rows_of(model: QAbstractItemModel) -> list[QModelIndex]:
    return [model.index(row, 0) for row in range(model.rowCount())]


def test_nothing_is_read_as_markup(full: MainWindow, qtbot: QtBot):
    full.document.full_plan()
    assert "<b>vet</b>" in full.banner.name.words
    for step in flow.STEPS:
        full.wizard.go_to_step(step)
        for box in full.wizard.current_page.sections.values():
            box.unfold(True)
        for view in (PLAN, LETTER):
            full.tabs.setCurrentIndex(view)
            assert read_as_markup(full) == []
    assert not any(page.is_in_error for page in full.wizard.pages.values())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda window: QLabel(NASTY, window),
        lambda window: window.banner.setToolTip(NASTY),
        lambda window: window.steps.item(0).setToolTip(NASTY),
    ],
)
def test_markup_would_be_noticed(full: MainWindow, spoil: Any):
    made = spoil(full)
    assert read_as_markup(full) != []
    if isinstance(made, QLabel):
        made.setParent(None)
    full.banner.setToolTip("")
    full.steps.item(0).setToolTip("")


def test_messages_show_what_was_typed_as_it_is(full: MainWindow):
    speaker = WindowMessages(full, lambda *_: None, "Sluiten")
    question, _ = speaker.question_box(Question(NASTY, NASTY, (Choice("yes", "Ja"), Choice("no", "Nee")), safe="no"))
    for box in (question, speaker.told_box(NASTY, NASTY, QMessageBox.Icon.Critical)):
        labels = [label for label in box.findChildren(QLabel) if label.text()]
        assert len(labels) == 2 and all(is_literal(label.text(), label.textFormat()) for label in labels)
        box.deleteLater()


def test_the_letter_holds_every_text(full: MainWindow):
    case, services = full.document.case, full.services
    letter = letter_for(case, services.edition, services.phrases, LetterSettings(number="2026-0001"), NOW.date())
    written = write_letter(letter)
    words = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(written.content)).pages))
    assert "<b>vet</b>&<i" in words
    missing = [path for path in FIELDS if kind_of(path) in MOST and squeezed(path) not in words]
    assert missing == []


def test_a_half_typed_case_comes_back(full: MainWindow):
    case, raws = full.document.snapshot()
    number = full.keeper.number
    full.keeper.start_case(Case())
    full.keeper.open_case(number)
    assert full.document.snapshot() == (case, raws)
    for path, raw in raws.items():
        full.wizard.go_to_field(path)
        row = full.wizard.current_page.rows[path]
        assert row.input.text() == raw
        assert row.message.isVisibleTo(row) and row.message.text()
