"""What if: an answer tried beside the case. Nothing of it reaches case, store or letter until it is kept."""

import json
from random import Random

import pytest

from tests.desktop_app.plan.view.documents import DAY, phrases
from tests.desktop_app.plan.view.documents import edition as opened_edition

# isort: split
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from desktop_app.case.document import CaseDocument
from desktop_app.case.refused import AnswerRefused
from desktop_app.plan.view.row import Kind
from desktop_app.plan.view.rows import RowMaker
from desktop_app.wizard import flow
from desktop_app.wizard.what_if.comparison import ALIKE, compared
from desktop_app.wizard.what_if.trial import Trial
from guideline_core.case import Case
from tests.random_cases import random_answer, random_partial_case, rule_fields

ADULT = {
    "setting": "hospital",
    "patient": {"birth_date": "1984-05-01"},
    "lesion": {"suspected": True, "origin": "primary", "category": "malignant"},
}


@pytest.fixture
def begun(window):
    window.document.load(Case.model_validate(ADULT))
    window.document.full_plan()
    window.content.wizard.go_to_step("lesion")
    return window


def try_answer(window, path, value):
    window.content.try_answer(path)
    page = window.content.trial
    page.rows[path].input.value_entered.emit(value)
    return page


def texts(rows):
    return [row.text for row in rows.row_model.rows]


def marked(rows):
    return {row.key: row.mark for row in rows.row_model.rows if row.mark}


# --- the page -------------------------------------------------------------------------------------------------------


def test_a_benign_lesion_is_tried_beside_a_malignant_one(begun):
    page = try_answer(begun, "lesion.category", "benign_indolent")
    assert "Verwijzen" in texts(page.now)[0] and "met spoed" in texts(page.now)[0]
    assert "Advies vragen" in texts(page.tried)[0]
    assert marked(page.now)["referral"] == "Wordt anders" and marked(page.tried)["referral"] == "Gewijzigd"
    assert marked(page.now)["advice:refer.expertise_centre:do"] == "Wordt anders"
    assert "goedaardig, indolent" in page.sentence.text() and "advies vragen" in page.sentence.text()
    assert begun.document.case.lesion.category == "malignant"
    assert begun.content.places.currentWidget() is page and page.isVisible() and not begun.content.wizard.isVisible()


def test_what_is_provisional_says_so(begun):
    page = try_answer(begun, "lesion.category", "benign_indolent")
    words = " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())
    assert "Proef" in words and "Voorlopig. Niets hiervan wordt bewaard" in words and "(voorlopig)" in words
    assert not begun.content.tabs.isVisible()


def test_an_answer_without_effect_says_so(begun):
    page = try_answer(begun, "patient.sex", "female")
    assert page.sentence.text() == "Met ‘Geslacht: vrouw’ verandert geen advies."
    assert marked(page.now) == marked(page.tried) == {}
    assert page.keep_button.isEnabled()


def test_nothing_can_be_kept_before_something_is_tried(begun):
    begun.content.try_answer("lesion.category")
    page = begun.content.trial
    assert not page.keep_button.isEnabled() and "Kies links" in page.sentence.text()
    page.rows["lesion.category"].input.value_entered.emit("benign_active")
    assert page.keep_button.isEnabled()
    page.rows["lesion.category"].input.value_entered.emit("malignant")
    assert not page.keep_button.isEnabled()


def test_what_is_alike_is_folded_until_it_is_asked_for(begun):
    page = try_answer(begun, "lesion.category", "benign_indolent")
    assert all(row.mark or row.kind in (Kind.DECISION, Kind.HEADING, Kind.FOLD) for row in page.now.row_model.rows)
    few = len(texts(page.now))
    page.now.opened_or_closed.emit(ALIKE)
    assert len(texts(page.now)) > few and any(
        "Conceptrichtlijn" in text or "concept" in text for text in texts(page.now)
    )


def test_several_answers_are_tried_together_and_kept_in_one_step(begun):
    try_answer(begun, "lesion.category", "benign_active")
    page = try_answer(begun, "imaging.mri.contrast", True)
    assert list(page.rows) == ["lesion.category", "imaging.mri.contrast"]
    steps = begun.document.undo_stack.index()
    page.keep_button.click()
    assert begun.document.case.lesion.category == "benign_active" and begun.document.case.imaging.mri.contrast is True
    assert begun.document.undo_stack.index() == steps + 1
    assert (
        begun.content.trial is None
        and begun.content.wizard.isVisible()
        and begun.content.wizard.current_step == "lesion"
    )
    assert begun.content.plan_view.change_line.sentence.startswith("Door ‘Soort afwijking: goedaardig, actief’")
    begun.document.undo_stack.undo()
    assert begun.document.case == Case.model_validate(ADULT)


