"""Text that could be markup, in every field and setting: shown, told and printed as it stands."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desktop_app.papers.made_letter import write_letter
from tests.desktop_app.plan.view.documents import phrases

# isort: split
from pypdf import PdfReader
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QPalette, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.looks.palette import palette_for
from desktop_app.looks.plain_edit import as_typed
from desktop_app.papers.correspondents import LetterSettings
from desktop_app.papers.letter_settings import letter_settings
from desktop_app.settings.settings import Settings, load_settings, save_settings
from desktop_app.window.dialogs.question import QuestionBox
from desktop_app.window.dialogs.settings import CentresToChoose, SettingsDialog
from desktop_app.window.main_window import MainWindow
from desktop_app.window.messages import Choice, Question
from desktop_app.window.parts.content import LETTER, PLAN
from desktop_app.wizard import flow
from guideline_core.case import Case, OtherSite
from guideline_core.contract import fields
from guideline_core.fields import AnswerKind
from guideline_core.imaging_answers import OtherExamination
from tests.desktop_app.case.bad_input import (
    CHOSEN,
    FIELDS,
    MOST,
    NASTY,
    NOW,
    TEXTS,
    TOO_LONG,
    open_window,
    paste,
    squeezed,
)
from tests.desktop_app.doubles import RecordedMessages
from tests.desktop_app.papers.made_letter import letter_for


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window for all tests."""
    with open_window(tmp_path_factory.mktemp("bad_input")) as made:
        yield made


# --- the whole case ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full(window: MainWindow) -> MainWindow:
    """A case with such a text in every field that takes one."""
    window.autosave.start_case(Case())
    for path in FIELDS:
        if fields()[path].kind in MOST:
            window.document.answer(path, f"{NASTY} {path}")
        elif fields()[path].kind is AnswerKind.EXAMINATIONS:
            parts = {"what": NASTY, "place": f"{NASTY} plaats", "result": f"{NASTY} uitslag"}
            window.document.answer(path, (OtherExamination(**parts),))
        elif fields()[path].kind is AnswerKind.SITES:
            window.document.answer(path, (OtherSite(text=NASTY),))
        elif fields()[path].kind not in CHOSEN:
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
            found += [
                f"tooltip in {type(widget).__name__}" for tip in tips if "vet" in tip and not is_literal(tip, AUTO)
            ]
    return found


AUTO = Qt.TextFormat.AutoText


def rows_of(model: QAbstractItemModel) -> list[QModelIndex]:
    return [model.index(row, 0) for row in range(model.rowCount())]


def test_nothing_is_read_as_markup(full: MainWindow, qtbot: QtBot):
    full.document.full_plan()
    assert "<b>vet</b>" in full.content.banner.name.words
    for step in flow.STEPS:
        full.content.wizard.go_to_step(step)
        for box in full.content.wizard.current_page.sections.values():
            box.unfold(True)
        for view in (PLAN, LETTER):
            full.content.tabs.setCurrentIndex(view)
            assert read_as_markup(full) == []
    assert not any(page.is_in_error for page in full.content.wizard.pages.values())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda window: QLabel(NASTY, window),
        lambda window: window.content.banner.setToolTip(NASTY),
        lambda window: window.content.steps.item(0).setToolTip(NASTY),
    ],
)
def test_markup_would_be_noticed(full: MainWindow, spoil: Any):
    made = spoil(full)
    assert read_as_markup(full) != []
    if isinstance(made, QLabel):
        made.setParent(None)
    full.content.banner.setToolTip("")
    full.content.steps.item(0).setToolTip("")


def test_messages_show_what_was_typed_as_it_is(full: MainWindow):
    question = QuestionBox(Question(NASTY, NASTY, (Choice("yes", "Ja"), Choice("no", "Nee")), safe="no"), full)
    labels = [label for label in question.findChildren(QLabel) if label.text()]
    assert len(labels) == 2 and all(is_literal(label.text(), label.textFormat()) for label in labels)
    question.deleteLater()


