"""The window in Dutch and English: every word from the phrases, no key twice, and the language changes in place."""

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from tests.desktop_app.plan.view.documents import edition, phrases
from tests.desktop_app.pseudo_language import all_texts, pseudo, untranslated

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QGroupBox, QLabel, QLineEdit, QTabBar, QWidget

from desktop_app.exchange.patient.merging import Conflict
from desktop_app.papers.centres import shipped_centres
from desktop_app.papers.order import Paper
from desktop_app.settings.settings import Settings
from desktop_app.store.keys import PassphraseRequest
from desktop_app.window.about import about_text
from desktop_app.window.dialogs.kept_cases import KeptCasesDialog
from desktop_app.window.dialogs.passphrase import PassphraseDialog
from desktop_app.window.dialogs.patient import PatientDialog
from desktop_app.window.dialogs.question import QuestionBox
from desktop_app.window.dialogs.settings import CentresToChoose, SettingsDialog
from desktop_app.window.dialogs.text import TextDialog
from desktop_app.window.language import translate_qt
from desktop_app.window.libraries import libraries as libraries_here
from desktop_app.window.messages import Choice, Question
from desktop_app.window.parts.content import LETTER, PLAN
from desktop_app.wizard.flow import STEPS
from tests.desktop_app.window.filling import words_in

ANSWERS = {
    "patient.birth_date": datetime.date(2012, 2, 3),
    "complaints.persistent_pain": True,
    "lesion.category": "malignant",
    "lesion.bone": "femur",
    "biopsy.status": "considered",
    "consultation.centre": "lumc",
}


def settings_dialog(window) -> SettingsDialog:
    centres = CentresToChoose({"lumc": "LUMC"})
    return SettingsDialog(
        Settings(), centres, window.services.phrases, window.messages, window.services.appearance.palette, window
    )


def question_dialog(window) -> QDialog:
    word = window.services.window_words
    choices = (Choice("yes", word("export", "yes")), Choice("no", word("export", "no")))
    question = Question(word("export", "question"), word("export", "explanation"), choices, safe="no")
    return QuestionBox(question, window)


def kept_cases_dialog(window) -> QDialog:
    return KeptCasesDialog(window.autosave.recent(), window.services.phrases, window)


def passphrase_dialog(window) -> QDialog:
    return PassphraseDialog(PassphraseRequest("new"), window.services.phrases, window)


def about_dialog(window) -> QDialog:
    word = window.services.window_words
    return TextDialog(word("about", "title"), "", about_text(window.services), word("close"), "", window)


def report_dialog(window) -> QDialog:
    word = window.services.window_words
    title, explanation = word("defect", "text"), word("defect", "explanation")
    return TextDialog(title, explanation, "ValueError", word("close"), word("defect", "save"), window)


def patient_dialog(window) -> QDialog:
    sex, born = Conflict("patient.sex", "male", "female"), datetime.date(2012, 2, 3)
    conflicts = (sex, Conflict("patient.age_years", 14, born))
    return PatientDialog(conflicts, window.services.phrases, window.services.appearance.palette, window)


DIALOGS = [
    settings_dialog,
    question_dialog,
    kept_cases_dialog,
    passphrase_dialog,
    about_dialog,
    report_dialog,
    patient_dialog,
]


# --- keys with Alt --------------------------------------------------------------------------------------------------