def test_a_kept_answer_is_not_joined_with_what_was_typed_before_or_after(window):
    document = window.document
    window.document.load(Case.model_validate({**ADULT, "patient": {}}))
    document.answer("patient.age_years", 40)
    page = try_answer(window, "patient.age_years", 12)
    page.keep()
    document.answer("patient.age_years", 13)
    ages = []
    for _ in range(3):
        document.undo_stack.undo()
        ages.append(document.case.patient.age_years)
    assert ages == [12, 40, None]


# --- how it is begun ------------------------------------------------------------------------------------------------


def test_a_key_tries_the_question_where_the_cursor_is(begun, qtbot):
    begun.activateWindow()
    qtbot.waitUntil(begun.isActiveWindow)
    begun.content.wizard.go_to_field("lesion.count")
    qtbot.keyClick(begun, Qt.Key.Key_F9)
    assert list(begun.content.trial.rows) == ["lesion.count"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert begun.content.trial is None and begun.content.wizard.isVisible()
    assert begun.content.wizard.current_page.rows["lesion.count"].isAncestorOf(QApplication.focusWidget())


def test_the_button_above_the_plan_tries_the_question_where_the_cursor_was(begun, qtbot):
    begun.activateWindow()
    qtbot.waitUntil(begun.isActiveWindow)
    begun.content.wizard.go_to_field("lesion.count")
    qtbot.mouseClick(begun.content.plan_view.change_line.what_if, Qt.MouseButton.LeftButton)
    assert list(begun.content.trial.rows) == ["lesion.count"]


def test_the_menu_of_a_question_tries_it(begun):
    row = begun.content.wizard.current_page.rows["lesion.origin"]
    place = row.question.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, row.mapToGlobal(place))
    QApplication.sendEvent(row, event)
    menu = row.findChild(QMenu)
    assert "Wat als" in menu.actions()[0].text() and "Herkomst" in menu.actions()[0].text()
    menu.actions()[0].trigger()
    menu.close()
    assert list(begun.content.trial.rows) == ["lesion.origin"]


def test_a_row_that_depends_offers_its_open_questions(begun, qtbot):
    body = begun.content.plan_view.body
    row = next(row for row in body.row_model.rows if row.asks)
    begun.content.plan_view.body.opened_or_closed.emit(row.key)
    place = body.row_model.place_of(f"{row.key}/what if")
    body.clicked.emit(body.row_model.index(place))
    assert list(begun.content.trial.rows) == [row.asks[0]]


def test_f9_in_the_plan_tries_the_question_of_the_row(begun, qtbot):
    begun.activateWindow()
    qtbot.waitUntil(begun.isActiveWindow)
    row = next(row for row in begun.content.plan_view.body.row_model.rows if row.asks)
    begun.content.plan_view.body.go_to(row.key)
    qtbot.keyClick(begun.content.plan_view.body, Qt.Key.Key_F9)
    assert list(begun.content.trial.rows) == [row.asks[0]]


def test_what_no_step_asks_is_no_question_to_try(begun):
    begun.content.try_answer("letter.left_out")
    assert begun.content.trial is None and begun.content.wizard.isVisible()


# --- nothing provisional leaves -------------------------------------------------------------------------------------


def test_a_dropped_trial_leaves_nothing_behind(begun, desk):
    stack, before = begun.document.undo_stack, begun.document.snapshot()
    steps = stack.count()
    page = try_answer(begun, "lesion.entity", "chordoma")
    page.drop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert begun.document.snapshot() == before and stack.count() == steps
    assert begun.content.places.count() == 1 and begun.content.tabs.isVisible()


def test_nothing_provisional_is_saved_or_stands_in_a_letter(begun, desk):
    begun.document.answer("letter.question", "Graag uw oordeel")
    try_answer(begun, "lesion.entity", "chordoma")
    begun.cases.save()
    stored = desk.other_view().load(begun.autosave.number)
    assert "chordoma" not in json.dumps(stored.case.model_dump(mode="json", exclude_unset=True))
    begun.papers.leaving.copy()
    letter = QApplication.clipboard().text()
    assert "Graag uw oordeel" in letter and "hordoom" not in letter and "Proef" not in letter


