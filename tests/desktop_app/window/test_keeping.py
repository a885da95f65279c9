"""Every answer is saved as it is given, the last case is offered, and what cannot be saved is told."""

import dataclasses
from pathlib import Path

import pytest

from tests.desktop_app.plan.view.documents import phrases
from tests.desktop_app.window.desk import OneKey

# isort: split
from desktop_app.settings.settings import Settings
from desktop_app.store.problems import KeyNotGiven, KeyringRefuses, StorageFull, StorageReadOnly, StoreProblem
from desktop_app.store.store import Store, open_store
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


# --- what went wrong, and trying again --------------------------------------------------------------------------------


class Refusing:
    """Opens the store of a folder, unless something is in the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problem: StoreProblem | None = KeyringRefuses()
        self.tries = 0

    def __call__(self) -> Store:
        self.tries += 1
        if self.problem is not None:
            raise self.problem
        return open_store(self.folder, OneKey())


@pytest.fixture
def refusing(desk, tmp_path):
    """A desk of which the store cannot be opened yet."""
    refusing = Refusing(tmp_path / "data")
    desk.services.store.close()
    desk.services.store = StoreAccess(refusing, desk.services.tasks)
    desk.services.messages = None
    desk.window = desk.open()
    desk.services.store.open_if_there()
    yield refusing


def let_it_open(desk, refusing) -> None:
    """What is saved lets its window close without a question."""
    refusing.problem, desk.services.store.is_opening = None, False
    desk.services.store.open_store()


def bar_of(desk):
    return desk.window.content.bar


def test_what_words_advise_to_try_again_can_be_tried_again(desk, refusing):
    assert "probeer het opnieuw" in bar_of(desk).text.text()
    assert bar_of(desk).action.isVisible() and bar_of(desk).action.text() == "&Opnieuw proberen"
    desk.window.document.answer("lesion.category", "malignant")
    assert refusing.tries == 1 and desk.window.kept_label.text() == "Niet bewaard", "nobody is asked unasked again"
    refusing.problem = KeyNotGiven()
    bar_of(desk).action.click()
    assert refusing.tries == 2 and "wachtwoordzin" in bar_of(desk).text.text() and bar_of(desk).action.isVisible()
    refusing.problem = None
    bar_of(desk).action.click()
    assert bar_of(desk).isHidden() and "Bewaard om" in desk.window.kept_label.text()
    assert desk.other_view().load(desk.window.autosave.number).case.lesion.category == "malignant"


def test_each_problem_that_says_try_again_can_be_tried_again():
    for problem in StoreProblem.__subclasses__():
        for language, words in (("nl", "probeer het opnieuw"), ("en", "try again")):
            told = phrases(language).get("store", "problem", problem.key, "do").lower()
            assert words not in told or problem.can_pass, problem.key


@pytest.mark.parametrize("way", ["save", "save_as", "open_dialog"])
def test_without_a_store_a_command_tries_again_and_says_what_is_so(desk, refusing, way, monkeypatch):
    from desktop_app.window.dialogs import kept_cases

    shown = []
    monkeypatch.setattr(kept_cases, "choose_case", lambda cases, *_: shown.append(cases))
    desk.window.document.answer("lesion.category", "malignant")
    bar_of(desk).hide()
    getattr(desk.window.cases, way)()
    assert refusing.tries == 2 and "wachtwoordkluis" in bar_of(desk).text.text() and bar_of(desk).isVisible()
    assert shown == [], "no list says that there are no cases"
    refusing.problem = None
    getattr(desk.window.cases, way)()
    assert desk.window.autosave.is_kept and desk.other_view().all_numbers() == ("2026-0001",)
    assert [len(cases) for cases in shown] == ([1] if way == "open_dialog" else [])


def test_the_menu_of_recent_cases_says_that_they_are_not_open(desk, refusing):
    assert [entry.words for entry in desk.window.cases._recent_entries()] == ["De bewaarde casussen zijn niet geopend."]
    refusing.problem = None
    desk.window.keeping.try_again()
    assert [entry.words for entry in desk.window.cases._recent_entries()] == ["Er zijn nog geen bewaarde casussen."]


def test_while_the_store_is_being_opened_that_is_said(desk, refusing):
    desk.services.store.problem, desk.services.store.is_opening = None, True
    desk.window.document.answer("lesion.category", "malignant")
    for way in (desk.window.cases.save, desk.window.cases.save_as, desk.window.cases.open_dialog):
        bar_of(desk).hide()
        way()
        assert bar_of(desk).text.text() == "De bewaarde casussen worden geopend …" and bar_of(desk).isVisible()
    let_it_open(desk, refusing)


def test_another_window_says_why_too(desk, refusing):
    second = desk.open()
    second.document.answer("lesion.category", "malignant")
    assert "wachtwoordkluis" in second.content.bar.text.text() and second.content.bar.action.isVisible()
    let_it_open(desk, refusing)


def test_another_language_keeps_the_button(desk, refusing):
    desk.services.settings.change(Settings(language="en"))
    refusing.problem = None
    assert bar_of(desk).action.isVisible()
    bar_of(desk).action.click()
    assert desk.window.autosave.is_open


def test_a_heartbeat_that_fails_says_nothing_untrue(desk, window, monkeypatch):
    window.document.answer("lesion.category", "malignant")
    said = window.kept_label.text()

    def full(*_: object) -> None:
        raise StorageFull(folder="/data")

    monkeypatch.setattr(window.autosave._store, "renew", full)
    window.autosave._renew()
    assert window.kept_label.text() == said and "Bewaard om" in said and "schijf is vol" not in desk.said()


def test_a_case_that_was_taken_over_is_told_at_the_heartbeat(desk, window):
    window.document.answer("lesion.category", "malignant")
    desk.other_view().open_case(window.autosave.number, desk.now, take_over=True)
    window.autosave._renew()
    assert "overgenomen" in desk.said() and "Bewaard om" in window.kept_label.text()
    window.document.answer("lesion.bone", "femur")
    assert window.kept_label.text() == "Niet bewaard" and not window.autosave.is_kept


def test_a_problem_leaves_the_bar_when_it_is_over(desk, monkeypatch):
    desk.services.messages = None
    window = desk.open()

    def full(*_: object) -> None:
        raise StorageFull(folder="/data")

    with monkeypatch.context() as patch:
        patch.setattr(window.autosave._store, "save", full)
        window.document.answer("lesion.category", "malignant")
    bar = window.content.bar
    assert "schijf is vol" in bar.text.text() and bar.action.isVisible()
    bar.action.click()
    assert bar.isHidden() and "Bewaard om" in window.kept_label.text()


def test_a_file_that_was_removed_under_the_window_is_told_and_made_again(desk, window):
    window.document.answer("lesion.category", "malignant")
    (desk.folder / "data" / "cases.db").unlink()
    window.document.answer("lesion.bone", "femur")
    assert "verwijderd terwijl het in gebruik was" in desk.said() and "Bewaard om" in window.kept_label.text()
    assert desk.other_view().load("2026-0001").case.lesion.bone == "femur"


def test_a_store_that_only_reads_is_told_and_its_cases_open(desk, window, monkeypatch):
    window.document.answer("lesion.category", "malignant")
    window.autosave.leave()
    store = window.autosave._store
    monkeypatch.setattr(store._database, "only_reads", StorageReadOnly(folder="/data", file="/data/cases.db"))
    monkeypatch.setattr(store._database, "_open_to_write", lambda: (_ for _ in ()).throw(store._database.only_reads))
    again = desk.open()
    assert "mag dit programma niet schrijven" in desk.said()
    again.cases.open_number("2026-0001")
    assert again.document.case.lesion.category == "malignant" and again.autosave.is_kept
    again.document.answer("lesion.bone", "femur")
    assert again.kept_label.text() == "Niet bewaard"
    monkeypatch.undo()


def test_when_nothing_more_is_answered_the_journal_is_emptied(desk, window, qtbot):
    window.document.answer("lesion.category", "malignant")
    journal = desk.folder / "data" / "cases.db-wal"
    assert journal.stat().st_size > 0
    qtbot.waitUntil(lambda: journal.stat().st_size == 0, timeout=30_000)


def test_without_a_store_the_window_works_and_says_so(desk, qtbot):
    desk.services.store = StoreAccess(None, desk.services.tasks)
    window = desk.open()
    window.document.answer("lesion.category", "malignant")
    assert "Verwijzen" in window.content.plan_view.head.row_model.rows[0].text
    window.keeping.tell_no_store(StorageFull(folder="/data"))
    assert window.kept_label.text() == "Niet bewaard"


def test_all_that_was_found_at_the_start_stands_in_one_message(desk, tmp_path):
    """Two programs rescued apart: the place for messages shows one at a time, and both folders must be seen."""
    folders = [desk.folder / "data" / f"rescued-{number}" for number in (1, 2)]
    desk.services.store.close()
    for folder in folders:
        folder.mkdir()
        (folder / "cases.db").touch()
    store = StoreAccess(lambda: open_store(desk.folder / "data", OneKey()), desk.services.tasks)
    desk.services.store = store
    store.open_store()
    desk.open()
    [told] = [text for _, text in desk.user.said if "rescued" in text]
    assert all(str(folder) in told for folder in folders)
    store.close()
