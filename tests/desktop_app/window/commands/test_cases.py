"""Whole cases: a new one beside this one, a saved one by number and date, a copy; one patient a window."""

from tests.desktop_app.plan.view.documents import phrases

# isort: split
from desktop_app.window.dialogs import kept_cases
from desktop_app.window.dialogs.kept_cases import FROM_FILE, KeptCasesDialog
from tests.desktop_app.window.filling import IDENTITY, NAME, fill, write_case


def test_new_opens_another_window_unless_this_one_is_empty(desk, window):
    window.cases.new_case()
    assert desk.opened == [window]
    window.document.answer("lesion.category", "malignant")
    window.cases.new_case()
    assert len(desk.opened) == 2
    assert window.document.case.lesion.category == "malignant"
    assert desk.opened[1].document.is_empty()
    assert desk.opened[1].autosave.number != window.autosave.number


def test_open_shows_numbers_and_dates(desk, window, qtbot):
    fill(window, IDENTITY)
    cases = window.autosave.recent()
    dialog = KeptCasesDialog(cases, phrases(), window)
    qtbot.addWidget(dialog)
    texts = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert len(texts) == 1 and "2026-0001" in texts[0] and NAME not in texts[0]
    dialog._open()
    assert dialog.chosen == "2026-0001"
    empty = KeptCasesDialog((), phrases(), window)
    qtbot.addWidget(empty)
    empty._open()
    assert empty.chosen is None
    empty._take_file()
    assert empty.chosen == FROM_FILE


def test_recent_cases_stand_in_the_menu_by_number_and_date(desk, window):
    fill(window, {**IDENTITY, "lesion.category": "malignant"})
    window.close()
    again = desk.open()
    [recent] = [action.menu() for action in again.menu.menus[0].actions() if action.menu() is not None]
    recent.aboutToShow.emit()
    [entry] = recent.actions()
    assert "2026-0001" in entry.text() and "23 november 2026" in entry.text() and NAME not in entry.text()
    entry.trigger()
    assert again.document.case.patient.family_name == NAME


def test_without_kept_cases_the_menu_says_so(window):
    [recent] = [action.menu() for action in window.menu.menus[0].actions() if action.menu() is not None]
    recent.aboutToShow.emit()
    [entry] = recent.actions()
    assert "nog geen" in entry.text() and not entry.isEnabled()


def test_open_goes_through_the_list_or_a_file(desk, window, tmp_path, monkeypatch):
    fill(window, {"lesion.category": "malignant"})
    window.close()
    second = desk.open()
    chosen: list[str | None] = ["2026-0001", FROM_FILE, None]
    monkeypatch.setattr(kept_cases, "choose_case", lambda *_: chosen.pop(0))
    second.cases.open_dialog()
    assert second.document.case.lesion.category == "malignant"
    desk.user.files = [write_case(tmp_path / "c.json", lesion={"category": "intermediate"})]
    second.cases.open_dialog()
    assert desk.opened[-1].document.case.lesion.category == "intermediate"
    second.cases.open_dialog()
    second.cases.open_number("2026-0001")
    assert "al open in dit venster" in desk.said()


def test_a_case_open_elsewhere_is_asked_about(desk, window):
    window.document.answer("lesion.category", "malignant")
    second = desk.open()
    second.cases.open_number(window.autosave.number)
    assert "al open in een ander venster" in desk.user.asked[-1].text
    assert second.document.is_empty()
    desk.user.answers[desk.user.asked[-1].text] = "yes"
    second.cases.open_number(window.autosave.number)
    assert second.document.case.lesion.category == "malignant"
    window.document.answer("lesion.bone", "femur")
    assert "overgenomen" in desk.said()
    assert desk.other_view().load(second.autosave.number).case.lesion.bone is None


def test_save_says_where_the_case_is(desk, window):
    window.cases.save()
    assert "nog niets ingevuld" in desk.said()
    window.document.answer("lesion.category", "malignant")
    window.cases.save()
    assert "casus 2026-0001" in desk.user.said[-1][1]


def test_save_as_goes_on_under_a_new_number(desk, window):
    window.cases.save_as()
    window.document.answer("lesion.category", "malignant")
    first = window.autosave.number
    window.cases.save_as()
    window.document.answer("lesion.bone", "femur")
    assert window.autosave.number != first
    assert desk.other_view().load(first).case.lesion.bone is None
    assert desk.other_view().load(window.autosave.number).case.lesion.bone == "femur"
