"""The preview is the real letter of the present answers, with what is missing; what leaves is that letter too."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app.settings.settings import Settings, load_settings
from desktop_app.window.main_window import MainWindow
from desktop_app.window.papers.printing import PrintProblem, Sending, Sent, Way
from guideline_core.case import Case
from tests.desktop_app.window.filling import IDENTITY, NAME, fill


@pytest.fixture
def lettered(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window at its letter."""
    fill(window, {**IDENTITY, "patient.birth_date": datetime.date(2012, 2, 3), "lesion.category": "malignant"})
    window.document.full_plan()
    window.content.wizard.go_to_step("letter")
    qtbot.waitUntil(lambda: window.content.preview._made is not None)
    return window


def test_the_preview_is_the_real_pdf_with_its_warnings(lettered):
    preview = lettered.content.preview
    assert preview.isVisible() and lettered.content.banner.isVisible()
    assert preview._viewer.document.pageCount() >= 1
    text = preview._viewer.document.getAllText(0).text()
    assert NAME in text and "Verwijzing" in text
    warnings = [preview.warnings.item(row).text() for row in range(preview.warnings.count())]
    assert any("verwijzer" in warning for warning in warnings)


def test_the_preview_follows_the_answers(lettered, qtbot):
    lettered.document.answer("letter.question", "Kunt u deze week beoordelen?")
    assert not lettered.content.preview.pages.isEnabled()
    lettered.document.full_plan()
    assert "deze week" in lettered.content.preview._viewer.document.getAllText(0).text()
    assert lettered.content.preview.pages.isEnabled()


def test_what_leaves_is_of_the_present_answers(lettered, tmp_path, desk):
    lettered.document.answer("letter.question", "Kunt u morgen beoordelen?")
    desk.user.files = [tmp_path / "brief.pdf"]
    lettered.papers.leaving.save_pdf()
    lettered.papers.leaving.copy()
    assert "Kunt u morgen beoordelen?" in QGuiApplication.clipboard().text()
    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")


def test_a_letter_that_cannot_be_made_shows_no_old_one(lettered, monkeypatch):
    def broken(_order: object) -> None:
        raise ValueError("letter")

    monkeypatch.setattr("desktop_app.window.papers.preview.make_paper", broken)
    lettered.document.answer("letter.question", "x")
    lettered.document.full_plan()
    assert lettered.content.preview.pages.currentWidget() is lettered.content.preview.failure
    assert not lettered.content.preview.warnings.isVisible()


def test_warnings_lead_to_what_is_missing(lettered, qtbot):
    preview, asked = lettered.content.preview, []
    lettered.settings.accepted = lambda dialog: asked.append(dialog) is not None
    for row in range(preview.warnings.count()):
        item = preview.warnings.item(row)
        if item.data(Qt.ItemDataRole.UserRole) == "images_way":
            preview.warnings.itemActivated.emit(item)
            assert lettered.content.wizard.current_step == "letter"
        if item.data(Qt.ItemDataRole.UserRole) == "sender":
            preview.warnings.itemActivated.emit(item)
    assert len(asked) == 1


def test_whether_the_case_goes_along_is_chosen_beside_the_letter(lettered, desk):
    assert lettered.content.preview.attached.isChecked()
    lettered.content.preview.attached.click()
    assert not load_settings(desk.folder / "settings.json").settings.attach_case
    desk.services.settings.change(Settings(attach_case=True))
    assert lettered.content.preview.attached.isChecked()


def test_the_bsn_is_printed_only_when_it_was_verified(lettered):
    lettered.document.answer("patient.bsn", "111222333")
    lettered.document.full_plan()
    document = lettered.content.preview._viewer.document
    assert lettered.content.preview.verified.isVisible()
    assert "111222333" not in document.getAllText(0).text().replace(" ", "").replace(".", "")
    lettered.content.preview.verified.setChecked(True)
    assert "111222333" in document.getAllText(0).text().replace(" ", "").replace(".", "")
    lettered.autosave.start_case(Case())
    assert not lettered.content.preview.verified.isChecked()


PROBLEMS = ["no_print_system", "unknown_queue", "rejecting", "disabled", "held", "refused", "unreadable"]


@pytest.mark.parametrize("key", PROBLEMS)
def test_each_failure_of_printing_is_told(lettered, desk, key):
    def refuse(*_: object) -> None:
        raise PrintProblem(key, "Balie 2", "Balie-2-17")

    lettered.papers.leaving.choose_printer = refuse
    lettered.menu.actions["print"].trigger()
    tone, text = desk.user.said[-1]
    assert tone == "caution" and "niet" in text
    assert NAME not in text


@pytest.mark.parametrize(("way", "words"), [(Way.JOB, "gestuurd"), (Way.UNCONFIRMED, "Controleer"), (Way.FILE, "PDF")])
def test_what_was_printed_is_told(lettered, desk, way, words):
    jobs: list[str] = []

    def accept(content: bytes, title: str, *_: object) -> Sending:
        jobs.append(title)
        return lambda _commit: Sent(way, "Balie 2", "Balie-2-17")

    lettered.papers.leaving.choose_printer = accept
    lettered.content.preview.buttons["print"].click()
    assert words in desk.user.said[-1][1]
    assert jobs == ["Botwijzer brief"]


def test_a_cancelled_print_says_nothing(lettered, desk):
    lettered.papers.leaving.choose_printer = lambda *_: None
    before = len(desk.user.said)
    lettered.papers.leaving.print_it()
    assert len(desk.user.said) == before
