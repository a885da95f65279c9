"""Every answer is saved as it is given, the last case is offered, and what cannot be saved is told."""

import dataclasses

import pytest

from tests.desktop_app.window.desk import OneKey

# isort: split
from desktop_app.store.problems import StorageFull
from desktop_app.store.store import open_store
from desktop_app.window.main_window import MainWindow
from desktop_app.window.services import StoreAccess
from tests.desktop_app.window.filling import IDENTITY, NAME, fill, words_in


def test_each_answer_is_stored_as_it_is_given(desk, window):
    window.document.answer("lesion.category", "malignant")
    assert desk.other_view().load("2026-0001").case.lesion.category == "malignant"
    assert "Bewaard om" in window.kept_label.text()
    window.document.keep_raw("patient.birth_date", "12-3-")
    assert desk.other_view().load("2026-0001").raws == {"patient.birth_date": "12-3-"}
    window.document.undo_stack.undo()
    assert desk.other_view().load("2026-0001").raws == {}
    assert window.autosave.is_kept


def test_an_untouched_window_stores_nothing(desk, window):
    assert desk.other_view().all_numbers() == ()
    window.close()
    assert desk.other_view().all_numbers() == ()


def test_a_number_is_taken_with_the_first_answer(desk, window):
    assert window.autosave.number == "" and "nieuwe casus" in window.content.banner.details.words
    assert window.windowTitle() == "Nieuwe casus – Botwijzer"
    window.close()
    desk.open().cases.new_case()
    third = desk.open()
    third.document.keep_raw("patient.birth_date", "1")
    assert third.autosave.number == "2026-0001" and "casus 2026-0001" in third.content.banner.details.words
    desk.opened[1].document.answer("lesion.category", "malignant")
    assert desk.other_view().all_numbers() == ("2026-0001", "2026-0002")
    third.cases.new_case()
    fourth = desk.opened[-1]
    assert fourth.autosave.number == "" and fourth.autosave.keep_now()


def test_a_number_that_cannot_be_taken_is_told_and_taken_later(desk, window, monkeypatch):
    def full(*_: object) -> str:
        raise StorageFull(folder="/data")

    monkeypatch.setattr(window.autosave._store, "new_case", full)
    window.document.answer("lesion.category", "malignant")
    assert "schijf is vol" in desk.said() and window.autosave.number == "" and not window.autosave.is_kept
    monkeypatch.undo()
    assert window.autosave.keep_now()
    assert desk.other_view().load("2026-0001").case.lesion.category == "malignant"


def test_answers_before_the_store_is_open_are_stored_when_it_is(tmp_path, qtbot, desk):
    late = StoreAccess(lambda: open_store(tmp_path / "late", OneKey()), desk.services.tasks)
    desk.services.store = late
    window = desk.open()
    window.document.answer("lesion.category", "malignant")
    window.document.answer("lesion.bone", "femur")
    late.open_store()
    assert desk.other_view().load(window.autosave.number).case.lesion.bone == "femur"
    assert window.document.undo_stack.canUndo()
    window.autosave.leave()
    late.close()


def test_the_last_case_is_offered_by_number_and_date_only(desk, window):
    fill(window, {**IDENTITY, "lesion.category": "malignant"})
    window.document.keep_raw("patient.birth_date", "1-2")
    window.close()
    desk.services.messages = None
    again = desk.open()
    assert again.content.bar.isVisible()
    assert "2026-0001" in again.content.bar.text.text() and "23 november 2026" in again.content.bar.text.text()
    assert NAME not in words_in(again)
    again.content.bar.action.click()
    assert again.document.case.lesion.category == "malignant"
    assert again.document.raw("patient.birth_date") == "1-2"
    assert again.content.banner.name.words.startswith(NAME)
    assert "2026-0001" in again.windowTitle()


@pytest.mark.parametrize(("file", "said"), [(None, "2026-0001"), ("weg.pdf", "weg.pdf")])
def test_the_last_case_is_not_offered_over_what_went_wrong(desk, window, qtbot, file, said):
    """The store opens after the window and after a file that the command line named."""
    fill(window, {"lesion.category": "malignant"})
    window.close()
    store = StoreAccess(lambda: open_store(desk.folder / "data", OneKey()), desk.services.tasks)
    first = MainWindow(dataclasses.replace(desk.services, store=store, messages=None), desk.windows)
    qtbot.addWidget(first)
    first.show()
    if file:
        first.files.open(desk.folder / file)
    store.open_store()
    assert said in first.content.bar.text.text() and first.content.bar.isVisible()
    store.close()


def test_a_full_disk_is_told_and_mended(desk, window, monkeypatch):
    store = window.autosave._store
    real = store.save

    def full(*_: object) -> None:
        raise StorageFull(folder="/data")

    monkeypatch.setattr(store, "save", full)
    window.document.answer("lesion.category", "malignant")
    assert "schijf is vol" in desk.said() and window.kept_label.text() == "Niet bewaard"
    assert not window.keeping.may_close()
    assert "niet bewaard" in desk.user.asked[-1].text
    monkeypatch.setattr(store, "save", real)
    assert window.autosave.keep_now()
    assert "Bewaard om" in window.kept_label.text()
    assert window.keeping.may_close()


def test_without_a_store_the_window_works_and_says_so(desk, qtbot):
    desk.services.store = StoreAccess(None, desk.services.tasks)
    window = desk.open()
    window.document.answer("lesion.category", "malignant")
    assert "Verwijzen" in window.content.plan_view.head.row_model.rows[0].text
    window.keeping.tell_no_store(StorageFull(folder="/data"))
    assert window.kept_label.text() == "Niet bewaard"