def words_of(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def test_the_letter_holds_every_text(full: MainWindow):
    case, services = full.document.case, full.services
    letter = letter_for(case, services.edition, services.phrases, LetterSettings(number="2026-0001"), NOW.date())
    words = words_of(write_letter(letter).content)
    assert "<b>vet</b>&<i" in words
    missing = [path for path in FIELDS if fields()[path].kind in MOST and squeezed(path) not in words]
    assert missing == []


def test_a_half_typed_case_comes_back(full: MainWindow):
    case, raws = full.document.snapshot()
    number = full.autosave.number
    full.autosave.start_case(Case())
    full.autosave.open_case(number)
    assert full.document.snapshot() == (case, raws)
    for path, raw in raws.items():
        full.content.wizard.go_to_field(path)
        row = full.content.wizard.current_page.rows[path]
        assert row.input.text() == raw
        assert row.message.isVisibleTo(row) and row.message.text()


# --- the settings -----------------------------------------------------------------------------------------------------


@pytest.fixture
def settings_dialog(window: MainWindow, qtbot: QtBot) -> SettingsDialog:
    dialog = SettingsDialog(
        Settings(),
        CentresToChoose({"lumc": "LUMC"}),
        phrases(),
        RecordedMessages(phrases),
        palette_for(QPalette()),
        window,
    )
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def lines_of(dialog: SettingsDialog) -> dict[str, QLineEdit | QPlainTextEdit]:
    """Every setting that is typed."""
    return {path: line for path, line in dialog.inputs.items() if isinstance(line, QLineEdit | QPlainTextEdit)}


def chosen_at(settings: Settings, path: str) -> str:
    found: Any = settings
    for name in path.split("."):
        found = getattr(found, name)
    return "\n".join(found) if isinstance(found, tuple) else found or ""


@pytest.mark.parametrize("name", [*TEXTS, "too long"])
def test_any_text_in_any_setting(settings_dialog: SettingsDialog, tmp_path: Path, name: str):
    text = TEXTS.get(name, TOO_LONG)
    for path, line in lines_of(settings_dialog).items():
        paste(line, text)
        settings_dialog.setResult(0)
        settings_dialog.accept()
        fault = settings_dialog.faults[path]
        if settings_dialog.result():
            expected = (
                squeezed(as_typed(text)).replace("-", "") if path.endswith("_number") else squeezed(as_typed(text))
            )
            assert squeezed(chosen_at(settings_dialog.chosen, path)) == expected, path
            save_settings(settings_dialog.chosen, tmp_path / "settings.json")
            assert load_settings(tmp_path / "settings.json").settings == settings_dialog.chosen
            settings_dialog.show()
        else:
            assert fault.isVisibleTo(settings_dialog) and len(fault.text()) > 10, path
            assert fault.textFormat() is Qt.TextFormat.PlainText
            assert squeezed(as_typed(text)).startswith(squeezed(text_in(line))) and text_in(line), path
        paste(line, "")


def text_in(line: QLineEdit | QPlainTextEdit) -> str:
    return line.text() if isinstance(line, QLineEdit) else line.toPlainText()


@pytest.mark.parametrize("text", ["-1", "1e9", "999", "abc", "<b", "", "NaN"])
def test_any_text_in_a_setting_that_is_a_number(settings_dialog: SettingsDialog, text: str):
    boxes = [each for each in settings_dialog.inputs.values() if isinstance(each, QSpinBox)]
    assert boxes
    for box in boxes:
        paste(box.lineEdit(), text)
        settings_dialog.accept()
        assert settings_dialog.result()
        assert box.minimum() <= settings_dialog.chosen.hide_after_minutes <= box.maximum()


def test_a_letter_from_settings_with_such_texts(full: MainWindow, settings_dialog: SettingsDialog):
    typed = [path for path in lines_of(settings_dialog) if not path.endswith("_number")]
    for path in typed:
        paste(lines_of(settings_dialog)[path], f"{NASTY} {path}")
    settings_dialog.accept()
    assert settings_dialog.result()
    settings = letter_settings(settings_dialog.chosen, "2026-0001")
    services = full.services
    letter = letter_for(full.document.case, services.edition, services.phrases, settings, NOW.date())
    words = words_of(write_letter(letter).content)
    missing = [path for path in typed if path != "clinic.logo" and squeezed(path) not in words]
    assert missing == []
    assert any(warning.key.startswith("logo") for warning in letter.warnings)