def mnemonics(root: QWidget) -> Iterator[str]:
    """The keys that act with Alt in a window or dialog as it is shown now; without those inside a closed menu."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        words = []
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            words = [widget.text()]
        elif isinstance(widget, QGroupBox):
            words = [widget.title()]
        elif isinstance(widget, QTabBar):
            words = [widget.tabText(place) for place in range(widget.count())]
        for text in words:
            key = QKeySequence.mnemonic(text)
            if not key.isEmpty():
                yield f"{key.toString()}"


def twice(keys: Iterator[str]) -> list[str]:
    return [key for key, number in Counter(keys).items() if number > 1]


def menu_keys(window) -> list[str]:
    return [QKeySequence.mnemonic(menu.title()).toString() for menu in window.menu.menus]


@pytest.fixture(params=["nl", "en"])
def speaking(request, desk):
    """A window in each language, with a case in it."""
    desk.services.phrases = phrases(request.param)
    window = desk.open()
    for path, value in ANSWERS.items():
        window.document.answer(path, value)
    window.document.full_plan()
    return window


def test_no_two_keys_clash_in_the_window(speaking):
    shortcuts = [action.shortcut().toString() for action in speaking.menu.actions.values()]
    assert all(menu_keys(speaking))
    for step in STEPS:
        speaking.content.wizard.go_to_step(step)
        for view, paper in ((PLAN, Paper.LETTER), *((LETTER, paper) for paper in Paper)):
            speaking.content.tabs.setCurrentIndex(view)
            speaking.content.preview.choices.choose_paper(paper)
            keys = [*mnemonics(speaking), *menu_keys(speaking), *(key for key in shortcuts if key.startswith("Alt+"))]
            assert twice(iter(keys)) == [], (step, view, paper)
            assert len(keys) > len(menu_keys(speaking)) + len(STEPS)
    speaking.content.try_answer("lesion.category")
    keys = [*mnemonics(speaking), *menu_keys(speaking), *(key for key in shortcuts if key.startswith("Alt+"))]
    assert twice(iter(keys)) == []
    assert len(keys) > len(menu_keys(speaking)) + len(STEPS)


def test_no_two_keys_clash_while_advice_is_left_out(speaking):
    speaking.content.wizard.go_to_step("letter")
    speaking.content.preview.advice.setChecked(True)
    speaking.content.preview.left_out.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert speaking.content.preview.left_out.leave_out.isVisible()
    assert twice(iter([*mnemonics(speaking), *menu_keys(speaking)])) == []


def test_no_two_keys_clash_in_a_menu(speaking):
    for menu in speaking.menu.menus:
        keys = [QKeySequence.mnemonic(action.text()).toString() for action in menu.actions()]
        assert twice(key for key in keys if key) == [], menu.title()
        assert any(keys)


@pytest.mark.parametrize("make", [*DIALOGS])
def test_no_two_keys_clash_in_a_dialog(speaking, qtbot, make):
    dialog = make(speaking)
    qtbot.addWidget(dialog)
    assert twice(mnemonics(dialog)) == []


def test_a_clash_of_keys_is_noticed(qtbot):
    root = QWidget()
    qtbot.addWidget(root)
    from PySide6.QtWidgets import QPushButton

    for text in ("&Brief", "&Bestand", "Zonder"):
        QPushButton(text, root)
    assert twice(mnemonics(root)) == ["Alt+B"]


# --- every word from the phrases ------------------------------------------------------------------------------------


def data_of(window) -> tuple[str, ...]:
    """What stands with the edition, in Dutch and in English (names of bones and tumours, its interpretations, the
    notes of its rules), and the names of centres."""
    texts = edition().texts
    kinds = (texts.bones, texts.entities, texts.interpretations)
    words = {text for kind in kinds for name, each in kind.items() for text in (name, *strings_in(asdict(each)))}
    notes = (rule.note for rule in texts.rules.values() if rule.note is not None)
    words |= {" ".join(text.split()).rstrip(".") for note in notes for text in note.values()}
    words |= {centre.name for centre in shipped_centres().values()}
    return tuple(text for text in words if text.strip())


def strings_in(item: object) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    elif isinstance(item, dict):
        for part in item.values():
            yield from strings_in(part)
    elif isinstance(item, list | tuple):
        for part in item:
            yield from strings_in(part)


@pytest.fixture
def bracketed(desk):
    desk.services.phrases = pseudo(phrases())
    return desk.open()


def found_in(root: QWidget, data: tuple[str, ...]) -> set[str]:
    return {f"{where} ({way}): {text}" for where, way, text in all_texts(root) if untranslated(text, data)}


def test_every_word_of_the_window_comes_from_the_phrases(bracketed, qtbot):
    window, data = bracketed, data_of(bracketed)
    found = found_in(window, data)
    for path, value in ANSWERS.items():
        window.document.answer(path, value)
    window.document.keep_raw("patient.bsn", "12")
    window.document.full_plan()
    for step in STEPS:
        window.content.wizard.go_to_step(step)
        for box in window.content.wizard.current_page.sections.values():
            box.unfold(True)
        found |= found_in(window, data)
        window.content.tabs.setCurrentIndex(LETTER)
        window.content.tabs.setCurrentIndex(PLAN)
    window.content.tabs.setCurrentIndex(LETTER)
    window.content.preview.advice.setChecked(True)
    found |= found_in(window, data)
    window.content.preview.left_out.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    found |= found_in(window, data)
    for paper in Paper:
        window.content.preview.choices.choose_paper(paper)
        found |= found_in(window, data)
    window.content.try_answer("lesion.category")
    page = window.content.trial
    for value in ("malignant", "benign_indolent"):
        page.rows["lesion.category"].input.value_entered.emit(value)
        found |= found_in(window, data)
    page.now.opened_or_closed.emit("alike")
    found |= found_in(window, data)
    window.content.leave_trial()
    window.hide_case()
    found |= found_in(window, data)
    assert found == set()


def test_a_word_of_a_window_that_comes_from_elsewhere_is_noticed(bracketed):
    data = data_of(bracketed)
    for widget in (bracketed.draft_label, bracketed.content.preview.buttons["print"]):
        bracketed.content.tabs.setCurrentIndex(LETTER)
        before, _ = widget.text(), widget.setText("Printen")
        assert any("Printen" in words for words in found_in(bracketed, data))
        widget.setText(before)


@pytest.mark.parametrize("make", DIALOGS)
def test_every_word_of_a_dialog_comes_from_the_phrases(bracketed, qtbot, make):
    bracketed.document.answer("lesion.category", "malignant")
    dialog = make(bracketed)
    qtbot.addWidget(dialog)
    libraries = [text for library in libraries_here() for text in library]
    assert found_in(dialog, ("LUMC", "Python", "PSF", "ValueError", edition().tables.guideline.id, *libraries)) == set()


def test_every_message_comes_from_the_phrases(bracketed, desk, tmp_path):
    window = bracketed
    window.cases.save()
    window.document.answer("setting", "hospital")
    window.document.answer("lesion.category", "malignant")
    window.cases.save()
    window.cases.save_as()
    window.files.open(tmp_path / "none.json")
    for patient in ("", '"gender": "male", "photo": [{}]', '"gender": "male"', '"birthDate": "1980"'):
        (tmp_path / "patient.json").write_text(f'{{"resourceType": "Patient"{patient and ", "}{patient}}}')
        window.files.open(tmp_path / "patient.json")
    window.papers.copy_plan()
    window.files.export()
    said = [*(text for _, text in desk.user.said), *(f"{each.text} {each.explanation}" for each in desk.user.asked)]
    assert len(said) >= 6
    assert [text for text in said if untranslated(text, (str(tmp_path / "none.json"),))] == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("⟦Brief⟧: ⟦x ⟦y⟧⟧ 12", ""),
        ("⟦Brief⟧ kopiëren", "kopiëren"),
        ("Save", "Save"),
        ("⟦Brief tot hi…", ""),
        ("F6", ""),
    ],
)
def test_a_word_from_elsewhere_is_noticed(text, rest):
    assert untranslated(text) == rest


def test_the_window_speaks_english_too(desk):
    desk.services.phrases = phrases("en")
    window = desk.open()
    assert "Plan" in window.content.tabs.tabText(PLAN) and window.content.tabs.tabText(LETTER) == "Letter"
    window.document.answer("lesion.category", "malignant")
    window.document.full_plan()
    window.content.wizard.go_to_step("letter")
    window.hide_case()
    assert "Click to continue" in words_in(window)


# --- changing the language ------------------------------------------------------------------------------------------


def test_the_window_changes_its_language_in_place(desk, window, qtbot):
    other = desk.open()
    window.document.answer("patient.family_name", "Vermeulen")
    window.document.answer("lesion.category", "malignant")
    window.content.wizard.go_to_step("imaging")
    window.content.tabs.setCurrentIndex(LETTER)
    desk.services.settings.change(desk.services.settings.current.model_copy(update={"language": "en"}))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.content.wizard.current_step == "imaging" and window.content.tabs.currentIndex() == LETTER
    assert window.content.wizard.current_page.title() == "Imaging"
    assert window.content.isVisible() and window.content.preview.isVisible()
    assert window.windowTitle().startswith("Case 2026-0001") and "case 2026-0001" in window.content.banner.details.words
    assert window.kept_label.text().startswith("Kept at") and window.draft_label.text().startswith("Draft")
    assert window.menu.menus[0].title() == "&File" and len(window.menuBar().actions()) == 5
    assert other.content.steps.item(0).text() == "Patient"
    window.content.tabs.setCurrentIndex(PLAN)
    assert "Refer" in window.content.plan_view.head.row_model.rows[0].text
    window.menu.actions["undo"].trigger()
    assert window.document.case.lesion.category is None and window.content.wizard.current_step == "lesion"
    window.document.answer("lesion.category", "intermediate")
    window.document.full_plan()
    assert "Kept at" in window.kept_label.text()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.content.wizard.current_step == "patient"
    desk.services.settings.change(desk.services.settings.current.model_copy(update={"language": "nl"}))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.content.wizard.current_page.title() == "Patiënt"


@pytest.mark.parametrize(("tone", "stays"), [("caution", True), ("note", False)])
def test_a_warning_is_not_lost_with_another_language(desk, window, tone, stays):
    window.content.bar.say("Let op: deze brief is veranderd.", tone)
    desk.services.settings.change(Settings(language="en"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.content.wizard.current_page.title() == "Patient"
    assert window.content.bar.isVisible() is stays
    bar = window.content.bar
    assert ("" if bar.isHidden() else bar.text.text()) == ("Let op: deze brief is veranderd." if stays else "")


def test_another_language_lifts_no_cover(desk, window):
    window.hide_case()
    desk.services.settings.change(Settings(language="en"))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.cover.isVisible() and not window.content.isVisible() and not window.menuBar().isEnabled()
    assert window.cover.label.text() == "Click to continue"
    window.show_case()
    assert window.content.isVisible() and window.content.wizard.current_page.title() == "Patient"


def test_qt_speaks_the_language_too(qtbot):
    line = QLineEdit("x")
    qtbot.addWidget(line)
    for language, word in (("nl", "Kopiëren"), ("en", "Copy")):
        translate_qt(language)
        menu = line.createStandardContextMenu()
        assert any(word in action.text() for action in menu.actions())
    translate_qt("nl")
    translate_qt("en")
    assert QApplication.instance() is not None