def test_another_case_and_another_answer_end_the_trial(begun):
    try_answer(begun, "lesion.entity", "chordoma")
    begun.document.load(Case())
    assert begun.content.trial is None and begun.document.case == Case()
    begun.document.answer("lesion.category", "malignant")
    try_answer(begun, "lesion.entity", "chordoma")
    begun.menu.actions["undo"].trigger()
    assert begun.content.trial is None and begun.document.case == Case()
    assert "vervallen" in begun.content.bar.text.text()


@pytest.mark.parametrize("command", ["show_plan", "show_letter", "next_question", "step:imaging"])
def test_a_command_that_shows_something_else_ends_the_trial(begun, command):
    try_answer(begun, "lesion.entity", "chordoma")
    begun.menu.actions[command].trigger()
    assert (
        begun.content.trial is None and begun.document.case.lesion.entity is None and begun.content.wizard.isVisible()
    )


def test_closing_drops_the_trial(begun, desk):
    begun.document.answer("complaints.swelling", True)
    try_answer(begun, "lesion.entity", "chordoma")
    begun.close()
    assert "chordoma" not in desk.other_view().load(begun.autosave.number).case.model_dump_json()


def test_another_language_drops_the_trial(begun, desk):
    try_answer(begun, "lesion.entity", "chordoma")
    desk.services.settings.change(desk.services.settings.current.model_copy(update={"language": "en"}))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert begun.content.trial is None and begun.document.case.lesion.entity is None


def test_an_impossible_answer_is_refused_in_the_trial_too(begun):
    begun.document.answer("imaging.xray.done", False)
    page = try_answer(begun, "imaging.xray.two_views", True)
    assert page.trial.differences() == {} and not page.keep_button.isEnabled()
    assert page.rows["imaging.xray.two_views"].message.text()


# --- kept and given are the same ------------------------------------------------------------------------------------


def document_of(case):
    made = CaseDocument(opened_edition(), lambda: DAY)
    made.load(case)
    return made


def test_keeping_is_the_same_as_answering(qapp, planner, edition):
    """For random cases and answers: the same case, the same plan, one step back."""
    chance, done = Random(31), 0
    for _ in range(40):
        case = random_partial_case(edition, chance)
        direct, tried = document_of(case), document_of(case)
        trial = Trial(tried, opened_edition())
        for path in chance.sample(rule_fields(), 2):
            value = random_answer(edition, path, chance)
            for document in (direct, trial.copy):
                cleared = flow.cleared_by(path, value, document.case, document.catalogue)
                try:
                    document.answer_together({path: value, **dict.fromkeys(cleared)})
                except AnswerRefused:
                    continue
            trial.add(path)
        provisional = trial.copy.full_plan()
        assert tried.case is not None and tried.undo_stack.count() == 0
        if trial.keep() is None:
            continue
        done += 1
        assert tried.case == direct.case and tried.full_plan() == direct.full_plan() == provisional
        tried.undo_stack.undo()
        assert tried.case == case or tried.case == document_of(case).case
        assert not tried.undo_stack.canUndo()
    assert done > 20


def test_the_rows_of_both_plans_stand_on_one_side_of_the_fold(planner, edition):
    """Nothing of either plan is lost between what differs and what is alike."""
    chance, maker = Random(5), RowMaker(opened_edition(), phrases())
    for _ in range(25):
        plans = [planner.make_bare_plan(random_partial_case(edition, chance), DAY) for _ in range(2)]
        comparison = compared(*plans, maker, phrases(), {ALIKE})
        for plan, side in zip(plans, (comparison.now, comparison.tried), strict=True):
            rows = maker.rows(plan)
            wanted = sorted(row.key for row in (*rows.head, *rows.body) if row.kind is not Kind.HEADING)
            shown = [row.key for row in side if row.kind not in (Kind.HEADING, Kind.FOLD, Kind.GONE)]
            assert sorted(shown) == wanted
            assert len({row.key for row in side}) == len(side)
            fold = next(place for place, row in enumerate(side) if row.kind is Kind.FOLD)
            assert not any(row.mark for row in side[fold:])
