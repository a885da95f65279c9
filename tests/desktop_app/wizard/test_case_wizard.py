"""The wizard as a whole: where the buttons go, what is safe, what is dimmed, and that no defect is swallowed."""

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWizard

from desktop_app.wizard import flow
from desktop_app.wizard.case_wizard import PAGES, CaseWizard
from guideline_core.case import Case

Button = QWizard.WizardButton
Key = Qt.Key
SECRET = "Jansen 123456782"


def press(qtbot, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


# --- safe -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", flow.STEPS)
def test_nothing_hides_the_wizard(wizard, document, qtbot, step):
    wizard.go_to_step(step)
    for key in (Key.Key_Escape, Key.Key_Return, Key.Key_Enter):
        qtbot.keyClick(wizard.current_page, key)
        qtbot.keyClick(wizard, key)
    qtbot.keyClick(wizard, Key.Key_F4, Qt.KeyboardModifier.AltModifier)
    wizard.close()
    QApplication.sendEvent(wizard, QCloseEvent())
    wizard.accept()
    wizard.reject()
    wizard.done(1)
    assert wizard.isVisible()
    assert wizard.current_step == step
    assert document.is_empty()


@pytest.mark.parametrize("step", flow.STEPS)
def test_enter_in_every_field_stays_on_the_page(wizard, qtbot, step):
    wizard.go_to_step(step)
    for path in flow.fields_of(step):
        wizard.go_to_field(path)
        if "done" in path or "examination" in path:
            continue
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
        assert wizard.current_step == step and wizard.isVisible()
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
        assert wizard.current_step == step and wizard.isVisible(), path


def test_no_button_is_the_default(wizard):
    for step in flow.STEPS:
        wizard.go_to_step(step)
        for button in wizard.findChildren(QPushButton):
            assert not button.isDefault() and not button.autoDefault(), button.text()


def test_finish_asks_for_the_letter_and_closes_nothing(wizard, qtbot):
    wizard.go_to_step("letter")
    with qtbot.waitSignal(wizard.letter_requested):
        wizard.button(Button.FinishButton).click()
    assert wizard.isVisible()
    assert wizard.current_step == "letter"


def test_style_and_options(wizard):
    assert wizard.wizardStyle() is QWizard.WizardStyle.ModernStyle
    assert wizard.testOption(QWizard.WizardOption.IndependentPages)
    assert wizard.testOption(QWizard.WizardOption.NoDefaultButton)


# --- going ------------------------------------------------------------------------------------------------------------


def test_next_walks_what_is_needed(wizard):
    steps = [wizard.current_step]
    while wizard.current_step != "letter":
        wizard.button(Button.NextButton).click()
        steps.append(wizard.current_step)
    assert steps == ["patient", "complaints", "lesion", "imaging", "letter"]


def test_back_retraces_jumps(wizard):
    for step in ("imaging", "patient", "letter", "lesion", "letter"):
        wizard.go_to_step(step)
    back = wizard.button(Button.BackButton)
    seen = []
    while back.isEnabled():
        back.click()
        seen.append(wizard.current_step)
    assert seen == ["lesion", "letter", "patient", "imaging", "patient"]


@pytest.mark.parametrize("step", flow.STEPS)
def test_jump_and_back_on_each_page(wizard, document, qtbot, step):
    wizard.go_to_step(step)
    assert wizard.current_step == step
    assert wizard.currentPage() is wizard.pages[step]
    other = "imaging" if step != "imaging" else "letter"
    wizard.go_to_step(other)
    wizard.button(Button.BackButton).click()
    assert wizard.current_step == step
    assert not wizard.current_page.is_in_error


def test_a_hundred_jumps(wizard):
    for count in range(100):
        wizard.go_to_step(flow.STEPS[(count * 5) % len(flow.STEPS)])
    assert not wizard.current_page.is_in_error


def test_keys_for_back_and_next(wizard, qtbot):
    wizard.go_to_step("complaints")
    press(qtbot, Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert wizard.current_step == "lesion"
    press(qtbot, Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert wizard.current_step == "complaints"


def test_the_step_is_told(wizard, qtbot):
    with qtbot.waitSignal(wizard.step_changed) as told:
        wizard.go_to_step("imaging")
    assert told.args == ["imaging"]


@pytest.mark.parametrize(
    "path", ["biopsy.status", "imaging.mri.date", "imaging.other[0].date", "lesion.bone", "letter.remarks"]
)
def test_go_to_field_shows_and_focuses_it(wizard, path):
    wizard.go_to_field(path)
    row = wizard.current_page.rows[flow.plain_path(path)]
    assert row.isAncestorOf(QApplication.focusWidget())
    assert row.isVisible() and not row.visibleRegion().isEmpty()


def test_undo_shows_what_it_changes(wizard, document):
    wizard.go_to_step("complaints")
    document.answer("complaints.swelling", True)
    wizard.go_to_step("letter")
    document.undo_stack.undo()
    assert wizard.current_step == "complaints"
    row = wizard.current_page.rows["complaints.swelling"]
    assert row.isAncestorOf(QApplication.focusWidget())
    assert not any(option.isChecked() for option in row.input.options)


def test_another_case_starts_at_the_beginning(wizard, document):
    document.answer("complaints.swelling", True)
    wizard.go_to_step("letter")
    document.load(Case.model_validate({"patient": {"family_name": "Bakker"}}))
    assert wizard.current_step == "patient"
    assert wizard.pages["patient"].rows["patient.family_name"].input.text() == "Bakker"
    assert not wizard.button(Button.BackButton).isEnabled()


def test_the_cursor_starts_at_the_first_open_question(wizard, document):
    document.answer("complaints.persistent_pain", True)
    wizard.go_to_step("complaints")
    assert wizard.current_page.rows["complaints.night_pain"].isAncestorOf(QApplication.focusWidget())


def test_tab_follows_reading_order(wizard, qtbot):
    for step in flow.STEPS:
        wizard.go_to_step(step)
        page = wizard.current_page
        for box in page.sections.values():
            box.unfold(True)
        page.rows[flow.fields_of(step)[0]].input.take_focus()
        met = []
        for _ in range(200):
            focused = QApplication.focusWidget()
            path = next((path for path, row in page.rows.items() if row.isAncestorOf(focused)), None)
            if path is not None and path not in met:
                met.append(path)
            if len(met) == len(page.rows):
                break
            press(qtbot, Key.Key_Tab)
        assert met == list(flow.fields_of(step)), step


# --- showing ----------------------------------------------------------------------------------------------------------


def test_pages_fit_beside_the_plan(wizard):
    for step in flow.STEPS:
        wizard.go_to_step(step)
        page = wizard.current_page
        for box in page.sections.values():
            box.unfold(True)
        QApplication.processEvents()
        assert page.scroller.horizontalScrollBar().maximum() == 0, step
        for path, row in page.rows.items():
            assert row.width() >= row.minimumSizeHint().width(), path


def test_dimmed_questions_say_why_and_can_be_answered(wizard, document, qtbot):
    document.answer("lesion.origin", "metastasis")
    document.full_plan()
    wizard.go_to_field("biopsy.route_agreed")
    row = wizard.current_page.rows["biopsy.route_agreed"]
    assert row.reason == "other_guideline"
    assert "uitzaaiing" in row.reason_label.text()
    assert row.reason_label.isVisible()
    press(qtbot, Key.Key_J)
    assert document.value("biopsy.route_agreed") is True
    assert row.reason is None


def test_dimming_follows_the_plan(wizard, document, qtbot):
    wizard.go_to_step("pathology")
    document.answer("lesion.suspected", True)
    row = wizard.current_page.rows["pathology.histology"]
    qtbot.waitUntil(lambda: row.reason == "needs_tissue", timeout=20_000)
    document.answer("biopsy.status", "performed")
    qtbot.waitUntil(lambda: row.reason is None, timeout=20_000)


@pytest.fixture
def spoken(monkeypatch) -> list[str]:
    """What a page says aloud."""
    said: list[str] = []
    monkeypatch.setattr("desktop_app.wizard.pages.step_page.announce", lambda _row, text, **_: said.append(text))
    return said


def test_harm_is_told_beside_the_answer_and_the_answer_is_kept(wizard, document, qtbot, spoken):
    document.answer("lesion.category", "malignant")
    wizard.go_to_field("biopsy.status")
    row = wizard.current_page.rows["biopsy.status"]
    press(qtbot, Key.Key_2)
    assert spoken == [" ".join(wizard.wording.alert("biopsy_before_mri"))]
    assert document.value("biopsy.status") == "considered"
    assert row.harm_box is not None and row.harm_box.isVisible()
    assert row.harm_box.title.text() == wizard.wording.alert("biopsy_before_mri")[0]
    document.answer("imaging.mri.contrast", True)
    assert not row.harm_box.isVisible()


def test_old_harm_is_shown_and_not_told_again(wizard, document, spoken):
    harmful = Case.model_validate({"lesion": {"category": "malignant"}, "biopsy": {"status": "considered"}})
    document.load(harmful)
    wizard.go_to_step("consultation")
    assert wizard.current_page.rows["biopsy.status"].harm_box.isVisible()
    assert spoken == []


def test_a_biopsy_outside_a_centre_is_told(wizard, document, qtbot):
    document.answer("lesion.category", "malignant")
    document.answer("biopsy.status", "considered")
    wizard.go_to_field("biopsy.in_or_with_expertise_centre")
    row = wizard.current_page.rows["biopsy.in_or_with_expertise_centre"]
    press(qtbot, Key.Key_N)
    assert row.harm_box is not None and row.harm_box.isVisible()
    assert document.value("biopsy.in_or_with_expertise_centre") is False


def test_details_unfold_with_the_examination(wizard, document):
    wizard.go_to_step("imaging")
    box = wizard.current_page.sections["pet_ct"]
    assert not box.is_unfolded
    document.answer("imaging.pet_ct.done", True)
    assert box.is_unfolded
    box.toggle.click()
    assert not box.is_unfolded


def test_english(qtbot, planner):
    from tests.desktop_app.wizard import helpers

    document = helpers.new_document(planner)
    wizard = CaseWizard(document, helpers.phrases("en"), kinds=helpers.kinds(), lists=helpers.lists)
    qtbot.addWidget(wizard)
    wizard.show()
    for step in flow.STEPS:
        wizard.go_to_step(step)
        assert not wizard.current_page.is_in_error
    assert wizard.pages["patient"].title() == "Patient"


def test_every_reason_problem_and_refusal_has_words():
    from tests.desktop_app.wizard.helpers import phrases
    from tests.editions import real_places

    reasons = {
        "not_needed",
        "other_guideline",
        *(
            why
            for place in real_places().places.values()
            for each in (place.denied, place.settled, place.until)
            for why in each
        ),
    }
    assert len(reasons) > 20
    for language in ("nl", "en"):
        words = phrases(language)
        for reason in reasons:
            assert words.get("wizard", "why_not", reason)
        for sections in flow.SECTIONS.values():
            for section in sections:
                assert words.get("wizard", "section", section.name)
        for state in flow.StepState:
            assert words.get("window", "steps", state.value)


# --- defects ----------------------------------------------------------------------------------------------------------


def broken(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


@pytest.fixture
def mended(wizard):
    """Whatever a test breaks is whole again after it."""
    yield wizard
    for page in wizard.pages.values():
        if page.rows:
            page.present()


@pytest.mark.parametrize("step", flow.STEPS)
def test_a_defect_in_initialize_page_is_shown(mended, monkeypatch, caplog, step):
    wizard = mended
    wizard.go_to_step("imaging" if step != "imaging" else "letter")
    monkeypatch.setattr(wizard.pages[step], "present", broken)
    with caplog.at_level(logging.ERROR):
        wizard.go_to_step(step)
    assert wizard.pages[step].is_in_error
    assert wizard.pages[step].stack.currentWidget() is not wizard.pages[step].scroller
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text
    monkeypatch.undo()
    wizard.pages[step].stack.currentWidget().findChildren(QPushButton)[0].click()
    assert not wizard.pages[step].is_in_error


@pytest.mark.parametrize("method", ["_on_answered", "_on_replanned", "_show_reasons", "_show_harm"])
def test_a_defect_while_following_the_document_is_shown(mended, document, monkeypatch, caplog, method):
    """What stands on the page may be old then; it is taken away."""
    wizard = mended
    wizard.go_to_step("consultation")
    row_method = {"_on_answered": "present", "_on_replanned": "tell_harm"}.get(method)
    if row_method:
        row = wizard.current_page.rows["biopsy.status"]
        monkeypatch.setattr(row, row_method, broken)
    else:
        monkeypatch.setattr(wizard.current_page, method, broken)
    with caplog.at_level(logging.ERROR):
        document.answer("biopsy.status", "considered")
    assert wizard.current_page.is_in_error
    assert SECRET not in caplog.text


@pytest.mark.parametrize("name", ["go_on", "go_back"])
def test_a_defect_on_the_way_is_shown(mended, monkeypatch, caplog, name):
    wizard = mended
    wizard.go_to_step("complaints")
    monkeypatch.setattr(flow, "next_step", broken)
    monkeypatch.setattr(flow, "previous_step", broken)
    button = Button.NextButton if name == "go_on" else Button.BackButton
    with caplog.at_level(logging.ERROR):
        wizard.button(button).click()
    assert wizard.current_page.is_in_error


def test_a_defect_in_a_key_is_shown(mended, monkeypatch, caplog, qtbot):
    wizard = mended
    wizard.go_to_field("complaints.swelling")
    monkeypatch.setattr(wizard.current_page.rows["complaints.swelling"].input, "take_key", broken)
    with caplog.at_level(logging.ERROR):
        press(qtbot, Key.Key_J)
    assert wizard.current_page.is_in_error


def test_a_defect_in_next_id_is_shown(mended, monkeypatch, caplog):
    wizard = mended
    monkeypatch.setattr(type(wizard), "currentId", broken)
    with caplog.at_level(logging.ERROR):
        assert wizard.nextId() == -1
    assert "RuntimeError" in caplog.text


def test_every_override_of_qt_is_guarded():
    """A method that Qt calls by itself must not raise; the list of what Qt can call is Qt's own."""
    import inspect

    import desktop_app.wizard as package
    from desktop_app.wizard import case_wizard, field_row
    from desktop_app.wizard.inputs import calendar_frame, choice, examinations, free_text, names, typed
    from desktop_app.wizard.pages import step_page

    unguarded = []
    for module in (case_wizard, field_row, step_page, calendar_frame, choice, examinations, free_text, names, typed):
        for _, owner in inspect.getmembers(module, inspect.isclass):
            if not owner.__module__.startswith(package.__name__):
                continue
            for name, method in vars(owner).items():
                is_override = any(name in vars(base) for base in owner.__mro__ if base.__module__.startswith("PySide6"))
                is_guarded = hasattr(method, "__wrapped__") or name == "__init__"
                if inspect.isfunction(method) and is_override and not is_guarded:
                    unguarded.append(f"{owner.__name__}.{name}")
    assert unguarded == []


def test_each_step_has_its_page():
    assert tuple(page.step for page in PAGES) == flow.STEPS
